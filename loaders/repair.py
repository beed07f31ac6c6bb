"""Damaged places of a source text: noticed, judged and recorded. Nothing is changed here.

Each finding says what stands there, what should, why, and how sure that is; those that are
`decided` become edits of the reading view.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from loaders import brands
from loaders.damage import Damage
from loaders.dates import split_date_digits
from loaders.numerals import ORDINALS
from loaders.outline import WHOLE
from loaders.rules import rules
from loaders.script import distortions
from loaders.view import fold

_CJK = r"\u3400-\u9fff"
_CLOSING = r"”》)】〕、,;。:"
_OPENING = r"“《(【〔"
_STRAY = re.compile(rf" (?<=[{_CJK}{_CLOSING}{_OPENING}] ) *(?=[{_CJK}{_OPENING}{_CLOSING}])")
_BESIDE_LATIN = re.compile(
    rf" (?:(?<=[{_CJK}{_CLOSING}] ) *(?=[A-Za-z0-9])|(?<=[A-Za-z0-9&%+] ) *(?=[{_CJK}{_OPENING}]))"
)
_LATIN_BEHIND = re.compile(rf"[A-Za-z0-9](?<=[{_CJK}].)")
_LATIN_BEFORE = re.compile(rf"[A-Za-z0-9](?=[{_CJK}])")
_LETTER_SPACED = re.compile(rf" *(?:[{_CJK}] +){{3,}}[{_CJK}] *$")
_PAGE_LINE = re.compile(
    r"索引号|信息索取号|主题分类|发布机构|生成日期|成文日期|发布时间|发布日期|文件编号|有效性|公开(?:范围|方式|时限)"
    r"|浏览量|访问量|字[体号] ?[:【\[]|来源:|当前位置|所在的?位置|首页 ?[>/|]|^ ?[|>·]"
)
_LABEL = re.compile(rf"^({'|'.join(ORDINALS)})、", re.MULTILINE)
_ORDINAL = "|".join(ORDINALS)
_ARTICLE = re.compile(
    rf" {{0,20}}(?:第(?:{_ORDINAL})[章节条编篇]|(?:专项)?(?:任务|行动|措施|举措|工程)(?:{_ORDINAL}))"
)
_LABEL_NEXT = re.compile(rf"(?:{_ORDINAL})、|\((?:{_ORDINAL})\)|\d{{1,2}}\.")
_HEADING_BEFORE = re.compile(rf"(?:(?:{_ORDINAL})、|\((?:{_ORDINAL})\))[{_CJK}]{{2,18}}$")
_NUMBERLESS = re.compile(rf"^()、(?=[{_CJK}])", re.MULTILINE)
_UNIT_NEXT = re.compile(
    rf" {{1,6}}(?:[省市县区州][{_CJK}]{{1,12}}[局厅委办部院]|各[{_CJK}]{{0,6}}[市县区乡镇街园])"
)
_SIGNS = re.compile(r"[A-Za-z\d]{1,6}(?:\+[A-Za-z\d]{1,6}){1,6}$")
_SIGNS_LONGEST = 48
_PARAGRAPH = re.compile(r"[^\s][^\n]{58,}[^\s](?= *$)")
_LAST = re.compile(rf"[{_CJK}]$")
_SENTENCE = 8
"""Characters behind the last full stop of a paragraph that are a sentence without one."""
_FIGURE = re.compile(rf"\d(?<=[{_CJK}&A-Z]{{4}}.)\d*(?:\.\d+)?(?=[{_CJK}%])")
_BEFORE_FIGURE = re.compile(rf"[{_CJK}&A-Z]{{4,14}}$")


MANY = 10
"""Paragraphs of a text from which its habit of full stops is told …"""

RARE = 0.1
"""… where at most this share of them lacks one."""


def find_damage(source: str, forms: Mapping[int, str] = {}) -> list[Damage]:
    """All damaged places of `source` in order; of overlapping ones the surest, then the first, stays.

    `forms` is as for `View`.
    """
    folded = fold(source, forms)
    found = [*distortions(folded), *_by_pattern(folded), *brands.insertions(folded), *_dates(folded)]
    found += [*_numberless_headings(folded), *_near_misses(folded)]
    found += [*_unopened_quotes(folded), *_lost_full_stops(folded)]
    kept: list[Damage] = []
    for damage in sorted(found, key=lambda d: (-d.confidence, d.start, d.end)):
        _keep(damage, kept)
    for damage in _stray_spaces(folded):
        wide = damage.rule == "stray_space" and set(source[damage.start : damage.end]) == {"\u3000"}
        _keep(replace(damage, rule="letter_spacing") if wide else damage, kept)
    return kept


def _keep(damage: Damage, kept: list[Damage]) -> None:
    """Put a damage in its place among those kept, unless it touches one of them."""
    at = bisect_left(kept, damage)
    if not any(_touch(damage, other) for other in kept[max(0, at - 1) : at + 1]):
        kept.insert(at, damage)


def _touch(a: Damage, b: Damage) -> bool:
    return (
        a.start <= b.end and b.start <= a.end
        if a.start == a.end or b.start == b.end
        else (a.start < b.end and b.start < a.end)
    )


def _by_pattern(folded: str) -> Iterator[Damage]:
    for rule in rules("repairs"):
        for match in rule.finditer(folded):
            start, end = match.span(1)
            more = rule.more
            yield Damage(start, end, more["repaired"], rule.name, more["confidence"])


def _dates(folded: str) -> Iterator[Damage]:
    """Dates that lost 年, 月 and 日, alone on a line: `2020424`."""
    for match in re.finditer(r"^ *(20[0-4]\d)(\d{2,4})日? *$", folded, re.MULTILINE):
        readings = split_date_digits(match.group(1), match.group(2))
        if len(readings) == 1:
            year, month, day = readings[0]
            text = f"{year}年{month}月{day}日"
            yield Damage(
                match.start(1),
                match.end(2),
                text.rstrip("日") if match.group().rstrip().endswith("日") else text,
                "lost_date_marks",
                0.95,
            )
        elif readings:
            text = " / ".join(f"{y}年{m}月{d}日" for y, m, d in readings)
            yield Damage(match.start(1), match.end(2), text, "lost_date_marks", 0.5, decided=False)


def _numberless_headings(folded: str) -> Iterator[Damage]:
    """`、…` at the start of a line between 一、 and 三、 lost its number."""
    labels = [(m.start(), ORDINALS[m.group(1)]) for m in _LABEL.finditer(folded)]
    names = {number: name for name, number in ORDINALS.items()}
    for match in _NUMBERLESS.finditer(folded):
        before = [n for at, n in labels if at < match.start()]
        after = [n for at, n in labels if at > match.start()]
        number = before[-1] + 1 if before else 1
        fits = not after or after[0] == number + 1
        yield Damage(match.start(), match.start(), names[number], "lost_number", 0.99 if fits else 0.7)


def _near_misses(folded: str) -> Iterator[Damage]:
    """A phrase before a figure that elsewhere, before other figures, has one more character at its end.

    `技术合同登记45亿元` beside `技术合同登记额38.5亿元` and `技术合同登记额50亿元`.
    """
    ends = [figure.start() for figure in _FIGURE.finditer(folded)]
    phrases = [(m.group(), at) for at in ends if (m := _BEFORE_FIGURE.search(folded[max(0, at - 14) : at]))]
    tails = Counter(p[-k:] for p, _ in phrases for k in range(6, min(len(p), 9) + 1))
    full = {tail[:-1]: tail[-1] for tail, n in sorted(tails.items()) if n >= 2 and tail[-1] in "额业量率数值"}
    for phrase, end in phrases:
        lost = next((full[phrase[-k:]] for k in range(8, 4, -1) if phrase[-k:] in full), None)
        if lost:
            yield Damage(end, end, lost, "lost_char", 0.93)


def _unopened_quotes(folded: str) -> Iterator[Damage]:
    """A quotation of signs, 1+N”, that is closed and was never opened."""
    at = 0
    for line in folded.split("\n"):
        opened = False
        for mark in re.finditer("[“”]", line) if "”" in line else ():
            end = mark.start()
            lost = mark.group() == "”" and not opened
            word = _SIGNS.search(line, max(0, end - _SIGNS_LONGEST), end) if lost else None
            if word:
                yield Damage(at + word.start(), at + word.start(), "“", "lost_quote", 0.97)
            opened = mark.group() == "“"
        at += len(line) + 1


def _lost_full_stops(folded: str) -> Iterator[Damage]:
    """The end of a paragraph without its full stop, in a text whose paragraphs otherwise have theirs."""
    paragraphs: list[tuple[int, str]] = []
    at = 0
    for line in folded.split("\n"):
        match = _PARAGRAPH.search(line) if "。" in line else None
        if match and "。" in match.group():
            paragraphs.append((at + match.end(), match.group()))
        at += len(line) + 1
    open_ends = [end for end, words in paragraphs if _open(words)]
    if len(paragraphs) < MANY or len(open_ends) > len(paragraphs) * RARE:
        return
    for end in open_ends:
        yield Damage(end, end, "。", "lost_punctuation", 0.9)


def _open(paragraph: str) -> bool:
    """Whether a paragraph ends with a sentence that lacks its full stop."""
    return len(paragraph) - paragraph.rfind("。") > _SENTENCE and bool(_LAST.match(paragraph[-1]))


def _stray_spaces(folded: str) -> Iterator[Damage]:
    """White space inside running Chinese text; beside Latin letters only where that is not the habit."""
    at = 0
    wide = len(_BESIDE_LATIN.findall(folded))
    habit = wide > 0 and wide > sum(len(p.findall(folded)) for p in (_LATIN_BEHIND, _LATIN_BEFORE))
    for line in folded.split("\n"):
        if " " in line and not _PAGE_LINE.search(line):
            rule = "letter_spacing" if _LETTER_SPACED.match(line) else "stray_space"
            units = "单位" in line or "|" in line
            for match in _STRAY.finditer(line):
                if _ARTICLE.fullmatch(line, 0, match.start()):
                    continue
                if not (units and _separates_units(line, match.start())) and not _parts_headings(line, match):
                    yield Damage(at + match.start(), at + match.end(), "", rule, 0.97)
            for match in _BESIDE_LATIN.finditer(line):
                yield Damage(at + match.start(), at + match.end(), "", "stray_space", 0.9, decided=not habit)
        at += len(line) + 1


def _parts_headings(line: str, space: re.Match[str]) -> bool:
    """Whether a space of a document on one line stands for a line break: before a label, after a heading."""
    if len(line) < WHOLE:
        return False
    before = line[max(0, space.start() - 24) : space.start()]
    return bool(_LABEL_NEXT.match(line, space.end()) or _HEADING_BEFORE.search(before))


def _separates_units(line: str, at: int) -> bool:
    """Whether a space of a list or table parts two units, or stands in a bracket that has no other signs."""
    if line[at - 1] in "局厅委办部院" and _UNIT_NEXT.match(line, at):
        return True
    left, right = line.rfind("(", 0, at), line.find(")", at)
    inside = line[left:right] if left >= 0 and right > 0 else ""
    return "单位" in inside and "、" not in inside and "," not in inside
