"""The part of the network that stands near some nodes, read without reading the whole store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from graph.facts import Facts
from graph.network import DIRECT, KINDS, made_of
from graph.nquads import AN_IRI
from graph.store import Literal, NamedNode, Store
from ontology import schemes, terms, vocab

if TYPE_CHECKING:
    import networkx as nx

ENDS: Final = {
    vocab.owl_annotatedSource: vocab.owl_annotatedTarget,
    vocab.owl_annotatedTarget: vocab.owl_annotatedSource,
    terms.forItem: terms.assignee,
    terms.assignee: terms.forItem,
    terms.citingDocument: terms.resolvesTo,
    terms.resolvesTo: terms.citingDocument,
    terms.involves: terms.involves,
}
"""Properties by which a claim with a node of its own holds on to what it joins: one end, and the other."""
WORDS: Final = (terms.role, terms.alignmentStatus, terms.citationRelation, terms.governmentLevel)
"""Properties whose values are concepts, read for their notation."""
ABOUT: Final = (terms.inDocument, vocab.eli_jurisdiction, terms.unitJurisdiction)
OUTERMOST: Final = 400
"""Nodes up to which also the edges among the outermost ones are read."""
HUBS: Final = frozenset({"indicator", "jurisdiction"})
"""Kinds that join everything to everything; nothing is looked for beyond them."""


class _Reader:
    """Facts and Chinese labels of nodes, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.facts: dict[str, Facts] = {}
        self.labels: dict[str, str] = {}

    def read(self, node: str) -> Facts:
        if node not in self.facts:
            found: defaultdict[str, set[str]] = defaultdict(set)
            known = self._store.quads(subject=node) if AN_IRI.fullmatch(node) else ()
            for quad in known:
                if isinstance(quad.object, NamedNode | Literal):
                    found[quad.predicate.value].add(quad.object.value)
                    named = quad.predicate.value == vocab.skos_prefLabel
                    if named and isinstance(quad.object, Literal) and quad.object.language == "zh":
                        self.labels[node] = quad.object.value
            self.facts[node] = {p: sorted(v) for p, v in sorted(found.items())}
        return self.facts[node]

    def kind(self, node: str) -> str | None:
        classes = self.read(node).get(vocab.rdf_type, [])
        return next((KINDS[c] for c in classes if c in KINDS), None)

    def beside(self, node: str) -> set[str]:
        """The nodes that an edge of the network joins to a node."""
        own = self.read(node)
        found = {value for predicate in DIRECT for value in own.get(predicate, [])}
        if terms.Target in own.get(vocab.rdf_type, []) and terms.ofItem not in own:
            found.update(own.get(terms.inDocument, []))
        for quad in self._store.quads(value=node):
            if not isinstance(quad.subject, NamedNode):
                continue
            predicate, other = quad.predicate.value, quad.subject.value
            if predicate in DIRECT or predicate == terms.inDocument:
                found.add(other)
            elif predicate in ENDS:
                found.update(v for p in ENDS for v in self.read(other).get(p, []))
        return {other for other in found if other != node and self.kind(other)}

    def join(self, node: str, reached: set[str]) -> None:
        """Read the claims that join a node to another one of those reached; a hub has thousands of others."""
        for one, other in ENDS.items():
            for quad in self._store.quads(predicate=one, value=node):
                if not isinstance(quad.subject, NamedNode) or quad.subject.value in self.facts:
                    continue
                ends = self._store.quads(subject=quad.subject.value, predicate=other)
                if any(isinstance(e.object, NamedNode) and e.object.value in reached - {node} for e in ends):
                    self.read(quad.subject.value)


def near(store: Store, centres: Iterable[str], steps: int, most: int) -> nx.MultiDiGraph[str]:
    """The network of the nodes within `steps` of the centres (IRIs), read up to about `most` nodes.

    Nodes and edges have what `network.network` gives them. Centres that the store lacks are left out.
    """
    reader = _Reader(store)
    reached = {node for node in centres if reader.kind(node)}
    edge = sorted(reached)
    for _ in range(steps):
        further: list[str] = []
        for node in edge:
            if reader.kind(node) in HUBS or len(reached) >= most:
                continue
            for other in sorted(reader.beside(node) - reached)[: most - len(reached)]:
                reached.add(other)
                further.append(other)
        edge = further
    if len(reached) <= OUTERMOST:
        for node in edge:
            if reader.kind(node) not in HUBS:
                reader.join(node, reached)
    reader.read(schemes.relation_self)
    for own in list(reader.facts.values()):
        for predicate in (*WORDS, *ABOUT):
            for value in own.get(predicate, []):
                for word in (level for p in WORDS for level in reader.read(value).get(p, [])):
                    reader.read(word)
                for place in reader.read(value).get(vocab.eli_jurisdiction, []):
                    reader.read(place)
    return made_of(reader.facts, reader.labels, reached)
