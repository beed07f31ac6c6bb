"""The trust of the sources behind everything that a run made, as quads of the inferences. Judges no source.

A claim rests on the document it stands in and on what it was derived from, a derived node on its claims; the
trust of every document reached that way is the node's, so that one triple pattern leaves unsound sources out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph import iris
from graph.nquads import QuadSet, iri
from ontology import terms, vocab

RESTS_ON = (terms.inDocument, vocab.prov_wasDerivedFrom)
"""The properties that lead from a node to what it rests on."""


def source_trust_quads(quads: QuadSet) -> None:
    """Adds `gm:sourceTrust` for every node with a run, from all that `quads` holds by now."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    for predicate in RESTS_ON:
        for subject, value in quads.links(predicate):
            below[subject].add(value)
    trust: defaultdict[str, set[str]] = defaultdict(set)
    for subject, value in quads.links(terms.trust):
        trust[subject].add(value)
    graph = quads.graph(iris.INFERENCE)
    for node in sorted({subject for subject, _ in quads.links(vocab.prov_wasGeneratedBy)}):
        degrees = {degree for source in _reached(node, below) for degree in trust.get(source, ())}
        graph.add(node, terms.sourceTrust, *(iri(degree) for degree in degrees))


def _reached(node: str, below: Mapping[str, set[str]]) -> set[str]:
    """The node and all that it rests on, directly or not."""
    seen, waiting = {node}, [node]
    while waiting:
        new = below.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen
