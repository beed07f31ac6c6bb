"""Alignment of small plans: what must hold whatever the weights are, and floors on the written cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.gold import write_reading
from graph.align import THRESHOLD, align, relation
from graph.align_score import UpperPlan
from graph.calibrate import confidence
from loaders.records import Alignment, Citation, Item, Reading

TASKS = {
    "1": ("强化创新平台建设", "新建重点实验室和技术创新中心,推动大型科研仪器开放共享。"),
    "2": ("培育科技型企业", "推动高新技术企业、科技型中小企业增量提质,培育独角兽、瞪羚企业。"),
    "3": ("引育科技人才", "引进院士、领军人才和青年科技人才,集聚海外人才和创新团队。"),
    "4": ("加快科技成果转化", "建设技术市场,壮大技术转移服务队伍,支持场景应用示范。"),
    "5": ("发展科技金融", "设立科技创新基金,建立金融支持科技型企业白名单。"),
    "6": ("扩大科技开放合作", "建设国际科技合作基地,推动建立科创飞地。"),
    "7": ("支持赣州建设科技创新副中心", "支持赣州做强稀土产业。"),
}


@pytest.fixture(scope="module")
def upper() -> Reading:
    rows = [{"title": t, "body": b, "kind": "task", "path": p} for p, (t, b) in TASKS.items()]
    return write_reading("upper", rows)


def below(*rows: dict[str, Any], **document: Any) -> Reading:
    return write_reading("lower", rows, **{"date": "2024-05-01", **document})


def found(records: list[Alignment]) -> list[tuple[str, str | None, int | None]]:
    return [(r.subject, r.object_path, r.rank) for r in records]


@pytest.mark.parametrize("path", TASKS)
def test_a_copy_of_a_task_is_aligned_to_it_first(upper: Reading, path: str) -> None:
    title, body = TASKS[path]
    records = align([below({"title": title, "body": body})], upper, upper_date="2023-01-01")
    assert records[0].object_path == path
    assert records[0].rank == 1
    assert records[0].confidence > 0.8
    assert records[0].object == next(i.id for i in upper.of(Item) if i.path == path)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("推进基层党组织建设", "严格落实三会一课制度,打造党建品牌,推动党建与科技业务融合。"),
        ("加强科普宣传", "办好科技活动周,建设科普基地,提升全民科学素质。"),
        ("推进老旧小区改造", "加装电梯,完善供水设施,引入物业服务。"),
        ("做好机要保密", "规范公文办理。"),
        ("稳定房地产市场", "支持合理住房贷款需求,加大房地产融资支持。"),
    ],
)
def test_an_unrelated_item_abstains_with_reasons(upper: Reading, title: str, body: str) -> None:
    (record,) = align([below({"title": title, "body": body})], upper, upper_date="2023-01-01")
    assert (record.object, record.object_document, record.object_path) == (None, None, None)
    assert (record.rank, record.relation) == (None, None)
    assert record.reasons
    assert record.confidence > THRESHOLD
    assert record.quote == title


def test_synonyms_meet(upper: Reading) -> None:
    rows = [
        {"title": "抓好高企认定", "body": "对首次认定的高企给予奖励。"},
        {"title": "建设院士工作站", "body": "柔性引才,新建工作站2家。"},
        {"title": "完善科贷通", "body": "引导天使投资。"},
    ]
    records = align([below(*rows)], upper, upper_date=None)
    assert [r.object_path for r in records if r.rank in (1, None)] == ["2", "3", "5"]


def test_a_safeguard_abstains_whatever_it_says(upper: Reading) -> None:
    title, body = TASKS["3"]
    (record,) = align([below({"title": title, "body": body, "kind": "safeguard"})], upper, upper_date=None)
    assert record.object is None
    assert "保障措施" in record.reasons[0]


def test_only_leaves_are_aligned(upper: Reading) -> None:
    rows = [
        {"title": "培育科技型企业", "id": "lower:item:a", "kind": "task"},
        {"title": "引进创新团队", "parent": "lower:item:a"},
    ]
    assert {r.subject for r in align([below(*rows)], upper, upper_date=None)} == {"lower:item:002"}


def test_the_measure_that_holds_the_match_is_the_object() -> None:
    rows = [
        {"title": "优化创新环境", "id": "u:item:t", "kind": "task", "path": "6.3", "text": "优化创新环境"},
        {"title": "创新科技投入机制", "parent": "u:item:t", "path": "6.3.1"},
        {"title": "加强科研诚信建设", "parent": "u:item:t", "path": "6.3.2"},
    ]
    text = "优化创新环境,创新科技投入机制,加强科研诚信建设。"
    rows[0]["text"] = text
    plan = write_reading("u", [rows[0], *({**r, "start": 7, "end": 15} for r in rows[1:])])
    records = align([below({"title": "加大研发投入", "body": "落实研发经费后补助。"})], plan, upper_date=None)
    assert [(r.object_path, r.rank) for r in records] == [("6.3.1", 1)]


@pytest.mark.parametrize(
    ("date", "period", "upper_date", "expected"),
    [
        ("2024-05-01", None, "2023-02-24", "implements"),
        ("2023-02-24", None, "2023-02-24", "implements"),
        ("2023-01-18", 2024, "2023-02-24", "relates_to"),
        (None, 2023, "2023-02-24", "implements"),
        (None, 2022, "2023-02-24", "relates_to"),
        (None, None, "2023-02-24", "relates_to"),
        ("2024-05-01", None, None, "relates_to"),
    ],
)
def test_relation(date: str | None, period: int | None, upper_date: str | None, expected: str) -> None:
    lower = write_reading("lower", [], date=date, period_start=period, jurisdiction="江西省赣州市")
    above = write_reading("upper", [], jurisdiction="江西省").document
    assert relation(lower, above, upper_date) == expected


@pytest.mark.parametrize("place", [None, "浙江省宁波市"])
def test_what_does_not_fall_under_the_plan_never_implements_it(place: str | None) -> None:
    lower = write_reading("lower", [], date="2024-05-01", jurisdiction=place)
    above = write_reading("upper", [], jurisdiction="江西省").document
    assert relation(lower, above, "2023-02-24") == "relates_to"


@pytest.mark.parametrize(
    ("how", "date", "expected"),
    [
        ("applies", "2024-05-01", "implements"),
        ("based_on", "2024-05-01", "implements"),
        ("cites", "2024-05-01", "implements"),
        ("applies", "2022-05-01", "relates_to"),
        ("interprets", "2024-05-01", "relates_to"),
    ],
)
def test_what_cites_the_plan_implements_it_wherever_it_is(how: str, date: str, expected: str) -> None:
    lower = write_reading("lower", [], date=date)
    citation = Citation(
        id="lower:citation:1",
        document="lower",
        quote="",
        start=0,
        end=0,
        rule="r",
        title="全省科技创新行动方案",
        number=None,
        relation=how,  # type: ignore[arg-type]
        resolved=None,
        title_as_written="《全省科技创新行动方案》",
        occurrences=1,
    )
    citing = Reading(lower.text, (*lower.records, citation))
    above = write_reading("upper", [], jurisdiction="江西省", title="全省科技创新行动方案").document
    assert relation(citing, above, "2023-02-24") == expected


def test_a_task_of_another_city_counts_less(upper: Reading) -> None:
    row = {"title": "建设区域科技创新中心", "body": "做强稀土产业。"}
    here = align([below(row, jurisdiction="江西省赣州市")], upper, upper_date=None)
    there = align([below(row, jurisdiction="江西省南昌市")], upper, upper_date=None)
    assert here[0].object_path == "7"
    assert there[0].confidence < here[0].confidence or there[0].object is None


def test_evidence_and_ids(upper: Reading) -> None:
    rows = [{"label": f"{n}.", "title": t, "body": b} for n, (t, b) in enumerate(TASKS.values(), 1)]
    reading = below(*rows)
    records = align([reading], upper, upper_date=None)
    assert all(reading.text[r.start : r.end] == r.quote for r in records)
    assert all(r.quote.startswith(("1.", "2.", "3.", "4.", "5.", "6.", "7.")) for r in records)
    assert len({r.id for r in records}) == len(records)
    assert records[0].id == "lower:alignment:001-1"


def test_the_order_of_documents_and_their_company_change_nothing(upper: Reading) -> None:
    one = write_reading("a", [{"title": "引进创新团队", "body": "集聚海外人才。"}])
    two = write_reading("b", [{"title": "建设实验室", "body": "新建重点实验室。"}])
    both = align([one, two], upper, upper_date=None)
    assert both == align([two, one], upper, upper_date=None)
    assert both == align([one], upper, upper_date=None) + align([two], upper, upper_date=None)


def test_a_plan_is_not_aligned_with_itself(upper: Reading) -> None:
    assert align([upper], upper, upper_date=None) == []


def test_an_upper_document_without_tasks_or_known_words() -> None:
    lower = below({"title": "引进创新团队"})
    empty = write_reading("u", [])
    blank = write_reading("u", [{"title": "推进工作", "kind": "task"}])
    for plan in (empty, blank):
        assert [r.object for r in align([lower], plan, upper_date=None)] == [None]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1).filter(str.strip), st.text(max_size=60)), max_size=4))
def test_any_text_gives_one_sound_answer_an_item(pieces: list[tuple[str, str]]) -> None:
    plan = write_reading("upper", [{"title": t, "body": b, "kind": "task"} for t, b in TASKS.values()])
    reading = below(*({"title": t, "text": t + b} for t, b in pieces))
    records = align([reading], plan, upper_date="2023-01-01")
    for ranks in by_subject(records):
        assert ranks in ([None], [1], [1, 2], [1, 2, 3])
    assert all(reading.text[r.start : r.end] == r.quote and 0 <= r.confidence <= 1 for r in records)
    assert {r.subject for r in records} == {i.id for i in reading.of(Item)}


def by_subject(records: list[Alignment]) -> Iterator[list[int | None]]:
    subjects = dict.fromkeys(r.subject for r in records)
    return ([r.rank for r in records if r.subject == subject] for subject in subjects)


def test_confidence_rises_with_the_score() -> None:
    first = [confidence(s / 20, s / 20, first=True) for s in range(1, 21)]
    later = [confidence(0.3, best / 20, first=False) for best in range(20, 5, -1)]
    assert first == sorted(first)
    assert later == sorted(later)


def test_one_plan_serves_many_documents(upper: Reading) -> None:
    plan = UpperPlan(upper)
    reading = below({"title": "引进创新团队"})
    assert plan.rank(reading) == plan.rank(reading)
