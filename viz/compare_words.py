"""What became of a document in another, as a table. Computes nothing."""

from __future__ import annotations

from typing import Final

from graph.compare import Comparison
from graph.diff_say import Kind
from viz.messages import Lang
from viz.output import Cell, Result

KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "document_added": ("新增文件", "document added"),
    "document_removed": ("去掉文件", "document removed"),
    "document_republished": ("重新发布", "published again"),
    "document_followed": ("后续文件", "followed by another"),
    "document_edited": ("文字改动", "text edited"),
    "trust_changed": ("可信程度变化", "state of the copy changed"),
    "item_added": ("新增条目", "item added"),
    "item_removed": ("去掉条目", "item dropped"),
    "item_renamed": ("条目改名", "item renamed"),
    "item_moved": ("条目移位", "item moved"),
    "target_added": ("新增目标", "target added"),
    "target_removed": ("去掉目标", "target dropped"),
    "target_raised": ("提高目标", "target raised"),
    "target_lowered": ("降低目标", "target lowered"),
    "target_changed": ("改变目标", "target changed"),
    "comparator_changed": ("宽严变化", "strictness changed"),
    "deadline_earlier": ("期限提前", "deadline earlier"),
    "deadline_later": ("期限推后", "deadline later"),
    "deadline_set": ("写明期限", "deadline set"),
    "deadline_dropped": ("去掉期限", "deadline dropped"),
    "commitment_firmer": ("承诺变硬", "commitment firmer"),
    "commitment_softer": ("承诺变软", "commitment softer"),
    "unit_added": ("新增单位", "unit added"),
    "unit_removed": ("去掉单位", "unit dropped"),
    "unit_handed_over": ("移交单位", "handed to another unit"),
    "role_changed": ("角色变化", "role changed"),
    "status_changed": ("进展变化", "status changed"),
}
COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "change": ("变化", "Change"),
    "said": ("说明", "What changed"),
    "before": ("前一份原文", "Text before"),
    "after": ("后一份原文", "Text after"),
    "kind": ("类别编号", "Kind"),
    "before_id": ("前一份编号", "Id before"),
    "after_id": ("后一份编号", "Id after"),
}


def compare_result(found: Comparison, lang: Lang) -> Result:
    """One row a change, with both passages."""
    at = 1 if lang == "en" else 0
    rows: list[tuple[Cell, ...]] = [
        (
            KINDS[change.kind][at],
            change.said_en if lang == "en" else change.said_zh,
            *(found.quotes.get(i or "") for i in (change.before, change.after)),
            change.kind,
            change.before,
            change.after,
        )
        for change in found.changes
    ]
    title = f"{found.title_before} → {found.title_after}"
    return Result(title, tuple(COLUMNS), tuple(words[at] for words in COLUMNS.values()), rows)
