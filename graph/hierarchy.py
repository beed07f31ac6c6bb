"""Which unit stands above another, and what an office was called later, both by name. Makes no triples.

Superiors follow the form of canonical names: an office of a place belongs to the place's people's government,
a government to that of the place above, a Party organ to its committee, a committee to the one above, mass
organisations to the Party committee that leads them, tax bureaus to the bureau above (Constitution, art. 107
to 110; Party constitution, ch. 3; the tax bureaus of 2018). What no form tells, such as the group of a
company, stands above nothing and below nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from loaders import registry
from loaders.registry import Jurisdiction, UnitChange

GOVERNMENT: Final = "人民政府"
COMMITTEE: Final = "委员会"
STATE_TAX: Final = "国家税务总局"
OUTSIDE: Final = re.compile(r"人民代表大会|政治协商|法院|检察院|公司|银行|分局$|领导小组|成员单位")
"""Offices of a place that belong to no government, or of which the name does not say to whom."""
MASS: Final = re.compile(r"^(?:科学技术协会|工商业联合会|总工会|妇女联合会|残疾人联合会)$")
OFFICE: Final = re.compile(r"(?:局|厅|委员会|办公室|办公厅|办事处|中心|直属各单位)$")


def superior(name: str) -> str | None:
    """The canonical name of the unit directly above, null where no form of the name tells it."""
    if name.startswith("中共"):
        return _party(name.removeprefix("中共"))
    if name.startswith("共青团"):
        place, rest = _place(name.removeprefix("共青团"))
        return f"中共{place.office_name}{COMMITTEE}" if place is not None and rest == COMMITTEE else None
    if name.startswith(STATE_TAX):
        place, rest = _place(name.removeprefix(STATE_TAX))
        above = _above(place) if rest == "税务局" else None
        if place is None or rest != "税务局":
            return None
        return f"{STATE_TAX}{above.office_name}税务局" if above is not None else STATE_TAX
    place, rest = _place(name)
    if place is None or OUTSIDE.search(rest):
        return None
    if rest == GOVERNMENT:
        above = _above(place)
        return None if above is None else f"{above.office_name}{GOVERNMENT}"
    if MASS.search(rest):
        return f"中共{place.office_name}{COMMITTEE}"
    return f"{place.office_name}{GOVERNMENT}" if OFFICE.search(rest) else None


def superiors(name: str) -> Iterator[str]:
    """The names of all units above, from below."""
    above = superior(name)
    while above is not None:
        yield above
        above = superior(above)


def place_of(name: str) -> Jurisdiction | None:
    """The place whose unit it is, by the beginning of its canonical name."""
    bare = re.sub(rf"^(?:中共|共青团|{STATE_TAX})(?=.)", "", name)
    return _place(bare)[0]


@dataclass(frozen=True, slots=True)
class Change:
    """A registered change as it happened in one place; `old` and `new` are canonical names."""

    rule: UnitChange
    place: Jurisdiction
    old: tuple[str, ...]
    new: str


def changes(names: Collection[str]) -> Iterator[Change]:
    """The changes of one place that are registered, and those of the offices among the names."""
    named = set(names)
    for rule in registry.unit_changes():
        if rule.place is not None:
            place = registry.jurisdictions()[rule.place]
            yield Change(rule, place, _full(place, rule.old), place.office_name + rule.new[0])
    general = [rule for rule in registry.unit_changes() if rule.place is None]
    special = {(rule.place, old) for rule in registry.unit_changes() for old in rule.old}
    for name in sorted(named):
        seat, rest = _place(name)
        if seat is None or (seat.code, rest) in special:
            continue
        for rule in general:
            if rest in rule.old and seat.level in rule.levels:
                found = [n for n in _full(seat, rule.new) if n in named]
                new = found[0] if found else seat.office_name + rule.new[0]
                yield Change(rule, seat, (name,), new)


def _full(place: Jurisdiction, cores: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(place.office_name + core for core in cores)


def _party(bare: str) -> str | None:
    """Of a Party organ, without 中共: its committee; of a committee: the one of the place above."""
    place, rest = _place(bare)
    if place is None or not rest.startswith(COMMITTEE) or "成员单位" in rest:
        return None
    if rest != COMMITTEE:
        return f"中共{place.office_name}{COMMITTEE}"
    above = _above(place)
    return None if above is None else f"中共{above.office_name}{COMMITTEE}"


def _above(place: Jurisdiction | None) -> Jurisdiction | None:
    """The place above, the country left out."""
    if place is None or place.parent is None:
        return None
    above = registry.jurisdictions()[place.parent]
    return None if above.level == "country" else above


def _place(name: str) -> tuple[Jurisdiction | None, str]:
    """The place that the name begins with, the longest, and what follows it."""
    for start, place in _places():
        if name.startswith(start) and len(name) > len(start):
            return place, name[len(start) :]
    return None, name


@cache
def _places() -> tuple[tuple[str, Jurisdiction], ...]:
    """The names with which the canonical name of an office may begin, the longest first."""
    names = {
        start: place
        for place in registry.jurisdictions().values()
        if place.level != "country"
        for start in (place.full_name, place.office_name)
    }
    return tuple(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))
