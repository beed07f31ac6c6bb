"""Lines written by hand are what the engine itself writes, character for character."""

from __future__ import annotations

import math
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.nquads import QuadSet, boolean, date, decimal, integer, iri, string, to_bytes
from loaders.errors import StoreError

SUBJECT, PREDICATE = "https://example.org/s", "https://example.org/p"
READABLE = st.text(st.characters(exclude_categories=["Cs"]))


def round_trip(quads: QuadSet) -> list[str]:
    engine = ox.Store()
    engine.bulk_load(b"".join(to_bytes(quads.lines())), format=ox.RdfFormat.N_QUADS)
    return sorted(f"{quad} ." for quad in engine)


@given(READABLE, st.sampled_from([None, "zh", "en"]))
def test_texts_survive(text: str, language: str | None) -> None:
    quads = QuadSet()
    quads.graph("https://example.org/g").add(SUBJECT, PREDICATE, string(text, language))
    assert round_trip(quads) == quads.lines()
    (quad,) = ox.parse("\n".join(quads.lines()), format=ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == text


@given(st.floats(min_value=-1e15, max_value=1e15).map(lambda x: round(x, 6)))
def test_numbers_are_written_as_the_engine_keeps_them(number: float) -> None:
    quads = QuadSet()
    quads.graph("https://example.org/g").add(SUBJECT, PREDICATE, decimal(number))
    assert round_trip(quads) == quads.lines()
    assert math.isclose(float(Decimal(decimal(number).split('"')[1])), number, abs_tol=1e-9)


def test_typed_values() -> None:
    quads = QuadSet()
    graph = quads.graph("https://example.org/g")
    graph.add(SUBJECT, PREDICATE, integer(5), boolean(True), date("2024-02-29"), decimal(1.20), None)
    assert len(quads) == 4
    assert round_trip(quads) == quads.lines()


def test_the_same_quad_twice_is_one_line() -> None:
    quads = QuadSet()
    for _ in range(2):
        quads.graph("https://example.org/g").node(
            SUBJECT, "https://example.org/C", [(PREDICATE, string("x"))]
        )
    assert len(quads) == 2


@pytest.mark.parametrize("bad", ["a b", "a>b", 'a"b', "a\nb", "a\\b"])
def test_an_iri_that_would_break_out_is_refused(bad: str) -> None:
    with pytest.raises(StoreError, match="must be encoded"):
        iri(bad)
