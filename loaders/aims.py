"""Whether a figure is one that somebody is to reach: no fact, condition, grant, rank, capacity, legal term.

What the figure measures and until when is in `targets`. The words and rules stand in `lexicon/targets.yaml`.
"""

from __future__ import annotations

import re

from loaders.clauses import Clause, clause_end, clause_start
from loaders.quantities import Quantity
from loaders.rules import any_of, load, rules

FAR = 200
"""How far around a figure the words are looked for that make it a condition."""

_FACT = re.compile(any_of("targets", "facts"))
_NOT_COUNTED = any_of("targets", "not_targets_after")
_NOT_AFTER = re.compile(rf" ?(?:[\u4e00-\u9fff]{{0,6}}?指标|[\u4e00-\u9fff]{{0,2}}?(?:{_NOT_COUNTED})(?!目))")
_COUNTING = frozenset(load("targets")["counting"])
_COUNTS_PARTS = frozenset(load("targets")["counts_parts"])
_GRANT = re.compile(any_of("targets", "grants"))
_HANDED_OUT = re.compile(any_of("targets", "handed_out"))
_MONEY = re.compile(r"元|[%‰倍成]|百分点")
_NO_GRANT = re.compile(any_of("targets", "no_grants"))
_RAISED = re.compile(r"(?:统筹|安排|争取|筹集|下达|整合)[^,;。\d]{0,12}(?:奖补|补助|补贴|奖励|资助)资金")
"""Money that is raised or set aside for grants is none itself."""

_TERMS = re.compile(any_of("targets", "terms"))
_CAPPED = re.compile(load("targets")["capped"])
_CONDITION = re.compile(load("targets")["conditions"])
_CAPACITY = re.compile(load("targets")["capacity"])
_CONDITION_HEAD = re.compile(load("targets")["condition_heads"])
_GRANTING = re.compile(any_of("targets", "granting"))
_FOR_SUCH = re.compile(r" {0,8}对(?![接标照口外内比])[^,;。]")
"""Behind other clauses as well: 降低成本,对加氢能力不低于500千克的加氢站,给予…."""

_ITEM_NUMBER = re.compile(r"^ *(?:\d{1,2}[.、]|\(\d{1,2}\))")
_EACH = re.compile(load("targets")["each"])
_QUALIFIER = re.compile(r"[\u4e00-\u9fff]{1,12}?(?:数量|总数)?(?:达到|达|超过|突破|不少于|不低于|\d)")
_OF_SIZE = re.compile(
    r"年?[\u4e00-\u9fff]{0,8}(?:收入|产值|营收|规模|投资|税收)(?:达到|达|超过|突破|过|超)?[\d.百千万亿]+元"
)
"""How large the counted are: 2家以上年销售收入达500亿元的企业."""

_COUNTED_FIRMS = re.compile(
    r"的?(?:[A-Z]{2,6}|企业|园区|集群|项目|平台|工业企业|产业集群|单位)(?:数量?)?(?:达到|达)?\d+(?:家|个|户)"
)
_FLOOR = re.compile(r"至少|不少于|不低于")
"""What makes a floor of a range as well: 至少提供3至5个."""

_DESCRIBED = re.compile(r"^[^,;。]{0,10}(?:总投资|占地(?:面积)?|建筑面积|建设工期)(?:约|为)?$")
"""What a project is said to cost or cover, unless it goes on with a target: 签约项目30个,总投资100亿元."""

_OF_LAST_YEAR = re.compile(r"上一?年度?(?=[^,;。]{0,30}的\d)")
"""What a share is of: 不低于上年度收入的60%."""

_RANK = re.compile(r"(?:前|第)$")
_NO_TARGET = re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in rules("targets")))


def is_target(
    text: str, sentence: int, clause: Clause, quantity: Quantity, floored: bool, follows: bool = False
) -> bool:
    """Whether somebody is to reach the figure.

    `floored` where the enumeration before it set a floor, `follows` where the clause before holds a target.
    """
    after = text[quantity.end : quantity.end + 24]
    told = clause.whole.removeprefix("同比") if follows else clause.whole  # 达到81亿元,同比增长16%
    if _FACT.search(_OF_LAST_YEAR.sub("", told.replace("以上", ""))) or _RANK.search(clause.left):
        return False
    if (quantity.unit is None or quantity.unit in _COUNTS_PARTS) and _NOT_AFTER.match(after):
        return False
    if not clause.behind and _CONDITION.match(after):
        return False
    if _CAPACITY.match(text[quantity.figure[1] - len(quantity.unit or "") : quantity.end + 24]):
        return False
    if _NO_TARGET.search(_marked(text, sentence, quantity)):
        return False
    if _DESCRIBED.search(clause.left) and clause.comparator in {"=", "~"} and not follows:
        return False
    if _CAPPED.search(clause.whole):
        return True
    plain = _RAISED.sub("", _NO_GRANT.sub("", clause.whole)).replace("以上", "")
    if _TERMS.search(plain) or _is_condition(text, sentence, quantity):
        return False
    floor = floored or clause.comparator in {">=", ">"} or bool(quantity.high and _FLOOR.search(clause.left))
    if _EACH.search(clause.left) and not floor:
        return False
    grant = _GRANT if _MONEY.search(quantity.unit or "%") else _HANDED_OUT
    return floor or not grant.search(plain)


def _marked(text: str, sentence: int, quantity: Quantity) -> str:
    """The clause of a figure with # for its number: what the rules of the lexicon are matched on."""
    first, last = quantity.figure[0], quantity.figure[1] - len(quantity.unit or "")
    begin = clause_start(text, max(sentence, first - FAR), first)
    return text[begin:first] + "#" + text[last : clause_end(text, last, min(len(text), last + FAR))]


def qualifies(text: str, clause: Clause, quantity: Quantity) -> bool:
    """Whether a figure only says which things are counted behind it: 产值10亿元以上企业达到50家."""
    after = text[quantity.end : quantity.end + 24]
    if quantity.unit in _COUNTING and _OF_SIZE.match(after):
        return False
    if quantity.after:
        counted = _QUALIFIER.match(after)
        measured = _MONEY.search(quantity.unit or "") is not None  # 1亿元以上项目15个
        return counted is not None and (not clause.behind or (measured and counted.group()[-1].isdigit()))
    return clause.comparator == ">" and bool(_COUNTED_FIRMS.match(after))


def _is_condition(text: str, sentence: int, quantity: Quantity) -> bool:
    """对年产值超过8亿元…的企业,给予…: what stands before the grant says whom it is for."""
    begin = max(sentence, quantity.start - FAR, text.rfind(";", sentence, quantity.start) + 1)
    if not _CONDITION_HEAD.match(_ITEM_NUMBER.sub("", text[begin : begin + 34])):
        begin = clause_start(text, begin, quantity.start)
        if (
            not _FOR_SUCH.match(text, begin)
            or "的"
            not in text[quantity.end : clause_end(text, quantity.end, min(len(text), quantity.end + FAR))]
        ):
            return False
    far = min(len(text), quantity.end + FAR)
    stop = text.find("。", quantity.end, far)
    later = _GRANTING.search(text, quantity.end, stop if stop >= 0 else far)
    return later is not None and not _GRANTING.search(text, begin, quantity.start)
