"""The calibration of the confidence: fitting it, and the one in use. What is scored is align_score.py's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from graph.align_thesaurus import FOLDER, read_yaml
from loaders.errors import InputError

STRENGTH: Final = 3.0
"""C of the logistic regression; `python -m benchmarks.alignment --fit` shows what others give."""
FITTED: Final = "calibration.yaml"
NAMES: Final = ("first_intercept", "first_score", "later_intercept", "later_score", "later_closeness")


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that was judged: its score, its item's best, its rank (1 is best), and whether it holds."""

    score: float
    best: float
    rank: int
    held: bool


@cache
def calibration() -> Mapping[str, float]:
    """The coefficients that come with Gangmu (`python -m benchmarks.alignment --fit` prints them anew)."""
    content = read_yaml(FOLDER / "weights.yaml")["calibration"]
    return {name: float(content[name]) for name in NAMES}


def fitted(folder: Path) -> Mapping[str, float]:
    """The coefficients that `gangmu review --retrain` left in a folder of decisions, else our own."""
    path = folder / FITTED
    if not path.is_file():
        return calibration()
    try:
        content = read_yaml(path)
        return {name: float(content[name]) for name in NAMES}
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(str(path), f"is damaged ({error})", "run `gangmu review --retrain` again") from error


def confidence(
    score: float, best: float, *, first: bool, coefficients: Mapping[str, float] | None = None
) -> float:
    """The probability that a pair holds, from its score and, below rank 1, from the item's best score.

    Both enter by their logarithm: 0.1 to 0.2 is the step from chance to content, 0.6 to 0.7 is none.
    """
    c = coefficients or calibration()
    if first:
        logit = c["first_intercept"] + c["first_score"] * math.log(score)
    else:
        logit = c["later_intercept"] + c["later_score"] * math.log(score)
        logit += c["later_closeness"] * math.log(score / best)
    return round(1 / (1 + math.exp(-logit)), 4)


def fit_pairs(pairs: Sequence[Pair], strength: float = STRENGTH) -> dict[str, float]:
    """The coefficients that fit the pairs: one logistic for first candidates, one for the later ones.

    Each has one or two features that can only raise the confidence. Raises ValueError where all first or
    all later pairs hold, or none does: nothing can be learnt from them.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    found: dict[str, float] = {}
    for name, features in (("first", ("score",)), ("later", ("score", "closeness"))):
        own = [p for p in pairs if (p.rank == 1) == (name == "first")]
        held = np.array([p.held for p in own])
        if held.all() or not held.any():
            raise ValueError(name)
        rows = np.array([(math.log(p.score), math.log(p.score / p.best))[: len(features)] for p in own])
        model = LogisticRegression(C=strength).fit(rows, held)
        found[f"{name}_intercept"] = float(model.intercept_[0])
        for feature, value in zip(features, model.coef_[0], strict=True):
            found[f"{name}_{feature}"] = max(0.0, float(value))
    return found
