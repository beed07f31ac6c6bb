"""Each kind of change is found and said, from small plans that differ in one place; and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.build import build
from graph.diff import Diff, diff
from graph.diff_match import best_pairs, similarity
from graph.observations import COLUMNS
from graph.observe import observe
from graph.store import Store

PLAN = """西湖区推进科技创新实施方案(2023-2025年)

发布机构：南昌市西湖区科学技术局
发布日期：2023-03-01

为推进全区科技创新,制定本方案。

一、总体要求
坚持创新驱动。

二、重点任务
(一)培育企业
1.做强高新技术企业。到2025年,高新技术企业力争达到110家,每万人口发明专利拥有量不低于20件。(责任单位:区科技局、区财政局)
2.扩大技术市场。到2025年,技术合同登记额达到38.5亿元。(牵头单位:区科技局;配合单位:区税务局)
(二)节约资源
1.降低消耗。到2025年,单位产值能耗控制在0.5吨以内。(责任单位:区发改委)

三、保障措施
(一)加强领导。成立领导小组。
"""
OPPOSITE = {
    "target_raised": "target_lowered",
    "deadline_later": "deadline_earlier",
    "deadline_set": "deadline_dropped",
    "commitment_firmer": "commitment_softer",
    "unit_added": "unit_removed",
    "item_added": "item_removed",
    "target_added": "target_removed",
    "document_added": "document_removed",
}
OPPOSITE |= {b: a for a, b in OPPOSITE.items()}

Compare = Callable[..., Diff]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the plan as it is."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([folder / "plan.txt"], folder / "store")
    return folder / "store"


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """Builds a store of the plan with some words replaced."""

    def make(changes: dict[str, str], name: str = "plan.txt") -> Path:
        text = PLAN
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, encoding="utf-8")
        build([tmp_path / name], tmp_path / "store")
        return tmp_path / "store"

    return make


def kinds(found: Diff) -> list[str]:
    return [c.kind for c in found.changes if c.kind not in {"document_edited", "status_changed"}]


ONE_CHANGE: list[tuple[str, str, str, str, str]] = [
    (
        "38.5亿元",
        "40亿元",
        "target_raised",
        "“技术合同登记额”目标提高：由≥38.5亿元到≥40亿元（2025年）",
        "raised from",
    ),
    ("38.5亿元", "300000万元", "target_lowered", "由≥38.5亿元到≥300000万元", "lowered from"),
    ("0.5吨", "0.4吨", "target_raised", "由≤0.5吨到≤0.4吨", "raised from ≤ 0.5"),
    ("0.5吨", "0.6吨", "target_lowered", "由≤0.5吨到≤0.6吨", "lowered from ≤ 0.5"),
    (
        "达到38.5",
        "突破38.5",
        "comparator_changed",
        "比较方式由“≥”改为“>”（2025年），更严",
        "comparator from “≥” to “>”",
    ),
    (
        "2.扩大技术市场。到2025年",
        "2.扩大技术市场。到2026年",
        "deadline_later",
        "期限推后：由2025年到2026年",
        "deadline later",
    ),
    (
        "2.扩大技术市场。到2025年,",
        "2.扩大技术市场。",
        "deadline_dropped",
        "不再有期限（原为2025年）",
        "deadline dropped",
    ),
    ("达到38.5", "确保达到38.5", "commitment_firmer", "承诺由“计划”改为“确保”（更硬）", "commitment firmer"),
    (
        "区发改委",
        "区发改委、区工信局",
        "unit_added",
        "二(二)1“降低消耗”新增南昌市西湖区工业和信息化局（责任）",
        "answers for it too",
    ),
    (
        "区科技局、区财政局",
        "区科技局",
        "unit_removed",
        "不再由南昌市西湖区财政局承担（责任）",
        "no longer answers",
    ),
    (
        "(责任单位:区发改委",
        "(责任单位:区工信局",
        "unit_handed_over",
        "的责任单位由南昌市西湖区发展和改革委员会交给",
        "handed over",
    ),
    (
        "(牵头单位:区科技局",
        "(牵头单位:区商务局",
        "unit_handed_over",
        "的牵头单位由南昌市西湖区科学技术局交给",
        "(lead)",
    ),
    (
        "(责任单位:区发改委",
        "(牵头单位:区发改委",
        "role_changed",
        "由责任改为牵头",
        "from responsible to lead",
    ),
    ("1.降低消耗", "1.降低能源消耗", "item_renamed", "“降低消耗”改为二(二)1“降低能源消耗”", "item renamed"),
    ("每万人口发明专利拥有量不低于20件", "培训青年科技人员不少于20名", "", "", ""),
    (
        "。到2025年,单位产值能耗控制在0.5吨以内",
        "",
        "target_removed",
        "去掉目标：“单位产值能耗”≤0.5吨",
        "target removed",
    ),
]


@pytest.mark.parametrize(("old", "new", "kind", "zh", "en"), ONE_CHANGE)
def test_one_change_is_one_change(
    base: Path, edited: Callable[..., Path], old: str, new: str, kind: str, zh: str, en: str
) -> None:
    other = edited({old: new})
    found, back = diff(Store.open(base), Store.open(other)), diff(Store.open(other), Store.open(base))
    expected = [kind] if kind else ["target_added", "target_removed"]
    assert kinds(found) == expected
    assert found.changes[0].kind == "document_edited"
    assert sorted(kinds(back)) == sorted(OPPOSITE.get(k, k) for k in expected)
    change = next(c for c in found.changes if c.kind == expected[0])
    assert zh in change.said_zh
    assert en in change.said_en
    assert not found.identical
    assert json.loads(json.dumps(found.as_dict()))["counts"] == found.counts


def test_items_that_are_put_in_move_no_others(base: Path, edited: Callable[..., Path]) -> None:
    inserted = edited(
        {"1.做强高新": "1.建设孵化器。到2025年,孵化器达到5家。\n2.做强高新", "2.扩大": "3.扩大"}
    )
    found = diff(Store.open(base), Store.open(inserted))
    assert kinds(found) == ["item_added", "target_added"]
    assert "二(一)1“建设孵化器”" in found.changes[1].said_zh
    back = diff(Store.open(inserted), Store.open(base))
    assert kinds(back) == ["item_removed", "target_removed"]


def test_an_item_below_another_one_has_moved(base: Path, edited: Callable[..., Path]) -> None:
    moved = edited({"(二)节约资源\n1.降低消耗": "3.降低消耗"})
    assert kinds(diff(Store.open(base), Store.open(moved))) == ["item_moved", "item_removed"]


def test_nothing_changed(base: Path, edited: Callable[..., Path]) -> None:
    same = diff(Store.open(base), Store.open(base))
    assert (same.identical, same.changes, same.counts, same.others) == (True, (), {}, {})
    renamed = diff(Store.open(base), Store.open(edited({}, "renamed.txt")))
    assert (renamed.identical, renamed.changes) == (False, ())


def test_another_years_plan_is_compared_with_the_one_before(base: Path, edited: Callable[..., Path]) -> None:
    other = edited(
        {
            "(2023-2025年)": "(2026-2028年)",
            "2023-03-01": "2026-03-01",
            "到2025年": "到2028年",
            "110家": "130家",
            "38.5亿元": "38亿元",
            "(责任单位:区发改委": "(责任单位:区工信局",
        }
    )
    found = diff(Store.open(base), Store.open(other))
    assert kinds(found) == ["document_followed", "target_raised", "target_lowered", "unit_handed_over"]
    assert found.changes[0].said_zh == "与上一份相比：《西湖区推进科技创新实施方案(2023-2025年)》"
    assert "由≥110家到≥130家（2028年）" in found.changes[1].said_zh


def test_a_deadline_that_lags_behind_the_plan_is_said(base: Path, edited: Callable[..., Path]) -> None:
    other = edited({"(2023-2025年)": "(2026-2028年)", "2023-03-01": "2026-03-01", "到2025年": "到2029年"})
    assert kinds(diff(Store.open(base), Store.open(other))) == ["document_followed", *["deadline_later"] * 4]


def test_a_copy_published_elsewhere_is_no_new_document(base: Path, edited: Callable[..., Path]) -> None:
    other = edited(
        {
            "发布机构：南昌市": "来源：南昌市",
            "发布日期：2023-03-01": "发布日期：2023-05-09",
        }
    )
    found = diff(Store.open(base), Store.open(other))
    assert kinds(found) == ["document_republished"]
    assert "2023-03-01”到“南昌市西湖区科学技术局 2023-05-09" in found.changes[0].said_zh


def test_other_documents_are_added_and_removed(base: Path, edited: Callable[..., Path]) -> None:
    other = edited(
        {
            "西湖区推进科技创新实施方案(2023-2025年)": "西湖区生活垃圾分类管理实施方案",
            "2023-03-01": "2024-01-02",
        }
    )
    found = diff(Store.open(base), Store.open(other))
    assert kinds(found) == ["document_added", "document_removed"]
    assert "《西湖区生活垃圾分类管理实施方案》（6个条目，4个目标）" in found.changes[0].said_zh


def test_a_status_that_changed_is_said_and_nothing_else(
    base: Path, tmp_path: Path, edited: Callable[..., Path]
) -> None:
    other = edited({})
    (tmp_path / "o.csv").write_text(
        ",".join(COLUMNS) + "\n技术合同成交额,西湖区,2025,=,40,亿元,公报,2026,\n", encoding="utf-8"
    )
    observe(tmp_path / "o.csv", other)
    found = diff(Store.open(base), Store.open(other))
    assert [c.kind for c in found.changes] == ["status_changed"]
    assert found.changes[0].said_zh == "“技术合同登记额”进展由“无数据”变为“已完成”"
    assert found.changes[0].said_en == "value of technology contracts: status from no data to met"
    assert found.others == {"observation": (0, 1)}


def test_the_corpus_beside_itself_with_a_document_left_out(store: Store, tmp_path: Path) -> None:
    from loaders.corpus import find_documents

    build(find_documents()[:4], tmp_path / "store")
    found = diff(store, Store.open(tmp_path / "store"))
    assert [c.kind for c in found.changes] == ["document_removed"]
    assert diff(store, store).identical
    assert found == diff(store, Store.open(tmp_path / "store"))


@pytest.mark.parametrize(
    ("one", "two", "least", "most"),
    [
        ("做强高新技术企业", "做强高新技术企业", 1, 1),
        ("做强高新技术企业", "做大做强高新技术企业", 0.8, 0.99),
        ("做强高新技术企业", "完善监督考核", 0, 0.1),
        ("", "", 0, 0),
        ("甲", "甲", 1, 1),
        ("甲", "乙", 0, 0),
        ("《甲乙》", "甲、乙", 1, 1),
    ],
)
def test_similarity(one: str, two: str, least: float, most: float) -> None:
    assert least <= similarity(one, two) == similarity(two, one) <= most


def test_the_best_pairs_come_first() -> None:
    found = best_pairs(["a1", "b1"], ["b2", "a2"], lambda x, y: 1 + (x[0] == y[0]), lambda x: x)
    assert sorted(found) == [("a1", "a2"), ("b1", "b2")]
    ties = list(best_pairs(["x", "y"], ["1", "2"], lambda _x, _y: 1, lambda x: x))
    assert ties == [("x", "1"), ("y", "2")]
