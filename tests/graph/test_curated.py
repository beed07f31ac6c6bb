"""Curated facts stand in a graph of their own, each with its row; titles lead to what they mean."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace

import pytest

from graph import iris
from graph.curated import TABLE, curated_documents
from graph.resolve import curated_document, date_of, resolve, title_key
from graph.store import Store
from loaders.corpus import find_documents
from loaders.read import read_document
from loaders.records import Citation, Reading
from ontology import schemes, terms, vocab

PLAN = "科技兴赣六大行动实施方案(2023-2025年)"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read_document(path) for path in find_documents()]


def test_the_table_is_read_whole() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plan, points = curated_documents()
    numbers = [r.number for d in (plan, points) for r in (*d.rows, *(t.row for t in d.targets))]
    assert sorted(numbers) == list(range(1, len(rows) + 1))
    assert (plan.title, plan.number, plan.issuer) == (PLAN, "赣科发〔2023〕1号", "江西省科学技术厅")
    assert (plan.date, plan.date_basis) == ("2023-02-24", "stated")
    assert (points.number, points.date, points.date_basis) == ("赣科发字〔2024〕1号", "2024-03-22", "source")
    assert (points.issuer, points.issuer_basis) == ("江西省科学技术厅", "source")
    assert [(t.comparator, t.value, t.unit, t.deadline) for t in plan.targets] == [
        (">=", 66.0, "%", 2025),
        (">=", 14.0, "%", 2025),
        (">=", 2.6, "%", 2025),
    ]
    assert len(points.targets) == 7


def test_curated_facts_are_never_mixed_with_what_was_read(store: Store) -> None:
    curated = {q.subject for q in store.quads(iris.CURATED_PLAN)}
    for document in store.manifest.documents:
        read = {q.subject for q in store.quads(iris.document_graph(document.id))}
        assert not read & curated
    plan = iris.document(curated_documents()[0].id)
    assert store.values(plan, terms.trust) == [schemes.trust_curated]
    assert len(store.values(plan, vocab.prov_wasDerivedFrom)) == 3


@pytest.mark.parametrize(
    "written",
    [
        "《科技兴赣六大行动实施方案(2023-2025年)》",
        "科技兴赣六大行动实施方案（2023—2025年）",
        " 科技兴赣六大行动 实施方案(2023–2025年)",
    ],
)
def test_copies_of_a_title_have_one_key(written: str) -> None:
    assert title_key(written) == title_key(PLAN)
    assert curated_document(written) == curated_documents()[0]


def test_other_years_are_another_title() -> None:
    assert curated_document("科技兴赣六大行动实施方案(2026-2028年)") is None


def test_the_explanation_has_the_date_of_its_plan(readings: list[Reading]) -> None:
    assert date_of(readings[0].document) == "2023-02-24"
    assert date_of(readings[1].document) == readings[1].document.date


def test_citations_lead_to_documents_of_the_graph(readings: list[Reading]) -> None:
    resolved = resolve(readings)
    (plan,) = [c for c in resolved[0].of(Citation) if c.relation == "interprets"]
    assert plan.resolved == curated_documents()[0].id
    ids = {r.document.id for r in readings} | {d.id for d in curated_documents()}
    for reading in resolved:
        for citation in reading.of(Citation):
            assert citation.resolved is None or citation.resolved in ids
            assert (citation.resolved == reading.document.id) == (citation.relation == "self")


def test_a_title_that_two_documents_bear_is_left_open(readings: list[Reading]) -> None:
    first = readings[0].document
    twins = [
        replace(
            readings[n],
            records=(
                replace(readings[n].document, id=f"twin-{n}", title=PLAN),
                *(r for r in readings[n].records[1:] if not isinstance(r, Citation)),
            ),
        )
        for n in (1, 2)
    ]
    (citation,) = [c for c in resolve([readings[0], *twins])[0].of(Citation) if c.relation == "interprets"]
    assert citation.document == first.id
    assert citation.resolved is None


def test_a_wrapped_title_is_known_by_what_it_wraps(readings: list[Reading]) -> None:
    notice = replace(readings[1].document, title="关于印发《某市科技计划》的通知", number=None)
    cited = next(readings[2].of(Citation))
    citing = replace(cited, title="某市科技计划", number=None, relation="cites", resolved=None)
    one = replace(readings[1], records=(notice,))
    two = replace(readings[2], records=(readings[2].document, citing))
    assert [c.resolved for c in resolve([one, two])[1].of(Citation)] == [notice.id]


def test_the_table_is_as_it_was_handed_over() -> None:
    known = "95cb096efb9d1559cce42b2d826fa0406474cfac2db80250b5ceccd8035c439e"
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() == known
