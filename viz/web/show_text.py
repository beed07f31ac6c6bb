"""Pages of documents: their list, the reader with every claim in its place, and what does not agree."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph import iris
from loaders.errors import UsageError
from viz.pages.model import Label
from viz.web.links import key, picture_page, tree_page
from viz.web.table import Section
from viz.web.view import Context, View

MARKS: Final = {
    "target": ("标", Label("目标", "Target")),
    "goal": ("愿", Label("定性目标", "Goal without a figure")),
    "responsibility": ("责", Label("责任单位", "Responsible unit")),
    "citation": ("引", Label("引用", "Citation")),
    "declaration": ("报", Label("自报的数", "Declared count")),
    "repair": ("修", Label("修补或存疑的文字", "Repaired or doubtful text")),
    "leftover": ("漏", Label("未归入记录的文字", "Text that ended in no record")),
}
"""Kinds of claims that the reader marks, each with a sign, as colour alone tells nothing to many."""


@dataclass(frozen=True, slots=True)
class Span:
    """A claim in the text: characters `start` to `end`, what kind of claim, and what it says."""

    start: int
    end: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text that the same claims cover; `anchor` where one begins, `signs` where one ends."""

    text: str
    kinds: tuple[str, ...]
    note: str
    anchors: tuple[int, ...]
    signs: tuple[str, ...]
    heading: bool


def documents(context: Context) -> View:
    """Every document with its trust, what was read from it, and what cites what."""
    return View(
        title=context.say(
            ("文件：从哪里来，可信到什么程度", "Documents: where from, and how far to be trusted")
        ),
        template="documents.html",
        lead=context.say(
            (
                "点标题看正文，每条断言都标在原处。人工整理的两份没有正文。",
                "Open a title to read the text with each claim marked in its place. "
                "Curated sources have no text.",
            )
        ),
        sections={
            "documents": Section("documents"),
            "trust": Section("trust"),
            "citations": Section("citations", open=False),
            "missing": Section("missing-documents", open=False),
            "contents": Section("contents", open=False),
        },
    )


def reader(context: Context, name: str) -> View:
    """One document: its text with the claims, its outline, its claims as tables; UsageError for another."""
    source = context.source
    found = [(iri, id_) for iri, id_ in source.documents.items() if key(iri) == name]
    if not found:
        raise UsageError(
            f"document {name}", "has no text in this graph", "choose one on the page documents.html"
        )
    iri, id_ = found[0]
    records = list(source.store.records(id_))
    about = next(record for record in records if record["type"] == "document")
    leftovers = next(d.leftovers for d in source.store.manifest.documents if d.id == id_)
    spans = [
        Span(r["start"], r["end"], r["type"], _note(context, r))
        for r in records
        if r["type"] in MARKS and r["start"] < r["end"]
    ]
    spans += [Span(start, end, "leftover", context.say(MARKS["leftover"][1])) for start, end in leftovers]
    headings = [r for r in records if r["type"] == "section"]
    starts = [r["start"] for r in records]  # whatever is quoted anywhere can be led to
    params = {"document": iri}
    trust = next(
        " · ".join(str(row[f]) for f in ("trust", "reasons") if row[f])
        for row in source.rows("trust", **params, lang=context.lang)
    )
    outside = ("document_title",)
    return View(
        title=str(about["title"] or about["source_file"]),
        lead=" · ".join(
            str(about[f]) for f in ("jurisdiction", "issuer", "number", "date", "source_file") if about[f]
        ),
        template="reader.html",
        sections={
            "items": Section("plan-tree", params, open=False),
            "targets": Section("targets", params, open=False, hidden=outside),
            "goals": Section("goals", params, open=False, hidden=outside),
            "evidence": Section("evidence", params, open=False, hidden=outside),
            "repairs": Section("repairs", params, open=False, hidden=outside),
            "citations": Section("citations", params, open=False, hidden=outside),
            "declared": Section("declared-found", params, open=False, hidden=(*outside, "declared_of")),
        },
        behind={"trust": params},
        fill={
            "pieces": list(pieces(source.store.text(id_), spans, headings, starts)),
            "outline": headings,
            "marks": MARKS,
            "used": {span.kind for span in spans},
            "picture": picture_page(iri),
            "tree": tree_page(iri),
            "trust": trust,
        },
    )


def _note(context: Context, record: dict[str, Any]) -> str:
    """What a claim says, in a few words."""
    label = context.say(MARKS[record["type"]][1])
    said = {
        "target": lambda: (
            f"{record['indicator']} {record['comparator']} {record['figure'] or record['value']}"
        ),
        "goal": lambda: f"{record['subject']} {record['wording']}",
        "responsibility": lambda: str(record["unit_name"]),
        "citation": lambda: str(record["title"] or record["number"] or ""),
        "declaration": lambda: f"{record['declared']} / {record['found']}",
        "repair": lambda: f"{record['raw']} → {record['repaired']}",
    }[record["type"]]()
    return f"{label}：{said}" if context.lang == "zh" else f"{label}: {said}"


def pieces(
    text: str, spans: Iterable[Span], headings: Iterable[dict[str, Any]], anchors: Iterable[int]
) -> Iterator[Piece]:
    """The text cut wherever a claim begins or ends; joined, the pieces are the text."""
    spans = sorted(spans, key=lambda span: (span.start, span.end))
    titles = sorted((heading["start"], heading["end"]) for heading in headings)
    starts = {span.start for span in spans} | {start for start, _ in titles} | set(anchors)
    cuts = starts | {span.end for span in spans} | {end for _, end in titles} | {0, len(text)}
    bounds = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    open_spans: list[Span] = []
    waiting = 0
    title = 0
    for start, end in itertools.pairwise(bounds):
        while waiting < len(spans) and spans[waiting].start <= start:
            open_spans.append(spans[waiting])
            waiting += 1
        open_spans = [span for span in open_spans if span.end > start]
        while title < len(titles) and titles[title][1] <= start:
            title += 1
        yield Piece(
            text=text[start:end],
            kinds=tuple(dict.fromkeys(span.kind for span in open_spans)),
            note="；".join(dict.fromkeys(span.note for span in open_spans)),
            anchors=(start,) if start in starts else (),
            signs=tuple(dict.fromkeys(MARKS[span.kind][0] for span in open_spans if span.end == end)),
            heading=title < len(titles) and titles[title][0] <= start,
        )


def findings(context: Context) -> View:
    """What does not agree, what is declared and not found, what was repaired or left in doubt."""
    return View(
        title=context.say(("矛盾与发现：哪里要人看", "Findings: where a person should look")),
        lead=context.say(
            (
                "互相矛盾的目标并列两处原文；自报的数与读到的数；没有期限或责任单位的目标；没有上级对应的条目；文字修补。",
                "Targets that disagree with both passages; declared and found counts; "
                "targets without deadline or owner; "
                "items without a counterpart above; repairs of the text.",
            )
        ),
        sections={
            "conflicts": Section("conflicts"),
            "declared": Section("declared-found", hidden=("declared_of",)),
            "gaps": Section("target-gaps"),
            "uncovered": Section("uncovered-tasks", open=False),
            "alone": Section("local-without-counterpart", open=False),
            "abstentions": Section("abstentions", open=False),
            "ownerless": Section("targets-without-owner", open=False),
            "undated": Section("targets-without-deadline", open=False),
            "repairs": Section("repairs", open=False),
        },
    )


def document_iri(id_: str) -> str:
    """The IRI of a document that was read."""
    return iris.document(id_)
