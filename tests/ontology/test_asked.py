"""No term without a question: each class and property of ours stands in a query, each concept behind one.

A concept counts as asked where a query reads the property whose values it is, and no concept is a value of
none: the shapes say which scheme the values of a property come from.
"""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, SKOS, Graph, URIRef

from ontology import SHAPES, generate, terms
from queries.catalogue import catalogue

SH = "http://www.w3.org/ns/shacl#"
OWN = re.compile(r"(?<![\w:/])gm:([A-Za-z][\w-]*)")
REMARK = re.compile(r"^\s*#.*$", re.MULTILINE)


def asked() -> set[str]:
    """The own terms that the bodies of the competency questions name; look-ups of names are none."""
    return {name for query in catalogue().values() for name in OWN.findall(REMARK.sub("", query.text))}


def schemes_of(shapes: Graph) -> dict[str, set[str]]:
    """Scheme to the own properties whose values the shapes take from it."""
    found: dict[str, set[str]] = {}
    for law in set(shapes.subjects(URIRef(SH + "node"))):
        path = str(shapes.value(law, URIRef(SH + "path")))
        for inner in shapes.objects(law, URIRef(SH + "node") / URIRef(SH + "property")):
            scheme = shapes.value(inner, URIRef(SH + "hasValue"))
            if scheme is not None and path.startswith(terms.NAMESPACE):
                found.setdefault(str(scheme), set()).add(path.removeprefix(terms.NAMESPACE))
    return found


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return generate.load()


def test_every_class_and_property_is_asked_for(ontology: Graph) -> None:
    own = {
        str(term).removeprefix(terms.NAMESPACE)
        for kind in (OWL.Class, *generate.PROPERTY_TYPES)
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(terms.NAMESPACE)
    }
    assert len(own) > 140
    assert sorted(own - asked()) == []


def test_every_concept_is_the_value_of_a_property_that_is_asked_for(ontology: Graph) -> None:
    properties = schemes_of(Graph().parse(SHAPES, format="turtle"))
    schemes = {str(s) for s in ontology.subjects(RDF.type, SKOS.ConceptScheme)}
    assert set(properties) == schemes
    names = asked()
    assert [scheme for scheme, own in properties.items() if not own & names] == []
    concepts = set(ontology.subjects(RDF.type, SKOS.Concept))
    assert {c for c in concepts if str(ontology.value(c, SKOS.inScheme)) in schemes} == concepts
