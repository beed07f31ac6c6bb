"""Glyphs with positions become lines, lines become paragraphs. What a PDF or OFD is, is not known here.

Coordinates are points from the upper left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from loaders.formats.blocks import Block, collapse, is_wide
from loaders.numerals import ORDINALS

MARGIN = 0.12
"""The share of a page's height, above and below, in which running heads and page numbers stand."""

_ENDS = "。；：！？;:!?"
_LABEL = re.compile(
    rf"(?:{'|'.join(ORDINALS)})、|[（(](?:{'|'.join(ORDINALS)}|\d{{1,2}})[)）]|第[一二三四五六七八九十]+[章节条部]"
    r"|附件|[①-⑳]|\d{1,2}[.．、](?!\d)"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－−·\s]*\d{1,4}[-—–－−·\s]*|第?\s*\d{1,4}\s*页?\s*[/,，、]?\s*(?:共|of|/)\s*\d{1,4}\s*页?|第\s*\d{1,4}\s*页"
)


@dataclass(slots=True)
class Glyph:
    """A character in its box; `made` says that the reader of the format inferred it (a space)."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    made: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """A line of text in its box; `size` is the height of its letters."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(slots=True)
class Page:
    """A page in reading order: its lines, and its tables where they stand between them."""

    width: float
    height: float
    parts: list[Line | Block] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """The lines alone."""
        return [part for part in self.parts if isinstance(part, Line)]


def line_of(glyphs: Sequence[Glyph]) -> Line | None:
    """The line that glyphs in reading order make; None when they hold no letter.

    A space that a format's reader inferred counts between Chinese characters where the gap is clearly
    wider than the line's others (justified type is no spacing), between Chinese and Latin where it is
    as wide as half a letter (what Word leaves there is less).
    """
    solid = [g for g in glyphs if not g.char.isspace()]
    if not solid:
        return None
    gaps = [b.x0 - a.x1 for a, b in pairwise(solid)]
    usual = median(gaps) if gaps else 0.0
    out: list[str] = []
    before: Glyph | None = None
    space = made = False
    for glyph in glyphs:
        if glyph.char.isspace():
            space, made = True, made or glyph.made
            continue
        if space and before and (not made or _is_space(before, glyph, usual)):
            out.append(" ")
        out.append(glyph.char)
        before, space, made = glyph, False, False
    text = collapse("".join(out))
    if not text:
        return None
    return Line(
        text,
        min(g.x0 for g in solid),
        min(g.top for g in solid),
        max(g.x1 for g in solid),
        max(g.bottom for g in solid),
        median(g.size for g in solid),
    )


def _is_space(before: Glyph, after: Glyph, usual: float) -> bool:
    """Whether the gap between two glyphs is one that a person would read as a space."""
    gap, size = after.x0 - before.x1, max(before.size, after.size)
    one, two = is_wide(before.char), is_wide(after.char)
    if one and two:
        return gap - max(usual, 0.0) >= 0.15 * size
    return gap >= 0.5 * size if one or two else True


def lines_by_position(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of glyphs in any order: grouped by height, then left to right; wide gaps are spaces."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.bottom, g.x0)):
        if rows and abs(rows[-1][0].bottom - glyph.bottom) <= 0.4 * max(glyph.size, 1.0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    found = []
    for row in rows:
        row.sort(key=lambda g: g.x0)
        spaced: list[Glyph] = []
        for glyph in row:
            if spaced and glyph.x0 - spaced[-1].x1 > 0.3 * glyph.size:
                last = spaced[-1]
                spaced.append(Glyph(" ", last.x1, last.top, glyph.x0, last.bottom, last.size, made=True))
            spaced.append(glyph)
        line = line_of(spaced)
        if line:
            found.append(line)
    return found


def paragraphs(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs and tables of all pages, running heads and page numbers left out."""
    running = _running(pages)
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    measures = [_Measure.of(page, body, running) for page in pages]
    usual = _Measure.joint([m for m in measures if m])
    indents = usual.indents if usual else False
    found: list[Block] = []
    last: tuple[Line, _Measure, int] | None = None
    for number, page in enumerate(pages):
        measure = measures[number] or usual
        for part in page.parts:
            if not isinstance(part, Line):
                found.append(part)
                last = None
            elif id(part) not in running and measure:
                same_page = last is not None and last[2] == number
                if last and _joins(last[0], last[1], part, measure, same_page, indents, body):
                    found[-1] = _glue(str(found[-1]), part.text)
                else:
                    found.append(part.text)
                last = (part, measure, number)
    return found


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where the type area of a page begins and ends, the step between lines, whether it indents."""

    left: float
    right: float
    pitch: float
    indents: bool

    @classmethod
    def of(cls, page: Page, body: float, running: set[int]) -> _Measure | None:
        """The measure of a page; None when it has too few lines to tell."""
        lines = [x for x in page.lines if id(x) not in running and abs(x.size - body) <= 0.15 * body]
        if len(lines) < 4:
            return None
        left = sorted(x.x0 for x in lines)[len(lines) // 20]
        right = sorted(x.x1 for x in lines)[-1 - len(lines) // 20]
        steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 5 * body]
        first = [b for a, b in pairwise(lines) if a.x1 < right - 2.5 * body]
        indents = bool(first) and 2 * sum(x.x0 >= left + 1.2 * body for x in first) >= len(first)
        return cls(left, right, median(steps) if steps else 1.5 * body, indents)

    @classmethod
    def joint(cls, all_of: Sequence[_Measure]) -> _Measure | None:
        """The usual measure of a document."""
        if not all_of:
            return cls(0.0, float("inf"), float("inf"), False)
        return cls(
            median(m.left for m in all_of),
            median(m.right for m in all_of),
            median(m.pitch for m in all_of),
            sum(m.indents for m in all_of) * 2 >= len(all_of),
        )


def _joins(
    one: Line, its: _Measure, two: Line, here: _Measure, same_page: bool, indents: bool, body: float
) -> bool:
    """Whether `two` goes on where `one` stops at the end of the type area."""
    if abs(one.size - two.size) > 0.15 * max(one.size, two.size):
        return False
    gap = two.top - one.top
    large = one.size > 1.15 * body
    if same_page and gap > 1.9 * max(here.pitch, 1.2 * one.size):
        return False
    reach = its.right - 2.2 * one.size - 0.55 * one.size * _latin_start(two.text)
    full = one.x1 >= reach
    if large and _centred(two, here) and (full or _centred(one, its)):
        return True
    if not full:
        return False
    if indents:
        return two.x0 < here.left + 1.2 * two.size
    return one.text[-1] not in _ENDS and not _LABEL.match(two.text)


def _latin_start(text: str) -> int:
    """The length of the unbreakable word at the start of a line: it may have been too long for the last."""
    match = re.match(r"[!-~]+", text)
    return len(match.group()) if match else 0


def _centred(line: Line, measure: _Measure) -> bool:
    before, after = line.x0 - measure.left, measure.right - line.x1
    return before > 0.8 * line.size and abs(before - after) < 1.5 * line.size


def _glue(one: str, two: str) -> str:
    """Two halves of a sentence: with a space only between Latin words."""
    apart = one[-1:].isascii() and two[:1].isascii() and one[-1:].isalpha() and two[:1].isalpha()
    return f"{one} {two}" if apart else one + two


def _running(pages: Sequence[Page]) -> set[int]:
    """The lines, by identity, that are page numbers, or repeated in the margin of three pages or more."""
    heads: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    numbers: list[tuple[Line, int]] = []
    for number, page in enumerate(pages):
        lines = sorted(page.lines, key=lambda x: x.top)
        for place in ("above", "below"):
            ordered = lines if place == "above" else lines[::-1]
            for line, inner in zip(ordered[:2], [*ordered[1:3], None, None], strict=False):
                centre = (line.top + line.bottom) / 2
                edge = centre if place == "above" else page.height - centre
                if edge > MARGIN * page.height:
                    break
                if _PAGE_NUMBER.fullmatch(line.text):
                    numbers.append((line, number))
                elif inner is None or abs(inner.top - line.top) > 1.6 * line.size:
                    heads[place, re.sub(r"\d+", "#", line.text)].append(line)
    found = {id(line) for same in heads.values() if len(same) >= 3 for line in same}
    counted = Counter(int(n) - at for line, at in numbers for n in re.findall(r"\d+", line.text)[:1])
    for line, at in numbers:
        first = re.findall(r"\d+", line.text)[0]
        bare = line.text == first
        if not bare or counted[int(first) - at] >= 2 or int(first) == at + 1:
            found.add(id(line))
    return found
