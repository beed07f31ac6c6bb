"""Findings: each kind where it is and nowhere else; ids that a build does not change; marks that stay."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.aims import AsOf
from graph.audit import SEVERITIES, Audit, Mark, audit
from graph.audit_marks import Decision, beside, decide, marks, read_decisions
from graph.audit_rules import RULES
from graph.audit_sources import beside_figure, repair_severity
from graph.build import build
from graph.desk import Desk
from graph.standing import standing
from graph.store import Store
from loaders.corpus import find_documents
from loaders.errors import InputError, UsageError
from loaders.records import Repair
from tests.graph.desk_plans import LATER, PAYLOADS, PLAN

Made = Callable[..., Audit]


def found(desk: Desk, **options: object) -> Audit:
    return audit(desk, standing(desk, ["audit"]), **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def corpus(store: Store) -> Audit:
    return found(Desk(store))


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The findings in a store of plans, as of a point in time."""

    def made(*texts: str, as_of: str | None = None, **options: object) -> Audit:
        folder = tmp_path_factory.mktemp("audit")
        for n, text in enumerate(texts):
            (folder / f"plan{n}.txt").write_text(text, encoding="utf-8")
        build([folder / f"plan{n}.txt" for n in range(len(texts))], folder / "store")
        desk = Desk(Store.open(folder / "store"), None if as_of is None else AsOf.parse(as_of))
        return found(desk, **options)

    return made


def kinds(audited: Audit) -> Counter[str]:
    return Counter(f.rule for f in audited.findings)


def test_every_rule_explains_itself_in_both_languages() -> None:
    assert len(RULES) == len({rule.id for rule in RULES}) == 13
    for rule in RULES:
        assert all((rule.name_zh, rule.name_en, rule.why_zh, rule.why_en))
        assert len(rule.why_zh) > 15


def test_the_four_sure_conflicts_are_found_and_can_be_signed(corpus: Audit) -> None:
    sure = [f for f in corpus.findings if f.rule == "conflict" and f.severity == "high"]
    assert len(sure) == 4
    for finding in sure:
        first, second = finding.evidence
        assert first.document == second.document
        assert first.place in finding.said_zh
        assert second.place in finding.said_zh
        assert "责任单位" in finding.said_zh
        assert "核对" in finding.said_zh
        assert len(finding.said_en) > 200
    said = [f.said_zh for f in sure]
    assert any("20家" in s and "30家" in s and "相差10家" in s and "不构成矛盾" in s for s in said)
    assert any("250家" in s and "260家" in s and "相差10家" in s for s in said)
    assert any("280家" in s and "300家" in s and "相差20家" in s for s in said)
    assert any("2030年" in s and "2025年" in s and "相差5年" in s and "结论相反" in s for s in said)


def test_the_conflicts_are_those_of_the_gold(corpus: Audit) -> None:
    gold = Path(__file__).resolve().parents[3] / "shared" / "gold" / "002.jsonl"
    if not gold.exists():
        pytest.skip("no gold beside the checkout")
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    spans = {r["id"]: (r["start"], r["end"]) for r in records if r["type"] == "target"}
    wanted = [r for r in records if r["type"] == "conflict" and r["confidence"] >= 0.75]
    assert len(wanted) == 4
    sure = [f for f in corpus.findings if f.rule == "conflict" and f.severity == "high"]
    pairs = [{(e.start, e.end) for e in f.evidence} for f in sure]
    for conflict in wanted:
        ends = [spans[t] for t in conflict["targets"]]
        assert any(
            all(any(a < d and c < b for c, d in pair if c is not None and d is not None) for a, b in ends)
            for pair in pairs
        ), conflict["explanation"]


def test_what_the_corpus_has_of_each_kind(corpus: Audit) -> None:
    assert kinds(corpus) == {
        "conflict": 11,
        "no-owner": 54,
        "no-target": 6,
        "collective": 15,
        "no-lead": 26,
        "overdue": 76,
        "no-deadline": 5,
        "declared": 4,
        "not-taken-up": kinds(corpus)["not-taken-up"],
        "repaired-figure": 14,
        "damaged-only": 1,
    }
    assert kinds(corpus)["not-taken-up"] >= 1


def test_a_document_that_names_nobody_is_one_finding(make: Made) -> None:
    report = PLAN.replace("(责任单位", "(说明").replace("(牵头单位", "(说明").replace("配合单位", "另外")
    silent = [f for f in make(report).findings if f.rule == "no-owner"]
    assert len(silent) == 1
    assert silent[0].severity == "medium"
    assert len(silent[0].evidence) == 4
    assert "4个目标" in silent[0].title_zh


def test_a_plan_of_another_province_answers_nothing(tmp_path: Path) -> None:
    upper = next(path for path in find_documents() if path.name.startswith("000"))
    other = PLAN.replace("南昌市", "武汉市")
    for name, text in (("here.txt", PLAN), ("there.txt", other)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    build([upper, tmp_path / "here.txt", tmp_path / "there.txt"], tmp_path / "store")
    desk = Desk(Store.open(tmp_path / "store"))
    assert desk.upper is not None
    assert desk.upper.document.source_file == upper.name
    codes = {desk.reading_of[a.document].document.jurisdiction_code for a in desk.alignments}
    assert codes == {"360100"}
    gaps = [f for f in found(desk).findings if f.rule == "not-taken-up"]
    assert gaps
    assert all("1份下级文件" in f.said_zh for f in gaps)


def test_every_finding_has_evidence_that_stands_where_it_says(store: Store, corpus: Audit) -> None:
    texts = {d.id: store.text(d.id) for d in store.manifest.documents}
    ids = [f.id for f in corpus.findings]
    assert len(ids) == len(set(ids)) > 150
    for finding in corpus.findings:
        assert finding.evidence, finding.id
        assert finding.severity in SEVERITIES
        for e in finding.evidence:
            if e.start is not None and e.end is not None:
                assert texts[e.document][e.start : e.end] == e.quote


def test_each_kind_is_found_in_a_plan_that_has_it_once(make: Made) -> None:
    audited = make(PLAN, as_of="2024")
    assert kinds(audited) == {
        "no-owner": 1,
        "no-target": 1,
        "collective": 1,
        "no-lead": 1,
        "no-deadline": 1,
        "overdue": 1,
    }
    by = {f.rule: f for f in audited.findings}
    assert "30家" in by["no-owner"].title_zh
    assert by["no-target"].units == ("南昌市科学技术协会",)
    assert "各县区" in by["collective"].title_zh
    assert "南昌市教育局" in by["no-lead"].said_zh
    assert "10名" in by["no-deadline"].title_zh
    assert "4家" in by["overdue"].title_zh
    assert "overdue" not in kinds(make(PLAN, as_of="2023"))


def test_two_plans_of_one_place_that_disagree(make: Made) -> None:
    audited = make(PLAN, LATER, as_of="2024")
    across = [f for f in audited.findings if f.rule == "cross-conflict"]
    assert len(across) == 2
    assert all(len({e.document for e in f.evidence}) == 2 for f in across)
    assert any("30家" in f.said_zh and "36家" in f.said_zh for f in across)
    before = make(PLAN, LATER, as_of="2024-06-30")
    assert "cross-conflict" not in kinds(before)
    assert [d.file for d in before.standing.later] == ["plan1.txt"]


def test_one_value_by_two_years_in_two_documents(make: Made) -> None:
    audited = make(PLAN, PLAN.replace("到2024年", "到2026年").replace("5月6日", "8月6日"), as_of="2024")
    (one,) = [f for f in audited.findings if f.rule == "cross-conflict"]
    assert "2024" in one.said_zh
    assert "2026" in one.said_zh
    assert one.severity == "medium"


def test_a_missed_target_is_told_with_its_arithmetic(tmp_path: Path) -> None:
    from graph.observe import observe

    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([tmp_path / "plan.txt"], tmp_path / "store")
    value = "重点实验室数,南昌市,2024,=,3,家,市统计局,2025-02,"
    head = "indicator,jurisdiction,year,comparator,value,unit,source,source_date,note"
    (tmp_path / "o.csv").write_text(f"{head}\n{value}\n", encoding="utf-8")
    observe(tmp_path / "o.csv", tmp_path / "store", AsOf(2024))
    (missed,) = [f for f in found(Desk(Store.open(tmp_path / "store"))).findings if f.rule == "missed"]
    assert missed.severity == "high"
    assert "3 < 4" in missed.said_zh


def test_ids_outlive_a_rebuild_and_an_edit_elsewhere(make: Made) -> None:
    once, again = make(PLAN, as_of="2024"), make(PLAN, as_of="2024")
    assert [f.id for f in once.findings] == [f.id for f in again.findings]
    edited = make(PLAN.replace("办好科技活动周", "认真办好全市科技活动周活动"), as_of="2024")
    assert [f.id for f in once.findings] == [f.id for f in edited.findings]
    raised = make(PLAN.replace("4家", "5家"), as_of="2024")
    changed = {f.id for f in once.findings} ^ {f.id for f in raised.findings}
    assert {i.rpartition("-")[0] for i in changed} == {"overdue"}


def test_findings_can_be_narrowed(store: Store, corpus: Audit) -> None:
    desk = Desk(store)
    one = found(desk, rules=["declared"])
    assert set(kinds(one)) == {"declared"}
    assert [r.id for r in one.rules] == ["declared"]
    unit = "南昌市西湖区科学技术协会"
    mine = found(desk, unit=unit)
    assert mine.findings
    assert all(unit in f.units for f in mine.findings)
    document = corpus.findings[0].documents[0]
    assert all(document in f.documents for f in found(desk, document=document).findings)


def test_a_mark_outlives_a_build_and_a_lost_finding_is_told(tmp_path: Path) -> None:
    store_dir = tmp_path / "store"
    build(find_documents([]), store_dir)
    first = found(Desk(Store.open(store_dir))).findings[0]
    path = beside(store_dir)
    assert path.parent == tmp_path
    path.write_text(
        decide([], first.id, first.title_zh, "handled", "张三", "2026-03-01", "已发函核实"), encoding="utf-8"
    )
    build(find_documents([]), store_dir)
    marked = marks(read_decisions(path))
    audited = found(Desk(Store.open(store_dir)), marks=marked)
    assert next(f for f in audited.findings if f.id == first.id).handled == Mark(
        "张三", "2026-03-01", "已发函核实"
    )
    assert sum(f.handled is not None for f in audited.findings) == 1
    gone = {**marked, "overdue-00000000": Mark("李四", "2026-03-02", "x")}
    assert found(Desk(Store.open(store_dir)), marks=gone).gone == (
        ("overdue-00000000", gone["overdue-00000000"]),
    )


def test_the_last_decision_holds_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    text = decide([], "overdue-00000001", "a", "handled", "张三", "2026-03-01", "x")
    path.write_text(text, encoding="utf-8")
    text = decide(read_decisions(path), "overdue-00000001", "a", "reopened", "李四", "2026-03-02", "y")
    path.write_text(text, encoding="utf-8-sig")
    assert len(read_decisions(path)) == 2
    assert marks(read_decisions(path)) == {}
    assert read_decisions(tmp_path / "none.csv") == []


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if "\x00" not in p])
def test_marks_hold_any_text_and_no_formula(tmp_path: Path, payload: str) -> None:
    path = tmp_path / "marks.csv"
    text = decide([], "overdue-00000001", payload, "handled", f"{payload}x", "2026-03-01", f"{payload}y")
    path.write_bytes(text.encode())
    (row,) = read_decisions(path)
    assert (row.about, row.who, row.why) == (payload, f"{payload}x".strip(), f"{payload}y".strip())
    assert not any(cell.startswith(tuple("=+-@")) for cell in text.splitlines()[1].split(","))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("overdue-1,handled,a,2026-03-01,b,c", "no id of a finding"),
        ("overdue-00000001,done,a,2026-03-01,b,c", "no action"),
        ("overdue-00000001,handled,a,2026-13-01,b,c", "no date"),
        ("overdue-00000001,handled,a", "cells"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(f"finding,action,who,when,why,about\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said) as raised:
        read_decisions(path)
    assert raised.value.what == f"{path}:2"


def test_a_decision_needs_a_name_a_reason_and_a_day() -> None:
    for who, when, why in (("", "2026-03-01", "x"), ("a", "2026-03-01", " "), ("a", "gestern", "x")):
        with pytest.raises(UsageError):
            decide([], "overdue-00000001", "", "handled", who, when, why)
    assert Decision("a", "handled", "b", "c", "d", "e").cells() == ["a", "handled", "b", "c", "d", "e"]


def test_which_repairs_touch_a_figure() -> None:
    repair = Repair(
        id="d:repair:1",
        document="d",
        quote="",
        start=0,
        end=0,
        raw="",
        repaired="",
        confidence=0.95,
        decided=True,
    )

    def beside_it(raw: str, repaired: str, figure: str = "12家") -> bool:
        return beside_figure(replace(repair, raw=raw, repaired=repaired), figure)

    assert beside_it("200万。(", "200万元。(")
    assert beside_it("新技术企110家", "新技术企业110家")
    assert beside_it("35年均", "35年年均")
    assert not beside_it("引资企业  (项目)", "引资企业(项目)")
    assert not beside_it("一次  性奖励", "一次性奖励")
    assert beside_it("三 十家", "三十家", "三十家")
    assert repair_severity(replace(repair, raw="1 家", repaired="1家")) == "low"
    assert repair_severity(replace(repair, raw="万", repaired="万元", confidence=0.8)) == "high"
    assert repair_severity(replace(repair, raw="万", repaired="万元")) == "medium"
    assert repair_severity(replace(repair, raw="万", repaired="万元", decided=False)) == "high"
