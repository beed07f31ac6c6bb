"""Who answers for an item: unit lists in brackets, and duties given by running text.

Finding names lives here; what a name means is in `units`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.layout import lines
from loaders.records import Role
from loaders.rules import load, rules

_LABELS: dict[str, Role] = {
    label: role for role in ("responsible", "lead", "support") for label in load("units")["labels"][role]
}
_ENDS: frozenset[str] = frozenset(load("units")["labels"]["ends"])
_NO_UNITS: frozenset[str] = frozenset(load("units")["labels"]["none"])
_ANY_LABEL = "|".join(sorted({*_LABELS, *_NO_UNITS}, key=lambda w: (-len(w), w)))
_COLON = r"(?: ?:|为(?=[省市县区州各]))"
_LABEL = re.compile(rf"(?P<label>{_ANY_LABEL}|{'|'.join(sorted(_ENDS))}){_COLON}")
_OPEN = re.compile(rf"[(\[【〔](?=(?:{_ANY_LABEL}){_COLON})")
_BARE = re.compile(rf"(?:^|(?<=[。;\n]))[ *]*(?=(?:{_ANY_LABEL}){_COLON})", re.MULTILINE)
_UNTIL = (
    r"(?:[,;](?:持续|长期|(?:19|20)\d\d年|\d{1,2}月|年内|年底|列?第一|列?首位|排|以下|下同)"
    r"[^(),;\[\]〔〕。]{0,14}){0,3}"
)
"""Behind the names may stand until when, and who leads: ,持续推进 ,2025年底前完成 ,列第一位者为牵头单位."""
_ACTS = r"(?:负责(?:落实|实施)?|配合|参与|参加|协助|牵头(?:组织|落实|实施|推进)?)"
_OWN_DUTY = re.compile(r"按照?(?:各自)?职责|分工")
_STOP = re.compile(r"[。\n]")
_DUTY = re.compile(
    r"[(\[〔【](?P<list>[^()。]{2,200}(?:\([^()]{0,40}\)[^()。]{0,100}){0,8})"
    rf"(?:按照?(?:各自)?职责(?:分工)?)?(?:分别)?{_ACTS}"
    rf"{_UNTIL}[)\]〕】]"
)
_DUTY_END = re.compile(rf"{_ACTS}{_UNTIL}[)\]〕】]")
DUTY_REACH, DUTY_OPENINGS = 1400, 8
"""So far before its end, and among so many brackets, the beginning of an unlabelled list is looked for."""

_TRAIL = re.compile(
    r"(?:等(?:(?:有关|相关)?(?:单位|部门)(?:和单位)?)?)?"
    r"(?:按照?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|落实)?"
    r"|(?:分工|分别|共同|联合|具体)?(?:负责(?:落实|实施)?|配合|参与|参加|牵头)|分别|共同|联合|[。.*])?$"
)
_NOT_A_UNIT = re.compile(
    r"^(?:列?(?:第一|首)位|[排列](?:名|列|在|于)?(?:第一|首|前)|完成时限|时限|责任人|联系人|时间|\d|长期|持续|每年|各项|各类|各级党委|以下|不再|下同|上述|本措施)|工作$|任务$|人才$"
)
_REMARK = re.compile(
    r"[、,;。](?:以下|以上|上述|下述|各项|本措施|本方案|本行动)[^;\n]{0,40}?(?:均|不再|同此|落实|下同)"
)
_GROUP_OPEN = re.compile(
    r"各(?:省|市|区|县|州|旗|乡|镇|街道|园区){1,3}(?:[(〔][^()〔〕\n]{0,30}[)〕])?(?:、(?:市|区|县|州|旗|乡|镇|特区|自治县)){0,8}$"
)
_GROUP_REST = re.compile(
    r"、(?:市|区|县|州|乡|镇|街道|特区|开发区)(?:[(〔、][^;。,\n]{0,40}?)?(?:人民政府|政府|管委会|党委|区|县|街道|办事处)"
)
_NUMBER = re.compile(r"\d{1,2}[.)] ?(?=[省市县区州各])")
"""A number before a name: 1.市科技局 2.市财政局."""

_AND = re.compile(r"(?<=.)(?:和|以及|及|与|联合|会同)(?=各|有关|相关|省|市|区|县|园区|局|领导)")
_LISTED_AND = re.compile(
    r"(?<=[局厅委办部院会府])/(?=[省市县区州各][\u4e00-\u9fff])"
    r"|(?<=[局厅委办部院会门位府区县市团处心])(?:和|以及|及|与|会同)(?=各[省市区县州乡镇街园有相]|有关|相关|[省市区县州](?:委|政府|直|[\u4e00-\u9fff]{1,10}[局委办厅会心]$))"
)
_BODY_UNIT = re.compile(
    r"(?:局|厅|委|会|办|办公室|办公厅|政府|部门|单位|处室|街道|乡镇|乡|镇|区|县|市|州|中心|站|所|院|队|小组|专班|科协|集团|[局委办会府区县市州门位]\))$"
)
_SPACED = re.compile(r"(?<=[局厅委办部院会]) +(?=[省市县区州各][\u4e00-\u9fff])")
_LEADING = re.compile(r"\(牵头\)$")
_NOTE = re.compile(r"[〈(](?:含|包括|不含|下同)[^〈〉()]*[〉)]$")


def is_unit_list(text: str) -> bool:
    """Whether a passage of a source text begins with the label of a unit list, bracket or not."""
    return bool(re.match(rf"\s*[(（\[【〔]?\s*(?:{_ANY_LABEL})\s?[:：]", text))


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit's name in the view, with the role that its list gives."""

    start: int
    end: int
    role: Role
    in_list: bool
    rule: str


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """All mentions of responsible units in `text[start:end]`, in order, each place once."""
    found = {(m.start, m.end): m for m in _body(text, start, end)}
    lists = list(_lists(text, start, end))
    taken = [(m.start, m.end) for m in lists]
    kept = [m for m in found.values() if not any(m.start < b and a < m.end for a, b in taken)]
    return sorted([*lists, *kept], key=lambda m: (m.start, m.end))


def _lists(text: str, start: int, end: int) -> Iterator[Mention]:
    done = start
    for match in sorted(
        [*_OPEN.finditer(text, start, end), *_BARE.finditer(text, start, end)], key=lambda m: m.end()
    ):
        if match.end() < done:
            continue
        bracketed = match.group().strip() in {"(", "[", "【", "〔"}
        stop = _closing(text, match.end(), end) if bracketed else _bare_end(text, match.end(), end)
        yield from _labelled(text, match.end(), stop)
        done = stop
    duties = list(_duties(text, start, end))
    for first, last in duties:
        if not _LABEL.search(text, first, last):
            yield from _unlabelled(text, first, last)
    for mention in _plain_lists(text, start, end):
        if not any(mention.start < last and first < mention.end for first, last in duties):
            yield mention


def _duties(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in (市科技局牵头,市财政局配合), found by the list's end: brackets are many, ends are few."""
    done = start
    for tail in _DUTY_END.finditer(text, start, end):
        begin, at = max(done, tail.start() - DUTY_REACH), tail.start()
        openings: list[int] = []
        while len(openings) < DUTY_OPENINGS:
            at = max(text.rfind(bracket, begin, at) for bracket in "([〔【")
            if at < 0:
                break
            openings.append(at)
        for at in reversed(openings):
            duty = _DUTY.fullmatch(text[at : tail.end()])
            if duty:
                yield at + duty.start("list"), at + duty.end("list")
                done = tail.end()
                break


_PLAIN_LIST = re.compile(
    r"[(〔\[](?P<list>(?:[^()〔〕\[\]\n。:]|[(〔][^()〔〕\n。:]{1,16}[)〕]){4,160})"
    r"(?:。(?:以下|下同)[^()\n]{0,40})?[)〕\]]。?$|^(?P<line>[^\n。:]{6,160})。?$"
)
_PLAIN_FIRST = re.compile(r"(?:[省市县区州](?![场域级内外属际校企民长])|各[省市县区州乡镇街]|国家税务总局)")
_PLAIN_END = re.compile(
    r"(?:党委|办事处|局|委|办|厅|委员会|办公室|政府|管委会|中心|法院|检察院|科协|工商联|团委|总工会|妇联|残联|部门|单位"
    r"|委[\u4e00-\u9fff]{2,4}部)$|^各[省市县区州乡镇街道园()、]{1,12}$"
)
_PLAIN_LATER = re.compile(r"(?:企业|公司|集团|银行|[分支]行|高校|院校|院所|医院|学校|学院|协会|商会)$")
"""What may follow the offices of a list without a label."""


def _plain_lists(text: str, start: int, end: int) -> Iterator[Mention]:
    """Lists without a label: (市发改委、市工信局) at the end of an item, or a line that holds units alone."""
    for line in lines(text, start, end):
        match = _PLAIN_LIST.search(line.text)
        if match is None:
            continue
        group = "list" if match.group("list") else "line"
        first, last = (line.start + at for at in match.span(group))
        parts = [text[a:b] for a, b in splitnames_in(text, first, last)]
        parts = [part for part in parts if not _NOT_A_UNIT.search(part)]
        units = all(
            (1 < len(part) < 20)
            and (_PLAIN_END.search(part.strip()) or (at > 0 and _PLAIN_LATER.search(part.strip())))
            for at, part in enumerate(parts)
        )
        if len(parts) > 1 and units and _PLAIN_FIRST.match(parts[0].strip()):
            yield from names_in(text, first, last, "responsible", "plain_list")


def _closing(text: str, at: int, end: int) -> int:
    """The bracket that closes the list; a lost one is taken to be at the end of the line."""
    depth = 1
    for i in range(at, end):
        depth += (text[i] in "([【〔〈") - (text[i] in ")]】〕〉")
        if depth == 0:
            return i
        if text[i] == "\n" and text[i : i + 2] == "\n\n":
            return i
    return end


def _bare_end(text: str, at: int, end: int) -> int:
    """The full stop or the end of the line behind a list without brackets: an item may follow it there."""
    stop = _STOP.search(text, at, end)
    return stop.start() if stop else end


def _labelled(text: str, start: int, end: int) -> Iterator[Mention]:
    """The names of a list with labels: 牵头单位:…;配合单位:…"""
    remark = _REMARK.search(text, start, end)
    end = remark.start() if remark else end
    labels = list(_LABEL.finditer(text, start, end))
    for i, label in enumerate(labels):
        stop = labels[i + 1].start() if i + 1 < len(labels) else end
        if label.group("label") in _ENDS:
            break
        if label.group("label") in _NO_UNITS:
            continue
        yield from names_in(text, label.end(), stop, _LABELS[label.group("label")], "unit_list")


def _unlabelled(text: str, start: int, end: int) -> Iterator[Mention]:
    """The names of a list such as (市科技局牵头,市财政局配合) or (市发改委、市工信局按职责分工负责)."""
    lead = re.search(r"牵头", text[start:end])
    if lead is None and text.startswith("牵头", end):
        yield from names_in(text, start, end, "lead", "duty_list")
    elif lead:
        yield from names_in(text, start, start + lead.start(), "lead", "duty_list")
        later: Role = "responsible" if _OWN_DUTY.search(text, start, end) else "support"
        yield from names_in(text, start + lead.end(), end, later, "duty_list")
    else:
        yield from names_in(text, start, end, "responsible", "duty_list")


def names_in(text: str, start: int, end: int, role: Role, rule: str) -> Iterator[Mention]:
    """The names of `text[start:end]`, a list of units that have one role."""
    for first, last in splitnames_in(text, start, end):
        for at, stop in _parted(_LISTED_AND, text, first, last):
            name = text[at:stop]
            leads = _LEADING.search(name)
            if len(name) >= 2 and not _NOT_A_UNIT.search(name):
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


def _body(text: str, start: int, end: int) -> Iterator[Mention]:
    for rule in rules("responsibilities"):
        for match in rule.finditer(text, start, end):
            role: Role = "lead" if match.groupdict().get("act") == "牵头" else "responsible"
            if rule.more["role"] == "support":
                role = "support"
            for first, last in _conjoined(text, *match.span("units")):
                if _BODY_UNIT.search(text[first:last]) and not _NOT_A_UNIT.search(text[first:last]):
                    yield Mention(first, last, role, False, rule.name)


def _conjoined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """As `split_names`, also at 和, 及, 与, 联合, 会同 between two names."""
    for first, last in splitnames_in(text, start, end):
        yield from _parted(_AND, text, first, last)


def _parted(words: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of `text[start:end]` between the words that join them."""
    for word in words.finditer(text, start, end):
        yield start, word.start()
        start = word.end()
    yield start, end
