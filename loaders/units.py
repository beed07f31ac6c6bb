"""Names of units: what they are called in full, and whether they stand for several."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from loaders.registry import Jurisdiction, by_start, jurisdictions, unit_aliases
from loaders.rules import load

NameBasis = Literal["registry", "rule", "as_written"]


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's canonical name, how it was found, and whether it stands for several units."""

    name: str
    basis: NameBasis
    collective: bool

    def id_in(self, place: Jurisdiction | None, document: str) -> str:
        """The unit's id: the same for the same canonical name everywhere.

        A name that does not say whose office it is (各乡镇, or 县科技局 of an unknown county) means another
        unit in another place; where the place is unknown, in another document.
        """
        if self.basis != "as_written" or _COMPANY.search(self.name) or _names_a_place(self.name):
            return unit_id(self.name)
        return unit_id(f"{self.name}@{place.code if place else document}")


def unit_id(name: str) -> str:
    """The id that a canonical name has in records and graph."""
    return f"unit:{hashlib.sha256(name.encode()).hexdigest()[:12]}"


_LETTERS = {"省": "province", "市": "city", "区": "county", "县": "county", "州": "city", "旗": "county"}
_COLLECTIVE = re.compile(load("units")["collective"])
_COMPANY = re.compile(r"公司|集团|银行|电信|移动|联通|铁塔|烟草$|电网|供电")
_PREFIX = re.compile(r"^(省|市|区|县|州|旗)(?=.)")
_INSERTED = re.compile(r"\([^()]*\)(?=.)")
"""What stands in brackets inside a name makes it another one: 修水(九江)工业园管委会."""

_GROUP = re.compile(r"^(?P<head>.+领导小组)(?:全体)?成员单位$")


@cache
def _cores() -> dict[str, str]:
    cores: dict[str, str] = load("units")["cores"]
    return cores


@cache
def _long_cores() -> frozenset[str]:
    return frozenset(_cores().values())


def owner(letter: str, place: Jurisdiction | None) -> Jurisdiction | None:
    """The jurisdiction that 省, 市, 区 or 县 means in a document of `place`.

    市 in a document of a county-level city is that city, else the city above; so with the others.
    """
    if place is None:
        return None
    if place.name.endswith(letter):
        return place
    level = _LETTERS[letter]
    return next((j for j in reversed(place.path) if j.level == level), None)


@cache
def _places() -> tuple[tuple[str, Jurisdiction], ...]:
    """Names with which a unit's name may begin, the longest first."""
    names: dict[str, Jurisdiction] = {}
    for place in jurisdictions().values():
        if place.level != "country":
            names.update(dict.fromkeys((place.full_name, place.office_name, place.name), place))
    return tuple(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _by_start() -> dict[str, tuple[tuple[str, Jurisdiction], ...]]:
    return by_start(_places())


def _starting(written: str) -> tuple[tuple[str, Jurisdiction], ...]:
    return _by_start().get(written[:2], ())


def canonical(as_written: str, place: Jurisdiction | None, peers: tuple[str, ...] = ()) -> UnitName:
    """The full name of a unit as a document of `place` writes it.

    `peers` are the other unit names of the document: a short form of one of them (区中小企业局 beside
    区中小企业服务局) is that one. What no rule completes keeps its own name, with basis `as_written`.
    """
    written = re.sub(r"\s+", "", as_written).strip("“”\"'")
    entry = unit_aliases().get(written)
    if entry:
        return UnitName(entry.name, "registry", bool(_COLLECTIVE.search(written)))
    longer = _peer(written, peers) or (_prefixed(written, peers) if place is None else None)
    if longer:
        return canonical(longer, place)
    if _COLLECTIVE.search(written):
        return _collective(written, place)
    league = re.fullmatch(r"团(省|市|区|县|州)委", written)
    if league:
        written = f"{league.group(1)}团委"
    if _COMPANY.search(written):
        return UnitName(written, "as_written", False)
    seat, core = _seat(written, place)
    if seat is None:
        return UnitName(written, "as_written", False)
    if core == written and seat is place and not _is_known(core):
        return UnitName(written, "as_written", False)  # 某大学, 某研究所: the place is not part of the name
    if len(seat.name) > 2 and core.startswith(seat.name[:-1]):
        return UnitName(core, "rule", False)  # 上海海事局 of 上海市
    full = _complete(core, seat) or _complete(re.sub(r"\([^()]*\)$", "", core), seat)
    if full is None:
        return (
            UnitName(seat.office_name + core, "rule", False)
            if _is_office(core)
            else UnitName(written, "as_written", False)
        )
    return UnitName(full, "rule", False)


def _peer(written: str, peers: tuple[str, ...]) -> str | None:
    """The one longer name among `peers` of which `written` is a short form, letter by letter."""
    core = _PREFIX.sub("", written)
    if core in _cores() or core in _long_cores() or len(core) < 4:
        return None
    longer = {
        re.sub(r"\s+", "", p)
        for p in peers
        if len(re.sub(r"\s+", "", p)) > len(written) and p[:1] == written[:1] and p[-1:] == written[-1:]
        if "(" in written or not _INSERTED.search(p)
    }
    fits = sorted(p for p in longer if _within(written, p))
    return fits[0] if len(fits) == 1 else None


def _prefixed(written: str, peers: tuple[str, ...]) -> str | None:
    """市工信局 for the 工信局 of a list that says 市 once, where another list has it in full."""
    if not _is_known(written) or _PREFIX.match(written):
        return None
    full = {peer for peer in peers if peer[1:] == written and _PREFIX.match(peer)}
    return full.pop() if len(full) == 1 else None


def _names_a_place(name: str) -> bool:
    return any(name.startswith(place) for place, _ in _starting(name))


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def _seat(written: str, place: Jurisdiction | None) -> tuple[Jurisdiction | None, str]:
    """The jurisdiction that a unit belongs to, and the name without it."""
    own = ((p.name, p) for p in reversed(place.path)) if place else ()
    for name, named in chain(own, _starting(written)):
        if written.startswith(name) and len(written) > len(name):
            return named, written[len(name) :]
    prefix = _PREFIX.match(written)
    if prefix:
        return owner(prefix.group(1), place), written[1:]
    return place, written


def _is_known(core: str) -> bool:
    """Whether a name without a place is an office of the document's own place: 发改委, 税务局, 桃花街道."""
    known = core in _cores() or core in _long_cores() or core in load("units")["vertical"]
    return known or bool(re.search(r"(?:局|厅|委|办|办公室|街道|街道办|政府|管委会|服务中心)$", core))


def _is_office(core: str) -> bool:
    return any(core.endswith(ending) for ending in load("units")["endings"])


def _complete(core: str, seat: Jurisdiction) -> str | None:
    """The full name of an office of `seat`, or None where no rule knows it."""
    place = seat.office_name
    vertical: dict[str, str] = load("units")["vertical"]
    if core in vertical:
        return vertical[core].format(place=place)
    party: dict[str, str] = load("units")["party"]
    if core == "委":
        return f"中共{place}委员会"
    if core.startswith("委") and core[1:] in party:
        return f"中共{place}委员会{party[core[1:]]}"
    if core == "团委" or core == "共青团":
        return f"共青团{place}委员会"
    if core in _cores():
        return place + _cores()[core]
    if core.endswith(("街道", "街道办")):
        return f"{place}{core.removesuffix('办')}办事处"
    if core in _long_cores() or re.search(r"(?:局|厅|委员会|办公室|中心|管委会|政府|办事处)$", core):
        return place + re.sub(r"(?<=开发区|高新区|.园区)管委会$", "管理委员会", core)
    return None


def _collective(written: str, place: Jurisdiction | None) -> UnitName:
    """The name of a group of units: whose group it is, where that is sure."""
    prefix = _PREFIX.match(written)
    seat = owner(prefix.group(1), place) if prefix else place
    office = seat.office_name if seat else ""
    core = written[1:] if prefix and seat else written
    group = _GROUP.match(core)
    if group and prefix and seat:
        head = group.group("head")
        committee = "人才" in head or head.startswith("委")
        lead = f"中共{office}委员会{head.removeprefix('委')}" if committee else office + head
        return UnitName(f"{lead}全体成员单位", "rule", True)
    if seat and core in {"各街道", "各街办", "各街道办", "各街道办事处"}:
        return UnitName(f"{office}各街道办事处", "rule", True)
    if seat and core in {"属地街道", "所在地街道"}:
        return UnitName(f"项目或企业所在地的{office}街道办事处", "rule", True)
    if prefix and seat and core.startswith("委"):
        return UnitName(f"中共{office}委员会{core[1:]}", "rule", True)
    if prefix and seat and core.startswith("直"):
        return UnitName(f"{office}直属{core[1:]}", "rule", True)
    return UnitName(written, "as_written", True)
