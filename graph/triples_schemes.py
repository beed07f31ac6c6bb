"""The ontology's terms and concepts as quads, so that a store explains itself. Defines nothing."""

from __future__ import annotations

from graph import iris
from graph.nquads import QuadSet, iri, string
from graph.store import read_turtle
from ontology import ONTOLOGY, SCHEMES, terms, vocab

KEPT = frozenset(
    {
        vocab.rdf_type,
        vocab.rdfs_label,
        vocab.rdfs_subClassOf,
        vocab.rdfs_subPropertyOf,
        vocab.skos_definition,
        vocab.skos_inScheme,
        vocab.skos_notation,
        vocab.skos_prefLabel,
    }
)


def scheme_quads(quads: QuadSet) -> None:
    """Adds labels, definitions and places in the hierarchy of every own term."""
    graph = quads.graph(iris.REGISTRY_SCHEMES)
    for path in (ONTOLOGY, SCHEMES):
        for subject, predicate, value in read_turtle(path):
            if subject.startswith(terms.NAMESPACE) and predicate in KEPT:
                term = iri(value) if isinstance(value, str) else string(value.value, value.language)
                graph.add(subject, predicate, term)
