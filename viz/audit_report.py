"""The audit report as a page, a Word file or JSON. Computes nothing; holds no clock.

The page is one file without scripts that needs no network: every text is escaped by the template, a policy
forbids whatever is not its own style.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal, TypeAlias

from graph.audit import Audit
from viz.audit_words import groups, lead, levels, mark_words, words
from viz.docx_parts import Cell, Link, WordFile
from viz.messages import Lang
from viz.pages.write import TEMPLATES, policy
from viz.standing_words import standing_rows

Form: TypeAlias = Literal["html", "docx", "json"]
SUFFIXES: Final[dict[str, Form]] = {".html": "html", ".htm": "html", ".docx": "docx", ".json": "json"}


def write_report(audit: Audit, form: Form, path: Path, lang: Lang) -> None:
    """The report at `path`."""
    if form == "docx":
        _write_docx(audit, path, lang)
        return
    text = as_json(audit) if form == "json" else as_html(audit, lang)
    path.write_text(text, encoding="utf-8", newline="")


def as_json(audit: Audit) -> str:
    """The audit as JSON, both languages, ended by a newline."""
    return json.dumps(audit.as_dict(), ensure_ascii=False, indent=2) + "\n"


def as_html(audit: Audit, lang: Lang) -> str:
    """The page as text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = Markup((TEMPLATES / "audit.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    found = groups(audit, lang)
    return environment.get_template("audit.html").render(
        audit=audit,
        lang=lang,
        csp=policy([], [style]),
        style=style,
        say=words(lang),
        levels=levels(lang),
        lead=lead(audit, lang),
        rows=found,
        groups=[group for group in found if group.findings],
        gone=[(i, mark_words(mark, lang)) for i, mark in audit.gone],
        standing=standing_rows(audit.standing, lang),
    )


def _write_docx(audit: Audit, path: Path, lang: Lang) -> None:
    say, names = words(lang), levels(lang)
    word = WordFile(say["title"], "A4", landscape=False)
    word.heading(say["title"])
    word.paragraph(lead(audit, lang))
    found = groups(audit, lang)
    headings = (say["rule"], *names.values(), say["handled"], say["all"])
    rows: list[list[Cell | Link]] = [[g.name, *g.counts, g.handled, g.total] for g in found]
    word.table(headings, rows, (40, *(12 for _ in headings[1:])), size=9)
    for group in found:
        if not group.findings:
            continue
        word.heading(f"{group.name}（{group.total}）" if lang == "zh" else f"{group.name} ({group.total})", 2)
        word.paragraph(group.why)
        for finding in group.findings:
            word.paragraph(f"[{names[finding.severity]}] {finding.title}", bold=True)
            word.paragraph(f"{finding.said}　{finding.id}")
            if finding.handled:
                word.paragraph(finding.handled)
            passages = [
                (p.where, f"{p.before}【{p.quote}】{p.after}") for p in (*finding.shown, *finding.more)
            ]
            heads = ("Where", "Text") if lang == "en" else ("出处", "原文")
            word.table(heads, passages, (30, 90), size=8)
    if audit.gone:
        word.heading(say["gone"], 2)
        heads = ("Id", "Mark") if lang == "en" else ("编号", "标记")
        word.table(heads, [(i, mark_words(m, lang)) for i, m in audit.gone], (30, 90), size=8)
    word.heading(say["standing"], 2)
    heads = ("What", "") if lang == "en" else ("项目", "内容")
    word.table(heads, standing_rows(audit.standing, lang), (20, 90), size=8)
    word.save(path)
