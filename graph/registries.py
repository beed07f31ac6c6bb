"""The registry graphs: units, indicators, jurisdictions and units of measurement.

What the registries under data/registries hold is written whole; what documents name beyond them is added
with the way its name was found, so that a person can see what is not registered yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from graph import iris
from graph.curated import CuratedTarget, curated_documents
from graph.measures import measure_unit
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


def registry_quads(quads: QuadSet, records: Iterable[AnyRecord]) -> None:
    """Adds the registry graphs, with what the records name beyond the registries."""
    records = tuple(records)
    targets: list[Target | CuratedTarget] = [
        *(r for r in records if isinstance(r, Target)),
        *(t for plan in curated_documents() for t in plan.targets),
    ]
    _jurisdictions(quads.graph(iris.REGISTRY_JURISDICTIONS), records)
    _indicators(quads.graph(iris.REGISTRY_INDICATORS), {t.indicator for t in targets})
    written = {t.unit for t in targets if t.unit is not None}
    _measure_units(quads.graph(iris.REGISTRY_MEASURE_UNITS), written)
    _units(quads.graph(iris.REGISTRY_UNITS), records)


def _labels(zh: str, *others: str, en: str | None = None) -> Iterator[tuple[str, Term | None]]:
    yield vocab.skos_prefLabel, string(zh, "zh")
    if en is not None:
        yield vocab.skos_prefLabel, string(en, "en")
    for other in others:
        if other != zh:
            yield vocab.skos_altLabel, string(other, "zh")


def _jurisdictions(graph: GraphWriter, records: Iterable[AnyRecord]) -> None:
    for code, place in registry.jurisdictions().items():
        node = iris.jurisdiction(code)
        graph.node(node, terms.Jurisdiction, _labels(place.name))
        graph.add(node, terms.fullName, string(place.full_name))
        graph.add(node, terms.divisionCode, string(code))
        graph.add(node, terms.codeYear, integer(place.code_year))
        graph.add(node, terms.governmentLevel, iri(schemes.NOTATIONS[schemes.scheme_level][place.level]))
        if place.parent is not None:
            graph.add(node, vocab.schema_containedInPlace, iri(iris.jurisdiction(place.parent)))
    for document in (r for r in records if isinstance(r, Document)):
        own_code = document.jurisdiction_code
        if own_code is not None and own_code not in registry.jurisdictions():
            node = iris.jurisdiction(own_code)
            graph.node(node, terms.Jurisdiction, _labels(document.jurisdiction or own_code))
            graph.add(node, terms.divisionCode, string(own_code))


def _indicators(graph: GraphWriter, names: Iterable[str]) -> None:
    for entry in registry.indicators().values():
        node = iris.indicator(entry.id)
        graph.node(node, terms.Indicator, _labels(entry.name_zh, *entry.aliases, en=entry.name_en))
        graph.add(node, terms.nameBasis, string("registry"))
        if entry.direction:
            graph.add(node, terms.betterDirection, string(entry.direction))
        if entry.broader is not None:
            graph.add(node, vocab.skos_broader, iri(iris.indicator(entry.broader)))
    for name in names:
        if registry.indicator_id(name) is None:
            node = indicator_iri(name)
            graph.node(node, terms.Indicator, _labels(name))
            graph.add(node, terms.nameBasis, string("as_written"))


def _measure_units(graph: GraphWriter, written: Iterable[str]) -> None:
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


@dataclass(slots=True)
class _Unit:
    """What the records say of one unit."""

    name: str
    collective: bool = False
    written: set[str] = field(default_factory=set)
    basis: str | None = None


def _units(graph: GraphWriter, records: Iterable[AnyRecord]) -> None:
    for node, unit in _named_units(records).items():
        kind = terms.CollectiveUnit if unit.collective else terms.ResponsibleUnit
        graph.node(node, kind, _labels(unit.name, *unit.written))
        if unit.basis is not None:
            graph.add(node, terms.nameBasis, string(unit.basis))
        code = jurisdiction_code(unit.name)
        if code is not None:
            graph.add(node, terms.unitJurisdiction, iri(iris.jurisdiction(code)))


def _named_units(records: Iterable[AnyRecord]) -> dict[str, _Unit]:
    found = {
        unit_iri(entry.name): _Unit(entry.name, written=set(entry.aliases), basis="registry")
        for entry in registry.units().values()
    }
    for record in records:
        if isinstance(record, Responsibility):
            unit = found.setdefault(iris.unit(record.unit), _Unit(record.unit_name))
            unit.collective |= record.collective
            unit.written.add(record.as_written)
            unit.basis = min(unit.basis or record.name_basis, record.name_basis, key=NAME_BASES.index)
        elif isinstance(record, Document):
            for name in (record.issuer, record.publisher):
                if name is not None:
                    found.setdefault(unit_iri(name), _Unit(name))
    for plan in curated_documents():
        if plan.issuer is not None:
            found.setdefault(unit_iri(plan.issuer), _Unit(plan.issuer))
    return found


NAME_BASES = ("registry", "rule", "as_written")
"""Ways of finding a canonical name, the surest first."""


def jurisdiction_code(name: str) -> str | None:
    """The code of the place whose name the unit's canonical name begins with, the longest one."""
    entry = registry.units().get(name)
    if entry is not None and entry.jurisdiction is not None:
        return entry.jurisdiction
    matches = [(len(start), code) for start, code in _place_names() if name.startswith(start)]
    return max(matches)[1] if matches else None


@cache
def _place_names() -> tuple[tuple[str, str], ...]:
    """The names that a unit's name may begin with, each with the code of its place."""
    return tuple(
        (start, code)
        for code, place in registry.jurisdictions().items()
        for start in (place.full_name, place.office_name)
    )
