"""Targets, read or curated, as they are held against actual values, and the point in time of doing so.

Judges nothing: the rules are progress.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from graph.curated import curated_documents
from graph.measures import COUNTED, measure_unit
from graph.observations import last_day
from graph.registries import jurisdiction_code
from loaders import registry
from loaders.errors import InputError, UsageError
from loaders.records import Comparator, Reading, Target

WHOLE: Final = re.compile(r"全|[我本][省市区县州]$|辖区内?$")
"""Scopes as written that are the jurisdiction itself: 全市, 我区, 辖区内."""
RATE: Final = re.compile(r"增速|增长|增幅")
Direction: TypeAlias = Literal["up", "down"]
YEARLY: Final = re.compile(r"年均|每年")


@dataclass(frozen=True, slots=True)
class AsOf:
    """A point in time: the end of a year, with all that became known of it, or a day (`day` not null)."""

    year: int
    day: date | None = None

    @classmethod
    def parse(cls, text: str) -> AsOf:
        """The point in time of `2025` or `2025-06-30`; raises UsageError for anything else."""
        try:
            last = last_day(text.strip())
        except InputError as error:
            raise UsageError(f"as of {text}", error.problem, "give 2025 or 2025-06-30") from None
        if len(text.strip()) == len("2025-06"):
            raise UsageError(f"as of {text}", "is a month", "give a year or a day")
        return cls(last.year, None if len(text.strip()) == len("2025") else last)

    def __str__(self) -> str:
        """The year or the day, as `parse` reads it."""
        return str(self.year) if self.day is None else self.day.isoformat()

    def reaches(self, year: int) -> bool:
        """Whether the end of that year has come."""
        return self.year >= year if self.day is None else self.day >= date(year, 12, 31)

    def knows(self, year: int, known_by: date) -> bool:
        """Whether a value of that year counts: of no later year and, on a day, known by then for sure."""
        return year <= self.year and (self.day is None or known_by <= self.day)


def direction(comparator: Comparator, indicator: str, unit: str | None) -> Direction | None:
    """Whether more or less is wanted: by the comparator, the registry, or because things are counted.

    A count that is to be reached is a floor: plans word a ceiling as one (不超过, 控制在). Null: not known.
    """
    if comparator in {">=", ">"}:
        return "up"
    if comparator in {"<=", "<"}:
        return "down"
    entry = registry.indicator(indicator)
    if entry is not None and entry.direction in {"up", "down"}:
        return "up" if entry.direction == "up" else "down"
    return "up" if unit is None or measure_unit(unit).dimension in COUNTED else None


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: `place` is a division code, `indicator` a canonical name, `deadline` a year."""

    id: str
    document: str
    place: str | None
    indicator: str
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str | None
    growth: bool
    per_year: bool
    scope: str | None
    deadline: int | None
    baseline: tuple[int, float] | None

    @property
    def key(self) -> str:
        """The indicator's id, the same under all its names."""
        return registry.indicator_id(self.indicator) or self.indicator

    @property
    def direction(self) -> Direction | None:
        """Whether more or less is wanted; see `direction`."""
        return direction(self.comparator, self.indicator, self.unit)

    @property
    def apart(self) -> Literal["growth", "per_year", "scope"] | None:
        """Why a value of the indicator in the place is not what the target speaks of; null where it is.

        A rate of growth, a yearly amount or an average over years is only held against an indicator whose
        name says that it is one; a scope that is not the whole jurisdiction against nothing.
        """
        if self.growth and not RATE.search(self.indicator):
            return "growth"
        if self.per_year and not YEARLY.search(self.indicator):
            return "per_year"
        if self.scope is not None and not WHOLE.match(self.scope):
            return "scope"
        return None


def aims(readings: Iterable[Reading]) -> Iterator[Aim]:
    """The targets of the readings in document order, then the curated ones."""
    for reading in readings:
        for target in reading.of(Target):
            yield _aim(target, reading.document.jurisdiction_code)
    for plan in curated_documents():
        place = jurisdiction_code(plan.issuer) if plan.issuer is not None else None
        for t in plan.targets:
            yield Aim(
                id=t.id,
                document=plan.id,
                place=place,
                indicator=t.indicator,
                comparator=t.comparator,
                value=t.value,
                value_max=None,
                unit=t.unit,
                growth=False,
                per_year=False,
                scope=None,
                deadline=t.deadline,
                baseline=None,
            )


def _aim(target: Target, place: str | None) -> Aim:
    stated = target.baseline_year is not None and target.baseline_value is not None
    return Aim(
        id=target.id,
        document=target.document,
        place=place,
        indicator=target.indicator,
        comparator=target.comparator,
        value=target.value,
        value_max=target.value_max,
        unit=target.unit,
        growth=target.growth,
        per_year=target.per_year,
        scope=target.scope,
        deadline=target.deadline_end,
        baseline=(target.baseline_year or 0, target.baseline_value or 0) if stated else None,
    )
