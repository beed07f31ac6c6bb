"""Who answers for an item: unit lists in brackets, and duties given by running text.

Finding names lives here; what a name means is in `units`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.labels import ANY_ORDINAL
from loaders.records import Role
from loaders.rules import load, rules
from loaders.spans import Spans
from loaders.unit_lists import (
    NOT_A_UNIT,
    Habit,
    Mention,
    habit_of,
    led,
    names_in,
    parted,
    plain_lists,
    splitnames_in,
)

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
    r"[^(),;\[\]〔〕。]{0,14}){0,3}(?:。(?:以下|下同)[^()\[\]〔〕\n]{0,60})?"
)
"""Behind the names may stand until when, and who leads: ,持续推进 ,2025年底前完成 ,列第一位者为牵头单位."""
_ACTS = r"(?:负责(?:落实|实施)?|落实|配合|参与|参加|协助|牵头(?:组织|落实|实施|推进)?)"
_OFFICE = re.compile(r"[局委办厅部府会院社处科所站队]|单位|中心|公司|各[省市县区州乡镇街]")
_OWN_DUTY = re.compile(r"按照?(?:各自)?职责|分工")
_ENDED = re.compile(r"[)〕\]】。] *$")
_NEW = re.compile(
    rf"\n *(?:(?:{ANY_ORDINAL})、|\((?:{ANY_ORDINAL}|\d{{1,2}})\)|\d{{1,2}}[.、]|第(?:{ANY_ORDINAL})[章节条])"
)
"""A line that ends so, or the next one that begins so, ends a list whose bracket is not closed."""

_STOP = re.compile(r"[。\n]")
_DUTY = re.compile(
    r"[(\[〔【](?P<list>[^()。]{2,200}(?:\([^()]{0,40}\)[^()。]{0,100}){0,8})"
    rf"(?:按照?(?:各自)?职责(?:分工)?)?(?:分别)?{_ACTS}"
    rf"{_UNTIL}[)\]〕】]"
)
_DUTY_END = re.compile(rf"{_ACTS}{_UNTIL}[)\]〕】]")
DUTY_REACH, DUTY_OPENINGS = 1400, 8
"""So far before its end, and among so many brackets, the beginning of an unlabelled list is looked for."""

_REMARK = re.compile(
    r"[、,;。](?:以下|以上|上述|下述|各项|本措施|本方案|本行动)[^;\n]{0,40}?(?:均|不再|同此|落实|下同)"
)
_AND = re.compile(r"(?<=.)(?:和|以及|及|与|联合|会同)(?=各|有关|相关|省|市|区|县|园区|局|领导)")
_BODY_UNIT = re.compile(
    r"(?:局|厅|委|会|办|办公室|办公厅|政府|部门|单位|处室|街道|乡镇|乡|镇|区|县|市|州|中心|站|所|院|队|小组|专班|科协|集团|[局委办会府区县市州门位]\))$"
)


def is_unit_list(text: str) -> bool:
    """Whether a passage of a source text begins with the label of a unit list, bracket or not."""
    return bool(re.match(rf"\s*[(（\[【〔]?\s*(?:{_ANY_LABEL})\s?[:：]", text))


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """All mentions of responsible units in `text[start:end]`, in order, each place once."""
    found = {(m.start, m.end): m for m in _body(text, start, end)}
    lists = list(_lists(text, start, end, habit_of(text, start, end)))
    taken = [(m.start, m.end) for m in lists]
    kept = [m for m in found.values() if not any(m.start < b and a < m.end for a, b in taken)]
    return sorted([*lists, *kept], key=lambda m: (m.start, m.end))


def _lists(text: str, start: int, end: int, habit: Habit) -> Iterator[Mention]:
    """The names of all lists: with labels, with duties, and with neither where none of the others stands."""
    taken: list[tuple[int, int]] = []
    done = start
    for match in sorted(
        [*_OPEN.finditer(text, start, end), *_BARE.finditer(text, start, end)], key=lambda m: m.end()
    ):
        if match.end() < done:
            continue
        bracketed = match.group().strip() in {"(", "[", "【", "〔"}
        stop = _closing(text, match.end(), end) if bracketed else _bare_end(text, match.end(), end)
        yield from led(text, list(_labelled(text, match.end(), stop)), habit)
        taken.append((match.end(), stop))
        done = stop
    labelled = Spans(taken)
    duties = [span for span in _duties(text, start, end) if not labelled.cover(span[0])]
    for first, last in duties:
        if not _LABEL.search(text, first, last):
            yield from _unlabelled(text, first, last)
    others = Spans([*taken, *duties])
    for names in plain_lists(text, start, end):
        yield from led(text, [m for m in names if not others.cover(m.start)], habit)


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
            if duty and _OFFICE.search(duty.group("list")):
                yield at + duty.start("list"), at + duty.end("list")
                done = tail.end()
                break


def _closing(text: str, at: int, end: int) -> int:
    """The bracket that closes the list; a lost one is taken to be at the end of the line."""
    depth = 1
    for i in range(at, end):
        depth += (text[i] in "([【〔〈") - (text[i] in ")]】〕〉")
        if depth == 0:
            return i
        if text[i] == "\n" and (
            text[i : i + 2] == "\n\n" or _ENDED.search(text, at, i) or _NEW.match(text, i)
        ):
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
        yield from names_in(
            text, *_unwrapped(text, label.end(), stop), _LABELS[label.group("label")], "unit_list"
        )


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """A list without the brackets around all of it: 责任单位:〔市科技局、市财政局〕, or with one lost."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    if text[first : first + 1] not in {"〔", "[", "【", "("}:
        return start, end
    stop = _closing(text, first + 1, end)
    return (first + 1, stop) if not text[stop + 1 : end].strip(" )]】〕。") else (start, end)


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


def _body(text: str, start: int, end: int) -> Iterator[Mention]:
    for rule in rules("responsibilities"):
        for match in rule.finditer(text, start, end):
            role: Role = "lead" if match.groupdict().get("act") == "牵头" else "responsible"
            if rule.more["role"] == "support":
                role = "support"
            for first, last in _conjoined(text, *match.span("units")):
                if _BODY_UNIT.search(text[first:last]) and not NOT_A_UNIT.search(text[first:last]):
                    yield Mention(first, last, role, False, rule.name)


def _conjoined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """As `split_names`, also at 和, 及, 与, 联合, 会同 between two names."""
    for first, last in splitnames_in(text, start, end):
        yield from parted(_AND, text, first, last)
