"""How local targets relate to those of the places above: same indicator, share or difference, same year.

A total is a part of the upper total, and nothing more can be said of it; a ratio is above or below. The words
of the arithmetic are made here too. Makes no triples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.aims import Aim, aims
from graph.measures import measure_unit
from graph.progress_words import SIGNS
from loaders.records import Reading, Target
from loaders.registry import jurisdictions

Standing: TypeAlias = Literal["above", "equal", "below", "part", "unknown"]
RATIOS: Final = frozenset({"%", "个百分点"})
WORDS: Final[Mapping[Standing, tuple[str, str]]] = {
    "above": ("高于上级", "above the upper target"),
    "equal": ("与上级持平", "equal to the upper target"),
    "below": ("低于上级", "below the upper target"),
    "part": ("是上级总量的一部分", "a part of the upper total"),
    "unknown": ("高低不可比", "not comparable"),
}


@dataclass(frozen=True, slots=True)
class Refinement:
    """A lower target (id) and an upper one of the same indicator.

    `share` is lower divided by upper, for totals; `difference` lower less upper, for ratios, in their unit.
    `standing` says above or below only of ratios of which it is known whether more or less is wanted; it is
    about the figures, whatever their years, which `same_year` tells.
    """

    lower: str
    upper: str
    standing: Standing
    same_year: bool
    share: float | None
    difference: float | None
    arithmetic_zh: str
    arithmetic_en: str


def refinements(readings: Sequence[Reading]) -> Iterator[Refinement]:
    """Every pair of a target and one of a containing place, by their ids.

    Left out: scopes that are not the whole place, rates beside levels, and units that do not compare.
    """
    upper: defaultdict[tuple[str, str], list[Aim]] = defaultdict(list)
    known = [aim for aim in aims(readings) if aim.place is not None and aim.apart != "scope"]
    qualitative = {t.id for r in readings for t in r.of(Target) if t.qualitative}
    known = [aim for aim in known if aim.id not in qualitative]
    for aim in known:
        upper[aim.place or "", aim.key].append(aim)
    names = {code: place.name for code, place in jurisdictions().items()}
    found = []
    for aim in known:
        for place in _above(aim.place or ""):
            for other in upper.get((place, aim.key), ()):
                if _dimension(aim) == _dimension(other):
                    found.append(_compare(aim, other, names))
    yield from sorted(found, key=lambda r: (r.lower, r.upper))


def _above(code: str) -> list[str]:
    """The codes of the places that contain a place, the nearest first."""
    place = jurisdictions().get(code)
    return [p.code for p in reversed(place.path) if p.code != code] if place is not None else []


def _dimension(aim: Aim) -> tuple[str, bool, bool]:
    dimension = measure_unit(aim.unit).dimension if aim.unit is not None else ""
    return dimension, aim.growth, aim.per_year


def _amount(aim: Aim) -> float:
    factor = measure_unit(aim.unit).multiplier if aim.unit is not None else 1
    return aim.value * factor


def _compare(lower: Aim, upper: Aim, names: Mapping[str, str]) -> Refinement:
    same_year = lower.deadline is not None and lower.deadline == upper.deadline
    ratio = lower.growth or _dimension(lower)[0] in RATIOS
    one, two = _amount(lower), _amount(upper)
    share = None if ratio or not two else round(one / two, 6)
    difference = round(one - two, 6) if ratio else None
    standing: Standing = "part"
    if difference is not None:
        wanted = upper.direction
        sign = difference if wanted == "up" else -difference
        if wanted is None:
            standing = "unknown"
        else:
            standing = "equal" if difference == 0 else "above" if sign > 0 else "below"
    zh, en = _words(lower, upper, names, share, difference, standing)
    return Refinement(lower.id, upper.id, standing, same_year, share, difference, zh, en)


def _figure(aim: Aim) -> str:
    return f"{SIGNS[aim.comparator]}{aim.value:g}{aim.unit or ''}"


def _words(
    lower: Aim,
    upper: Aim,
    names: Mapping[str, str],
    share: float | None,
    difference: float | None,
    standing: Standing,
) -> tuple[str, str]:
    one, two = names.get(lower.place or "", ""), names.get(upper.place or "", "")
    left, right = f"{one}{_figure(lower)}", f"{two}{_figure(upper)}"
    en_left, en_right = f"{one} {_figure(lower)}", f"{two} {_figure(upper)}"
    if difference is not None:
        zh, en = (
            f"{left} − {right} = {difference:+g}个百分点",
            f"{en_left} − {en_right} = {difference:+g} points",
        )
    elif share is not None:
        zh, en = f"{left} ÷ {right} = {share:.1%}", f"{en_left} ÷ {en_right} = {share:.1%}"
    else:
        zh, en = f"{left}，{right}", f"{en_left}, {en_right}"
    years = (_year(lower.deadline, "无期限"), _year(upper.deadline, "无期限"))
    english = (_year(lower.deadline, "no year"), _year(upper.deadline, "no year"))
    same = lower.deadline is not None and lower.deadline == upper.deadline
    when = f"同为{years[0]}年" if same else f"期限不同（{years[0]}，上级{years[1]}）"
    when_en = f"both by {english[0]}" if same else f"other years ({english[0]}, above {english[1]})"
    return f"{zh}，{WORDS[standing][0]}；{when}", f"{en}, {WORDS[standing][1]}; {when_en}"


def _year(deadline: int | None, none: str) -> str:
    return none if deadline is None else str(deadline)
