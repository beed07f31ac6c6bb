"""What holds of every query of the catalogue, as a text."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from ontology.vocab import PREFIXES
from queries.catalogue import (
    FOLDER,
    GROUPS,
    LOOKUP_GROUP,
    LOOKUPS,
    NAMED_KINDS,
    VIEWS,
    Query,
    catalogue,
    lookups,
)

NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
ALL = [*catalogue().values(), *lookups().values()]
HAN = re.compile("[\u4e00-\u9fff]")
STRINGS = re.compile(r'"[^"\n]*"|<[^<>\s]*>|^\s*#.*$', re.MULTILINE)
"""What holds no names of the language: texts, IRIs and remarks."""
TARGET_COLUMNS = {"indicator_name", "comparator", "value", "value_max", "value_unit", "figure", "deadline"}
EVIDENCE_COLUMNS = {"quote", "start", "end", "document"}
COUNTS_AND_NAMES = {
    "alignment-matrix",
    "alignment-methods",
    "beside",
    "claims-by-rule",
    "commitments",
    "contents",
    "coverage-by-level",
    "coverage-summary",
    "curated-rows",
    "decisions",
    "document-alignments",
    "document-relations",
    "document-versions",
    "documents",
    "fields-by-document",
    "gap-owners",
    "indicator-tree",
    "indicators",
    "jurisdictions",
    "missing-documents",
    "progress-by-jurisdiction",
    "rule-sets",
    "shared-items",
    "target-basis",
    "target-chains",
    "target-refinements",
    "targets-short",
    "targets-by-year",
    "trust",
    "unit-changes",
    "unit-hierarchy",
    "unit-load",
    "unit-load-combined",
    "units",
}
"""Queries whose rows are no claims of a document but counts, registry entries or documents."""


@pytest.fixture(params=ALL, ids=lambda query: query.file)
def query(request: pytest.FixtureRequest) -> Query:
    found: Query = request.param
    return found


def test_every_file_is_read() -> None:
    assert sorted(catalogue()) == NAMES
    assert len(NAMES) == 72
    assert sorted(lookups()) == sorted(NAMED_KINDS) == sorted(path.stem for path in LOOKUPS.glob("*.rq"))
    assert len(ALL) == 79


def test_the_catalogue_goes_by_group_then_name() -> None:
    order = list(GROUPS)
    queries = list(catalogue().values())
    assert queries == sorted(queries, key=lambda q: (order.index(q.group), q.name))
    assert {q.group for q in queries} == set(GROUPS)
    assert {q.group for q in lookups().values()} == {LOOKUP_GROUP}


def test_titles_are_told_apart() -> None:
    for language in ("zh", "en"):
        assert len({q.title[language] for q in ALL}) == len(ALL)
        assert len({q.summary[language] for q in ALL}) == len(ALL)


def test_it_speaks_both_languages(query: Query) -> None:
    labels = [
        query.title,
        query.summary,
        *(p.label for p in query.parameters),
        *(c.label for c in query.columns),
    ]
    assert not [label for label in labels if HAN.search(label["en"])]
    assert not [
        label for label in labels if not HAN.search(label["zh"]) and not label["zh"].endswith(" SHA-256")
    ]
    assert query.summary["zh"].endswith("。")
    assert query.summary["en"].endswith(".")
    for language in ("zh", "en"):
        names = [column.label[language] for column in query.columns]
        assert len(set(names)) == len(names), f"two columns are called the same in {language}"


def test_it_runs_as_it_stands_in_any_tool(query: Query) -> None:
    ox.Store().query(query.text)
    prepareQuery(query.text)
    body = STRINGS.sub("", query.text[query.text.index("SELECT") :])
    used = {prefix: PREFIXES[prefix] for prefix in re.findall(r"(?<!\w)([a-z]+):", body)}
    assert dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", query.text, re.MULTILINE)) == used


def test_it_asks_nothing_outside_the_store_and_names_no_graph(query: Query) -> None:
    body = STRINGS.sub("", query.text[query.text.index("SELECT") :])
    assert not re.search(r"\b(SERVICE|FROM|GRAPH|LOAD)\b", body)


def test_its_order_is_fixed(query: Query) -> None:
    tail = query.text[query.text.rindex("\n}\n") :]
    assert tail.startswith("\n}\nORDER BY ")
    assert len(tail.strip().splitlines()) == 2


def test_its_lines_are_readable(query: Query) -> None:
    assert max(len(line) for line in query.text.splitlines()) <= 110
    assert query.text.endswith("\n")
    assert "\t" not in query.text


def test_a_claim_is_shown_with_its_evidence() -> None:
    columns = {q.name: {c.name for c in q.columns} for q in catalogue().values()}
    bare = {name for name, found in columns.items() if not found >= EVIDENCE_COLUMNS}
    assert bare == COUNTS_AND_NAMES
    assert sum(found >= TARGET_COLUMNS for found in columns.values()) == 11


def test_defaults_stand_in_the_text(query: Query) -> None:
    assert query.bind({}) == query.text
    assert query.bind({p.name: None for p in query.parameters}) == query.text
    assert not [p.name for p in query.parameters if p.open == (p.kind in {"integer", "language", "literal"})]


def test_views_find_their_columns() -> None:
    found = {q.name: (q.view, {c.role for c in q.columns if c.role}) for q in catalogue().values()}
    for view, roles in found.values():
        required, optional = VIEWS[view]
        assert set(required) <= roles <= {*required, *optional}
    assert {name: view for name, (view, _) in found.items() if view != "table"} == {
        "alignment-matrix": "matrix",
        "citations": "network",
        "commitments": "matrix",
        "contents": "matrix",
        "document-relations": "network",
        "fields-by-document": "matrix",
        "outline": "tree",
        "indicator-tree": "tree",
        "plan-tree": "tree",
        "progress-by-jurisdiction": "matrix",
        "shared-items": "network",
        "targets-by-year": "matrix",
        "unit-hierarchy": "tree",
    }
    column = catalogue()["shared-items"].column("weight")
    assert column is not None
    assert column.name == "item_count"
    assert catalogue()["targets"].column("weight") is None
