"""The auditor's desk: what a store says as of a point in time, indexed by item, target and unit.

A desk without a point in time of its own takes the store's, and every document. With one, documents whose own
date lies after it are left out, values that were not yet known are not counted, and every target is judged
anew, so that ledgers and findings are as they stood then. Nothing is written; words are made elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from graph.aims import AsOf, aims
from graph.curated import CuratedDocument, curated_documents
from graph.derive import counts
from graph.loads import ancestors
from graph.observations import ObservationFile
from graph.observe import files_of
from graph.passages import touches
from graph.progress import Status, judge_all
from graph.registries import jurisdiction_code
from graph.restore import restore
from graph.store import Store
from loaders.records import (
    Alignment,
    AnyRecord,
    Citation,
    Conflict,
    Document,
    Item,
    Reading,
    Repair,
    Responsibility,
    Target,
)


class Desk:
    """The readings of a store as of a point in time; ids are those of records."""

    def __init__(self, store: Store, as_of: AsOf | None = None) -> None:
        """Reads the records of the store; raises StoreError where it is damaged."""
        self.store = store
        self._at = as_of
        self.as_of = as_of or AsOf.parse(store.manifest.as_of)
        restored = restore(store)
        readings, alignments = restored.readings, restored.alignments
        known = [as_of is None or published(r.document, as_of) for r in readings]
        self.readings: Sequence[Reading] = [r for r, k in zip(readings, known, strict=True) if k]
        self.later: Sequence[Document] = [r.document for r, k in zip(readings, known, strict=True) if not k]
        held = {r.document.id for r in self.readings}
        upper = restored.upper
        self.upper = upper if upper is not None and upper.document.id in held else None
        self.alignments: Sequence[Alignment] = [
            a for a in alignments if a.document in held and a.object_document in {None, *held}
        ]
        self.observed: Sequence[ObservationFile] = files_of(Path(store.directory))

    @cached_property
    def records(self) -> Mapping[str, AnyRecord]:
        """Every record but the alignments, by id."""
        return {record.id: record for reading in self.readings for record in reading.records}

    @cached_property
    def curated(self) -> Sequence[CuratedDocument]:
        """The curated documents that concern the readings: cited by one, or of the place of one.

        With a point in time of its own a desk leaves out those of a later date.
        """
        cited = {c.resolved for r in self.readings for c in r.of(Citation)}
        places = {r.document.jurisdiction_code for r in self.readings} - {None}
        return [
            plan
            for plan in curated_documents()
            if (plan.id in cited or (plan.issuer and jurisdiction_code(plan.issuer) in places))
            and (self._at is None or _there(plan.date, self._at))
        ]

    @cached_property
    def reading_of(self) -> Mapping[str, Reading]:
        """The reading of each document."""
        return {reading.document.id: reading for reading in self.readings}

    @cached_property
    def statuses(self) -> Mapping[str, Status]:
        """How each target, read or curated, stands at the point in time."""
        return {s.target: s for s in judge_all(aims(self.readings), self.observed, self.as_of)}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The items by id, in document order."""
        return {i.id: i for r in self.readings for i in r.of(Item)}

    @cached_property
    def parents(self) -> Mapping[str, str | None]:
        """The item above each item."""
        return {i.id: i.parent for i in self.items.values()}

    @cached_property
    def children(self) -> Mapping[str, Sequence[Item]]:
        """The items right below each item that has any."""
        found: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            if item.parent is not None:
                found[item.parent].append(item)
        return found

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """The targets by id, in document order."""
        return {t.id: t for r in self.readings for t in r.of(Target)}

    @cached_property
    def targets_in(self) -> Mapping[str | None, Sequence[Target]]:
        """The targets that stand in each item itself; null for those in none."""
        found: defaultdict[str | None, list[Target]] = defaultdict(list)
        for target in self.targets.values():
            found[target.item].append(target)
        return found

    @cached_property
    def duties_of(self) -> Mapping[str, Sequence[Responsibility]]:
        """The responsibilities for each item itself, in document order."""
        found: defaultdict[str, list[Responsibility]] = defaultdict(list)
        for duty in self.duties:
            if duty.item is not None:
                found[duty.item].append(duty)
        return found

    @cached_property
    def duties(self) -> Sequence[Responsibility]:
        """Every responsibility, in document order."""
        return [d for r in self.readings for d in r.of(Responsibility)]

    @cached_property
    def conflicts(self) -> Sequence[Conflict]:
        """The conflicts within documents, in document order."""
        return [c for r in self.readings for c in r.of(Conflict)]

    @cached_property
    def conflicts_of(self) -> Mapping[str, Sequence[Conflict]]:
        """The conflicts within its document that each target is in."""
        found: defaultdict[str, list[Conflict]] = defaultdict(list)
        for conflict in self.conflicts:
            for target in conflict.targets:
                found[target].append(conflict)
        return found

    @cached_property
    def repairs(self) -> Mapping[str, Sequence[Repair]]:
        """The repairs of each document (id)."""
        return {r.document.id: list(r.of(Repair)) for r in self.readings}

    @cached_property
    def _aligned(self) -> Mapping[str, Sequence[Alignment]]:
        found: defaultdict[str, list[Alignment]] = defaultdict(list)
        for alignment in self.alignments:
            found[alignment.subject].append(alignment)
        return found

    def document(self, record: AnyRecord) -> Document:
        """The document that a record was read from."""
        return self.reading_of[record.document].document

    def owners(self, item: str | None) -> list[Responsibility]:
        """Who answers for an item: the duties of the item itself, then of those above it; each unit once.

        A unit that is named twice counts with the weightier of its roles at the nearest item.
        """
        weight = {"lead": 0, "responsible": 1, "support": 2}
        found: dict[str, Responsibility] = {}
        for at in ancestors(item, self.parents) if item is not None else ():
            nearest: dict[str, Responsibility] = {}
            for duty in self.duties_of.get(at, ()):
                known = nearest.get(duty.unit)
                if known is None or weight[duty.role] < weight[known.role]:
                    nearest[duty.unit] = duty
            for unit, duty in nearest.items():
                found.setdefault(unit, duty)
        return list(found.values())

    def above(self, item: str | None) -> Iterator[Item]:
        """The item itself and those above it, from below."""
        for at in ancestors(item, self.parents) if item is not None else ():
            yield self.items[at]

    def below(self, item: str) -> Iterator[Item]:
        """The item itself and those below it, in document order."""
        yield self.items[item]
        for child in self.children.get(item, ()):
            yield from self.below(child.id)

    def counterpart(self, item: str | None) -> Alignment | None:
        """The alignment that counts for an item, or for the nearest item above it that has one.

        An abstention (its `object` is null) where one was said and nothing counts; null where none was said.
        """
        abstained: Alignment | None = None
        for at in self.above(item):
            own = self._aligned.get(at.id, ())
            for alignment in sorted(own, key=lambda a: a.status != "accepted"):
                if alignment.object is None:
                    abstained = abstained or alignment
                elif counts(alignment):
                    return alignment
        return abstained

    def answers(self, item: str) -> list[Alignment]:
        """The alignments that count and lead to an upper item or one below it, in their order."""
        inside = {i.id for i in self.below(item)}
        return [a for a in self.alignments if a.object in inside and counts(a)]

    def touching(self, record: AnyRecord) -> list[Repair]:
        """The repairs that touch the passage of a record."""
        return [
            repair
            for repair in self.repairs[record.document]
            if repair is not record and touches(repair, record.start, record.end)
        ]


def published(document: Document, as_of: AsOf) -> bool:
    """Whether a document was there by then, by its own date; one without a date counts as there.

    A date of less precision (2024, 2024-10) is taken at its beginning.
    """
    return document.date is None or _there(document.date, as_of)


def _there(day: str, as_of: AsOf) -> bool:
    by = str(as_of.year) if as_of.day is None else as_of.day.isoformat()
    return day[: len(by)] <= by
