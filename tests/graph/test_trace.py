"""Traces lead up and down and across documents, and never choose between things of one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.compare import compare
from graph.desk import Desk
from graph.store import Store
from graph.trace import find_target, sentence, trace_indicator, trace_item, trace_target, trace_unit
from loaders.errors import UsageError
from tests.graph.desk_plans import LATER, PLAN


@pytest.fixture(scope="module")
def desk(store: Store) -> Desk:
    return Desk(store)


def test_a_unit_has_all_its_targets_with_sentence_status_and_task_above(desk: Desk) -> None:
    unit = next(d.unit for d in desk.duties if d.as_written == "区科协")
    rows = trace_unit(desk, unit)
    assert [(r.indicator, r.deadline) for r in rows] == [
        ("在库省级以上创新载体数", "2025"),
        ("国家级创新载体数", "2025"),
        ("在库省级以上创新载体数", "2030–2035"),
        ("院士工作站数", "2030"),
    ]
    for row in rows:
        assert row.unit == "南昌市西湖区科学技术协会"
        assert row.role == "responsible"
        assert row.status in {"no_data", "not_yet_due"}
        assert row.figure is not None
        assert row.figure in row.sentence or "零的突破" in row.sentence
        assert row.upper_path is not None
    with pytest.raises(UsageError):
        trace_unit(desk, "unit:000000000000")


def test_an_item_leads_up_and_an_upper_item_leads_down(desk: Desk) -> None:
    lower = next(i for i in desk.items.values() if i.path == "二(一)3")
    rows = trace_item(desk, lower.id)
    assert {r.way for r in rows} == {"own", "up"}
    (upper,) = {r.upper for r in rows if r.way == "own"}
    assert upper is not None
    down = trace_item(desk, upper)
    assert lower.id in {r.item for r in down if r.way == "down"}
    assert len({r.document for r in down}) > 1


def test_an_indicator_leads_across_documents(desk: Desk) -> None:
    rows = trace_indicator(desk, "国家高新技术企业数")
    assert len({r.document for r in rows}) == 3
    assert any(r.unit is None for r in rows)
    curated = trace_indicator(desk, "综合科技创新水平指数")
    assert curated[0].document.startswith("curated-")
    assert curated[0].start is None


def test_a_target_has_its_owners_and_words_choose_none_of_several(desk: Desk) -> None:
    target = find_target(desk, "院士工作站数 2030")
    assert {r.unit for r in trace_target(desk, target)} == {
        "南昌市西湖区科学技术协会",
        "南昌市西湖区人力资源和社会保障局",
    }
    assert find_target(desk, target) == target
    with pytest.raises(UsageError, match=r"targets: .*110家 2025") as raised:
        find_target(desk, "高新技术企业")
    assert "target:" in raised.value.problem
    with pytest.raises(UsageError, match="no target says so"):
        find_target(desk, "没有的目标")


def test_a_sentence_begins_after_the_one_before_it() -> None:
    text = "甲。乙达到5家，丙。丁"
    assert sentence(text, 3, 8) == "乙达到5家，丙。"
    assert sentence(text, 10, 11) == "丁"


def test_two_versions_are_compared(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(LATER, encoding="utf-8")
    build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "store")
    store = Store.open(tmp_path / "store")
    first, second = sorted(store.manifest.documents, key=lambda d: d.file)
    found = compare(store, first.id, second.id)
    assert found.counts["target_raised"] == 1
    assert found.counts["target_lowered"] == 1
    assert found.counts["target_removed"] == 1
    assert found.counts["unit_handed_over"] == 1
    said = "\n".join(change.said_zh for change in found.changes)
    assert "南昌市科学技术协会交给南昌市文化和旅游局" in said
    with pytest.raises(UsageError):
        compare(store, first.id, first.id)
