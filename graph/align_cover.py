"""Which concepts an upper text covers, and how far. Nothing of the lower items is known here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.align_text import Zones
from graph.align_thesaurus import thesaurus
from graph.align_weigh import counted, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def strength(part: Zones, action: str) -> dict[str, float]:
    """How strongly a task is about each concept, 0 to 1.

    Its title says it outright, its measures by the share that they give to the concept, the title of
    the action above it only faintly.
    """
    w = weights()
    body, _ = counted(part.body)
    total = sum(body.values()) or 1.0
    found = {c: w["action_title"] * min(1.0, n) for c, n in counted(action)[0].items()}
    for concept, count in body.items():
        share = 1 - w["task_share"] + w["task_share"] * math.sqrt(count / total)
        found[concept] = max(found.get(concept, 0.0), w["task_measure"] * min(1.0, count) * share)
    for concept, count in counted(part.title)[0].items():
        found[concept] = max(found.get(concept, 0.0), w["task_title"] * min(1.0, count))
    return found


class Cover:
    """A table of concepts (rows) by texts (columns): how far the text covers the concept, 0 to 1.

    A text covers a concept by its nearest kin: what it says of laboratories is half of an answer to
    an item about platforms.
    """

    def __init__(self, strengths: Sequence[Mapping[str, float]]) -> None:
        """One mapping a text, from concepts to strengths."""
        import numpy as np

        self.names = list(thesaurus().concepts)
        self._row = {name: n for n, name in enumerate(self.names)}
        near = weights()["kinship"]
        kin = np.array(
            [[(1.0 if a == b else near) * thesaurus().kinship(a, b) for b in self.names] for a in self.names]
        )
        self.table: NDArray[np.float64] = np.zeros((len(self.names), len(strengths)))
        for n, found in enumerate(strengths):
            self.table[:, n] = (kin * self.vector(found)).max(axis=1)

    def vector(self, values: Mapping[str, float]) -> NDArray[np.float64]:
        """The values in the order of the rows."""
        import numpy as np

        vector = np.zeros(len(self.names))
        for concept, value in values.items():
            vector[self._row[concept]] = value
        return vector

    def informative(self) -> NDArray[np.float64]:
        """How much each concept tells: its own weight where one text at most covers it, less the more do."""
        import numpy as np

        texts = max(1, self.table.shape[1])
        spread = np.maximum(1, (self.table >= 0.5).sum(axis=1))
        own = np.array([concept.weight for concept in thesaurus().concepts.values()])
        weight: NDArray[np.float64] = own * np.log(1 + texts / spread) / math.log(1 + texts)
        return weight

    def named(self, values: NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
        """The concepts whose value is above zero, the greatest first."""
        pairs = [(self.names[n], float(values[n])) for n in values.nonzero()[0] if values[n] > 0]
        return tuple(sorted(pairs, key=lambda pair: (-round(pair[1], 9), pair[0])))
