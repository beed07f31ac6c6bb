"""Targets of one document that do not agree. Comparisons across documents are made in the graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from loaders.records import ConflictKind, Target

MANY = 24
"""More statements about one indicator than this are compared with the first one only."""

BREATH = 24
"""Two figures so close together (突破1000人,力争突破1200人) are a floor and an ambition, no disagreement."""

_FLOW = re.compile(r"^(?:新增|新认定|新培育|净增|新引进)")
_CEILING = {"<=", "<"}
_FLOOR = {">=", ">"}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two targets that do not agree, why, and how sure that is (0 to 1)."""

    kind: ConflictKind
    first: Target
    second: Target
    explanation: str
    confidence: float


def find_conflicts(targets: Sequence[Target]) -> Iterator[Disagreement]:
    """The disagreements among the targets of one document, in the order of their first targets.

    The same indicator is compared, a rate never with a level and a yearly amount never with a total:
    another value for the same years (`value`), the same value for other years (`deadline`), the same
    value with another comparator (`comparator`), the same figure as flow and as stock (`near`). Targets
    without a year are not compared: nothing says that they speak of the same time.
    """
    groups: dict[tuple[str, bool, bool], list[Target]] = defaultdict(list)
    for target in targets:
        groups[(target.indicator, target.growth, target.per_year)].append(target)
    found = [d for group in groups.values() for d in _within(group)]
    found += _flows(targets)
    yield from sorted(found, key=lambda d: (d.first.start, d.second.start))


def _within(group: list[Target]) -> Iterator[Disagreement]:
    """The disagreements of one indicator: of every two statements, of many those with the first."""
    statements: dict[object, Target] = {}
    parts = _instalments(group)
    for target in group:
        if target.deadline_end is not None and target.id not in parts:
            key = (target.deadline_end, target.value, target.value_max, target.comparator, target.unit)
            statements.setdefault((*key, target.section), target)
    first = list(statements.values())
    pairs = combinations(first, 2) if len(first) <= MANY else ((first[0], other) for other in first[1:])
    for a, b in pairs:
        if not _comparable(a, b) or b.start - a.end <= BREATH:
            continue
        if a.deadline_end == b.deadline_end:
            yield from _same_years(a, b)
        elif _same_value(a, b) and not _series(a, b):
            yield _deadline(a, b)


def _instalments(group: list[Target]) -> set[str]:
    """The yearly parts that stand behind their total: 到2027年5218台,其中2024年850台、…、2027年1728台."""
    found: set[str] = set()
    for i, total in enumerate(group):
        last = total
        run: list[Target] = []
        for part in group[i + 1 :]:
            years = (run[-1].deadline_end if run else None, part.deadline_end)
            ascending = years[1] is not None and (years[0] is None or years[0] < years[1])
            if part.start - last.end > BREATH or part.unit != total.unit or not ascending:
                break
            run.append(part)
            last = part
        if len(run) > 1 and run[-1].deadline_end == total.deadline_end:
            found |= {part.id for part in run}
    return found


def _comparable(a: Target, b: Target) -> bool:
    """The same measure of the same thing: units may differ only in the word for what is counted."""
    counting = {"家", "个", "件", "名", "人", "项", None}
    return a.unit == b.unit or (a.unit in counting and b.unit in counting)


def _same_value(a: Target, b: Target) -> bool:
    return a.value == b.value and a.value_max == b.value_max


def _same_years(a: Target, b: Target) -> Iterator[Disagreement]:
    years = f"{a.deadline_end}年"
    if not _same_value(a, b):
        if {a.comparator, b.comparator} <= _FLOOR | {"="} or {a.comparator, b.comparator} <= _CEILING | {"="}:
            sure = 0.97 if _names_alike(a, b) else 0.75
        else:
            sure = 0.6 if _could_both_hold(a, b) else 0.9
        yield Disagreement(
            "value",
            a,
            b,
            f"{a.indicator}：同为{years}，一处写{a.figure}，另一处写{b.figure}，数值不同。",
            sure,
        )
    elif a.comparator != b.comparator:
        sure = 0.7 if "~" in {a.comparator, b.comparator} else 0.35
        yield Disagreement(
            "comparator",
            a,
            b,
            f"{a.indicator}：同为{years}、同为{a.figure}，一处“{a.comparator}”（{a.modality}），"
            f"另一处“{b.comparator}”（{b.modality}），要求宽严不同。",
            sure,
        )


def _could_both_hold(a: Target, b: Target) -> bool:
    """Whether a floor and a ceiling leave room between them."""
    low = max((t.value for t in (a, b) if t.comparator in _FLOOR), default=None)
    high = min((t.value for t in (a, b) if t.comparator in _CEILING), default=None)
    return low is not None and high is not None and low <= high


def _names_alike(a: Target, b: Target) -> bool:
    """Whether both places name the indicator alike, or it was the registry that made them one."""
    x, y = (re.sub(r"\s|认定|全[区市县省]|总数|数量", "", t.indicator_as_written) for t in (a, b))
    return x in y or y in x


def _series(a: Target, b: Target) -> bool:
    """A figure that one paragraph keeps for several years is a plan, no disagreement."""
    return a.section == b.section and a.item == b.item


def _deadline(a: Target, b: Target) -> Disagreement:
    return Disagreement(
        "deadline",
        a,
        b,
        f"{a.indicator}：同为{a.figure}，一处要求{a.deadline_end}年，另一处要求{b.deadline_end}年，完成时限不同。",
        0.85 if a.comparator == b.comparator else 0.6,
    )


def _flows(targets: Sequence[Target]) -> Iterator[Disagreement]:
    """新增5家 beside 达到5家 for the same year: an increase and a total with one figure."""
    stock = defaultdict(list)
    for target in targets:
        if not _FLOW.match(target.indicator):
            stock[(target.indicator, target.deadline_end, target.value)].append(target)
    for flow in targets:
        if not _FLOW.match(flow.indicator) or flow.growth:
            continue
        base = _FLOW.sub("", flow.indicator)
        for total in stock[(base, flow.deadline_end, flow.value)][:1]:
            if not total.growth and _comparable(flow, total):
                first, second = sorted((flow, total), key=lambda t: t.start)
                yield Disagreement(
                    "near",
                    first,
                    second,
                    f"{base}：新增{flow.figure}是增量，{total.figure}是总量，同一年份数字相同；若原有基数不为零，两者不能同时成立。",
                    0.55,
                )
