"""The auditor's findings of a store for its pages: made once, made again when a mark is added. No HTML."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Final

from graph import iris
from graph.audit import Audit, Evidence, audit
from graph.audit_marks import beside, marks, read_decisions
from graph.desk import Desk
from graph.standing import standing
from graph.store import Store
from queries.catalogue import Column
from viz.audit_words import levels, mark_words
from viz.messages import Lang
from viz.web.table import Made

COLUMNS: Final = tuple(
    Column(name, {"zh": zh, "en": en})
    for name, zh, en in (
        ("severity", "轻重", "Severity"),
        ("rule", "规则", "Rule"),
        ("title", "发现", "Finding"),
        ("said", "说明", "Explanation"),
        ("units", "涉及单位", "Units"),
        ("handled", "处理", "Handled"),
        ("document_title", "所在文件", "In document"),
        ("place", "位置", "Place"),
        ("quote", "原文", "Quote"),
        ("start", "起", "Start"),
        ("end", "止", "End"),
        ("finding", "发现编号", "Finding id"),
        ("record", "断言标识", "Claim id"),
        ("document", "文件标识", "Document id"),
    )
)
"""One row a passage behind a finding."""


class Findings:
    """The audit of a store with the marks beside it; safe to be used by several threads."""

    def __init__(self, store: Store) -> None:
        """The store is audited when the first page needs it."""
        self.store = store
        self._desk: Desk | None = None
        self._made: tuple[object, Audit] | None = None
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """The file of marks."""
        return beside(self.store.directory)

    def stamp(self) -> tuple[int, int] | None:
        """Something that is another as soon as a finding was marked."""
        if not self.path.exists():
            return None
        state = self.path.stat()
        return state.st_mtime_ns, state.st_size

    def audit(self) -> Audit:
        """All findings, with the marks as they are now; InputError for a wrong file of marks."""
        stamp = self.stamp()
        with self._lock:
            if self._made is None or self._made[0] != stamp:
                self._desk = self._desk or Desk(self.store)
                found = audit(self._desk, standing(self._desk, ["audit"]), marks(read_decisions(self.path)))
                self._made = (stamp, found)
            return self._made[1]

    def made(self, lang: Lang, rule: str | None = None) -> Made:
        """The findings, or those of a rule, as the rows of a section: one a passage."""
        found = self.audit()
        names = {r.id: r.name_en if lang == "en" else r.name_zh for r in found.rules}
        rows = []
        for f in found.findings:
            if rule not in (None, f.rule):
                continue
            said = (f.title_en, f.said_en) if lang == "en" else (f.title_zh, f.said_zh)
            handled = "" if f.handled is None else mark_words(f.handled, lang)
            first = (levels(lang)[f.severity], names[f.rule], *said, "、".join(f.units), handled)
            for e in f.evidence:
                rows.append((*first, *_place(e)[:5], f.id, *_place(e)[5:]))
            if not f.evidence:
                rows.append((*first, None, None, None, None, None, f.id, None, None))
        words = ("--rule", rule) if rule else ()
        return Made(
            title={"zh": "审计发现及原文", "en": "Findings with their passages"},
            summary={
                "zh": "每行是一项发现的一处原文；编号在重新建图后不变。",
                "en": "A row is a passage behind a finding; ids stay the same over builds.",
            },
            columns=COLUMNS,
            rows=tuple(rows),
            command=" ".join(("gangmu audit", *words, "--json")),
        )


def _place(e: Evidence) -> tuple[Any, ...]:
    record = iris.record(e.record) if e.start is not None else None
    document = iris.document(e.document) if e.start is not None else None
    return e.title, e.place, e.quote, e.start, e.end, record, document
