"""What an answer rests on, as rows of a label and a text, for pages and Word files. Computes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.standing import SHORTEST, Basis, Standing
from viz.messages import Lang


def standing_rows(standing: Standing, lang: Lang) -> list[tuple[str, str]]:
    """Label and text of each thing to be known: documents and their state, hash, version, command."""
    return list(_english(standing) if lang == "en" else _chinese(standing))


def standing_line(standing: Standing, lang: Lang) -> str:
    """The short form: how many documents of which state, and which graph."""
    trusts = Counter(d.trust_en if lang == "en" else d.trust_zh for d in standing.documents)
    content = standing.content[: SHORTEST * 2]
    if lang == "en":
        counted = ", ".join(f"{trust} {n}" for trust, n in trusts.most_common())
        return f"Rests on {len(standing.documents)} documents ({counted}); graph {content}."
    counted = "，".join(f"{trust} {n}" for trust, n in trusts.most_common())
    return f"依据文件 {len(standing.documents)} 份（{counted}）；图的版本 {content}。"


def _chinese(s: Standing) -> Iterator[tuple[str, str]]:
    yield "截至", s.as_of
    for documents, label in ((s.documents, "文件"), (s.later, "当时尚无")):
        for n, d in enumerate(documents, 1):
            yield f"{label}{n}", _basis(d, d.trust_zh, ("，日期", "不详", "；", "（", "）", "，"))
    for n, v in enumerate(s.observations, 1):
        yield f"实际值{n}", f"{v.file}，{v.rows}行，SHA-256 {v.sha256}"
    yield "图的内容哈希", f"SHA-256 {s.content}"
    yield "规则集", f"SHA-256 {s.rule_set}"
    yield "版本", f"gangmu {s.version}"
    yield "复现命令", s.command


def _english(s: Standing) -> Iterator[tuple[str, str]]:
    yield "As of", s.as_of
    for documents, label in ((s.documents, "Document"), (s.later, "Not there then")):
        for n, d in enumerate(documents, 1):
            yield f"{label} {n}", _basis(d, d.trust_en, (", dated ", "unknown", "; ", " (", ")", ", "))
    for n, v in enumerate(s.observations, 1):
        yield f"Actual values {n}", f"{v.file}, {v.rows} rows, SHA-256 {v.sha256}"
    yield "Content of the graph", f"SHA-256 {s.content}"
    yield "Rules", f"SHA-256 {s.rule_set}"
    yield "Version", f"gangmu {s.version}"
    yield "Command that makes it again", s.command


def _basis(d: Basis, trust: str, words: tuple[str, str, str, str, str, str]) -> str:
    dated, unknown, mark, opens, closes, comma = words
    reasons = f"{opens}{mark.join(d.reasons)}{closes}" if d.reasons else ""
    dated = f"{d.file}{dated}{d.date or unknown}"
    return f"《{d.title}》{comma}{dated}{comma}{trust}{reasons}{comma}SHA-256 {d.sha256}"
