"""Alignment of local items with the tasks of an upper plan: records with reasons. No triples live here.

Every leaf item is ranked against every task by content (`align_score`). The confidence is a calibrated
probability that the pair holds; below `THRESHOLD` the item gets an explicit abstention instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from graph.align_embedding import Encoder
from graph.align_match import Match, Ranked
from graph.align_score import UpperPlan
from graph.align_text import title_span
from graph.align_thesaurus import thesaurus
from graph.align_ties import citations_of
from graph.calibrate import confidence
from loaders.records import Alignment, AlignmentRelation, Document, Item, Reading

METHOD = "concepts+characters+ties/2"
MOST = 3
THRESHOLD = 0.5
"""More likely than not. A wrong proposal is shown with its reasons and reviewed first when it is unsure; a
match that was withheld is seen by nobody. `python -m benchmarks.alignment` prints what other values give."""
LATER_THRESHOLD = 0.15
"""Ranks 2 and 3 are offered to a reviewer down to this confidence."""
CITES: Final = {"based_on": "依据", "applies": "贯彻落实", "aligned_with": "衔接", "cites": "引用"}
"""Ways of citing an upper plan that make a later document answer to it; explaining it is none."""
CLEAR = 0.1
"""A foreign concept is worth naming from this share of the content on, a shared one from `WEAK`."""
WEAK = 0.03
BESIDE = 0.5
"""The share of the neighbours from which on it is worth saying that they go to the same action."""


def falls_under(lower: Document, upper: Document) -> bool:
    """Whether the lower document's place lies in the upper one's; a place that is not known lies in none."""
    if lower.jurisdiction is None or upper.jurisdiction is None:
        return False
    return lower.jurisdiction.startswith(upper.jurisdiction)


def answers_to(lower: Reading, upper: Document) -> tuple[str, ...]:
    """What ties the lower document to the upper plan, in words: its place, and how it cites the plan.

    The plan that the upper document explains counts as the plan itself.
    """
    ties = [f"{lower.document.jurisdiction}在上级规划的地域内"] if falls_under(lower.document, upper) else []
    ties += [f"{CITES[c.relation]}《{c.title}》" for c in citations_of(lower, upper)]
    return tuple(dict.fromkeys(ties))


def is_later(lower: Document, upper_date: str | None) -> bool:
    """Whether the lower document is surely not older than the upper plan (ISO date).

    Its date decides; without one, the first year of its period. What cannot be dated is not.
    """
    if upper_date is None:
        return False
    if lower.date is not None:
        return lower.date >= upper_date
    return lower.period_start is not None and lower.period_start >= int(upper_date[:4])


def relation(lower: Reading, upper: Document, upper_date: str | None) -> AlignmentRelation:
    """`implements` where the lower document answers to the upper plan and is not older, else `relates_to`."""
    implements = is_later(lower.document, upper_date) and answers_to(lower, upper)
    return "implements" if implements else "relates_to"


def align(
    lower: Sequence[Reading],
    upper: Reading,
    *,
    upper_date: str | None,
    coefficients: Mapping[str, float] | None = None,
    encoder: Encoder | None = None,
) -> list[Alignment]:
    """The alignments of each leaf item, up to three ranks, or one abstention each, in document order.

    `upper_date` is the ISO date of the upper plan, `coefficients` another calibration, `encoder` a model of
    the user's own as one more signal. Documents come in the order of their ids, so that neither the order of
    `lower` nor the other documents in it change anything.
    """
    plan = UpperPlan(upper, encoder)
    records: list[Alignment] = []
    for reading in sorted(lower, key=lambda r: r.document.id):
        if reading.document.id == upper.document.id:
            continue
        kind = relation(reading, upper.document, upper_date)
        for ranked in plan.rank(reading):
            sure = _Sure(ranked, coefficients)
            records += _proposals(sure, plan, reading, upper, kind) or [_abstention(sure, reading)]
    if encoder is not None:
        method = f"{METHOD}+embedding {encoder.label}"
        records = [replace(record, method=method) for record in records]
    return records


class _Sure:
    """An item with its candidates, and how sure each of them is."""

    def __init__(self, ranked: Ranked, coefficients: Mapping[str, float] | None) -> None:
        self.ranked = ranked
        self._coefficients = coefficients

    def of(self, rank: int) -> float:
        """The probability that the candidate of that rank (1 is best) holds."""
        matches = self.ranked.matches
        score, best = matches[rank - 1].score, matches[0].score
        return confidence(score, best, first=rank == 1, coefficients=self._coefficients)


def _proposals(
    sure: _Sure, plan: UpperPlan, reading: Reading, upper: Reading, kind: AlignmentRelation
) -> list[Alignment]:
    """The proposals of one item; none for a safeguard (it says how the plan is run, not what is done)."""
    records: list[Alignment] = []
    ranked = sure.ranked
    if ranked.item.kind == "safeguard":
        return records
    for rank, match in enumerate(ranked.matches[:MOST], 1):
        chance = sure.of(rank)
        if chance < (THRESHOLD if rank == 1 else LATER_THRESHOLD):
            break
        target = match.measure or match.task
        records.append(
            replace(
                _record(ranked.item, reading, rank, chance, _reasons(ranked, match, plan)),
                rule="align.match",
                object=target.id,
                object_document=upper.document.id,
                object_path=target.path,
                relation=kind,
                rank=rank,
            )
        )
    return records


def _abstention(judged: _Sure, reading: Reading) -> Alignment:
    """The record of an item without a counterpart, with what came nearest."""
    ranked = judged.ranked
    if ranked.item.kind == "safeguard":
        return _record(ranked.item, reading, 0, 1.0, ("保障措施说明如何组织实施,不与上级任务对齐",))
    reasons = []
    for concept, share in ranked.foreign[:2]:
        if share >= CLEAR:
            words = "、".join(ranked.content.terms[concept][:3])
            name = thesaurus().concepts[concept].zh
            reasons.append(f"{name}({share:.0%}):“{words}”在上级任务中没有对应")
    sure = 1.0
    if ranked.matches:
        best = ranked.matches[0]
        chance = judged.of(1)
        sure = round(1 - chance, 4)
        nearest = f"最接近的是 {best.task.path}“{best.task.title}”:{_scores(best)}"
        reasons.append(f"{nearest},成立的概率 {chance:.2f} 低于 {THRESHOLD}")
    return _record(ranked.item, reading, 0, sure, (*reasons, *_scope(ranked)) or ("与上级任务没有共同内容",))


def _record(item: Item, reading: Reading, rank: int, sure: float, reasons: tuple[str, ...]) -> Alignment:
    """An abstention of the item; its evidence is the label and title as printed."""
    start, end = title_span(item)
    key = item.id.split(":item:", 1)[-1]
    return Alignment(
        id=f"{item.document}:alignment:{key}-{rank}",
        document=item.document,
        quote=reading.text[start:end],
        start=start,
        end=end,
        rule="align.abstain",
        subject=item.id,
        object=None,
        object_document=None,
        object_path=None,
        relation=None,
        rank=None,
        confidence=sure,
        status="proposed",
        method=METHOD,
        reasons=reasons,
    )


def _reasons(ranked: Ranked, match: Match, plan: UpperPlan) -> tuple[str, ...]:
    """Up to three shared concepts with the words on both sides, the scores, and what speaks against."""
    reasons = []
    for concept, share in match.concepts[:3]:
        if share >= WEAK:
            mine = "、".join(ranked.content.terms[concept][:3])
            theirs = "、".join(plan.words(match.task, concept)[:3])
            name = thesaurus().concepts[concept].zh
            above = f"上级“{theirs}”" if theirs else "上级所在行动的标题"
            reasons.append(f"{name}({share:.0%}):本项“{mine}”,{above}")
    if not reasons:
        reasons.append("没有共同概念,只有字面相似")
    if match.indicators:
        reasons.append(f"双方都有指标:{'、'.join(match.indicators[:3])}")
    if match.cited:
        reasons.append(f"双方都引用{'、'.join(match.cited[:2])}")
    if match.company >= BESIDE:
        reasons.append(f"同组其他条目也对应这一行动({match.company:.0%})")
    if match.elsewhere:
        reasons.append(f"上级任务针对{'、'.join(match.elsewhere)},不是本地")
    return (*reasons, _scores(match), *_scope(ranked))


def _scores(match: Match) -> str:
    meant = "" if match.meant is None else f"语义模型 {match.meant:.2f},"
    return f"内容覆盖 {match.covered:.2f},字面相似 {match.lexical:.2f},{meant}综合 {match.score:.2f}"


def _scope(ranked: Ranked) -> tuple[str, ...]:
    return ("本项或所在文件少有上级规划所属领域的词",) if ranked.outside else ()
