"""The forms of a result: nothing is lost, nothing is run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from loaders.errors import UsageError
from viz import output
from viz.files import replacing
from viz.output import Result

NASTY = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://example.com","x")',
    "http://example.com",
    "a|b\\c\n第二行",
    '<b>&"引号"</b>',
    "[link](javascript:alert(1))",
    "🀄\u2028x",
    "007",
)
RESULT = Result(
    "结果",
    ("text", "number", "flag"),
    ("文字", "数", "是否"),
    [(text, 1.5 if i % 2 else None, bool(i % 2)) for i, text in enumerate(NASTY)],
)


def test_json_keeps_everything() -> None:
    rows = json.loads(output.as_json(RESULT))
    assert [row["text"] for row in rows] == list(NASTY)
    assert rows[0]["number"] is None
    assert rows[1] == {"text": "+1", "number": 1.5, "flag": True}


def test_csv_for_programs_is_exact() -> None:
    table = list(csv.reader(io.StringIO(output.as_csv(RESULT), newline="")))
    assert table[0] == ["text", "number", "flag"]
    assert [row[0] for row in table[1:]] == list(NASTY)


def test_csv_in_a_file_is_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    output.write(RESULT, "csv", path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    cells = [row[0] for row in table[1:]]
    assert not any(cell.startswith(output.FORMULA) for cell in cells)
    assert [cell.removeprefix("'") for cell in cells] == list(NASTY)
    assert [row[1] for row in table[1:3]] == ["", "1.5"]


def test_a_workbook_holds_texts_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    output.write(RESULT, "xlsx", path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == ["文字", "数", "是否"]
    column = [sheet.cell(row, 1) for row in range(2, len(NASTY) + 2)]
    assert {cell.data_type for cell in column} == {"s"}
    assert [cell.value for cell in column] == list(NASTY)
    assert all(cell.hyperlink is None for cell in column)
    assert (sheet["B3"].value, sheet["C3"].value, sheet["B2"].value) == (1.5, True, None)
    assert sheet.column_dimensions["A"].width >= 30


def test_a_workbook_ends_long_texts_and_refuses_too_many_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    output.write(Result("", ("a",), ("a",), [("长" * 40_000,)]), "xlsx", path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    value = str(sheet["A2"].value)
    assert len(value) == output.EXCEL_CELL
    assert value.endswith("…")
    many = Result("", ("a",), ("a",), [(1,)] * output.EXCEL_ROWS)
    with pytest.raises(UsageError, match="write csv"):
        output.write(many, "xlsx", path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_markdown_shows_what_stands_there() -> None:
    lines = output.as_markdown(RESULT).splitlines()
    assert len(lines) == len(NASTY) + 2
    assert all(line.replace("\\|", "").count("|") == 4 for line in lines)
    text = "\n".join(lines)
    assert "<b>" not in text
    assert "\\[link\\](" in text


def test_a_terminal_shows_what_fits_and_names_the_rest() -> None:
    iri = output.BASE + "unit/%E5%8D%95%E4%BD%8D"
    names = ("title", "quote", "start", "unit", "empty", "far")
    result = Result("", names, names, [("标题", "原文" * 100, 5, iri, None, "远" * 30)] * 2)
    shown, hidden = output.readable(result, 80)
    assert shown.names == ("title", "quote", "far")
    assert hidden == ["start", "unit", "empty"]
    assert shown.rows[0][1] == "原文" * 39 + "原…"
    assert output.readable(result, 50)[1] == ["start", "unit", "empty", "far"]
    only = Result("", ("unit",), ("unit",), [(iri,)])
    assert output.readable(only, 80)[0].names == ("unit",)
    assert output.short(iri) == "unit/单位"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text(encoding="utf-8") == "old"
    with replacing(path) as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    with replacing(link) as temporary:
        temporary.write_text("through", encoding="utf-8")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "through"
