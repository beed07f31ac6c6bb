"""Many places as few columns: provinces, cities of one, counties of a city. No rows are fetched here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph import iris
from graph.store import Store

MOST: Final = 24
"""Places that a table shows side by side; more are grouped by what they belong to."""
STEPS: Final = (2, 4, 6)
"""Digits of a division code that say province, city and county (GB/T 2260)."""


@dataclass(frozen=True, slots=True)
class Group:
    """A column: one place (`code` of six digits), or the places whose codes begin with `code`."""

    code: str
    name: str
    places: tuple[str, ...]

    @property
    def single(self) -> str | None:
        """The IRI of the one place, null for a group of several."""
        return self.places[0] if len(self.places) == 1 else None


def code_of(place: str) -> str:
    """The division code of a place (IRI)."""
    return place.rpartition("/")[2]


def groups(places: Mapping[str, str], store: Store, above: str = "") -> list[Group]:
    """The columns for the places (name by IRI) whose codes begin with `above`, in the order given."""
    inside = {iri: name for iri, name in places.items() if code_of(iri).startswith(above)}
    single = [Group(code_of(iri), name, (iri,)) for iri, name in inside.items()]
    if len(inside) <= MOST:
        return single
    for digits in STEPS:
        found: dict[str, list[str]] = {}
        for iri in inside:
            found.setdefault(code_of(iri)[:digits], []).append(iri)
        if digits > len(above) and len(found) > 1:
            return [
                Group(code, name_of(code, store), tuple(iris_))
                if len(iris_) > 1
                else Group(code_of(iris_[0]), inside[iris_[0]], tuple(iris_))
                for code, iris_ in found.items()
            ]
    return single


def name_of(code: str, store: Store) -> str:
    """The name of the place that the first digits of a code stand for, else the digits."""
    return store.labels(iris.jurisdiction(code.ljust(STEPS[-1], "0"))).get("zh", code)


def codes_by_place(places: Mapping[str, str], store: Store, above: str = "") -> dict[str, str]:
    """For each place the code of the group on whose page it stands for itself, empty for the first page."""
    found: dict[str, str] = {}
    for group in groups(places, store, above):
        if group.single is None:
            found |= codes_by_place(places, store, group.code)
        else:
            found[group.single] = above
    return found


def all_codes(places: Mapping[str, str], store: Store, above: str = "") -> Iterator[str]:
    """The codes of every group that a page shows for itself, those of groups in groups included."""
    for group in groups(places, store, above):
        if group.single is None:
            yield group.code
            yield from all_codes(places, store, group.code)
