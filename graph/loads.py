"""What each unit carries, alone and together with the units below it. Makes no triples, asks no store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.hierarchy import superiors
from loaders.records import Item, Reading, Responsibility, Target
from loaders.units import unit_id


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """What a unit carries; `basis` are the ids of the responsibilities, `units` those of the units counted.

    A combined load counts the unit and all below it, every item and target once.
    """

    unit: str
    items: int
    leads: int
    targets: int
    documents: int
    basis: tuple[str, ...]
    units: tuple[str, ...]


def ancestors(item: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The item (id) and the items above it, from below."""
    at: str | None = item
    while at is not None:
        yield at
        at = parents.get(at)


def parents_of(readings: Iterable[Reading]) -> dict[str, str | None]:
    """Each item (id) and the one above it, null at the top."""
    return {item.id: item.parent for reading in readings for item in reading.of(Item)}


def unit_loads(readings: Sequence[Reading]) -> Iterator[UnitLoad]:
    """The load of each unit that answers for anything, by unit id; a target counts for its items' units."""
    duties = _duties(readings)
    targets = _targets(readings)
    for unit in sorted(duties):
        yield _load(unit, [unit], duties, targets)


def combined_loads(readings: Sequence[Reading]) -> Iterator[UnitLoad]:
    """The load of each unit that has others with duties below it, those included, by unit id."""
    duties = _duties(readings)
    targets = _targets(readings)
    below: defaultdict[str, list[str]] = defaultdict(list)
    for unit, own in duties.items():
        for name in superiors(own[0].unit_name):
            below[unit_id(name)].append(unit)
    for unit, lower in sorted(below.items()):
        yield _load(unit, sorted({*lower, *([unit] if unit in duties else [])}), duties, targets)


def _duties(readings: Sequence[Reading]) -> dict[str, list[Responsibility]]:
    """The responsibilities of each unit."""
    duties: defaultdict[str, list[Responsibility]] = defaultdict(list)
    for duty in (d for r in readings for d in r.of(Responsibility)):
        duties[duty.unit].append(duty)
    return duties


def _targets(readings: Sequence[Reading]) -> dict[str, set[str]]:
    """The targets inside each item, at any depth."""
    parents = parents_of(readings)
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for target in (t for r in readings for t in r.of(Target)):
        for item in ancestors(target.item, parents) if target.item is not None else ():
            inside[item].add(target.id)
    return inside


def _load(
    unit: str,
    units: Sequence[str],
    duties: Mapping[str, list[Responsibility]],
    inside: Mapping[str, set[str]],
) -> UnitLoad:
    basis = [d for u in units for d in duties[u]]
    items = {d.item for d in basis if d.item is not None}
    return UnitLoad(
        unit=unit,
        items=len(items),
        leads=len({d.item for d in basis if d.item is not None and d.role == "lead"}),
        targets=len(set().union(*(inside.get(i, set()) for i in items))),
        documents=len({d.document for d in basis}),
        basis=tuple(sorted(d.id for d in basis)),
        units=tuple(units),
    )
