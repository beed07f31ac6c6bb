"""The targets and the actual values as RDF Data Cubes (W3C, 2014), with the labels of all they name.

Every target, read or curated, is an observation of one cube, every actual value one of another; both speak of
areas, indicators and periods by the same codes. What a document leaves open is the code `unknown`: every
dimension needs a value (IC-11). Values stand in the unit they were stated in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph import cube_structure as cubes
from graph import export_terms as ex
from graph import iris
from graph.cube_structure import Component, Cube, code_list, structure
from graph.export_terms import PREFIXES
from graph.facts import Things, Value, read_things
from graph.nquads import QuadSet, Term, iri
from graph.publication import version
from graph.store import Literal, NamedNode, Store, turtle
from ontology import terms, vocab

Said = dict[Component, list[Value]]
"""What an observation says: component to values, none where it is silent."""
OWN: Final = {
    cubes.COMPARATOR: terms.comparator,
    cubes.FIGURE: terms.printedFigure,
    cubes.GROWTH: terms.isGrowthRate,
    cubes.PER_YEAR: terms.isPerYear,
    cubes.COMMITMENT: terms.commitment,
}
"""Attributes that the graph says of the target or actual value itself."""
EXPLAINED: Final = (vocab.skos_prefLabel, vocab.skos_notation, vocab.dcterms_title)
"""What is said of the things that observations name."""
UNKNOWN: Final = "unknown"


def cube(store: Store) -> bytes:
    """Both cubes as sorted Turtle; the second is left out where the store has no actual values."""
    return turtle(_Cubes(read_things(store), version(store)).lines(), PREFIXES)


class _Cubes:
    """The cubes on their way out of what the store says."""

    def __init__(self, things: Things, version: str) -> None:
        self._things, self._version, self._quads = things, version, QuadSet()
        self._graph = self._quads.graph(cubes.TARGETS.iri)
        self._statuses = {
            own[terms.statusOf][0].value: own[terms.progressStatus]
            for own in things.values()
            if terms.statusOf in own
        }

    def lines(self) -> list[str]:
        """The cubes as N-Quads lines."""
        for cube, kind in ((cubes.TARGETS, terms.Target), (cubes.OBSERVATIONS, terms.Observation)):
            nodes = [n for n, own in self._things.items() if NamedNode(kind) in own.get(vocab.rdf_type, [])]
            if nodes or cube is cubes.TARGETS:
                structure(self._graph, cube, self._version)
            for node in nodes:
                self._observation(
                    cube, node, self._target(node) if cube is cubes.TARGETS else self._actual(node)
                )
        return self._quads.lines()

    def _observation(self, cube: Cube, node: str, said: Said) -> None:
        observation = f"{node}/in-cube"
        self._graph.node(observation, ex.qb_Observation, [(ex.qb_dataSet, iri(cube.iri))])
        for component in cube.components:
            for value in said.get(component) or self._open(component):
                self._graph.add(observation, component.iri, _term(value))
                self._explain(component, value)

    def _target(self, node: str) -> Said:
        own = self._things[node]
        document = own[terms.inDocument]
        about = self._things[document[0].value]
        years = [own[p][0].value for p in (terms.deadlineStart, terms.deadlineEnd) if p in own]
        quantity = self._things[own[terms.targetValue][0].value]
        upper = own.get(terms.targetValueMax, [])
        return {
            **self._own(own),
            cubes.AREA: about.get(vocab.eli_jurisdiction, []),
            cubes.INDICATOR: own[terms.indicator],
            cubes.PERIOD: self._period(years),
            cubes.DOCUMENT: document,
            cubes.STATEMENT: [NamedNode(node)],
            cubes.VALUE: quantity[vocab.qudt_numericValue],
            cubes.UNIT: quantity.get(vocab.qudt_hasUnit, []),
            cubes.UPPER: [v for u in upper for v in self._things[u.value][vocab.qudt_numericValue]],
            cubes.STATUS: self._statuses.get(node, []),
            cubes.TRUST: about.get(terms.trust, []),
        }

    def _actual(self, node: str) -> Said:
        own = self._things[node]
        quantity = self._things[own[vocab.sosa_hasResult][0].value]
        return {
            **self._own(own),
            cubes.AREA: own[vocab.sosa_hasFeatureOfInterest],
            cubes.INDICATOR: own[vocab.sosa_observedProperty],
            cubes.PERIOD: self._period([own[terms.observedYear][0].value]),
            cubes.STATEMENT: [NamedNode(node)],
            cubes.VALUE: quantity[vocab.qudt_numericValue],
            cubes.UNIT: quantity.get(vocab.qudt_hasUnit, []),
        }

    def _own(self, own: dict[str, list[Value]]) -> Said:
        return {component: own[said] for component, said in OWN.items() if said in own}

    def _period(self, years: list[str]) -> list[Value]:
        """The code of one year or of the years from the first to the last."""
        spoken = list(dict.fromkeys(years))
        if not spoken:
            return []
        code = iris.mint("cube", "period", "-".join(spoken))
        names = (Literal(f"{'—'.join(spoken)}年", language="zh"), Literal("–".join(spoken), language="en"))
        self._graph.node(code, ex.dcterms_PeriodOfTime)
        self._graph.add(code, vocab.skos_prefLabel, *map(_term, names))
        self._graph.add(code, vocab.skos_notation, _term(Literal("-".join(spoken))))
        for end, said in ((ex.dcat_startDate, spoken[0]), (ex.dcat_endDate, spoken[-1])):
            self._graph.add(code, end, _term(Literal(said.zfill(4), datatype=NamedNode(ex.xsd_gYear))))
        return [NamedNode(code)]

    def _open(self, component: Component) -> Iterator[Value]:
        """The code of what is not said, for a dimension with codes; nothing for any other component."""
        if component.codes is not None:
            code = iris.mint("cube", component.codes, UNKNOWN)
            names = (Literal("未写明", language="zh"), Literal("not stated", language="en"))
            self._graph.add(code, vocab.skos_prefLabel, *map(_term, names))
            yield NamedNode(code)

    def _explain(self, component: Component, value: Value) -> None:
        """Adds the labels of a named thing, and its place in the code list of its dimension."""
        if not isinstance(value, NamedNode) or component is cubes.STATEMENT:
            return
        own = self._things.get(value.value, {})
        for said in EXPLAINED:
            self._graph.add(value.value, said, *map(_term, own.get(said, [])))
        if component.codes is not None:
            self._graph.node(
                value.value, vocab.skos_Concept, [(vocab.skos_inScheme, iri(code_list(component)))]
            )
        else:
            self._graph.add(value.value, vocab.rdf_type, iri(component.range))


def _term(value: Value) -> Term:
    return Term(str(value))
