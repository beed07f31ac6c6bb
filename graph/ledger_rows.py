"""The rows of a ledger that came back, by the columns of a ledger. What they say is ledger_read.py's.

Headings are known without their star, blanks and widths. What stands in a column or row that is no ledger's
is told, not passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.ledger_columns import COLUMNS, NOTES, OFFICE, PAGE, TOTAL
from graph.ledger_columns import EVIDENCE as PASSAGES
from graph.ledger_columns import UNITS as LOADS
from loaders.errors import InputError
from loaders.workbook import Cell, Table

CODE: Final = re.compile(r"〔([0-9a-f]{8})〕")
NEEDED: Final = frozenset({"progress", "basis", "indicator", "value"})
TOP: Final = 20
"""Rows in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its cells by the key of their column, and those that the office filled in."""

    sheet: str
    cells: Mapping[str, Cell]
    office: Mapping[str, Cell]

    @staticmethod
    def called(key: str) -> str:
        """The heading of a column that the office fills in, without its star."""
        return dict(COLUMNS)[key].rstrip("*")


Told = tuple[str, str, str, str]
"""Cell, text and why it was not taken, in Chinese and English."""


def folded(text: str) -> str:
    """The text without blanks, in one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _heading(text: str) -> str:
    return folded(text).rstrip("*")


HEADINGS: Final = {_heading(heading): key for key, heading in COLUMNS}


def is_ledger(path: Path) -> bool:
    """Whether a file that is no workbook begins as a ledger does, not as observations do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(4096)
    return any(
        {"进展情况", "依据"}
        <= {_heading(cell) for cell in re.split('[,"\n]', head.decode(encoding, "ignore"))}
        for encoding in ("utf-8", "gb18030")
    )


def pending(cell: Cell, where: str) -> None:
    """InputError where a cell is a formula whose value the file does not hold."""
    if cell.pending:
        raise InputError(
            f"{where}!{cell.address}",
            "is a formula without a value",
            "open the file in Excel, WPS or LibreOffice and save it, or type the value",
        )


def rows_of(tables: Sequence[Table], path: Path) -> Iterator[Row | Told]:
    """The rows of every sheet of a ledger, and what stands where no ledger has anything to fill in.

    InputError where no sheet has the headings, or one has them without 进展情况.
    """
    read = False
    for table in tables:
        header = _header(table, path)
        if header is None:
            yield from _unknown_sheet(table)
            continue
        read = True
        start, columns, others = header
        yield from _unknown_columns(table, start, others)
        for row in table.rows[start + 1 :]:
            yield from _row(table, row, columns, path)
    if not read:
        raise InputError(str(path), "has no sheet with the headings of a ledger", "write the ledger anew")


def _row(
    table: Table, row: Mapping[int, Cell], columns: Mapping[str, int], path: Path
) -> Iterator[Row | Told]:
    cells = {key: row[column] for key, column in columns.items() if column in row}
    office = {key: cell for key, cell in cells.items() if key in OFFICE}
    total = cells.get("number", Cell("", "")).text == TOTAL
    if total:
        for cell in office.values():
            text = cell.text
            yield (f"{table.name}!{cell.address}", text, "写在合计行，没有收", "stands in the row of totals")
    elif cells:
        for cell in cells.values():
            pending(cell, f"{path}: {table.name}")
        yield Row(table.name, cells, office)


def _header(table: Table, path: Path) -> tuple[int, dict[str, int], dict[int, Cell]] | None:
    """The row of the headings, the column of each key, and columns of other headings; null: no ledger."""
    for number, row in enumerate(table.rows[:TOP]):
        columns: dict[str, int] = {}
        others: dict[int, Cell] = {}
        for column, cell in row.items():
            key = HEADINGS.get(_heading(cell.text))
            if key is not None and key not in columns:
                columns[key] = column
            elif cell.text != PAGE:
                others[column] = cell
        if set(columns) >= NEEDED:
            return number, columns, others
        if len(columns) > len(COLUMNS) // 2:
            missing = next(heading for key, heading in COLUMNS if key in NEEDED - set(columns))
            place = f"{path}: {table.name}!{number + 1}"
            raise InputError(place, f"has no column {missing}", "give the column its heading back")
    return None


def _unknown_columns(table: Table, start: int, others: Mapping[int, Cell]) -> Iterator[Told]:
    for column, heading in others.items():
        found = sum(column in row for row in table.rows[start + 1 :])
        if found:
            yield (
                f"{table.name}!{heading.address}",
                heading.text,
                f"不是台账的栏目，其中{found}格没有收",
                f"is no column of a ledger; {found} cells below it were not taken",
            )


def _unknown_sheet(table: Table) -> Iterator[Told]:
    found = [cell for row in table.rows for cell in row.values()]
    if found and table.name not in {NOTES, PASSAGES, LOADS}:
        yield (
            f"{table.name}!{found[0].address}",
            found[0].text,
            f"这张表没有台账的栏目，其中{len(found)}格没有收",
            f"is on a sheet without a ledger's headings; its {len(found)} cells were not taken",
        )
