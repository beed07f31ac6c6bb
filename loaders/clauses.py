"""The words around a figure: what stands before it, the comparator, the noun behind it.

Whether the figure is a target, and of what, is decided in `targets`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders import indicators
from loaders.comparators import ANY_BEFORE, BEFORE, BEFORE_WORDS
from loaders.quantities import Quantity
from loaders.records import Comparator
from loaders.rules import any_of

FAR = 200
"""What governs or names a figure stands no further before it."""

WIDE = 120
"""A clause is read no further than this on both sides of its figure."""

_KEPT = ("控制在", "保持在", "稳定在", "保持", "力保")
_SOLVED = frozenset({"项", "个", "种", "类"})
DEED = 24
"""What a share of things does is told in so many characters."""

_BEFORE_PATTERN = re.compile(rf"(?:{ANY_BEFORE})(?:在|到|至|了)? ?$")
_OF_BASE = re.compile(rf"(?:{ANY_BEFORE})(?:[^,;。:\d]{{2,24}}的|(?<=于)[\u4e00-\u9fff]{{2,8}})$")
"""不低于供应总量的70%, 不低于固定车位25%: the base stands between the comparator and the share."""

_FLOOR_VERB = re.compile(r"(?:至少|最少|起码|不少于)[\u4e00-\u9fff]{1,6}$")
"""至少 stands before the verb as well: 至少建有1所, 至少确定1个."""

_OF_YEAR = re.compile(r"(?:19|20)\d\d年(?:底|末)?的$")
_VERB_END = re.compile(rf"(?:{any_of('targets', 'verbs')})(?:了|第[一二三]批|一批|首批|好)?$")
_LISTED = re.compile(r"等(?:一批)?$")
GROWTH = re.compile(r"[年比]增(?!加)|增长|增速|增幅|递增|增长率|上涨|涨幅|降幅|下降|降低")
_OF_GROWTH = re.compile(r"的(?:年均|平均)?(?:增长(?:率|速度)?|增速|增幅|速度(?:递增|增长))")
_NOUN_STOP = re.compile(
    rf"[,;。\n]|\((?![^()]{{1,4}}\))|[、和及与](?=\d|{any_of('targets', 'flow')})"
    r"|(?<=.)(?:并|且)(?=[\u4e00-\u9fff])"
)
_MAKES = re.compile(
    r"(?:开发|新增|新建|建设|建成|打造|培育|培养|引进|提供|创建|发展|形成|集聚|创造|筹集|挖掘|拥有|建有|设有)$"
)
_NO_NOUN = ("/", "、", ")", "和", "并", "且", "的")
_SHARE_OF = re.compile(
    r"(?:的|(?<=以上)|(?<=左右))(?P<noun>[^,;。\n]{2,24}?)(?P<act>达到|达(?=合格|标)|实现|纳入|建成|完成|进入|开展|建立|设置|设立|开设|配备|签订|申请)"
)
_SET_ASIDE = re.compile(
    r"(?:要|应|须)?(?P<act>加强|完成|推进|具备|安排|预留|配建|拿出|腾出|划出|留出|辟出)"
    r"(?:约|(?<=具备)[\u4e00-\u9fff]{1,4}|(?:不低于|不少于|至少)[\u4e00-\u9fff]{0,8})?$"
)
_PART_SET_ASIDE = re.compile(r"(?:以上|左右)?的(?P<noun>[^,;。\n的()\d]{2,16})")
"""Behind a share that is set aside: 安排30%的场地."""

_DOING = re.compile(r"(?:实现|采用|采取|使用|配备|纳入)[^,;。\n\d]{2,20}")
"""What a share of things is to do: 工业用地50%以上实现“标准地”供应."""

_EVEN = re.compile(r"(?:至少|均|都|全部|已|要)+$")
_CLAUSE = re.compile(r"[,;。\n]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A figure's surroundings: `left_at` begins what stands before it, `end` ends what belongs to it."""

    left_at: int
    end: int
    left: str
    whole: str
    written: str
    behind: bool
    comparator: Comparator


def around(text: str, begin: int, sentence: int, end: int, quantity: Quantity) -> Clause:
    """The surroundings of a figure between `begin` (the end of what came before) and `end`."""
    left_at = left_edge(text, begin, quantity.start)
    left = text[left_at : quantity.start]
    stated = _OF_YEAR.sub("", left)
    before = _BEFORE_PATTERN.search(stated) or (_OF_BASE.search(stated) if quantity.unit == "%" else None)
    core = stated[: before.start()] if before else stated
    near, far = max(sentence, quantity.start - WIDE), min(end, quantity.end + WIDE)
    whole = text[clause_start(text, near, quantity.start) : clause_end(text, quantity.end, far)]
    floor = before or _FLOOR_VERB.search(stated)
    comparator = _comparator(quantity, floor.group() if floor else None)
    noun_end = _noun_end(text, quantity, end, bool(_MAKES.search(core)))
    noun = text[quantity.end : noun_end]
    share = _SHARE_OF.match(text, quantity.end, end) if quantity.unit == "%" else None
    if share:
        written = _lead(core) + _share(text, share)
        return Clause(left_at, share.end(), left, whole, written, True, comparator)
    aside = _SET_ASIDE.search(left) if quantity.unit == "%" else None
    doing = _DOING.match(text, quantity.end, end) if quantity.unit == "%" and not before else None
    if doing and _lead(core):
        written = f"{_lead(core)}{doing.group()}占比"
        return Clause(left_at, doing.end(), left, whole, written, True, comparator)
    part = _PART_SET_ASIDE.match(text, quantity.figure[1], end) if aside else None
    if aside and part:
        written = f"{indicators.written(left[: aside.start()])}{aside['act']}{part['noun']}占比"
        return Clause(left_at, part.end(), left, whole, written, True, comparator)
    grows = _OF_GROWTH.match(text, quantity.end, end)
    if grows:
        return Clause(left_at, grows.end(), left, whole, indicators.written(core) + "增长", False, comparator)
    if GROWTH.match(noun):
        written = indicators.written(core) + noun.strip()
        return Clause(left_at, noun_end, left, whole, written, False, comparator)
    if noun.strip() and _counts_what_follows(core, before is not None, quantity):
        written = (
            "" if _LISTED.search(core) or core.endswith("、") else indicators.written(core)
        ) + noun.strip().removeprefix("的")
        return Clause(left_at, noun_end, left, whole, written, True, comparator)
    return Clause(left_at, quantity.end, left, whole, indicators.written(core), False, comparator)


def _counts_what_follows(core: str, compared: bool, quantity: Quantity) -> bool:
    """引进10名人才, 等15个项目: the noun behind a figure is what it counts."""
    words = indicators.written(core)
    if not words or core.endswith("、") or _VERB_END.search(core) or _LISTED.search(core):
        return True
    return not compared and indicators.counts(quantity.unit)


def _share(text: str, share: re.Match[str]) -> str:
    """The share that acts: 纳入教联体建设的义务教育学校占比 of 80%以上的义务教育学校纳入教联体建设."""
    act = text[share.start("act") : clause_end(text, share.end(), share.end() + DEED)]
    noun = _EVEN.sub("", share.group("noun"))
    return f"{act}的{noun}占比" if len(act) <= DEED and not re.search(r"\d", act) else noun


def _lead(core: str) -> str:
    words = indicators.written(core)
    return "" if words in {"其中", ""} else words


def left_edge(text: str, begin: int, at: int) -> int:
    """Where the words before a figure begin: after the last clause mark, or after the figure before it."""
    depth = 0
    for i in range(at - 1, begin - 1, -1):
        if text[i] in ")”":  # one that nothing opened is damage
            depth += text.rfind("(" if text[i] == ")" else "“", max(begin, i - WIDE), i) >= 0
        depth -= text[i] in "(“"
        if (text[i] in ",;。:\n" and depth <= 0) or (text[i] == "(" and depth < 0):
            return i + 1
    while begin < at and text[begin] in "、和及与并) ":
        begin += 1
    return begin


def clause_start(text: str, sentence: int, at: int) -> int:
    """Where the clause around `at` begins."""
    while at > sentence and text[at - 1] not in ",;。\n":
        at -= 1
    return at


def clause_end(text: str, at: int, end: int) -> int:
    """Where the clause around `at` ends."""
    match = _CLAUSE.search(text, at, end)
    return match.start() if match else end


def _noun_end(text: str, quantity: Quantity, end: int, made: bool) -> int:
    """The end of the noun that a figure counts, where it stands behind it.

    `made` where a verb of making stands before the figure: 开发2万个以上的岗位 counts what follows 的.
    """
    match = _NOUN_STOP.search(text, quantity.end, end)
    stop = match.start() if match else end
    first = text[quantity.end : quantity.end + 1]
    counted = indicators.counts(quantity.unit) or (quantity.unit or "%").encode().isalpha()  # 10PB的数据集
    if first in _NO_NOUN and not (first == "的" and made and counted):
        return quantity.end
    while stop > quantity.end and text[stop - 1] in "、和及与 ":
        stop -= 1
    return stop


def _comparator(quantity: Quantity, before: str | None) -> Comparator:
    """The sign of a figure: 左右 behind it softens 达到, else the word before it counts more."""
    if quantity.high is not None:
        return "range"
    if quantity.breakthrough:
        return ">="
    sign = next((BEFORE[w] for w in BEFORE_WORDS if before and before.startswith(w)), None)
    if quantity.after == "~" and sign in {None, ">=", "<="}:
        return "~"
    if quantity.after == ">=" and before and before.startswith("突破") and quantity.unit in _SOLVED:
        return quantity.after  # 突破20项以上关键技术
    if quantity.after in {">=", "<="} and before and before.startswith(_KEPT):
        return quantity.after  # 控制在60%以上, 稳定在4.5%以内
    return sign or quantity.after or "="
