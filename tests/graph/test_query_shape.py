"""The shape of a query's text: what is code and what is not, and that FROM is heeded."""

from __future__ import annotations

import pytest

from graph.query_shape import decoded, names_graphs, shape
from graph.store import QuerySolutions, Store


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { ?service a x:service }", ("select", "a")),
        ("ASK { <http://service/> ?p 'service', \"a \\\" service\", '''it's\nservice''' }", ("ask",)),
        ("ASK {} # service\nservice", ("ask", "service")),
        ("ASK {} # x\rservice", ("ask", "service")),
        ("ASK { 'unclosed \n service }", ("ask", "unclosed", "service")),
        ("\\u0053ervice", ("service",)),
        ("ASK { FILTER(1 < 2 && SERVICE > 1) }", ("ask", "filter", "service")),
    ],
)
def test_words_are_those_outside_strings_names_and_comments(text: str, words: tuple[str, ...]) -> None:
    assert shape(text).words == words


def test_depth_counts_brackets_outside_strings() -> None:
    assert shape("SELECT * { ?s ?p ('((((' [ ?q 1 ]) }").depth == 3
    assert shape(")))(").depth == 1


def test_the_verb_stands_behind_the_prologue() -> None:
    assert shape("# hello\nBASE <a:b> PREFIX a: <a:> drop ALL").verb == "drop"
    assert shape("").verb == ""


def test_an_escape_of_no_character_stays() -> None:
    assert decoded("\\U00110000 \\u4E2D") == "\\U00110000 中"


def test_from_is_heeded(store: Store) -> None:
    """The engine's union of all graphs as default would undo FROM without a word."""

    def count(text: str, **dataset: list[str]) -> int:
        found = store.query(f"SELECT (COUNT(*) AS ?n) {text}", **dataset)
        assert isinstance(found, QuerySolutions)
        return next(int(row["n"].value) for row in found)

    everything = "{ ?s ?p ?o }"
    graphs = sorted({quad.graph_name.value for quad in store.quads()})  # type: ignore[union-attr]
    one, other = graphs[0], graphs[1]
    own = sum(1 for _ in store.quads(one))
    assert count(everything) == store.manifest.quads
    assert count(f"FROM <{one}> {everything}") == own
    assert count(f"FROM <a:b> {everything}") == 0
    assert count(everything, graphs=[one, other]) == own + sum(1 for _ in store.quads(other))
    assert count("{ GRAPH ?g { ?s ?p ?o } }", named=[one]) == own
    assert count(f"FROM <{other}> {everything}", graphs=[one]) == own
    assert not names_graphs("SELECT ('from' AS ?x) {}")
