"""A ledger as a workbook, row by row, so that fifty thousand lines need little memory. Computes nothing.

Every text is written as text: a cell that begins with `=` stays what it is. Holds no clock: the same ledger
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from graph import ledger_tables as tables
from graph.ledger import Ledger
from graph.ledger_columns import COLUMNS, EVIDENCE, NOTES, OFFICE, PAGE, UNITS
from loaders.errors import UsageError
from viz.ledger_notes import notes
from viz.ledger_pages import PageOf
from viz.legal import clean
from viz.output import EXCEL_CELL, EXCEL_ROWS

WIDTHS: Final[Mapping[str, int]] = {
    "number": 6,
    "action": 11,
    "task": 15,
    "measure": 38,
    "indicator": 16,
    "value": 10,
    "unit": 6,
    "deadline": 16,
    "lead": 14,
    "support": 22,
    "leader": 9,
    "person": 9,
    "upper": 18,
    "taken_up": 10,
    "progress": 16,
    "rate": 9,
    "state": 9,
    "problems": 13,
    "next_steps": 13,
    "basis": 18,
    "check": 22,
    "remark": 20,
}
"""Widths of the columns in characters; that of the deadline is what a date needs."""
EVIDENCE_WIDTHS: Final = (6, 11, 30, 12, 8, 8, 7, 30, 60, 30, 12, 30, 20)
UNIT_WIDTHS: Final = (6, 34, 24, *(10 for _ in range(len(tables.UNIT_COLUMNS) - 3)))
NOTE_WIDTHS: Final = (18, 110)
BODY_FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
SIZE: Final = 10
LINE: Final = 13.5
"""Points that a line of the body takes."""
TALLEST: Final = 409
"""Points that Excel lets a row have."""
LINKS: Final = 65_000
"""Links on one sheet; Excel takes no more than 65,530."""
SHEETS: Final = (EVIDENCE, UNITS, NOTES)
"""The sheets behind the lines."""
A3, A4 = 8, 9
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(ledger: Ledger, path: Path, page_of: PageOf | None = None) -> None:
    """The workbook at `path`; with `page_of` each line leads to the page of its passage too.

    UsageError: more lines than a sheet can hold.
    """
    import xlsxwriter

    if max(len(sheet.lines) for sheet in ledger.sheets) + 2 > EXCEL_ROWS:
        raise UsageError("ledger", f"a sheet holds {EXCEL_ROWS - 2} lines", "take one document or one unit")
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        book.set_properties({"title": clean(ledger.title), "created": datetime(2000, 1, 1)})
        _Writer(book, ledger, page_of).write()


class _Writer:
    """Writes the sheets of one workbook, each from its first row to its last."""

    def __init__(self, book: Any, ledger: Ledger, page_of: PageOf | None) -> None:
        self.book, self.ledger, self.page_of = book, ledger, page_of
        common = {"font_name": BODY_FONT, "font_size": SIZE, "valign": "top", "text_wrap": True, "border": 1}
        self.body = book.add_format(common)
        self.office = book.add_format({**common, "bg_color": "#FFFBE6"})
        self.link = book.add_format({**common, "font_color": "#1F4E79", "underline": 1})
        self.total = book.add_format({**common, "bold": True, "bg_color": "#F4EFE6"})
        heading = {**common, "font_name": HEAD_FONT, "align": "center", "valign": "vcenter"}
        self.heading = book.add_format({**heading, "bg_color": "#E4DCCB"})
        self.evidence = tables.evidence_rows(ledger)
        self.at = tables.codes(self.evidence)
        names: set[str] = {n.casefold() for n in SHEETS}
        self.names = [_unique(sheet.name, names) for sheet in ledger.sheets]

    def write(self) -> None:
        for number, name in enumerate(self.names):
            self._lines(name, number)
        self._evidence()
        self._units()
        self._notes()

    def _sheet(self, name: str, headings: Sequence[str], widths: Sequence[int], paper: int) -> Any:
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 2 * LINE + 4)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self.heading)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_margins(0.4, 0.4, 0.7, 0.6)
        title = self.ledger.title if name in {self.ledger.title, *SHEETS} else f"{self.ledger.title} {name}"
        lead = "&L&9首位单位按牵头计（本表所选读法）" if self.ledger.first_leads else ""
        sheet.set_header(f'{lead}&C&"{HEAD_FONT}"&14{_shown(title)}&R&9截至{self.ledger.as_of}')
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.set_footer(f"&L&8 {self.ledger.standing.content[:16]}&C&9第&P页，共&N页")
        return sheet

    def _lines(self, name: str, number: int) -> None:
        own = self.ledger.sheets[number]
        widths = [WIDTHS[key] for key, _ in COLUMNS]
        sheet = self._sheet(name, tables.headings(), widths, A3)
        keys = [key for key, _ in COLUMNS]
        basis = keys.index("basis")
        formats = [self.office if key in OFFICE else self.body for key in keys]
        room = LINKS if self.page_of is None else LINKS // 2
        for at, line in enumerate(own.lines, 1):
            cells = tables.row(at, line)
            sheet.set_row(at, _height(cells, widths))
            links = dict[int, str]()
            if at <= room:
                inside = f"internal:'{EVIDENCE}'!A{self.at[line.code] + 1}"
                links = {basis: inside} if self.page_of is None else {0: inside}
                if self.page_of is not None:
                    links[basis] = _page(self.page_of(line.evidence))
            for column, text in enumerate(cells):
                if column in links:
                    sheet.write_url(at, column, links[column], self.link, _fitting(text))
                elif column == 0:
                    sheet.write_number(at, column, at, self.body)
                elif text:
                    sheet.write_string(at, column, _fitting(text), formats[column])
                else:
                    sheet.write_blank(at, column, None, formats[column])
            if 0 in links:
                sheet.write_number(at, 0, at, self.link)
        last = len(own.lines)
        for column, text in enumerate(tables.total_row(self.ledger, own)):
            if text:
                sheet.write_string(last + 1, column, _fitting(text), self.total)
            else:
                sheet.write_blank(last + 1, column, None, self.total)
        sheet.autofilter(0, 0, last, len(keys) - 1)
        sheet.freeze_panes(1, keys.index("indicator") + 1)

    def _evidence(self) -> None:
        sheet = self._sheet(EVIDENCE, list(self._evidence_headings()), EVIDENCE_WIDTHS, A4)
        back = len(tables.EVIDENCE_COLUMNS) - 1
        for at, row in enumerate(self.evidence.values(), 1):
            sheet.set_row(at, _height([str(c) for c in row.cells], EVIDENCE_WIDTHS))
            for column, cell in enumerate(row.cells):
                if column == back and at <= LINKS // 2:
                    place = f"internal:'{self.names[row.sheet]}'!A{row.line + 1}"
                    sheet.write_url(at, column, place, self.link, _fitting(str(cell)))
                elif isinstance(cell, int):
                    sheet.write_number(at, column, cell, self.body)
                else:
                    sheet.write_string(at, column, _fitting(cell), self.body)
            if self.page_of is not None and at <= LINKS // 2:
                sheet.write_url(at, back + 1, _page(self.page_of(row.evidence)), self.link, "打开")
        sheet.autofilter(0, 0, len(self.evidence), back)

    def _evidence_headings(self) -> Iterator[str]:
        yield from tables.EVIDENCE_COLUMNS
        if self.page_of is not None:
            yield PAGE

    def _units(self) -> None:
        sheet = self._sheet(UNITS, tables.UNIT_COLUMNS, UNIT_WIDTHS, A4)
        own = dict(zip((s.name for s in self.ledger.sheets), self.names, strict=True))
        rows = list(tables.unit_rows(self.ledger))
        for at, cells in enumerate(rows, 1):
            body = self.total if at == len(rows) else self.body
            sheet.set_row(at, _height([str(c) for c in cells], UNIT_WIDTHS))
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(at, column, cell, body)
                elif column == 1 and cell in own:
                    sheet.write_url(at, column, f"internal:'{own[cell]}'!A1", self.link, _fitting(cell))
                else:
                    sheet.write_string(at, column, _fitting(cell), body)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(tables.UNIT_COLUMNS) - 1)

    def _notes(self) -> None:
        sheet = self._sheet(NOTES, ("项目", "内容"), NOTE_WIDTHS, A4)
        for at, (label, text) in enumerate(notes(self.ledger), 1):
            sheet.set_row(at, _height([label, text], NOTE_WIDTHS))
            sheet.write_string(at, 0, _fitting(label), self.body)
            if text:
                sheet.write_string(at, 1, _fitting(text), self.body)
            else:
                sheet.write_blank(at, 1, None, self.office)


def _page(address: str) -> str:
    """An address as xlsxwriter takes it: what stands in a folder beside the workbook is a file."""
    return address if "://" in address else f"external:{address}"


def cells_wide(text: str) -> float:
    """The cells that a text takes on one line, a Chinese character counted as two."""
    return (len(text.encode(errors="replace")) + len(text)) / 2


def _height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """The points that a row needs for its wrapped texts, no more than Excel allows."""
    needed = (_wrapped(text, width) for text, width in zip(cells, widths, strict=False) if text)
    return min(TALLEST, max(needed, default=1) * LINE + 3)


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: int) -> int:
    """The lines that a text takes in a column; cached, as items are written out for each of their targets."""
    return int(cells_wide(text) * 1.02 / max(width - 1, 1)) + 1 + text.count("\n")


def _shown(text: str) -> str:
    """A text in a header or footer of a page, where `&` begins a code."""
    return clean(text).replace("&", "&&")


def _fitting(text: str) -> str:
    """The text as a cell can hold it."""
    text = clean(text)
    return text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - 1] + "…"


def _unique(name: str, taken: set[str]) -> str:
    """The name as a sheet may be called, told apart from those that are taken."""
    allowed = "".join(" " if c in "[]:*?/\\" or ord(c) < 32 else c for c in clean(name)).strip(" '") or "台账"
    found, number = allowed[:31].strip(" '"), 2
    while found.casefold() in taken or found.casefold() == "history":
        mark = f"~{number}"
        found, number = allowed[: 31 - len(mark)].strip(" '") + mark, number + 1
    taken.add(found.casefold())
    return found
