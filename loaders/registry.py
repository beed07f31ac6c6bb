"""The registries under data/registries: jurisdictions, indicators and units. No reading of plans."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.errors import InputError
from loaders.records import Level

DATA = Path(__file__).resolve().parent.parent / "data"
REGISTRIES = DATA / "registries"


LEVELS: dict[str, Level] = {level: level for level in ("country", "province", "city", "county", "township")}


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place with a government; `code` is its GB/T 2260 code in the edition of `code_year`."""

    code: str
    name: str
    level: Level
    parent: str | None
    code_year: int

    @property
    def path(self) -> tuple[Jurisdiction, ...]:
        """The place and those above it, the province first; the country is left out."""
        above = jurisdictions()[self.parent].path if self.parent else ()
        return above if self.level == "country" else (*above, self)

    @property
    def full_name(self) -> str:
        """The names from the province down: 江西省南昌市西湖区."""
        return "".join(j.name for j in self.path) or self.name

    @property
    def office_name(self) -> str:
        """The name that the place's offices carry: without the province (南昌市西湖区), but 北京市朝阳区."""
        path = self.path
        below = path if path and path[0].name.endswith("市") else path[1:]
        return "".join(place.name for place in below) or self.name


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """One indicator: what is counted or measured, under all the names that plans give it."""

    id: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    broader: str | None
    unit: str | None
    direction: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit whose canonical name no rule composes, with the names it goes by in documents."""

    name: str
    aliases: tuple[str, ...]
    jurisdiction: str | None
    note: str


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A renaming or merger of offices in a reform of institutions, by what follows the place in their names.

    `place` is a division code where the change is that of one place, else it is that of every place of
    `levels`; `old` are all offices that became the new one; of `new`, places that name none have the first.
    `when` is a span of months (ISO 8601), `source` the plan of the reform; a note that begins with 存疑 says
    what is not certain. An office that kept its name while its duties changed (科技局 in 2023) has no row.
    """

    id: str
    place: str | None
    levels: tuple[Level, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    when: str
    source: str
    note: str | None


def _rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    path = REGISTRIES / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "restore the file") from error
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise InputError(f"{path}: line 1", f"has no column {', '.join(sorted(missing))}", "add the column")
    return rows


@cache
def jurisdictions() -> dict[str, Jurisdiction]:
    """The jurisdictions that every graph describes, by code: all of Jiangxi, and the country's cities."""
    return _places("jurisdictions.csv")


@cache
def counties() -> dict[str, Jurisdiction]:
    """The counties and districts outside Jiangxi, by code; a graph describes those that speak in it."""
    return _places("counties.csv")


def place(code: str | None) -> Jurisdiction | None:
    """The registered place of a code."""
    return jurisdictions().get(code or "") or counties().get(code or "")


def by_start(names: Iterable[tuple[str, Jurisdiction]]) -> dict[str, tuple[tuple[str, Jurisdiction], ...]]:
    """Names of places with their places, by the first two characters of the name, in their order."""
    found: dict[str, list[tuple[str, Jurisdiction]]] = {}
    for name, place in names:
        found.setdefault(name[:2], []).append((name, place))
    return {start: tuple(those) for start, those in found.items()}


def _places(name: str) -> dict[str, Jurisdiction]:
    return {
        row["code"]: Jurisdiction(
            row["code"], row["name"], LEVELS[row["level"]], row["parent"] or None, int(row["code_year"])
        )
        for row in _rows(name, ("code", "name", "level", "parent", "code_year"))
    }


@cache
def indicators() -> dict[str, IndicatorEntry]:
    """All registered indicators by id."""
    columns = ("id", "name_zh", "name_en", "aliases", "broader", "unit", "direction")
    return {
        row["id"]: IndicatorEntry(
            row["id"],
            row["name_zh"],
            row["name_en"],
            tuple(a for a in row["aliases"].split("|") if a),
            row["broader"] or None,
            row["unit"] or None,
            row["direction"],
        )
        for row in _rows("indicators.csv", columns)
    }


@cache
def _indicator_names() -> dict[str, IndicatorEntry]:
    return {name: entry for entry in indicators().values() for name in (entry.name_zh, *entry.aliases)}


def indicator(name: str) -> IndicatorEntry | None:
    """The registered indicator of that name or alias."""
    return _indicator_names().get(name)


def indicator_id(name: str) -> str | None:
    """The id of the registered indicator of that name or alias."""
    entry = indicator(name)
    return entry.id if entry else None


@cache
def units() -> dict[str, UnitEntry]:
    """The registered units by canonical name."""
    return {
        row["name"]: UnitEntry(
            row["name"],
            tuple(a for a in row["aliases"].split("|") if a),
            row["jurisdiction"] or None,
            row["note"],
        )
        for row in _rows("units.csv", ("name", "aliases", "jurisdiction", "note"))
    }


@cache
def unit_aliases() -> dict[str, UnitEntry]:
    """The registered units by every name they go by."""
    return {name: entry for entry in units().values() for name in (entry.name, *entry.aliases)}


@cache
def unit_changes() -> tuple[UnitChange, ...]:
    """The registered changes of offices, those of one place first."""
    columns = ("id", "place", "levels", "old", "new", "kind", "when", "source", "note")
    changes = [
        UnitChange(
            row["id"],
            row["place"] or None,
            tuple(LEVELS[level] for level in row["levels"].split("|")),
            tuple(row["old"].split("|")),
            tuple(row["new"].split("|")),
            row["kind"],
            row["when"],
            row["source"],
            row["note"] or None,
        )
        for row in _rows("unit-changes.csv", columns)
    ]
    return tuple(sorted(changes, key=lambda c: c.place is None))
