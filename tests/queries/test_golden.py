"""What each query returns on the corpus: as the golden file has it, in both engines, in the same order."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology import SCHEMES
from ontology.vocab import skos_prefLabel
from queries import run
from queries.catalogue import Query, catalogue, lookups
from queries.run import Answer
from tests.queries.conftest import ON_CASES, Home

GOLDEN = Path(__file__).parents[1] / "golden" / "queries"
ALL = [*catalogue().values(), *lookups().values()]
CODE = re.compile("[a-z]+(?:[_.-][a-z]+)*")
NAMES_OF_THEIR_OWN = frozenset({"comparator", "rule"})
"""Columns of signs (`>=`, and `range` for what has no sign) and of rules by their names in the word lists."""
MOST_ROWS = 2000
"""More rows than five documents can account for: a product of patterns that should have been joined."""


@pytest.fixture(params=ALL, ids=lambda query: query.file)
def query(request: pytest.FixtureRequest) -> Query:
    found: Query = request.param
    return found


@pytest.mark.parametrize("name", catalogue())
def test_the_rows_are_those_of_the_golden_file(
    name: str, home: Callable[[str], Home], compare: Callable[[str, Answer], None]
) -> None:
    compare(name, run.answer(home(name).store, name))


def test_there_is_a_golden_file_for_every_query_and_no_other() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*")) == sorted(catalogue())
    assert len(list(GOLDEN.glob("*.csv"))) == 72


def test_every_query_finds_something_and_not_too_much(query: Query, home: Callable[[str], Home]) -> None:
    rows = run.free(home(query.name).store, query.text).rows
    assert 0 < len(rows) < MOST_ROWS
    assert len(set(rows)) == len(rows)


def test_both_engines_answer_alike(query: Query, home: Callable[[str], Home]) -> None:
    place = home(query.name)
    assert run.free(place.reference, query.text) == run.free(place.store, query.text)


def test_the_order_of_loading_does_not_matter(query: Query, home: Callable[[str], Home]) -> None:
    place = home(query.name)
    assert run.free(place.shuffled, query.text) == run.free(place.store, query.text)


def test_no_chinese_answer_holds_a_bare_code(home: Callable[[str], Home]) -> None:
    """What schemes have labels for is said by its label, but in columns that are called codes."""
    labels = read_labels()
    seen = 0
    for query in catalogue().values():
        told = any(parameter.name == "lang" for parameter in query.parameters)
        found = run.answer(home(query.name).store, query.name, {"lang": "zh"} if told else {})
        for column, cells in zip(query.columns, zip(*found.rows, strict=True), strict=True):
            if not column.label["zh"].endswith("代码") and column.name not in NAMES_OF_THEIR_OWN:
                words = {cell for cell in cells if isinstance(cell, str)}
                assert not [word for word in words if CODE.fullmatch(word)], (query.name, column.name)
                seen += bool(words & labels)
    assert seen > 60


def read_labels() -> set[str]:
    """The Chinese labels of all concepts."""
    found = ox.parse(SCHEMES.read_bytes(), format=ox.RdfFormat.TURTLE)
    named = [q.object for q in found if q.predicate.value == skos_prefLabel]
    return {o.value for o in named if isinstance(o, ox.Literal) and o.language == "zh"}


def test_what_rows_quote_stands_in_the_text(home: Callable[[str], Home]) -> None:
    stores = [home(name).store for name in ("targets", *sorted(ON_CASES))]
    texts = {d.id: store.text(d.id) for store in stores for d in store.manifest.documents}
    seen = 0
    for name in catalogue():
        for row in run.rows(home(name).store, name):
            quote, start, end = row.get("quote"), row.get("start"), row.get("end")
            if isinstance(quote, str) and isinstance(start, int) and isinstance(end, int):
                assert texts[str(row["document"]).rsplit("/", 1)[1]][start:end] == quote
                seen += 1
    assert seen > 2000
