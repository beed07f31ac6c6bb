"""The audit report in one language: rows and texts for the page and the Word file. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.audit import SEVERITIES, Audit, Evidence, Finding, Mark
from viz.messages import Lang

SHOWN: Final = 4
"""Passages of a finding that stand open on the page; the others are folded."""
WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("审计发现", "Audit findings"),
    "summary": ("汇总", "Summary"),
    "rule": ("规则", "Rule"),
    "handled": ("已处理", "Handled"),
    "all": ("合计", "All"),
    "gone": ("标记过而已不再出现的发现", "Marked findings that are no more"),
    "standing": ("依据与复现", "What it rests on, and how to make it again"),
}


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with where it stands."""

    where: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in one language; `more` are the passages that are folded."""

    id: str
    severity: str
    title: str
    said: str
    handled: str
    shown: tuple[ShownPassage, ...]
    more: tuple[ShownPassage, ...]
    more_said: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule, its counts by severity, and why it matters."""

    id: str
    name: str
    why: str
    counts: tuple[int, ...]
    handled: int
    total: int
    findings: tuple[ShownFinding, ...]


def words(lang: Lang) -> dict[str, str]:
    """The fixed words of the report."""
    return {key: texts[lang == "en"] for key, texts in WORDS.items()}


def levels(lang: Lang) -> dict[str, str]:
    """The names of the severities."""
    return {key: texts[lang == "en"] for key, texts in SEVERITIES.items()}


def lead(audit: Audit, lang: Lang) -> str:
    """The sentence under the title."""
    n, handled = len(audit.findings), sum(f.handled is not None for f in audit.findings)
    if lang == "en":
        documents = len(audit.standing.documents)
        return f"As of {audit.as_of}: {n} findings in {documents} documents, {handled} handled."
    return (
        f"截至{audit.as_of}，{len(audit.standing.documents)}份文件中共{n}项发现，已处理{handled}项。"
        "每项发现附规则、理由和原文；编号在重新建图后不变。"
    )


def groups(audit: Audit, lang: Lang) -> list[Group]:
    """The rules in their order with their findings."""
    english = lang == "en"
    found = []
    for rule in audit.rules:
        own = [f for f in audit.findings if f.rule == rule.id]
        found.append(
            Group(
                id=rule.id,
                name=rule.name_en if english else rule.name_zh,
                why=rule.why_en if english else rule.why_zh,
                counts=tuple(sum(f.severity == level for f in own) for level in SEVERITIES),
                handled=sum(f.handled is not None for f in own),
                total=len(own),
                findings=tuple(_finding(f, lang) for f in own),
            )
        )
    return found


def mark_words(mark: Mark, lang: Lang) -> str:
    """Who handled a finding, when and why."""
    if lang == "en":
        return f"Handled by {mark.who} on {mark.when}: {mark.why}"
    return f"已处理：{mark.who}，{mark.when}，{mark.why}"


def _finding(f: Finding, lang: Lang) -> ShownFinding:
    passages = tuple(_passages(f, lang))
    more = passages[SHOWN:] if len(passages) > SHOWN + 1 else ()
    return ShownFinding(
        id=f.id,
        severity=f.severity,
        title=f.title_en if lang == "en" else f.title_zh,
        said=f.said_en if lang == "en" else f.said_zh,
        handled="" if f.handled is None else mark_words(f.handled, lang),
        shown=passages[: len(passages) - len(more)],
        more=more,
        more_said=f"{len(more)} more passages" if lang == "en" else f"另有{len(more)}处原文",
    )


def _passages(f: Finding, lang: Lang) -> Iterator[ShownPassage]:
    for e in f.evidence:
        yield ShownPassage(
            _where(e, lang), " ".join(e.before.split()), " ".join(e.quote.split()), " ".join(e.after.split())
        )


def _where(e: Evidence, lang: Lang) -> str:
    place = f" {e.place}" if e.place else ""
    if e.start is None:
        return f"《{e.title}》{place}"
    span = f", characters {e.start}–{e.end}" if lang == "en" else f"，第{e.start}–{e.end}字"
    return f"《{e.title}》{place}{span}"
