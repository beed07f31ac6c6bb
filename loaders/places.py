"""The jurisdiction whose government speaks in a document. Names of its offices are in `units`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from loaders.registry import Jurisdiction, by_start, counties, jurisdictions


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction and how it was found: `issuer`, `title`, `text`; None where nothing says it."""

    jurisdiction: Jurisdiction | None
    basis: str | None


@cache
def _counties() -> dict[str, tuple[Jurisdiction, ...]]:
    """The counties outside Jiangxi by name; twenty names are those of several."""
    found: dict[str, list[Jurisdiction]] = {}
    for place in counties().values():
        found.setdefault(place.name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def _own_names() -> frozenset[str]:
    return frozenset(place.name for place in jurisdictions().values())


_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,14}?[区县市旗]")


def _county(text: str, context: str) -> Jurisdiction | None:
    """The county outside Jiangxi that `text` names; of several, the one whose city `context` names.

    A name that is also that of a place of Jiangxi (西湖区) stands for the other one only beside its city.
    """
    for match in _COUNTY.finditer(text):
        name = match.group()
        for start in range(len(name) - 1):
            found = _counties().get(name[start:], ())
            above = [p for p in found if any(a.name in context for a in p.path[:-1])]
            if len(above) == 1:
                return above[0]
            if len(found) == 1 and name[start:] not in _own_names():
                return found[0]
    return None


@cache
def _names() -> tuple[tuple[str, Jurisdiction], ...]:
    names: dict[str, Jurisdiction] = {}
    for place in jurisdictions().values():
        if place.level != "country":
            names.setdefault(place.name, place)
            names[place.full_name] = place
            names[place.office_name] = place
    return tuple(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _by_start() -> dict[str, tuple[tuple[str, Jurisdiction], ...]]:
    return by_start(_names())


def place_at(text: str) -> Jurisdiction | None:
    """The jurisdiction whose name `text` begins with; 江西省丰城市 may leave out the city between."""
    found: Jurisdiction | None = None
    while True:
        known = _by_start().get(text[:2], ())
        name, place = next(((n, p) for n, p in known if text.startswith(n)), ("", None))
        if place is None or (found is not None and found not in place.path):
            return found
        found, text = place, text[len(name) :]


def find_place(title: str | None, author: str | None, body: str) -> Place:
    """The place of a document: by its author's name, else its title, else the names its text uses most.

    In the text a place counts by its short name (赣州科技, 中共赣州市委), only where its full name
    stands there as well (新建 is a common word) and where it clearly leads.
    """
    whole = f"{author or ''}\n{title or ''}\n{body}"
    for name, basis in ((author, "issuer"), (title, "title")):
        if name:
            bare = re.sub(r"^(?:中共|【[^】]*】|关于|\d{4}年|《)+", "", name)
            found = place_at(bare)
            if found is None or found.level != "county":
                found = _county(bare[:24], whole) or found
            if found:
                return Place(found, basis)
    if title:
        for name, place in _names():
            if name in title:
                return Place(place, "title")
    found = _by_text(body, jurisdictions) or _by_text(body, counties)
    return Place(found, "text") if found else Place(None, None)


@cache
def _ending(places: Callable[[], Mapping[str, Jurisdiction]], letter: str) -> dict[str, tuple[str, ...]]:
    """The codes of the places whose names end with `letter`, by name."""
    found: dict[str, list[str]] = {}
    for code, place in places().items():
        if place.name.endswith(letter) and place.level != "country" and len(place.name) > 2:
            found.setdefault(place.name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _named(body: str, letter: str, names: Mapping[str, object]) -> set[str]:
    """Those of `names`, which all end with `letter`, that stand in `body`."""
    lengths = {len(name) for name in names}
    ends = [at + 1 for at, char in enumerate(body) if char == letter]
    return {body[max(0, end - length) : end] for end in ends for length in lengths} & names.keys()


def _by_text(body: str, places: Callable[[], Mapping[str, Jurisdiction]]) -> Jurisdiction | None:
    """The place that a text names most often, clearly more often than another."""
    own = Counter(re.findall(r"[我全本](省|市|区|县|州)", body)).most_common(1)
    if not own:
        return None
    letter = own[0][0]
    names = _ending(places, letter)
    scores = Counter[str]()
    for name in _named(body, letter, names):
        scores.update(dict.fromkeys(names[name], body.count(name[:-1])))
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return places()[ranked[0][0]]
