"""Cases, calibration and figures of the alignment, judged without the document that is scored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.alignment_methods import Method
from benchmarks.gold import CASES, Annotated, Answer
from graph.align import THRESHOLD
from graph.calibrate import STRENGTH, Pair, confidence, fit_pairs
from loaders.records import Item

BINS = 5
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated item: its candidates (task path, score), the best first, and what annotators hold."""

    document: str
    answer: Answer
    offers: tuple[tuple[str, float], ...]
    safeguard: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One case with the calibrated confidence of its candidates; none when it abstains."""

    case: Case
    confidences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """One step of the reliability diagram: how many proposals, their mean confidence, the share that held."""

    low: float
    high: float
    proposals: int
    confidence: float
    held: float


def cases(method: Method, upper: Annotated, lower: dict[str, Annotated]) -> list[Case]:
    """The cases of a method, in order of documents and items."""
    found = method(upper.reading, [one.reading for one in lower.values()])
    return [
        Case(name, one.answers[item.id], found.get(item.id, ()), item.kind == "safeguard")
        for name, one in lower.items()
        for item in one.reading.of(Item)
        if item.id in one.answers
    ]


def pairs_of(known: Sequence[Case]) -> list[Pair]:
    """The first three candidates of each case as judged pairs."""
    return [
        Pair(score, case.offers[0][1], rank + 1, path in case.answer.accepted)
        for case in known
        for rank, (path, score) in enumerate(case.offers[:3])
    ]


def fit(known: Sequence[Case], strength: float = STRENGTH) -> dict[str, float]:
    """The coefficients of the calibration, one logistic for first candidates, one for the second and third.

    One and two features that can only raise the confidence: more would be learnt by heart from so few items.
    """
    return fit_pairs(pairs_of(known), strength)


def judge(case: Case, coefficients: dict[str, float], threshold: float) -> Judged:
    """The case with confidences; none for a safeguard or where the best candidate is below the threshold."""
    if not case.offers or (case.safeguard and threshold):
        return Judged(case, ())
    best = case.offers[0][1]
    values = tuple(
        confidence(score, best, first=rank == 0, coefficients=coefficients)
        for rank, (_, score) in enumerate(case.offers)
    )
    return Judged(case, values if values[0] >= threshold else ())


def held_out(
    all_cases: Sequence[Case],
    *,
    abstain: bool,
    threshold: float = THRESHOLD,
    strength: float = STRENGTH,
    also_written: bool = False,
) -> list[Judged]:
    """Every case of an annotated document, judged by a calibration that has not seen that document.

    Without `abstain` every item with a candidate keeps it, whatever its confidence; `also_written` judges the
    written cases in the same way.
    """
    judged = []
    for document in dict.fromkeys(case.document for case in all_cases):
        if also_written or document not in CASES:
            coefficients = fit([case for case in all_cases if case.document != document], strength)
            least = threshold if abstain else 0.0
            judged += [judge(case, coefficients, least) for case in all_cases if case.document == document]
    return judged


def log_loss(all_cases: Sequence[Case], strength: float) -> float:
    """The mean log loss of first candidates of held-out documents, abstained or not."""
    losses = []
    for judged in held_out([c for c in all_cases if not c.safeguard], abstain=False, strength=strength):
        if judged.confidences:
            sure = min(1 - 1e-6, max(1e-6, judged.confidences[0]))
            held = judged.case.offers[0][0] in judged.case.answer.accepted
            losses.append(-math.log(sure if held else 1 - sure))
    return sum(losses) / len(losses)


def share(hits: Sequence[bool]) -> float:
    """The share of hits, nan for none."""
    return sum(hits) / len(hits) if hits else float("nan")


def proposals(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """The confidence of each first choice and whether annotators accept it."""
    return [
        (j.confidences[0], j.case.offers[0][0] in j.case.answer.accepted) for j in judged if j.confidences
    ]


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """The reliability diagram: the proposals in steps of equal width, empty ones left out."""
    found = []
    sure = proposals(judged)
    for n in range(BINS):
        part = [(c, hit) for c, hit in sure if min(BINS - 1, int(c * BINS)) == n]
        if part:
            mean = sum(c for c, _ in part) / len(part)
            found.append(Bin(n / BINS, (n + 1) / BINS, len(part), mean, share([hit for _, hit in part])))
    return found


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """The figures; an item with a match where the method abstains is missed."""
    wanted = [j for j in judged if j.case.answer.accepted]
    first = [(j.case.offers[0][0] if j.confidences else "", j.case.answer) for j in wanted]
    gave_up = [(not j.confidences, not j.case.answer.accepted) for j in judged]
    right = sum(a and b for a, b in gave_up)
    bins = reliability(judged)
    count = sum(b.proposals for b in bins)
    error = sum(b.proposals * abs(b.confidence - b.held) for b in bins)
    return {
        "hit@1 any": share([path in answer.accepted for path, answer in first]),
        "hit@1 best": share([path in answer.best for path, answer in first]),
        "hit@3": share(
            [
                bool(j.confidences) and any(p in j.case.answer.accepted for p, _ in j.case.offers[:3])
                for j in wanted
            ]
        ),
        "action": share([path[:1] in {p[:1] for p in answer.accepted} for path, answer in first]),
        "abstention F1": 2 * right / max(1, sum(a for a, _ in gave_up) + sum(b for _, b in gave_up)),
        "calibration error": error / count if count else float("nan"),
    }


def intervals(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each figure, by drawing the items anew."""
    generator = np.random.default_rng(0)
    drawn = [
        figures([judged[n] for n in generator.integers(0, len(judged), len(judged))]) for _ in range(DRAWS)
    ]
    found = {}
    for name in drawn[0]:
        low, high = np.nanpercentile([values[name] for values in drawn], (2.5, 97.5))
        found[name] = (float(low), float(high))
    return found
