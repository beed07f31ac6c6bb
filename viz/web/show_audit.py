"""The pages of the auditor's findings: the rules with their counts, and the findings of each rule."""

from __future__ import annotations

from typing import Any, Final

from graph import iris
from graph.audit import SEVERITIES, Finding
from loaders.errors import UsageError
from viz.audit_words import levels, mark_words
from viz.web.links import document_page, unit_page
from viz.web.table import Section
from viz.web.view import Context, View

SHOWN: Final = 200
"""Findings of a rule that its page shows; the files hold all."""
PASSAGES: Final = 4
"""Passages of a finding that stand open."""


def rules(context: Context) -> View:
    """Every rule with why it matters and how many findings of which severity it has."""
    found = context.source.findings.audit()
    rows = []
    for rule in found.rules:
        own = [f for f in found.findings if f.rule == rule.id]
        rows.append(
            {
                "id": rule.id,
                "name": rule.name_en if context.lang == "en" else rule.name_zh,
                "why": rule.why_en if context.lang == "en" else rule.why_zh,
                "counts": [sum(f.severity == level for f in own) for level in SEVERITIES],
                "handled": sum(f.handled is not None for f in own),
                "total": len(own),
            }
        )
    return View(
        title=context.say(("审计发现：按规则", "Audit: findings by rule")),
        lead=context.say(
            (
                f"截至 {found.as_of}。每条规则附理由；点规则看每项发现和原文。"
                "处理过的有标记，用 gangmu audit --handle 标。",
                f"As of {found.as_of}. Each rule says why it matters; open it to read its findings "
                "with their passages. What was handled is marked, by gangmu audit --handle.",
            )
        ),
        template="audit.html",
        sections={"findings": Section("audit", made=context.source.findings.made(context.lang), open=False)},
        fill={
            "rules": rows,
            "levels": levels(context.lang),
            "gone": [(i, mark_words(mark, context.lang)) for i, mark in found.gone],
        },
    )


def rule(context: Context, name: str) -> View:
    """The findings of one rule, the weightiest first; UsageError for another name."""
    found = context.source.findings.audit()
    known = next((r for r in found.rules if r.id == name), None)
    if known is None:
        raise UsageError(f"rule {name}", "is no rule of the audit", "choose one on the page audit.html")
    own = [f for f in found.findings if f.rule == name]
    return View(
        title=known.name_en if context.lang == "en" else known.name_zh,
        lead=known.why_en if context.lang == "en" else known.why_zh,
        template="audit_rule.html",
        sections={
            "findings": Section("audit", made=context.source.findings.made(context.lang, name), open=False)
        },
        behind={"units": {}},
        fill={
            "findings": [_finding(context, f) for f in own[:SHOWN]],
            "total": len(own),
            "levels": levels(context.lang),
        },
    )


def _finding(context: Context, f: Finding) -> dict[str, Any]:
    english = context.lang == "en"
    named = context.source.once(
        f"units by name {context.lang}",
        lambda: {
            str(r["unit_name"]): str(r["unit"]) for r in context.source.rows("units", lang=context.lang)
        },
    )
    passages = [
        {
            "where": f"《{e.title}》 {e.place}".strip(),
            "before": " ".join(e.before.split()),
            "quote": " ".join(e.quote.split()),
            "after": " ".join(e.after.split()),
            "href": None if e.start is None else document_page(iris.document(e.document), e.start),
        }
        for e in f.evidence
    ]
    return {
        "id": f.id,
        "severity": f.severity,
        "title": f.title_en if english else f.title_zh,
        "said": f.said_en if english else f.said_zh,
        "handled": "" if f.handled is None else mark_words(f.handled, context.lang),
        "units": [(name, unit_page(named[name]) if name in named else None) for name in f.units],
        "shown": passages[:PASSAGES],
        "more": passages[PASSAGES:],
    }
