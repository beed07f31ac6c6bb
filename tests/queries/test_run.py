"""Rows and frames: plain values, declared columns, free queries."""

from __future__ import annotations

import pandas as pd
import pytest

from graph.store import Store
from loaders.errors import StoreError, UsageError
from queries import run
from queries.catalogue import catalogue
from queries.terms import from_term

VALUES = """
SELECT ?iri ?text ?tagged ?integer ?decimal ?double ?flag ?date ?nothing WHERE {
  VALUES (?iri ?text ?tagged ?integer ?decimal ?double ?flag ?date ?nothing) {
    (<urn:a> "字" "字"@zh 3 2.50 1.5e0 true "2024-10-12"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF)
    (<urn:b> "" "x"@en -4 20 0.0 false "2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF)
  }
} ORDER BY ?iri
"""


def test_values_are_plain_python(store: Store) -> None:
    found = run.free(store, VALUES)
    assert found.columns[:4] == ("iri", "text", "tagged", "integer")
    assert found.rows[0] == ("urn:a", "字", "字", 3, 2.5, 1.5, True, "2024-10-12", None)
    assert found.rows[1] == ("urn:b", "", "x", -4, 20, 0.0, False, "2025-01-01", None)
    assert [type(value) for value in found.rows[0]] == [
        str,
        str,
        str,
        int,
        float,
        float,
        bool,
        str,
        type(None),
    ]


def test_a_frame_has_numbers_where_there_are_no_gaps(store: Store) -> None:
    frame = run.select(store, VALUES)
    kinds = {str(name): str(kind) for name, kind in frame.dtypes.items()}
    assert (kinds["integer"], kinds["decimal"], kinds["flag"]) == ("int64", "float64", "bool")
    assert (kinds["text"], kinds["nothing"]) == ("object", "object")
    assert frame["nothing"].tolist() == [None, None]
    mixed = run.select(store, "SELECT ?a { VALUES ?a { 1 UNDEF } }")["a"].tolist()
    assert sorted(mixed, key=str) == [1, None]
    assert {type(value) for value in mixed} == {int, type(None)}


def test_a_named_query_gives_the_declared_columns_also_without_rows(store: Store) -> None:
    frame = run.ask(store, "targets-due", year=1900)
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == 0
    assert frame.columns.tolist() == [column.name for column in catalogue()["targets-due"].columns]
    assert run.rows(store, "targets-due", {"year": 1900}) == []


def test_rows_and_frames_say_the_same(store: Store) -> None:
    rows = run.rows(store, "targets")
    frame = run.ask(store, "targets")
    assert len(rows) > 100
    assert list(rows[0]) == frame.columns.tolist()
    assert frame["quote"].tolist() == [row["quote"] for row in rows]
    assert frame["value"].dtype == "float64"


def test_what_leaves_a_parameter_open_runs_the_default(store: Store) -> None:
    assert run.rows(store, "targets", {"document": None}) == run.rows(store, "targets")


def test_other_forms_of_query(store: Store) -> None:
    assert run.free(store, "ASK { ?a a gm:Action }").dicts() == [{"answer": True}]
    triples = run.free(store, "CONSTRUCT { <urn:a> <urn:b> 'c' } WHERE { }")
    assert triples.columns == ("subject", "predicate", "object")
    assert triples.rows == (("urn:a", "urn:b", "c"),)


def test_no_valid_sparql_is_a_usage_error(store: Store) -> None:
    with pytest.raises(UsageError):
        run.select(store, "SELECT ?a WHERE {")


def test_an_unknown_query_names_its_neighbours(store: Store) -> None:
    with pytest.raises(UsageError, match="perhaps unit-targets"):
        run.ask(store, "unit-target")
    with pytest.raises(UsageError, match="list the catalogue"):
        run.ask(store, "zzzz")


class Broken:
    """An engine that answers with one other column."""

    def query(self, _sparql: str, /) -> object:
        """No column that was asked for."""
        return type("Solutions", (), {"variables": [], "__iter__": lambda _: iter(())})()


class Term:
    """A literal that is not what it says."""

    value = "many"
    datatype = type("Type", (), {"value": "http://www.w3.org/2001/XMLSchema#integer"})


def test_an_engine_that_answers_otherwise_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="other columns"):
        run.ask(Broken(), "units")
    with pytest.raises(StoreError, match="“many” is no"):
        from_term(Term())
