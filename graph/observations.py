"""Actual values of indicators, read from CSV files and validated row by row. Judges nothing, makes no quads.

A file has the columns of COLUMNS, one value a row:

    indicator      a name or alias of the registry, or what a target of a document calls it
    jurisdiction   a full name, a division code, or a name that only one place bears
    year           the year that the value is of
    comparator     what is known of it: `=`, or a bound (`>`, `>=`, `<`, `<=`), or about it (`~`)
    value, unit    a plain number, and its unit as Chinese plans write it; it must suit the indicator
    target         (may be left out) the id of the only target that the value is of; ledgers give it
    source         who says so; source_date: when (2026, 2026-03 or 2026-03-01); note: anything else

data/curated/observations.csv is read the same way and enters every build. What users give with
`gangmu observe` is kept as it was given in the folder `observations/` of the store, one file a name, and
every build of that store carries the folder over (observe.py, build.py).
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, get_args

from graph.measures import convertible
from loaders import registry
from loaders.decode import decode, read_bytes
from loaders.errors import GangmuError, InputError
from loaders.records import Comparator

TABLE: Final = registry.DATA / "curated" / "observations.csv"
COLUMNS: Final = (
    *("indicator", "jurisdiction", "year", "comparator"),
    *("value", "unit", "source", "source_date", "note"),
)
TARGET: Final = "target"
"""A column that may be there too: the id of the one target that the value is of, and of no other."""
COMPARATORS: Final[dict[str, Comparator]] = {
    **{c: c for c in get_args(Comparator) if c != "range"},
    "≥": ">=",
    "≤": "<=",
    "≈": "~",
}
NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
FIRST_YEAR, LAST_YEAR = 1900, 2200
SHOWN: Final = 3
"""Further wrong places that a message names."""


@dataclass(frozen=True, slots=True)
class Observation:
    """The actual value of an indicator (canonical name) in a place (code) and year; `row` counts from 1.

    `key` is the fingerprint of what the row says but for its note, the same in every file.
    """

    key: str
    indicator: str
    place: str
    year: int
    comparator: Comparator
    value: float
    unit: str
    source: str
    source_date: str
    note: str | None
    row: int
    text: str
    target: str | None = None
    """The id of the only target that the value speaks of; null where it is of the indicator as such."""

    @property
    def known_by(self) -> date:
        """The last day on which the source can have said so: 2026 is 2026-12-31."""
        return last_day(self.source_date)

    @property
    def final(self) -> bool:
        """Whether the source can speak of the whole year: it is not dated before the year's end."""
        return self.known_by >= date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class ObservationFile:
    """A file of observations: its name, its bytes, and whether it comes with Gangmu."""

    name: str
    content: bytes
    rows: tuple[Observation, ...]
    curated: bool = False

    @property
    def sha256(self) -> str:
        """The checksum of the file's bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


class _WrongCell(Exception):
    """A cell that says nothing that can be used."""

    def __init__(self, column: str, problem: str, remedy: str) -> None:
        self.column, self.problem, self.remedy = column, problem, remedy
        super().__init__(problem)


@cache
def shipped() -> ObservationFile:
    """The observations that come with Gangmu; raises InputError where the table cannot be understood."""
    content = read_bytes(TABLE)
    return ObservationFile(TABLE.name, content, parse(content, TABLE.name), curated=True)


def read_file(path: Path, name: str, indicators: Collection[str] | None = None) -> ObservationFile:
    """The file at `path` under the name it is kept by.

    `indicators` are names that are known beside the registry's; null accepts any. Raises InputError with
    FILE:LINE:column, the problem and the remedy where a row is wrong, and names the further wrong places.
    """
    content = read_bytes(path)
    return ObservationFile(name, content, parse(content, str(path), indicators))


def distinct(files: Sequence[ObservationFile]) -> Iterator[tuple[ObservationFile, Observation]]:
    """Every observation once, from the first file that holds it."""
    seen: set[str] = set()
    for file in files:
        for row in file.rows:
            if row.key not in seen:
                seen.add(row.key)
                yield file, row


def parse(content: bytes, file: str, indicators: Collection[str] | None = None) -> tuple[Observation, ...]:
    """The rows of a file's bytes; `file` is how errors call it. See `read_file`."""
    text = decode(content, file).removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Observation] = []
    wrong: list[tuple[str, _WrongCell]] = []
    lines: dict[str, int] = {}
    line = 1
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, file)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                try:
                    row = _row(header, cells, len(found) + len(wrong) + 1, indicators)
                    first = lines.setdefault(row.key, line)
                    if first != line:
                        raise _WrongCell(
                            "indicator", f"says the same as line {first}", "leave one of them out"
                        )
                    found.append(row)
                except _WrongCell as error:
                    wrong.append((f"{file}:{line}:{error.column}", error))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{file}:{line}", f"is no CSV ({error})", "quote the cell") from error
    if wrong:
        (place, first_error), more = wrong[0], [where.removeprefix(f"{file}:") for where, _ in wrong[1:]]
        also = f" (wrong too: {', '.join(more[:SHOWN])}" if more else ""
        also += (f" and {len(more) - SHOWN} more" if len(more) > SHOWN else "") + (")" if more else "")
        raise InputError(place, first_error.problem + also, first_error.remedy)
    if not found:
        raise InputError(f"{file}:2", "holds no row", f"write one value a row: {','.join(COLUMNS)}")
    return tuple(found)


def _check_header(header: list[str], file: str) -> None:
    missing = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in (*COLUMNS, TARGET)]
    if missing or unknown or len(set(header)) != len(header):
        problem = f"lacks the columns {', '.join(missing)}" if missing else ""
        problem = problem or (f"has the columns {', '.join(unknown)}" if unknown else "has a column twice")
        raise InputError(f"{file}:1", problem, f"let its first line be {','.join(COLUMNS)}")


def _row(header: list[str], cells: list[str], number: int, indicators: Collection[str] | None) -> Observation:
    if len(cells) != len(header):
        at = header[min(len(cells), len(header) - 1)]
        raise _WrongCell(at, f"the row has {len(cells)} cells, not {len(header)}", "quote cells with commas")
    written = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    target = written.get(TARGET) or None
    for column in COLUMNS[:-1]:
        if not written[column]:
            raise _WrongCell(column, "is empty", "fill it in")
    folded = {name: unicodedata.normalize("NFKC", cell) for name, cell in written.items()}
    indicator = _indicator(written["indicator"], indicators)
    place, year = _place(written["jurisdiction"]), _year(folded["year"])
    comparator = COMPARATORS.get(folded["comparator"])
    if comparator is None:
        remedy = f"write one of {', '.join(get_args(Comparator)[:-1])}"
        raise _WrongCell("comparator", f"“{written['comparator']}” is no comparator", remedy)
    if not NUMBER.fullmatch(folded["value"]):
        problem = f"“{written['value']}” is no number"
        raise _WrongCell("value", problem, "write it like 1800 or 69.63, its unit in the column unit")
    unit = folded["unit"] if target else _unit(folded["unit"], indicator)
    value = float(folded["value"])
    source_date = _source_date(folded["source_date"], year)
    key = (registry.indicator_id(indicator) or indicator, place, str(year), comparator, repr(value))
    said = "\n".join((*key, unit, written["source"], source_date, *([target] if target else [])))
    return Observation(
        key=hashlib.sha256(said.encode()).hexdigest()[:16],
        indicator=indicator,
        place=place,
        year=year,
        comparator=comparator,
        value=value,
        unit=unit,
        source=written["source"],
        source_date=source_date,
        note=written["note"] or None,
        row=number,
        text=",".join(written[column] for column in (*COLUMNS, *([TARGET] if target else []))),
        target=target,
    )


def _indicator(name: str, known: Collection[str] | None) -> str:
    entry = registry.indicator(name) or registry.indicators().get(name)
    if entry is not None:
        return entry.name_zh
    if known is None or name in known:
        return name
    names = {n for e in registry.indicators().values() for n in (e.name_zh, *e.aliases)} | set(known)
    near = get_close_matches(name, sorted(names), n=3, cutoff=0.5)
    perhaps = f"perhaps {' or '.join(near)}" if near else "see `gangmu ask indicators`"
    raise _WrongCell("indicator", f"no indicator “{name}”", f"{perhaps}; or add it to indicators.csv")


def _place(name: str) -> str:
    if registry.place(name) is not None:
        return name
    found: list[str] = []
    for places in (registry.jurisdictions(), registry.counties()):  # a place of every graph goes first
        found = [c for c, p in places.items() if name in (p.full_name, p.office_name)]
        found = found or [c for c, p in places.items() if name == p.name]
        if found:
            break
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{places[c].full_name} ({c})" for c in found)
        raise _WrongCell("jurisdiction", f"“{name}” are {len(found)} places", f"write one of {listed}")
    known = (*registry.jurisdictions().values(), *registry.counties().values())
    near = get_close_matches(name, sorted({p.name for p in known}), n=3, cutoff=0.5)
    perhaps = f"perhaps {' or '.join(near)}" if near else "write its full name, such as 江西省南昌市"
    raise _WrongCell("jurisdiction", f"no place “{name}”", perhaps)


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise _WrongCell("year", f"“{text}” is no year", "write four digits, such as 2025")
    return int(text)


def _unit(unit: str, indicator: str) -> str:
    entry = registry.indicator(indicator)
    if entry is not None and entry.unit is not None and not convertible(unit, entry.unit):
        raise _WrongCell("unit", f"“{unit}” does not suit {indicator}", f"write it in {entry.unit}")
    return unit


def _source_date(text: str, year: int) -> str:
    try:
        last = last_day(text)
    except GangmuError as error:
        raise _WrongCell("source_date", error.problem, error.remedy) from None
    if last.year < year:
        problem = f"{text} lies before the year {year} that it speaks of"
        raise _WrongCell("source_date", problem, "a forecast is no actual value: leave the row out")
    return text


def last_day(text: str) -> date:
    """The last day of a year, month or day (2026, 2026-03, 2026-03-01); InputError for anything else."""
    match = DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month = int(match[1]), int(match[2] or 12)
        return date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))
    except ValueError:
        remedy = "write it like 2026, 2026-03 or 2026-03-01"
        raise InputError("date", f"“{text}” is no date", remedy) from None
