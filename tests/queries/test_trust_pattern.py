"""One pattern leaves out everything that rests on damaged or republished texts, whatever the claim."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from graph import iris
from graph.store import NamedNode, Store
from ontology import schemes, terms, vocab
from queries import run
from queries.catalogue import FOLDER
from queries.run import Queryable

UNSOUND = {schemes.trust_damaged, schemes.trust_republished}
TEXT = (FOLDER / "targets-trusted.rq").read_text(encoding="utf-8")
PATTERN = re.search(r"^  FILTER NOT EXISTS \{.*?^  \}", TEXT, re.DOTALL | re.MULTILINE)
QUERY = """
PREFIX gm: <https://w3id.org/gangmu/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?target WHERE {
  ?target prov:wasGeneratedBy ?run .
%s
}
ORDER BY STR(?target)
"""


def pattern(begin: str = "") -> str:
    """The query over everything that has a run, with the catalogue's pattern, its path begun otherwise."""
    assert PATTERN is not None
    return QUERY % PATTERN[0].replace("gm:sourceTrust", f"{begin}gm:sourceTrust")


def links(store: Store, *predicates: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for predicate in predicates:
        for quad in store.quads(predicate=predicate):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return found


def sound(store: Store, *more: str) -> list[str]:
    """Everything with a run from which no path leads to an unsound document, found without SPARQL."""
    below = links(store, terms.inDocument, vocab.prov_wasDerivedFrom, *more)
    trust = links(store, terms.trust)

    def reached(node: str, seen: set[str]) -> set[str]:
        if node not in seen:
            seen.add(node)
            for other in below.get(node, ()):
                reached(other, seen)
        return seen

    nodes = links(store, vocab.prov_wasGeneratedBy)
    return sorted(n for n in nodes if not any(trust.get(d, set()) & UNSOUND for d in reached(n, set())))


@pytest.mark.parametrize("more", [(), (vocab.owl_annotatedTarget,)])
def test_the_pattern_leaves_out_what_it_should(
    store: Store, reference: Queryable, more: tuple[str, ...]
) -> None:
    text = pattern("owl:annotatedTarget?/" if more else "")
    expected = sound(store, *more)
    for engine in (store, reference):
        found = [row[0] for row in run.free(engine, text).rows]
        assert [n for n in found if not more or "/alignment/" in str(n)] == [
            n for n in expected if not more or "/alignment/" in n
        ]
    kinds = Counter(node.removeprefix(iris.BASE).split("/")[0] for node in expected)
    assert {"document", "target", "item", "responsibility", "status", "load", "observation"} <= set(kinds)
    everything = len(links(store, vocab.prov_wasGeneratedBy))
    assert 0 < len(expected) < everything / 2


def test_everything_that_a_run_made_of_documents_says_how_far_they_are_trusted(store: Store) -> None:
    trusted, made = set(links(store, terms.sourceTrust)), set(links(store, vocab.prov_wasGeneratedBy))
    bare = made - trusted
    kinds = {node.removeprefix(iris.BASE).split("/")[0] for node in bare}
    assert kinds == {"coverage", "observation"}  # cells that nothing covers, values that no document holds
    assert len(trusted) > len(made) / 2


def test_nothing_of_an_unsound_document_is_left(store: Store) -> None:
    left = {str(row["document"]) for row in run.rows(store, "targets-trusted")}
    degrees = {document: store.values(document, terms.trust)[0] for document in left}
    assert set(degrees.values()) == {schemes.trust_official, schemes.trust_unknown, schemes.trust_curated}
    all_targets = {row["target"]: str(row["document"]) for row in run.rows(store, "targets")}
    gone = set(all_targets) - {row["target"] for row in run.rows(store, "targets-trusted")}
    assert {store.values(all_targets[t], terms.trust)[0] for t in gone} == {schemes.trust_damaged}


def test_alignments_to_a_republished_plan_go_only_where_that_is_asked(store: Store) -> None:
    lower, both = sound(store), sound(store, vocab.owl_annotatedTarget)
    alignments = [{n for n in found if "/alignment/" in n} for found in (lower, both)]
    assert alignments[1] < alignments[0]


def test_the_pattern_is_explained_where_it_stands() -> None:
    assert "# The one pattern" in TEXT
