"""Goals that a plan states in words alone: 位居全省前列, 稳中有增, 高于全省平均水平. They are no targets.

The wordings stand in `lexicon/goals.yaml`. A wording is a goal where its clause says whose it is and
gives no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders import indicators
from loaders.clauses import left_edge
from loaders.layout import lines
from loaders.quantities import find_years
from loaders.records import Modality
from loaders.rules import any_of, rules

SUBJECT = 40
"""The subject of a goal is no longer than this."""

_MODAL = re.compile(any_of("targets", "modalities"))
_FACT = re.compile(any_of("targets", "facts"))
_LEADING = re.compile(r"^(?:使|让|推动|促进|带动|实现|确保|力争|并|且|和|以及|同时|从而|进一步)+")
_TRAILING = re.compile(r"(?:持续|始终|均|仍|总体|整体|继续|保持)+$")
_ALSO = re.compile(rf"^(?:并|且|也|{any_of('targets', 'modalities')})*$")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in view offsets; `subject` is what is to be so, as the clause or the one before it says."""

    start: int
    end: int
    subject: str
    wording: str
    rule: str
    years: tuple[int, int] | None
    modality: Modality
    modality_word: str | None


def find_goals(text: str, start: int, end: int) -> Iterator[Goal]:
    """The goals of `text[start:end]` in order, each place once; a year governs the rest of its paragraph."""
    for line in lines(text, start, end):
        done = line.start
        matches = sorted(
            ((m, r.name) for r in rules("goals") for m in r.finditer(text, line.start, line.end)),
            key=lambda found: found[0].span("wording"),
        )
        years = list(find_years(text, line.start, line.end)) if matches else []
        for match, name in matches:
            at = match.start("wording")
            if at < done:
                continue
            left_at = left_edge(text, done, at)
            subject = _subject(text, line.start, left_at, at)
            if subject is None:
                continue
            done = match.end("wording")
            sentence = text.rfind("。", line.start, at) + 1 or line.start
            word = next((m.group() for m in reversed(list(_MODAL.finditer(text, sentence, at)))), None)
            governing = next((y for y in reversed(years) if y.start < at), None)
            yield Goal(
                start=left_at,
                end=done,
                subject=subject,
                wording=match.group("wording"),
                rule=name,
                years=(governing.first, governing.last) if governing else None,
                modality="计划" if word is None else "确保" if word == "确保" else "力争",
                modality_word=word,
            )


def _subject(text: str, line: int, left_at: int, at: int) -> str | None:
    """What a goal is about, or None where nobody says it, or it is a figure's or a fact."""
    clause = text[left_at:at]
    if _ALSO.match(clause.strip()) and left_at - 1 > line:  # 强度达2%并超过全省平均水平
        clause = text[left_edge(text, line, left_at - 1) : left_at - 1]
    if _FACT.search(clause) or re.search(
        r"\d", re.sub(r"(?:19|20)\d\d年?(?:底|末)?|R&D|“[^“”]*”", "", clause)
    ):
        return None
    name = _TRAILING.sub("", _LEADING.sub("", indicators.written(clause)))
    whole = name.count("“") == name.count("”")
    return name if whole and 2 <= len(name) <= SUBJECT else None
