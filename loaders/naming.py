"""What a figure is called: its own words, completed from what stands before them.

Which figures are targets is told in `aims`, what they are worth in `targets`.
"""

from __future__ import annotations

import re

from loaders import indicators
from loaders.clauses import FAR, GROWTH, Clause, clause_start
from loaders.governing import State
from loaders.quantities import Quantity, Years

LONG = 60
"""A subject of this length is no longer completed: remarks in brackets would heap up."""

MANY = 50
"""So many names of a paragraph are remembered, to complete a short one."""

_SHARES = re.compile(r"(?P<lead>.*占)(?P<of>[^占]+?)(?P<measure>的?(?:比重|比例|份额))")
_STOCK = re.compile(r"数量|总数|总量|规模|既有|现有|到(?:19|20)\d\d年")
"""What is there in all, or was there before, takes no 新增 from the figure before it."""

_DONE = re.compile(r"^(?:实现|完成)(?=.)")


def name_of(text: str, sentence: int, clause: Clause, quantity: Quantity, state: State) -> str | None:
    """The full name of what is measured: an empty or partial one is completed from what stands before."""
    written = clause.written
    if not written:
        if state.name and state.grew and quantity.unit != "%":
            return state.subject  # 地区生产总值增长11%,达到282亿元
        if state.name and not state.grew and quantity.unit == "%" and GROWTH.search(state.name):
            return state.subject  # 增加值年均增长1个百分点,达到28%
        if state.name and "全年" in clause.left:
            return re.sub(r"\([^()]*\)$", "", state.name)  # 上半年完成A,全年完成B
        carried = state.names[-1] if state.names and clause.comparator in {">=", ">"} else None
        return state.name or _subject_before(text, sentence, clause.left_at) or carried
    if written.startswith("占"):
        return (state.subject or _subject_before(text, sentence, clause.left_at) or "") + written
    if "其中" in clause.left:
        state.whole = state.name
    elif text[clause.left_at - 1 : clause.left_at] in ",;。\n":
        state.whole = None
    if state.whole:
        written = _of_whole(written, state.whole, quantity.unit)
    verb = indicators.flow_verb(written)
    if verb:
        state.verb, state.verb_unit = verb, quantity.unit
    if indicators.FRAGMENT.match(written) and (quantity.unit or "").endswith("百分点") and state.name:
        return state.name + written
    fragment = _DONE.sub("", written)
    if indicators.measure(fragment) == fragment and state.subject and not clause.behind:
        return indicators.holder(state.subject) + fragment  # 种植面积达到2万亩,产量达到15万吨
    parted = written.startswith("(") and len(state.subject or "") < LONG
    if (indicators.FRAGMENT.match(written) and not clause.behind) or parted:
        return (state.subject or _subject_before(text, sentence, clause.left_at) or "") + written
    if (
        verb is None
        and state.verb
        and indicators.counts(quantity.unit)
        and not _STOCK.search(clause.left)
        and quantity.unit == state.verb_unit
        and not indicators.starts_with_verb(written)
    ):
        return state.verb + written
    if verb is None and indicators.starts_with_verb(written):
        state.verb = None
    if len(written) >= 4 and not clause.behind:
        return next((full for full in state.names[-MANY:] if full.endswith(written)), written)
    return written


def paired(clause: Clause, name: str, state: State) -> tuple[str, Years | None]:
    """分别: the figures of a list go with the names, or with the years, of the list before them."""
    if "分别" in clause.left:
        state.parts = _list_of(name) if not state.paired[1:] else []
        name = state.parts.pop(0) if len(state.parts) > 1 else name
    elif state.parts:
        name = state.parts.pop(0)
    years = state.paired.pop(0) if len(state.paired) > 1 else state.years
    return name, years


def _list_of(name: str) -> list[str]:
    """The names of a list; 占A和B比重 is two shares."""
    share = _SHARES.fullmatch(name)
    if share is None:
        return re.split("[、和及与]", name)
    return [share["lead"] + part + share["measure"] for part in re.split("[、和及与]", share["of"])]


def _of_whole(part: str, whole: str, unit: str | None) -> str:
    """The name of a part, 其中…: it shares the noun of its whole (其中国家级5家) or its measure."""
    if indicators.LEVEL_ONLY.fullmatch(part):
        return part + indicators.noun(whole)
    money = (unit or "").endswith("元") and not indicators.measure(part)
    return part + indicators.measure(whole) if money else part


def _subject_before(text: str, sentence: int, at: int) -> str | None:
    """The subject of the clause before: “四新”产业…企业 of “四新”产业…企业在…中占据主导地位,."""
    if at - 1 <= sentence:
        return None
    start = clause_start(text, max(sentence, at - FAR), at - 1)
    lead = re.split(r"在|占据|成为|保持|持续", text[start : at - 1])[0]
    if re.search(r"\d", lead):
        return None
    return indicators.written(lead) or None
