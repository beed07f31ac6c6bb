"""Cells, loads and conflicts across documents, on small readings where every number can be counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.derive import cross_conflicts, derive
from graph.measures import measure_unit
from graph.store import Store
from loaders.read import read_text
from loaders.records import (
    Alignment,
    AlignmentRelation,
    AlignmentStatus,
    Document,
    Item,
    ItemKind,
    Reading,
    Responsibility,
    Target,
)
from ontology import terms


def document(key: str, place: str | None = "360100") -> Document:
    """A document record; everything that does not matter here comes from a text without a plan."""
    blank = read_text("工作要点\n", "blank.txt", "0" * 64).document
    return replace(blank, id=key, title=f"{key}计划", jurisdiction_code=place)


def item(doc: str, path: str, kind: ItemKind = "measure", parent: str | None = None) -> Item:
    above = None if parent is None else f"{doc}:item:{parent}"
    return Item(
        id=f"{doc}:item:{path}",
        document=doc,
        quote="",
        start=0,
        end=0,
        kind=kind,
        label=None,
        path=path,
        title=path,
        parent=above,
        section=None,
    )


def target(doc: str, key: str, value: float, *, unit: str = "亿元", at: str | None = None) -> Target:
    return Target(
        id=f"{doc}:target:{key}",
        document=doc,
        quote="",
        start=0,
        end=0,
        item=None if at is None else f"{doc}:item:{at}",
        section=None,
        indicator="技术合同成交额",
        indicator_as_written="技术合同成交额",
        comparator=">=",
        value=value,
        value_max=None,
        unit=unit,
        growth=False,
        per_year=False,
        baseline_year=None,
        baseline_value=None,
        deadline_start=2025,
        deadline_end=2025,
        deadline_basis="stated",
        modality="计划",
        modality_word=None,
        qualitative=False,
        figure=f"{value:g}{unit}",
    )


def alignment(doc: str, path: str, upper: str | None, *, rank: int = 1, confidence: float = 0.8) -> Alignment:
    return Alignment(
        id=f"{doc}:alignment:{path}-{rank}",
        document=doc,
        quote="",
        start=0,
        end=0,
        subject=f"{doc}:item:{path}",
        object=None if upper is None else f"up:item:{upper}",
        object_document=None if upper is None else "up",
        object_path=upper,
        relation=None if upper is None else "implements",
        rank=rank,
        confidence=confidence,
        status="proposed",
        method="by hand",
        reasons=("because",),
    )


def duty(doc: str, path: str, unit: str, key: str, *, lead: bool = False) -> Responsibility:
    return Responsibility(
        id=f"{doc}:responsibility:{key}",
        document=doc,
        quote="",
        start=0,
        end=0,
        item=f"{doc}:item:{path}",
        unit=f"unit:{unit}",
        unit_name=unit,
        as_written=unit,
        role="lead" if lead else "responsible",
        collective=False,
        basis="list",
        name_basis="rule",
    )


@pytest.fixture
def upper() -> Reading:
    parts = (
        item("up", "1", "action"),
        item("up", "1.1", "task", "1"),
        item("up", "1.1.1", "measure", "1.1"),
        item("up", "2", "action"),
        item("up", "2.1", "task", "2"),
    )
    return Reading("", (document("up", "360000"), *parts))


@pytest.fixture
def lower() -> Reading:
    parts = (item("low", "一", "task"), item("low", "一1", "measure", "一"), item("low", "二", "task"))
    targets = (target("low", "a", 5, at="一1"), target("low", "b", 6, at="一"), target("low", "c", 7))
    duties = (
        duty("low", "一", "甲局", "1", lead=True),
        duty("low", "一1", "甲局", "2"),
        duty("low", "一1", "乙局", "3"),
    )
    return Reading("", (document("low"), *parts, *targets, *duties))


def test_cells(upper: Reading, lower: Reading) -> None:
    nowhere = Reading("", (document("nowhere", None),))
    empty = Reading("", (document("empty", "360200"),))
    alignments = [
        alignment("low", "一", "1.1.1", confidence=0.6),
        alignment("low", "一1", "1.1", confidence=0.9),
        replace(alignment("low", "二", "1.1"), relation="relates_to"),
        alignment("low", "二", "2.1", rank=2),
    ]
    cells = derive([upper, lower, nowhere, empty], alignments, upper).cells
    assert [(c.jurisdiction, c.upper_item, c.coverage, c.items, c.targets) for c in cells] == [
        ("360100", "up:item:1", "implements", 3, 2),
        ("360100", "up:item:1.1", "implements", 3, 2),
        ("360100", "up:item:2", "none", 0, 0),
        ("360100", "up:item:2.1", "none", 0, 0),
        *[("360200", f"up:item:{p}", "none", 0, 0) for p in ("1", "1.1", "2", "2.1")],
    ]
    assert cells[0].confidence == 0.9
    assert cells[2].confidence is None
    assert cells[0].basis == ("low:alignment:一-1", "low:alignment:一1-1", "low:alignment:二-1")


@pytest.mark.parametrize(
    ("status", "relation", "coverage"),
    [
        ("accepted", "implements", "implements"),
        ("proposed", "relates_to", "related"),
        ("rejected", "implements", "none"),
    ],
)
def test_what_counts_as_coverage(
    upper: Reading, lower: Reading, status: AlignmentStatus, relation: AlignmentRelation, coverage: str
) -> None:
    one = replace(alignment("low", "一", "1.1"), status=status, relation=relation)
    cells = derive([upper, lower], [one], upper).cells
    assert [c.coverage for c in cells if c.upper_item == "up:item:1.1"] == [coverage]


def test_an_accepted_second_choice_counts(upper: Reading, lower: Reading) -> None:
    second = replace(alignment("low", "一", "2.1", rank=2), status="accepted")
    cells = derive([upper, lower], [second], upper).cells
    assert [c.upper_item for c in cells if c.coverage != "none"] == ["up:item:2", "up:item:2.1"]


def test_loads(lower: Reading) -> None:
    one, two = derive([lower], [], None).loads
    assert (one.unit, one.items, one.leads, one.targets, one.documents) == ("unit:乙局", 1, 0, 1, 1)
    assert (two.unit, two.items, two.leads, two.targets, two.documents) == ("unit:甲局", 2, 1, 2, 1)
    assert two.basis == ("low:responsibility:1", "low:responsibility:2")


def conflicts(*targets: Target, place: str | None = "360100") -> list[tuple[str, str]]:
    readings = [
        Reading("", (document(d, place), *(t for t in targets if t.document == d)))
        for d in sorted({t.document for t in targets})
    ]
    return [(c.first, c.second) for c in cross_conflicts(readings)]


def test_conflicts_across_documents() -> None:
    assert conflicts(target("a", "1", 5), target("b", "1", 6)) == [("a:target:1", "b:target:1")]


@pytest.mark.parametrize(
    "other",
    [
        target("b", "1", 5),
        target("b", "1", 50000, unit="万元"),
        target("b", "1", 6, unit="家"),
        target("a", "2", 6),
        replace(target("b", "1", 6), deadline_end=2030),
        replace(target("b", "1", 6), deadline_start=None, deadline_end=None),
        replace(target("b", "1", 6), growth=True),
        replace(target("b", "1", 6), per_year=True),
        replace(target("b", "1", 6), scope="高新区"),
        replace(target("b", "1", 6), indicator="发明专利拥有量"),
        replace(target("b", "1", 6), qualitative=True),
    ],
)
def test_no_conflict(other: Target) -> None:
    assert conflicts(target("a", "1", 5), other) == []


def test_no_conflict_without_a_place() -> None:
    assert conflicts(target("a", "1", 5), target("b", "1", 6), place=None) == []


def test_a_whole_scope_is_the_place_itself() -> None:
    whole = replace(target("b", "1", 6), scope="全市")
    assert conflicts(target("a", "1", 5), whole) == [("a:target:1", "b:target:1")]


def test_a_conflict_with_the_curated_plan() -> None:
    intensity = replace(target("a", "1", 2.1, unit="%"), indicator="全社会研发经费支出占国内生产总值比重")
    reading = Reading("", (document("a", "360000"), intensity))
    (conflict,) = cross_conflicts([reading])
    assert conflict.first == "a:target:1"
    assert conflict.second.startswith("curated-")
    assert "期限同为2025年" in conflict.explanation


@pytest.mark.parametrize(
    ("written", "slug", "multiplier", "dimension"),
    [
        ("亿元", "100000000-yuan", 10**8, "元"),
        ("元", "yuan", 1, "元"),
        ("%", "percent", 1, "%"),
        ("万", "10000", 10**4, "个"),
        ("万个", "10000-个", 10**4, "个"),
        ("万人次", "10000-人次", 10**4, "人次"),
        ("平方米", "平方米", 1, "平方米"),
        ("万吨", "10000-吨", 10**4, "吨"),
    ],
)
def test_measurement_units(written: str, slug: str, multiplier: int, dimension: str) -> None:
    unit = measure_unit(written)
    assert (unit.slug, unit.multiplier, unit.dimension) == (slug, multiplier, dimension)


def test_the_corpus_has_a_cell_for_each_place_and_head(store: Store) -> None:
    records = list(store.records())
    heads = [r for r in records if r["type"] == "item" and r["kind"] in {"action", "task"}]
    upper = next(r["document"] for r in heads if r["kind"] == "action")
    own = [h for h in heads if h["document"] == upper]
    places = {r["jurisdiction_code"] for r in records if r["type"] == "document" and r["id"] != upper}
    cells = {q.subject for q in store.quads(predicate=terms.coverage)}
    assert len(cells) == len(own) * len(places) == 27 * 4
