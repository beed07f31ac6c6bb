"""Rules about time, declared counts, repairs and damaged copies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, Literal

from graph.audit import (
    Finding,
    Severity,
    curated_evidence,
    evidence,
    finding_id,
    said_by,
)
from graph.audit_words import any_target_words, names
from graph.curated import CuratedTarget
from graph.desk import Desk
from graph.measures import amount
from loaders import registry
from loaders.records import Declaration, Repair, Target

NUMERAL: Final = re.compile(r"[0-9０-９%％]")
CHINESE: Final = re.compile(r"[〇零一二两三四五六七八九十百千]")
"""Numerals where the figure of the target is printed so; elsewhere they are words (一次, 统一)."""
NEAR: Final = 2
"""Characters, blanks aside, within which a change stands beside a figure."""
DOUBTFUL: Final = 0.9
"""Confidence below which a repair of letters beside a figure is weighty."""
BLANK: Final = re.compile(r"\s+")


def standing_badly(desk: Desk, which: Literal["missed", "overdue"]) -> Iterator[Finding]:
    """Targets whose deadline is over and that are missed, or of which nothing shows that they were met."""
    for target in _all_targets(desk):
        status = desk.statuses[target.id]
        deadline = target.deadline_end if isinstance(target, Target) else target.deadline
        due = deadline is not None and desk.as_of.reaches(deadline)
        if (status.state == "missed") if which == "overdue" else (status.state != "missed"):
            continue
        if not due or (which == "overdue" and status.state != "no_data"):
            continue
        zh, en = any_target_words(target)
        owners = desk.owners(target.item) if isinstance(target, Target) else []
        document = target.document if isinstance(target, Target) else status.document
        units = names(owners)
        firm = isinstance(target, Target) and target.modality == "确保"
        level: Severity = "high" if which == "missed" or firm else "medium"
        head_zh, head_en = ("未完成", "missed") if which == "missed" else ("逾期未见完成", "overdue")
        yield Finding(
            id=finding_id(which, *said_by(target)),
            rule=which,
            severity=level,
            documents=(document,),
            title_zh=f"{head_zh}：{zh}",
            title_en=f"{head_en}: {en}",
            said_zh=f"截至{desk.as_of}：{status.arithmetic_zh}"
            + (f"责任单位：{'、'.join(units)}。" if units else "未写责任单位。"),
            said_en=f"As of {desk.as_of}: {status.arithmetic_en} "
            + (f"Units: {', '.join(units)}." if units else "No unit is named."),
            units=units,
            evidence=(evidence(desk, target) if isinstance(target, Target) else curated_evidence(target),),
        )


def _all_targets(desk: Desk) -> Iterator[Target | CuratedTarget]:
    yield from desk.targets.values()
    for plan in desk.curated:
        yield from plan.targets


def no_deadline(desk: Desk) -> Iterator[Finding]:
    """Targets that nothing says a year of."""
    for target in desk.targets.values():
        if target.deadline_end is not None:
            continue
        zh, en = any_target_words(target)
        units = names(desk.owners(target.item))
        yield Finding(
            id=finding_id("no-deadline", *said_by(target)),
            rule="no-deadline",
            severity="medium",
            documents=(target.document,),
            title_zh=f"没有期限：{zh.removesuffix('，没有期限')}",
            title_en=f"no deadline: {en.removesuffix(', no deadline')}",
            said_zh=f"{zh}；所在句子没有写年份，文件的规划期跨多年或没有写明，不代为推定。",
            said_en=f"{en}; its sentence names no year, and the document's period does not settle it.",
            units=units,
            evidence=(evidence(desk, target),),
        )


def declared(desk: Desk) -> Iterator[Finding]:
    """Counts that a document declares and that differ from what was found.

    Where none was found nothing is contradicted: a note.
    """
    for record in desk.records.values():
        if not isinstance(record, Declaration) or record.declared == record.found:
            continue
        found_zh = "没有读到" if not record.found else f"读到{record.found}"
        found_en = str(record.found or "none")
        yield Finding(
            id=finding_id("declared", record.id, record.declared, record.found),
            rule="declared",
            severity="medium" if record.found else "low",
            documents=(record.document,),
            title_zh=f"“{record.quote}”：自报{record.declared}，{found_zh}",
            title_en=f"“{record.quote}”: {record.declared} declared, {found_en} found",
            said_zh=f"文件自报“{record.quote}”，系统在本文件中{found_zh}。解读、转载文本常有删节，须与原文件核对后再下结论。",
            said_en=f"The document declares {record.declared}, {found_en} were found in it. Explanations and "
            "copies often leave things out: compare with the original first.",
            units=(),
            evidence=(evidence(desk, record),),
        )


def repaired_figures(desk: Desk) -> Iterator[Finding]:
    """Repairs in or right beside a figure of a target."""
    touched: defaultdict[str, list[Target]] = defaultdict(list)
    repairs: dict[str, Repair] = {}
    for target in desk.targets.values():
        for repair in desk.touching(target):
            if beside_figure(repair, target.figure):
                touched[repair.id].append(target)
                repairs[repair.id] = repair
    for key, targets in touched.items():
        repair = repairs[key]
        words = [any_target_words(t) for t in targets]
        decided_zh = "读取时按后者" if repair.decided else "读取时仍按原文"
        decided_en = "read as the latter" if repair.decided else "read as it stands"
        yield Finding(
            id=finding_id("repaired-figure", repair.id, repair.repaired, *(said_by(t) for t in targets)),
            rule="repaired-figure",
            severity=repair_severity(repair),
            documents=(repair.document,),
            title_zh=f"修补涉及数字：“{repair.raw}”→“{repair.repaired}”",
            title_en=f"a repair beside a figure: “{repair.raw}” → “{repair.repaired}”",
            said_zh=f"原文“{repair.raw}”应为“{repair.repaired}”（{decided_zh}，"
            f"把握{round(repair.confidence * 100)}%），"
            f"关系到{'；'.join(w[0] for w in words)}。与正式印发件核对这一处。",
            said_en=f"“{repair.raw}” should read “{repair.repaired}” ({decided_en}, confidence "
            f"{round(repair.confidence * 100)}%); it bears on {'; '.join(w[1] for w in words)}.",
            units=names(d for t in targets for d in desk.owners(t.item)),
            evidence=(evidence(desk, repair), *(evidence(desk, t) for t in targets)),
        )


def repair_severity(repair: Repair) -> Severity:
    """Blanks are a note; letters weigh more the less sure their repair is."""
    if BLANK.sub("", repair.raw) == BLANK.sub("", repair.repaired):
        return "low"
    return "high" if not repair.decided or repair.confidence < DOUBTFUL else "medium"


def beside_figure(repair: Repair, figure: str) -> bool:
    """Whether what a repair changes holds a numeral (as `figure` is printed) or stands within NEAR of one."""
    one, two = repair.raw, repair.repaired
    before = next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    tails = zip(one[before:][::-1], two[before:][::-1], strict=False)
    after = next((n for n, (a, b) in enumerate(tails) if a != b), min(len(one), len(two)) - before)
    core = one[before : len(one) - after] + two[before : len(two) - after]
    left = BLANK.sub("", one[:before])[-NEAR:]
    right = BLANK.sub("", one[len(one) - after :])[:NEAR] if after else ""
    numerals = [NUMERAL, CHINESE] if CHINESE.search(figure) else [NUMERAL]
    return any(numeral.search(part) for numeral in numerals for part in (core, left, right))


def damaged_only(desk: Desk) -> Iterator[Finding]:
    """Targets of damaged documents that no sound document bears out, one finding a document."""
    sound = {
        _fact(desk, t) for t in desk.targets.values() if desk.document(t).trust in {"official", "republished"}
    }
    for reading in desk.readings:
        document = reading.document
        if document.trust != "damaged":
            continue
        alone = [t for t in reading.of(Target) if _fact(desk, t) not in sound]
        if not alone:
            continue
        n, total = len(alone), sum(1 for _ in reading.of(Target))
        reasons = "；".join(document.trust_reasons)
        name = document.title or document.source_file
        yield Finding(
            id=finding_id("damaged-only", document.id, *(said_by(t) for t in alone)),
            rule="damaged-only",
            severity="high",
            documents=(document.id,),
            title_zh=f"《{name}》：{n}个目标只凭受损文本",
            title_en=f"《{name}》: {n} targets rest on a damaged copy alone",
            said_zh=f"《{name}》文本受损（{reasons}），其{total}个目标中有{n}个没有别的完好文件印证。取得正式印发件之前，引用时须注明。",
            said_en=f"The copy of 《{name}》 is damaged ({reasons}); {n} of its {total} targets are "
            "borne out by "
            "no sound document. Until the issued document is at hand, say so where they are cited.",
            units=(),
            evidence=tuple(evidence(desk, t) for t in alone),
        )


def _fact(desk: Desk, target: Target) -> tuple[object, ...]:
    """What a target says, however and wherever it is said."""
    place = desk.document(target).jurisdiction_code
    key = registry.indicator_id(target.indicator) or target.indicator
    return place, key, target.deadline_end, amount(target.value, target.unit), target.growth, target.per_year
