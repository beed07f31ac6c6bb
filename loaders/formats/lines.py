"""Glyphs with positions become lines of text. What a PDF or OFD is, and what a paragraph, is not known here.

Coordinates are points from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from loaders.formats.blocks import Block, collapse, is_wide


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
