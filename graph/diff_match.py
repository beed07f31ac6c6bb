"""Which documents, items and targets of two stores are the same thing said anew. Says nothing in words.

Stable keys come first (the same id), then what is said: a document by its number, its title, or as another
year's plan of the same issuer and kind; an item by its title; a target by its indicator. What is alike only
in part is matched best first, and only within a pair of documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, TypeVar

from graph.measures import amount, convertible
from graph.resolve import title_key
from graph.restore import from_dict
from graph.store import Store
from loaders import registry
from loaders.records import Document, Item, Responsibility, Target

Relation: TypeAlias = Literal["same", "copy", "next", "gone", "new"]
ALIKE_TITLE: Final = 0.5
"""Share of common letter pairs from which titles of two years' plans, or of one path, are one."""
ALIKE_ITEM: Final = 0.7
"""The same for items of other paths."""
ALIKE_INDICATOR: Final = 0.6
YEARS: Final = re.compile(r"(?:19|20)\d\d(?:[-—–―－~至](?:19|20)\d\d)?年?度?")
PLAIN: Final = re.compile(r"[\s\W_]+")

T = TypeVar("T")


@dataclass(slots=True)
class Plan:
    """A document with its items, targets and duties, in document order; duties by item."""

    document: Document
    items: list[Item] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    duties: dict[str, list[Responsibility]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Pair:
    """A document of one store and what it is in the other; one side is null where it has no other."""

    before: Plan | None
    after: Plan | None
    relation: Relation

    @property
    def shift(self) -> int:
        """By how many years the second plan lies after the first; 0 for the same document."""
        if self.relation != "next" or self.before is None or self.after is None:
            return 0
        one, two = (p.document.period_end for p in (self.before, self.after))
        return 0 if one is None or two is None else two - one


def plans(store: Store) -> dict[str, Plan]:
    """The documents of a store by id, in its order."""
    found: dict[str, Plan] = {}
    for values in store.records():
        if values["type"] in {"document", "item", "target", "responsibility"}:
            record = from_dict(values)
            if isinstance(record, Document):
                found[record.id] = Plan(record)
            elif isinstance(record, Item):
                found[record.document].items.append(record)
            elif isinstance(record, Target):
                found[record.document].targets.append(record)
            elif isinstance(record, Responsibility) and record.item is not None:
                found[record.document].duties[record.item].append(record)
    return found


def pair_documents(before: Mapping[str, Plan], after: Mapping[str, Plan]) -> list[Pair]:
    """Every document of both stores once: those of the second in its order, then those that are gone."""
    matched: dict[str, tuple[str, Relation]] = {i: (i, "same") for i in after if i in before}
    ways: tuple[tuple[Relation, Callable[[Document, Document], float]], ...] = (
        ("copy", _copies),
        ("next", _years),
    )
    for relation, alike in ways:
        taken = {one for one, _ in matched.values()}
        free_before = [p.document for i, p in before.items() if i not in taken]
        free_after = [p.document for i, p in after.items() if i not in matched]
        for one, two in best_pairs(free_before, free_after, alike, lambda d: d.id):
            matched[two.id] = (one.id, relation)
    pairs = [
        Pair(before[matched[i][0]], plan, matched[i][1]) if i in matched else Pair(None, plan, "new")
        for i, plan in after.items()
    ]
    taken = {one for one, _ in matched.values()}
    return [*pairs, *(Pair(plan, None, "gone") for i, plan in before.items() if i not in taken)]


def pair_of(before: Plan, after: Plan) -> Pair:
    """Two documents that are to be compared, whatever they are: copies, or a plan and the one after it."""
    return Pair(before, after, "copy" if _copies(before.document, after.document) else "next")


def _copies(one: Document, two: Document) -> float:
    """1 for two copies of one document: the same number, or the same title and place."""
    if one.number is not None and one.number == two.number and one.kind == two.kind:
        return 1
    same_place = one.jurisdiction_code == two.jurisdiction_code
    titles = [None if d.title is None else title_key(d.title) for d in (one, two)]
    return float(same_place and titles[0] is not None and titles[0] == titles[1])


def _years(one: Document, two: Document) -> float:
    """How alike the titles are, years aside, of plans of one kind and issuer (or place)."""
    issuers = [d.issuer or d.jurisdiction_code for d in (one, two)]
    if one.kind is None or one.kind != two.kind or issuers[0] is None or issuers[0] != issuers[1]:
        return 0
    alike = similarity(YEARS.sub("", one.title or ""), YEARS.sub("", two.title or ""))
    return alike if alike >= ALIKE_TITLE else 0


def pair_items(before: Plan, after: Plan) -> list[tuple[Item, Item]]:
    """The items that are in both documents: by title, by path and a like title, by a like title."""
    pairs: list[tuple[Item, Item]] = []

    def rest() -> tuple[list[Item], list[Item]]:
        one, two = {a.id for a, _ in pairs}, {b.id for _, b in pairs}
        return [i for i in before.items if i.id not in one], [i for i in after.items if i.id not in two]

    keys: tuple[Callable[[Item], Hashable], ...] = (
        lambda i: (i.kind, i.path, _plain(i.title)),
        lambda i: (i.kind, _plain(i.title)),
    )
    for key in keys:
        pairs += same_keys(*rest(), key)
    in_place = [
        (a, b)
        for a, b in same_keys(*rest(), lambda i: (i.kind, i.path))
        if similarity(a.title, b.title) >= ALIKE_TITLE
    ]
    pairs += in_place

    def alike(a: Item, b: Item) -> float:
        close = similarity(a.title, b.title) if a.kind == b.kind else 0
        return close if close >= ALIKE_ITEM else 0

    pairs += best_pairs(*rest(), alike, lambda i: i.id)
    return pairs


def pair_targets(
    before: Plan, after: Plan, items: Mapping[str, str], shift: int
) -> list[tuple[Target, Target]]:
    """The targets that are in both documents; `items` leads from items (ids) before to those after.

    The same id first; then, within one indicator and one sort of amount, those that agree in most of item,
    deadline (`shift` years apart), value, comparator and scope; then indicators with names alike.
    """
    pairs = same_keys(before.targets, after.targets, lambda t: t.id)

    def rest() -> tuple[list[Target], list[Target]]:
        one, two = {a.id for a, _ in pairs}, {b.id for _, b in pairs}
        return [t for t in before.targets if t.id not in one], [t for t in after.targets if t.id not in two]

    def agree(a: Target, b: Target) -> float:
        if (a.growth, a.per_year) != (b.growth, b.per_year) or not convertible(a.unit, b.unit):
            return 0
        same_item = a.item is not None and items.get(a.item) == b.item
        deadline = None if a.deadline_end is None else a.deadline_end + shift
        return (
            1
            + 4 * same_item
            + 4 * (deadline == b.deadline_end)
            + 3 * (amount(a.value, a.unit) == amount(b.value, b.unit))
            + (a.comparator == b.comparator)
            + (a.scope == b.scope)
        )

    def same_indicator(a: Target, b: Target) -> float:
        return agree(a, b) if indicator_key(a) == indicator_key(b) else 0

    def like_indicator(a: Target, b: Target) -> float:
        close = similarity(a.indicator, b.indicator)
        agreed = agree(a, b) if close >= ALIKE_INDICATOR else 0
        return agreed + close if agreed >= 5 else 0

    for alike in (same_indicator, like_indicator):
        pairs += best_pairs(*rest(), alike, lambda t: t.id)
    return pairs


def indicator_key(target: Target) -> str:
    """The id of a target's indicator, the same under all its names."""
    return registry.indicator_id(target.indicator) or target.indicator


def same_keys(before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]) -> list[tuple[T, T]]:
    """Things with the same key, the first with the first."""
    waiting: defaultdict[Hashable, list[T]] = defaultdict(list)
    for thing in before:
        waiting[key(thing)].append(thing)
    return [(waiting[key(b)].pop(0), b) for b in after if waiting.get(key(b))]


def best_pairs(
    before: Sequence[T], after: Sequence[T], alike: Callable[[T, T], float], name: Callable[[T], str]
) -> Iterator[tuple[T, T]]:
    """Pairs that are most alike first, each thing once; 0 is no pair. Equals go by their order."""
    scored = [
        (-score, abs(n - m), n, m)
        for n, one in enumerate(before)
        for m, two in enumerate(after)
        if (score := alike(one, two)) > 0
    ]
    taken: tuple[set[str], set[str]] = (set(), set())
    for _, _, n, m in sorted(scored):
        one, two = before[n], after[m]
        if name(one) not in taken[0] and name(two) not in taken[1]:
            taken[0].add(name(one))
            taken[1].add(name(two))
            yield one, two


def similarity(one: str, two: str) -> float:
    """The share of letter pairs that two texts have in common, punctuation aside, 0 to 1 (Dice)."""
    a, b = _pairs(one), _pairs(two)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(_plain(one) == _plain(two) != "")


def _pairs(text: str) -> set[str]:
    plain = _plain(text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def _plain(text: str) -> str:
    return PLAIN.sub("", text)
