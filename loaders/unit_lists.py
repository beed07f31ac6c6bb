"""Lists of units: where one stands without a label, how any is cut into names, and who leads it.

Lists with labels and duties of running text are found in `responsibilities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from loaders.layout import lines
from loaders.records import Role

Habit = Literal["first", "comma", "comma-support"] | None
"""Who leads a list that names no lead, as a document says once for all of its lists."""

_TRAIL = re.compile(
    r"(?:等(?:(?:有关|相关)?(?:单位|部门)(?:和单位)?)?)?"
    r"(?:[按依]照?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|落实|办理|推进|抓好落实)?"
    r"|(?:分工|分别|共同|联合|具体)?(?:负责(?:落实|实施)?|落实|配合|参与|参加|牵头)|分别|共同|联合|[。.*])?$"
)
NOT_A_UNIT = re.compile(
    r"^(?:列?(?:第一个)?逗号|多个牵头|其他有关单位按|列?(?:第一|首)位|[排列](?:名|列|在|于)?(?:第一|首|前)|完成时限|时限|责任人|联系人|时间|\d|长期|持续|每年|各项|各类|各级党委|以下|不再|下同|上述|本措施)|工作$|任务$|人才$"
)
_GROUP_OPEN = re.compile(
    r"各(?:省|市|区|县|州|旗|乡|镇|街道|园区){1,3}(?:[(〔][^()〔〕\n]{0,30}[)〕])?(?:、(?:市|区|县|州|旗|乡|镇|特区|自治县)){0,8}$"
)
_GROUP_REST = re.compile(
    r"、(?:市|区|县|州|乡|镇|街道|特区|开发区)(?:[(〔、][^;。,\n]{0,40}?)?(?:人民政府|政府|管委会|党委|区|县|街道|办事处)"
    r"|、(?:市|区|县|州|旗)(?=[要应须)\]〕,;。、]|$)"
)
_NUMBER = re.compile(r"\d{1,2}[.)] ?(?=[省市县区州各])")
"""A number before a name: 1.市科技局 2.市财政局."""

_LISTED_AND = re.compile(
    r"(?<=[局厅委办部院会府])/(?=[省市县区州各][\u4e00-\u9fff])"
    r"|(?<=[局厅委办部院会门位府区县市团处心])(?:和|以及|及|与|会同)(?=各[省市区县州乡镇街园有相]|有关|相关|[省市区县州](?:委|政府|直|[\u4e00-\u9fff]{1,10}[局委办厅会心]$))"
)
_SPACED = re.compile(r"(?<=[局厅委办部院会]) +(?=[省市县区州各][\u4e00-\u9fff])")
_LEADING = re.compile(r"\(牵头\)$")
_NOTE = re.compile(r"[〈(](?:含|包括|不含|下同)[^〈〉()]*[〉)]$")


_PLAIN_LIST = re.compile(
    r"[(〔\[](?P<list>(?:[^()〔〕\[\]\n。:]|[(〔][^()〔〕\n。:]{1,60}[)〕]){4,200})"
    r"(?:[。;](?:以下|下同|列|排|第一|逗号)[^()\n]{0,60})?[)〕\]](?:。?$|(?<=。)|(?=(?P<on>.)))"
    r"|^(?P<line>[^\n。:]{6,160})。?$"
)
_PLAIN_FIRST = re.compile(
    r"(?:[省市县区州](?![场域级内外属际校企民长])|各[省市县区州乡镇街]|国家税务总局"
    r"|[\u4e00-\u9fff]{1,4}[市县区州旗](?:人民)?(?:政府|管委会|党委))"
)
_PLAIN_END = re.compile(
    r"(?:党委|办事处|局|委|办|厅|委员会|办公室|政府|管委会|中心|法院|检察院|科协|工商联|团委|总工会|妇联|残联|部门|单位"
    r"|委[\u4e00-\u9fff]{2,4}部)$|^各[省市县区州乡镇街道园()、]{1,12}$"
)
_PLAIN_LATER = re.compile(
    r"(?:企业|公司|集团|银行|[分支]行|高校|院校|院所|医院|学校|学院|协会|商会|[支总大]队|署|电信|移动|联通|铁塔)$"
)
"""What may follow the offices of a list without a label."""

_HABIT = re.compile(
    r"逗号(?:之?前)[^,;。()]{0,6}为牵头[^。)\n]{0,60}|(?:[列排](?:名|在)?)?(?:第一|首)(?:位|个)(?:者|的)?(?:单位)?为牵头"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit's name in the view, with the role that its list gives."""

    start: int
    end: int
    role: Role
    in_list: bool
    rule: str


def habit_of(text: str, start: int, end: int) -> Habit:
    """What a document says of its lists: 第一个逗号前为牵头单位, 列第一位的为牵头单位."""
    said = _HABIT.search(text, start, end)
    if said is None:
        return None
    if not said.group().startswith("逗号"):
        return "first"
    return "comma-support" if "配合" in said.group() else "comma"


def led(text: str, found: list[Mention], habit: Habit) -> Iterator[Mention]:
    """The names of one list without a lead, with those leading that the habit of the document says."""
    if habit is None or not found or any(m.role == "lead" for m in found):
        yield from found
        return
    if habit == "first":
        stop = found[0].end
    else:
        ends = (m.end for m, after in pairwise(found) if "," in text[m.end : after.start])
        stop = next(ends, found[-1].end)
    later: Role = "support" if habit == "comma-support" else found[-1].role
    for m in found:
        yield replace(m, role="lead" if m.end <= stop else later)


def plain_lists(text: str, start: int, end: int) -> Iterator[list[Mention]]:
    """Lists without a label: (市发改委、市工信局) behind a sentence or an item, or a line of units alone."""
    for line in lines(text, start, end):
        for match in _PLAIN_LIST.finditer(line.text):
            sentence = line.text[match.start() - 1 : match.start()] == "。"
            if match.group("on") and not sentence:
                continue
            group = "list" if match.group("list") else "line"
            first, last = (line.start + at for at in match.span(group))
            parts = [text[a:b] for a, b in splitnames_in(text, first, last)]
            parts = [part for part in parts if not NOT_A_UNIT.search(part)]
            if len(parts) > 1 - (sentence and group == "list") and _are_units(parts):
                yield list(names_in(text, first, last, "responsible", "plain_list"))


def _are_units(parts: list[str]) -> bool:
    """Whether names that no label introduces are offices and their partners, the first with its level."""
    names = [part.strip() for part in parts]
    offices = [bool(_PLAIN_END.search(name)) for name in names]
    return (
        bool(_PLAIN_FIRST.match(names[0]))
        and any(offices)
        and all(
            1 < len(name) < 20 and (office or bool(_PLAIN_LATER.search(name)))
            for name, office in zip(names, offices, strict=True)
        )
    )


def names_in(text: str, start: int, end: int, role: Role, rule: str) -> Iterator[Mention]:
    """The names of `text[start:end]`, a list of units that have one role."""
    for first, last in splitnames_in(text, start, end):
        for at, stop in parted(_LISTED_AND, text, first, last):
            name = text[at:stop]
            leads = _LEADING.search(name)
            if len(name) >= 2 and not NOT_A_UNIT.search(name):
                yield (
                    Mention(at, at + leads.start(), "lead", True, rule)
                    if leads
                    else Mention(at, stop, role, True, rule)
                )


def splitnames_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names between 、,; outside brackets; between spaces where nothing else separates."""
    inside = text[start:end]
    marks = "、,;。\n" if re.search("[、,;\n]", inside) else "、,;。 \n"
    depth, begin = 0, start
    for at in range(start, end + 1):
        char = text[at] if at < end else "、"
        depth += (char in "([〔〈") - (char in ")]〕〉")
        if char in marks and (depth <= 0 or at == end):
            first, last = begin, at
            while first < last and (text[first].isspace() or text[first] in "等和及"):
                first += 1
            number = _NUMBER.match(text, first, last)
            first = number.end() if number else first
            spaced = _SPACED.search(text, first, last) if depth <= 0 else None
            if spaced:
                yield first, spaced.start()
                first = spaced.end()
            last = first + len(_NOTE.sub("", _TRAIL.sub("", text[first:last].rstrip())).rstrip())
            if last > first and not (
                at < end and _GROUP_OPEN.match(text, first, last) and _GROUP_REST.match(text, at)
            ):
                yield first, last
                begin = at + 1
            elif last <= first:
                begin = at + 1


def parted(words: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of `text[start:end]` between the words that join them."""
    for word in words.finditer(text, start, end):
        yield start, word.start()
        start = word.end()
    yield start, end
