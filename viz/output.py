"""Results become tables, CSV, JSON, Markdown or a workbook; files appear whole. Holds no queries.

What each form is for:
    table   people, in a terminal; columns that only programs need are left out, long texts cut
    json    programs: a list of objects, keys are the column names of the query
    csv     both: column names as in json. A file begins with a byte order mark, so that Excel reads
            Chinese, and its texts that begin with = + - @ stand behind an apostrophe, so that no
            spreadsheet runs them; standard output has neither, its cells are exact
    md      a table for documents and chats
    xlsx    people: headings in their language, a frozen header, every text as text
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from loaders.errors import UsageError
from viz.files import replacing
from viz.legal import clean

if TYPE_CHECKING:
    from rich.table import Table

Format: TypeAlias = Literal["table", "csv", "json", "md", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
Cell: TypeAlias = str | int | float | bool | None

BASE = "https://w3id.org/gangmu/id/"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
OFFSETS = frozenset({"start", "end", "other_start", "other_end"})
TEXT_SHOWN = 80
"""Characters of a text in a table on a terminal."""
WIDE = 30
"""Cells that a column of a table is given at least, if it needs them."""
GAP = 3
EXCEL_CELL = 32_767
"""Characters that a cell of a workbook can hold."""
EXCEL_ROWS = 1_048_576
A4 = 9
TITLE = 100
"""Characters of a title at the head of a page; Excel takes 255 in all."""
NOTES_WIDTHS = (20, 110)
IN_MEMORY = 500_000
"""Cells up to which a workbook is put together without temporary files, which take three times as long."""


@dataclass(frozen=True, slots=True)
class Result:
    """Rows to be shown: `names` are the columns for programs, `labels` those for people."""

    title: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Notes:
    """Rows of a label and a text that stand on a sheet of their own behind a result."""

    name: str
    labels: tuple[str, str]
    rows: Sequence[tuple[str, str]]


def as_json(result: Result) -> str:
    """A JSON array of one object a row, missing values as null, ended by a newline."""
    objects = [dict(zip(result.names, row, strict=True)) for row in result.rows]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def as_csv(result: Result, *, guarded: bool = False) -> str:
    """RFC 4180 text with a header of column names; `guarded` for files that a spreadsheet opens."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(result.names)
    for row in result.rows:
        writer.writerow(
            [_guarded(plain(cell)) if guarded and isinstance(cell, str) else plain(cell) for cell in row]
        )
    return buffer.getvalue()


def as_markdown(result: Result) -> str:
    """A GitHub table; what Markdown or HTML would read in a cell is escaped, line breaks become spaces."""
    lines = [result.labels, ["---"] * len(result.labels), *result.rows]
    return "".join(f"| {' | '.join(_markdown(plain(cell)) for cell in line)} |\n" for line in lines)


def readable(result: Result, width: int) -> tuple[Result, list[str]]:
    """The result as a terminal of `width` cells shows it, and the names of the columns left out.

    Left out are IRIs of the store, offsets of quotes, empty columns, and what does not fit from the left.
    """
    natural = _natural_widths(result)
    columns = list(zip(*result.rows, strict=True)) if result.rows else [()] * len(result.names)
    kept: list[int] = []
    used = 0
    for index, name in enumerate(result.names):
        if name in OFFSETS or (result.rows and _for_programs(columns[index])):
            continue
        needed = min(natural[index], WIDE) + GAP
        if kept and used + needed > width:
            continue
        kept.append(index)
        used += needed
    kept = kept or list(range(len(result.names)))
    hidden = [name for i, name in enumerate(result.names) if i not in kept]
    names, labels = ([texts[i] for i in kept] for texts in (result.names, result.labels))
    rows = [tuple(_cut(row[i]) for i in kept) for row in result.rows]
    return Result(result.title, tuple(names), tuple(labels), rows), hidden


def as_table(result: Result, *, yes: str = "true", no: str = "false") -> Table:
    """A rich table that knows the width of Chinese characters; numbers stand to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=Text(result.title), title_justify="left", pad_edge=False)
    for index, label in enumerate(result.labels):
        numeric = any(_is_number(row[index]) for row in result.rows)
        table.add_column(Text(label), justify="right" if numeric else "left", overflow="fold")
    for row in result.rows:
        cells = ((yes if cell else no) if isinstance(cell, bool) else short(plain(cell)) for cell in row)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def write_xlsx(result: Result, path: Path, notes: Notes | None = None) -> None:
    """A workbook at `path`: the result, and a sheet of notes if there are any, laid out to be printed.

    Texts longer than a cell can hold end in an ellipsis. Holds no clock: the same result gives the same
    bytes. UsageError: more rows than a sheet can hold.
    """
    from datetime import datetime

    import xlsxwriter

    if len(result.rows) >= EXCEL_ROWS:
        raise UsageError(f"{len(result.rows)} rows", f"a sheet holds {EXCEL_ROWS - 1}", "write csv or json")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    options["in_memory"] = len(result.rows) * len(result.labels) < IN_MEMORY
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": result.title, "created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet(_sheet_name(result.title))
        heading = book.add_format({"bold": True, "bg_color": "#F4EFE6", "bottom": 1, "valign": "top"})
        body = book.add_format({"valign": "top", "text_wrap": True})
        _for_print(sheet, result.title)
        for column, label in enumerate(result.labels):
            sheet.write_string(0, column, _fitting(label), heading)
        for number, row in enumerate(result.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell, body)
                elif _is_number(cell):
                    sheet.write_number(number, column, cell, body)
                elif cell is not None:
                    sheet.write_string(number, column, _fitting(str(cell)), body)
        for column, width in enumerate(_natural_widths(result)):
            sheet.set_column(column, column, max(8, min(60, width + 2)))
        sheet.freeze_panes(1, 0)
        if result.rows:
            sheet.autofilter(0, 0, len(result.rows), len(result.labels) - 1)
        if notes:
            _write_notes(book.add_worksheet(notes.name), notes, heading, body)


def _for_print(sheet: Any, title: str) -> None:
    """Lays a sheet out for paper: across, all columns on a page, headings on every page, pages counted."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if title.strip():
        sheet.set_header(f"&C{clean(title)[:TITLE].replace('&', '&&')}")
    sheet.set_footer("&C&P / &N")


def _write_notes(sheet: Any, notes: Notes, heading: Any, body: Any) -> None:
    _for_print(sheet, notes.name)
    sheet.set_column(0, 0, NOTES_WIDTHS[0])
    sheet.set_column(1, 1, NOTES_WIDTHS[1])
    for column, label in enumerate(notes.labels):
        sheet.write_string(0, column, label, heading)
    for number, row in enumerate(notes.rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, _fitting(text), body)
    sheet.freeze_panes(1, 0)


def write(result: Result, form: Format, path: Path, notes: Notes | None = None) -> None:
    """The result in a file, which is replaced as a whole. A table is written as Markdown.

    Notes stand in a workbook alone; the other forms hold the result and nothing else, for programs.
    """
    with replacing(path) as temporary:
        if form == "xlsx":
            write_xlsx(result, temporary, notes)
        elif form == "csv":
            temporary.write_text(as_csv(result, guarded=True), encoding="utf-8-sig", newline="")
        else:
            text = as_json(result) if form == "json" else as_markdown(result)
            temporary.write_text(text, encoding="utf-8", newline="")


def plain(cell: Cell) -> str:
    """The cell as text: nothing for a missing value, no `.0` behind whole numbers."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:g}" if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else str(cell)


def short(text: str) -> str:
    """An IRI of the store without its base and its percent signs; any other text as it is."""
    from urllib.parse import unquote

    return unquote(text.removeprefix(BASE)) if text.startswith(BASE) else text


def _for_programs(column: Sequence[Cell]) -> bool:
    """Whether a column holds nothing, or IRIs of the store alone."""
    return all(cell is None or (isinstance(cell, str) and cell.startswith(BASE)) for cell in column)


def _cut(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.split())
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(FORMULA) else text


def _markdown(text: str) -> str:
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    for character in "\\|`*_[]":
        text = text.replace(character, "\\" + character)
    return text


def _fitting(text: str) -> str:
    """The text as a cell of a workbook can hold it."""
    text = clean(text)
    return text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - 1] + "…"


def _sheet_name(title: str) -> str | None:
    """The title as a sheet may be called: 31 characters, none of []:*?/\\, no apostrophe at its ends."""
    name = "".join(" " if character in "[]:*?/\\" else character for character in title)
    return name[:31].strip(" '") or None


def _natural_widths(result: Result) -> list[int]:
    """The cells that each column takes unwrapped, a Chinese character counted as two."""
    from rich.cells import cell_len

    longest = [cell_len(label) for label in result.labels]
    for row in result.rows:
        for column, cell in enumerate(row):
            longest[column] = max(longest[column], cell_len(short(plain(cell))))
    return longest
