"""Payloads that stand in a document, its units' names and an office's comments run nowhere."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest

from graph.aims import AsOf
from graph.audit import audit
from graph.build import build
from graph.desk import Desk
from graph.ledger import ledger
from graph.ledger_columns import COLUMNS
from graph.observe import observe
from graph.standing import standing
from graph.store import Store
from tests.graph.desk_plans import PAYLOADS, PLAN
from viz.audit_report import as_html, write_report
from viz.ledger_docx import write_docx
from viz.ledger_xlsx import write_xlsx

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
KEYS = [key for key, _ in COLUMNS]
PLANTED = [p for p in PAYLOADS if p.isprintable()]
"""Those that a text document can hold on one line."""
MARKUP = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A plan with a payload in its title, its items, its targets and its units; a ledger of it with more."""
    folder = tmp_path_factory.mktemp("payloads")
    lines = [
        f"{n}.{payload}。{payload}培育企业。到2025年,{payload}瞪羚企业达到{n + 9}家。"
        f"(牵头单位:市科技局,配合单位:{payload}办公室、市财政局)"
        for n, payload in enumerate((*PLANTED, *MARKUP), 5)
    ]
    text = PLAN.replace(
        "4.加强宣传", "\n".join(["4.加强宣传。办好活动。(责任单位:市科协)", *lines, "99.加强宣传"])
    )
    (folder / "=plan.txt").write_text(
        text.replace("南昌市科学技术局关于", "=1+1南昌市科学技术局关于", 1), "utf-8"
    )
    store = folder / "store"
    build([folder / "=plan.txt"], store, as_of=AsOf(2025))
    filled = ledger(Desk(Store.open(store)), standing(Desk(Store.open(store)), ["ledger"]))
    write_xlsx(filled, folder / "=l.xlsx")
    book = openpyxl.load_workbook(folder / "=l.xlsx")
    sheet, comments = book.worksheets[0], cycle((*PLANTED, *MARKUP))
    for row in range(2, sheet.max_row):
        if sheet.cell(row, KEYS.index("value") + 1).value:
            sheet.cell(row, KEYS.index("progress") + 1).value = "30"
            for key in ("problems", "next_steps", "person"):
                cell = sheet.cell(row, KEYS.index(key) + 1)
                cell.value = next(comments)
                cell.data_type = "s"
    cell = next(r[1] for r in book["说明"].iter_rows() if r[0].value == "填报单位*")
    cell.value = '=HYPERLINK("http://evil.example","市科技局")'
    cell.data_type = "s"
    book.save(folder / "=l.xlsx")
    report = observe(folder / "=l.xlsx", store, AsOf(2025))
    assert report.rows > len(PLANTED)
    assert report.kept == 3 * report.rows
    return Desk(Store.open(store))


def cells(path: Path) -> list[str]:
    """The texts of a workbook's cells, none of which may be a formula or lead out of it."""
    book = openpyxl.load_workbook(path)
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in every}
    assert all(cell.hyperlink is None or cell.hyperlink.target is None for cell in every)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name), name
            assert "externalLink" not in name
    return [str(cell.value) for cell in every if cell.value is not None]


def present(texts: str) -> int:
    return sum(payload in texts for payload in PLANTED)


def test_workbooks_hold_the_payloads_as_text(desk: Desk, run: Run, tmp_path: Path) -> None:
    assert len(PLANTED) >= 16
    write_xlsx(ledger(desk, standing(desk, ["ledger"])), tmp_path / "l.xlsx")
    assert present("\n".join(cells(tmp_path / "l.xlsx")).replace("_x005F_", "_")) == len(PLANTED)
    for words in (("trace", "unit", "市科技局"), ("ask", "unit-targets", "--unit", "市科技局")):
        path = tmp_path / f"{words[0]}.xlsx"
        done = run(*words, "-o", path, "--store", desk.store.directory)
        assert done.returncode == 0, done.stderr.decode()
        assert present("\n".join(cells(path)).replace("_x005F_", "_")) >= 16, words


def test_word_files_hold_no_field_and_lead_nowhere(desk: Desk, tmp_path: Path) -> None:
    write_docx(ledger(desk, standing(desk, ["ledger"])), tmp_path / "l.docx")
    write_report(audit(desk, standing(desk, ["audit"])), "docx", tmp_path / "a.docx", "zh")
    for name in ("l.docx", "a.docx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            body = archive.read("word/document.xml").decode()
            assert "TargetMode" not in archive.read("word/_rels/document.xml.rels").decode(), name
        assert "w:instrText" not in body
        assert "w:fldSimple" not in body
        assert "<script" not in body
        assert "evil.example" in body


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= set(attrs)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_findings_runs_nothing(desk: Desk, lang: str) -> None:
    page = as_html(audit(desk, standing(desk, ["audit"])), "en" if lang == "en" else "zh")
    found = _Tags()
    found.feed(page)
    assert found.tags.isdisjoint({"script", "img", "iframe", "object", "base", "form"})
    assert not any(name.startswith("on") for name, _ in found.attributes)
    links = [value or "" for name, value in found.attributes if name in {"href", "src"}]
    assert not any("evil.example" in link or link.startswith("javascript:") for link in links)
    assert "onerror=alert(1)&gt;" in page
    assert "{{ 7*7 }}" in page
