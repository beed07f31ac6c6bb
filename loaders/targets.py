"""Targets of a stretch of text: figure, indicator, comparator, years, commitment. Conflicts live elsewhere.

The text is read sentence by sentence. A year governs what follows it in its paragraph; 确保 and 力争
govern what follows in their sentence: across years where the word comes before the first year,
otherwise up to the next year that brings an indicator of its own (loaders/lexicon/targets.yaml holds
the words, tests/loaders/test_targets.py the cases).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders import indicators
from loaders.layout import lines
from loaders.quantities import Quantity, Years, find_quantities, find_years
from loaders.records import Comparator, Modality
from loaders.rules import any_of, load, words

_BEFORE = {w: sign for sign, found in load("targets")["comparators"]["before"].items() for w in found}
_BEFORE_WORDS = sorted(_BEFORE, key=lambda w: (-len(w), w))
_BEFORE_PATTERN = re.compile("(?:" + "|".join(map(re.escape, _BEFORE_WORDS)) + r")(?:在|到|至|了)? ?$")
_MODAL = re.compile(any_of("targets", "modalities"))
_FACT = re.compile(any_of("targets", "facts"))
_NOT_COUNTED = any_of("targets", "not_targets_after")
_NOT_AFTER = re.compile(rf" ?(?:[\u4e00-\u9fff]{{0,6}}?指标|[\u4e00-\u9fff]{{0,2}}?(?:{_NOT_COUNTED})(?!目))")
_GRANT = re.compile(any_of("targets", "grants"))
_CONDITION = re.compile(load("targets")["conditions"])
_VERB_END = re.compile(rf"(?:{any_of('targets', 'verbs')})(?:了|第[一二三]批|一批|首批)?$")
_GROWTH = re.compile(r"增长|增速|增幅|递增|增长率")
_EVERY_YEAR = re.compile(r"每年|年均|逐年|每个?年度|年度新增")
_PACE = re.compile(r";|每年")
_NOUN_STOP = re.compile(r"[,;。\n]|[、和及与](?=\d)|(?<=.)(?:并|且)(?=[\u4e00-\u9fff])")
_CLAUSE = re.compile(r"[,;。\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """A target in view offsets, before its canonical indicator and its place in the plan."""

    start: int
    end: int
    figure: tuple[int, int]
    written: str
    indicator: str
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str | None
    growth: bool
    per_year: bool
    years: tuple[int, int] | None
    modality: Modality
    modality_word: str | None
    qualitative: bool
    scope: str | None


@dataclass(slots=True)
class _State:
    """What governs the next figure of a sentence."""

    years: Years | None = None
    word: str | None = None
    word_at: int = 0
    word_before_years: bool = False
    new_window: bool = False
    every_year: bool = False
    verb: str | None = None
    name: str | None = None
    subject: str | None = None
    seen: list[Years] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def find_targets(text: str, start: int, end: int) -> Iterator[Found]:
    """The targets of `text[start:end]`, in order."""
    for line in lines(text, start, end):
        years: Years | None = None
        names: list[str] = []
        at = line.start
        while at < line.end:
            stop = text.find("。", at, line.end)
            stop = line.end if stop < 0 else stop + 1
            state = _State(years=years, names=names)
            yield from _sentence(text, at, stop, state)
            years = state.years
            at = stop


def _sentence(text: str, start: int, end: int, state: _State) -> Iterator[Found]:
    events: list[tuple[int, Quantity | Years | re.Match[str]]] = []
    events += [(q.start, q) for q in find_quantities(text, start, end)]
    events += [(y.start, y) for y in find_years(text, start, end)]
    events += [(m.start(), m) for m in _MODAL.finditer(text, start, end)]
    events += [(m.start(), m) for m in _PACE.finditer(text, start, end)]
    events.sort(key=lambda e: e[0])
    begin = start
    for i, (_, event) in enumerate(events):
        if isinstance(event, Years):
            _enter_years(state, event)
        elif isinstance(event, re.Match):
            _enter_word(state, event)
        else:
            following = next((e.start for _, e in events[i + 1 :] if isinstance(e, Quantity)), end)
            target = _target(text, begin, start, following, event, state)
            begin = event.end
            if target is not None:
                yield target
                begin = target.end


def _enter_years(state: _State, years: Years) -> None:
    if state.word is not None and not state.seen:
        state.word_before_years = True
    elif state.word is not None and not state.word_before_years:
        state.new_window = True
    state.seen.append(years)
    state.years, state.every_year = years, False


def _enter_word(state: _State, match: re.Match[str]) -> None:
    if match.group() == ";":
        state.every_year, state.verb = False, None
    elif match.group() == "每年":
        state.every_year = True
    else:
        state.word, state.word_at = match.group(), match.start()
        state.new_window = False
        state.word_before_years = False


def _target(
    text: str, begin: int, sentence: int, end: int, quantity: Quantity, state: _State
) -> Found | None:
    """The target of a figure, or None where the figure is none.

    `begin` ends what came before the figure, `end` is where the next one or the next sentence begins.
    """
    left_at = _left_edge(text, begin, quantity.start)
    left = text[left_at : quantity.start]
    clause = text[_clause_start(text, sentence, quantity.start) : _clause_end(text, quantity.end, end)]
    before = _BEFORE_PATTERN.search(left)
    comparator = _comparator(quantity, before.group() if before else None)
    if _FACT.search(clause) or _NOT_AFTER.match(text, quantity.end) or _CONDITION.match(text[quantity.end :]):
        return None
    if _GRANT.search(clause) and comparator not in {">=", ">"}:
        return None
    noun_end = _noun_end(text, quantity, end)
    noun = text[quantity.end : noun_end]
    core = left[: before.start()] if before else left
    behind = (
        bool(noun.strip())
        and not _GROWTH.match(noun)
        and (not indicators.written(core) or bool(_VERB_END.search(core)))
    )
    if behind:
        verb = indicators.written(core)
        written = (verb + noun).strip()
    else:
        noun_end = quantity.end + len(noun) if _GROWTH.match(noun) else quantity.end
        written = indicators.written(core) + (noun.strip() if _GROWTH.match(noun) else "")
    own = bool(written) and not indicators.FRAGMENT.match(written)
    name = _name(text, sentence, left_at, written, behind, quantity, state)
    if not name:
        return None
    growth = quantity.unit in {"%", "倍"} and bool(_GROWTH.search(written or name))
    per_year = state.every_year or bool(_EVERY_YEAR.search(left))
    modality, word = _modality(state, own)
    scope = next((s for s in words("targets", "scope") if s in left), None)
    state.name, state.subject = name, indicators.subject(name)
    state.names.append(name)
    return Found(
        start=left_at,
        end=noun_end,
        figure=quantity.figure,
        written=written or name,
        indicator=indicators.canonical(name, "个" if quantity.breakthrough else quantity.unit, growth),
        comparator=comparator,
        value=quantity.low,
        value_max=quantity.high,
        unit=quantity.unit,
        growth=growth,
        per_year=per_year,
        years=(state.years.first, state.years.last) if state.years else None,
        modality=modality,
        modality_word=word,
        qualitative=quantity.breakthrough,
        scope=scope,
    )


def _left_edge(text: str, begin: int, at: int) -> int:
    """Where the words before a figure begin: after the last clause mark, or after the figure before it."""
    depth = 0
    for i in range(at - 1, begin - 1, -1):
        depth += (text[i] in ")”") - (text[i] in "(“")
        if text[i] in ",;。:\n" and depth <= 0:
            return i + 1
    while begin < at and text[begin] in "、和及与并 ":
        begin += 1
    return begin


def _clause_start(text: str, sentence: int, at: int) -> int:
    return max([sentence, *(m.end() for m in _CLAUSE.finditer(text, sentence, at))])


def _clause_end(text: str, at: int, end: int) -> int:
    match = _CLAUSE.search(text, at, end)
    return match.start() if match else end


def _noun_end(text: str, quantity: Quantity, end: int) -> int:
    """The end of the noun that a figure counts, where it stands behind it."""
    match = _NOUN_STOP.search(text, quantity.end, end)
    stop = match.start() if match else end
    if text[quantity.end : quantity.end + 1] in {"、", "(", ")", "和", "并", "且"}:
        return quantity.end
    while stop > quantity.end and text[stop - 1] in "、和及与 ":
        stop -= 1
    return stop


def _comparator(quantity: Quantity, before: str | None) -> Comparator:
    """The sign of a figure: the word before it counts more than 以上 behind it."""
    if quantity.high is not None:
        return "range"
    if quantity.breakthrough:
        return ">="
    sign = _sign(before) or quantity.after or "="
    found: Comparator = sign  # type: ignore[assignment]
    return found


def _sign(before: str | None) -> str | None:
    """The sign of the longest comparator word that `before` begins with."""
    return next((_BEFORE[w] for w in _BEFORE_WORDS if before and before.startswith(w)), None)


def _name(
    text: str, sentence: int, left_at: int, written: str, behind: bool, quantity: Quantity, state: _State
) -> str | None:
    """The full name of what is measured: an empty or partial one is completed from what stands before."""
    if not written:
        return state.name or _subject_before(text, sentence, left_at)
    if written.startswith("占"):
        lead = state.subject or _subject_before(text, sentence, left_at)
        return (lead or "") + written
    if indicators.FRAGMENT.match(written) and state.subject:
        return state.subject + written
    verb = indicators.flow_verb(written)
    if verb:
        state.verb = verb
    elif state.verb and quantity.unit and not indicators.starts_with_verb(written):
        return state.verb + written
    elif indicators.starts_with_verb(written):
        state.verb = None
    if len(written) >= 4 and not behind:
        return next((full for full in state.names if full.endswith(written)), written)
    return written


def _subject_before(text: str, sentence: int, at: int) -> str | None:
    """The subject of the clause before: “四新”产业…企业 of “四新”产业…企业在…中占据主导地位,."""
    stop = at - 1
    start = _clause_start(text, sentence, stop)
    lead = re.split(r"在|占据|成为|保持|持续", text[start:stop])[0]
    return indicators.written(lead) or None


def _modality(state: _State, own: bool) -> tuple[Modality, str | None]:
    if state.word is None or (state.new_window and own):
        return "计划", None
    return ("确保" if state.word == "确保" else "力争"), state.word


def in_scope(titles: list[str]) -> bool:
    """Whether figures under these headings can be targets: not where a text looks back or explains itself."""
    return not any(re.search(any_of("targets", "not_targets_under"), title) for title in titles)
