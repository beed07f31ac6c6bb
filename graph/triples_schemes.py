"""The ontology's terms and concepts as quads, so that a store explains itself. Defines nothing."""

from __future__ import annotations

from pathlib import Path

import ontology
from graph import iris
from graph.nquads import QuadSet, iri, string
from graph.store import read_turtle
from ontology import terms, vocab

HERE = Path(ontology.__file__).parent
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
    for name in ("gangmu.ttl", "schemes.ttl"):
        for subject, predicate, value in read_turtle(HERE / name):
            if subject.startswith(terms.NAMESPACE) and predicate in KEPT:
                term = iri(value) if isinstance(value, str) else string(value.value, value.language)
                graph.add(subject, predicate, term)
