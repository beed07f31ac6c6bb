"""Counts that a document declares of itself (22项任务), beside what was found in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.citations import titles_in
from loaders.items import PlanItem
from loaders.numerals import number
from loaders.rules import any_of, load, rules

_CUE = re.compile(any_of("declarations", "cues"))
_KIND = {what: of for of, names in load("declarations")["counted"].items() for what in names}
_GENERAL = {"政策措施": "safeguard", "具体任务": "task", "重点行动": "action"}
_ITEMS = {"action", "task", "measure", "safeguard"}
_NAMED = re.compile(r"(?:提出|明确)(?P<list>[^。;]{4,120}?)等(?P<kind>[\u4e00-\u9fff]{0,6})(?:目标|指标)")


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared count in view offsets; `found` is None where the text lists none of them."""

    start: int
    end: int
    of: str
    what: str
    declared: int
    found: int | None


def find_declarations(
    text: str, body: tuple[int, int], items: Sequence[PlanItem], lists: dict[str, int]
) -> list[Declared]:
    """The declared counts of a document that explains a plan, each kind and number once.

    `lists` says how many were counted by other means: parts and considerations of the outline.
    """
    masked = [*titles_in(text, *body), *_quoted(text, *body)]
    counts = Counter[str](item.kind for item in items)
    found: dict[tuple[str, str, int], Declared] = {}
    for rule in rules("declarations"):
        for match in rule.finditer(text, *body):
            start, end = match.span()
            value = number(match.group("n"))
            before = text[start - 1 : start]
            if value is None or value < 2 or before == "第" or any(a < end and start < b for a, b in masked):
                continue
            begin = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
            stop = text.find("。", end)
            if not _CUE.search(text[begin : stop if stop >= 0 else len(text)]):
                continue
            what = match.group("what")
            of = _KIND.get(what) or _GENERAL.get(what) or "item"
            if (of, what, value) in found or (of in _ITEMS and any(k[0] == of for k in found)):
                continue
            known = counts[of] if of in _ITEMS else lists.get(of)
            if of == "indicator":
                known = 0 if "分项" in what else _named_indicators(text, *body)
            found[(of, what, value)] = Declared(start, end, of, what, value, known)
    return list(found.values())


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"“[^“”\n]*”", text[:end]) if m.start() >= start]


def _named_indicators(text: str, start: int, end: int) -> int:
    """How many indicators a sentence names as examples: 提出A、B、C等预期性目标."""
    counts = [
        match.group("list").split("提出")[-1].count("、") + 1
        for match in _NAMED.finditer(text, start, end)
        if not re.search(r"措施|行动", match.group("list"))
    ]
    return max(counts, default=0)
