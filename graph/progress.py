"""How each target stands against actual values, by rules that guess nothing. Makes no triples.

What counts: a value of the same indicator and jurisdiction, or one that was reported of this very target
(and then of no other), in a unit that converts (万元, 亿元), of a year that has come by the point in time
`as_of`. Then, in this order (each rule has a name, `Status.rule`):

    not due    the deadline's year is not over, or there is no deadline
        on_track, behind   the newest earlier value against the straight line from the target's own stated
                           baseline to its value; only values whose source speaks of the whole year can
                           fall behind it
        not_yet_due        otherwise: no such value, no stated baseline, or a bound that decides nothing
    due
        met                a value of the deadline's year lies wholly in what the target asks, none outside
        missed             a value of the deadline's year lies wholly outside, none inside
        no_data            otherwise: no value of that year, one that falls short but is dated before the
                           year's end (the rest of the year may still bring it), values that contradict
                           each other, a bound that decides nothing (`> 2` against `>= 2.6`)

What a target asks: `>=`, `>`, `<=` and `<` as they say. A bare figure or a range is a floor where more is
wanted and a ceiling where less is (aims.direction); where neither is known it asks for itself, and another
value decides nothing. About a figure (`~`) is met at the figure and never missed. An actual value that is
itself only about something (`~`) decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from graph import progress_words as words
from graph.aims import Aim, AsOf
from graph.measures import amount, convertible, in_unit
from graph.observations import Observation, ObservationFile, distinct
from loaders import registry

State: TypeAlias = Literal["met", "on_track", "behind", "missed", "not_yet_due", "no_data"]
STATES: Final[tuple[State, ...]] = ("met", "on_track", "behind", "missed", "not_yet_due", "no_data")
Bound: TypeAlias = tuple[Decimal, bool]
"""An end of an interval and whether it is left out."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends; null is no end. `vague`: what lies outside may still do."""

    low: Bound | None
    high: Bound | None
    vague: bool = False

    def holds(self, other: Interval) -> bool | None:
        """True where all of `other` lies inside, false where all lies outside, null where neither is sure."""
        if _within_low(self.low, other.low) and _within_high(self.high, other.high):
            return True
        apart = _below(other.high, self.low) or _below(self.high, other.low)
        return False if apart and not self.vague else None


@dataclass(frozen=True, slots=True)
class Status:
    """How a target stands; `expected` is in the target's unit, `used` are the observations it rests on."""

    target: str
    document: str
    state: State
    rule: str
    arithmetic_zh: str
    arithmetic_en: str
    expected: float | None
    used: tuple[str, ...]


def newest(files: Iterable[ObservationFile]) -> AsOf:
    """The end of the newest year that there is a value of; never the clock."""
    return AsOf(max(row.year for file in files for row in file.rows))


def judge_all(aims: Iterable[Aim], files: Sequence[ObservationFile], as_of: AsOf) -> list[Status]:
    """The status of every target, in the order of the targets."""
    known: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    bound: defaultdict[str, list[Observation]] = defaultdict(list)
    for _, row in distinct(files):
        if as_of.knows(row.year, row.known_by):
            if row.target is None:
                known[registry.indicator_id(row.indicator) or row.indicator, row.place].append(row)
            else:
                bound[row.target].append(row)
    found = []
    for aim in aims:
        own, others = bound.get(aim.id, []), known.get((aim.key, aim.place or ""), [])
        rows = own if own and aim.apart else [*others, *own]
        rows = sorted(rows, key=lambda o: (o.year, o.source_date, o.key))
        found.append(judge(aim, rows, as_of, own=bool(own)))
    return found


def judge(aim: Aim, observations: Sequence[Observation], as_of: AsOf, *, own: bool = False) -> Status:
    """The status of one target; the observations are of its indicator and place, the oldest first.

    `own`: they were reported of this very target, and what sets it apart from its indicator does them too.
    """
    due = aim.deadline is not None and as_of.reaches(aim.deadline)
    fallback: State = "no_data" if due else "not_yet_due"
    usable = [o for o in observations if convertible(o.unit, aim.unit)]
    apart = None if own else aim.apart
    if aim.deadline is not None and not due and (not observations or apart or not usable):
        return _status(aim, fallback, "progress.not_due", words.not_due(aim, as_of))
    if not observations:
        rule = "progress.no_value" if due else "progress.no_deadline"
        return _status(aim, fallback, rule, words.no_value(aim, as_of))
    if apart:
        return _status(aim, fallback, f"progress.apart_{apart}", words.apart(aim, observations[-1]))
    if not usable:
        return _status(aim, fallback, "progress.other_unit", words.other_unit(aim, observations[-1]))
    if aim.deadline is None:
        used = usable[-1:]
        return _status(aim, fallback, "progress.no_deadline", words.no_deadline(aim, used[0]), used)
    return _due(aim, usable, aim.deadline) if due else _early(aim, usable, as_of)


def _status(
    aim: Aim,
    state: State,
    rule: str,
    said: words.Said,
    used: Sequence[Observation] = (),
    expected: Decimal | None = None,
) -> Status:
    zh, en = said
    line = None if expected is None else round(float(expected), 6)
    return Status(aim.id, aim.document, state, rule, zh, en, line, tuple(o.key for o in used))


def _due(aim: Aim, usable: Sequence[Observation], deadline: int) -> Status:
    """The verdict of the deadline's year."""
    year = [o for o in usable if o.year == deadline]
    if not year:
        return _status(aim, "no_data", "progress.other_year", words.other_year(aim, usable[-1]), usable[-1:])
    asked = demand(aim)
    verdicts = {o.key: _unless_unfinished(o, asked.holds(reported(o))) for o in year}
    if set(verdicts.values()) >= {True, False}:
        return _status(aim, "no_data", "progress.contradiction", words.contradiction(aim, year), year)
    decisive = [o for o in year if verdicts[o.key] is not None]
    if decisive:
        met = verdicts[decisive[-1].key] is True
        said = words.decided(aim, decisive[-1], met=met)
        return _status(aim, "met" if met else "missed", "progress.deadline_year", said, decisive)
    short = [o for o in year if asked.holds(reported(o)) is False]
    if short:
        return _status(aim, "no_data", "progress.in_year", words.in_year(aim, short[-1]), short[-1:])
    return _status(aim, "no_data", "progress.undecided", words.undecided(aim, year[-1]), year[-1:])


def _early(aim: Aim, usable: Sequence[Observation], as_of: AsOf) -> Status:
    """Before the deadline: the pace from the stated baseline, where there is one."""
    latest = [o for o in usable if o.year == usable[-1].year]
    last = latest[-1]
    assert aim.deadline is not None  # `judge` has dealt with those without
    if aim.baseline is None or aim.growth or aim.per_year:
        return _status(aim, "not_yet_due", "progress.no_baseline", words.no_baseline(aim, last), latest)
    start, base = aim.baseline[0], amount(aim.baseline[1], aim.unit)
    if not start < last.year <= aim.deadline:
        return _status(aim, "not_yet_due", "progress.not_due", words.not_due(aim, as_of))
    end = amount(_goal(aim), aim.unit)
    line = base + (end - base) * (last.year - start) / (aim.deadline - start)
    rising = aim.direction == "up" or (aim.direction is None and end >= base)
    wanted = Interval((line, False), None) if rising else Interval(None, (line, False))
    verdicts = {_unless_unfinished(o, wanted.holds(reported(o))) for o in latest}
    expected = in_unit(line, aim.unit)
    if verdicts >= {True, False} or verdicts == {None}:
        said = words.no_pace(aim, last, expected)
        return _status(aim, "not_yet_due", "progress.undecided", said, latest, expected)
    ahead = True in verdicts
    said = words.pace(aim, last, expected, ahead=ahead)
    return _status(aim, "on_track" if ahead else "behind", "progress.line", said, latest, expected)


def _unless_unfinished(observation: Observation, verdict: bool | None) -> bool | None:
    """The verdict, but that a value dated before its year's end cannot fall short."""
    return None if verdict is False and not observation.final else verdict


def _goal(aim: Aim) -> float:
    """The value that the line leads to: of a range the end that is to be reached first."""
    return aim.value_max if aim.value_max is not None and aim.direction == "down" else aim.value


def demand(aim: Aim) -> Interval:
    """What a target asks, in the base of its unit; see the head of the module."""
    low = amount(aim.value, aim.unit)
    high = low if aim.value_max is None else amount(aim.value_max, aim.unit)
    if aim.comparator in {">", "<"}:
        return Interval((low, True), None) if aim.comparator == ">" else Interval(None, (low, True))
    vague = aim.comparator == "~"
    if aim.direction == "up":
        return Interval((low, False), None, vague)
    if aim.direction == "down":
        return Interval(None, (high, False), vague)
    return Interval((low, False), (high, False), vague=True)


def reported(observation: Observation) -> Interval:
    """What is known of an actual value, in the base of its unit; about a value says nothing sure."""
    value = amount(observation.value, observation.unit)
    match observation.comparator:
        case "=":
            return Interval((value, False), (value, False))
        case ">=" | ">":
            return Interval((value, observation.comparator == ">"), None)
        case "<=" | "<":
            return Interval(None, (value, observation.comparator == "<"))
        case _:
            return Interval(None, None)


def _within_low(outer: Bound | None, inner: Bound | None) -> bool:
    """Whether an interval that begins at `inner` begins no earlier than one that begins at `outer`."""
    return outer is None or (inner is not None and (inner[0] > outer[0] or _same_end(outer, inner)))


def _within_high(outer: Bound | None, inner: Bound | None) -> bool:
    return outer is None or (inner is not None and (inner[0] < outer[0] or _same_end(outer, inner)))


def _same_end(outer: Bound, inner: Bound) -> bool:
    return inner[0] == outer[0] and (inner[1] or not outer[1])


def _below(high: Bound | None, low: Bound | None) -> bool:
    """Whether all up to `high` lies below all from `low`."""
    if high is None or low is None:
        return False
    return high[0] < low[0] or (high[0] == low[0] and (high[1] or low[1]))
