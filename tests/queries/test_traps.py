"""What the engines do that the queries and their binding work around; when one fails, it may be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal

from queries.run import Queryable, free
from queries.terms import to_term

TEXT = '"\n\\"'


def test_rdflib_writes_a_text_that_leaves_its_quotes() -> None:
    """So binding does not use its `n3()`."""
    query = f"SELECT ?a {{ VALUES ?a {{ {Literal(TEXT).n3()} }} }}"
    with pytest.raises(SyntaxError):
        ox.Store().query(query)


def test_rdflib_takes_a_code_point_escape_behind_an_escaped_backslash() -> None:
    """So binding writes the `u` behind a backslash as an escape of its own."""
    text = "\\u0022"
    for term, found in (('"\\\\u0022"', '"'), (to_term("here", text), text)):
        rows = list(Graph().query(f"SELECT ?a {{ VALUES ?a {{ {term} }} }}"))
        assert [str(row[0]) for row in rows if isinstance(row, tuple)] == [found]


def test_the_union_of_graphs_repeats_what_two_graphs_say(
    engine: Callable[[Sequence[str]], Queryable],
) -> None:
    """So queries say DISTINCT, and count distinct things."""
    store = engine(["<urn:a> <urn:p> <urn:b> <urn:g1> .", "<urn:a> <urn:p> <urn:b> <urn:g2> ."])
    assert len(free(store, "SELECT ?a { ?a <urn:p> ?b }").rows) == 2
    assert len(free(store, "SELECT DISTINCT ?a { ?a <urn:p> ?b }").rows) == 1
