"""What an answer rests on, as rows of a label and a text: pages, Word files, workbooks. Computes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from graph.standing import SHORTEST, Basis, Standing
from viz.messages import Lang
from viz.output import Notes

SHEET: Final[dict[Lang, tuple[str, str, str]]] = {
    "zh": ("说明", "项目", "内容"),
    "en": ("Notes", "What", "Text"),
}
"""The name of a sheet that says what a workbook rests on, and its headings."""
LABELS: Final[dict[Lang, tuple[str, ...]]] = {
    "zh": ("截至", "文件", "当时尚无", "实际值", "图的内容哈希", "规则集", "版本", "建图命令", "复现命令"),
    "en": (
        *(
            "As of",
            "Document ",
            "Not there then ",
            "Actual values ",
            "Content of the graph",
            "Rules",
            "Version",
        ),
        *("Command that builds the graph", "Command that makes it again"),
    ),
}
SAME: Final[dict[Lang, str]] = {
    "zh": "（在文件所在的目录里；版本、规则集、文件、实际值和复核决定同上，内容哈希就相同）",
    "en": " (where the documents lie; with the version, rules, documents, values and decisions as above "
    "the content is the same)",
}


def standing_rows(standing: Standing, lang: Lang) -> list[tuple[str, str]]:
    """Label and text of each thing to be known: documents and their state, hash, version, command."""
    return list(_rows(standing, lang))


def standing_line(standing: Standing, lang: Lang) -> str:
    """The short form: how many documents of which state, and which graph."""
    trusts = Counter(d.trust_en if lang == "en" else d.trust_zh for d in standing.documents)
    content = standing.content[: SHORTEST * 2]
    if lang == "en":
        counted = ", ".join(f"{trust} {n}" for trust, n in trusts.most_common())
        return f"Rests on {len(standing.documents)} documents ({counted}); graph {content}."
    counted = "，".join(f"{trust} {n}" for trust, n in trusts.most_common())
    return f"依据文件 {len(standing.documents)} 份（{counted}）；图的版本 {content}。"


def standing_notes(standing: Standing, lang: Lang) -> Notes:
    """The sheet of a workbook that says what it rests on."""
    name, what, text = SHEET[lang]
    return Notes(name, (what, text), standing_rows(standing, lang))


def _rows(s: Standing, lang: Lang) -> Iterator[tuple[str, str]]:
    as_of, document, later, values, content, rules, version, build, command = LABELS[lang]
    yield as_of, s.as_of
    for documents, label in ((s.documents, document), (s.later, later)):
        for n, d in enumerate(documents, 1):
            yield f"{label}{n}", _basis(d, lang)
    for n, v in enumerate(s.observations, 1):
        counted = f"，{v.rows}行，" if lang == "zh" else f", {v.rows} rows, "
        yield f"{values}{n}", f"{v.file}{counted}SHA-256 {v.sha256}"
    yield content, f"SHA-256 {s.content}"
    yield rules, f"SHA-256 {s.rule_set}"
    yield version, f"gangmu {s.version}"
    yield build, f"{s.build}{SAME[lang]}"
    yield command, s.command


def _basis(d: Basis, lang: Lang) -> str:
    if lang == "zh":
        reasons = f"（{'；'.join(d.reasons)}）" if d.reasons else ""
        return f"《{d.title}》，{d.file}，日期{d.date or '不详'}，{d.trust_zh}{reasons}，SHA-256 {d.sha256}"
    reasons = f" ({'; '.join(d.reasons)})" if d.reasons else ""
    return f"《{d.title}》, {d.file}, dated {d.date or 'unknown'}, {d.trust_en}{reasons}, SHA-256 {d.sha256}"
