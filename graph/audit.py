"""The auditor's findings in a store: rules with their reasoning, findings with evidence and stable ids.

A finding's id is its rule and a fingerprint of what is said (the ids, figures and years of what it is about,
which come from the words of the documents), never a counter: the same finding has the same id in every build,
and a figure that changes makes another finding. The rules are in audit_rules.py and audit_disputes.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from graph.curated import CuratedTarget, curated_documents
from graph.desk import Desk
from graph.passages import passage
from graph.standing import Standing
from loaders.records import AnyRecord, Item, Target

Severity: TypeAlias = Literal["high", "medium", "low"]
Said: TypeAlias = tuple[str, str]
"""The same in Chinese and in English."""
SEVERITIES: Final[dict[Severity, Said]] = {
    "high": ("重要", "high"),
    "medium": ("一般", "medium"),
    "low": ("提示", "low"),
}
DIGITS: Final = 8
"""Hexadecimal digits of a finding's id after the name of its rule."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage behind a finding, or the row of a curated table (`start` and `end` null)."""

    record: str
    document: str
    title: str
    trust: str | None
    place: str
    start: int | None
    end: int | None
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Mark:
    """That a finding was handled: by whom, when (a date) and why."""

    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an auditor should see; `units` are the canonical names of who it concerns."""

    id: str
    rule: str
    severity: Severity
    documents: tuple[str, ...]
    title_zh: str
    title_en: str
    said_zh: str
    said_en: str
    units: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    handled: Mark | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it looks for and why that matters; `look` yields its findings."""

    id: str
    name_zh: str
    name_en: str
    why_zh: str
    why_en: str
    look: Callable[[Desk], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of a store as of a point in time; `gone` are marks of findings that are no more."""

    as_of: str
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    gone: tuple[tuple[str, Mark], ...]
    standing: Standing

    def as_dict(self) -> dict[str, Any]:
        """The audit as plain data."""
        rules = [
            {k: getattr(r, k) for k in ("id", "name_zh", "name_en", "why_zh", "why_en")} for r in self.rules
        ]
        return {
            "as_of": self.as_of,
            "rules": rules,
            "findings": [asdict(finding) for finding in self.findings],
            "gone": [{"finding": i, **asdict(mark)} for i, mark in self.gone],
            "standing": self.standing.as_dict(),
        }


def audit(
    desk: Desk,
    standing: Standing,
    marks: dict[str, Mark] | None = None,
    *,
    rules: Sequence[str] = (),
    document: str | None = None,
    unit: str | None = None,
) -> Audit:
    """The findings of all rules, or of those named, rule by rule, the weightiest first.

    `document` (id) and `unit` (canonical name) keep those that concern them.
    """
    from graph.audit_rules import RULES

    marks = marks or {}
    chosen = [rule for rule in RULES if not rules or rule.id in rules]
    order = list(SEVERITIES)
    every: dict[str, Finding] = {}
    for rule in RULES if marks else chosen:
        for finding in rule.look(desk):
            every.setdefault(finding.id, finding)
    found = [
        replace(finding, handled=marks.get(finding.id))
        for finding in every.values()
        if finding.rule in {rule.id for rule in chosen}
        and (document is None or document in finding.documents)
        and (unit is None or unit in finding.units)
    ]
    position = {rule.id: n for n, rule in enumerate(RULES)}
    found.sort(key=lambda f: (position[f.rule], order.index(f.severity)))
    return Audit(
        as_of=str(desk.as_of),
        rules=tuple(chosen),
        findings=tuple(found),
        gone=tuple((i, mark) for i, mark in marks.items() if i not in every),
        standing=standing,
    )


def finding_id(rule: str, *said: object) -> str:
    """The id of a finding of a rule that says this."""
    text = "\x1f".join(map(str, (rule, *said)))
    return f"{rule}-{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"


def said_by(target: Target | CuratedTarget) -> tuple[object, ...]:
    """What a finding's id takes of a target: its id, what it asks, and when."""
    if isinstance(target, CuratedTarget):
        return (target.indicator, target.comparator, target.figure, target.deadline)
    return (target.id, target.comparator, target.figure, target.deadline_start, target.deadline_end)


def evidence(desk: Desk, record: AnyRecord) -> Evidence:
    """The passage of a record; raises StoreError where it does not stand in its text."""
    document = desk.document(record)
    found = passage(desk.reading_of[document.id].text, record)
    return Evidence(
        record=record.id,
        document=document.id,
        title=document.title or document.source_file,
        trust=document.trust,
        place=place_of(desk, record),
        start=found.start,
        end=found.end,
        before=found.before,
        quote=found.quote,
        after=found.after,
    )


def curated_evidence(target: CuratedTarget) -> Evidence:
    """The row that a curated target was entered in."""
    plan = next(p for p in curated_documents() if target in p.targets)
    place = f"plan.csv:{target.row.number}"
    said = (plan.id, plan.title, None, place, None, None, "", target.row.text, "")
    return Evidence(target.id, *said)


def place_of(desk: Desk, record: AnyRecord) -> str:
    """Where a record stands: the path and title of its item, else the heading above it."""
    if isinstance(record, Item):
        return f"{record.path} {record.title}"
    item = getattr(record, "item", None)
    if item is not None:
        return f"{desk.items[item].path} {desk.items[item].title}"
    section = desk.records.get(getattr(record, "section", None) or "")
    return f"{getattr(section, 'label', None) or ''}{getattr(section, 'title', '')}"
