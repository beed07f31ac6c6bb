"""Workbook, Word file and CSV hold the same cells, nothing in them runs, and offices can open them."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from docx import Document

from graph import ledger_tables as tables
from graph.desk import Desk
from graph.ledger import Ledger, ledger
from graph.ledger_columns import COLUMNS, EVIDENCE, NOTES, OFFICE, UNITS
from graph.standing import standing
from graph.store import Store
from loaders.errors import UsageError
from loaders.guard import guarded, guarded_csv, unguarded
from tests.graph.desk_plans import PAYLOADS
from viz.ledger_docx import write_docx
from viz.ledger_notes import notes as said_of
from viz.ledger_pages import pages_at
from viz.ledger_xlsx import WIDTHS, _unique, write_xlsx
from viz.legal import clean
from viz.web.publish import MARK
from viz.web.site import Site
from viz.web.source import Source

KEYS = [key for key, _ in COLUMNS]


@pytest.fixture(scope="module")
def made(store: Store) -> Ledger:
    desk = Desk(store)
    document = next(r.document.id for r in desk.readings if r.document.trust == "damaged")
    return ledger(desk, standing(desk, ["ledger", "-o", "l.xlsx"]), document=document)


@pytest.fixture(scope="module")
def workbook(made: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "l.xlsx"
    write_xlsx(made, path)
    return path


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    return [["" if c is None else c for c in row] for row in book[sheet].iter_rows(values_only=True)]


def test_the_workbook_is_read_again_cell_by_cell(made: Ledger, workbook: Path) -> None:
    (sheet,) = made.sheets
    found = rows_of(workbook, sheet.name)
    assert found[0] == [heading for _, heading in COLUMNS]
    assert found[1:-1] == [[n, *tables.row(n, line)[1:]] for n, line in enumerate(sheet.lines, 1)]
    assert found[-1] == tables.total_row(made, sheet)
    passages = [list(row.cells) for row in tables.evidence_rows(made).values()]
    assert rows_of(workbook, EVIDENCE) == [list(tables.EVIDENCE_COLUMNS), *passages]
    assert rows_of(workbook, UNITS) == [list(tables.UNIT_COLUMNS), *tables.unit_rows(made)]
    assert rows_of(workbook, NOTES) == [["项目", "内容"], *map(list, said_of(made))]


def test_the_sheet_is_as_offices_print_it(made: Ledger, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == [made.sheets[0].name, EVIDENCE, UNITS, NOTES]
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "F2"
    assert sheet.auto_filter.ref == f"A1:V{len(made.sheets[0].lines) + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.left.text == made.standing.content[:16]
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    letter = sheet.cell(1, KEYS.index("deadline") + 1).column_letter
    assert WIDTHS["deadline"] == 16
    assert 16 <= sheet.column_dimensions[letter].width < 17
    heights = [sheet.row_dimensions[r].height for r in range(2, sheet.max_row)]
    assert all(h is not None and 15 < h <= 409 for h in heights)
    assert len(set(heights)) > 5
    assert sheet.cell(2, 5).font.name == "宋体"
    assert sheet.cell(1, 1).font.name == "黑体"
    for key in OFFICE:
        assert all(sheet.cell(r, KEYS.index(key) + 1).value is None for r in range(2, sheet.max_row + 1))


def test_each_line_leads_to_its_passage_and_back(made: Ledger, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet, evidence = book.worksheets[0], book[EVIDENCE]
    for number, line in enumerate(made.sheets[0].lines, 2):
        link = sheet.cell(number, KEYS.index("basis") + 1).hyperlink
        assert link is not None
        assert link.target is None
        row = int(str(link.location).rpartition("!A")[2])
        assert evidence.cell(row, 2).value == line.code
        back = evidence.cell(row, len(tables.EVIDENCE_COLUMNS)).hyperlink
        assert back is not None
        assert str(back.location).endswith(f"!A{number}")


def published(folder: Path, content: str) -> Path:
    folder.mkdir(parents=True)
    (folder / MARK).write_text(f"{content}\n", encoding="utf-8")
    return folder


def test_each_line_leads_to_its_place_in_the_explorer(made: Ledger, store: Store, tmp_path: Path) -> None:
    site = Site(Source(store), live=False)
    folder = published(tmp_path / "out" / "网页", store.manifest.content)
    (tmp_path / "books").mkdir()
    book = tmp_path / "books" / "l.xlsx"
    page_of = pages_at(str(folder), book, store.manifest, "zh")
    write_xlsx(made, book, page_of)
    sheet = openpyxl.load_workbook(book).worksheets[0]
    for number, line in enumerate(made.sheets[0].lines, 2):
        link = sheet.cell(number, KEYS.index("basis") + 1).hyperlink
        assert link is not None
        path, place = unquote(str(link.target)).replace("\\", "/"), str(link.location)
        assert path.startswith("../out/网页/zh/document/")
        page = site.answer(path.removeprefix("../out/网页/"))
        assert page.status == 200
        assert f'<a id="{place}"></a>'.encode() in page.body
        assert place == f"at-{line.evidence.start}"
        inside = sheet.cell(number, 1).hyperlink
        assert inside is not None
        assert inside.location
    write_docx(made, tmp_path / "l.docx", page_of)
    with zipfile.ZipFile(tmp_path / "l.docx") as archive:
        rels = unquote(archive.read("word/_rels/document.xml.rels").decode())
    assert f"../out/网页/zh/document/{made.sheets[0].lines[0].document}.html#at-" in rels
    rows = list(tables.csv_rows(made, pages_at("http://127.0.0.1:8000/", book, store.manifest, "en")))
    assert rows[0][-1] == "原文页"
    assert rows[1][-1].startswith("http://127.0.0.1:8000/en/document/")


def test_pages_of_another_graph_and_of_nowhere_are_refused(store: Store, tmp_path: Path) -> None:
    other = published(tmp_path / "pages", "0" * 64)
    for given in (str(other), str(tmp_path / "none"), "javascript:alert(1)", "ftp://example.org/x"):
        with pytest.raises(UsageError):
            pages_at(given, tmp_path / "l.xlsx", store.manifest, "zh")


def test_word_and_csv_hold_the_same(made: Ledger, tmp_path: Path) -> None:
    write_docx(made, tmp_path / "l.docx")
    word = Document(str(tmp_path / "l.docx"))
    own, evidence, units, notes = word.tables

    def cells(table: object) -> list[list[str]]:
        rows = table._tbl.tr_lst  # type: ignore[attr-defined]
        name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
        return [["".join(t.text or "" for t in tc.iter(name)) for tc in row.tc_lst] for row in rows]

    def flat(rows: list[list[object]]) -> list[list[str]]:
        return [[str(c).replace("\n", "") for c in row] for row in rows]

    lines: list[list[object]] = [list(row) for row in tables.csv_rows(made)]
    total: list[object] = list(tables.total_row(made, made.sheets[0]))
    assert cells(own) == flat([*lines, total])
    passages: list[list[object]] = [list(row.cells) for row in tables.evidence_rows(made).values()]
    assert cells(evidence)[1:] == flat(passages)
    assert cells(units)[1:] == flat([list(row) for row in tables.unit_rows(made)])
    assert cells(notes)[1:] == flat([list(row) for row in said_of(made)])
    grid = own._tbl.tblGrid.gridCol_lst
    assert len(grid) == len(COLUMNS)
    assert all(column.w is not None and column.w > 0 for column in grid)
    section = word.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    text = guarded_csv(tables.csv_rows(made))
    read = [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    assert read == [list(row) for row in tables.csv_rows(made)]


def test_the_same_ledger_gives_the_same_bytes(made: Ledger, workbook: Path, tmp_path: Path) -> None:
    write_xlsx(made, tmp_path / "l.xlsx")
    assert (tmp_path / "l.xlsx").read_bytes() == workbook.read_bytes()
    write_docx(made, tmp_path / "a.docx")
    write_docx(made, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def planted(made: Ledger) -> Ledger:
    """The ledger with a payload at the beginning of every text of its lines, passages, units and notes."""
    assert len(PAYLOADS) >= 16
    lines = []
    for n, payload in enumerate(PAYLOADS):
        line = made.sheets[0].lines[n]
        texts = {key: f"{payload}{line.cells.get(key, '')}" for key in KEYS if key != "number"}
        passage = replace(
            line.evidence, title=payload, place=payload, before=payload, quote=payload, after=payload
        )
        passage = replace(passage, repairs=(payload,))
        lines.append(replace(line, cells=texts, evidence=passage, units=((payload, "责任"),)))
    units = tuple(
        replace(made.units[0], unit=payload, as_written=(payload, f"{payload}x")) for payload in PAYLOADS
    )
    documents = tuple(
        replace(d, title=PAYLOADS[1], file=PAYLOADS[0], reasons=PAYLOADS) for d in made.standing.documents
    )
    basis = replace(made.standing, documents=documents, command=PAYLOADS[0])
    sheets = (replace(made.sheets[0], name=PAYLOADS[2], lines=lines),)
    return replace(made, title=PAYLOADS[0], sheets=sheets, units=units, standing=basis, left_out=PAYLOADS)


def test_no_payload_becomes_a_formula_or_a_link_that_leads_out(made: Ledger, tmp_path: Path) -> None:
    worst = planted(made)
    write_xlsx(worst, tmp_path / "l.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "l.xlsx").read_bytes()))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    with zipfile.ZipFile(tmp_path / "l.xlsx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert sum(text.count("<f>") + text.count("<f ") for text in parts.values()) == 0
    assert not any("hyperlinks+xml" in text or "externalLink" in text for text in parts.values())
    links = [c.hyperlink for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert links
    assert all(link.target is None for link in links)
    sheet = book.worksheets[0]
    for n, payload in enumerate(PAYLOADS, 2):
        shown = str(sheet.cell(n, KEYS.index("measure") + 1).value)
        assert shown.replace("_x005F_", "_").startswith(clean(payload)), payload


def test_no_payload_begins_a_cell_of_csv_and_all_come_back(made: Ledger) -> None:
    text = guarded_csv(tables.csv_rows(planted(made)))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows[1:]:
        assert not any(re.match(r"\s*[=+\-@＝＋－＠]", cell) for cell in row)
    assert [[unguarded(c) for c in row] for row in rows] == [list(r) for r in tables.csv_rows(planted(made))]
    for payload in PAYLOADS:
        assert unguarded(guarded(payload)) == payload


def test_payloads_are_plain_text_in_word(made: Ledger, tmp_path: Path) -> None:
    write_docx(planted(made), tmp_path / "l.docx")
    with zipfile.ZipFile(tmp_path / "l.docx") as archive:
        body = archive.read("word/document.xml").decode()
        assert "TargetMode" not in archive.read("word/_rels/document.xml.rels").decode()
    assert "w:instrText" not in body
    assert "w:fldSimple" not in body
    assert clean("a\x00b\x0bc\ufffe") == "a\ufffdb\ufffdc\ufffd"


def test_names_of_sheets_are_told_apart() -> None:
    taken: set[str] = {"说明"}
    long = "南昌市西湖区" * 8
    names = [_unique(n, taken) for n in (long, long, "a/b:c", "说明", "'x'", "", "History")]
    assert len({n.casefold() for n in names}) == len(names)
    assert all(0 < len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) for n in names)


def office(tmp_path: Path, source: Path) -> Path:
    """The file as LibreOffice prints it; GANGMU_REQUIRE_OFFICE=1 makes its absence a failure and no skip."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        if os.environ.get("GANGMU_REQUIRE_OFFICE") == "1":
            pytest.fail("GANGMU_REQUIRE_OFFICE is set, and there is no LibreOffice")
        pytest.skip("there is no LibreOffice on this machine (Debian: libreoffice-calc, libreoffice-writer)")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    arguments = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run([command, profile, *arguments], check=True, capture_output=True, timeout=120)
    return tmp_path / f"{source.stem}.pdf"


def printed(path: Path) -> list[str]:
    """The text of each page of a PDF without blanks; every page has to be wider than high."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        pages = []
        for page in pdf:
            assert page.get_width() > page.get_height()
            pages.append(re.sub(r"\s", "", page.get_textpage().get_text_bounded()))
        return pages


def short(made: Ledger) -> Ledger:
    return replace(made, sheets=(replace(made.sheets[0], lines=made.sheets[0].lines[:12]),))


def test_libreoffice_prints_the_workbook(made: Ledger, tmp_path: Path) -> None:
    write_xlsx(short(made), tmp_path / "l.xlsx")
    pages = printed(office(tmp_path, tmp_path / "l.xlsx"))
    assert 3 < len(pages) < 12
    assert all("督查台账" in page and "截至2025" in page for page in pages)
    assert "完成时限" in pages[0]
    assert "下一步措施*" in pages[0]
    assert "复现命令" in "".join(pages)
    assert "未到期" in "".join(pages)


def test_libreoffice_prints_the_word_file(made: Ledger, tmp_path: Path) -> None:
    write_docx(short(made), tmp_path / "l.docx")
    pages = printed(office(tmp_path, tmp_path / "l.docx"))
    assert len(pages) > 3
    assert "完成时限" in pages[0]
    assert "复现命令" in "".join(pages)
