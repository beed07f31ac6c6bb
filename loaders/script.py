"""Characters that hide or distort a text: traditional forms, invisible marks, lost encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.damage import Damage

SHARE = 0.01
"""From this share of its Chinese characters on, a text counts as written in traditional characters."""

_COMMON = frozenset("國為會與發個們來對時產業經學實動務設這還開關現應進過種後從當員單導點據總體劃區縣")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]|(?<=.)\ufeff")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_REPLACED = re.compile("\ufffd+")
_STRANGE = re.compile(
    "[ÃÂäåæçèéï锟烫屯\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufffd]"
)
"""What every distortion has at least one character of."""
_MOJIBAKE = re.compile("(?:锟斤拷|烫烫烫|屯屯屯|ï¿½|(?:[ÃÂäåæçèé][\u0080-\u00bf]){2,})+")


@cache
def _simple(char: str) -> str:
    converter = _converter()
    plain: str = converter.convert(char)
    return plain if len(plain) == 1 else char


@cache
def _converter():  # type: ignore[no-untyped-def]
    import opencc

    return opencc.OpenCC("t2s")


def traditional(text: str) -> dict[int, str]:
    """The simplified form of each traditional character of a text that is written in them, else nothing.

    One character stands for one, so that offsets hold. A text with a few such characters (a name, a
    quotation) is left as it is.
    """
    if _COMMON.isdisjoint(text):
        return {}
    chinese = [char for char in text if "\u3400" <= char <= "\u9fff"]
    forms = {char: _simple(char) for char in set(chinese)} if _suspect(chinese) else {}
    changed = {ord(char): plain for char, plain in forms.items() if plain != char}
    share = sum(1 for char in chinese if ord(char) in changed) / max(1, len(chinese))
    return changed if share >= SHARE else {}


def _suspect(chinese: list[str]) -> bool:
    """Whether it is worth asking: characters that every traditional text has and simplified ones have not."""
    return sum(char in _COMMON for char in chinese) >= max(3, len(chinese) * SHARE / 2)


def distortions(folded: str) -> Iterator[Damage]:
    """Invisible characters (left out of the view), private-use, replaced and mis-decoded ones (noticed)."""
    if not _STRANGE.search("".join(set(folded))):
        return
    for match in _INVISIBLE.finditer(folded):
        yield Damage(*match.span(), "", "invisible_char", 0.99)
    for pattern, rule in ((_PRIVATE, "private_char"), (_REPLACED, "replaced_char"), (_MOJIBAKE, "mojibake")):
        for match in pattern.finditer(folded):
            yield Damage(*match.span(), "〓", rule, 0.5, decided=False)
