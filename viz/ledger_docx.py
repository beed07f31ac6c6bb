"""A ledger as a Word file: the same cells as in the workbook, on A3 across. Computes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graph import ledger_tables as tables
from graph.ledger import Ledger
from graph.ledger_columns import COLUMNS, EVIDENCE, NOTES, UNITS
from viz.docx_parts import Cell, Link, WordFile
from viz.ledger_notes import notes
from viz.ledger_pages import PageOf
from viz.ledger_xlsx import EVIDENCE_WIDTHS, NOTE_WIDTHS, UNIT_WIDTHS, WIDTHS

BASIS: Final = [key for key, _ in COLUMNS].index("basis")
CODE: Final = tables.EVIDENCE_COLUMNS.index("编号")


def write_docx(ledger: Ledger, path: Path, page_of: PageOf | None = None) -> None:
    """The Word file at `path`; each line leads to its passage in 原文依据 and back.

    With `page_of` the code of a passage leads to its page.
    """
    word = WordFile(ledger.title, "A3")
    evidence = tables.evidence_rows(ledger)
    widths = [WIDTHS[key] for key, _ in COLUMNS]
    for number, sheet in enumerate(ledger.sheets):
        if number:
            word.page_break()
        word.heading(f"{ledger.title}（截至{ledger.as_of}）" if not number else sheet.name)
        if ledger.first_leads and not number:
            word.paragraph("首位单位按牵头计：这是本表所选的读法，原文没有这样写。")
        if len(ledger.sheets) > 1 and not number:
            word.heading(sheet.name, 2)
        rows: list[list[Cell | Link]] = []
        for at, line in enumerate(sheet.lines, 1):
            cells: list[Cell | Link] = list(tables.row(at, line))
            cells[BASIS] = (f"e_{line.code}", str(cells[BASIS]))
            rows.append(cells)
        names = [f"s{number}_{at}" for at in range(1, len(rows) + 1)]
        rows.append(list(tables.total_row(ledger, sheet)))
        word.table(tables.headings(), rows, widths, names=names, bold_last=True)
    word.page_break()
    word.heading(EVIDENCE)
    passages: list[list[Cell | Link]] = []
    for row in evidence.values():
        shown: list[Cell | Link] = [*row.cells[:-1], (f"s{row.sheet}_{row.line}", str(row.cells[-1]))]
        if page_of is not None:
            shown[CODE] = (page_of(row.evidence), row.evidence.code)
        passages.append(shown)
    word.table(tables.EVIDENCE_COLUMNS, passages, EVIDENCE_WIDTHS, names=[f"e_{code}" for code in evidence])
    word.page_break()
    word.heading(UNITS)
    word.table(tables.UNIT_COLUMNS, list(tables.unit_rows(ledger)), UNIT_WIDTHS, bold_last=True)
    word.heading(NOTES)
    word.table(("项目", "内容"), notes(ledger), NOTE_WIDTHS, size=9)
    word.save(path)
