"""The result of an evaluation: counts, what follows from them, and the findings. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias

Problem: TypeAlias = Literal["missed", "extra", "differs"]

DOCUMENT_FIELDS: Final = (
    "title",
    "kind",
    "issuer",
    "jurisdiction",
    "level",
    "date",
    "period",
    "index_number",
    "number",
)
TARGET_FIELDS: Final = (
    "comparator",
    "unit",
    "deadline_end",
    "growth",
    "per_year",
    "modality",
    "indicator",
    "item",
)
SCORES: Final = (
    "section",
    "item",
    "item.span",
    "target.loose",
    "target.strict",
    "responsibility",
    "citation",
    "declaration",
    "declaration.with_found",
    "repair",
    "conflict",
    "alignment.abstention",
)
"""What has misses and false hits; `item` asks for the kind as well, `item.span` does not."""
SHARES: Final = (
    "evidence",
    "document.all",
    *(f"document.{field}" for field in DOCUMENT_FIELDS),
    "section.parent",
    "section.title",
    "item.title",
    "item.path",
    "item.parent",
    *(f"target.{field}" for field in TARGET_FIELDS),
    "responsibility.role",
    "responsibility.unit_name",
    "responsibility.in_lists",
    "responsibility.in_running_text",
    "citation.number",
    "citation.relation",
    "declaration.found",
    "declaration.of",
    "conflict.kind",
    "conflict.sure_precision",
    "conflict.sure_recall",
    "alignment.first_best",
    "alignment.first_any",
    "alignment.among_three",
    "alignment.action_best",
    "alignment.action_any",
    "alignment.relation",
)
"""What is right or wrong where it was asked."""
COUNTS: Final = ("evidence.missing", "alignment.items_not_found")
BINS: Final = 5
DIGITS: Final = 4


def ratio(part: float, whole: float) -> float | None:
    """`part` of `whole`, to four digits; None where there is no whole."""
    return round(part / whole, DIGITS) if whole else None


@dataclass(frozen=True, slots=True)
class Score:
    """How many gold records were met, how many predictions met none, how many gold records were missed."""

    matched: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        """The counts of both."""
        return Score(self.matched + other.matched, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The share of predictions that met a gold record; None without predictions."""
        return ratio(self.matched, self.matched + self.extra)

    @property
    def recall(self) -> float | None:
        """The share of gold records that were met; None without gold records."""
        return ratio(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there was nothing on either side."""
        return ratio(2 * self.matched, 2 * self.matched + self.extra + self.missed)

    def as_dict(self) -> dict[str, Any]:
        """Ratios first, then the counts."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right of how many that were asked."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        """The counts of both."""
        return Share(self.right + other.right, self.of + other.of)

    @property
    def share(self) -> float | None:
        """The share that was right; None where nothing was asked."""
        return ratio(self.right, self.of)

    def as_dict(self) -> dict[str, Any]:
        """The share first, then the counts."""
        return {"share": self.share, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Bin:
    """The confidences from `low` up to `high`: their number, their mean, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidences of first proposals, each with whether it was right."""

    judged: tuple[tuple[float, bool], ...] = ()

    def __add__(self, other: Calibration) -> Calibration:
        """The confidences of both."""
        return Calibration(self.judged + other.judged)

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The confidences in five bins of equal width."""
        parts: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
        for confidence, right in self.judged:
            parts[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
        return tuple(
            Bin(
                number / BINS,
                (number + 1) / BINS,
                len(part),
                ratio(sum(confidence for confidence, _ in part), len(part)),
                ratio(sum(right for _, right in part), len(part)),
            )
            for number, part in enumerate(parts)
        )

    @property
    def error(self) -> float | None:
        """Expected calibration error, from the bins as they are shown; None without confidences."""
        gaps = [
            b.count * abs(b.confidence - b.accuracy)
            for b in self.bins
            if b.confidence is not None and b.accuracy is not None
        ]
        return ratio(sum(gaps), len(self.judged))

    def as_dict(self) -> dict[str, Any]:
        """The error, the number of confidences and the bins."""
        return {"error": self.error, "of": len(self.judged), "bins": [asdict(b) for b in self.bins]}


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one document or of several; every name of SCORES, SHARES and COUNTS is a key."""

    scores: Mapping[str, Score]
    shares: Mapping[str, Share]
    counts: Mapping[str, int]
    calibration: Calibration

    @classmethod
    def pooled(cls, parts: Iterable[Figures]) -> Figures:
        """The figures over all records of the parts."""
        every = list(parts)
        return cls(
            {name: sum((part.scores[name] for part in every), Score()) for name in SCORES},
            {name: sum((part.shares[name] for part in every), Share()) for name in SHARES},
            {name: sum(part.counts[name] for part in every) for name in COUNTS},
            sum((part.calibration for part in every), Calibration()),
        )

    def as_dict(self) -> dict[str, Any]:
        """One object a record type: `target.loose` is `["target"]["loose"]`."""
        tree: dict[str, Any] = {}
        for name in (*SHARES[:1], *SCORES, *SHARES[1:], *COUNTS):
            kind, _, rest = name.partition(".")
            branch = tree.setdefault(kind, {})
            if name in COUNTS:
                branch[rest] = self.counts[name]
                continue
            value = (self.scores[name] if name in SCORES else self.shares[name]).as_dict()
            branch.update({rest: value} if rest else value)
        tree["alignment"]["calibration"] = self.calibration.as_dict()
        return tree


@dataclass(frozen=True, slots=True)
class Finding:
    """One miss, one false hit, or one field that was read differently, with its text and place.

    `document` is the name of its file. `gold` and `predicted` say in words what each side holds; `quote`,
    `start` and `end` are the evidence of the gold record, or of the prediction where there is none.
    """

    document: str
    type: str
    problem: Problem
    field: str | None
    gold: str | None
    predicted: str | None
    quote: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures over all documents and for each, by its file's name, and every finding.

    `missing` names gold documents that nothing was predicted for: all in them counts as missed.
    `unchecked` names predicted documents whose text was not at hand: their quotes were not checked.
    """

    figures: Figures
    documents: Mapping[str, Figures]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Everything as one JSON object."""
        return {
            "figures": self.figures.as_dict(),
            "documents": {name: figures.as_dict() for name, figures in self.documents.items()},
            "missing": list(self.missing),
            "unchecked": list(self.unchecked),
            "findings": [asdict(finding) for finding in self.findings],
        }
