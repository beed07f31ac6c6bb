"""Lines become paragraphs: joined where the layout broke them, without running heads and page numbers.

A line goes on in the next where it fills the type area and the next is not indented; in a document
without indents, where it does not end a sentence and the next begins no item.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from loaders.formats.blocks import Block
from loaders.formats.lines import Line, Page
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


def paragraphs(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs and tables of all pages, running heads and page numbers left out."""
    running = _running(pages)
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    measures = _measures(pages, body, running)
    indents = _indents(pages, measures, body, running)
    found: list[Block] = []
    last: tuple[Line, _Measure, int] | None = None
    for number, (page, measure) in enumerate(zip(pages, measures, strict=True)):
        for part in page.parts:
            if not isinstance(part, Line):
                found.append(part)
                last = None
            elif id(part) not in running:
                same_page = last is not None and last[2] == number
                if last and _joins(last[0], last[1], part, measure, same_page, indents, body):
                    found[-1] = _glue(str(found[-1]), part.text)
                else:
                    found.append(part.text)
                last = (part, measure, number)
    return found


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where the type area of a page begins and ends, and the step between its lines."""

    left: float
    right: float
    pitch: float


def _measures(pages: Sequence[Page], body: float, running: set[int]) -> list[_Measure]:
    """The measure of each page; one with few or short lines takes that of all pages of its width."""
    bodies = [
        [x for x in page.lines if id(x) not in running and abs(x.size - body) <= 0.15 * body]
        for page in pages
    ]
    by_width: defaultdict[int, list[Line]] = defaultdict(list)
    for page, lines in zip(pages, bodies, strict=True):
        by_width[round(page.width)].extend(lines)
    usual = {wide: _measure(lines, body, wide) for wide, lines in by_width.items()}
    found = []
    for page, lines in zip(pages, bodies, strict=True):
        common = usual[round(page.width)]
        own = _measure(lines, body, 0.0)
        enough = len(lines) >= 4 and own.right - own.left >= 0.9 * (common.right - common.left)
        found.append(own if enough else common)
    return found


def _measure(lines: Sequence[Line], body: float, width: float) -> _Measure:
    """The measure of lines; they are taken for short ones where all end before the middle of the page."""
    if not lines:
        return _Measure(0.0, width, 1.5 * body)
    left = sorted(x.x0 for x in lines)[len(lines) // 20]
    right = sorted(x.x1 for x in lines)[-1 - len(lines) // 20]
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 5 * body]
    return _Measure(left, max(right, left + 0.55 * width), median(steps) if steps else 1.5 * body)


def _indents(pages: Sequence[Page], measures: Sequence[_Measure], body: float, running: set[int]) -> bool:
    """Whether paragraphs begin indented: most lines after a short line do."""
    after = indented = 0
    for page, measure in zip(pages, measures, strict=True):
        lines = [x for x in page.lines if id(x) not in running]
        for one, two in pairwise(lines):
            if one.x1 < measure.right - 2.5 * body:
                after += 1
                indented += two.x0 >= measure.left + 1.2 * body
    return after > 0 and 2 * indented >= after


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
