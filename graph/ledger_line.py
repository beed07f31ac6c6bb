"""One line of a ledger: its columns, and what stands in them. The order and the sheets are ledger.py's.

A line is a target with the item it stands in, or an item without a target of its own. Columns marked with a
star are the office's: they are always left empty. 牵头单位 holds only units that the document itself calls
so, unless the reading that takes the first unit of a list for the lead was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.desk import Desk
from graph.ledger_columns import ROLES, STATES, code_of, target_cells
from graph.passages import passage
from loaders.records import Alignment, Conflict, Item, Responsibility, Target

UNDIVIDED: Final = "责任单位："
"""Stands before units that the document names without dividing them into lead and support."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that a line rests on; `start` and `end` count code points, `line` from 1."""

    code: str
    document: str
    title: str
    place: str
    start: int
    end: int
    line: int
    before: str
    quote: str
    after: str
    trust: str
    repairs: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ledger; `cells` has the text of each column that is not empty, by key.

    `units` has everyone who answers for it, by canonical name, with the role in Chinese; `code` is the same
    in every ledger of the same target (or item).
    """

    code: str
    document: str
    item: str | None
    target: str | None
    deadline: int | None
    state: str | None
    units: tuple[tuple[str, str], ...]
    cells: dict[str, str]
    evidence: Evidence


def line_of(desk: Desk, item: Item | None, target: Target | None, *, first_leads: bool) -> Line:
    """The line of a target, or of an item without one."""
    record = target or item
    assert record is not None  # a line has a target or an item
    owners = desk.owners(None if item is None else item.id)
    lead, support, first = divided(owners, first_leads=first_leads)
    counterpart = desk.counterpart(None if item is None else item.id)
    evidence = _evidence(desk, record, item)
    status = None if target is None else desk.statuses[target.id]
    cells = {
        **_place(desk, item, target),
        **({} if target is None else target_cells(target)),
        "lead": lead,
        "support": support,
        **_upper(desk, counterpart, item),
        "basis": _basis(evidence, item),
        "check": _checked(desk, evidence, target),
        "remark": "；".join(_remarks(desk, item, target, owners, first=first)),
    }
    return Line(
        code=evidence.code,
        document=record.document,
        item=None if item is None else item.id,
        target=None if target is None else target.id,
        deadline=None if target is None else target.deadline_end,
        state=None if status is None else status.state,
        units=tuple((d.unit_name, _role(d, owners, first_leads=first_leads)) for d in owners),
        cells={key: text for key, text in cells.items() if text},
        evidence=evidence,
    )


def divided(owners: Sequence[Responsibility], *, first_leads: bool) -> tuple[str, str, bool]:
    """The cells 牵头单位 and 配合单位, and whether the first unit was read as the lead."""
    named = {role: [d.unit_name for d in owners if d.role == role] for role in ROLES}
    first = first_leads and not named["lead"] and len(named["responsible"]) > 0
    if first:
        named["lead"], named["support"] = (
            named["responsible"][:1],
            [*named["responsible"][1:], *named["support"]],
        )
        named["responsible"] = []
    undivided = f"{UNDIVIDED}{'、'.join(named['responsible'])}" if named["responsible"] else ""
    parts = [undivided, "、".join(named["support"])]
    support = f"{parts[0]}；配合单位：{parts[1]}" if all(parts) else "".join(parts)
    return "、".join(named["lead"]), support, first


def _role(duty: Responsibility, owners: Sequence[Responsibility], *, first_leads: bool) -> str:
    if not first_leads or duty.role != "responsible" or any(d.role == "lead" for d in owners):
        return ROLES[duty.role]
    first = next(d for d in owners if d.role == "responsible")
    return ROLES["lead" if duty is first else "support"]


def _place(desk: Desk, item: Item | None, target: Target | None) -> dict[str, str]:
    """The action, task and measure of a line; a target outside items stands in its section."""
    if item is None:
        section = None if target is None or target.section is None else desk.records.get(target.section)
        return {"task": getattr(section, "title", "")}
    cells: dict[str, str] = {}
    for at in desk.above(item.id):
        key = at.kind if at.kind in {"action", "task"} else "measure"
        if key != "measure" or "measure" not in cells:
            cells[key] = f"{at.path} {at.title}" if key != "measure" else at.quote.strip()
    if item.kind in {"task", "action"}:
        cells["measure"] = item.quote.strip()
    elif "task" not in cells:
        cells["task"] = f"{item.path} {item.title}"
    return cells


def _evidence(desk: Desk, record: Target | Item, item: Item | None) -> Evidence:
    document = desk.document(record)
    found = passage(desk.reading_of[document.id].text, record)
    section = record.section and desk.records.get(record.section)
    place = item.path if item is not None else f"“{getattr(section, 'title', '')}”" if section else ""
    touching = desk.touching(record) if isinstance(record, Target) else []
    return Evidence(
        code=code_of(record.id),
        document=document.id,
        title=document.title or document.source_file,
        place=place,
        start=found.start,
        end=found.end,
        line=found.line,
        before=found.before,
        quote=found.quote,
        after=found.after,
        trust=document.trust,
        repairs=tuple(f"“{r.raw}”应为“{r.repaired}”" for r in touching),
        record=record.id,
    )


def _basis(evidence: Evidence, item: Item | None) -> str:
    """The code of the passage and its item: short, as LibreOffice wraps no text of a link."""
    return f"〔{evidence.code}〕{'' if item is None else item.path}"


TRUSTS: Final = {
    "official": "文本为机关署名，未与原件核对",
    "republished": "文本为官方转发",
    "damaged": "文本受损",
    "unknown": "文本来源不明",
}


def _checked(desk: Desk, evidence: Evidence, target: Target | None) -> str:
    """What holds of the passage, and how the target stands; `passage` has held the quote to the text."""
    place = f"《{evidence.title}》第{evidence.start}–{evidence.end}字"
    said = [f"{place}，引文与原文逐字相符", TRUSTS[evidence.trust]]
    if evidence.repairs:
        said.append(f"引文处有修补{len(evidence.repairs)}处")
    if target is not None:
        status = desk.statuses[target.id]
        said.append(f"截至{desk.as_of}判断：{STATES[status.state]}（{status.arithmetic_zh}）")
    return "；".join(said)


def _upper(desk: Desk, counterpart: Alignment | None, item: Item | None) -> dict[str, str]:
    """The item above that the line answers, and whether that is decided or proposed."""
    if counterpart is None or item is None:
        return {}
    if counterpart.object is None:
        return {"taken_up": "未找到上级对应条目"}
    upper = desk.items[counterpart.object]
    document = desk.document(upper)
    decided = "已确认" if counterpart.status == "accepted" else "系统建议，待复核"
    kind = "承接" if counterpart.relation == "implements" else "相关"
    return {
        "upper": f"{upper.path} {upper.title}（《{document.title or document.source_file}》）",
        "taken_up": f"{kind}（{decided}）",
    }


def _remarks(
    desk: Desk, item: Item | None, target: Target | None, owners: Sequence[Responsibility], *, first: bool
) -> list[str]:
    """What a reader of the line must know."""
    said: list[str] = []
    if item is None:
        said.append("总体目标，不在具体条目之下")
    if not owners:
        said.append("原文未写责任单位")
    elif first:
        said.append("首位单位按牵头计（本表所选读法，原文未写牵头）")
    elif not any(d.role == "lead" for d in owners):
        said.append(f"原文列责任单位{len(owners)}家，未写牵头")
    collective = [d.as_written for d in owners if d.collective]
    if collective:
        said.append(f"含集体责任单位：{'、'.join(collective)}")
    if target is None:
        return [*said, "本条没有量化目标"]
    if target.deadline_basis == "inherited":
        said.append("完成时限取自文件年度")
    elif target.deadline_end is None:
        said.append("原文未写完成时限")
    if target.modality_word:
        said.append(f"原文措辞“{target.modality_word}”")
    return said + [
        f"与原文另一处不一致：{_other(desk, c, target)}" for c in desk.conflicts_of.get(target.id, ())
    ]


def _other(desk: Desk, conflict: Conflict, target: Target) -> str:
    one, two = conflict.targets
    other = desk.targets[two if one == target.id else one]
    return f"{other.quote.strip()}（〔{code_of(other.id)}〕）"
