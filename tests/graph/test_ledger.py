"""Ledgers say what the documents say: every target with its owners, nothing filled in for the office."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from graph.aims import AsOf
from graph.build import build
from graph.desk import Desk, published
from graph.ledger import Ledger, Sheet, ledger, ordered
from graph.ledger_columns import COLUMNS, OFFICE, code_of
from graph.ledger_line import Line
from graph.ledger_tables import evidence_rows, row, total_row, unit_rows
from graph.standing import expect, standing
from graph.store import Store
from loaders.errors import StoreError, UsageError
from loaders.records import Responsibility
from tests.graph.desk_plans import PLAN
from viz.ledger_notes import notes

ROOT = Path(__file__).resolve().parents[2]
DAMAGED = "002_3d12ad2daf9da656.txt"


@pytest.fixture(scope="module")
def desk(store: Store) -> Desk:
    return Desk(store)


def id_of(desk: Desk, file: str) -> str:
    return next(r.document.id for r in desk.readings if r.document.source_file == file)


@pytest.fixture(scope="module")
def damaged(desk: Desk) -> Ledger:
    found = standing(desk, ["ledger"])
    return ledger(desk, found, kind="breakdown", document=id_of(desk, DAMAGED))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([folder / "plan.txt"], folder / "store")
    return Desk(Store.open(folder / "store"))


def lines(desk: Desk, *, first_leads: bool = False) -> dict[str, Line]:
    """The lines of a small plan by the target or the path that they are of."""
    made = ledger(desk, standing(desk, ["ledger"]), kind="breakdown", first_leads=first_leads)
    return {line.cells.get("indicator", line.cells["task"]): line for line in made.sheets[0].lines}


def test_the_columns_are_those_that_offices_keep() -> None:
    wanted = (
        "序号 行动 任务 措施(原文) 目标名称 目标值 单位 完成时限 牵头单位 配合单位 责任领导* 责任人* "
        "上级对应条目 承接状态 进展情况* 完成率* 状态* 存在问题* 下一步措施* 依据 核验 备注"
    )
    assert [heading for _, heading in COLUMNS] == wanted.split()


def test_what_the_office_is_to_fill_in_stays_empty(damaged: Ledger) -> None:
    assert len(OFFICE) == 7
    (sheet,) = damaged.sheets
    assert all(OFFICE.isdisjoint(line.cells) for line in sheet.lines)


def test_the_damaged_plan_is_there_as_a_whole(desk: Desk, damaged: Ledger) -> None:
    """All 18 measures of the six tasks, 68 targets, 25 units under their canonical names."""
    found = {line.item for line in damaged.sheets[0].lines}
    measures = [desk.items[i] for i in found if i is not None and desk.items[i].parent is not None]
    assert len(measures) == 18
    assert {m.path.rstrip("123") for m in measures} == {f"二({n})" for n in "一二三四五六"}
    assert damaged.totals == {"lines": 77, "items": 24, "targets": 68, "units": 25}
    duties = [d for d in desk.duties if d.document == id_of(desk, DAMAGED)]
    assert {u.unit for u in damaged.units if u.targets or u.roles} - {"未写责任单位"} == {
        d.unit_name for d in duties
    }
    assert [d.as_written for d in duties if d.name_basis == "as_written" and not d.collective] == []


def test_the_targets_of_every_unit_are_those_of_the_gold(damaged: Ledger) -> None:
    """Each unit of the development gold has just the targets that the gold gives it."""
    gold = ROOT.parent / "shared" / "gold" / "002.jsonl"
    if not gold.exists():
        pytest.skip("no gold beside the checkout")
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    targets = [r for r in records if r["type"] == "target"]
    wanted: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for duty in (r for r in records if r["type"] == "responsibility" and not r.get("optional")):
        own = {(t["start"], t["end"]) for t in targets if t["item"] == duty["item"] is not None}
        wanted[duty["unit_name"]] |= own
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in damaged.sheets[0].lines:
        for name, _ in line.units:
            if line.target is not None:
                found[name].append((line.evidence.start, line.evidence.end))
    assert len(wanted) == 21
    for name, spans in wanted.items():
        mine = found[_name(name, found)]
        assert len(mine) == len(spans), name
        assert all(any(a < d and c < b for c, d in mine) for a, b in spans), name


def _name(gold: str, found: dict[str, list[tuple[int, int]]]) -> str:
    """The gold's name as found; of one it also gives the part that some copies write."""
    if gold in found:
        return gold
    core = gold.replace("(行动)", "")
    return core if core in found else gold


def test_a_lead_is_only_who_the_document_calls_so(small: Desk) -> None:
    found = lines(small)
    named, undivided = found["瞪羚(潜在)企业数"], found["引进高层次人才数"]
    assert named.cells["lead"] == "南昌市科学技术局"
    assert named.cells["support"] == "南昌市财政局"
    assert "lead" not in undivided.cells
    assert undivided.cells["support"] == "责任单位：南昌市人力资源和社会保障局、南昌市教育局"
    assert "未写牵头" in undivided.cells["remark"]


def test_the_first_unit_leads_only_where_asked_for_and_says_so(small: Desk) -> None:
    found = lines(small, first_leads=True)
    assert found["引进高层次人才数"].cells["lead"] == "南昌市人力资源和社会保障局"
    assert found["引进高层次人才数"].cells["support"] == "南昌市教育局"
    assert "首位单位按牵头计" in found["引进高层次人才数"].cells["remark"]
    assert found["瞪羚(潜在)企业数"].cells["support"] == "南昌市财政局"
    made = ledger(small, standing(small, ["ledger"]), first_leads=True)
    assert "原文没有这样写" in dict(notes(made))["牵头读法"]


def test_a_target_without_item_and_an_item_without_target_have_lines(small: Desk) -> None:
    found = lines(small)
    assert "总体目标" in found["国家高新技术企业数"].cells["remark"]
    assert found["国家高新技术企业数"].units == ()
    activity = next(line for line in found.values() if line.target is None)
    assert "科技活动周" in activity.cells["measure"]
    assert "没有量化目标" in activity.cells["remark"]


def test_kinds_order_and_split_the_same_lines(desk: Desk) -> None:
    basis = standing(desk, ["ledger"])
    made = {kind: ledger(desk, basis, kind=kind) for kind in ("breakdown", "duties", "supervision")}
    codes = {kind: {line.code for line in m.sheets[0].lines} for kind, m in made.items()}
    assert codes["breakdown"] == codes["duties"] == codes["supervision"]
    due = [line.deadline or 9999 for line in made["supervision"].sheets[0].lines]
    assert due == sorted(due)
    assert len(made["duties"].sheets[0].lines) > len(made["breakdown"].sheets[0].lines)
    split = ledger(desk, basis, by_unit=True)
    assert len(split.sheets) == len(split.units) == split.totals["units"] + 1
    assert split.totals == made["breakdown"].totals
    assert split.sheets[-1].name == "未写责任单位"


def test_one_unit_has_its_lines_alone(desk: Desk) -> None:
    unit = next(d.unit for d in desk.duties if d.as_written == "区科协")
    made = ledger(desk, standing(desk, ["ledger"]), unit=unit)
    assert made.totals["targets"] == 4
    assert all("南昌市西湖区科学技术协会" in dict(line.units) for line in made.sheets[0].lines)
    assert [u.unit for u in made.units] == ["南昌市西湖区科学技术协会"]


def test_every_line_rests_on_a_passage_of_its_document(desk: Desk, damaged: Ledger) -> None:
    rows = evidence_rows(damaged)
    text = desk.reading_of[id_of(desk, DAMAGED)].text
    assert set(rows) == {line.code for line in damaged.sheets[0].lines}
    for line in damaged.sheets[0].lines:
        e = line.evidence
        assert text[e.start : e.end] == e.quote
        assert text[: e.start].endswith(e.before)
        assert line.code in line.cells["basis"]
        assert line.code == code_of(e.record)


def test_totals_count_shared_things_once(damaged: Ledger) -> None:
    *units, last = unit_rows(damaged)
    assert last[6:8] == [24, 68]
    assert sum(int(u[7]) for u in units) > 68
    assert sum(int(n) for n in last[8:]) == 68
    total = total_row(damaged, damaged.sheets[0])
    assert "68个目标" in total
    assert len(total) == len(row(1, damaged.sheets[0].lines[0])) == len(COLUMNS)


def test_a_ledger_says_what_it_rests_on(damaged: Ledger, desk: Desk) -> None:
    said = dict(notes(damaged))
    assert desk.store.manifest.content in said["图的内容哈希"]
    assert "gangmu ledger" in said["复现命令"]
    basis = [text for label, text in said.items() if label.startswith("文件")]
    assert len(basis) == 5
    assert any("文本受损" in text and DAMAGED in text for text in basis)


def test_as_of_leaves_out_what_was_not_there(store: Store) -> None:
    early = Desk(store, AsOf.parse("2024-09-30"))
    assert [d.source_file for d in early.later] == [DAMAGED]
    assert early.as_of.day is not None
    with pytest.raises(UsageError):
        ledger(early, standing(early, ["ledger"]), document=early.later[0].id)
    assert all(line.state != "met" for s in ledger(early, standing(early, [])).sheets for line in s.lines)


def test_a_date_of_less_precision_counts_from_its_beginning(desk: Desk) -> None:
    from dataclasses import replace

    document = replace(desk.readings[0].document, date="2024-10")
    assert published(document, AsOf.parse("2024-10-12"))
    assert not published(document, AsOf.parse("2024-09-30"))
    assert published(document, AsOf.parse("2024"))
    assert not published(document, AsOf.parse("2023"))
    assert published(replace(document, date=None), AsOf.parse("1999"))


def test_another_graph_is_refused(store: Store) -> None:
    expect(store.manifest, None)
    expect(store.manifest, store.manifest.content[:16])
    for wrong in ("0" * 16, store.manifest.content[:4], "", "zz"):
        with pytest.raises(StoreError):
            expect(store.manifest, wrong)


def test_the_weightiest_role_of_the_nearest_item_counts(small: Desk) -> None:
    item = next(i for i in small.items.values() if i.title.startswith("培育科技企业"))
    roles = {d.unit_name: d.role for d in small.owners(item.id)}
    assert roles == {"南昌市科学技术局": "lead", "南昌市财政局": "support"}
    assert all(isinstance(d, Responsibility) for d in small.duties)
    assert small.owners(None) == []


def test_ordered_keeps_what_has_no_deadline_last(small: Desk) -> None:
    made = ledger(small, standing(small, ["ledger"]), kind="breakdown")
    found = ordered(made.sheets[0].lines, "supervision")
    assert found[-1].deadline is None
    assert sorted(line.code for line in found) == sorted(line.code for line in made.sheets[0].lines)
    assert isinstance(made.sheets[0], Sheet)
