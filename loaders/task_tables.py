"""Tables of tasks: 序号, 工作任务, 牵头单位, 配合单位, 完成时限.

Each row is an item with its units and its deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.found import Found
from loaders.items import PlanItem
from loaders.outline import Node
from loaders.quantities import find_years
from loaders.records import Role
from loaders.rules import load
from loaders.tables import Cell
from loaders.targets import find_targets
from loaders.unit_lists import Mention, names_in

_HEADS: dict[str, re.Pattern[str]] = {
    what: re.compile(pattern) for what, pattern in load("units")["columns"].items()
}
_ROLES: tuple[Role, ...] = ("lead", "support", "responsible")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of tasks: what each of its columns gives, and where it ends."""

    path: str
    number: Cell | None
    task: Cell
    units: tuple[tuple[Role, Cell], ...]
    deadline: Cell | None
    end: int


def task_rows(tables: Sequence[list[list[Cell]]]) -> list[Row]:
    """The rows of those tables that have a column of tasks or indicators and one of units."""
    found: list[Row] = []
    for table in tables:
        columns = _columns(table[0])
        if columns is None:
            continue
        ordinal = 1 + len({row.path.split(".")[0] for row in found})
        for i, cells in enumerate(table[1:], 1):
            if len(cells) == len(table[0]) and cells[columns["task"][0]].text:
                found.append(_row(cells, columns, f"表{ordinal}.{i}"))
    return found


def _columns(head: list[Cell]) -> dict[str, list[int]] | None:
    """The columns of each kind by their heads, or None where tasks or units have none."""
    found: dict[str, list[int]] = {}
    for i, cell in enumerate(head):
        what = next(
            (w for w, pattern in _HEADS.items() if pattern.search(re.sub(r"\s", "", cell.text))), None
        )
        if what:
            found.setdefault(what, []).append(i)
    return found if "task" in found and any(role in found for role in _ROLES) else None


def _row(cells: list[Cell], columns: dict[str, list[int]], path: str) -> Row:
    def first(what: str) -> Cell | None:
        return cells[columns[what][0]] if what in columns else None

    units = tuple((role, cells[i]) for role in _ROLES for i in columns.get(role, ()))
    last = columns["task"][-1]  # 任务, then 具体举措: the narrower one says what is to be done
    task = cells[last] if cells[last].text else cells[columns["task"][0]]
    return Row(path, first("number"), task, units, first("deadline"), cells[-1].end)


def nodes_of(rows: Sequence[Row], nodes: Sequence[Node]) -> tuple[list[Node], list[PlanItem]]:
    """The outline with a place for each row, and the rows as items."""
    places, items = list(nodes), []
    for row in rows:
        start = min(row.task.start, row.number.start if row.number else row.task.start)
        around = next((n for n in reversed(nodes) if n.start <= start < n.end), None)
        node = Node(
            style="row",
            label=(row.number.text or None) if row.number else None,
            number=None,
            start=start,
            title_start=row.task.start,
            head_end=row.task.end,
            end=row.end,
            depth=(around.depth if around else 0) + 1,
            parent=around,
            heading=False,
        )
        places.append(node)
        title = (row.task.start, row.task.end)
        items.append(PlanItem("measure", row.path, node.label, title, start, row.end, None, node))
    return sorted(places, key=lambda n: n.start), items


def mentions_of(text: str, rows: Sequence[Row]) -> Iterator[Mention]:
    """The units that the rows name, with the role of their column."""
    for row in rows:
        for role, cell in row.units:
            yield from names_in(text, cell.start, cell.end, role, "task_table")


def row_targets(text: str, row: Row) -> Iterator[Found]:
    """The targets of a row's task; one without a year takes that of the row's deadline."""
    due = next(find_years(text, row.deadline.start, row.deadline.end), None) if row.deadline else None
    for target in find_targets(text, row.task.start, row.task.end):
        years = target.years or ((due.first, due.last) if due else None)
        yield replace(target, years=years)
