"""Whether an item can be of the upper plan's field and place at all. No scoring lives here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from graph.align_text import normalise
from graph.align_thesaurus import any_of, fields
from graph.align_weigh import weights
from loaders.records import Document, Item
from loaders.registry import Jurisdiction, jurisdictions, place

NOTHING = re.compile(r"(?!)")


def field_of(texts: Sequence[str]) -> re.Pattern[str]:
    """A pattern of the words of a plan's own fields: those that at least half of its tasks show."""
    own = [
        words
        for words in fields().values()
        if 2 * sum(map(bool, map(any_of(words).search, texts))) >= len(texts)
    ]
    return any_of(word for words in own for word in words) if own and texts else NOTHING


def field_shares(field: re.Pattern[str], title: str | None, texts: Sequence[str]) -> list[float]:
    """What remains of each item's score (0 to 1) for being outside the upper plan's field.

    A document whose title names the field is of it, and so are all its items. Any other is outside by
    the share of its items without a word of the field; of those items little remains, of the others most.
    """
    if field is NOTHING or (title and field.search(normalise(title))):
        return [1.0] * len(texts)
    own = [bool(field.search(text)) for text in texts]
    outside = 1 - sum(own) / max(1, len(own))
    w = weights()
    return [1 - outside * w["outside_document" if one else "outside_field"] for one in own]


def names(place: Jurisdiction) -> tuple[str, ...]:
    """The names by which texts call a place. Only cities go by their short name (南昌); that of many a
    county is a common word (新建)."""
    short = place.name[:-1] if place.level == "city" and place.name.endswith("市") else ""
    return (place.name, short) if len(short) > 1 else (place.name,)


@cache
def place_of(code: str | None, full_name: str | None) -> tuple[str, ...]:
    """The names of a place and of those above it; empty where the place is unknown."""
    registered = place(code)
    if registered is not None:
        return tuple(name for place in registered.path for name in names(place))
    return tuple(
        name
        for place in jurisdictions().values()
        if full_name and place.level != "country" and place.name in full_name
        for name in names(place)
    )


def home(document: Document) -> tuple[str, ...]:
    """The names of the document's own place and of those above it."""
    return place_of(document.jurisdiction_code, document.jurisdiction)


def can_answer(document: Document, upper: Document) -> bool:
    """Whether a document is of the place of an upper one or of a place inside it.

    A plan of another province or city answers to another plan, however alike they read. True where one of
    the places is not known, which says nothing.
    """
    if document.jurisdiction_code is None or upper.jurisdiction_code is None or upper.level == "country":
        return True
    within = re.sub(r"(?:00){1,2}$", "", upper.jurisdiction_code)
    return document.jurisdiction_code.startswith(within)


def places_named(tasks: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    """The names of the cities and counties in each task's title, by task id."""
    known = [names(p) for p in jurisdictions().values() if p.level in ("city", "county")]
    found: dict[str, tuple[str, ...]] = {}
    for task in tasks:
        title = normalise(task.title)
        found[task.id] = tuple(name for group in known for name in group if name in title)
    return found


def elsewhere(named: Sequence[str], own: Sequence[str]) -> bool:
    """Whether a task is about other places than the document's own, which must be known to tell."""
    return bool(named) and bool(own) and not any(name in own for name in named)
