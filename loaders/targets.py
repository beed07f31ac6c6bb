"""Targets of a stretch of text: indicator, figure, years, commitment. Conflicts live elsewhere.

The text is read sentence by sentence. A year governs what follows it in its paragraph; 确保 and 力争
govern what follows in their sentence: across years where the word comes before the first year,
otherwise up to the next year that brings an indicator of its own. The words stand in
`lexicon/targets.yaml`, the cases in the tests.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from loaders import indicators
from loaders.aims import is_target, qualifies
from loaders.clauses import FAR, GROWTH, Clause, around, clause_start
from loaders.enumerations import complete
from loaders.found import Found
from loaders.governing import MODAL, PACE, SPAN, THIS_YEAR, State
from loaders.layout import lines
from loaders.naming import name_of, paired
from loaders.quantities import Quantity, Years, find_quantities, find_years
from loaders.rules import any_of, words
from loaders.told import told_in

_FROM = re.compile(
    r"(?:由|从|[较比](?=(?:19|20)\d\d年的|目前|现在))(?:(?P<year>(?:19|20)\d\d)年的?|现在的?|目前的?|现行的?)?$"
)
_YEARLY = re.compile(r"/年|/每年")
_EVERY_YEAR = re.compile(
    r"每年|年均(?!浓度|气温|降水)|(?<![\d一二两三四五六七八九十本上前去今当全半])年(?:筹集|投入|安排|培训|发放|增(?!加))|逐年|每个?年度|年度新增"
)
_EACH_PLACE = re.compile(
    r"每个?(?:[省州市县区旗乡镇村]|街道|社区|行政村|园区|[、()设级])+(?=[\u4e00-\u9fff\d])"
)
_IN_ALL = re.compile(r"年内累计|\d年累计")
_ASIDE = re.compile(
    r"\((?!(?:[到至]|力争|计划|截至)?(?:19|20)\d\d年?(?:-(?:19|20)\d\d年?)?[底末前]?\))[^()\n]{4,60}\)"
)
"""A remark in brackets, other than one that is a year alone."""

_RAISED = re.compile(r"(?<=标准)[^,;。]{0,8}?(?:提高|增加|上调)$")
"""A standard that rises gives its name to what it rises to: 补助标准提高30元,达到580元."""

_HELD = re.compile(r"^.{0,8}?(?:现有|共有|已有|拥有|已建成|已培育)")
_REPORTED = re.compile(r"(?:完成|进展|落实|推进)(?:情况|进度|成效) ?:")
"""A line that says what has come of the measure before it."""

_YEAR_HEAD = re.compile(
    r"(?:关于|[\u4e00-\u9fff]{0,2}做好)?(?P<year>20\d\d)年"
    r"[^。;,:\d]{0,20}(?:目标|任务|工作|安排|计划|部署)[^。;,:\d]{0,6}"
)
_YEAR_LEAD = re.compile(
    r" *(?:(?:[一二三四五六七八九十\d]{1,3}[、.)]|\([一二三四五六七八九十\d]{1,3}\)) *)?"
    r"(?:力争|争取|确保|计划|规划|预计|截至|在|其中|[全我][省市县区州]|(?P<to>[到至]))*"
)
_YEAR_STOP = re.compile(r"(?:底|末)?(?:以?前|之前|左右|期间|度)?[,、:]|$")
_MARKED = re.compile(r"[■◆▲※]")
_BACKWARD = re.compile(any_of("targets", "not_targets_under"))


def in_scope(titles: list[str]) -> bool:
    """Whether figures under these headings can be targets: not where a text looks back."""
    return not any(_BACKWARD.search(title) for title in titles)


def year_of(titles: list[str]) -> Years | None:
    """The year of the nearest heading that sets the work of one: 2025年经济社会发展目标."""
    found = next((m for title in titles if (m := _YEAR_HEAD.fullmatch(title))), None)
    return Years(0, 0, int(found["year"]), int(found["year"])) if found else None


def find_targets(text: str, start: int, end: int, head: Years | None = None) -> Iterator[Found]:
    """The targets of `text[start:end]`, in order; `head` is the year of a heading above them.

    A line that begins with a mark (■) is a heading without a number.
    """
    past = False
    spread: Years | None = None
    for line in lines(text, start, end):
        if _MARKED.match(line.text):
            head, past = year_of([line.text.strip("■◆▲※ ")]), not in_scope([line.text])
        if past or _REPORTED.match(line.text):
            continue
        years = spread if spread and line.text.startswith("-") else head
        names: list[str] = []
        at = line.start
        while at < line.end:
            stop = text.find("。", at, line.end)
            stop = line.end if stop < 0 else stop + 1
            state = State(years, names, years)
            yield from complete(text, list(_sentence(text, at, stop, state)))
            years, at = state.lasting, stop
        spread = years  # 力争到2027年打造高地。 rules the list of lines with dashes behind it
        if line.text.endswith(":") and years is not None:
            head = years  # 到2028年,力争实现: rules the lines behind it


def _sentence(text: str, start: int, end: int, state: State) -> Iterator[Found]:
    events: list[tuple[int, Quantity | Years | str]] = []
    quantities = list(find_quantities(text, start, end))
    events += [(q.start, q) for q in quantities]
    events += [(y.start, y) for y in find_years(text, start, end)]
    # a sentence without a figure, as most are, only hands on its year
    for pattern in (MODAL, PACE, THIS_YEAR, SPAN) if quantities else (THIS_YEAR,):
        events += [(m.start(), m.group()) for m in pattern.finditer(text, start, end)]
    events.sort(key=lambda e: e[0])
    starts = [at for at, event in events if isinstance(event, Quantity)]
    following = iter([*starts[1:], end])
    asides = deque(m.span() for m in _ASIDE.finditer(text, start, end)) if quantities else deque()
    told = told_in(text, start, end) if quantities else ()
    begin, last = start, -2
    for at, event in events:
        state.leave_aside(at)
        while asides and asides[0][1] <= at:
            asides.popleft()
        if isinstance(event, Years):
            if asides and asides[0][0] < at:
                state.enter_aside(event, asides[0][1])
            else:
                state.enter_years(event, _lasts(text, start, event))
        elif isinstance(event, str):
            state.enter_word(event)
        else:
            clause = around(text, begin, start, next(following), event)
            if qualifies(text, clause, event):
                continue
            inside = bool(asides) and asides[0][0] < at
            begin = begin if inside else event.end  # 削峰能力(2小时左右)达到100万千瓦
            start_of = _FROM.search(clause.left)
            if start_of:
                _enter_baseline(state, clause, start_of, event.low)
            elif any(first <= at < last for first, last in told):
                _enter_told(state, clause)
            elif is_target(
                text, start, clause, event, state.floored(text, event), last + 1 == clause.left_at
            ):
                target = _target(text, start, clause, event, state)
                if target is not None:
                    yield target
                    begin = last = target.end
            elif _RAISED.search(clause.left):
                _enter_told(state, clause)
    state.leave_aside(end)


def _lasts(text: str, sentence: int, years: Years) -> bool:
    """Whether a year governs the next sentences as well: 到2025年…, 2025年,…, but not 项目2023年底前投产."""
    before = text[clause_start(text, max(sentence, years.start - FAR), years.start) : years.start]
    lead = _YEAR_LEAD.fullmatch(before.rpartition(":")[2])
    return lead is not None and bool(lead["to"] or _YEAR_STOP.match(text, years.end))


def _enter_told(state: State, clause: Clause) -> None:
    """What has been, or rises, gives what follows its name: 现有高新技术企业350家,力争突破400家."""
    name = _RAISED.sub("", _HELD.sub("", clause.written))
    if name and not state.name:
        state.name, state.subject = name, indicators.subject(name)


def _enter_baseline(state: State, clause: Clause, match: re.Match[str], value: float) -> None:
    """由2020年的1.68%: where the next figure starts from, and what it measures."""
    year = match.group("year")
    state.baseline = (int(year) if year else None, value)
    name = indicators.written(clause.left[: match.start()])
    if name:
        state.name, state.subject = name, indicators.subject(name)


def _target(text: str, sentence: int, clause: Clause, quantity: Quantity, state: State) -> Found | None:
    """The target of a figure, or None where nothing says what is measured."""
    own = bool(clause.written) and not indicators.FRAGMENT.match(clause.written)
    name = name_of(text, sentence, clause, quantity, state)
    if not name:
        return None
    told = clause.written or (name if state.grew else "")
    growth = quantity.unit in {"%", "倍"} and bool(GROWTH.search(told))
    modality, word = state.modality(own)
    state.name, state.subject, state.grew = name, indicators.subject(name), growth
    state.names.append(name)
    years, comparator = state.years, clause.comparator
    if state.floor and comparator == "=" and state.floored(text, quantity):
        comparator = state.floor[2]
    state.floor = (quantity.end, quantity.unit, comparator) if comparator in {">=", ">"} else None
    since = indicators.since(clause.left)
    baseline = state.baseline or ((since, None) if since else None)
    state.baseline = None
    if "分别" in clause.left:
        state.pairing = comparator
    elif clause.written:
        state.pairing = None
    if state.pairing:
        name, years = paired(clause, name, state)
        comparator = comparator if comparator != "=" else state.pairing
    return Found(
        start=clause.left_at,
        end=clause.end,
        figure=quantity.figure,
        written=clause.written or name,
        indicator=indicators.canonical(name, "个" if quantity.breakthrough else quantity.unit, growth),
        comparator=comparator,
        value=quantity.low,
        value_max=quantity.high,
        unit=quantity.unit,
        growth=growth,
        per_year=_is_yearly(text, clause, quantity, state),
        years=(years.first, years.last) if years else None,
        this_year=state.this_year,
        modality=modality,
        modality_word=word,
        qualitative=quantity.breakthrough,
        scope=_scope(clause),
        baseline=baseline,
    )


def _scope(clause: Clause) -> str | None:
    """Whose figure it is: each one's (每个街道), or that of the whole place (全市)."""
    each = _EACH_PLACE.search(clause.left)
    if each:
        return each.group()
    return next((s for s in words("targets", "scope") if s in clause.left), None)


def _is_yearly(text: str, clause: Clause, quantity: Quantity, state: State) -> bool:
    """Whether a figure is one of each year: 每年, 年均, /年, but not 5年内累计."""
    if _EVERY_YEAR.search(clause.left) or _YEARLY.match(text, quantity.end):
        return True
    return state.every_year and not _IN_ALL.search(clause.left)
