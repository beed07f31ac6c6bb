"""The auditor's rules, one entry each: what is looked for, why it matters, and the findings it makes.

Rules about targets that do not agree are in audit_disputes.py, those about time, counts and copies in
audit_sources.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from graph.align_scope import can_answer
from graph.audit import Finding, Rule, Severity, evidence, finding_id, said_by
from graph.audit_disputes import between, inside
from graph.audit_sources import damaged_only, declared, no_deadline, repaired_figures, standing_badly
from graph.audit_words import any_target_words, names
from graph.desk import Desk
from loaders import registry
from loaders.records import Responsibility, Target


def _target_without_owner(desk: Desk) -> Iterator[Finding]:
    owned = defaultdict(list)
    for target in desk.targets.values():
        if desk.owners(target.item):
            owned[target.document, registry.indicator_id(target.indicator) or target.indicator].append(target)
    silent = {r.document.id for r in desk.readings if not any(r.of(Responsibility))}
    yield from _nobody_named(desk, silent)
    for target in desk.targets.values():
        if target.document in silent or desk.owners(target.item):
            continue
        zh, en = any_target_words(target)
        key = (target.document, registry.indicator_id(target.indicator) or target.indicator)
        same = owned.get(key, [])
        units = names(d for t in same for d in desk.owners(t.item))
        level: Severity = "low" if units else "medium" if target.item is None else "high"
        where = "总体目标" if target.item is None else "所在条目及其上级条目"
        hint_zh = f"同一指标在别处由{'、'.join(units)}负责，可据以落实。" if units else ""
        hint_en = f" Elsewhere the same indicator is answered for by {', '.join(units)}." if units else ""
        yield Finding(
            id=finding_id("no-owner", *said_by(target)),
            rule="no-owner",
            severity=level,
            documents=(target.document,),
            title_zh=f"没有责任单位：{zh}",
            title_en=f"no unit answers for {en}",
            said_zh=f"{zh}：{where}没有写责任单位，到期无法追责到人。{hint_zh}",
            said_en=f"{en}: neither its item nor one above it names a unit.{hint_en}",
            units=units,
            evidence=(evidence(desk, target),),
        )


def _nobody_named(desk: Desk, silent: Collection[str]) -> Iterator[Finding]:
    """One finding a document that names no unit at all, as reports do: its targets are divided elsewhere."""
    for reading in desk.readings:
        document, targets = reading.document, list(reading.of(Target))
        if document.id not in silent or not targets:
            continue
        name = document.title or document.source_file
        yield Finding(
            id=finding_id("no-owner", document.id, *(said_by(t) for t in targets)),
            rule="no-owner",
            severity="medium",
            documents=(document.id,),
            title_zh=f"全文没有责任单位：《{name}》，{len(targets)}个目标",
            title_en=f"no unit is named anywhere in 《{name}》, {len(targets)} targets",
            said_zh=f"《{name}》全文没有写责任单位，{len(targets)}个目标无法据此追责。"
            "工作报告、规划一类文件常另文分工：须取得任务分解文件，没有的，属于责任不落实。",
            said_en=f"《{name}》 names no unit; nobody can be held to its {len(targets)} targets from it "
            "alone. Reports and plans are often divided up by another document: ask for that one.",
            units=(),
            evidence=tuple(evidence(desk, t) for t in targets),
        )


def _owner_without_target(desk: Desk) -> Iterator[Finding]:
    duties: defaultdict[tuple[str, str], list[Responsibility]] = defaultdict(list)
    measured: set[tuple[str, str]] = set()
    for target in desk.targets.values():
        measured |= {(target.document, d.unit) for d in desk.owners(target.item)}
    for duty in desk.duties:
        if not duty.collective:
            duties[duty.document, duty.unit].append(duty)
    for (document, unit), found in duties.items():
        if (document, unit) in measured:
            continue
        name = found[0].unit_name
        yield Finding(
            id=finding_id("no-target", document, unit),
            rule="no-target",
            severity="low",
            documents=(document,),
            title_zh=f"只有任务没有目标：{name}",
            title_en=f"duties without a target: {name}",
            said_zh=f"{name}在本文件承担{len({d.item for d in found})}个条目，其中没有一个量化目标，"
            "完成与否难以核验。",
            said_en=f"{name} answers for {len({d.item for d in found})} items here, none with a target.",
            units=(name,),
            evidence=tuple(evidence(desk, d) for d in found),
        )


def _collective(desk: Desk) -> Iterator[Finding]:
    groups: defaultdict[tuple[str, str], list[Responsibility]] = defaultdict(list)
    for duty in desk.duties:
        if duty.collective:
            groups[duty.document, duty.unit].append(duty)
    for (document, unit), found in groups.items():
        name, written = found[0].unit_name, "、".join(dict.fromkeys(d.as_written for d in found))
        called_zh, called_en = ("", "") if written == name else (f"（{name}）", f" ({name})")
        items = {d.item for d in found if d.item is not None}
        targets = [t for i in items for t in desk.targets_in.get(i, ())]
        alone = [i for i in items if all(d.collective for d in desk.owners(i))]
        yield Finding(
            id=finding_id("collective", document, unit),
            rule="collective",
            severity="high" if alone and targets else "medium",
            documents=(document,),
            title_zh=f"集体责任单位：{written}",
            title_en=f"a collective owner: {written}",
            said_zh=f"“{written}”{called_zh}列在{len(items)}个条目的责任单位中，涉及{len(targets)}个目标，没有写明是哪几家、各担多少；"
            + (f"其中{len(alone)}个条目只有集体单位负责。" if alone else "各条目另有具名单位。")
            + "须由制定机关明确名单和分工。",
            said_en=f"“{written}”{called_en} stands among the owners of {len(items)} items with "
            f"{len(targets)} targets; who is meant and for how much is not said. {len(alone)} of the items "
            "have no other owner.",
            units=(name,),
            evidence=tuple(evidence(desk, d) for d in found),
        )


def _no_lead(desk: Desk) -> Iterator[Finding]:
    for item, duties in desk.duties_of.items():
        units = names(duties)
        if len(units) < 2 or any(d.role == "lead" for d in duties):
            continue
        at = desk.items[item]
        targets: list[Target] = list(desk.targets_in.get(item, ()))
        yield Finding(
            id=finding_id("no-lead", item, *sorted(d.unit for d in duties)),
            rule="no-lead",
            severity="medium" if targets else "low",
            documents=(at.document,),
            title_zh=f"多家单位无牵头：{at.path} {at.title}",
            title_en=f"several owners and no lead: {at.path} {at.title}",
            said_zh=f"“{at.path} {at.title}”列{len(units)}家责任单位（{'、'.join(units)}），"
            f"没有写明牵头单位，涉及{len(targets)}个目标。",
            said_en=f"“{at.path} {at.title}” names {len(units)} units ({', '.join(units)}) and no lead; "
            f"it has {len(targets)} targets.",
            units=units,
            evidence=tuple(evidence(desk, d) for d in duties),
        )


def _not_taken_up(desk: Desk) -> Iterator[Finding]:
    upper = desk.upper
    if upper is None:
        return
    above = upper.document
    lower = [
        r.document
        for r in desk.readings
        if r is not upper and r.document.jurisdiction_code is not None and can_answer(r.document, above)
    ]
    if not lower:
        return
    for item in desk.items.values():
        if item.document != upper.document.id or item.kind != "task" or desk.answers(item.id):
            continue
        titles = "、".join(f"《{d.title or d.source_file}》" for d in lower)
        yield Finding(
            id=finding_id("not-taken-up", item.id, item.title),
            rule="not-taken-up",
            severity="medium",
            documents=(upper.document.id,),
            title_zh=f"上级任务无人承接：{item.path} {item.title}",
            title_en=f"nobody took up {item.path} {item.title}",
            said_zh=f"上级文件的任务“{item.path} {item.title}”，"
            f"在图中{len(lower)}份下级文件（{titles}）里都没有找到对应条目。"
            "对应关系由系统提出，须人工复核；图中没有的文件不在此列。",
            said_en=f"No item of the {len(lower)} lower documents in the graph answers the task "
            f"“{item.path} {item.title}”. Counterparts are proposed by the system and need a reviewer's eye; "
            "documents outside the graph are not covered.",
            units=(),
            evidence=(evidence(desk, item),),
        )


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "conflict",
        "文件内部矛盾",
        "Conflicts within a document",
        "同一份文件对同一件事作出两种要求，按哪一种考核结论都站不住；两处原文并列，由人判断。",
        "A document that asks for two things at once cannot be the measure of either; both passages "
        "are shown.",
        inside,
    ),
    Rule(
        "cross-conflict",
        "文件之间矛盾",
        "Conflicts between documents",
        "同一地区的两份文件对同一指标要求不同，须先弄清效力先后，才能确定依据。",
        "Two documents of one place ask for different things; which one holds has to be settled first.",
        between,
    ),
    Rule(
        "no-owner",
        "目标没有责任单位",
        "Targets without an owner",
        "没有责任单位的目标到期无人可问；责任单位写在上级条目的，算有。",
        "Nobody can be asked about a target without an owner; a unit named for an item above counts.",
        _target_without_owner,
    ),
    Rule(
        "no-target",
        "单位没有目标",
        "Owners without a target",
        "只有任务没有量化目标的单位，完成与否难以核验；集体单位另列。",
        "Whether a duty without a figure was done is hard to check; collective owners are listed apart.",
        _owner_without_target,
    ),
    Rule(
        "collective",
        "集体责任单位",
        "Collective owners",
        "“各街道”“成员单位”一类写法不知指谁、各担多少，责任容易落空。",
        "Owners such as “each subdistrict” hide who is meant and for how much.",
        _collective,
    ),
    Rule(
        "no-lead",
        "多家单位无牵头",
        "Several owners and no lead",
        "几家单位并列而不写牵头，容易互相等待；首位是否即牵头，各地做法不一，不代为推定。",
        "Units side by side wait for each other; whether the first one leads differs by office and "
        "is not assumed.",
        _no_lead,
    ),
    Rule(
        "missed",
        "未完成",
        "Missed",
        "期限年的实际值确定达不到要求；算式和来源附后。",
        "The actual value of the deadline's year lies outside what is asked; arithmetic and source "
        "are given.",
        lambda desk: standing_badly(desk, "missed"),
    ),
    Rule(
        "overdue",
        "逾期未见完成",
        "Overdue",
        "期限已过，而图中没有实际值能证明已经完成；不等于没有完成，须要求单位举证。",
        "The deadline is over and no actual value shows that it was met; that is no proof that it was not.",
        lambda desk: standing_badly(desk, "overdue"),
    ),
    Rule(
        "no-deadline",
        "目标没有期限",
        "Deadlines missing",
        "没有期限的目标永远不会到期，也就无法问责。",
        "A target without a deadline never falls due.",
        no_deadline,
    ),
    Rule(
        "declared",
        "自报数目不符",
        "Declared counts that do not match",
        "文件自报有多少任务、举措、指标，与读到的不一致，可能是文件写错、转载有缺，也可能是没有读全。",
        "The count that a document declares differs from what was read: an error, a gap in the copy, "
        "or a miss.",
        declared,
    ),
    Rule(
        "not-taken-up",
        "上级任务无人承接",
        "Upper tasks that nobody took up",
        "上级部署的任务在下级文件里找不到对应条目，可能没有落实。",
        "A task set above has no counterpart below and may not be carried out.",
        _not_taken_up,
    ),
    Rule(
        "repaired-figure",
        "修补涉及数字",
        "Repairs that touch a figure",
        "原文缺字错字紧挨着数字，修补后的读法影响目标本身，签字前必须与原件核对。",
        "A damaged place beside a figure decides how the target reads: compare with the original "
        "before signing.",
        repaired_figures,
    ),
    Rule(
        "damaged-only",
        "只凭受损文本",
        "Claims that rest on a damaged source only",
        "只在受损的转载文本里读到的目标，没有别的文件印证，不宜直接引用。",
        "What is read from a damaged copy alone, without another document to bear it out, should not "
        "be cited.",
        damaged_only,
    ),
)
"""The rules in the order of a report."""
