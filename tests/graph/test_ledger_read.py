"""A filled ledger comes back: one number becomes a value of its own target, nothing else is touched."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from graph.aims import AsOf
from graph.build import build
from graph.desk import Desk
from graph.iris import PROGRESS, RUNS, mint
from graph.ledger import Ledger, ledger
from graph.ledger_columns import COLUMNS
from graph.ledger_values import understood
from graph.observe import observe, states
from graph.standing import standing
from graph.store import Store
from loaders.errors import InputError, UsageError
from loaders.guard import guarded_csv
from loaders.records import Target
from loaders.workbook import address, read_tables, shown
from tests.graph.desk_plans import PLAN
from viz.ledger_xlsx import write_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KEYS = [key for key, _ in COLUMNS]


def quads(store_dir: Path) -> set[str]:
    """The statements of a store, each as its line of N-Quads."""
    return set(Store.open(store_dir).serialise("nq").decode().splitlines())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([folder / "plan.txt"], folder / "store", as_of=AsOf(2025))
    return folder / "store"


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


def made(store_dir: Path, *, by_unit: bool = False) -> Ledger:
    desk = Desk(Store.open(store_dir))
    return ledger(desk, standing(desk, ["ledger"]), by_unit=by_unit)


def filled(store_dir: Path, path: Path, cells: Mapping[tuple[str, str], object], **notes: object) -> Path:
    """A ledger of the store in which the cell of (目标名称, key) of each line was typed into."""
    write_xlsx(made(store_dir), path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    typed = 0
    for row in range(2, sheet.max_row + 1):
        for (indicator, key), value in cells.items():
            if sheet.cell(row, KEYS.index("indicator") + 1).value == indicator:
                sheet.cell(row, KEYS.index(key) + 1).value = value
                typed += 1
    assert typed >= len(cells)
    for label, value in notes.items():
        sheet = book["说明"]
        where = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == f"{label}*")
        sheet.cell(where, 2).value = value
    book.save(path)
    return path


LABS, EAGLES, TALENTS = "重点实验室数", "瞪羚(潜在)企业数", "引进高层次人才数"


def test_round_trip_changes_the_status_of_one_target_and_nothing_else(copy: Path, tmp_path: Path) -> None:
    before, first = states(Store.open(copy)), made(copy)
    texts = {d.id: Store.open(copy).text(d.id) for d in Store.open(copy).manifest.documents}
    said = quads(copy)
    records = (copy / "records.jsonl").read_bytes()
    report = observe(filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "13家"}), copy, AsOf(2025))
    assert (report.rows, report.added, report.untaken) == (1, 1, ())
    (change,) = report.changes
    assert (change.indicator, change.before, change.after) == (EAGLES, "no_data", "met")
    assert "l.xlsx 督查台账!O" in change.arithmetic_zh
    after = states(Store.open(copy))
    assert [(before[t], after[t]) for t in before if before[t] != after[t]] == [("no_data", "met")]
    assert set(before) == set(after)
    assert (copy / "records.jsonl").read_bytes() == records
    assert {d: Store.open(copy).text(d) for d in texts} == texts
    gone, new = said - quads(copy), quads(copy) - said
    observed = mint("graph", "observed", "l.xlsx.csv")
    assert {q.split()[-2].strip("<>") for q in gone | new} == {observed, PROGRESS, RUNS}
    assert not any(observed in q for q in gone)
    judged = {q.split()[0] for q in gone | new if f"<{PROGRESS}>" in q and "#wasGeneratedBy>" not in q}
    (target,) = (t for t in before if before[t] != after[t])
    assert judged == {f"<{target.replace('/target/', '/status/')}>"}
    second = made(copy)
    differing = [
        (a.cells["indicator"], {k for k in KEYS if a.cells.get(k) != b.cells.get(k)})
        for a, b in zip(first.sheets[0].lines, second.sheets[0].lines, strict=True)
        if a.cells != b.cells
    ]
    assert differing == [(EAGLES, {"check"})]


def test_a_value_of_a_ledger_outlives_a_build_and_is_replaced_by_the_next(copy: Path, tmp_path: Path) -> None:
    observe(filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): 13}), copy)
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([tmp_path / "plan.txt"], copy, as_of=AsOf(2025))
    assert "met" in states(Store.open(copy)).values()
    report = observe(filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "11家"}), copy, AsOf(2025))
    assert (report.added, report.dropped) == (1, 1)
    assert report.statuses["missed"] == 1


def test_who_and_when_stand_with_the_value(copy: Path, tmp_path: Path) -> None:
    notes = {"填报单位": "市科技局", "数据截止日期": "2025年6月30日"}
    path = filled(
        copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "超过11家", (EAGLES, "problems"): "缺资金"}, **notes
    )
    observe(path, copy, AsOf(2025))
    kept = (copy / "observations" / "l.xlsx.csv").read_text(encoding="utf-8").splitlines()[1]
    assert kept.startswith(f"{EAGLES},360100,2025,>,11,家,市科技局（l.xlsx 督查台账!O")
    assert "2025-06-30" in kept
    assert "存在问题：缺资金" in kept
    assert "no_data" in states(Store.open(copy)).values()
    observe(path, copy, AsOf(2025), by="市统计局", day="2025-12-31")
    assert "市统计局" in (copy / "observations" / "l.xlsx.csv").read_text(encoding="utf-8")


def test_what_is_no_number_is_told_and_not_taken(copy: Path, tmp_path: Path) -> None:
    cells = {(EAGLES, "progress"): "13家", (LABS, "progress"): "已印发方案", (TALENTS, "progress"): "12%"}
    report = observe(filled(copy, tmp_path / "l.xlsx", cells), copy)
    assert report.rows == 1
    assert {(u.text, u.why_zh[:2]) for u in report.untaken} == {("已印发方案", "不是"), ("12%", "单位")}


def test_a_ledger_without_a_value_is_told_cell_by_cell_and_leaves_the_graph(
    copy: Path, tmp_path: Path
) -> None:
    observe(filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): 13}), copy)
    before = quads(copy)
    for cells in ({(LABS, "rate"): "90%"}, {(LABS, "progress"): "已印发方案", (LABS, "problems"): "缺资金"}):
        report = observe(filled(copy, tmp_path / "l.xlsx", cells), copy)
        assert (report.rows, report.added, report.dropped, report.changes) == (0, 0, 0, ())
        assert {u.text for u in report.untaken} == set(cells.values())
        assert all("督查台账!" in u.cell and "没有收" in u.why_zh for u in report.untaken)
        assert quads(copy) == before
    with pytest.raises(InputError, match="holds no progress"):
        observe(filled(copy, tmp_path / "m.xlsx", {(LABS, "action"): "x"}), copy)


def test_two_values_of_one_target_are_both_told_and_none_is_judged(copy: Path, tmp_path: Path) -> None:
    path = filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "9家", (LABS, "progress"): "2024年：4"})
    book = openpyxl.load_workbook(path)
    second = book.copy_worksheet(book.worksheets[0])
    row = next(r for r in range(2, 30) if second.cell(r, 5).value == EAGLES)
    second.cell(row, KEYS.index("progress") + 1).value = "13家"
    second.cell(row, KEYS.index("problems") + 1).value = "口径不同"
    book.save(path)
    report = observe(path, copy, AsOf(2025))
    assert report.rows == 1
    one, two = report.untaken
    assert (one.text, two.text) == ("9家", "13家")
    assert two.cell in one.why_zh
    assert "都没有收" in one.why_zh
    assert one.cell in two.why_en
    assert [c.indicator for c in report.changes] == [LABS]
    second.cell(row, KEYS.index("progress") + 1).value = 9
    book.save(path)
    report = observe(path, copy, AsOf(2025))
    assert (report.rows, report.kept, report.untaken) == (2, 1, ())
    assert "口径不同" in (copy / "observations" / "l.xlsx.csv").read_text(encoding="utf-8")


def test_headings_are_known_without_star_and_blanks(copy: Path, tmp_path: Path) -> None:
    path = filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "13家", (EAGLES, "problems"): "缺人"})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for key, heading in (("progress", "进 展 情 况"), ("problems", "存在的问题"), ("state", "状态＊")):
        sheet.cell(1, KEYS.index(key) + 1).value = heading
    book.save(path)
    report = observe(path, copy, AsOf(2025))
    assert report.rows == 1
    (told,) = report.untaken
    assert (told.text, "1格没有收" in told.why_zh) == ("存在的问题", True)
    sheet.cell(1, KEYS.index("progress") + 1).value = "现状"
    book.save(path)
    with pytest.raises(InputError, match=r"督查台账!1: has no column 进展情况"):
        observe(path, copy)
    del book["督查台账"]
    book.save(path)
    with pytest.raises(InputError, match="headings of a ledger"):
        observe(path, copy)


def test_a_formula_counts_by_its_value_and_without_one_is_an_error(copy: Path, tmp_path: Path) -> None:
    path = filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "=6+7"})
    with pytest.raises(InputError, match=r"督查台账!O\d+: is a formula without a value"):
        observe(path, copy)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert parts[sheet].count(b"<f>6+7</f>") == 1
    parts[sheet] = re.sub(rb"<f>6\+7</f><v */>|<f>6\+7</f><v></v>", b"<f>6+7</f><v>13</v>", parts[sheet])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert [c.after for c in observe(path, copy, AsOf(2025)).changes] == ["met"]


def test_what_stands_outside_the_rows_of_targets_is_told(copy: Path, tmp_path: Path) -> None:
    path = filled(copy, tmp_path / "l.xlsx", {(EAGLES, "progress"): "13家"})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    last = sheet.max_row
    sheet.cell(last, KEYS.index("problems") + 1).value = "总体正常"
    sheet.cell(last + 1, KEYS.index("indicator") + 1).value = "新增一项"
    book.create_sheet("补充").append(["另有说明"])
    book.save(path)
    report = observe(path, copy, AsOf(2025))
    assert report.rows == 1
    assert {u.text: u.why_zh.rpartition("，")[0] for u in report.untaken} == {
        "总体正常": "写在合计行",
        "新增一项": "所在行的依据没有编号",
        "另有说明": "这张表没有台账的栏目，其中1格没有收".rpartition("，")[0],
    }


def test_a_value_of_a_later_time_than_the_ledger_is_doubted(copy: Path, tmp_path: Path) -> None:
    cells = {
        (EAGLES, "progress"): "2025年12月：13家",
        (LABS, "progress"): "2024年：4",
        (TALENTS, "progress"): "3",
    }
    path = filled(copy, tmp_path / "l.xlsx", cells, 数据截止日期="2025-06-30")
    report = observe(path, copy, AsOf(2025))
    assert report.rows == 3
    (doubted,) = report.doubted
    assert doubted.text == "2025年12月：13家"
    assert "2025-06-30" in doubted.why_zh
    wrong = filled(copy, tmp_path / "m.xlsx", {(EAGLES, "progress"): "2025年13月：13家"})
    assert [u.why_zh for u in observe(wrong, copy).untaken] == ["日历上没有这个时间，没有收"]
    with pytest.raises(InputError, match="no date"):
        observe(path, copy, day="2025-13")


@pytest.mark.parametrize(
    ("name", "said"),
    [("l.xls", r"Excel 97 to 2003 \(\.xls\)"), ("p.xlsx", "has a password"), ("l.doc", "is no workbook")],
)
def test_old_formats_are_named_with_the_remedy(copy: Path, tmp_path: Path, name: str, said: str) -> None:
    stream = {"l.xls": "Workbook", "p.xlsx": "EncryptedPackage", "l.doc": "WordDocument"}[name]
    (tmp_path / name).write_bytes(OLE + bytes(504) + stream.encode("utf-16-le") + bytes(64))
    with pytest.raises(InputError, match=said):
        observe(tmp_path / name, copy)


def test_other_workbooks_are_named_with_the_remedy(copy: Path, tmp_path: Path) -> None:
    for name, part, said in (
        ("l.ods", ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        ("l.xlsb", ("xl/workbook.bin", "x"), "binary workbook"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(*part)
        with pytest.raises(InputError, match=said) as raised:
            observe(tmp_path / name, copy)
        assert "save it as .xlsx" in raised.value.remedy


def test_a_row_that_asks_for_something_else_is_refused_as_a_whole(copy: Path, tmp_path: Path) -> None:
    before = (copy / "manifest.json").read_bytes()
    for key, value in (("value", "≥10"), ("basis", "〔00000000〕"), ("deadline", "2026年")):
        cells: dict[tuple[str, str], object] = {(EAGLES, "progress"): "13家", (EAGLES, key): value}
        with pytest.raises(InputError, match=r"督查台账!|code"):
            observe(filled(copy, tmp_path / "l.xlsx", cells), copy)
    assert (copy / "manifest.json").read_bytes() == before
    report = observe(
        filled(
            copy,
            tmp_path / "l.xlsx",
            {(EAGLES, "progress"): "13家", (LABS, "progress"): "4", (LABS, "basis"): "x"},
        ),
        copy,
    )
    assert [u.why_en for u in report.untaken] == ["its row has no code in 依据"]


def test_a_ledger_as_csv_comes_back_too(copy: Path, tmp_path: Path) -> None:
    from graph.ledger_tables import csv_rows

    rows = list(csv_rows(made(copy)))
    for row in rows[1:]:
        if row[KEYS.index("indicator")] == EAGLES:
            row[KEYS.index("progress")] = "+13家"
    (tmp_path / "l.csv").write_text(guarded_csv(rows), encoding="utf-8-sig", newline="")
    (told,) = observe(tmp_path / "l.csv", copy).untaken
    assert (told.text, told.why_zh) == ("+13家", "不是一个数，没有收")
    text = guarded_csv(rows).replace("'+13家", "13家")
    (tmp_path / "l.csv").write_text(text, encoding="utf-8-sig", newline="")
    (change,) = observe(tmp_path / "l.csv", copy, AsOf(2025)).changes
    assert (change.indicator, change.after) == (EAGLES, "met")


def test_the_options_of_ledgers_are_refused_for_other_files(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("indicator\n", encoding="utf-8")
    with pytest.raises(UsageError):
        observe(tmp_path / "o.csv", copy, by="x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("118", ("2025", "=", "118", "家", "2025")),
        ("118家", ("2025", "=", "118", "家", "2025")),
        ("１，１１８家", ("2025", "=", "1118", "家", "2025")),
        ("已认定118家。", ("2025", "=", "118", "家", "2025")),
        ("累计达到118家", ("2025", "=", "118", "家", "2025")),
        ("超过118家", ("2025", ">", "118", "家", "2025")),
        ("118家以上", ("2025", ">=", "118", "家", "2025")),
        ("约118家", ("2025", "~", "118", "家", "2025")),
        ("不足118家", ("2025", "<", "118", "家", "2025")),
        ("2024年：118家", ("2024", "=", "118", "家", "2024")),
        ("2024：118", ("2024", "=", "118", "家", "2024")),
        ("截至2025年6月，118家", ("2025", "=", "118", "家", "2025-06")),
        ("截至2025年6月30日,118", ("2025", "=", "118", "家", "2025-06-30")),
        ("2025-06-30 118家", ("2025", "=", "118", "家", "2025-06-30")),
        ("2025年底 118家", ("2025", "=", "118", "家", "2025")),
        ("118.5", ("2025", "=", "118.5", "家", "2025")),
        ("2025家", ("2025", "=", "2025", "家", "2025")),
    ],
)
def test_one_number_is_understood(text: str, expected: tuple[str, ...]) -> None:
    assert understood(text, aim("家"), "2025") == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "未达到110家",
            "尚未开始，目标110家",
            "110家，完成率95%",
            "完成95%",
            "计划完成120家",
            "预计118家",
            "已印发方案",
        ),
        *("118万元", "较上年增长5家到118家", "一百一十八家", "超过118家左右", "118-120家", "=118", "∞", ""),
    ],
)
def test_what_could_be_misread_is_not_taken(text: str) -> None:
    if text == "=118":
        assert understood(text, aim("家"), "2025")[1] == "="
    else:
        assert len(understood(text, aim("家"), "2025")) == 2, text


def aim(unit: str) -> Target:
    from dataclasses import fields

    given = {"id": "d:target:1", "document": "d", "indicator": "企业数", "value": 110.0, "unit": unit}
    given |= {"figure": "110家", "comparator": ">="}
    return Target(**{f.name: given.get(f.name) for f in fields(Target)})  # type: ignore[arg-type]


def test_cells_are_read_as_they_are_shown() -> None:
    from datetime import date, datetime

    assert [address(0, 0), address(6, 27), address(1, 701)] == ["A1", "AB7", "ZZ2"]
    assert shown(0.955, "0.0%") == "95.5%"
    assert shown(118.0, "General") == "118"
    assert shown(1.25, "0.00") == "1.25"
    assert [shown(t, "") for t in ("_x005F_x003D_1", "a_x000A_b", "_x0000_")] == [
        "_x003D_1",
        "a\nb",
        "_x0000_",
    ]
    assert shown(datetime(2025, 6, 30), "yyyy-mm-dd") == shown(date(2025, 6, 30), "") == "2025-06-30"
    assert (shown(None, ""), shown(True, ""), shown(" x ", "")) == ("", "TRUE", "x")


def test_a_bad_workbook_is_one_error(tmp_path: Path) -> None:
    import zipfile

    for name, parts in (
        ("none.xlsx", {"a.txt": "x"}),
        ("bad.xlsx", {"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}),
        ("bomb.xlsx", {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part, text in parts.items():
                archive.writestr(part, text)
        with pytest.raises(InputError):
            read_tables(tmp_path / name)
    (tmp_path / "cut.xlsx").write_bytes((tmp_path / "bad.xlsx").read_bytes()[:40])
    with pytest.raises(InputError):
        read_tables(tmp_path / "cut.xlsx")
