"""A ledger as offices keep it: lines in an order, the load of each unit, and what is to be known of it.

Three kinds of the same columns: 任务分解表 in the order of the documents, 责任清单 by unit (a line for every
unit that answers for it), 督查台账 by deadline. Writes no file and makes up nothing: see ledger_line.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from graph.desk import Desk
from graph.ledger_columns import STATES
from graph.ledger_line import Line, line_of
from graph.standing import Standing
from loaders.errors import UsageError
from loaders.records import Item, Target

Kind: TypeAlias = Literal["breakdown", "duties", "supervision"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
TITLES: Final[dict[Kind, str]] = {
    "breakdown": "任务分解表",
    "duties": "责任清单",
    "supervision": "督查台账",
}
NOBODY: Final = "未写责任单位"
"""The sheet of the lines that nobody answers for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of lines under its name; `number` begins at 1 in each."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one unit carries in a ledger: its lines by role, its targets, and how these stand."""

    unit: str
    as_written: tuple[str, ...]
    roles: Mapping[str, int]
    items: int
    targets: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger that can be written; `totals` counts lines, items, targets and units, each once."""

    title: str
    as_of: str
    first_leads: bool
    sheets: tuple[Sheet, ...]
    units: tuple[UnitRow, ...]
    totals: Mapping[str, int]
    left_out: tuple[str, ...]
    standing: Standing


def ledger(
    desk: Desk,
    standing: Standing,
    *,
    kind: Kind = "supervision",
    document: str | None = None,
    unit: str | None = None,
    first_leads: bool = False,
    by_unit: bool = False,
) -> Ledger:
    """The ledger of a desk, of one document or one unit (ids) of it; raises UsageError for an empty one."""
    wanted, left_out = _documents(desk, document)
    lines = [line for d in wanted for line in lines_of(desk, d, first_leads=first_leads)]
    name = None if unit is None else _name(desk, unit)
    if name is not None:
        lines = [line for line in lines if name in dict(line.units)]
    if not lines:
        raise UsageError("ledger", "would be empty", "name another document, unit or date")
    if by_unit:
        sheets = tuple(Sheet(n, ordered(found, kind)) for n, found in _by_unit(lines, name))
    elif kind == "duties":
        sheets = (Sheet(TITLES[kind], [line for _, found in _by_unit(lines, name) for line in found]),)
    else:
        sheets = (Sheet(TITLES[kind], ordered(lines, kind)),)
    return Ledger(
        title=TITLES[kind],
        as_of=str(desk.as_of),
        first_leads=first_leads,
        sheets=sheets,
        units=tuple(_units(desk, lines, name)),
        totals=totals(lines),
        left_out=left_out,
        standing=standing,
    )


def lines_of(desk: Desk, document: str, *, first_leads: bool) -> Iterator[Line]:
    """The lines of one document (id) in its order: every target, and every lowest item without one."""
    reading = desk.reading_of[document]
    for target in desk.targets_in.get(None, ()):
        if target.document == document:
            yield line_of(desk, None, target, first_leads=first_leads)
    for item in reading.of(Item):
        own = desk.targets_in.get(item.id, ())
        for target in own:
            yield line_of(desk, item, target, first_leads=first_leads)
        if not own and (item.id not in desk.children or desk.duties_of.get(item.id)):
            yield line_of(desk, item, None, first_leads=first_leads)


def ordered(lines: Sequence[Line], kind: Kind) -> list[Line]:
    """The lines in the order of that kind of ledger; those without a deadline come last."""
    if kind != "supervision":
        return list(lines)
    return sorted(lines, key=lambda line: (line.deadline is None, line.deadline or 0))


def totals(lines: Sequence[Line]) -> dict[str, int]:
    """How many lines, items, targets and units there are, each counted once."""
    return {
        "lines": len({line.code for line in lines}),
        "items": len({line.item for line in lines if line.item is not None}),
        "targets": len({line.target for line in lines if line.target is not None}),
        "units": len({name for line in lines for name, _ in line.units}),
    }


def _documents(desk: Desk, document: str | None) -> tuple[list[str], tuple[str, ...]]:
    """The documents of the ledger, and why others are not in it: without target or duty there is no line."""
    if document is not None:
        if document not in desk.reading_of:
            raise UsageError(f"document {document}", f"was not there as of {desk.as_of}", "leave --as-of out")
        return [document], ()
    wanted, left_out = [], []
    for reading in desk.readings:
        if any(reading.of(Target)) or any(d.document == reading.document.id for d in desk.duties):
            wanted.append(reading.document.id)
        else:
            name = reading.document.title or reading.document.source_file
            left_out.append(f"《{name}》既没有量化目标，也没有责任单位，不列入")
    return wanted, tuple(left_out)


def _name(desk: Desk, unit: str) -> str:
    for duty in desk.duties:
        if duty.unit == unit:
            return duty.unit_name
    raise UsageError(f"unit {unit}", f"answers for nothing as of {desk.as_of}", "name another unit")


def _by_unit(lines: Sequence[Line], only: str | None) -> Iterator[tuple[str, list[Line]]]:
    """The lines of each unit, the units in the order of their first line; then those of nobody."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        for name, _ in line.units:
            found.setdefault(name, []).append(line)
    yield from ((n, own) for n, own in found.items() if only in {None, n})
    nobody = [line for line in lines if not line.units]
    if nobody:
        yield NOBODY, nobody


def _units(desk: Desk, lines: Sequence[Line], only: str | None) -> Iterator[UnitRow]:
    written: dict[str, dict[str, None]] = {}
    for duty in desk.duties:
        written.setdefault(duty.unit_name, {}).setdefault(duty.as_written, None)
    for name, found in _by_unit(lines, only):
        targets = {line.target: line.state for line in found if line.target is not None}
        states = Counter(targets.values())
        roles = Counter(role for n, role in _roles(found) if n == name)
        yield UnitRow(
            unit=name,
            as_written=tuple(written.get(name, ())),
            roles=dict(roles),
            items=len({line.item for line in found if line.item is not None}),
            targets=len(targets),
            states={state: states[state] for state in STATES if states[state]},
        )


def _roles(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Unit and role of each item once."""
    seen = {(name, role, line.item or ""): None for line in lines for name, role in line.units}
    return ((name, role) for name, role, _ in seen)
