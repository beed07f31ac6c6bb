"""The hierarchy of units and the changes of offices become quads. What is above what is hierarchy.py's.

What the registry alone says goes to the graph of units, what follows from units that documents name to the
graph of names, and what reasoning adds (the inverse, and all units above) to the graph of inferences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph import iris
from graph.hierarchy import Change, changes, superior, superiors
from graph.nquads import GraphWriter, QuadSet, iri, string
from graph.registries import Unit, fixed_units, named_units, unit_iri, unit_node
from graph.triple_values import concept, text_or_none
from loaders.records import Reading
from ontology import schemes, terms, vocab


def unit_quads(quads: QuadSet, readings: Sequence[Reading]) -> None:
    """Adds the units above those of registry and documents, and the changes of offices among them."""
    fixed = fixed_units()
    named = named_units(record for reading in readings for record in reading.records)
    registered = list(changes(()))
    known = set(fixed)
    known |= _graph(quads, iris.REGISTRY_UNITS, fixed, registered, known)
    every = {unit.name for unit in (*fixed.values(), *named.values())}
    further = [c for c in changes(every) if c not in registered]
    _graph(quads, iris.NAMES, {n: u for n, u in named.items() if n not in fixed}, further, known | set(named))


def _graph(
    quads: QuadSet, name: str, units: dict[str, Unit], events: Iterable[Change], known: set[str]
) -> set[str]:
    """Adds what follows from these units and changes; returns the units (IRIs) described in the graph."""
    graph, inferred = quads.graph(name), quads.graph(iris.INFERENCE)
    names = {node: unit.name for node, unit in units.items()}
    registered: set[str] = set()
    for event in events:
        _change(graph, event)
        names |= {unit_iri(n): n for n in (*event.old, event.new)}
        registered |= {*event.old, *([event.new] if event.rule.place is not None else [])}
    for unit_name in list(names.values()):
        names |= {unit_iri(n): n for n in superiors(unit_name)}
    for node, unit_name in names.items():
        if node not in known:
            unit_node(graph, node, Unit(unit_name, basis="registry" if unit_name in registered else "rule"))
        over = superior(unit_name)
        if over is not None:
            graph.add(node, vocab.org_subOrganizationOf, iri(unit_iri(over)))
            inferred.add(unit_iri(over), vocab.org_hasSubOrganization, iri(node))
            inferred.add(
                node, vocab.org_transitiveSubOrganizationOf, *(iri(unit_iri(n)) for n in superiors(unit_name))
            )
    return set(names)


def _change(graph: GraphWriter, change: Change) -> None:
    rule = change.rule
    node = iris.unit_change(rule.id, change.place.code, "|".join(change.old))
    graph.node(
        node,
        vocab.org_ChangeEvent,
        [
            (vocab.org_resultingOrganization, iri(unit_iri(change.new))),
            (terms.changeKind, concept(schemes.scheme_change, rule.kind)),
            (vocab.dcterms_date, string(rule.when)),
            (vocab.dcterms_source, string(rule.source)),
            (vocab.rdfs_comment, text_or_none(rule.note)),
        ],
    )
    graph.add(node, vocab.org_originalOrganization, *(iri(unit_iri(name)) for name in change.old))
