"""How well each task of an upper plan covers an item, and why. No records are made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.align_characters import Characters
from graph.align_company import company
from graph.align_cover import Cover, strength
from graph.align_embedding import Encoder, Meanings
from graph.align_match import Match, Ranked
from graph.align_scope import NOTHING, elsewhere, field_of, field_shares, home, places_named
from graph.align_text import Surroundings, Zones, leaves, normalise, tasks_of
from graph.align_thesaurus import any_of, thesaurus
from graph.align_ties import Ties, citations_of, shared
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
class _Table:
    """The comparison of a document's items (rows) with the tasks (columns)."""

    score: NDArray[np.float64]
    covered: NDArray[np.float64]
    lexical: NDArray[np.float64]
    meant: NDArray[np.float64] | None
    company: NDArray[np.float64]
    content: NDArray[np.float64]
    """Items by concepts: each concept's share of the item's content."""
    in_titles: NDArray[np.float64]
    in_measures: NDArray[np.float64]
    """Items by measures of all tasks, in their order."""


class UpperPlan:
    """The tasks of an upper plan, made ready once for any number of documents below it."""

    def __init__(self, reading: Reading, encoder: Encoder | None = None) -> None:
        """Weigh every task and its measures. Leaf measures outside any task count as tasks themselves."""
        items = list(reading.of(Item))
        by_id = {item.id: item for item in items}
        self.tasks = tasks_of(reading)
        self.measures = {
            task.id: sorted((i for i in items if i.parent == task.id), key=lambda i: (i.start, i.path))
            for task in self.tasks
        }
        self._document = reading.document
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
        self._foreign = self._cover.table.max(axis=1, initial=0.0) < FOREIGN
        self._words = {task.id: _printed(part) for task, part in zip(self.tasks, parts, strict=True)}
        texts = ["。".join((p.title, p.title, p.body, a)) for p, a in zip(parts, above, strict=True)]
        self._field = field_of(texts)
        self._places = places_named(self.tasks)
        self._characters = Characters([words_only(text) for text in texts])
        self._meanings = Meanings(encoder, [_plain(part) for part in parts]) if encoder is not None else None
        ties = Ties(reading)
        self._indicators = [ties.indicators(task) for task in self.tasks]
        self._cited = [ties.cited(task) for task in self.tasks]
        self._actions = [task.parent or task.id for task in self.tasks]

    def rank(self, reading: Reading) -> list[Ranked]:
        """Every leaf item with the tasks that share anything with it; cost linear in the number of items."""
        items = [item for item in leaves(reading) if item.kind != "action"]
        around = Surroundings(reading)
        parts = [around.zones(item) for item in items]
        contents = [weigh(part) for part in parts]
        if not items or not self.tasks:
            return [Ranked(i, c, (), (), False) for i, c in zip(items, contents, strict=True)]
        own = home(reading.document)
        texts = ["。".join((part.title, part.title, part.body)) for part in parts]
        kept = field_shares(self._field, reading.document.title, texts)
        if citations_of(reading, self._document):
            kept = [1 - (1 - share) * (1 - weights()["cites_plan"]) for share in kept]
        there = [self._places[t.id] if elsewhere(self._places[t.id], own) else () for t in self.tasks]
        ties = Ties(reading)
        indicators = [ties.indicators(item) for item in items]
        cited = [ties.cited(item) for item in items]
        table = self._compare(items, parts, contents, texts, own, kept, there, indicators, cited)
        return [
            Ranked(
                item,
                contents[n],
                tuple(self._matches(n, table, there, indicators[n], cited[n])),
                self._cover.named(table.content[n] * self._foreign),
                kept[n] < 1,
            )
            for n, item in enumerate(items)
        ]

    def _compare(
        self,
        items: Sequence[Item],
        parts: Sequence[Zones],
        contents: Sequence[Content],
        texts: Sequence[str],
        own: Sequence[str],
        kept: Sequence[float],
        there: Sequence[tuple[str, ...]],
        indicators: Sequence[frozenset[str]],
        cited: Sequence[Mapping[str, str]],
    ) -> _Table:
        """All items of a document against all tasks.

        The score is the share of the item's content that the task covers, and the similarity by characters
        (and by the user's model, where there is one), which speaks mainly for the part that the thesaurus
        does not know; to it come shared indicators and citations. It shrinks for a task about another place,
        for an item outside the plan's field, and where the title names what no task is about: then what else
        the item mentions is by the way. It grows where the item's neighbours go to the same action.
        """
        import numpy as np

        w = weights()
        mass = np.array([self._cover.vector(c.mass) for c in contents]) * self._informative
        unknown = np.array([c.unknown for c in contents])
        total = mass.sum(axis=1) + unknown + 1e-9
        content = mass / total[:, None]
        covered = w["concepts"] * (content @ self._cover.table)
        title = np.array([self._cover.vector(c.title) for c in contents]) * self._informative
        astray = title[:, self._foreign].sum(axis=1) / (title.sum(axis=1) + 1e-9)
        cut = any_of(own) if own else NOTHING
        lexical = self._characters.similar([words_only(cut.sub(" ", text)) for text in texts])
        near, meant = lexical, None
        if self._meanings is not None:
            meant = self._meanings.near([_plain(part) for part in parts])
            near = (1 - w["embedding"]) * lexical + w["embedding"] * meant
        tied = w["indicators"] * np.array([shared(own, self._indicators) for own in indicators])
        tied += w["citations"] * np.array([shared(own, self._cited) for own in cited])
        by_words = w["lexical"] + w["lexical_unknown"] * unknown / total
        scale = np.where([bool(places) for places in there], w["elsewhere"], 1.0)[None, :]
        scale = scale * (np.array(kept) * (1 - w["foreign_title"] * astray))[:, None]
        score = scale * (covered + by_words[:, None] * near + tied)
        beside = company(items, score, self._actions)
        return _Table(
            score=score * (1 + w["company"] * beside),
            covered=covered,
            lexical=lexical,
            meant=meant,
            company=beside,
            content=content,
            in_titles=content @ self._title_cover.table,
            in_measures=content @ self._measure_cover.table,
        )

    def _matches(
        self,
        n: int,
        table: _Table,
        there: Sequence[tuple[str, ...]],
        indicators: frozenset[str],
        cited: Mapping[str, str],
    ) -> list[Match]:
        """The tasks that share anything with an item (by its row), the best first."""
        scores = [round(float(score), 9) for score in table.score[n]]
        order = sorted(range(len(scores)), key=lambda t: -scores[t])
        matches = []
        for place, t in enumerate(order):
            if scores[t] <= LEAST:
                break
            told = place < EXPLAINED
            matches.append(
                Match(
                    task=self.tasks[t],
                    measure=self._measure(n, t, table) if told else None,
                    score=float(table.score[n, t]),
                    covered=float(table.covered[n, t]),
                    lexical=float(table.lexical[n, t]),
                    meant=float(table.meant[n, t]) if table.meant is not None else None,
                    concepts=self._cover.named(table.content[n] * self._cover.table[:, t]) if told else (),
                    elsewhere=there[t],
                    indicators=tuple(sorted(indicators & self._indicators[t])),
                    cited=tuple(title for key, title in sorted(cited.items()) if key in self._cited[t]),
                    company=float(table.company[n, t]),
                )
            )
        return matches

    def _measure(self, n: int, task: int, table: _Table) -> Item | None:
        """The measure that holds most of what was matched, clearly more than the title or any other does."""
        first = sum(len(self.measures[t.id]) for t in self.tasks[:task])
        own = self.measures[self.tasks[task].id]
        values = [round(float(v), 9) for v in table.in_measures[n, first : first + len(own)]]
        ranked = sorted(range(len(own)), key=lambda m: -values[m])
        if not own or values[ranked[0]] < max(0.7 * table.covered[n, task], 1.25 * table.in_titles[n, task]):
            return None
        return own[ranked[0]] if len(own) == 1 or values[ranked[1]] < 0.9 * values[ranked[0]] else None

    def words(self, task: Item, concept: str) -> list[str]:
        """The words by which a task means a concept, or its nearest kin, as printed."""
        printed = self._words[task.id]
        kin = sorted(printed, key=lambda other: (-thesaurus().kinship(concept, other), other))
        return printed[kin[0]] if kin and thesaurus().kinship(concept, kin[0]) > 0 else []


def _plain(part: Zones) -> str:
    """What a model reads of an item: title and body."""
    return f"{part.title}。{part.body}" if part.body else part.title


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
