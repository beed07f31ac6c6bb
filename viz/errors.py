"""Errors in the reader's language: the phrases of `errors.yaml` put Chinese for English. Raises nothing.

Errors are raised in English by everything below the command line. A phrase may hold `{names}`, which
stand for whatever was put in there; a few of them are phrases themselves (`_INNER`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import yaml

from loaders.errors import GangmuError
from viz.messages import LANGUAGE, Lang

Part: TypeAlias = Literal["phrases", "places", "usage"]
TABLE: Final = Path(__file__).with_name("errors.yaml")
HOLE: Final = re.compile(r"\{([a-z]+)\}")
"""What is put in; other braces stand for themselves."""


def in_words(error: GangmuError, lang: Lang) -> str:
    """The error in one line: in Chinese as far as its phrases are known, in English as it was raised."""
    if lang == "en":
        return str(error)
    problem, remedy = (chinese(part) or part for part in (error.problem, error.remedy))
    return f"{_place(error.what)}：{problem}；{remedy}"


def message_in_words(message: str, lang: Lang) -> str:
    """A message that kept only its text, `problem; remedy` or `what: problem; remedy`.

    As it is in English, and where it is none of the errors that are known.
    """
    return message if lang == "en" else _message(message) or message


def usage_in_words(problem: str, lang: Lang) -> str:
    """What typer says of wrong arguments; as it is in English, and where it is not known."""
    return problem if lang == "en" else chinese(problem, "usage") or problem


def chinese(text: str, part: Part = "phrases") -> str | None:
    """The Chinese for a phrase, with what was put in; null where the table does not hold it."""
    for pattern, target in _patterns()[part]:
        if match := pattern.fullmatch(text):
            return _filled(target, match.groupdict())
    return None


def _filled(target: str, values: Mapping[str, str]) -> str:
    return HOLE.sub(lambda hole: _inner(hole[1], values[hole[1]]), target)


@cache
def table() -> Mapping[Part, Mapping[str, str]]:
    """English phrase → Chinese phrase, by what they are said of."""
    loaded: Any = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {part: {str(en): str(zh) for en, zh in loaded[part].items()} for part in loaded}


@cache
def _patterns() -> Mapping[Part, list[tuple[re.Pattern[str], str]]]:
    """The phrases as patterns, those that say most in their own words first."""

    def own(phrase: str) -> int:
        return -len(HOLE.sub("", phrase))

    return {
        part: [(_pattern(en), phrases[en]) for en in sorted(phrases, key=own)]
        for part, phrases in table().items()
    }


def _pattern(phrase: str) -> re.Pattern[str]:
    words = HOLE.split(phrase)
    parts = [f"(?P<{w}>.*?)" if n % 2 else re.escape(w) for n, w in enumerate(words)]
    return re.compile("".join(parts), re.DOTALL)


def _place(what: str) -> str:
    """The place with its counting words in Chinese; names and paths as they are."""
    return "：".join(chinese(part, "places") or part for part in what.split(": "))


def _message(text: str) -> str | None:
    """The message in Chinese; the place is as short, and the problem as long, as both are known."""
    starts = [0, *(match.end() for match in re.finditer(": ", text))]
    for start in starts:
        for cut in re.finditer("; ", text[start:]):
            problem, remedy = chinese(text[start:][: cut.start()]), chinese(text[start:][cut.end() :])
            if problem and remedy:
                place = f"{_place(text[: start - 2])}：" if start else ""
                return f"{place}{problem}；{remedy}"
    return None


def _messages(text: str) -> str:
    """Messages one after the other, `what: problem; remedy; what: …`."""
    parts, said = text.split("; "), []
    while parts:
        known = _message("; ".join(parts[:2]))
        said.append(known or parts[0])
        del parts[: 2 if known else 1]
    return "；".join(said)


def _inner(name: str, value: str) -> str:
    return _INNER[name](value) if name in _INNER else value


def _phrase(text: str) -> str:
    return chinese(text) or text


_INNER: Final[Mapping[str, Callable[[str], str]]] = {
    "problem": _phrase,
    "form": _phrase,
    "kind": _phrase,
    "perhaps": _phrase,
    "reason": _phrase,
    "failures": _messages,
    "close": lambda text: text.replace(" or ", "、"),
    "choices": lambda text: text.replace("'", "").replace(", ", "、"),
}


def listed(line: str) -> str:
    """A line of a list of failures in the language in use, its indent kept; any other line as it is."""
    text = line.lstrip(" ")
    return line[: len(line) - len(text)] + message_in_words(text, LANGUAGE.get())
