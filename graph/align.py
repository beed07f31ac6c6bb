"""Alignment of local items with the tasks of an upper plan: records with reasons. No triples live here.

Every leaf item is ranked against every task by content (`align_score`). The confidence is a calibrated
probability that the pair holds; below `THRESHOLD` the item gets an explicit abstention instead, for a
proposal that is more likely wrong than right costs a reviewer more than it gives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from graph.align_score import Match, Ranked, UpperPlan
from graph.align_text import leaves, title_span, zones
from graph.align_thesaurus import FOLDER, read_yaml, thesaurus
from loaders.records import Alignment, AlignmentRelation, Document, Item, Reading

METHOD = "concepts+characters/1"
MOST = 3
THRESHOLD = 0.5
LATER_THRESHOLD = 0.2
"""Ranks 2 and 3 are offered to a reviewer down to this confidence."""


@cache
def calibration() -> Mapping[str, float]:
    """The coefficients of the calibration (`benchmarks/alignment.py --fit` prints them anew)."""
    content = read_yaml(FOLDER / "weights.yaml")["calibration"]
    return {name: float(value) for name, value in content.items()}


def confidence(match: Match, best: Match) -> float:
    """The probability that a pair holds, from its score and from how near it comes to the best pair."""
    c = calibration()
    logit = c["intercept"] + c["score"] * match.score + c["relative"] * (match.score / best.score - 1)
    return round(1 / (1 + math.exp(-logit)), 4)


def relation(lower: Document, upper_date: str | None) -> AlignmentRelation:
    """`implements` where the lower document is not older than the upper plan, else `relates_to`.

    Its date decides; without one, the first year of its period. What cannot be dated only relates.
    """
    if upper_date is None:
        return "relates_to"
    if lower.date is not None:
        return "implements" if lower.date >= upper_date else "relates_to"
    if lower.period_start is not None:
        return "implements" if lower.period_start >= int(upper_date[:4]) else "relates_to"
    return "relates_to"


def align(lower: Sequence[Reading], upper: Reading, *, upper_date: str | None) -> list[Alignment]:
    """The alignments of each leaf item, up to three ranks, or one abstention each, in document order.

    `upper_date` is the ISO date of the upper plan. Documents come in the order of their ids, so that
    neither the order of `lower` nor the other documents in it change anything.
    """
    plan = UpperPlan(upper)
    records: list[Alignment] = []
    for reading in sorted(lower, key=lambda r: r.document.id):
        if reading.document.id == upper.document.id:
            continue
        kind = relation(reading.document, upper_date)
        items = [item for item in leaves(reading) if item.kind != "action"]
        ranked = plan.rank([(item, zones(item, reading)) for item in items])
        for one in ranked:
            records += _records(one, plan, reading, upper, kind)
    return records


def _records(
    ranked: Ranked, plan: UpperPlan, reading: Reading, upper: Reading, kind: AlignmentRelation
) -> list[Alignment]:
    """The proposals of one item, or its abstention."""
    item = ranked.item
    if item.kind == "safeguard":
        return [_record(reading, item, 0, 1.0, ("保障措施不与上级任务对齐",))]
    if not ranked.matches:
        return [_record(reading, item, 0, 1.0, _foreign(ranked) or ("与上级各项任务没有共同内容",))]
    best = ranked.matches[0]
    sure = confidence(best, best)
    if sure < THRESHOLD:
        nearest = (
            f"最接近的是 {best.task.path}“{best.task.title}”,{_scores(best)},"
            f"成立的概率 {sure:.2f},低于 {THRESHOLD}"
        )
        return [_record(reading, item, 0, round(1 - sure, 4), (*_foreign(ranked), nearest))]
    records = []
    for rank, match in enumerate(ranked.matches[:MOST], 1):
        probability = confidence(match, best)
        if rank > 1 and probability < LATER_THRESHOLD:
            break
        reasons = (*_shared(ranked, match, plan), _scores(match))
        records.append(_record(reading, item, rank, probability, reasons, match, upper, kind))
    return records


def _record(
    reading: Reading,
    item: Item,
    rank: int,
    probability: float,
    reasons: tuple[str, ...],
    match: Match | None = None,
    upper: Reading | None = None,
    kind: AlignmentRelation | None = None,
) -> Alignment:
    """One record; its evidence is the label and title of the item as printed."""
    start, end = title_span(item)
    target = (match.measure or match.task) if match else None
    key = item.id.split(":item:", 1)[-1]
    return Alignment(
        id=f"{item.document}:alignment:{key}-{rank}",
        document=item.document,
        quote=reading.text[start:end],
        start=start,
        end=end,
        rule="align.match" if match else "align.abstain",
        subject=item.id,
        object=target.id if target else None,
        object_document=upper.document.id if upper and target else None,
        object_path=target.path if target else None,
        relation=kind if target else None,
        rank=rank if target else None,
        confidence=probability,
        status="proposed",
        method=METHOD,
        reasons=reasons,
    )


def _scores(match: Match) -> str:
    return f"内容覆盖 {match.covered:.2f},字面相似 {match.lexical:.2f},综合 {match.score:.2f}"


def _shared(ranked: Ranked, match: Match, plan: UpperPlan) -> tuple[str, ...]:
    """Up to three concepts that carry the match, with the words on both sides."""
    reasons = []
    for concept, share in match.concepts[:3]:
        if share < 0.03:
            break
        mine = "、".join(ranked.content.terms[concept][:3])
        theirs = "、".join(plan.words(match.task, concept)[:3]) or "行动标题"
        reasons.append(f"{thesaurus().concepts[concept].zh}({share:.0%}):本项“{mine}”,上级“{theirs}”")
    return tuple(reasons) or ("没有共同概念,只有字面相似",)


def _foreign(ranked: Ranked) -> tuple[str, ...]:
    """The main concept that no upper task covers, where there is one."""
    if not ranked.foreign or ranked.foreign[0][1] < 0.1:
        return ()
    concept, share = ranked.foreign[0]
    words = "、".join(ranked.content.terms[concept][:3])
    return (f"{thesaurus().concepts[concept].zh}({share:.0%}):“{words}”在上级任务中没有对应",)
