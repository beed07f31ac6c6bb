"""The registry graphs: units, indicators, jurisdictions and units of measurement; and the names beyond them.

What the registries under data/registries and the curated facts hold is written whole and never depends on the
documents of a build. What documents name beyond it stands in a graph of its own (iris.NAMES), with the way
each name was found, so that a person can see what is not registered yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from graph import iris
from graph.curated import curated_documents
from graph.hierarchy import place_of
from graph.measures import BASES, measure_unit
from graph.nquads import GraphWriter, QuadSet, Term, decimal, integer, iri, string
from loaders import registry
from loaders.records import AnyRecord, Document, Responsibility, Target
from loaders.units import unit_id
from ontology import schemes, terms, vocab


def unit_iri(name: str) -> str:
    """The IRI of the unit with that canonical name."""
    return iris.unit(unit_id(name))


def indicator_iri(name: str) -> str:
    """The IRI of an indicator; outside the registry its canonical name is its id."""
    return iris.indicator(registry.indicator_id(name) or name)


def measure_unit_iri(written: str) -> str:
    """The IRI of a unit of measurement as written."""
    return iris.measure_unit(measure_unit(written).slug)


def registry_quads(quads: QuadSet) -> None:
    """Adds the registry graphs."""
    curated = [t for plan in curated_documents() for t in plan.targets]
    places = quads.graph(iris.REGISTRY_JURISDICTIONS)
    for place in registry.jurisdictions().values():
        _place(places, place)
    indicators = quads.graph(iris.REGISTRY_INDICATORS)
    for entry in registry.indicators().values():
        _registered_indicator(indicators, entry)
    indicator_quads(indicators, (t.indicator for t in curated))
    measure_unit_quads(quads.graph(iris.REGISTRY_MEASURE_UNITS), _fixed_measure_units())
    units = quads.graph(iris.REGISTRY_UNITS)
    for node, unit in fixed_units().items():
        unit_node(units, node, unit)


def name_quads(quads: QuadSet, records: Iterable[AnyRecord]) -> None:
    """Adds what the records name beyond the registries."""
    records = tuple(records)
    graph = quads.graph(iris.NAMES)
    for document in (r for r in records if isinstance(r, Document)):
        own_code = document.jurisdiction_code
        if own_code is not None and own_code not in registry.jurisdictions():
            node = iris.jurisdiction(own_code)
            if own_code in registry.counties():
                _place(graph, registry.counties()[own_code])
                continue
            graph.node(node, terms.Jurisdiction, _labels(document.jurisdiction or own_code))
            graph.add(node, terms.divisionCode, string(own_code))
    targets = [r for r in records if isinstance(r, Target)]
    indicator_quads(graph, (t.indicator for t in targets))
    measure_unit_quads(graph, {t.unit for t in targets if t.unit is not None} - _fixed_measure_units())
    fixed = fixed_units()
    for node, unit in named_units(records).items():
        if node not in fixed:
            unit_node(graph, node, unit)
        else:
            known = {fixed[node].name, *fixed[node].written}
            graph.add(node, vocab.skos_altLabel, *(string(w, "zh") for w in unit.written - known))


def indicator_quads(graph: GraphWriter, names: Iterable[str]) -> None:
    """Adds the indicators among the names (canonical) that the registry does not know."""
    for name in names:
        if registry.indicator_id(name) is None:
            node = indicator_iri(name)
            graph.node(node, terms.Indicator, _labels(name))
            graph.add(node, terms.nameBasis, iri(schemes.name_as_written))


def measure_unit_quads(graph: GraphWriter, written: Iterable[str]) -> None:
    """Adds the units of measurement as written, each with the base that it is a multiple of."""
    units = [measure_unit(w) for w in written]
    bases = [measure_unit(u.base) for u in units if u.base is not None]
    for unit in (*units, *bases):
        node = iris.measure_unit(unit.slug)
        graph.node(node, vocab.qudt_Unit, _labels(unit.name_zh, en=unit.name_en))
        base = iris.measure_unit(measure_unit(unit.base).slug) if unit.base is not None else unit.qudt
        if base is not None:
            same = unit.qudt in {vocab.unit_PERCENT, vocab.unit_CCY_CNY} and unit.base is None
            graph.add(node, vocab.skos_exactMatch if same else vocab.qudt_scalingOf, iri(base))
            graph.add(node, vocab.qudt_conversionMultiplier, decimal(unit.multiplier))


def _labels(zh: str, *others: str, en: str | None = None) -> Iterator[tuple[str, Term | None]]:
    yield vocab.skos_prefLabel, string(zh, "zh")
    if en is not None:
        yield vocab.skos_prefLabel, string(en, "en")
    for other in others:
        if other != zh:
            yield vocab.skos_altLabel, string(other, "zh")


def _place(graph: GraphWriter, place: registry.Jurisdiction) -> None:
    node = iris.jurisdiction(place.code)
    graph.node(node, terms.Jurisdiction, _labels(place.name))
    graph.add(node, terms.fullName, string(place.full_name))
    graph.add(node, terms.divisionCode, string(place.code))
    graph.add(node, terms.codeYear, integer(place.code_year))
    graph.add(node, terms.governmentLevel, iri(schemes.NOTATIONS[schemes.scheme_level][place.level]))
    if place.parent is not None:
        graph.add(node, vocab.schema_containedInPlace, iri(iris.jurisdiction(place.parent)))


def _registered_indicator(graph: GraphWriter, entry: registry.IndicatorEntry) -> None:
    node = iris.indicator(entry.id)
    graph.node(node, terms.Indicator, _labels(entry.name_zh, *entry.aliases, en=entry.name_en))
    graph.add(node, terms.nameBasis, iri(schemes.name_registry))
    if entry.direction:
        directions = schemes.NOTATIONS[schemes.scheme_direction]
        graph.add(node, terms.betterDirection, iri(directions[entry.direction]))
    if entry.broader is not None:
        graph.add(node, vocab.skos_broader, iri(iris.indicator(entry.broader)))


@cache
def _fixed_measure_units() -> frozenset[str]:
    """The units of measurement that the registry graph describes: every base, those of registered indicators
    and those of curated targets."""
    of_indicators = {e.unit for e in registry.indicators().values() if e.unit is not None}
    of_targets = {t.unit for plan in curated_documents() for t in plan.targets if t.unit is not None}
    return frozenset(BASES) | of_indicators | of_targets


@dataclass(slots=True)
class Unit:
    """What is known of one unit."""

    name: str
    collective: bool = False
    written: set[str] = field(default_factory=set)
    basis: str | None = None


def unit_node(graph: GraphWriter, node: str, unit: Unit) -> None:
    """Adds a unit with its names and its jurisdiction."""
    kind = terms.CollectiveUnit if unit.collective else terms.ResponsibleUnit
    graph.node(node, kind, _labels(unit.name, *unit.written))
    if unit.basis is not None:
        graph.add(node, terms.nameBasis, iri(schemes.NOTATIONS[schemes.scheme_name][unit.basis]))
    code = jurisdiction_code(unit.name)
    if code is not None:
        graph.add(node, terms.unitJurisdiction, iri(iris.jurisdiction(code)))


def fixed_units() -> dict[str, Unit]:
    """The units of the registry and the issuers of curated documents, by IRI."""
    found = {
        unit_iri(entry.name): Unit(entry.name, written=set(entry.aliases), basis="registry")
        for entry in registry.units().values()
    }
    for plan in curated_documents():
        if plan.issuer is not None:
            found.setdefault(unit_iri(plan.issuer), Unit(plan.issuer))
    return found


def named_units(records: Iterable[AnyRecord]) -> dict[str, Unit]:
    """The units that the records name, by IRI."""
    found: dict[str, Unit] = {}
    for record in records:
        if isinstance(record, Responsibility):
            unit = found.setdefault(iris.unit(record.unit), Unit(record.unit_name))
            unit.collective |= record.collective
            unit.written.add(record.as_written)
            unit.basis = min(unit.basis or record.name_basis, record.name_basis, key=NAME_BASES.index)
        elif isinstance(record, Document):
            for name in (record.issuer, record.publisher):
                if name is not None:
                    found.setdefault(unit_iri(name), Unit(name))
    return found


NAME_BASES = ("registry", "rule", "as_written")
"""Ways of finding a canonical name, the surest first."""


def jurisdiction_code(name: str) -> str | None:
    """The code of the place whose unit it is by the registry, or by the beginning of its canonical name."""
    entry = registry.units().get(name)
    if entry is not None and entry.jurisdiction is not None:
        return entry.jurisdiction
    place = place_of(name)
    return place.code if place is not None else None
