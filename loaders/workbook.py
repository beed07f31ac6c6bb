"""The cells of a workbook or CSV table that people filled in, as text with its address. Judges nothing.

Workbooks come from outside: the archive is checked before anything in it is opened (formats/archives.py),
formulas are never run (their last value is read), links never followed.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from loaders.decode import decode, read_bytes
from loaders.errors import InputError
from loaders.formats.archives import Archive
from loaders.guard import unguarded

WIDEST: Final = 200
"""Columns of a sheet that are looked at."""
LONGEST: Final = 200_000
"""Rows of a sheet that are looked at; more are an error."""
ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Office files and those with a password begin with."""
FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
ANEW: Final = "open it in Excel, WPS or LibreOffice and save it as .xlsx"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty: its address (`B7`) and its text as a reader sees it.

    `pending`: it is a formula, the text, whose value the file does not hold.
    """

    address: str
    text: str
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, and its rows from the first, each a mapping from column (from 0) to cell."""

    name: str
    rows: list[dict[int, Cell]]


def read_tables(path: Path) -> list[Table]:
    """The sheets of a workbook, or the one table of a CSV file; raises InputError where it cannot be read."""
    data = read_bytes(path)
    if data.startswith(OLE):
        raise _old(data, path)
    return _workbook(data, path) if data.startswith(ZIP) else [_csv(data, path)]


def is_workbook(path: Path) -> bool:
    """Whether a file begins as workbooks do."""
    try:
        with path.open("rb") as file:
            return file.read(len(OLE)).startswith((ZIP, OLE))
    except OSError:
        return False


def _old(data: bytes, path: Path) -> InputError:
    """What is wrong with a file in the container of old Office files, told by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError(str(path), "has a password", "save it without one")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return InputError(str(path), "is a workbook of Excel 97 to 2003 (.xls)", ANEW)
    return InputError(str(path), "is no workbook", "give an .xlsx or .csv file")


def _csv(data: bytes, path: Path) -> Table:
    text = decode(data, str(path)).removeprefix("\ufeff")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(str(path), f"is no CSV ({error})", "quote the cell") from error
    return Table(
        path.stem,
        [
            {c: Cell(address(r, c), unguarded(cell).strip()) for c, cell in enumerate(row) if cell.strip()}
            for r, row in enumerate(rows)
        ],
    )


def _workbook(data: bytes, path: Path) -> list[Table]:
    try:
        archive = Archive(data)
        archive.check_xml()
    except InputError as error:
        where = f"{path}: {error.what}" if error.what else str(path)
        raise InputError(where, error.problem, error.remedy) from error
    if "mimetype" in archive.names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        raise InputError(str(path), "is a workbook of OpenDocument (.ods)", ANEW)
    if "xl/workbook.bin" in archive.names:
        raise InputError(str(path), "is a binary workbook (.xlsb)", ANEW)
    if "xl/workbook.xml" not in archive.names:
        raise InputError(str(path), "is no workbook", "give an .xlsx or .csv file")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl says of extensions that it leaves out
        try:
            formulas = _formulas(data) if _has_formulas(archive) else {}
            book = _opened(data, values=True)
            try:
                return [
                    Table(sheet.title, list(_rows(sheet, path, formulas.get(sheet.title, {}))))
                    for sheet in book.worksheets
                ]
            finally:
                book.close()
        except InputError:
            raise
        except Exception as error:  # KeyError, ValueError, zipfile's and lxml's own have no base in common
            raise InputError(
                str(path), f"is no sound workbook ({error})", "save it again as .xlsx"
            ) from error


def _opened(data: bytes, *, values: bool) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _has_formulas(archive: Archive) -> bool:
    sheets = (name for name in archive.names if name.startswith("xl/worksheets/"))
    return any(FORMULA.search(archive.read(name)) for name in sheets)


def _formulas(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas of each sheet by row and column; read only where there are any."""
    book = _opened(data, values=False)
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            found[sheet.title] = {
                (r, c): str(getattr(cell.value, "text", cell.value))
                for r, row in enumerate(sheet.iter_rows(max_col=WIDEST))
                for c, cell in enumerate(row)
                if cell.data_type == "f"
            }
    finally:
        book.close()
    return found


def _rows(sheet: Any, path: Path, formulas: Mapping[tuple[int, int], str]) -> Iterator[dict[int, Cell]]:
    sheet.reset_dimensions()
    for r, row in enumerate(sheet.iter_rows(max_col=WIDEST)):
        if r >= LONGEST:
            raise InputError(f"{path}: {sheet.title}", f"has more than {LONGEST} rows", "split the ledger")
        cells = {}
        for c, cell in enumerate(row):
            if text := shown(cell.value, getattr(cell, "number_format", None) or ""):
                cells[c] = Cell(address(r, c), text)
            elif (r, c) in formulas and cell.value is None:
                cells[c] = Cell(address(r, c), formulas[r, c], pending=True)
        yield cells


def shown(value: object, number_format: str) -> str:
    """The value as a reader of the sheet sees it: dates as days, shares as percentages, `.0` left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        share = number_format.rstrip("\"' ").endswith("%")
        number = round(value * 100, 9) if share else value
        plain = str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
        return f"{plain}%" if share else plain
    return ESCAPED.sub(_unescaped, str(value)).strip()


def _unescaped(match: re.Match[str]) -> str:
    """The character that `_x003D_` stands for (ECMA-376, 22.9.2.19), where a text can hold it."""
    found = chr(int(match[1], 16))
    return found if found.isprintable() or found in "\t\n\r" else match[0]


def address(row: int, column: int) -> str:
    """The address of a cell, both counted from 0: (0, 0) is A1, (6, 27) is AB7."""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"
