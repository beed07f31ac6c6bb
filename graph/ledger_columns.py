"""The columns of a ledger, its names, the codes of its lines: what is written is read back by these.

Knows no desk: how a line is filled is ledger_line.py's.
"""

from __future__ import annotations

import hashlib
from typing import Final

from graph.measures import plain
from graph.words import SIGNS, years
from loaders.records import Target

COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("number", "序号"),
    ("action", "行动"),
    ("task", "任务"),
    ("measure", "措施(原文)"),
    ("indicator", "目标名称"),
    ("value", "目标值"),
    ("unit", "单位"),
    ("deadline", "完成时限"),
    ("lead", "牵头单位"),
    ("support", "配合单位"),
    ("leader", "责任领导*"),
    ("person", "责任人*"),
    ("upper", "上级对应条目"),
    ("taken_up", "承接状态"),
    ("progress", "进展情况*"),
    ("rate", "完成率*"),
    ("state", "状态*"),
    ("problems", "存在问题*"),
    ("next_steps", "下一步措施*"),
    ("basis", "依据"),
    ("check", "核验"),
    ("remark", "备注"),
)
"""Key and heading of each column, in their order."""
OFFICE: Final = frozenset(key for key, heading in COLUMNS if heading.endswith("*"))
"""The columns that the office fills in."""
STATES: Final[dict[str, str]] = {
    "met": "已完成",
    "on_track": "进度正常",
    "behind": "进度滞后",
    "missed": "未完成",
    "not_yet_due": "未到期",
    "no_data": "无数据",
}
ROLES: Final = {"lead": "牵头", "responsible": "责任", "support": "配合"}
CODE: Final = 8
"""Hexadecimal digits of a line's code."""
EVIDENCE: Final = "原文依据"
UNITS: Final = "按单位汇总"
NOTES: Final = "说明"
FILLED_BY: Final = "填报单位*"
FILLED_TO: Final = "数据截止日期*"
TOTAL: Final = "合计"
PAGE: Final = "原文页"
"""The column behind the others that leads to the page of the passage."""


def code_of(record_id: str) -> str:
    """The code of a target or item: what its id says, so that it is the same in every build."""
    return hashlib.sha256(record_id.encode()).hexdigest()[:CODE]


def target_cells(target: Target) -> dict[str, str]:
    """The name, value, unit and deadline of a target as a ledger writes them."""
    value = plain(target.value)
    if target.value_max is not None:
        value = f"{value}–{plain(target.value_max)}"
    sign = "" if target.comparator in {"=", "range"} else SIGNS[target.comparator]
    kind = ("每年" if target.per_year else "") + ("增速" if target.growth else "")
    when = years(target.deadline_start, target.deadline_end)
    scope = f"（{target.scope}）" if target.scope else ""
    return {
        "indicator": f"{target.indicator}{scope}",
        "value": target.figure if target.qualitative else f"{kind}{sign}{value}",
        "unit": target.unit or "",
        "deadline": "" if when is None else f"{when}年",
    }
