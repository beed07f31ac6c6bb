"""The store as a network: documents, items, targets, units, indicators, places and what ties them.

Views read it and GraphML writes it; positions, colours and pages are viz's.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any, Final

from graph.facts import Facts, first, read_facts
from graph.store import Store
from ontology import schemes, terms, vocab

if TYPE_CHECKING:
    import networkx as nx

KINDS: Final = {
    terms.PolicyDocument: "document",
    terms.Action: "action",
    terms.Task: "task",
    terms.Measure: "measure",
    terms.Safeguard: "safeguard",
    terms.Target: "target",
    terms.ResponsibleUnit: "unit",
    terms.CollectiveUnit: "collective",
    terms.Indicator: "indicator",
    terms.Jurisdiction: "jurisdiction",
}
"""Class of a node to the kind it has in the network."""
LABELS: Final = (vocab.dcterms_title, terms.indicatorAsWritten)
DIRECT: Final = {
    vocab.eli_is_part_of: "part_of",
    terms.ofItem: "target_of",
    terms.indicator: "measures",
    vocab.eli_responsibility_of_agent: "issued_by",
    vocab.eli_jurisdiction: "in",
    terms.unitJurisdiction: "in",
    vocab.schema_containedInPlace: "in",
    vocab.skos_broader: "broader",
}
"""Property that is an edge by itself to the type of the edge."""


def network(store: Store) -> nx.MultiDiGraph[str]:
    """The network of a store, nodes and edges in a stable order.

    Nodes are IRIs with `label`, `kind` and, where known, `document` (IRI), `level` and `jurisdiction` (its
    name). Edges have `type` and, where they are judgements, `confidence`, `rank` and `status`.
    Places and indicators that nothing refers to are left out.
    """
    facts, labels = read_facts(store)
    return made_of(facts, labels)


def made_of(
    facts: dict[str, Facts], labels: dict[str, str], only: Container[str] | None = None
) -> nx.MultiDiGraph[str]:
    """The network of the nodes that facts tell of, or of those of them that are in `only`; see `network`."""
    import networkx as nx

    kinds = {n: KINDS[k] for n, f in facts.items() for k in f.get(vocab.rdf_type, []) if k in KINDS}
    edges = sorted(
        (source, target, kind, sorted(more.items()))
        for source, target, kind, more in (*_direct(facts), *_claims(facts))
        if source in kinds and target in kinds
    )
    if only is not None:
        kinds = {node: kind for node, kind in kinds.items() if node in only}
        edges = [edge for edge in edges if edge[0] in kinds and edge[1] in kinds]
    used = _used(kinds, edges)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(used):
        graph.add_node(node, **_node(node, kinds[node], facts, labels))
    for source, target, kind, more in edges:
        if source in used and target in used:
            graph.add_edge(source, target, type=kind, **dict(more))
    return graph


def _used(kinds: dict[str, str], edges: list[tuple[str, str, str, Any]]) -> set[str]:
    """The nodes but for places and indicators that only other places or indicators refer to."""
    registered = {"jurisdiction", "indicator"}
    used = {n for n, kind in kinds.items() if kind not in registered}
    reached = {t for s, t, _, _ in edges if s in used}
    while reached - used:
        used |= reached
        reached = {t for s, t, _, _ in edges if s in used}
    return used


def _node(node: str, kind: str, facts: dict[str, Facts], labels: dict[str, str]) -> dict[str, str]:
    own = facts[node]
    document = node if kind == "document" else first(own, terms.inDocument)
    about = facts[document] if document is not None else own
    place = first(about, vocab.eli_jurisdiction) or first(own, terms.unitJurisdiction)
    level = first(about, terms.governmentLevel)
    attributes = {
        "label": labels.get(node) or first(own, *LABELS) or node,
        "kind": kind,
        "document": document,
        "level": first(facts[level], vocab.skos_notation) if level is not None else None,
        "jurisdiction": labels.get(place) if place is not None else None,
        "figure": first(own, terms.printedFigure),
    }
    return {name: value for name, value in attributes.items() if value is not None}


def _direct(facts: dict[str, Facts]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for node, own in facts.items():
        for predicate, kind in DIRECT.items():
            for value in own.get(predicate, []):
                yield node, value, kind, {}


def _claims(facts: dict[str, Facts]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The edges that claims with a node of their own stand for."""
    for node, own in facts.items():
        kinds = own.get(vocab.rdf_type, [])
        if terms.Alignment in kinds:
            link = own[vocab.owl_annotatedProperty][0]
            judged = {
                "confidence": float(own[terms.confidence][0]),
                "rank": int(own[terms.rank][0]),
                "status": _notation(facts, own[terms.alignmentStatus][0]),
            }
            kind = "implements" if link == terms.implements else "relates_to"
            yield own[vocab.owl_annotatedSource][0], own[vocab.owl_annotatedTarget][0], kind, judged
        elif terms.ResponsibilityAssignment in kinds and terms.forItem in own:
            yield own[terms.forItem][0], own[terms.assignee][0], _notation(facts, own[terms.role][0]), {}
        elif terms.Citation in kinds and terms.resolvesTo in own:
            kind = _notation(facts, own[terms.citationRelation][0])
            if kind != _notation(facts, schemes.relation_self):
                yield own[terms.citingDocument][0], own[terms.resolvesTo][0], kind, {}
        elif terms.Target in kinds and terms.ofItem not in own:
            yield node, own[terms.inDocument][0], "target_of", {}
        elif terms.Conflict in kinds:
            one, two = own[terms.involves]
            yield one, two, "conflict", {"confidence": float(own[terms.confidence][0])}


def _notation(facts: dict[str, Facts], concept: str) -> str:
    return facts[concept][vocab.skos_notation][0]
