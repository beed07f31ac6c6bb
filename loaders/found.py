"""A target as the readers of clauses and of tables find it, before its place in the plan is known."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.records import Comparator, Modality


@dataclass(frozen=True, slots=True)
class Found:
    """A target in view offsets; `baseline` is a year and a value, each where the text gives it.

    `this_year`: the clause speaks of the year of its document (全年, 年内) and names none itself.
    """

    start: int
    end: int
    figure: tuple[int, int]
    written: str
    indicator: str
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str | None
    growth: bool
    per_year: bool
    years: tuple[int, int] | None
    modality: Modality
    modality_word: str | None
    qualitative: bool
    scope: str | None
    baseline: tuple[int | None, float | None] | None
    this_year: bool = False
