"""What ties an item to an upper task beside its words: indicators and citations. No scoring lives here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.align_text import CITED
from graph.resolve import curated_document, title_key
from loaders.records import Citation, Document, Item, Reading, Target

LEADS = frozenset({"based_on", "applies", "aligned_with", "cites"})
"""Ways of citing a plan that take it up; explaining it is none."""


def names_of(upper: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The ids and the title keys that mean an upper document: its own and those of the plan it explains."""
    plan = curated_document(upper.interprets) if upper.interprets is not None else None
    ids = {upper.id, plan.id if plan is not None else upper.id}
    keys = {title_key(title) for title in (upper.title, upper.interprets) if title is not None}
    return frozenset(ids), frozenset(keys)


def citations_of(lower: Reading, upper: Document) -> list[Citation]:
    """The citations by which the lower document takes up the upper plan."""
    ids, keys = names_of(upper)
    return [
        c
        for c in lower.of(Citation)
        if c.relation in LEADS and (c.resolved in ids or title_key(c.title) in keys)
    ]


class Ties:
    """The indicators that items aim at and the titles that they cite, with what stands inside them."""

    def __init__(self, reading: Reading) -> None:
        """Index the targets by the item that holds them."""
        parents = {item.id: item.parent for item in reading.of(Item)}
        self._indicators: defaultdict[str, set[str]] = defaultdict(set)
        for target in reading.of(Target):
            item = target.item
            while item is not None:
                self._indicators[item].add(target.indicator)
                item = parents.get(item)

    def indicators(self, item: Item) -> frozenset[str]:
        """The canonical names of the indicators that the item or what it holds has targets for."""
        return frozenset(self._indicators.get(item.id, ()))

    @staticmethod
    def cited(item: Item) -> dict[str, str]:
        """The titles that the item cites, by what copies of them have in common."""
        return {title_key(title): title for title in CITED.findall(item.quote)}


def shared(mine: Iterable[str], theirs: Sequence[Iterable[str]]) -> list[float]:
    """The share of `mine` that each of `theirs` has too, 0 to 1; 0 where there is nothing to share."""
    own = frozenset(mine)
    return [len(own & frozenset(other)) / len(own) if own else 0.0 for other in theirs]
