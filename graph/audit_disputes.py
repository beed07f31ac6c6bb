"""Rules about targets that do not agree, within a document and between documents, said for a person to sign.

Nothing is decided here which of two figures is right: both passages stand side by side, with what follows if
the one or the other holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from graph.aims import WHOLE, direction
from graph.audit import (
    Evidence,
    Finding,
    Said,
    Severity,
    curated_evidence,
    evidence,
    finding_id,
    said_by,
)
from graph.audit_words import any_target_words, asked, name_words, names, owners_words, stands
from graph.curated import CuratedTarget, curated_documents
from graph.derive import cross_conflicts
from graph.desk import Desk
from graph.measures import amount, convertible, in_unit, plain
from graph.words import years
from loaders import registry
from loaders.records import Conflict, Target

SURE: Final = 0.75
"""Confidence from which a conflict of values or deadlines is weighty."""
CERTAIN: Final = 0.9
"""Confidence below which two values may still be of two things under one name, which is then said."""
LIKELY: Final = 0.6
"""The same for wordings that differ."""
LATER: Final = 0.5
"""Confidence that one value for two years in two documents is a dispute and no schedule."""


def inside(desk: Desk) -> Iterator[Finding]:
    """Targets of one document that do not agree."""
    for conflict in desk.conflicts:
        one, two = (desk.targets[t] for t in conflict.targets)
        document = desk.document(conflict)
        (zh, en), (then_zh, then_en) = _differ(desk, conflict, one, two), _follows(conflict, one, two)
        owner_one, owner_two = owners_words(desk, one), owners_words(desk, two)
        said_zh = f"{zh}{then_zh}前一处{owner_one[0]}；后一处{owner_two[0]}。"
        said_en = f"{en} {then_en} First: {owner_one[1]}; second: {owner_two[1]}."
        notes = _state(desk, one, two)
        share = round(conflict.confidence * 100)
        name_zh, name_en = name_words(one.indicator)
        yield Finding(
            id=finding_id("conflict", conflict.kind, *said_by(one), *said_by(two)),
            rule="conflict",
            severity=severity(conflict.kind, conflict.confidence),
            documents=(document.id,),
            title_zh=f"“{name_zh}”：{KINDS[conflict.kind][0]}",
            title_en=f"{name_en}: {KINDS[conflict.kind][1]}",
            said_zh=f"{said_zh}{notes[0]}系统把握{share}%。",
            said_en=f"{said_en} {notes[1]}Confidence {share}%.",
            units=names([*desk.owners(one.item), *desk.owners(two.item)]),
            evidence=(evidence(desk, one), evidence(desk, two)),
        )


KINDS: Final[dict[str, Said]] = {
    "value": ("同一时限两个数值", "two values for one deadline"),
    "deadline": ("同一数值两个时限", "two deadlines for one value"),
    "comparator": ("同一数值宽严不同", "one value, asked for with different strictness"),
    "near": ("增量与总量疑似混用", "an increase and a total that may be confused"),
}


def severity(kind: str, confidence: float) -> Severity:
    """How weighty a conflict is: sure ones of values and deadlines most, doubtful ones least."""
    if kind in {"value", "deadline"}:
        return "high" if confidence >= SURE else "medium"
    return "medium" if confidence >= LIKELY else "low"


def _differ(desk: Desk, conflict: Conflict, one: Target, two: Target) -> Said:
    """What the two passages say, and by how much they differ."""
    (place_zh, place_en), (other_zh, other_en) = stands(desk, one), stands(desk, two)
    (ask_zh, ask_en), (ask2_zh, ask2_en) = asked(one), asked(two)
    name_zh, name_en = name_words(one.indicator)
    when, when2 = (years(t.deadline_start, t.deadline_end) or "—" for t in (one, two))
    zh = f"本文件对“{name_zh}”有两处表述：{place_zh}写{when}年{ask_zh}，{other_zh}写{when2}年{ask2_zh}"
    en = (
        f"On {name_en} the document says {ask_en} for {when} in {place_en}, "
        f"and {ask2_en} for {when2} in {other_en}"
    )
    if conflict.kind == "value" and convertible(one.unit, two.unit):
        gap = abs(amount(two.value, two.unit) - amount(one.value, one.unit))
        words = f"{plain(in_unit(gap, one.unit))}{one.unit or ''}"
        return f"{zh}，相差{words}。", f"{en}: {words} apart."
    if conflict.kind == "deadline" and one.deadline_end is not None and two.deadline_end is not None:
        gap_years = abs(two.deadline_end - one.deadline_end)
        return f"{zh}，相差{gap_years}年。", f"{en}: {gap_years} years apart."
    return f"{zh}。", f"{en}."


def _follows(conflict: Conflict, one: Target, two: Target) -> Said:
    """What follows for an audit if the one or the other holds."""
    if conflict.kind == "value":
        zh, en = _values_follow(one, two)
        if conflict.confidence >= CERTAIN:
            return zh, en
        return (
            f"{zh}两处措辞不尽相同；若口径本来不同（一处指新增、一处指累计，或名单不同），则不构成矛盾，文中没有说明。",
            f"{en} The wordings differ somewhat: were different things meant (new ones and a total, or two "
            "lists), there would be no conflict; the text does not say so.",
        )
    if conflict.kind == "deadline" and one.deadline_end is not None and two.deadline_end is not None:
        early = min(one.deadline_end, two.deadline_end)
        return (
            f"到{early}年未完成时，按早的一处已经逾期，按晚的一处尚未到期，结论相反。"
            "以哪一个时限为准须由制定机关书面明确，在此之前不宜据其中一处下结论。",
            f"If it is not reached by {early} it is overdue by the one and not yet due by the other. The "
            "issuer has to say in writing which holds; until then neither should be concluded from alone.",
        )
    if conflict.kind == "comparator":
        value = f"{plain(one.value)}{one.unit or ''}"
        return (
            f"两处所写的数同为{value}，但宽严不同：恰好或接近{value}时，按一处算完成，按另一处可能不算。",
            f"Both name {value}, but a result of about {value} can satisfy the one and fail the other.",
        )
    return (
        "一处写的是新增（增量），一处写的是达到（总量），数字相同；原有基数不为零时，两者不能同时成立。",
        "One asks for an increase, the other for a total, by the same number: unless the base is zero, "
        "both cannot hold.",
    )


def _values_follow(one: Target, two: Target) -> Said:
    ways = {direction(t.comparator, t.indicator, t.unit) for t in (one, two)}
    if len(ways) != 1 or not convertible(one.unit, two.unit) or None in ways:
        return (
            "指标、时限、范围相同，两个数不能同时作为考核依据。",
            "Indicator, deadline and scope are the same; both cannot be the measure.",
        )
    up = ways == {"up"}
    ordered = sorted((one, two), key=lambda t: amount(t.value, t.unit), reverse=up)
    strict, loose = (f"{plain(t.value)}{t.unit or ''}" for t in ordered)
    return (
        f"指标、时限、范围相同，文中没有区分；完成数在{loose}与{strict}之间时，按一处算完成，按另一处算未完成。"
        f"以哪一处为准须由制定机关书面明确，在此之前不宜据其中一处下结论（较严的是{strict}）。",
        f"Indicator, deadline and scope are the same and the text draws no line between them; a result "
        f"between {loose} and {strict} would meet the one and miss the other. The issuer has to say in "
        f"writing which holds; until then neither should be concluded from alone ({strict} is the stricter).",
    )


def _state(desk: Desk, *targets: Target) -> Said:
    """What must be known of the copy before the finding is signed."""
    zh, en = "", ""
    document = desk.document(targets[0])
    if document.trust == "official":
        zh += "所据文本为机关署名，未与正式印发件核对，签字前核对。"
        en += "The text read names its office but was not compared with the issued document: do so first. "
    else:
        zh += "所据文本并非完好的机关署名件，签字前先与正式印发件核对。"
        en += "The copy read is not a sound one of the office: compare with the issued document first. "
    if any(r.raw.strip() != r.repaired.strip() for t in targets for r in desk.touching(t)):
        zh += "引文处有修补记录，一并核对。"
        en += "The passages hold recorded repairs: compare these too. "
    return zh, en


def between(desk: Desk) -> Iterator[Finding]:
    """Targets of two documents that do not agree: another value for one year, or one value for two years."""
    curated = {t.id: t for plan in curated_documents() for t in plan.targets}
    titles = {p.id: p.title for p in curated_documents()}
    titles |= {r.document.id: r.document.title or r.document.source_file for r in desk.readings}

    def found(kind: str, one: str, two: str, documents: Sequence[str], confidence: float) -> Finding:
        first, second = (desk.targets.get(t) or curated[t] for t in (one, two))
        (zh, en), (zh2, en2) = any_target_words(first), any_target_words(second)
        name_zh, name_en = name_words(first.indicator)
        return Finding(
            id=finding_id("cross-conflict", kind, *said_by(first), *said_by(second)),
            rule="cross-conflict",
            severity=severity(kind, confidence),
            documents=tuple(documents),
            title_zh=f"“{name_zh}”：两份文件{KINDS[kind][0]}",
            title_en=f"{name_en}: {KINDS[kind][1]}, in two documents",
            said_zh=f"《{titles[documents[0]]}》：{zh}；《{titles[documents[1]]}》：{zh2}。地区、指标、范围相同。"
            "须先弄清后出的文件是否调整了先出的文件，再确定以哪份为准。",
            said_en=f"《{titles[documents[0]]}》: {en}; 《{titles[documents[1]]}》: {en2}. Place, "
            "indicator and "
            "scope are the same. Whether the later document amends the earlier one has to be settled first.",
            units=tuple(
                n for t in (first, second) if isinstance(t, Target) for n in names(desk.owners(t.item))
            ),
            evidence=tuple(_either(desk, t) for t in (first, second)),
        )

    there = {plan.id for plan in desk.curated} | set(desk.reading_of)
    for c in cross_conflicts(desk.readings):
        if not there.issuperset(c.documents):
            continue
        yield found("value", c.first, c.second, c.documents, c.confidence)
    for one, two in _years_apart(desk):
        yield found("deadline", one.id, two.id, (one.document, two.document), LATER)


def _either(desk: Desk, target: Target | CuratedTarget) -> Evidence:
    return evidence(desk, target) if isinstance(target, Target) else curated_evidence(target)


def _years_apart(desk: Desk) -> Iterator[tuple[Target, Target]]:
    """Targets of two documents of one place that ask for one value of an indicator by different years."""
    groups: defaultdict[object, list[Target]] = defaultdict(list)
    for target in desk.targets.values():
        place = desk.document(target).jurisdiction_code
        if place is None or target.deadline_end is None or target.growth or target.per_year:
            continue
        scope = "" if target.scope is None or WHOLE.match(target.scope) else target.scope
        key = registry.indicator_id(target.indicator) or target.indicator
        value = (amount(target.value, target.unit), target.value_max, target.comparator)
        groups[place, key, scope, value].append(target)
    for group in groups.values():
        for one, two in combinations(group, 2):
            if one.document != two.document and one.deadline_end != two.deadline_end:
                yield one, two
