"""Which prediction meets which gold record: one to one, of greatest total weight. Weighs nothing itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from loaders.evaluate.compare import Rec

Pair: TypeAlias = tuple[int, int]
Weights: TypeAlias = Mapping[Pair, float]
"""Weights above 0 of those pairs (gold index, predicted index) that could meet; all others cannot."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Gold records, predictions, and the pairs of indices that met.

    An optional gold record is not asked for; the prediction that meets it is no false hit either.
    """

    golds: Sequence[Rec]
    predictions: Sequence[Rec]
    pairs: tuple[Pair, ...]

    @property
    def scored(self) -> list[tuple[Rec, Rec]]:
        """The pairs of records that count."""
        return [(self.golds[i], self.predictions[j]) for i, j in self.pairs if self._asked(i)]

    @property
    def asked(self) -> int:
        """How many gold records count."""
        return sum(map(self._asked, range(len(self.golds))))

    @property
    def offered(self) -> int:
        """How many predictions count."""
        return len(self.predictions) - sum(not self._asked(i) for i, _ in self.pairs)

    @property
    def missed(self) -> list[Rec]:
        """The gold records that count and that nothing met."""
        met = {i for i, _ in self.pairs}
        return [gold for i, gold in enumerate(self.golds) if i not in met and self._asked(i)]

    @property
    def extra(self) -> list[Rec]:
        """The predictions that met nothing."""
        met = {j for _, j in self.pairs}
        return [prediction for j, prediction in enumerate(self.predictions) if j not in met]

    @property
    def gold_of(self) -> dict[str, Rec]:
        """The gold record that each predicted id met, optional ones too."""
        return {self.predictions[j]["id"]: self.golds[i] for i, j in self.pairs}

    def _asked(self, index: int) -> bool:
        return not self.golds[index].get("optional")


def meet(golds: Sequence[Rec], predictions: Sequence[Rec], weights: Weights) -> Meeting:
    """The meeting of both sides that has the greatest total weight."""
    return Meeting(golds, predictions, tuple(best_pairs(weights)))


def best_pairs(weights: Weights) -> list[Pair]:
    """The pairs of the heaviest one-to-one assignment, sorted."""
    if not weights:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # ships no types

    found: list[Pair] = []
    for part in _connected(weights):
        rows = sorted({i for i, _ in part})
        columns = sorted({j for _, j in part})
        row_of, column_of = _numbered(rows), _numbered(columns)
        matrix = np.zeros((len(rows), len(columns)))
        for i, j in part:
            matrix[row_of[i], column_of[j]] = weights[i, j]
        chosen = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
        found += [(rows[row], columns[column]) for row, column in chosen if matrix[row, column] > 0]
    return sorted(found)


def _numbered(indices: Sequence[int]) -> dict[int, int]:
    return {index: place for place, index in enumerate(indices)}


def _connected(weights: Weights) -> Iterator[list[Pair]]:
    """The pairs in groups that have no index in common: each group is assigned for itself."""
    by_gold: defaultdict[int, list[Pair]] = defaultdict(list)
    by_prediction: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in sorted(weights):
        by_gold[pair[0]].append(pair)
        by_prediction[pair[1]].append(pair)
    while by_gold:
        group: dict[Pair, None] = {}
        waiting = [next(iter(by_gold))]
        while waiting:
            for pair in by_gold.pop(waiting.pop(), []):
                group[pair] = None
                waiting += [i for i, _ in by_prediction.pop(pair[1], []) if i in by_gold]
        yield list(group)
