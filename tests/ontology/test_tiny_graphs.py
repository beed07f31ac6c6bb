"""One valid and one invalid tiny graph for every shape, each in a file that a person can read.

`shapes/<Shape>.valid.ttl` holds one node, `ex:it`, that the shape accepts; `<Shape>.invalid.ttl` the same
node with one fault, and the result that SHACL must give: the property and the message in both languages. What
the node refers to stands in valid.ttl.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from graph.check import shape_violations
from ontology import SHAPES, generate
from tests.ontology.test_shapes import EX, HERE, schema, sh

FOLDER = HERE / "shapes"
IT = URIRef(EX + "it")
NAMES = sorted(path.name.removesuffix(".valid.ttl") for path in FOLDER.glob("*.valid.ttl"))
RESULT = sh("ValidationResult")


@pytest.fixture(scope="module")
def surroundings() -> Graph:
    return Graph().parse(HERE / "valid.ttl", format="turtle") + schema()


def node_of(path: Path) -> Graph:
    """The node of a file, without the result that is expected of it."""
    graph = Graph().parse(path, format="turtle")
    assert {s for s in graph.subjects() if isinstance(s, URIRef)} == {IT}
    made = Graph()
    for p, o in graph.predicate_objects(IT):
        made.add((IT, p, o))
    return made


def expected(path: Path) -> list[tuple[str, str, str]]:
    """Property, Chinese and English message of each result that a file says SHACL must give."""
    graph = Graph().parse(path, format="turtle")
    found = []
    for result in graph.subjects(RDF.type, RESULT):
        assert graph.value(result, sh("focusNode")) == IT
        said = {
            m.language: str(m) for m in graph.objects(result, sh("resultMessage")) if isinstance(m, Literal)
        }
        found.append((str(graph.value(result, sh("resultPath"))), said["zh"], said["en"]))
    return sorted(found)


def test_every_shape_has_its_two_graphs() -> None:
    shapes = Graph().parse(SHAPES, format="turtle")
    every = {str(s).rpartition("#")[2] for s in shapes.subjects(RDF.type, sh("NodeShape"))}
    assert set(NAMES) == every
    assert sorted(p.name for p in FOLDER.iterdir()) == sorted(
        f"{name}.{kind}.ttl" for name in every for kind in ("valid", "invalid")
    )
    assert len(NAMES) == 45


def test_every_graph_holds_a_node_that_its_shape_looks_at() -> None:
    shapes = Graph().parse(SHAPES, format="turtle")
    ontology = generate.load()
    for name in NAMES:
        target = shapes.value(URIRef(f"https://w3id.org/gangmu/shapes#{name}"), sh("targetClass"))
        for kind in ("valid", "invalid"):
            types = set(node_of(FOLDER / f"{name}.{kind}.ttl").objects(IT, RDF.type))
            assert target in {c for t in types for c in ontology.transitive_objects(t, RDFS.subClassOf)}


@pytest.mark.parametrize("name", NAMES)
def test_the_valid_one_is_accepted_and_the_invalid_one_refused(name: str, surroundings: Graph) -> None:
    assert list(shape_violations(surroundings + node_of(FOLDER / f"{name}.valid.ttl"))) == []
    path = FOLDER / f"{name}.invalid.ttl"
    violations = list(shape_violations(surroundings + node_of(path)))
    assert sorted(
        {(v.path, v.message_zh, v.message_en) for v in violations if v.node == str(IT)}
    ) == expected(path)
    assert len(expected(path)) == 1
    assert {v.node for v in violations} == {str(IT)}


def test_valid_and_invalid_differ_in_one_property() -> None:
    for name in NAMES:
        good, bad = (node_of(FOLDER / f"{name}.{kind}.ttl") for kind in ("valid", "invalid"))
        changed = {p for g, other in ((good, bad), (bad, good)) for _, p, _ in g - other}
        assert changed == {URIRef(path) for path, _, _ in expected(FOLDER / f"{name}.invalid.ttl")}, name
