"""How well each task of an upper plan covers an item, and why. No records are made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.align_characters import Characters
from graph.align_cover import Cover, strength
from graph.align_scope import NOTHING, elsewhere, field_of, field_shares, home, places_named
from graph.align_text import Surroundings, Zones, leaves, normalise, tasks_of
from graph.align_thesaurus import any_of, thesaurus
from graph.align_weigh import Content, counted, weigh, weights, words_only
from loaders.records import Item, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 1e-6
"""Scores below this are rounding."""
EXPLAINED = 3
"""Matches of which the measure and the concepts are worked out: no more are ever proposed."""
FOREIGN = 0.25
"""A concept that no task covers by more than this share has no counterpart in the plan."""


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
    elsewhere: tuple[str, ...]
    """The places that the task's title names, where they are not the document's own."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item, what it is about, and every upper task that shares anything with it, the best first."""

    item: Item
    content: Content
    matches: tuple[Match, ...]
    foreign: tuple[tuple[str, float], ...]
    """The concepts that no upper task covers, each with its share of the item's content."""
    outside: bool
    """The item, or most of its document, has no word of the upper plan's field."""


class UpperPlan:
    """The tasks of an upper plan, made ready once for any number of documents below it."""

    def __init__(self, reading: Reading) -> None:
        """Weigh every task and its measures. Leaf measures outside any task count as tasks themselves."""
        items = list(reading.of(Item))
        by_id = {item.id: item for item in items}
        self.tasks = tasks_of(reading)
        self.measures = {
            task.id: sorted((i for i in items if i.parent == task.id), key=lambda i: (i.start, i.path))
            for task in self.tasks
        }
        around = Surroundings(reading)
        parts = [around.zones(task) for task in self.tasks]
        above = [normalise(by_id[task.parent].title) if task.parent in by_id else "" for task in self.tasks]
        measures = [
            counted(normalise(measure.title))[0] for task in self.tasks for measure in self.measures[task.id]
        ]
        self._cover = Cover([strength(part, action) for part, action in zip(parts, above, strict=True)])
        self._title_cover = Cover([_once(counted(part.title)[0]) for part in parts])
        self._measure_cover = Cover([_once(counts) for counts in measures])
        self._informative = self._cover.informative()
        self._words = {task.id: _printed(part) for task, part in zip(self.tasks, parts, strict=True)}
        texts = ["。".join((p.title, p.title, p.body, a)) for p, a in zip(parts, above, strict=True)]
        self._field = field_of(texts)
        self._places = places_named(self.tasks)
        self._characters = Characters([words_only(text) for text in texts])

    def rank(self, reading: Reading) -> list[Ranked]:
        """Every leaf item with the tasks that share anything with it; cost linear in the number of items."""
        items = [item for item in leaves(reading) if item.kind != "action"]
        around = Surroundings(reading)
        parts = [around.zones(item) for item in items]
        if not items or not self.tasks:
            return [Ranked(i, weigh(p), (), (), False) for i, p in zip(items, parts, strict=True)]
        own = home(reading.document)
        cut = any_of(own) if own else NOTHING
        texts = ["。".join((part.title, part.title, part.body)) for part in parts]
        similar = self._characters.similar([words_only(cut.sub(" ", text)) for text in texts])
        kept = field_shares(self._field, reading.document.title, texts)
        there = [self._places[t.id] if elsewhere(self._places[t.id], own) else () for t in self.tasks]
        return [
            self._rank(item, part, similar[n], there, kept[n])
            for n, (item, part) in enumerate(zip(items, parts, strict=True))
        ]

    def _rank(
        self,
        item: Item,
        part: Zones,
        lexical: NDArray[np.float64],
        there: Sequence[tuple[str, ...]],
        kept: float,
    ) -> Ranked:
        """One item against all tasks.

        The score is the share of the item's content that the task covers, and the similarity by
        characters, which speaks mainly for the part that the thesaurus does not know. It shrinks for a
        task about another place, for an item outside the plan's field, and where the title names what
        no task is about: then what else the item mentions is by the way.
        """
        import numpy as np

        w = weights()
        content = weigh(part)
        mass = self._cover.vector(content.mass) * self._informative
        total = float(mass.sum()) + content.unknown + 1e-9
        shares = mass[:, None] * self._cover.table / total
        covered = w["concepts"] * shares.sum(axis=0)
        foreign = self._cover.table.max(axis=1) < FOREIGN
        title = self._cover.vector(content.title) * self._informative
        astray = float(title[foreign].sum() / (title.sum() + 1e-9))
        scale = np.where([bool(places) for places in there], w["elsewhere"], 1.0)
        scale *= kept * (1 - w["foreign_title"] * astray)
        by_characters = w["lexical"] + w["lexical_unknown"] * content.unknown / total
        scores = scale * (covered + by_characters * lexical)
        in_titles = mass @ self._title_cover.table / total
        in_measures = mass @ self._measure_cover.table / total
        matches = []
        order = sorted(range(len(self.tasks)), key=lambda n: (-round(float(scores[n]), 9), n))
        for place, n in enumerate(order):
            if scores[n] <= LEAST:
                break
            told = place < EXPLAINED
            matches.append(
                Match(
                    task=self.tasks[n],
                    measure=self._measure(n, float(covered[n]), float(in_titles[n]), in_measures)
                    if told
                    else None,
                    score=float(scores[n]),
                    covered=float(covered[n]),
                    lexical=float(lexical[n]),
                    concepts=self._cover.named(shares[:, n]) if told else (),
                    elsewhere=there[n],
                )
            )
        lost = self._cover.named(mass / total * foreign)
        return Ranked(item, content, tuple(matches), lost, kept < 1)

    def _measure(
        self, task: int, covered: float, in_title: float, in_measures: NDArray[np.float64]
    ) -> Item | None:
        """The measure that holds most of what was matched, clearly more than the title or any other does."""
        first = sum(len(self.measures[t.id]) for t in self.tasks[:task])
        own = self.measures[self.tasks[task].id]
        ranked = sorted(range(len(own)), key=lambda n: (-round(float(in_measures[first + n]), 9), n))
        values = [float(in_measures[first + n]) for n in ranked]
        if not values or values[0] < max(0.7 * covered, 1.25 * in_title):
            return None
        return own[ranked[0]] if len(values) == 1 or values[1] < 0.9 * values[0] else None

    def words(self, task: Item, concept: str) -> list[str]:
        """The words by which a task means a concept, or its nearest kin, as printed."""
        printed = self._words[task.id]
        kin = sorted(printed, key=lambda other: (-thesaurus().kinship(concept, other), other))
        return printed[kin[0]] if kin and thesaurus().kinship(concept, kin[0]) > 0 else []


def _once(counts: Mapping[str, float]) -> dict[str, float]:
    """The counts, none above 1: a short text is about a concept or is not."""
    return {concept: min(1.0, count) for concept, count in counts.items()}


def _printed(part: Zones) -> dict[str, list[str]]:
    """The words of a task by concept, the title's first."""
    words: dict[str, list[str]] = {}
    for mention in (*thesaurus().mentions(part.title), *thesaurus().mentions(part.body)):
        seen = words.setdefault(mention.concept, [])
        if mention.term not in seen:
            seen.append(mention.term)
    return words
