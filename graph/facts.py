"""What the store says, node by node, for what is made from it. No query, no format lives here."""

from __future__ import annotations

from collections import defaultdict

from graph.store import Literal, NamedNode, Store
from ontology import vocab

Facts = dict[str, list[str]]
"""The values of each property (IRI) of one node, as sorted strings."""
Value = NamedNode | Literal
Things = dict[str, dict[str, list[Value]]]
"""Node (IRI), then property (IRI), to the values, each once and sorted."""


def read_things(store: Store) -> Things:
    """What all graphs together say of each node."""
    found: defaultdict[str, defaultdict[str, set[Value]]] = defaultdict(lambda: defaultdict(set))
    for quad in store.quads():
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject.value][quad.predicate.value].add(quad.object)
    return {n: {p: sorted(v, key=str) for p, v in sorted(f.items())} for n, f in sorted(found.items())}


def read_facts(store: Store) -> tuple[dict[str, Facts], dict[str, str]]:
    """The facts of each node (IRI) in all graphs together, and its preferred Chinese name."""
    things = read_things(store)
    labels = {
        node: value.value
        for node, own in things.items()
        for value in own.get(vocab.skos_prefLabel, [])
        if isinstance(value, Literal) and value.language == "zh"
    }
    return {n: {p: sorted({v.value for v in vs}) for p, vs in f.items()} for n, f in things.items()}, labels


def first(facts: Facts, *predicates: str) -> str | None:
    """The first value of the first of these properties that the node has."""
    return next((facts[p][0] for p in predicates if p in facts), None)
