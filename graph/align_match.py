"""What a comparison of items with upper tasks gives: matches and what speaks for them. No scoring here."""

from __future__ import annotations

from dataclasses import dataclass

from graph.align_weigh import Content
from loaders.records import Item


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
    meant: float | None
    """Nearness by the user's own model, 0 to 1; None where there is none."""
    concepts: tuple[tuple[str, float], ...]
    """The concepts that were covered, each with its share of the item's content, the greatest first."""
    elsewhere: tuple[str, ...]
    """The places that the task's title names, where they are not the document's own."""
    indicators: tuple[str, ...]
    """The indicators for which both have targets."""
    cited: tuple[str, ...]
    """The documents that both cite."""
    company: float
    """Share of what stands beside the item in its plan that goes to the same action, 0 to 1."""


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
