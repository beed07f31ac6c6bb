"""What was not understood: clauses with a figure, the name of an office or a list of units, in no record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal, TypeAlias

from loaders.clauses import clause_start
from loaders.records import (
    AnyRecord,
    Citation,
    Conflict,
    Declaration,
    Document,
    Goal,
    Repair,
    Responsibility,
    Section,
    Target,
)
from loaders.registry import unit_aliases
from loaders.rules import any_of, load
from loaders.sieve import Sieve, sieve
from loaders.spans import Spans
from loaders.view import View

Cause: TypeAlias = Literal["figure", "unit"]
SPEAKING: Final = (Target, Goal, Responsibility, Citation, Declaration, Repair, Conflict)
"""Records that say what a figure or an office in them means."""
NAMING: Final = (Document, Section)
"""Records that only carry a name; an office in a heading is named, a figure in one is not understood."""

_SIZE = rf"(?:{any_of('targets', 'scales')})?(?:{any_of('targets', 'units')})"
_FIGURE = re.compile(rf"\d(?<![\d.].)\d{{0,11}}(?:\.\d{{1,8}})?{_SIZE}")
_UNIT_LIST = sieve(re.compile(r"(?:责任|牵头|配合)(?:单位|部门) ?:(?:[^,;。\n]{8}|[^,;。\n]{0,7}[,;。]?)"))
_CLAUSE_END = re.compile(r"[,;。\n]")
_SHORT = {"政府", "法院", "检察院", "办公室", "办公厅", "办", "人民法院", "人民检察院", "人大", "政协"}
"""Short forms and names that running text uses for any such office, not for one that must do something."""

_BUREAU = r"[\u3400-\u9fff]{2,8}?(?:(?<![格布结大全开新])局(?![面势限部])|厅(?!堂))"


def find_leftovers(
    view: View, body: tuple[int, int], records: Sequence[AnyRecord]
) -> Iterator[tuple[int, int]]:
    """Source spans of the clauses in which something stands that no record speaks of."""
    spoken = Spans((r.start, r.end) for r in records if isinstance(r, SPEAKING))
    named = Spans((r.start, r.end) for r in records if isinstance(r, (*SPEAKING, *NAMING)))
    lost = set(_lost(view, body, _FIGURE, spoken))
    for pattern in (_office(), _UNIT_LIST):
        lost |= set(_lost(view, body, pattern, named))
    done = body[0]
    for at in sorted(lost):
        if at >= done:
            done = _clause_end(view.text, at, body[1])
            yield view.span(clause_start(view.text, body[0], at), done)


def _lost(view: View, body: tuple[int, int], pattern: re.Pattern[str] | Sieve, known: Spans) -> Iterator[int]:
    """Where something stands that none of the known spans touches; no pattern reaches across clauses."""
    for match in pattern.finditer(view.text, *body):
        if not known.touch(*view.span(*match.span())):
            yield match.start()


def _clause_end(text: str, at: int, end: int) -> int:
    """The end of the clause around `at`, its mark included, a line break left out."""
    mark = _CLAUSE_END.search(text, at, end)
    return end if mark is None else mark.start() if mark.group() == "\n" else mark.end()


def cause(passage: str) -> Cause:
    """Why a clause is a leftover: a figure in it, else an office."""
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
