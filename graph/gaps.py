"""Whole documents beside the upper plan, and who would own what a place leaves undone. Makes no triples.

Who would own a gap is an inference from the division of work as it stands, and says so: first the units that
answer, in the same place, for items of the same action; where no unit is named, the body that issued the
place's documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.align import answers_to, is_later, relation
from graph.align_text import leaves, tasks_of
from loaders.records import Alignment, AlignmentRelation, Item, Reading, Responsibility
from loaders.units import unit_id

MOST: Final = 3
"""Units that are named for a gap."""
Basis: TypeAlias = Literal["same_action", "issuer"]


@dataclass(frozen=True, slots=True)
class DocumentAlignment:
    """A lower document (id) beside the upper one; counts are of leaf items and of upper tasks."""

    lower: str
    upper: str
    relation: AlignmentRelation
    items: int
    aligned: int
    tasks: int
    covered: int
    reasons: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikelyOwner:
    """A unit that would answer for an upper task (record id) that a place (code) leaves uncovered.

    `items` counts what the unit answers for under the same action; `basis` are the ids of those duties, or of
    the documents that the unit issued.
    """

    place: str
    task: str
    unit: str
    why: Basis
    items: int
    basis: tuple[str, ...]


def document_alignments(
    readings: Sequence[Reading], first: Sequence[Alignment], upper: Reading, upper_date: str | None
) -> Iterator[DocumentAlignment]:
    """One record for each lower document of which anything corresponds; `first` are alignments that count."""
    own: defaultdict[str, list[Alignment]] = defaultdict(list)
    for alignment in first:
        own[alignment.document].append(alignment)
    tasks = {task.id for task in tasks_of(upper)}
    parents = {item.id: item.parent for item in upper.of(Item)}
    for reading in readings:
        document = reading.document
        mine = own.get(document.id, [])
        ties = answers_to(reading, upper.document)
        if document.id == upper.document.id or not (mine or ties):
            continue
        reached = {task for a in mine for task in _up(a.object, parents) if task in tasks}
        aligned = len({a.subject for a in mine})
        items = [item for item in leaves(reading) if item.kind != "action"]
        said = [
            f"{len(items)}个条目中{aligned}个有上级对应，涉及{len(tasks)}项上级任务中的{len(reached)}项",
            _when(is_later(document, upper_date), document.date or document.period_start, upper_date),
            *(ties or ("既不在上级规划的地域内，也没有引用它",)),
        ]
        yield DocumentAlignment(
            lower=document.id,
            upper=upper.document.id,
            relation=relation(reading, upper.document, upper_date),
            items=len(items),
            aligned=aligned,
            tasks=len(tasks),
            covered=len(reached),
            reasons=tuple(said),
            basis=tuple(sorted(a.id for a in mine)),
        )


def _when(later: bool, date: object, upper_date: str | None) -> str:
    if date is None or upper_date is None:
        return "日期不明，无法判断先后"
    return f"{date}，{'不早于' if later else '早于'}上级规划的{upper_date}"


def _up(item: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    while item is not None:
        yield item
        item = parents.get(item)


def likely_owners(
    readings: Sequence[Reading],
    first: Sequence[Alignment],
    upper: Reading,
    gaps: Sequence[tuple[str, str]],
) -> Iterator[LikelyOwner]:
    """Up to three units for each gap (place code, task id), those with most items of the action first."""
    places = {r.document.id: r.document.jurisdiction_code for r in readings}
    parents = {item.id: item.parent for item in upper.of(Item)}
    duties: defaultdict[str, list[Responsibility]] = defaultdict(list)
    for duty in (d for r in readings for d in r.of(Responsibility)):
        if duty.item is not None and not duty.collective:
            duties[duty.item].append(duty)
    under: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    above = {item.id: item.parent for r in readings for item in r.of(Item)}
    issued: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    issuers = {r.document.id: r.document.issuer for r in readings}
    for alignment in first:
        place = places.get(alignment.document)
        if place is None or alignment.object is None:
            continue
        issuer = issuers.get(alignment.document)
        if issuer is not None:
            issued[place][unit_id(issuer)].add(alignment.document)
        head = [*_up(alignment.object, parents)][-1]
        for item in _up(alignment.subject, above):
            for duty in duties.get(item, ()):
                under[place, head][duty.unit].add(duty.id)
    for place, task in gaps:
        head = [*_up(task, parents)][-1]
        known = under[place, head].items()
        ranked = sorted(known, key=lambda pair: (-len(pair[1]), pair[0]))[:MOST]
        for unit, ids in ranked:
            yield LikelyOwner(place, task, unit, "same_action", len(ids), tuple(sorted(ids)))
        if not ranked:
            for unit, documents in sorted(issued.get(place, {}).items())[:MOST]:
                yield LikelyOwner(place, task, unit, "issuer", 0, tuple(sorted(documents)))
