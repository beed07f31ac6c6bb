"""A ledger that an office filled in becomes observations, each bound to the target of its row.

Only 进展情况 becomes an actual value, and only where it is one number (ledger_values.py); what stands in the
office's other columns is kept as the note of that value. Whatever is not taken is told, cell by cell: nothing
is guessed from words, rates or states, and of two values for one target and time neither is taken. A row is
known by the code in its cell 依据; its target has to read in the ledger as in the graph, so that no value
lands on another target.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph.ledger_columns import FILLED_BY, FILLED_TO, NOTES, code_of, target_cells
from graph.ledger_rows import CODE, Row, folded, pending, rows_of
from graph.ledger_values import Said, Why, dated, later, understood
from graph.measures import amount
from graph.observations import COLUMNS as OBSERVED
from graph.observations import TARGET
from loaders.errors import InputError
from loaders.records import Item, Reading, Target
from loaders.workbook import Cell, Table, read_tables

ANEW: Final = "write the ledger anew"


@dataclass(frozen=True, slots=True)
class Remark:
    """A cell that was filled in, and what is to be said of it."""

    cell: str
    text: str
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What a ledger holds: observations as CSV, cells that were not taken, and values taken but doubted.

    `kept` counts the cells of other columns than 进展情况 that stand in the note of a value.
    """

    content: bytes
    rows: int
    kept: int
    untaken: tuple[Remark, ...]
    doubted: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """A value for a target of a place, the cell that it stands in, and what the row says beside it."""

    target: Target
    place: str
    said: Said
    where: str
    text: str
    beside: tuple[str, ...]

    @property
    def what(self) -> tuple[str, object]:
        return self.said.comparator, amount(float(self.said.value), self.said.unit)


def read_ledger(
    path: Path, readings: Sequence[Reading], as_of: str, by: str | None = None, day: str | None = None
) -> Filled:
    """What an office filled in; `by` and `day` go before what the sheet 说明 says.

    Raises InputError with FILE: SHEET!CELL where a code or target is not the graph's, where a formula has
    no value, where the file is no ledger, or where nothing at all is filled in.
    """
    tables = read_tables(path)
    notes = _notes(tables, path)
    when = _day(day or notes.get(FILLED_TO) or as_of, str(path))
    who = by or notes.get(FILLED_BY) or "单位填报"
    known = _known(readings)
    values: defaultdict[tuple[str, str], list[_Value]] = defaultdict(list)
    untaken: list[Remark] = []
    for row in rows_of(tables, path):
        if isinstance(row, Row):
            for found in _read(row, path, known, when):
                if isinstance(found, Remark):
                    untaken.append(found)
                else:
                    values[found.target.id, found.said.stamp].append(found)
        else:
            untaken.append(Remark(*row))
    taken = [merged for same in values.values() for merged in _one(same, untaken)]
    if not taken and not untaken:
        raise InputError(str(path), "holds no progress", "write in 进展情况* a number such as 118家")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*OBSERVED, TARGET])
    for v in taken:
        source = f"{who}（{path.name} {v.where}，{sha256}）"
        note = "；".join([f"填报原文：{v.text}", *v.beside])
        head = (v.target.indicator, v.place, *v.said[:4])
        writer.writerow([*head, source, v.said.stamp, note, v.target.id])
    late = Why(
        f"已收，但时间晚于数据截止日期（{when}），请核对",
        f"was taken, but is of a time after the ledger's own ({when}): look again",
    )
    doubted = tuple(Remark(v.where, v.text, *late) for v in taken if later(v.said.stamp, when))
    return Filled(
        buffer.getvalue().encode(), len(taken), sum(len(v.beside) for v in taken), tuple(untaken), doubted
    )


def _one(same: Sequence[_Value], untaken: list[Remark]) -> Iterator[_Value]:
    """The one value that several cells give a target for one time; none where they differ, which is told."""
    if len({v.what for v in same}) == 1:
        beside = dict.fromkeys(text for v in same for text in v.beside)
        yield replace(same[0], beside=tuple(beside))
        return
    for value in same:
        others = [v for v in same if v.what != value.what]
        zh = "、".join(f"{v.where}“{v.text}”" for v in others)
        en = ", ".join(f"{v.where} “{v.text}”" for v in others)
        why = Why(
            f"同一目标在{zh}另有一个值，都没有收",
            f"differs from {en}, which is of the same target; neither was taken",
        )
        untaken.append(Remark(value.where, value.text, *why))


def _known(readings: Sequence[Reading]) -> dict[str, tuple[Target | None, str | None]]:
    """The target and place of each code; a code of an item has no target."""
    found: dict[str, tuple[Target | None, str | None]] = {}
    for reading in readings:
        place = reading.document.jurisdiction_code
        found |= {code_of(item.id): (None, place) for item in reading.of(Item)}
        found |= {code_of(target.id): (target, place) for target in reading.of(Target)}
    return found


def _read(
    row: Row, path: Path, known: Mapping[str, tuple[Target | None, str | None]], when: str
) -> Iterator[_Value | Remark]:
    """The value of a row, or what is to be said of each of its cells that the office filled in."""
    basis, progress = row.cells.get("basis"), row.office.get("progress")
    code = None if basis is None else CODE.search(basis.text)
    if code is None:
        own = row.office or dict(list(row.cells.items())[:1])  # of a row that it wrote itself the first cell
        yield from _all(row, own, Why("所在行的依据没有编号，没有收", "its row has no code in 依据"))
        return
    if not row.office:
        return
    if code[1] not in known:
        place = f"{path}: {row.sheet}!{basis.address if basis else ''}"
        raise InputError(place, f"no target of the graph has the code {code[1]}", ANEW)
    target, place_code = known[code[1]]
    if target is None or place_code is None:
        yield from _all(
            row, row.office, Why("本条没有量化目标，没有收", "its row has no target with a figure")
        )
        return
    _same(target, row.cells, f"{path}: {row.sheet}")
    if progress is None:
        yield from _all(
            row, row.office, Why("本行没有填进展情况，没有收", "its row has no progress to go with")
        )
        return
    said = understood(progress.text, target, when)
    if isinstance(said, Why):
        yield Remark(f"{row.sheet}!{progress.address}", progress.text, *said)
        rest = {key: cell for key, cell in row.office.items() if key != "progress"}
        why = Why("本行的进展情况没有收，这一格也没有收", "goes with a progress that was not taken")
        yield from _all(row, rest, why)
        return
    beside = [f"{row.called(k)}：{c.text}" for k, c in row.office.items() if k != "progress"]
    where = f"{row.sheet}!{progress.address}"
    yield _Value(target, place_code, said, where, progress.text, tuple(beside))


def _all(row: Row, cells: Mapping[str, Cell], why: Why) -> Iterator[Remark]:
    """The same of each of the cells."""
    for cell in cells.values():
        yield Remark(f"{row.sheet}!{cell.address}", cell.text, *why)


def _same(target: Target, cells: Mapping[str, Cell], where: str) -> None:
    """Raises InputError where the row does not ask for what the target of its code asks for."""
    expected = target_cells(target)
    for key in ("indicator", "value", "unit", "deadline"):
        cell = cells.get(key)
        if folded("" if cell is None else cell.text) != folded(expected[key]):
            place = f"{where}!{cell.address}" if cell is not None else where
            raise InputError(
                place,
                f"is not what the target of its row says in the graph (“{expected[key]}”)",
                "leave the columns of the target as they were, or write the ledger anew",
            )


def _notes(tables: Sequence[Table], path: Path) -> dict[str, str]:
    """What the office wrote on the sheet 说明."""
    found = {}
    for table in tables:
        if table.name == NOTES:
            for row in table.rows:
                if 0 in row and 1 in row:
                    pending(row[1], f"{path}: {table.name}")
                    found[row[0].text] = row[1].text
    return found


def _day(text: str, file: str) -> str:
    """A year, month or day as observations have it; InputError where it is none."""
    found = dated(text)
    if found is None:
        remedy = "write it like 2026, 2026-03 or 2026-03-01"
        raise InputError(f"{file}: {NOTES}", f"“{text}” is no date", remedy)
    return found
