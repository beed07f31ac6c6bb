"""The descriptions count what is there, name every export and every source, and carry queries that run."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SH,
    SKOS,
    SOSA,
    VOID,
    XSD,
    BNode,
    Graph,
    Literal,
    URIRef,
)
from rdflib.namespace import DefinedNamespace

from graph import describe, iris
from graph import export_terms as ex
from graph.export import EXPORTS, export
from graph.formats import FORMS
from graph.publication import CREATOR, LICENCE
from graph.store import Store
from loaders.corpus import sources
from ontology import generate, terms, vocab
from queries.catalogue import catalogue

DATA_SET = URIRef(describe.DATA_SET)
CLOSED: dict[str, type[DefinedNamespace]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "void": VOID,
    "xsd": XSD,
}
DCAT_3 = "dcat_version"
"""New in DCAT 3, which rdflib does not know yet."""


@pytest.fixture(scope="module", params=["dcat", "void"])
def description(
    request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Graph:
    return read(store, request.param, tmp_path_factory.mktemp("described"))


def read(store: Store, form: str, folder: Path) -> Graph:
    path = folder / f"{form}.ttl"
    export(store, form, path, questions=catalogue().values())
    return Graph().parse(path, format="turtle")


def integer(graph: Graph, node: URIRef, said: str) -> int:
    return int(str(graph.value(node, URIRef(said))))


def test_both_say_who_and_what(description: Graph, store: Store) -> None:
    assert {o.language for o in description.objects(DATA_SET, DCTERMS.title) if isinstance(o, Literal)} == {
        "zh",
        "en",
    }
    assert description.value(DATA_SET, DCTERMS.license) == URIRef(LICENCE)
    creator = description.value(DATA_SET, DCTERMS.creator)
    assert description.value(creator, FOAF.name) == Literal(CREATOR)
    version = str(description.value(DATA_SET, URIRef(ex.dcat_version)))
    assert version == f"{terms.VERSION}+{store.manifest.content[:16]}"
    assert not any(isinstance(term, BNode) for triple in description for term in triple)


def test_both_name_the_sources_with_their_checksums(description: Graph, store: Store) -> None:
    files = set(description.objects(DATA_SET, DCTERMS.source))
    assert len(files) == 5
    for document in store.manifest.documents:
        node = URIRef(iris.file(document.id))
        assert node in files
        checksum = description.value(node, URIRef(vocab.spdx_checksum))
        assert str(description.value(checksum, URIRef(vocab.spdx_checksumValue))) == document.sha256
        known = sources()[document.file]
        assert str(description.value(node, DCTERMS.title)) == known.title
        assert str(description.value(node, DCTERMS.rights)) == known.licence


def test_both_carry_every_question_of_the_catalogue(description: Graph, store: Store) -> None:
    queries = set(description.subjects(RDF.type, SH.SPARQLExecutable))
    assert queries == set(description.objects(DATA_SET, DCTERMS.relation))
    texts = {str(description.value(q, SH.select)) for q in queries}
    assert texts == {query.text for query in catalogue().values()}
    assert len(texts) > 20
    for query in queries:
        assert {o.language for o in description.objects(query, RDFS.label) if isinstance(o, Literal)} == {
            "zh",
            "en",
        }
    store.query(min(texts))


def test_dcat_has_a_distribution_for_each_export(store: Store, tmp_path: Path) -> None:
    graph = read(store, "dcat", tmp_path)
    assert (DATA_SET, RDF.type, DCAT.Dataset) in graph
    found = {str(graph.value(d, DCTERMS.identifier)): d for d in graph.objects(DATA_SET, DCAT.distribution)}
    assert set(found) == set(EXPORTS)
    for form in FORMS:
        media = str(graph.value(found[form.name], DCAT.mediaType))
        assert re.fullmatch(r"https://www\.iana\.org/assignments/media-types/[a-z]+/[a-z0-9.+-]+", media)
        assert {str(o) for o in graph.objects(found[form.name], DCTERMS.conformsTo)} == set(form.conforms_to)
    places = {str(p).rpartition("/")[2] for p in graph.objects(DATA_SET, DCTERMS.spatial)}
    assert {"360000", "360100", "360103"} <= places
    period = graph.value(DATA_SET, DCTERMS.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("2020", datatype=XSD.gYear)
    assert graph.value(period, DCAT.endDate) == Literal("2035", datatype=XSD.gYear)


def test_void_counts_what_is_there(store: Store, tmp_path: Path) -> None:
    graph = read(store, "void", tmp_path)
    export(store, "ttl", tmp_path / "all.ttl")
    whole = Graph().parse(tmp_path / "all.ttl", format="turtle")
    assert (DATA_SET, RDF.type, VOID.Dataset) in graph
    assert integer(graph, DATA_SET, ex.void_triples) == len(whole)
    assert integer(graph, DATA_SET, ex.void_distinctSubjects) == len(set(whole.subjects()))
    assert integer(graph, DATA_SET, ex.void_distinctObjects) == len(set(whole.objects()))
    classes = Counter(whole.objects(None, RDF.type))
    properties = Counter(whole.predicates())
    for link, of, counted, counts in (
        (VOID.classPartition, VOID["class"], VOID.entities, classes),
        (VOID.propertyPartition, VOID.property, VOID.triples, properties),
    ):
        parts = list(graph.objects(DATA_SET, link))
        said = {graph.value(p, of): int(str(graph.value(p, counted))) for p in parts}
        assert said == counts
    assert integer(graph, DATA_SET, ex.void_classes) == len(classes)
    assert integer(graph, DATA_SET, ex.void_properties) == len(properties)
    assert str(graph.value(DATA_SET, VOID.uriSpace)) == iris.BASE
    own = {s for s in whole.subjects() if str(s).startswith(iris.BASE)}
    assert integer(graph, DATA_SET, ex.void_entities) == len(own)


def test_void_counts_each_named_graph_and_shows_examples(store: Store, tmp_path: Path) -> None:
    graph = read(store, "void", tmp_path)
    subsets = {str(g): int(str(graph.value(g, VOID.triples))) for g in graph.objects(DATA_SET, VOID.subset)}
    assert sum(subsets.values()) == store.manifest.quads
    assert iris.ALIGNMENT_PROPOSED in subsets
    examples = {str(e) for e in graph.objects(DATA_SET, VOID.exampleResource)}
    assert len(examples) == len(describe.EXAMPLES)
    for example in examples:
        assert store.values(example, vocab.rdf_type)
    used = {str(v) for v in graph.objects(DATA_SET, VOID.vocabulary)}
    assert {terms.ONTOLOGY, str(SKOS), str(PROV)} <= used
    assert str(ORG) in used
    assert str(FOAF) not in used, "no term of it is used in the data"
    assert str(OWL) in used
    assert str(SOSA) == "http://www.w3.org/ns/sosa/"


def test_terms_of_other_vocabularies_exist() -> None:
    checked = 0
    for name, value in vars(ex).items():
        prefix, _, local = name.partition("_")
        if prefix in CLOSED and isinstance(value, str) and name != DCAT_3:
            assert local in CLOSED[prefix], name
            assert value == str(CLOSED[prefix][local]), name
            checked += 1
    assert checked == 56
    sdmx = {n: v for n, v in vars(ex).items() if n.startswith("sdmx_")}
    assert {v.rpartition("#")[2] for v in sdmx.values()} == {
        "obsStatus",
        "unitMeasure",
        "refArea",
        "refPeriod",
        "obsValue",
    }
    assert len(sdmx) == 5


def test_licence_and_creator_are_those_of_the_package() -> None:
    project = (generate.HERE.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'license = "{LICENCE.rpartition("/")[2]}"' in project
    assert f'authors = [{{ name = "{CREATOR}" }}]' in project
    assert generate.load().value(URIRef(terms.ONTOLOGY), DCTERMS.license) == URIRef(LICENCE)


def test_a_text_that_breaks_turtle_comes_back(hostile: Store, tmp_path: Path) -> None:
    for form in ("dcat", "void"):
        graph = read(hostile, form, tmp_path)
        names = {
            str(o)
            for s in graph.objects(DATA_SET, DCTERMS.source)
            for o in graph.objects(s, DCTERMS.identifier)
        }
        assert names == {"plan.txt", "000_5b418620c0e82b13.txt"}
