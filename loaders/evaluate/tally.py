"""What the judges count with: figures and findings of one document in the making."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from loaders.evaluate.compare import Rec
from loaders.evaluate.figures import (
    COUNTS,
    SCORES,
    SHARES,
    Calibration,
    Figures,
    Finding,
    Problem,
    Score,
    Share,
)
from loaders.evaluate.gold import Dossier
from loaders.evaluate.pairing import Meeting


class Tally:
    """Counters of one document, and its findings."""

    def __init__(self, name: str) -> None:
        """Begin at nothing, for the document in the file `name`."""
        self.name = name
        self.findings: list[Finding] = []
        self._scores: dict[str, Score] = dict.fromkeys(SCORES, Score())
        self._right: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._judged: list[tuple[float, bool]] = []

    def figures(self) -> Figures:
        """The figures as they stand."""
        return Figures(
            dict(self._scores),
            {name: Share(self._right[name], self._asked[name]) for name in SHARES},
            {name: self._counts[name] for name in COUNTS},
            Calibration(tuple(self._judged)),
        )

    def asked(self, name: str, right: bool) -> bool:
        """Count one answer to the question `name`; returns whether it was right."""
        self._asked[name] += 1
        self._right[name] += right
        return right

    def count(self, name: str) -> None:
        """Count one of `name`."""
        self._counts[name] += 1

    def score(self, name: str, matched: int, offered: int, wanted: int) -> None:
        """Count matches among `offered` predictions and `wanted` gold records."""
        self._scores[name] += Score(matched, offered - matched, wanted - matched)

    def judged(self, confidence: float, right: bool) -> None:
        """Keep the confidence of a first proposal, held between 0 and 1."""
        self._judged.append((min(1.0, max(0.0, confidence)), right))

    def met(self, name: str, meeting: Meeting, matched: int | None = None) -> None:
        """Count a meeting; `matched` where not every pair is a match."""
        hits = len(meeting.scored) if matched is None else matched
        self.score(name, hits, meeting.offered, meeting.asked)

    def unmet(self, meeting: Meeting) -> None:
        """Note what was missed and what met nothing."""
        for gold in meeting.missed:
            self.find("missed", gold, gold=describe(gold))
        for prediction in meeting.extra:
            self.find("extra", prediction, predicted=describe(prediction))

    def find(
        self,
        problem: Problem,
        place: Rec,
        field: str | None = None,
        gold: Any = None,
        predicted: Any = None,
    ) -> None:
        """Note a finding about the record `place`."""
        self.findings.append(
            Finding(
                document=self.name,
                type=place["type"],
                problem=problem,
                field=field,
                gold=_said(gold),
                predicted=_said(predicted),
                quote=place.get("quote"),
                start=place.get("start"),
                end=place.get("end"),
            )
        )


def _said(value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)


_SAYS: Final = {
    "section": ("label", "title"),
    "item": ("kind", "path", "title"),
    "target": ("indicator", "comparator", "value", "value_max", "unit", "deadline_end"),
    "responsibility": ("as_written", "role"),
    "citation": ("title", "relation"),
    "declaration": ("declared", "of", "found"),
    "repair": ("raw", "repaired"),
    "conflict": ("kind", "explanation"),
}


def describe(record: Rec) -> str:
    """A record in a few words: the fields that tell it from others of its type."""
    values = [_said(record.get(name)) for name in _SAYS[record["type"]]]
    return (" → " if record["type"] == "repair" else " ").join(value for value in values if value)


def place_of(dossier: Dossier, record_id: str | None, kind: str) -> str | None:
    """The words of the record that an id means, where there is one."""
    record = dossier.get(record_id, kind)
    return describe(record) if record else None
