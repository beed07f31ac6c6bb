"""A ledger as tables of plain text: the same for a workbook, for Word and for CSV. Lays nothing out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph.ledger import NOBODY, Ledger, Sheet
from graph.ledger_columns import COLUMNS, PAGE, ROLES, STATES, TOTAL
from graph.ledger_line import Evidence, Line

EVIDENCE_COLUMNS: Final = (
    *("序号", "编号", "文件", "位置", "起", "止", "行", "前文", "原文", "后文", "文本状况", "修补", "台账"),
)
UNIT_COLUMNS: Final = (
    *("序号", "责任单位", "原文写法", "牵头条目", "责任条目", "配合条目", "条目数", "目标数"),
    *STATES.values(),
)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of 原文依据; `sheet` and `line` (from 1) say where the ledger first rests on it."""

    evidence: Evidence
    cells: tuple[str | int, ...]
    sheet: int
    line: int


def headings() -> tuple[str, ...]:
    """The headings of a sheet of lines."""
    return tuple(heading for _, heading in COLUMNS)


def row(number: int, line: Line) -> list[str]:
    """The cells of a line; its number stands first, what is not known is empty."""
    return [str(number), *(line.cells.get(key, "") for key, _ in COLUMNS[1:])]


def total_row(ledger: Ledger, sheet: Sheet) -> list[str]:
    """The row that closes a sheet: how many items, targets and units there are in it, each once."""
    from graph.ledger import totals

    found = ledger.totals if len(ledger.sheets) == 1 else totals(sheet.lines)
    said = {
        "number": TOTAL,
        "measure": f"{found['items']}个条目",
        "indicator": f"{found['targets']}个目标",
        "support": f"{found['units']}家单位",
        "remark": f"{len(sheet.lines)}行",
    }
    return [said.get(key, "") for key, _ in COLUMNS]


def evidence_rows(ledger: Ledger) -> dict[str, EvidenceRow]:
    """The passages by code, each once, in the order in which the ledger first rests on them."""
    found: dict[str, EvidenceRow] = {}
    for at, sheet in enumerate(ledger.sheets):
        for number, line in enumerate(sheet.lines, 1):
            if line.code in found:
                continue
            e = line.evidence
            trusts = {d.id: d.trust_zh for d in ledger.standing.documents}
            where = f"{sheet.name} 第{number}行"
            cells = (
                *(len(found) + 1, e.code, f"《{e.title}》", e.place, e.start, e.end, e.line),
                *(e.before, e.quote, e.after, trusts[e.document], "；".join(e.repairs), where),
            )
            found[line.code] = EvidenceRow(e, cells, at, number)
    return found


def unit_rows(ledger: Ledger) -> Iterator[list[str | int]]:
    """The rows of 按单位汇总; the last one counts every item and target once."""
    for number, unit in enumerate(ledger.units, 1):
        roles = [unit.roles.get(role, 0) for role in ROLES.values()]
        states = [unit.states.get(state, 0) for state in STATES]
        written = "、".join(w for w in unit.as_written if w != unit.unit)
        yield [number, unit.unit, written, *roles, unit.items, unit.targets, *states]
    states_of = {
        line.target: line.state for s in ledger.sheets for line in s.lines if line.target is not None
    }
    counted = list(states_of.values())
    units = [u for u in ledger.units if u.unit != NOBODY]
    yield [
        *(TOTAL, f"{len(units)}家单位（条目、目标各计一次）", "", "", "", ""),
        *(ledger.totals["items"], ledger.totals["targets"], *(counted.count(s) for s in STATES)),
    ]


def csv_rows(ledger: Ledger, page_of: Callable[[Evidence], str] | None = None) -> Iterator[list[str]]:
    """The lines of all sheets as one table, its headings first; with `page_of` a column of addresses."""
    yield [*headings(), *([PAGE] if page_of else ())]
    for sheet in ledger.sheets:
        for number, line in enumerate(sheet.lines, 1):
            yield [*row(number, line), *([page_of(line.evidence)] if page_of else ())]


def codes(rows: Mapping[str, EvidenceRow]) -> dict[str, int]:
    """The number of the row of 原文依据 (from 1, below its headings) of each code."""
    return {code: number for number, code in enumerate(rows, 1)}
