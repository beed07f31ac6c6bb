"""What a trace returned, as a table for people and as rows for programs. Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from graph.ledger_columns import code_of
from graph.trace import TraceRow
from viz.cli_common import STATES
from viz.messages import say
from viz.output import Cell, Result

if TYPE_CHECKING:
    from rich.table import Table

WAYS: Final = {"own": "trace.own", "up": "trace.up", "down": "trace.down"}
ROLES: Final = {"lead": "trace.lead", "responsible": "trace.responsible", "support": "trace.support"}
LABELS: Final = {
    "way": "trace.way",
    "unit": "trace.unit",
    "role": "trace.role",
    "item": "trace.item",
    "target": "trace.target",
    "deadline": "trace.deadline",
    "status": "trace.status",
    "upper": "trace.upper",
    "sentence": "trace.sentence",
    "document": "trace.document",
    "target_id": "trace.target-id",
    "item_id": "trace.item-id",
    "code": "trace.code",
}
"""The columns and the keys of their names."""
SENTENCE: Final = 120
"""Characters of a sentence in the table; the other forms have all of it."""


def trace_result(name: str, rows: Sequence[TraceRow]) -> Result:
    """One row a responsibility, for files and programs."""
    cells: list[tuple[Cell, ...]] = []
    for r in rows:
        role = None if r.role is None else say(ROLES[r.role])
        status = None if r.status is None else say(STATES[r.status])
        own = r.target or r.item
        shown = (say(WAYS[r.way]), r.unit, role, _item(r), _target(r), r.deadline, status, _upper(r))
        code = None if own is None else code_of(own)
        cells.append((*shown, r.sentence, r.document_title, r.target, r.item, code))
    return Result(name, tuple(LABELS), tuple(map(say, LABELS.values())), cells)


def trace_table(name: str, rows: Sequence[TraceRow]) -> Table:
    """One row a target (or item without one), its units together; everything wraps, nothing is left out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=Text(name), title_justify="left", pad_edge=False)
    for key, ratio in (("item", 3), ("unit", 4), ("target", 4), ("upper", 3), ("sentence", 6)):
        table.add_column(Text(say(LABELS[key])), ratio=ratio, overflow="fold")
    document = None
    for _, group in groupby(rows, key=lambda r: (r.way, r.document, r.item, r.target)):
        found = list(group)
        first = found[0]
        if document != (first.way, first.document):
            document = (first.way, first.document)
            mark = "" if first.way == "own" else f"{say(WAYS[first.way])} "
            table.add_section()
            table.add_row(Text(f"{mark}《{first.document_title}》", style="bold"))
        units = [
            f"{r.unit}（{say(ROLES[r.role])}）" for r in found if r.unit is not None and r.role is not None
        ]
        status = None if first.status is None else say(STATES[first.status])
        target = [t for t in (_target(first), first.deadline, status) if t]
        cells = (_item(first), "、".join(units), "，".join(target), _upper(first), _short(first.sentence))
        table.add_row(*(Text(cell or "—") for cell in cells))
    return table


def _item(row: TraceRow) -> str | None:
    return None if row.item_path is None else f"{row.item_path} {row.item_title}"


def _target(row: TraceRow) -> str | None:
    return None if row.indicator is None else f"{row.indicator}{row.asked}"


def _upper(row: TraceRow) -> str | None:
    return None if row.upper_path is None else f"{row.upper_path} {row.upper_title}"


def _short(text: str) -> str:
    return text if len(text) <= SENTENCE else text[: SENTENCE - 1] + "…"
