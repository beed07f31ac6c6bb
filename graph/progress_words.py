"""The arithmetic of a status in words, Chinese and English. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from graph.aims import Aim, AsOf
from graph.measures import amount, in_unit, measure_unit, plain
from graph.observations import Observation

Said: TypeAlias = tuple[str, str]
"""The same in Chinese and in English."""
SIGNS: Final = {">=": "≥", ">": ">", "=": "=", "<=": "≤", "<": "<", "~": "≈", "range": "="}
DIGITS: Final = 4
"""Decimal places of an interpolated value that are shown."""
APART: Final[dict[str, Said]] = {
    "growth": ("目标是增速，该指标的实际值不是", "the target is a rate of growth, the actual value is not"),
    "per_year": (
        "目标是每年或年均的数，单年的实际值不能判断",
        "the target is yearly or an average, which a single year does not tell",
    ),
    "scope": (
        "目标只说一部分（{scope}），实际值说整个地区",
        "the target is about a part only ({scope}), the actual value about the whole place",
    ),
}


def not_due(aim: Aim, as_of: AsOf) -> Said:
    """The deadline lies ahead and no value tells how things go."""
    zh, en = _target(aim)
    return f"{zh}；截至{as_of}未到期限。", f"{en}; not due as of {as_of}."


def no_value(aim: Aim, as_of: AsOf) -> Said:
    """No value of the indicator in the place."""
    zh, en = _target(aim)
    return f"{zh}；截至{as_of}没有该地区该指标的实际值。", f"{en}; no actual value of it there as of {as_of}."


def apart(aim: Aim, observation: Observation) -> Said:
    """The value is not what the target speaks of."""
    (zh, en), (own_zh, own_en) = _actual(aim, observation, convert=False), _target(aim)
    why_zh, why_en = (text.format(scope=aim.scope) for text in APART[aim.apart or "scope"])
    return f"{own_zh}；{zh}；{why_zh}，不作比较。", f"{own_en}; {en}; {why_en}: not compared."


def other_unit(aim: Aim, observation: Observation) -> Said:
    """The units do not convert."""
    (zh, en), (own_zh, own_en) = _actual(aim, observation, convert=False), _target(aim)
    return (
        f"{own_zh}；{zh}；单位不能换算，不作比较。",
        f"{own_en}; {en}; the units do not convert: not compared.",
    )


def no_deadline(aim: Aim, observation: Observation) -> Said:
    """Nothing says when the target falls due."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    return f"{own_zh}；{zh}；目标没有期限，不判断。", f"{own_en}; {en}; without a deadline it is not judged."


def other_year(aim: Aim, observation: Observation) -> Said:
    """There are values, none of the deadline's year."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    return (
        f"{own_zh}；没有{aim.deadline}年的实际值，最近的{zh}；不能判断。",
        f"{own_en}; no actual value of {aim.deadline}, the latest {en}: cannot be judged.",
    )


def in_year(aim: Aim, observation: Observation) -> Said:
    """The value was published before the year was over."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    return (
        f"{own_zh}；{zh}；来源早于年底，不是全年数，不能判断。",
        f"{own_en}; {en}; its source is dated before the year's end: cannot be judged.",
    )


def contradiction(aim: Aim, observations: Sequence[Observation]) -> Said:
    """The sources do not agree whether the target is met."""
    zh, en = _target(aim)
    actual = [_actual(aim, o) for o in observations]
    return (
        f"{zh}；{'；'.join(a[0] for a in actual)}；来源互相矛盾，不能判断。",
        f"{en}; {'; '.join(a[1] for a in actual)}; the sources contradict each other: cannot be judged.",
    )


def undecided(aim: Aim, observation: Observation) -> Said:
    """What is known of the value decides nothing."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    value = f"{SIGNS[observation.comparator]}{_converted(aim, observation)}"
    asked_zh, asked_en = _asked(aim)
    return (
        f"{own_zh}；{zh}；{value}不能断定{asked_zh}，不能判断。",
        f"{own_en}; {en}; {value} does not tell {asked_en}: cannot be judged.",
    )


def decided(aim: Aim, observation: Observation, *, met: bool) -> Said:
    """The value of the deadline's year reaches the target, or does not."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    sum_zh, sum_en = _compared(aim, observation, _bound(aim), met=met)
    verdict_zh, verdict_en = ("已完成", "met") if met else ("未完成", "missed")
    return f"{own_zh}；{zh}；{sum_zh}，{verdict_zh}。", f"{own_en}; {en}; {sum_en}: {verdict_en}."


def no_baseline(aim: Aim, observation: Observation) -> Said:
    """Before the deadline, and the document states no baseline."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    return (
        f"{own_zh}；{zh}；未到期限，原文没有写明基期值，不推算进度。",
        f"{own_en}; {en}; not due, and the document states no baseline from which to tell the pace.",
    )


def no_pace(aim: Aim, observation: Observation, expected: Decimal) -> Said:
    """Before the deadline, and what is known of the value decides nothing."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    line_zh, line_en = _line(aim, observation, expected)
    return (
        f"{own_zh}；{zh}；{line_zh}；实际值不能断定快慢，不判断。",
        f"{own_en}; {en}; {line_en}; the actual value does not tell whether it keeps up: not judged.",
    )


def pace(aim: Aim, observation: Observation, expected: Decimal, *, ahead: bool) -> Said:
    """Before the deadline, beside the line from the stated baseline."""
    (zh, en), (own_zh, own_en) = _both(aim, observation)
    line_zh, line_en = _line(aim, observation, expected)
    sum_zh, sum_en = _compared(aim, observation, expected, met=ahead)
    verdict_zh, verdict_en = ("进度正常", "on track") if ahead else ("进度滞后", "behind")
    return (
        f"{own_zh}；{zh}；{line_zh}；{sum_zh}，{verdict_zh}。",
        f"{own_en}; {en}; {line_en}; {sum_en}: {verdict_en}.",
    )


def _both(aim: Aim, observation: Observation) -> tuple[Said, Said]:
    return _actual(aim, observation), _target(aim)


def _target(aim: Aim) -> Said:
    zh, en = _asked(aim)
    year = "" if aim.deadline is None else f"{aim.deadline}年"
    by = "" if aim.deadline is None else f" by {aim.deadline}"
    return f"目标：{year}{zh}", f"target: {en}{by}"


def _asked(aim: Aim) -> Said:
    """The value asked for, with the reading of a bare figure said."""
    figure = plain(aim.value) if aim.value_max is None else f"{plain(aim.value)}–{plain(aim.value_max)}"
    sign = SIGNS[aim.comparator]
    zh, en = f"{sign}{figure}{aim.unit or ''}", f"{sign} {figure} {_unit(aim.unit)}".rstrip()
    if aim.comparator not in {"=", "range", "~"} or aim.direction is None:
        return zh, en
    if aim.direction == "up":
        return f"{zh}（按不低于此数计）", f"{en} (read as a floor)"
    return f"{zh}（按不高于此数计）", f"{en} (read as a ceiling)"


def _actual(aim: Aim, observation: Observation, *, convert: bool = True) -> Said:
    """The actual value with its source, also in the target's unit where that differs."""
    sign, raw = SIGNS[observation.comparator], plain(observation.value)
    zh = f"实际：{observation.year}年{sign}{raw}{observation.unit}"
    en = f"actual {observation.year}: {sign} {raw} {_unit(observation.unit)}"
    converted = _converted(aim, observation) if convert else raw
    if converted != raw:
        zh, en = (
            f"{zh}，即{converted}{aim.unit or ''}",
            f"{en}, that is {converted} {_unit(aim.unit)}".rstrip(),
        )
    said = (observation.source, observation.source_date)
    return f"{zh}（{'，'.join(said)}）", f"{en} ({', '.join(said)})"


def _line(aim: Aim, observation: Observation, expected: Decimal) -> Said:
    assert aim.baseline is not None  # there is no line without one
    assert aim.deadline is not None
    start, base = aim.baseline[0], plain(aim.baseline[1])
    goal = plain(aim.value_max if aim.value_max is not None and aim.direction == "down" else aim.value)
    formula = f"{base} + ({goal} − {base}) × ({observation.year} − {start}) ÷ ({aim.deadline} − {start})"
    return (
        f"从基期{start}年{base}{aim.unit or ''}按直线推算：{formula} = {_rounded(expected)}",
        f"on the line from the stated {start} baseline: {formula} = {_rounded(expected)}",
    )


def _compared(aim: Aim, observation: Observation, bound: Decimal, *, met: bool) -> Said:
    """The value beside the bound and the distance, both in the target's unit."""
    value = in_unit(amount(observation.value, observation.unit), aim.unit)
    sign = (
        ("=" if value == bound else ">" if value > bound else "<") if not met else _sense(aim, value, bound)
    )
    known = "" if observation.comparator == "=" else SIGNS[observation.comparator]
    sum_ = f"{known}{plain(value)} {sign} {_rounded(bound)}"
    if value == bound:
        return sum_, sum_
    gap = _rounded(abs(value - bound))
    return (
        f"{sum_}，{'高' if value > bound else '低'}{gap}",
        f"{sum_}, {gap} {'above' if value > bound else 'below'}",
    )


def _sense(aim: Aim, value: Decimal, bound: Decimal) -> str:
    """The sign by which the value does what is asked."""
    if aim.comparator in {">", "<"} and value != bound:
        return SIGNS[aim.comparator]
    return "≥" if value > bound else "≤" if value < bound else "="


def _bound(aim: Aim) -> Decimal:
    down = aim.value_max is not None and aim.direction == "down"
    return in_unit(amount(aim.value_max if down and aim.value_max else aim.value, aim.unit), aim.unit)


def _converted(aim: Aim, observation: Observation) -> str:
    return plain(in_unit(amount(observation.value, observation.unit), aim.unit))


def _rounded(number: Decimal) -> str:
    return plain(round(number, DIGITS))


def _unit(written: str | None) -> str:
    return "" if written is None else measure_unit(written).name_en
