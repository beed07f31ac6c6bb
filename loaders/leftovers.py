"""What was not understood: clauses with a figure, the name of an office or a list of units, in no record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal, TypeAlias

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
from loaders.spans import Spans
from loaders.view import View

Cause: TypeAlias = Literal["figure", "unit"]
SPEAKING: Final = (Target, Goal, Responsibility, Citation, Declaration, Repair, Conflict)
"""Records that say what a figure or an office in them means."""
NAMING: Final = (Document, Section)
"""Records that only carry a name; an office in a heading is named, a figure in one is not understood."""

_FIGURE = re.compile(
    rf"(?<![\d.])\d{{1,12}}(?:\.\d{{1,8}})?(?:{any_of('targets', 'scales')})?(?:{any_of('targets', 'units')})"
)
_UNIT_LIST = re.compile(r"(?:责任|牵头|配合)(?:单位|部门) ?:.{0,8}")
_CLAUSE = re.compile(r"[^,;。\n]+[,;。]?")
_SHORT = {"政府", "法院", "检察院", "办公室", "办公厅", "办", "人民法院", "人民检察院", "人大", "政协"}
"""Short forms and names that running text uses for any such office, not for one that must do something."""

_BUREAU = r"[\u3400-\u9fff]{2,8}?(?:(?<![格布结大全开新])局(?![面势限部])|厅(?!堂))"


def find_leftovers(
    view: View, body: tuple[int, int], records: Sequence[AnyRecord]
) -> Iterator[tuple[int, int]]:
    """Source spans of the clauses in which something stands that no record speaks of."""
    spoken = Spans((r.start, r.end) for r in records if isinstance(r, SPEAKING))
    named = Spans((r.start, r.end) for r in records if isinstance(r, (*SPEAKING, *NAMING)))
    for clause in _CLAUSE.finditer(view.text, *body):
        if _lost(view, clause.span(), _FIGURE, spoken) or any(
            _lost(view, clause.span(), pattern, named) for pattern in (_office(), _UNIT_LIST)
        ):
            yield view.span(*clause.span())


def _lost(view: View, clause: tuple[int, int], pattern: re.Pattern[str], known: Spans) -> bool:
    return any(not known.touch(*view.span(*m.span())) for m in pattern.finditer(view.text, *clause))


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
