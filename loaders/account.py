"""What became of every character of a text: in a record, skipped for a reason, or left over.

Reading lives elsewhere; here it is only accounted for, so that nothing is lost silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias

from loaders.layout import Layout
from loaders.leftovers import Cause, cause
from loaders.read import prepare
from loaders.records import Item, Reading
from loaders.view import View

Reason: TypeAlias = Literal["white_space", "page", "notice", "marks", "prose"]
"""Why characters were skipped:

    white_space  blanks and line ends between words
    page         what stands around the document: navigation, metadata, closing lines
    notice       what a notice says before the plan that it carries
    marks        labels of lists and sentences, and punctuation between records
    prose        sentences of the body outside items, without a figure or the name of a unit
"""
REASONS: Final[tuple[Reason, ...]] = ("white_space", "page", "notice", "marks", "prose")
COVERED: Final = (
    "document",
    "section",
    "target",
    "goal",
    "responsibility",
    "citation",
    "declaration",
    "repair",
    "conflict",
    "item",
)
"""Types of records in the order in which a character is put down to them; `item`, the widest, comes last."""
_LEFT = "left"
_CODES: Final = {name: code for code, name in enumerate((*COVERED, *REASONS, _LEFT), 1)}

_SPACE = re.compile(r"\s+")
_RUN = re.compile(rb"\x00+")
_MARKS = re.compile(
    r"(?:[(（\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）\]、.．是]"
    r"|(?:责任|牵头|配合|参与|协助|落实)(?:责任)?(?:单位|部门)|[及和等与]|[^\w\s])+"
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A passage that holds a figure with its unit, or the name of an office, and ended in no record."""

    start: int
    end: int
    quote: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Account:
    """Characters of one document: `covered` by type of record, `skipped` by reason, `left` over.

    Each character is counted once, so that the three add up to `characters`. `leftovers` are the passages
    that hold the characters left over, with what stands around them to the next comma.
    """

    document: str
    file: str
    characters: int
    covered: Mapping[str, int]
    skipped: Mapping[Reason, int]
    left: int
    leftovers: tuple[Leftover, ...]

    @property
    def in_records(self) -> int:
        """The characters that are covered by some record."""
        return sum(self.covered.values())

    @property
    def passed_over(self) -> int:
        """The characters that were skipped for a reason."""
        return sum(self.skipped.values())

    def as_dict(self) -> dict[str, Any]:
        """One JSON object, the leftovers last."""
        return asdict(self)


def totals(accounts: Iterable[Account]) -> tuple[dict[str, int], dict[str, int]]:
    """Covered characters by type of record and skipped ones by reason, over all accounts."""
    every = list(accounts)
    return (
        {kind: sum(one.covered[kind] for one in every) for kind in COVERED},
        {reason: sum(one.skipped[reason] for one in every) for reason in REASONS},
    )


def account(reading: Reading) -> Account:
    """The account of a reading: what became of each character of its text."""
    text = reading.text
    page = prepare(text)
    view, layout = page.view, page.layout
    sheet = _Sheet(text)
    for kind in COVERED[:-1]:
        for record in reading.records:
            if record.type == kind:
                sheet.paint(kind, record.start, record.end)
    passages = ((start, end, text[start:end]) for start, end in reading.leftovers)
    leftovers = tuple(Leftover(start, end, said, cause(said)) for start, end, said in passages)
    for space in _SPACE.finditer(text):
        sheet.paint("white_space", *space.span())
    for leftover in leftovers:
        sheet.paint(_LEFT, leftover.start, leftover.end)
    places = _places(view, layout)
    start, end = places["body"]
    sheet.paint("notice", *places["notice"])
    sheet.paint("page", 0, start)
    sheet.paint("page", end, len(text))
    for a, b in list(sheet.open(start, end)):
        if _MARKS.fullmatch(text, a, b):
            sheet.paint("marks", a, b)
    for item in reading.of(Item):
        sheet.paint("item", item.start, item.end)
    sheet.paint("prose", start, end)
    return Account(
        document=reading.document.id,
        file=reading.document.source_file,
        characters=len(text),
        covered={kind: sheet.count(kind) for kind in COVERED},
        skipped={reason: sheet.count(reason) for reason in REASONS},
        left=sheet.count(_LEFT),
        leftovers=leftovers,
    )


class _Sheet:
    """One byte a character of the text: what it was put down to first, 0 while nothing was."""

    def __init__(self, text: str) -> None:
        self._bytes = bytearray(len(text))

    def paint(self, name: str, start: int, end: int) -> None:
        """Put down to `name` what is still open from `start` to `end`."""
        for a, b in list(self.open(start, end)):
            self._bytes[a:b] = bytes([_CODES[name]]) * (b - a)

    def open(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches from `start` to `end` that nothing was put down to."""
        return (match.span() for match in _RUN.finditer(self._bytes, start, end))

    def count(self, name: str) -> int:
        """How many characters were put down to `name`."""
        return self._bytes.count(_CODES[name])


def _places(view: View, layout: Layout) -> dict[str, tuple[int, int]]:
    """Source spans of the notice, where the document has one before its own title, and of the body."""
    size = len(view.source)
    body = view.span(*layout.body) if view.text[slice(*layout.body)].strip() else (size, size)
    if len(layout.titles) < 2:
        return {"notice": (body[0], body[0]), "body": body}
    return {"notice": (view.span(*layout.titles[0])[0], view.span(*layout.titles[-1])[0]), "body": body}
