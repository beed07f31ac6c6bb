"""What is to be reviewed, most uncertain first, and the taking of a decision. No dialogue lives here.

A terminal or a page shows `pending` and calls `decide`; the decisions take effect with the next build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from graph.align import relation
from graph.align_text import tasks_of
from graph.resolve import date_of
from graph.restore import restore
from graph.review import Standing, standings
from graph.reviews import Decision, Verdict, append, read_file, read_folder, text_hash
from graph.store import Store
from loaders.errors import InputError, StoreError, UsageError
from loaders.records import Alignment, AlignmentRelation, Document, Item, Reading

EVEN = 0.5
"""The probability of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two passages: its item, the document that it stands in, and the text of the task around it."""

    item: Item
    document: Document
    around: str | None = None

    @property
    def text(self) -> str:
        """The passage as it stands in the source."""
        return self.item.quote


@dataclass(frozen=True, slots=True)
class Candidate:
    """An upper item that the machine proposed for an item, with its probability and reasons."""

    upper: Side
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """An item that waits for a decision; `candidates` are best first, none where the machine abstained.

    `chance` is the probability of the best candidate; `stale` and `contested` are earlier decisions that
    do not count (any more), the newest last.
    """

    lower: Side
    candidates: tuple[Candidate, ...]
    chance: float
    reasons: tuple[str, ...]
    relation: AlignmentRelation
    stale: tuple[Decision, ...]
    contested: tuple[Decision, ...]

    @property
    def doubt(self) -> tuple[int, float, str]:
        """What orders the queue: earlier decisions that fell, then nearness to even odds, then the id."""
        return (not (self.stale or self.contested), abs(self.chance - EVEN), self.lower.item.id)


def _sides(reading: Reading) -> Iterator[Side]:
    """The items of a reading as passages; a measure of a few words shows its task too."""
    items = {item.id: item for item in reading.of(Item)}
    for item in items.values():
        task = items.get(item.parent or "") if item.kind == "measure" else None
        inside = task is not None and task.kind == "task"
        yield Side(item, reading.document, task.quote if task is not None and inside else None)


class Queue:
    """The items of a store that a reviewer has not decided; reads the store once, the decisions each time."""

    def __init__(self, store: Store, folder: Path, reviewer: str) -> None:
        """Raises StoreError where the store has no upper document, UsageError for an empty name."""
        if not reviewer.strip():
            raise UsageError("gangmu review", "names no reviewer", "give --reviewer")
        found = restore(store)
        if found.upper is None:
            raise StoreError(
                str(store.directory), "has no upper document", "build with a plan above the others"
            )
        self._readings, self._upper = found.readings, found.upper
        self._alignments = found.alignments
        self._sides = {side.item.id: side for r in self._readings for side in _sides(r)}
        self.folder, self.reviewer = folder, reviewer.strip()
        self.tasks = [self._sides[task.id] for task in tasks_of(self._upper)]
        self._groups: dict[str, list[Alignment]] = {}
        for alignment in self._alignments:
            self._groups.setdefault(alignment.subject, []).append(alignment)
        self._relations = {
            r.document.id: relation(r, self._upper.document, date_of(self._upper.document))
            for r in self._readings
        }

    def by(self, reviewer: str) -> Queue:
        """The same queue in the hands of another reviewer; UsageError for an empty name."""
        if not reviewer.strip():
            raise UsageError("gangmu review", "names no reviewer", "give --reviewer")
        other = copy(self)
        other.reviewer = reviewer.strip()
        return other

    def standings(self) -> list[Standing]:
        """Every decision in the folder with its state."""
        return standings(read_folder(self.folder), self._readings)

    def pending(self) -> list[Pending]:
        """What this reviewer has not decided, first what fell, then the most uncertain."""
        decided = self.standings()
        own = {
            s.subject
            for s in decided
            if s.decision.reviewer == self.reviewer and s.state in ("in_force", "contested")
        }
        by_subject: dict[str, list[Standing]] = {}
        for standing in decided:
            by_subject.setdefault(standing.subject, []).append(standing)
        waiting = [
            self._pending(subject, group, by_subject.get(subject, ()))
            for subject, group in self._groups.items()
            if subject not in own
        ]
        return sorted(waiting, key=lambda pending: pending.doubt)

    def one(self, subject: str) -> Pending:
        """What there is to decide about an item (record id), decided or not; UsageError for another id."""
        if subject not in self._groups:
            raise UsageError(
                f"item {subject}", "is no item that was aligned", "choose one on the review page"
            )
        mine = [s for s in self.standings() if s.subject == subject]
        return self._pending(subject, self._groups[subject], mine)

    def _pending(self, subject: str, group: Sequence[Alignment], mine: Sequence[Standing]) -> Pending:
        lower = self._sides[subject]
        open_ones = [a for a in group if a.object is not None and a.status != "rejected"]
        candidates = [Candidate(self._sides[a.object or ""], a.confidence, a.reasons) for a in open_ones]
        first = group[0]
        return Pending(
            lower=lower,
            candidates=tuple(candidates),
            chance=candidates[0].confidence if candidates else round(1 - first.confidence, 4),
            reasons=first.reasons,
            relation=self._relations[lower.document.id],
            stale=tuple(s.decision for s in mine if s.state == "stale"),
            contested=tuple(s.decision for s in mine if s.state == "contested"),
        )

    def find(self, path: str) -> Side | None:
        """The upper task of a path such as `4.2`, or one of its measures (`4.2.3`)."""
        upper = (side for side in self._sides.values() if side.document.id == self._upper.document.id)
        return next((side for side in upper if side.item.path == path), None)

    def side(self, item: str) -> Side | None:
        """The upper item of a record id; null where there is none."""
        side = self._sides.get(item)
        return side if side is not None and side.document.id == self._upper.document.id else None

    def decide(
        self,
        pending: Pending,
        verdict: Verdict,
        upper: Side | None,
        comment: str | None = None,
        moment: datetime | None = None,
    ) -> Decision:
        """Keeps a decision about an item and an upper one, null for none at all; returns what was written.

        An accepted pair that is not the first candidate turns the first one down.
        """
        first = pending.candidates[0] if pending.candidates else None
        known = next((c for c in pending.candidates if upper and c.upper.item.id == upper.item.id), None)
        chosen = (
            verdict == "accepted"
            and first is not None
            and (upper is None or upper.item.id != first.upper.item.id)
        )
        decision = Decision(
            subject=pending.lower.item.id,
            subject_label=pending.lower.item.title,
            object=upper.item.id if upper else None,
            object_label=upper.item.title if upper else "",
            verdict=verdict,
            relation=pending.relation,
            reviewer=self.reviewer,
            moment=(moment or datetime.now(UTC)).astimezone(UTC).isoformat(),
            confidence=known.confidence if known else None,
            comment=comment or None,
            instead_of=first.upper.item.id if chosen and first else None,
            subject_text=text_hash(pending.lower.item),
            object_text=text_hash(upper.item) if upper else None,
        )
        append(self.folder, [decision])
        return decision

    def take_in(self, path: Path) -> tuple[int, int]:
        """Adds the decisions of an SSSOM table; returns how many are new, and how many name no item here.

        A row without fingerprints of its passages is taken to be about the passages as they are now.
        """
        known = {d.key for d in read_folder(self.folder)}
        now = datetime.now(UTC).isoformat()
        added, lost = [], 0
        for decision in read_file(path, self.reviewer):
            subject = self._sides.get(decision.subject)
            target = self._sides.get(decision.object) if decision.object else None
            if subject is None or (decision.object is not None and target is None):
                lost += 1
                continue
            whole = replace(
                decision,
                moment=decision.moment or now,
                subject_text=decision.subject_text or text_hash(subject.item),
                object_text=decision.object_text or (text_hash(target.item) if target else None),
            )
            if whole.key not in known:
                known.add(whole.key)
                added.append(whole)
        if not added and not lost:
            raise InputError(str(path), "holds no decision that is new", "give another table")
        if added:
            append(self.folder, added)
        return len(added), lost

    def readings(self) -> tuple[list[Reading], Reading]:
        """The readings of the store, and the upper one."""
        return self._readings, self._upper
