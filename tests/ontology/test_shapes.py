"""Each shape accepts a valid tiny graph and refuses an invalid one, and each law in it is enforced."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from graph.check import SHACL, Violation, shape_violations
from ontology import SHAPES, generate

HERE = Path(__file__).parent
EX = "https://example.org/"


def sh(name: str) -> URIRef:
    return URIRef(SHACL + name)


@cache
def schema() -> Graph:
    """The class hierarchy and the concepts, as a store holds them."""
    ontology = generate.load()
    kept = Graph()
    for predicate in (RDF.type, RDFS.subClassOf, SKOS.inScheme, SKOS.prefLabel):
        for s, o in ontology.subject_objects(predicate):
            if isinstance(s, URIRef) and isinstance(o, URIRef | Literal):
                kept.add((s, predicate, o))
    return kept


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


@pytest.fixture(scope="module")
def valid() -> Graph:
    return Graph().parse(HERE / "valid.ttl", format="turtle")


def nodes_of(data: Graph, target_class: Node) -> list[URIRef]:
    """The example nodes of a class and its subclasses."""
    classes = set(schema().transitive_subjects(RDFS.subClassOf, target_class))
    found = {s for c in classes for s in data.subjects(RDF.type, c) if isinstance(s, URIRef)}
    return sorted(n for n in found if n.startswith(EX))


def copy(data: Graph, node: URIRef, name: str, without: Node | None = None) -> tuple[URIRef, Graph]:
    """A copy of a node under another name, without one of its properties."""
    twin = URIRef(EX + name)
    made = Graph()
    for p, o in data.predicate_objects(node):
        if p != without:
            made.add((twin, p, o))
    return twin, made


def laws(shapes: Graph) -> list[tuple[URIRef, Node, Node, Node]]:
    """Shape, class, property shape and path of each law."""
    found = []
    for shape in shapes.subjects(RDF.type, sh("NodeShape")):
        assert isinstance(shape, URIRef)
        target = shapes.value(shape, sh("targetClass"))
        assert target is not None
        for law in shapes.objects(shape, sh("property")):
            path = shapes.value(law, sh("path"))
            assert path is not None
            found.append((shape, target, law, path))
    return sorted(found, key=lambda f: (f[0], str(f[3])))


def broken(violations: list[Violation], node: URIRef, path: Node) -> bool:
    return any(v.node == str(node) and v.path == str(path) for v in violations)


def test_every_class_has_one_shape_and_every_law_speaks_both_languages(shapes: Graph) -> None:
    ontology = generate.load()
    targets = [t for _, t in shapes.subject_objects(sh("targetClass"))]
    assert len(targets) == len(set(targets)) == 45
    own = {
        s
        for s in ontology.subjects(RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class"))
        if isinstance(s, URIRef) and s.startswith(generate.NAMESPACE)
    }
    assert own <= set(targets)
    found = laws(shapes)
    assert len(found) == 203
    for _, _, law, path in found:
        messages = [m.language for m in shapes.objects(law, sh("message")) if isinstance(m, Literal)]
        assert sorted(str(m) for m in messages) == ["en", "zh"], path


def called(thing: Node, language: str, ontology: Graph) -> str:
    """What a message calls a class or scheme: its label, or the prefixed name where the ontology has none."""
    for name in (RDFS.label, SKOS.prefLabel):
        for label in ontology.objects(thing, name):
            if isinstance(label, Literal) and label.language == language:
                return f"“{label}”"
    return Graph().parse(SHAPES, format="turtle").namespace_manager.curie(str(thing), generate=False)


def test_every_law_names_the_classes_and_the_scheme_that_it_asks_for(shapes: Graph) -> None:
    ontology, counted = generate.load(), 0
    for _, _, law, path in laws(shapes):
        parts = [law, *shapes.items(shapes.value(law, sh("or")) or RDF.nil)]
        asked = {c for part in parts for c in shapes.objects(part, sh("class"))}
        inner: Node | None = law
        for step in ("node", "property", "hasValue"):
            inner = shapes.value(inner, sh(step)) if inner is not None else None
        named = {inner} if inner is not None else asked  # a concept of a scheme is named by its scheme
        for message in shapes.objects(law, sh("message")):
            assert isinstance(message, Literal)
            assert message.language is not None
            lacking = [t for t in named if called(t, message.language, ontology) not in message]
            assert not lacking, (path, str(message), lacking)
            counted += bool(named)
    assert counted == 2 * 95


def test_every_property_of_a_shape_is_defined_or_declared(shapes: Graph) -> None:
    ontology = generate.load()
    known = set(ontology.subjects()) | {URIRef(str(t)) for t in generate.BUILT_IN}
    assert {path for _, _, _, path in laws(shapes)} <= known


def test_each_shape_accepts_the_valid_graph(shapes: Graph, valid: Graph) -> None:
    for target in shapes.objects(None, sh("targetClass")):
        assert nodes_of(valid, target) or target == SKOS.Concept, target
    assert list(shape_violations(valid + schema())) == []


def test_each_shape_refuses_what_lacks_something(shapes: Graph, valid: Graph) -> None:
    data, expected = valid + schema(), []
    for number, (shape, target, law, path) in enumerate(laws(shapes)):
        if shapes.value(law, sh("minCount")) is not None and target != SKOS.Concept:
            twin, made = copy(valid, nodes_of(valid, target)[0], f"lacking-{number}", without=path)
            data += made
            expected.append((shape, twin, path))
    violations = list(shape_violations(data))
    assert [(s, p) for s, twin, p in expected if not broken(violations, twin, p)] == []
    for shape, twin, path in expected:
        ours = {v.message_en for v in violations if (v.node, v.path) == (str(twin), str(path))}
        said = {
            str(m) for _, _, law, p in laws(shapes) if p == path for m in shapes.objects(law, sh("message"))
        }
        assert ours <= said, "a message is that of the law which was broken"
        assert ours & {
            str(m)
            for s, _, law, p in laws(shapes)
            if (s, p) == (shape, path)
            for m in shapes.objects(law, sh("message"))
        }, (shape, path)
    assert len(expected) == 151
    assert len({s for s, _, _ in expected}) == 44  # all but that of concepts


def test_each_shape_refuses_a_second_value(shapes: Graph, valid: Graph) -> None:
    data, expected = valid + schema(), []
    for number, (_, target, law, path) in enumerate(laws(shapes)):
        node = next((n for n in nodes_of(valid, target) if valid.value(n, path) is not None), None)
        if shapes.value(law, sh("maxCount")) is not None and node is not None:
            twin, made = copy(valid, node, f"twice-{number}")
            made.add((twin, path, Literal(f"another {number}")))
            data += made
            expected.append((twin, path))
    violations = list(shape_violations(data))
    assert [(str(t), str(p)) for t, p in expected if not broken(violations, t, p)] == []
    assert len(expected) == 167


WRONG_VALUES: list[tuple[str, str, Node]] = [
    ("document", "periodStart", Literal(2030)),
    ("document", "trust", URIRef(generate.NAMESPACE + "kind-plan")),
    ("section", "depth", Literal(-1)),
    ("action", "is_part_of", URIRef(EX + "task")),
    ("task", "is_part_of", URIRef(EX + "measure")),
    ("measure", "is_part_of", URIRef(EX + "safeguard")),
    ("safeguard", "is_part_of", URIRef(EX + "action")),
    ("target", "comparator", URIRef(generate.NAMESPACE + "role-lead")),
    ("target", "deadlineEnd", Literal(1)),
    ("target", "deadlineStart", Literal(2026)),
    ("target", "isPerYear", Literal("no")),
    ("indicator", "nameBasis", URIRef(generate.NAMESPACE + "direction-up")),
    ("duty", "assignee", URIRef(EX + "place")),
    ("duty", "assignmentBasis", Literal("elsewhere")),
    ("citation", "resolvesTo", URIRef(EX + "unit")),
    ("citation", "occurrences", Literal(0)),
    ("repair", "confidence", Literal("1.5", datatype=XSD.decimal)),
    ("repair", "isDecided", Literal("perhaps")),
    ("alignment", "annotatedProperty", URIRef(generate.NAMESPACE + "within")),
    ("alignment", "rank", Literal(0)),
    ("abstention", "reason", Literal("")),
    ("cell", "coverage", URIRef(generate.NAMESPACE + "status-accepted")),
    ("load", "leadCount", Literal(9)),
    ("place", "divisionCode", Literal("36010")),
    ("position", "start", Literal(9)),
    ("checksum", "checksumValue", Literal("abc")),
    ("value", "numericValue", Literal("5")),
    ("evidence", "hasSource", URIRef(EX + "file")),
    ("combined", "unitCount", Literal(0)),
    ("change", "date", Literal("2018")),
    ("change", "changeKind", URIRef(generate.NAMESPACE + "role-lead")),
    ("change", "resultingOrganization", URIRef(EX + "place")),
    ("unit", "subOrganizationOf", URIRef(EX + "all")),
    ("observation", "observedYear", Literal(25)),
    ("observation", "comparator", URIRef(generate.NAMESPACE + "progress-met")),
    ("observation", "hasFeatureOfInterest", URIRef(EX + "unit")),
    ("status", "progressStatus", URIRef(generate.NAMESPACE + "status-accepted")),
    ("status", "asOf", Literal("soon")),
    ("status", "judgedBy", URIRef(EX + "value")),
    ("status", "expectedValue", Literal("5")),
]


def test_wrong_values_are_refused(valid: Graph) -> None:
    data, expected = valid + schema(), []
    for number, (name, local, value) in enumerate(WRONG_VALUES):
        node = URIRef(EX + name)
        (path,) = {p for p in valid.predicates(node) if str(p).endswith(("#" + local, "/" + local))}
        twin, made = copy(valid, node, f"wrong-{number}", without=path)
        made.add((twin, path, value))
        data += made
        expected.append((twin, path, name, local))
    violations = list(shape_violations(data))
    assert [e[2:] for e in expected if not broken(violations, e[0], e[1])] == []


def test_a_concept_without_a_name_is_refused() -> None:
    data = schema() + Graph()
    data.add((URIRef(EX + "nameless"), RDF.type, SKOS.Concept))
    (violation,) = shape_violations(data)
    assert (violation.node, violation.path) == (EX + "nameless", str(SKOS.prefLabel))
    assert violation.message_zh == "概念至少有一个名称"
    assert violation.message_en == "A concept must have at least one name"
