"""What is counted or joined across records, computed once at build time. Makes no triples, asks no store.

Coverage cells (jurisdiction by upper action or task) and conflicts between targets of different documents,
all from records in columns; the loads of units are worked out in loads.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.align_scope import can_answer, elsewhere, place_of, places_named
from graph.align_text import tasks_of
from graph.curated import curated_documents
from graph.gaps import DocumentAlignment, LikelyOwner, document_alignments, likely_owners
from graph.loads import UnitLoad, ancestors, combined_loads, parents_of, unit_loads
from graph.measures import measure_unit
from graph.refine import Refinement, refinements
from graph.registries import jurisdiction_code
from graph.resolve import date_of
from loaders.records import Alignment, Item, Reading, Target
from loaders.registry import indicator_id

CONFLICT_CONFIDENCE = 0.7
"""Documents may mean different things under one name; a pair found by name alone is no certainty."""
WHOLE = "全"
"""A scope such as 全区 or 全市 is the jurisdiction itself."""


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """How far a jurisdiction takes up an upper item; `basis` are the ids of the alignments behind it."""

    jurisdiction: str
    upper_item: str
    coverage: str
    items: int
    targets: int
    confidence: float | None
    basis: tuple[str, ...]
    elsewhere: bool
    """The upper item's title names other places than this one."""


@dataclass(frozen=True, slots=True)
class CrossConflict:
    """Two targets (ids) of different documents for one indicator, place and year that do not agree."""

    first: str
    second: str
    documents: tuple[str, str]
    explanation: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything derived at build time."""

    cells: tuple[CoverageCell, ...]
    loads: tuple[UnitLoad, ...]
    combined: tuple[UnitLoad, ...]
    conflicts: tuple[CrossConflict, ...]
    refinements: tuple[Refinement, ...]
    documents: tuple[DocumentAlignment, ...] = ()
    owners: tuple[LikelyOwner, ...] = ()


def derive(readings: Sequence[Reading], alignments: Sequence[Alignment], upper: Reading | None) -> Derived:
    """All that is derived from the readings and their alignments to `upper`, in a stable order."""
    loads, combined = tuple(unit_loads(readings)), tuple(combined_loads(readings))
    conflicts, refined = tuple(cross_conflicts(readings)), tuple(refinements(readings))
    if upper is None:
        return Derived((), loads, combined, conflicts, refined)
    cells = tuple(coverage_cells(readings, alignments, upper))
    first = [a for a in alignments if counts(a)]
    tasks = {task.id for task in tasks_of(upper)}
    empty = (c for c in cells if c.coverage == "none" and not c.elsewhere)
    gaps = [(c.jurisdiction, c.upper_item) for c in empty if c.upper_item in tasks]
    documents = tuple(document_alignments(readings, first, upper, date_of(upper.document)))
    owners = tuple(likely_owners(readings, first, upper, gaps))
    return Derived(cells, loads, combined, conflicts, refined, documents, owners)


def counts(alignment: Alignment) -> bool:
    """Whether an alignment counts as coverage: an accepted one, or the first of those proposed."""
    accepted = alignment.status == "accepted" and alignment.object is not None
    return accepted or (alignment.status == "proposed" and alignment.rank == 1)


def coverage_cells(
    readings: Sequence[Reading], alignments: Sequence[Alignment], upper: Reading
) -> Iterator[CoverageCell]:
    """One cell for each jurisdiction with a lower document and each action and task of the upper one."""
    above = upper.document
    lower = [r for r in readings if r.document.id != above.id and can_answer(r.document, above)]
    places = {r.document.id: r.document.jurisdiction_code for r in lower}
    parents = parents_of(readings)
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for target in (t for r in lower for t in r.of(Target)):
        for item in ancestors(target.item, parents) if target.item is not None else ():
            inside[item].add(target.id)
    behind: defaultdict[tuple[str, str], list[Alignment]] = defaultdict(list)
    for alignment in alignments:
        place = places.get(alignment.document)
        if place is None or alignment.object is None or not counts(alignment):
            continue
        for item in ancestors(alignment.object, parents):
            behind[place, item].append(alignment)
    tasks = {task.id for task in tasks_of(upper)}
    heads = [i.id for i in upper.of(Item) if i.kind == "action" or i.id in tasks]
    named = places_named(i for i in upper.of(Item) if i.id in tasks)
    for place in sorted({p for p in places.values() if p is not None}):
        own = place_of(place, None)
        for head in heads:
            basis = behind[place, head]
            items = {a.subject for a in basis}
            relations = {a.relation for a in basis}
            yield CoverageCell(
                jurisdiction=place,
                upper_item=head,
                coverage="implements" if "implements" in relations else "related" if relations else "none",
                items=len(items),
                targets=len(set().union(*(inside[i] for i in items))),
                confidence=max((a.confidence for a in basis), default=None),
                basis=tuple(sorted(a.id for a in basis)),
                elsewhere=elsewhere(named.get(head, ()), own),
            )


@dataclass(frozen=True, slots=True)
class _Column:
    """One target as the conflict join sees it; `amount` is in the base of its unit."""

    id: str
    document: str
    title: str
    indicator: str
    key: tuple[str, str, int, str, str, bool, bool]
    amount: tuple[float, float | None]
    figure: str


def cross_conflicts(readings: Sequence[Reading]) -> Iterator[CrossConflict]:
    """Pairs of targets in two documents: same indicator, place, scope, year and dimension, other value."""
    groups: defaultdict[object, list[_Column]] = defaultdict(list)
    for column in _columns(readings):
        groups[column.key].append(column)
    found = []
    for group in groups.values():
        for one, two in combinations(sorted(group, key=lambda c: c.id), 2):
            if one.document == two.document or one.amount == two.amount:
                continue
            explanation = (
                f"{one.indicator}:《{one.title}》为{one.figure},《{two.title}》为{two.figure},"
                f"期限同为{one.key[2]}年"
            )
            found.append(
                CrossConflict(one.id, two.id, (one.document, two.document), explanation, CONFLICT_CONFIDENCE)
            )
    yield from sorted(found, key=lambda c: (c.first, c.second))


def _columns(readings: Iterable[Reading]) -> Iterator[_Column]:
    for reading in readings:
        document = reading.document
        for t in reading.of(Target):
            if document.jurisdiction_code is None or t.deadline_end is None or t.qualitative:
                continue
            scope = "" if t.scope is None or t.scope.startswith(WHOLE) else t.scope
            yield _column(
                t.id,
                document.id,
                document.title or document.id,
                t.indicator,
                (document.jurisdiction_code, t.deadline_end, scope, t.growth, t.per_year),
                (t.value, t.value_max),
                t.unit,
                t.figure,
            )
    for plan in curated_documents():
        place = jurisdiction_code(plan.issuer) if plan.issuer is not None else None
        for c in plan.targets if place is not None else ():
            place_and_time = (place or "", c.deadline, "", False, False)
            yield _column(
                c.id, plan.id, plan.title, c.indicator, place_and_time, (c.value, None), c.unit, c.figure
            )


def _column(
    target: str,
    document: str,
    title: str,
    indicator: str,
    where: tuple[str, int, str, bool, bool],
    amount: tuple[float, float | None],
    unit: str | None,
    figure: str,
) -> _Column:
    place, year, scope, growth, per_year = where
    measure = measure_unit(unit) if unit is not None else None
    factor = measure.multiplier if measure is not None else 1
    dimension = measure.dimension if measure is not None else ""
    low, high = amount
    return _Column(
        id=target,
        document=document,
        title=title,
        indicator=indicator,
        key=(indicator_id(indicator) or indicator, place, year, scope, dimension, growth, per_year),
        amount=(round(low * factor, 9), None if high is None else round(high * factor, 9)),
        figure=figure,
    )
