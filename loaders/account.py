"""What became of every character of a text: in a record, skipped for a reason, or left over.

Reading lives elsewhere; here it is only accounted for, so that nothing is lost silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, Literal, TypeAlias

from loaders.layout import Layout
from loaders.read import prepare
from loaders.records import Item, Reading
from loaders.registry import unit_aliases
from loaders.rules import any_of, load
from loaders.view import View

Reason: TypeAlias = Literal["white_space", "page", "notice", "marks", "prose"]
"""Why characters were skipped:

    white_space  blanks and line ends between words
    page         what stands around the document: navigation, metadata, closing lines
    notice       what a notice says before the plan that it carries
    marks        labels of lists and sentences, and punctuation between records
    prose        sentences of the body outside items, without a figure or the name of a unit
"""
Cause: TypeAlias = Literal["figure", "unit"]
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

_FIGURE = re.compile(
    rf"(?<![\d.])\d{{1,12}}(?:\.\d{{1,8}})?(?:{any_of('targets', 'scales')})?(?:{any_of('targets', 'units')})"
)
_CLAUSE = re.compile(r"[^,;。\n]+[,;。]?")
_SPACE = re.compile(r"\s+")
_RUN = re.compile(rb"\x00+")
_MARKS = re.compile(
    r"(?:[(（\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）\]、.．是]"
    r"|(?:责任|牵头|配合|参与|协助|落实)(?:责任)?(?:单位|部门)|[及和等与]|[^\w\s])+"
)
_SHORT = {"政府", "法院", "检察院", "办公室", "办公厅", "办", "人民法院", "人民检察院", "人大", "政协"}
"""Short forms and names that running text uses for any such office, not for one that must do something."""

_BUREAU = r"[\u3400-\u9fff]{2,8}?(?:(?<![格布结大全开新])局(?![面势限部])|厅(?!堂))"


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
    leftovers = tuple(_leftovers(reading, _overlooked(view, layout, sheet)))
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

    def is_open(self, start: int, end: int) -> bool:
        """Whether nothing from `start` to `end` was put down to anything."""
        return not any(self._bytes[start:end])

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


def _overlooked(view: View, layout: Layout, sheet: _Sheet) -> Iterator[tuple[int, int, Cause]]:
    """The clauses of the body with a figure or an office that is in no record.

    `find_leftovers` asks it of whole sentences; a sentence of which one clause became a record may still
    hold another that did not.
    """
    causes: tuple[tuple[Cause, re.Pattern[str]], ...] = (("figure", _FIGURE), ("unit", _office()))
    for clause in _CLAUSE.finditer(view.text, *layout.body):
        for cause, pattern in causes:
            for match in pattern.finditer(view.text, *clause.span()):
                if sheet.is_open(*view.span(*match.span())):
                    yield *view.span(*clause.span()), cause


def _leftovers(reading: Reading, overlooked: Iterable[tuple[int, int, Cause]]) -> Iterator[Leftover]:
    """The leftovers of the reading and the overlooked clauses in order, those that overlap made one."""
    found = [(start, end, _cause(reading.text[start:end])) for start, end in reading.leftovers]
    merged: list[tuple[int, int, Cause]] = []
    for start, end, cause in sorted([*found, *overlooked]):
        if merged and start < merged[-1][1]:
            first, last, earlier = merged.pop()
            start, end = first, max(end, last)
            cause = "figure" if "figure" in (cause, earlier) else cause
        merged.append((start, end, cause))
    return (Leftover(start, end, reading.text[start:end], cause) for start, end, cause in merged)


def _cause(passage: str) -> Cause:
    return "figure" if any(char.isdigit() for char in passage) else "unit"


@cache
def _office() -> re.Pattern[str]:
    """Names of offices: registered ones, and the short forms and full names that the lexicon completes."""
    units = load("units")
    cores = {*units["cores"], *units["cores"].values(), *units["party"], *units["vertical"]}
    offices = sorted(cores - _SHORT, key=lambda core: (-len(core), core))
    known = sorted((name for name in unit_aliases() if len(name) > 2), key=lambda name: (-len(name), name))
    seat = "(?:省|市|区|县|州|旗)"
    short = f"{seat}委?(?:{'|'.join(map(re.escape, offices))})"
    return re.compile("|".join([short, f"{seat}{_BUREAU}", *map(re.escape, known)]))
