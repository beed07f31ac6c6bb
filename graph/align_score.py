"""How well an upper task covers an item: concepts, characters, measures. No records are made here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.align_text import Zones, normalise, zones
from graph.align_thesaurus import thesaurus
from graph.align_weigh import Content, counted, weigh, weights, words_only
from loaders.records import Item, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Match:
    """One upper task beside an item, with everything that speaks for it."""

    task: Item
    measure: Item | None
    """The measure that clearly is what matches, if one does."""
    score: float
    covered: float
    """Share of the item's content that the task covers, 0 to 1."""
    lexical: float
    """Cosine of the character n-grams, 0 to 1."""
    concepts: tuple[tuple[str, float], ...]
    """The concepts that were covered, each with its share of the item's content, the greatest first."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item, what it is about, and every upper task that shares anything with it, the best first."""

    item: Item
    content: Content
    matches: tuple[Match, ...]
    foreign: tuple[tuple[str, float], ...]
    """The concepts that no upper task covers, each with its share of the item's content."""


class UpperPlan:
    """The tasks of an upper plan, made ready once for any number of items."""

    def __init__(self, reading: Reading) -> None:
        """Weigh every task and measure; needs a reading with items of kind task."""
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        items = list(reading.of(Item))
        by_id = {item.id: item for item in items}
        self.tasks = sorted((i for i in items if i.kind == "task"), key=lambda i: (i.start, i.path))
        self.measures = {
            task.id: sorted((i for i in items if i.parent == task.id), key=lambda i: (i.start, i.path))
            for task in self.tasks
        }
        self._names = list(thesaurus().concepts)
        self._number = {name: n for n, name in enumerate(self._names)}
        kin = np.array([[thesaurus().kinship(a, b) for b in self._names] for a in self._names])

        w = weights()
        strengths: list[Mapping[str, float]] = []
        texts: list[str] = []
        self._words: list[dict[str, list[str]]] = []
        titles: list[Mapping[str, float]] = []
        measures: list[tuple[int, Mapping[str, float]]] = []
        for n, task in enumerate(self.tasks):
            zone = zones(task, reading)
            action = by_id.get(task.parent or "")
            above = normalise(action.title) if action else ""
            strength, title = _strength(zone, above)
            strengths.append(strength)
            titles.append(title)
            self._words.append(_printed(zone))
            texts.append(words_only("。".join((zone.title, zone.title, zone.body, above))))
            for measure in self.measures[task.id]:
                counts, _ = counted(normalise(measure.title))
                measures.append((n, {c: min(1.0, v) * w["task_measure"] for c, v in counts.items()}))
        self._cover = _covering(kin, self._vectors(strengths))
        self._title_cover = _covering(kin, self._vectors(titles))
        self._measure_cover = _covering(kin, self._vectors([m for _, m in measures]))
        self._measure_of = [n for n, _ in measures]
        self._informative = self._weigh_concepts(self._cover)
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        self._texts: Any = self._vectorizer.fit_transform(texts)

    def _vectors(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """One row a text, one column a concept."""
        import numpy as np

        table = np.zeros((len(rows), len(self._names)))
        for n, row in enumerate(rows):
            for concept, value in row.items():
                table[n, self._number[concept]] = value
        return table

    def _weigh_concepts(self, cover: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much a concept tells: 1 when at most one task covers it, less the more tasks do."""
        import numpy as np

        tasks = len(self.tasks)
        spread = np.maximum(1, (cover >= 0.5).sum(axis=1))
        weight: NDArray[np.float64] = np.log(1 + tasks / spread) / math.log(1 + tasks)
        return weight

    def rank(self, items: Sequence[tuple[Item, Zones]]) -> list[Ranked]:
        """Every item with the tasks that share anything with it; cost linear in the number of items."""
        if not items or not self.tasks:
            return [Ranked(item, weigh(zone), (), ()) for item, zone in items]
        texts = [words_only("。".join((zone.title, zone.title, zone.body))) for _, zone in items]
        lexical = (self._vectorizer.transform(texts) @ self._texts.T).toarray()
        return [self._rank(item, weigh(zone), lexical[n]) for n, (item, zone) in enumerate(items)]

    def _rank(self, item: Item, content: Content, lexical: NDArray[np.float64]) -> Ranked:
        mass = self._vectors([content.mass])[0] * self._informative
        total = float(mass.sum()) + content.unknown + 1e-9
        shares = (mass[:, None] * self._cover) / total
        covered = shares.sum(axis=0)
        scores = covered + weights()["lexical"] * lexical
        order = sorted(
            range(len(self.tasks)), key=lambda n: (-round(float(scores[n]), 9), self.tasks[n].start)
        )
        in_titles = mass @ self._title_cover / total
        in_measures = mass @ self._measure_cover / total
        matches = []
        for n in order:
            if scores[n] <= 0:
                break
            column = shares[:, n]
            named = sorted((c for c in column.nonzero()[0]), key=lambda c: (-round(float(column[c]), 9), c))
            matches.append(
                Match(
                    task=self.tasks[n],
                    measure=self._measure(n, float(covered[n]), float(in_titles[n]), in_measures),
                    score=float(scores[n]),
                    covered=float(covered[n]),
                    lexical=float(lexical[n]),
                    concepts=tuple((self._names[c], float(column[c])) for c in named),
                )
            )
        lost = (mass / total) * (self._cover.max(axis=1) < 0.25)
        foreign = sorted(
            ((self._names[c], float(lost[c])) for c in lost.nonzero()[0]),
            key=lambda f: (-round(f[1], 9), f[0]),
        )
        return Ranked(item, content, tuple(matches), tuple(foreign))

    def _measure(
        self, task: int, covered: float, in_title: float, in_measures: NDArray[np.float64]
    ) -> Item | None:
        """The measure that holds what was matched, where the task's own title does not."""
        best: tuple[float, int] | None = None
        place = 0
        for n, owner in enumerate(self._measure_of):
            if owner != task:
                continue
            value = round(float(in_measures[n]), 9)
            if best is None or value > best[0]:
                best = value, place
            place += 1
        if best is None or best[0] <= in_title + 0.02 or best[0] < 0.6 * covered:
            return None
        return self.measures[self.tasks[task].id][best[1]]

    def words(self, task: Item, concept: str) -> list[str]:
        """The words by which a task means a concept, or a kin of it, as printed."""
        printed = self._words[self.tasks.index(task)]
        kin = sorted(printed, key=lambda other: (-thesaurus().kinship(concept, other), other))
        return printed[kin[0]] if kin and thesaurus().kinship(concept, kin[0]) > 0 else []


def _covering(kin: NDArray[np.float64], strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each text (column) covers each concept (row), by its best kin."""
    import numpy as np

    if not len(strength):
        return np.zeros((len(kin), 0))
    cover: NDArray[np.float64] = (kin[:, None, :] * strength[None, :, :]).max(axis=2)
    return cover


def _strength(zone: Zones, action: str) -> tuple[dict[str, float], dict[str, float]]:
    """How strongly a task is about each concept: in all, and by its title alone."""
    w = weights()
    above, _ = counted(action)
    title, _ = counted(zone.title)
    body, _ = counted(zone.body)
    total = sum(body.values()) or 1.0
    titles = {c: w["task_title"] * min(1.0, v) for c, v in title.items()}
    strength = {c: w["action_title"] * min(1.0, v) for c, v in above.items()}
    for concept, value in body.items():
        share = 1 - w["task_share"] + w["task_share"] * math.sqrt(value / total)
        strength[concept] = max(strength.get(concept, 0.0), w["task_measure"] * min(1.0, value) * share)
    for concept, value in titles.items():
        strength[concept] = max(strength.get(concept, 0.0), value)
    return strength, titles


def _printed(zone: Zones) -> dict[str, list[str]]:
    """The words of a task by concept, the title's first."""
    words: dict[str, list[str]] = {}
    for mention in (*thesaurus().mentions(zone.title), *thesaurus().mentions(zone.body)):
        seen = words.setdefault(mention.concept, [])
        if mention.term not in seen:
            seen.append(mention.term)
    return words
