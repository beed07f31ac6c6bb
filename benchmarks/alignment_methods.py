"""The rankings that are measured: Gangmu's own, with a signal taken away, and plain ones of libraries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.align_score import UpperPlan
from graph.align_text import leaves, normalise
from graph.align_weigh import with_weights
from loaders.records import Item, Reading

LEAST = 1e-6
"""Scores below this are none."""
Offers = dict[str, tuple[tuple[str, float], ...]]
"""By item id: task path and score of every candidate, the best first."""
Method = Callable[[Reading, Sequence[Reading]], Offers]


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of the score, and the weights with which it says nothing."""

    name: str
    without: Mapping[str, float]


SIGNALS: Final = (
    Signal("thesaurus", {"concepts": 0.0}),
    Signal("neighbouring concepts", {"kinship": 0.0}),
    Signal("character n-grams", {"lexical": 0.0, "lexical_unknown": 0.0}),
    Signal("zones (title, body, context)", {"title": 1.0, "cited": 1.0, "context": 0.0}),
    Signal("heads before modifiers", {"modifier": 1.0, "manner": 1.0}),
    Signal("unknown words", {"unknown_title": 0.0, "unknown_body": 0.0}),
    Signal("the plan's field", {"outside_field": 0.0, "outside_document": 0.0}),
    Signal("foreign titles", {"foreign_title": 0.0}),
    Signal("places", {"elsewhere": 1.0}),
    Signal("shared indicators", {"indicators": 0.0}),
    Signal("citations", {"citations": 0.0, "cites_plan": 0.0}),
    Signal("place in the plan", {"company": 0.0, "context": 0.0, "action_title": 0.0}),
)


def by_content(upper: Reading, lower: Sequence[Reading]) -> Offers:
    """Gangmu's own ranking."""
    plan = UpperPlan(upper)
    return {
        ranked.item.id: tuple(
            (match.task.path, match.score) for match in ranked.matches if match.score > LEAST
        )
        for reading in lower
        for ranked in plan.rank(reading)
    }


def without(signal: Signal) -> Method:
    """Gangmu's ranking with one signal taken away."""

    def method(upper: Reading, lower: Sequence[Reading]) -> Offers:
        with with_weights(**signal.without):
            return by_content(upper, lower)

    return method


def _tasks(upper: Reading) -> list[Item]:
    return [item for item in upper.of(Item) if item.kind == "task"]


def _ordered(tasks: Sequence[Item], scores: Sequence[float]) -> tuple[tuple[str, float], ...]:
    order = sorted(range(len(tasks)), key=lambda n: (-scores[n], n))
    return tuple((tasks[n].path, float(scores[n])) for n in order if scores[n] > LEAST)


def by_tfidf(upper: Reading, lower: Sequence[Reading]) -> Offers:
    """TF-IDF of single characters and pairs with cosine: the best here of the usual settings (1 to 4)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    tasks = _tasks(upper)
    vectorizer: Any = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    known = vectorizer.fit_transform([normalise(task.quote) for task in tasks])
    found: Offers = {}
    for reading in lower:
        items = leaves(reading)
        cosines = (vectorizer.transform([normalise(i.quote) for i in items]) @ known.T).toarray()
        found |= {item.id: _ordered(tasks, row) for item, row in zip(items, cosines, strict=True)}
    return found


def _pairs(text: str) -> list[str]:
    plain = normalise(text)
    return [plain[n : n + 2] for n in range(len(plain) - 1)]


def by_bm25(upper: Reading, lower: Sequence[Reading]) -> Offers:
    """BM25 of character pairs, by bm25s."""
    import bm25s

    tasks = _tasks(upper)
    index: Any = bm25s.BM25()
    index.index([_pairs(task.quote) for task in tasks], show_progress=False)
    return {
        item.id: _ordered(tasks, [float(s) for s in index.get_scores(_pairs(item.quote))])
        for reading in lower
        for item in leaves(reading)
    }


def by_rapidfuzz(upper: Reading, lower: Sequence[Reading]) -> Offers:
    """The likeness of a title to its best matching part of a task (partial ratio), by rapidfuzz."""
    from rapidfuzz import fuzz

    tasks = _tasks(upper)
    texts = [normalise(task.quote) for task in tasks]
    return {
        item.id: _ordered(tasks, [fuzz.partial_ratio(normalise(item.title), text) / 100 for text in texts])
        for reading in lower
        for item in leaves(reading)
    }


def beside(other: Method, share: float) -> Method:
    """Gangmu's ranking with another one as a further signal of that share (0 to 1)."""

    def method(upper: Reading, lower: Sequence[Reading]) -> Offers:
        own, more = by_content(upper, lower), other(upper, lower)
        found: Offers = {}
        for item, offers in own.items():
            best = max((score for _, score in more.get(item, ())), default=0.0) or 1.0
            scores = dict(more.get(item, ()))
            top = offers[0][1] if offers else 0.0
            mixed = [(p, (1 - share) * s + share * top * scores.get(p, 0.0) / best) for p, s in offers]
            found[item] = tuple(sorted(mixed, key=lambda offer: -offer[1]))
        return found

    return method
