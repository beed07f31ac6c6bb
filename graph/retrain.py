"""Learns the calibration anew from reviewers' decisions, beside the pairs that ours was fitted on."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.align_embedding import load
from graph.align_score import UpperPlan
from graph.align_thesaurus import FOLDER
from graph.calibrate import FITTED, NAMES, Pair, calibration, confidence, fit_pairs
from graph.review import judged
from graph.review_queue import Queue
from loaders.errors import InputError, UsageError

PAIRS: Final = FOLDER / "pairs.csv"
COLUMNS: Final = ("score", "best", "rank", "held")
LEAST: Final = 10
"""Fewer judged pairs than this teach nothing."""


@dataclass(frozen=True, slots=True)
class Retrained:
    """What was learnt: judged pairs that count, the file, and the mean log loss on them before and after."""

    pairs: int
    file: Path
    before: float
    after: float


def shipped_pairs() -> list[Pair]:
    """The pairs that the shipped calibration was fitted on: scores alone, no text."""
    try:
        with PAIRS.open(encoding="utf-8", newline="") as file:
            return [
                Pair(float(r["score"]), float(r["best"]), int(r["rank"]), r["held"] == "1")
                for r in csv.DictReader(file)
            ]
    except (OSError, KeyError, ValueError) as error:
        raise InputError(
            str(PAIRS), f"cannot be read ({error})", "restore the file from the repository"
        ) from error


def judged_pairs(queue: Queue, embedding: str | None = None) -> list[Pair]:
    """The pairs that decisions in force judge and the machine ranks, with their scores of today."""
    readings, upper = queue.readings()
    plan = UpperPlan(upper, None if embedding is None else load(embedding))
    holds = {
        (s.subject, target): held
        for s in queue.standings()
        if s.state == "in_force"
        for target, held in judged(s).items()
    }
    subjects = {subject for subject, _ in holds}
    found = []
    for reading in readings:
        if reading is upper or not any(i.startswith(reading.document.id) for i in subjects):
            continue
        for ranked in plan.rank(reading):
            for rank, match in enumerate(ranked.matches, 1):
                names = {match.task.id, *(m.id for m in plan.measures[match.task.id])}
                votes = {holds[ranked.item.id, n] for n in names if (ranked.item.id, n) in holds}
                if not votes and holds.get((ranked.item.id, None)):
                    votes = {False} if rank == 1 else set()
                if len(votes) == 1:
                    found.append(Pair(match.score, ranked.matches[0].score, rank, votes.pop()))
    return found


def retrain(queue: Queue, embedding: str | None = None) -> Retrained:
    """Fits the calibration on the shipped pairs and the judged ones, and keeps it beside the decisions.

    Raises UsageError where there are too few judged pairs.
    """
    own = judged_pairs(queue, embedding)
    if len(own) < LEAST:
        raise UsageError(
            "gangmu review --retrain", f"has {len(own)} judged pairs", f"decide at least {LEAST}"
        )
    fitted = fit_pairs([*shipped_pairs(), *own])
    path = queue.folder / FITTED
    temporary = path.with_name(f".{path.name}.new")
    said = (
        f"# Fitted by `gangmu review --retrain` on {len(own)} judged pairs and those that come with Gangmu.\n"
    )
    temporary.write_text(said + "".join(f"{name}: {fitted[name]:.6f}\n" for name in NAMES), encoding="utf-8")
    temporary.replace(path)
    return Retrained(len(own), path, _loss(own, dict(calibration())), _loss(own, fitted))


def _loss(pairs: list[Pair], coefficients: dict[str, float]) -> float:
    import math

    total = 0.0
    for pair in pairs:
        sure = confidence(pair.score, pair.best, first=pair.rank == 1, coefficients=coefficients)
        sure = min(1 - 1e-6, max(1e-6, sure))
        total -= math.log(sure if pair.held else 1 - sure)
    return total / len(pairs)
