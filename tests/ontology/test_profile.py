"""The ontology keeps to OWL 2 DL, and its Turtle to one layout, so that a diff shows only what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import NamespaceManager
from rdflib.term import Node

from ontology import ONTOLOGY, SCHEMES, generate, terms

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
PROPERTIES = KINDS[1:4]
BUILT_IN = (str(OWL), str(RDF), str(RDFS), str(XSD))
MAP = {XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, RDF.langString}
"""Datatypes of the OWL 2 map that the ontology uses; xsd:date is not in the map."""


def kinds(graph: Graph) -> dict[Node, set[Node]]:
    found: dict[Node, set[Node]] = {}
    for kind in KINDS:
        for term in graph.subjects(RDF.type, kind):
            found.setdefault(term, set()).add(kind)
    return found


def breaches(graph: Graph) -> Iterator[tuple[str, str]]:
    """Rules of OWL 2 DL (OWL 2 Structural Specification, sections 3, 5.8, 5.9 and 11) that a graph breaks."""
    declared = kinds(graph)
    of = {kind: {t for t, k in declared.items() if kind in k} for kind in KINDS}
    if len(set(graph.subjects(RDF.type, OWL.Ontology))) != 1:
        yield "one ontology header", ""
    for term, found in declared.items():
        if len(found & set(PROPERTIES)) > 1:
            yield "no property of two kinds", str(term)
    for s, p, o in graph:
        if not str(p).startswith(BUILT_IN) and not declared.get(p, set()) & set(PROPERTIES):
            yield "every property is declared", str(p)
        if p in of[OWL.ObjectProperty] and isinstance(o, Literal):
            yield "an object property leads to things", str(s)
        if p in of[OWL.DatatypeProperty] and not isinstance(o, Literal):
            yield "a data property leads to literals", str(s)
        if isinstance(s, URIRef) and str(s).startswith(BUILT_IN):
            yield "the reserved vocabulary is not defined anew", str(s)
        if isinstance(o, Literal) and o.datatype is not None and o.datatype not in MAP:
            yield "datatypes are those of the map", str(o.datatype)
        if isinstance(o, Literal) and o.datatype is not None and o.value is None and o.datatype != XSD.string:
            yield "literals have their datatype's form", str(o)
    for p in (RDFS.domain, RDFS.range):
        for s, o in graph.subject_objects(p):
            if s in of[OWL.AnnotationProperty]:
                yield "annotations have no domain or range", str(s)
            if p == RDFS.range and s in of[OWL.DatatypeProperty]:
                if o not in MAP:
                    yield "a data property's range is a datatype", str(s)
            elif isinstance(o, URIRef) and o not in of[OWL.Class]:
                yield "domain and range are classes", str(o)
    for s, o in graph.subject_objects(RDFS.subClassOf):
        yield from (
            ("sub- and superclass are classes", str(c))
            for c in (s, o)
            if isinstance(c, URIRef) and c not in of[OWL.Class]
        )
    for s, o in graph.subject_objects(RDFS.subPropertyOf):
        if not declared.get(s, set()) & declared.get(o, set()) & set(PROPERTIES):
            yield "a subproperty is of its superproperty's kind", str(s)
    composite: set[Node | None] = set(graph.subjects(RDF.type, OWL.TransitiveProperty))
    for property_ in list(composite):
        composite |= {*graph.transitive_objects(property_, RDFS.subPropertyOf)}
    for node in graph.subjects(RDF.type, OWL.Restriction):
        on = graph.value(node, OWL.onProperty)
        counts = [p for p in graph.predicates(node) if "ardinality" in str(p)]
        if counts and on in composite:
            yield "no count of a composite property", str(on)
        if on not in of[OWL.ObjectProperty] | of[OWL.DatatypeProperty]:
            yield "a restriction is on a declared property", str(on)
    for p in (OWL.unionOf, OWL.members):
        for _, head in graph.subject_objects(p):
            members = list(Collection(graph, head))
            if len(members) < 2 or any(m not in of[OWL.Class] for m in members):
                yield "a list holds two declared classes or more", str(members)
    used_as_parent = [o for _, p, o in graph if isinstance(o, BNode) and p != RDF.rest]
    if len(used_as_parent) != len(set(used_as_parent)):
        yield "anonymous things hang in trees", ""


def test_it_keeps_to_owl_2_dl() -> None:
    assert sorted(set(breaches(generate.load()))) == []


FAULTS = {
    "one ontology header": "<urn:o> a owl:Ontology .",
    "no property of two kinds": "gm:rank a owl:ObjectProperty .",
    "every property is declared": "gm:Action gm:unheard 'x' .",
    "an object property leads to things": "gm:Action eli:cites 'x' .",
    "a data property leads to literals": "gm:Action gm:rank gm:Task .",
    "the reserved vocabulary is not defined anew": "owl:Thing rdfs:label 'x' .",
    "datatypes are those of the map": "gm:Action gm:rank 'x'^^<urn:d> .",
    "literals have their datatype's form": "gm:Action gm:rank 'x'^^xsd:integer .",
    "annotations have no domain or range": "skos:notation rdfs:domain gm:Action .",
    "a data property's range is a datatype": "gm:rank rdfs:range gm:Action .",
    "domain and range are classes": "gm:forItem rdfs:range gm:Nothing .",
    "sub- and superclass are classes": "gm:Action rdfs:subClassOf gm:Nothing .",
    "a subproperty is of its superproperty's kind": "gm:rank rdfs:subPropertyOf gm:within .",
    "no count of a composite property": "gm:Action rdfs:subClassOf [ a owl:Restriction ; "
    "owl:onProperty gm:within ; owl:cardinality '1'^^xsd:nonNegativeInteger ] .",
    "a restriction is on a declared property": "gm:Action rdfs:subClassOf [ a owl:Restriction ; "
    "owl:onProperty gm:unheard ; owl:someValuesFrom gm:Task ] .",
    "a list holds two declared classes or more": "[] a owl:AllDisjointClasses ; owl:members ( gm:Action ) .",
    "anonymous things hang in trees": "gm:Action rdfs:subClassOf _:a . gm:Task rdfs:subClassOf _:a . "
    "_:a a owl:Class ; owl:unionOf ( gm:Action gm:Task ) .",
}


@pytest.mark.parametrize("law", FAULTS)
def test_each_law_of_the_profile_is_enforced(law: str) -> None:
    graph = generate.load()
    prefixes = "".join(f"@prefix {n}: <{i}> .\n" for n, i in graph.namespaces())
    graph.parse(data=prefixes + FAULTS[law], format="turtle")
    assert law in {name for name, _ in breaches(graph)}


def test_the_laws_of_the_profile_are_counted() -> None:
    assert len(FAULTS) == 17


ORDER = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, SKOS.inScheme, SKOS.notation)
TEXTS = (RDFS.label, SKOS.prefLabel, SKOS.definition)


def block(graph: Graph, term: URIRef) -> str:
    """A term as the Turtle files lay it out: types, places in the hierarchy, names, definition."""
    names = NamespaceManager(graph, bind_namespaces="none")

    def listed(values: list[URIRef]) -> str:
        own_first = sorted(values, key=lambda v: (not v.startswith(terms.NAMESPACE), names.qname(v)))
        return " , ".join(names.qname(v) for v in own_first)

    types = [t for t in graph.objects(term, RDF.type) if isinstance(t, URIRef)]
    lines = [f"{names.qname(term)} a {' , '.join(names.qname(t) for t in sorted(types))}"]
    for predicate in ORDER:
        found = list(graph.objects(term, predicate))
        things = [o for o in found if isinstance(o, URIRef)]
        plain = [f'"{o}"' for o in found if isinstance(o, Literal)]
        if things or plain:
            lines.append(f"    {names.qname(predicate)} {listed(things) or plain[0]}")
    for predicate in TEXTS:
        said = {o.language: str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal)}
        if said:
            between = " ,\n        " if predicate == SKOS.definition else " , "
            lines.append(f'    {names.qname(predicate)} "{said["zh"]}"@zh{between}"{said["en"]}"@en')
    return " ;\n".join(lines) + " .\n"


@pytest.mark.parametrize(("path", "count"), [(ONTOLOGY, 152), (SCHEMES, 85)])
def test_each_term_is_laid_out_in_one_way(path: object, count: int) -> None:
    text = (ONTOLOGY if path == ONTOLOGY else SCHEMES).read_text(encoding="utf-8")
    graph = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    own = [s for s in set(graph.subjects()) if isinstance(s, URIRef) and s.startswith(terms.NAMESPACE)]
    assert len(own) >= count
    inline = {
        str(m)
        for m in re.findall(r"^(gm:\S+) a [^\n]*;\n(?:    [^\n]*\n)*?    rdfs:\w+ \[", text, re.MULTILINE)
    }
    blocks = [block(graph, term) for term in sorted(own)]
    wrong = [b for b in blocks if f"\n{b}" not in text and b.split(" ")[0] not in inline]
    assert wrong == []


@pytest.mark.parametrize("name", ["gangmu.ttl", "schemes.ttl", "shapes.ttl"])
def test_the_files_hold_no_slips(name: str) -> None:
    text = (ONTOLOGY.parent / name).read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    assert prefixes == sorted(set(prefixes))
    body = re.sub(r'"[^"\n]*"|^@prefix.*$', "", text, flags=re.MULTILINE)
    assert {p for p in prefixes if f"{p}:" not in body} <= {"rdf"}  # vocab.py takes its prefixes from here
    assert text.endswith(".\n")
    assert not re.search(r"[ \t]+$|\t|\r|\n\n\n", text, re.MULTILINE)
