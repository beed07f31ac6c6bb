"""Figures of a text: number, unit and what stands directly around them. What they mean is in `targets`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.citations import titles_in
from loaders.comparators import AFTER, AFTER_FIGURE, ANY_BEFORE
from loaders.numerals import DIGITS, number
from loaders.records import Comparator
from loaders.rules import any_of, load, words
from loaders.sieve import sieve
from loaders.spans import Spans

_PER = any_of("targets", "per")
_UNIT = f"(?:{any_of('targets', 'units')})(?:/(?:{_PER})){{0,2}}"
_SCALE = any_of("targets", "scales")
_NUMBER = r"\d{1,12}(?:,\d{3}(?!\d)){0,4}(?:\.\d{1,8}| \. \d{1,2})?"
_QUANTITY = re.compile(
    rf"(?:(?<![\dA-Za-z.第+〔\[-])|(?<=[A-Z]{{2}})(?=\d{{1,6}}[万千]?(?:家|个|户|项|名|件|支|人)))(?P<low>{_NUMBER})(?P<more>[余多](?=(?:{_SCALE})?{_UNIT}))?(?P<lowunit>%|(?:{_SCALE})?(?:{_UNIT})?)"
    rf"(?:(?:-{{1,2}}|~|至|到)(?P<high>{_NUMBER}))? ?(?P<unit>(?:{_SCALE})?(?:{_UNIT})|(?:{_SCALE})|)"
)
_MARKS = re.compile(r"[, ]")
_DIGIT = re.compile(r"\d")
_BREAKTHROUGH = sieve(re.compile(r"(?:实现)?(?:了)?“?零的?突破”?"))
_DOUBLED = sieve(re.compile(r"翻(?P<n>[一二两三])番"))
_YEAR = re.compile(
    r"(?<!\d)(?P<a>(?:19|20)\d\d)年?(?:(?:-{1,2}|~|至|到)|[和、](?=(?:19|20)\d\d年每年))"
    r"(?P<b>(?:19|20)\d\d)年?(?=年|[^\d]|$)"
    r"|(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<about>左右)?(?P<past>度)?"
)
_HAN_YEAR = sieve(re.compile(r"二[〇○零OοΟОo0](?P<n>[一二三四][〇○零OοΟОo0一二三四五六七八九])年(?!度)"))
_HAN_DIGITS = str.maketrans("〇○零OοΟОo一二三四五六七八九", "00000000123456789")

_RATIO = re.compile(
    rf"(?:(?:比|比例|比率|倍数)(?:{ANY_BEFORE}|为|到|至){{1,2}}) ?(?P<a>\d{{1,3}}(?:\.\d{{1,2}})?)[:∶]"
    r"(?P<b>\d{1,4}(?:\.\d{1,2})?)(?![\d:∶%])"
)
_NUMERAL = re.compile(
    rf"(?P<before>{ANY_BEFORE})?(?<![第\d.{DIGITS}])(?P<n>[{DIGITS}]{{1,6}})"
    rf"(?P<unit>(?:万?亿)?(?:{_UNIT})|万?亿(?!级)|成(?=以上|左右|[,;。、的\n]|$))"
)
_ANY_NUMERAL = re.compile(rf"[{DIGITS}](?:{_UNIT}|成|亿)")
"""What every figure in Chinese numerals holds: its last sign and its unit."""
_LEVELLED = re.compile(rf"[十百千万]{{0,6}}亿级|{load('targets')['level']}")
_COUNTING = frozenset(words("targets", "counting"))
_VERB = re.compile(rf"(?:{any_of('targets', 'verbs')})$")
_KINDS = frozenset({"期", "类", "种", "批", "次"})
_MADE_LIST = re.compile(r"(?:建成|打造|建设|推进|新建|培育|引进)[^,;。\n\d]{2,76}$")
"""What is made by name: 建成甲产业园、乙孵化基地等四个社区, 建设乌江、清水江两个基地."""

_AT_LEAST = frozenset({"至少", "不少于", "不低于"})
_AT_LEAST_ONE = re.compile(r"(?:至少|不少于)[\u4e00-\u9fff]{1,4}$")
"""至少规划一座."""

_ROUND = {"百": 100, "千": 1000, "万": 10_000}
_SINCE = ("由", "从", "较", "比", "自", "相对", "相对于")
_COMPARED = re.compile(
    r"(?:底|末)?(?:相比|[^,;。在]{0,20}?基础上|为基[期数准年]|的(?:\d{1,3}(?:\.\d{1,2})?|[一二两三])倍|的?(?:同期|水平)"
    r"|起(?!步)|(?:基本实现[^,;。]{0,12})?远景目标)"
)
"""Behind a year that sets none: 与2020年相比, 在2022年的基础上, 2035年远景目标. 2023年起 has no end."""

_SPAN = sieve(
    re.compile(r"(?P<y>(?:19|20)\d\d)年起,?[用的]?(?P<n>\d{1,2}|[一二三四五六七八九十])年(?:内|时间)")
)
"""Years counted from the first one: 2012年起5年内 is 2012 to 2016."""
_NO_DEADLINE = re.compile(load("targets")["no_deadline_behind"])
_FIVE = sieve(re.compile(r"“?十(?P<n>[三四五六])五”?(?:时期|期间|(?P<end>末))"))
_NAME = re.compile(r"“[^“”\n]{1,14}”|\((?:19|20)\d\d年?-(?:19|20)\d\d年?\)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in view offsets; `end` includes a comparator behind it (以上)."""

    start: int
    end: int
    figure: tuple[int, int]
    low: float
    high: float | None
    unit: str | None
    after: Comparator | None
    breakthrough: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """A year or a window of years in view offsets."""

    start: int
    end: int
    first: int
    last: int


def masks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans in which figures are part of a name: 《…》 and short quotations."""
    names = (m.span() for m in _NAME.finditer(text, start, end))
    return [*titles_in(text, start, end), *names]


def find_years(text: str, start: int, end: int) -> Iterator[Years]:
    """The years of `text[start:end]` outside names."""
    for match in _FIVE.finditer(text, start, end):
        if _NO_DEADLINE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        first = 2016 + 5 * "三四五六".index(match.group("n"))
        yield Years(match.start(), match.end(), first + 4 if match.group("end") else first, first + 4)
    written = any(text.find(century, start, end) >= 0 for century in ("20", "19"))
    spoken = list(_HAN_YEAR.finditer(text, start, end))
    if not written and not spoken:
        return
    hidden = Spans(masks(text, start, end))
    for match in spoken:
        if not hidden.cover(match.start()) and not text.endswith(_SINCE, start, match.start()):
            year = 2000 + int(match.group("n").translate(_HAN_DIGITS))
            yield Years(match.start(), match.end(), year, year)
    for match in _SPAN.finditer(text, start, end):
        if not hidden.cover(match.start()):
            first, count = int(match.group("y")), number(match.group("n"))
            yield Years(match.start(), match.end(), first, first + (count or 1) - 1)
    for match in _YEAR.finditer(text, start, end):
        if hidden.cover(match.start()) or match.group("past"):
            continue
        if text.endswith(_SINCE, start, match.start()) or _COMPARED.match(text, match.end()):
            continue
        if _NO_DEADLINE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        first = int(match.group("a") or match.group("y"))
        last = int(match.group("b") or match.group("y"))
        if first <= last:
            yield Years(match.start(), match.end(), first, last)


def find_quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The figures of `text[start:end]` that can be targets: with a unit, or bare behind 达到 and the like."""
    found = [*_numbers(text, start, end), *_breakthroughs(text, start, end), *_numerals(text, start, end)]
    found += _ratios(text, start, end)
    if not found:
        return
    years = ((y.start, y.end) for y in find_years(text, start, end))
    hidden = Spans([*masks(text, start, end), *years])
    for quantity in sorted(found, key=lambda q: q.start):
        if quantity.breakthrough or not hidden.cover(quantity.figure[0]):
            yield quantity


def _breakthroughs(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Figures in words: 零的突破 is one where there was none, 翻两番 is four times as much."""
    for match in _BREAKTHROUGH.finditer(text, start, end):
        yield Quantity(match.start(), match.end(), match.span(), 1.0, None, None, None, True)
    for match in _DOUBLED.finditer(text, start, end):
        times = 2.0 ** ("一二三".index(match.group("n").replace("两", "二")) + 1)
        yield Quantity(match.start(), match.end(), match.span(), times, None, "倍", None)


def _ratios(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Ratios that are measured, 比例达到1∶5: the second number, with the first and its colon as unit.

    2.5∶1 is 2.5 with the unit `:1`.

    A share of costs (按1:1的比例分担) and a time of day are none.
    """
    for match in _RATIO.finditer(text, start, end):
        first, last = match.start("a"), match.end("b")
        behind = AFTER_FIGURE.match(text, last)
        stop = behind.end() if behind else last
        after = AFTER[behind.group()] if behind else None
        low, unit = (float(match["b"]), f"{match['a']}:") if match["b"] != "1" else (float(match["a"]), ":1")
        yield Quantity(first, stop, (first, last), low, None, unit, after)


def _numerals(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Figures in Chinese numerals: compared (超过六成), of several signs (三百名), by level or in a list.

    A small bare number (两个中心, 三条措施) counts the document's own notions and is none.
    """
    if not _ANY_NUMERAL.search(text, start, end):
        return
    for match in _NUMERAL.finditer(text, start, end):
        unit, at, stop = match.group("unit"), match.start("n"), match.end()
        value = number(match.group("n"))
        behind = AFTER_FIGURE.match(text, stop)
        if value is None and (behind or "亿" in unit):
            value = _ROUND.get(match.group("n"))  # 千名以上, 突破千亿元
        if value is None or unit == "批" or not (behind or _is_figure(text, start, match, value)):
            continue
        after = AFTER[behind.group()] if behind else None
        last = behind.end() if behind else stop
        yield Quantity(at, last, (at, stop), float(value), None, unit, after)


def _is_figure(text: str, start: int, match: re.Match[str], value: int) -> bool:
    """Whether a number in Chinese numerals says how many, and not what the document itself holds."""
    at, unit, before = match.start("n"), match.group("unit"), match.group("before")
    if value == 1:
        floor = before in _AT_LEAST or _AT_LEAST_ONE.search(text, max(start, at - 8), at)
        return bool(floor) or (unit == "倍" and before is not None)
    if before:
        return True
    if unit not in _COUNTING:
        return False
    levelled = _VERB.search(text[max(start, at - 8) : at]) and _LEVELLED.match(text, match.end())
    made = _MADE_LIST.search(text, max(start, at - 80), at)
    listed = unit not in _KINDS and made and (text[at - 1] == "等" or made.group().count("、") + 1 == value)
    return len(match.group("n")) > 1 or bool(levelled or listed)


def _numbers(text: str, start: int, end: int) -> Iterator[Quantity]:
    if not _DIGIT.search(text, start, end):
        return
    for match in _QUANTITY.finditer(text, start, end):
        unit = match.group("unit") or match.group("lowunit") or None
        stop = match.end()
        if match.group("high") is None and match.group("lowunit"):
            unit, stop = match.group("lowunit"), match.end("lowunit")
        follows = text[stop : stop + 1]
        worded = unit not in _SCALES and not (unit or "G")[-1].isascii()  # 100个OPC, but no 5G
        if follows.isascii() and not worded and (follows.isalpha() or follows.isdigit()):
            continue
        if (unit is None or unit in _SCALES) and not _bare(text, match.start(), stop):
            continue
        if text[match.start() - 1 : match.start()] == "×":
            continue
        low = float(_MARKS.sub("", match.group("low")))
        high = float(_MARKS.sub("", match.group("high"))) if match.group("high") else None
        if (high is not None and high <= low) or (low * 100 % 1 > 1e-6 and unit in _COUNTING):
            continue  # 11.121人才 is a name
        behind = AFTER_FIGURE.match(text, stop)
        between = _BETWEEN.match(text, stop)
        loose = behind or (AFTER_FIGURE.match(text, between.end()) if between else None)
        after: Comparator | None = AFTER[loose.group()] if loose else None
        yield Quantity(
            start=match.start(),
            end=behind.end() if behind else stop,
            figure=(match.start(), stop),
            low=low,
            high=high,
            unit=unit,
            after=">" if match.group("more") else after,
        )


_BETWEEN = re.compile(r"/[年月日]|\([^()\d]{1,10}\)")
"""What may stand before 以上 and 左右: 1000万吨/年左右, 12万个(含私人桩)以上."""

_SCALES = frozenset(words("targets", "scales"))
_TOTAL = "|".join(w for w in words("targets", "fragments") if w.startswith("总"))
_BARE = re.compile(rf"(?:{_TOTAL}|指数|数|量|人数)?(?:{ANY_BEFORE})$")
_HEADS = re.compile(r"(?:人|户)数$")
"""What counts people by itself: 新增就业人数24万以上."""


def _bare(text: str, start: int, end: int) -> bool:
    """A number without unit is a figure only behind 达到, 超过 … and before the end of its clause."""
    rest, before = text[end : end + 2], text[max(0, start - 8) : start]
    return bool(_BARE.search(before) or (_HEADS.search(before) and text[end - 1] == "万")) and (
        not rest.strip() or rest[0] in ",;。、\n" or rest.startswith(("以上", "左右", "以内", "以下"))
    )
