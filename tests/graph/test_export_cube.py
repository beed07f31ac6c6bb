"""The cubes keep the integrity constraints of their specification and say what the graph says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef

from graph import cube_structure as cubes
from graph import export_terms as ex
from graph import iris
from graph.export import export
from graph.store import NamedNode, Store
from ontology import schemes, terms
from tests.graph.cube_constraints import CONSTRAINTS, FAULTS, HIERARCHIES
from tests.graph.hostile import WORST

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in ex.PREFIXES.items())
VALUE = URIRef(cubes.VALUE.iri)


def read(store: Store, path: Path) -> Graph:
    export(store, "cube", path)
    return Graph().parse(path, format="turtle")


@pytest.fixture(scope="module")
def cube(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return read(store, tmp_path_factory.mktemp("cube") / "cube.ttl")


def observations(graph: Graph, cube: cubes.Cube) -> list[URIRef]:
    found = graph.subjects(URIRef(ex.qb_dataSet), URIRef(cube.iri))
    return sorted(s for s in found if isinstance(s, URIRef))


def broken(graph: Graph, name: str) -> bool:
    """Whether a constraint finds anything in a cube."""
    fillings = [""]
    if name in HIERARCHIES:
        found = graph.query(PREFIXES + HIERARCHIES[name])
        fillings = [row[0].n3() for row in found if not isinstance(row, bool)]
    return any(
        graph.query(f"{PREFIXES}ASK {{ {CONSTRAINTS[name].replace('{p}', p)} }}").askAnswer for p in fillings
    )


@pytest.fixture
def two(cube: Graph) -> Graph:
    """A copy of the cube of targets with its first two observations only."""
    graph = Graph()
    kept = observations(cube, cubes.TARGETS)[:2]
    others = set(cube.subjects(RDF.type, URIRef(ex.qb_Observation))) - set(kept)
    for triple in cube:
        if triple[0] not in others:
            graph.add(triple)
    return graph


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_cubes_keep_the_constraint(cube: Graph, name: str) -> None:
    assert not broken(cube, name)


@pytest.mark.parametrize("name", FAULTS)
def test_the_constraint_finds_its_fault(two: Graph, name: str) -> None:
    assert not broken(two, name)
    update = FAULTS[name]
    for place, node in zip(("ex:first", "ex:second"), observations(two, cubes.TARGETS), strict=True):
        update = update.replace(place, node.n3())
    two.update(f"{PREFIXES}PREFIX ex: <urn:x:>\n{update}")
    assert broken(two, name)


def test_all_constraints_were_tried() -> None:
    assert list(CONSTRAINTS) == list(FAULTS) == [f"IC-{n}" for n in range(1, 22)]


def test_every_target_is_an_observation(store: Store, cube: Graph) -> None:
    records = [r for r in store.records() if r["type"] == "target"]
    found = observations(cube, cubes.TARGETS)
    assert len(found) == len(records) + 10  # the curated ones
    statements = Counter(
        str(s).partition("/target/")[2] for o in found for s in cube.objects(o, URIRef(cubes.STATEMENT.iri))
    )
    assert {r["document"] for r in records} <= {s.split("/")[0] for s in statements}
    assert max(statements.values()) == 1
    values = Counter(float(str(v)) for o in found for v in cube.objects(o, VALUE))
    assert not Counter(r["value"] for r in records) - values


def test_every_actual_value_is_an_observation(store: Store, cube: Graph) -> None:
    found = observations(cube, cubes.OBSERVATIONS)
    assert len(found) == len({q.subject for q in store.quads(predicate=terms.observedYear)}) >= 9
    values = {str(v) for o in found for v in cube.objects(o, VALUE)}
    assert {"1595", "60.27"} <= values
    shared = {str(p) for o in found for p in cube.objects(o, URIRef(cubes.PERIOD.iri))}
    targets = observations(cube, cubes.TARGETS)
    assert shared & {str(p) for o in targets for p in cube.objects(o, URIRef(cubes.PERIOD.iri))}


def test_targets_say_how_they_stand(store: Store, cube: Graph) -> None:
    said = Counter(str(v) for v in cube.objects(None, URIRef(cubes.STATUS.iri)))
    known = Counter(
        q.object.value for q in store.quads(predicate=terms.progressStatus) if isinstance(q.object, NamedNode)
    )
    assert said == known
    assert schemes.progress_met in said


def test_values_have_their_types(cube: Graph) -> None:
    both = (cubes.TARGETS, cubes.OBSERVATIONS)
    for observation, components in ((o, c.components) for c in both for o in observations(cube, c)):
        for component in components:
            for value in cube.objects(observation, URIRef(component.iri)):
                if component.range.startswith(str(XSD)):
                    assert isinstance(value, Literal)
                    assert (value.datatype or XSD.string) == URIRef(component.range)
                else:
                    assert (value, RDF.type, None) in cube or component is cubes.STATEMENT
    codes = {schemes.comparator_ge, schemes.comparator_range}
    assert codes <= {str(v) for v in cube.objects(None, URIRef(cubes.COMPARATOR.iri))}


def test_a_period_is_a_year_or_years(cube: Graph) -> None:
    periods = {str(p).rpartition("/")[2]: p for p in cube.objects(None, URIRef(cubes.PERIOD.iri))}
    assert {"2025", "2030-2035", "unknown"} <= set(periods)
    years = periods["2030-2035"]
    assert cube.value(years, URIRef(ex.dcat_startDate)) == Literal("2030", datatype=XSD.gYear)
    assert cube.value(years, URIRef(ex.dcat_endDate)) == Literal("2035", datatype=XSD.gYear)
    labels = {str(label) for label in cube.objects(periods["unknown"], SKOS.prefLabel)}
    assert labels == {"未写明", "not stated"}


def test_no_blank_node_and_every_code_has_a_name(cube: Graph) -> None:
    assert not any(isinstance(term, BNode) for triple in cube for term in triple)
    for code in cube.subjects(SKOS.inScheme):
        assert cube.value(code, SKOS.prefLabel) is not None, code


def test_hostile_titles(hostile: Store, tmp_path: Path) -> None:
    graph = read(hostile, tmp_path / "cube.ttl")
    assert len(observations(graph, cubes.TARGETS)) == 13
    for name in ("IC-1", "IC-11", "IC-13", "IC-14", "IC-19"):
        assert not broken(graph, name)
    curated = graph.value(URIRef(iris.document("curated-9fcf74ae")), DCTERMS.title)
    assert str(curated).startswith(WORST)
