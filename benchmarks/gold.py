"""Readings built from annotated records or written cases, to measure alignment apart from reading."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from graph.align_text import leaves
from loaders.read import read_document
from loaders.records import (
    AnyRecord,
    Citation,
    Document,
    Item,
    Reading,
    Record,
    Responsibility,
    Section,
    Target,
)

CASES = {
    "written": Path(__file__).resolve().parent / "alignment_cases.yaml",
    "written-other": Path(__file__).resolve().parent / "alignment_cases_other.yaml",
    "written-elsewhere": Path(__file__).resolve().parent / "alignment_cases_elsewhere.yaml",
}
"""Cases written for this project: a plan of the field, one of other fields, and one of other provinces."""
TITLES = {"written": "科技创新工作要点", "written-elsewhere": "深入推进创新驱动发展"}
"""What the plans of the field are called; the title is where a document says its field."""
SHIPPED = Path(__file__).resolve().parent / "alignment_corpus.yaml"
CORPUS = Path(__file__).resolve().parent.parent / "data" / "corpus"
PLAN = CORPUS / "000_5b418620c0e82b13.txt"
"""The upper plan of every case."""
KINDS = (Document, Section, Item, Target, Responsibility, Citation)
CLASSES: dict[str, type[Record]] = {
    c.type: c for c in (Document, Section, Item, Target, Responsibility, Citation)
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What annotators hold of one item: every accepted task path, and the best ones among them."""

    accepted: frozenset[str]
    best: frozenset[str]
    relation: str | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated document: its reading and the answers by item id."""

    reading: Reading
    answers: dict[str, Answer]


def gold_folder() -> Path | None:
    """The folder of the annotations: GANGMU_GOLD, else ../shared/gold beside the checkout, else None."""
    named = os.environ.get("GANGMU_GOLD")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "gold"
    return folder if folder.is_dir() else None


def _record(row: dict[str, Any]) -> AnyRecord:
    """The record of one annotation; fields that annotators do not give are null or empty."""
    kind = CLASSES[row["type"]]
    values: dict[str, Any] = {"name_basis": "as_written", "basis": "list"}
    values = {
        f.name: row.get(f.name, values.get(f.name))
        for f in fields(kind)
        if f.name in row or f.name in values or f.default is MISSING
    }
    if row["type"] == "document":
        values["document"] = row["id"]
        values["trust_reasons"] = tuple(row.get("trust_reasons", ()))
    return kind(**values)  # type: ignore[return-value]


def read_annotated(path: Path, text_folder: Path) -> Annotated:
    """The annotated document of one JSON Lines file; its text is found under its `source_file`."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    records = [_record(row) for row in rows if row["type"] in CLASSES]
    first = next(r for r in records if isinstance(r, Document))
    records.sort(key=lambda r: r is not first)
    text = (text_folder / first.source_file).read_bytes().decode("utf-8")
    paths: dict[str, set[str]] = defaultdict(set)
    best: dict[str, set[str]] = defaultdict(set)
    relation: dict[str, str | None] = {}
    for row in rows:
        if row["type"] != "alignment":
            continue
        subject = row["subject"]
        paths[subject] |= set()
        relation.setdefault(subject, row["relation"])
        if row["object_path"] is not None:
            ties = set(row.get("tie") or ())
            paths[subject] |= ties | {row["object_path"]}
            best[subject] |= ties | ({row["object_path"]} if row["rank"] in (1, None) else set())
    answers = {s: Answer(frozenset(p), frozenset(best[s]), relation[s]) for s, p in paths.items()}
    return Annotated(Reading(text, tuple(records)), answers)


def write_reading(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    **document: Any,
) -> Reading:
    """A reading of a text made of rows with `title` and `body`, and any field of an item.

    The text of a row is its label, title and body, unless it says `text`. Items are measures with the
    ids `NAME:item:001` and so on, unless a row says otherwise.
    """
    head = {"source_file": f"{name}.txt", "sha256": "", "trust": "unknown", "start": 0, "end": 0, "quote": ""}
    records = [_record({"type": "document", "id": name, **head, **document})]
    text = ""
    for number, row in enumerate(rows, 1):
        quote = row.get("text") or f"{row.get('label') or ''}{row['title']}。{row.get('body', '')}"
        item = {"type": "item", "id": f"{name}:item:{number:03}", "document": name, "kind": "measure"}
        span = {"quote": quote, "start": len(text), "end": len(text) + len(quote), "path": str(number)}
        records.append(_record({**item, **span, **row}))
        text += quote + "\n"
    return Reading(text, tuple(records))


def written() -> dict[str, Annotated]:
    """The written cases by document."""
    return {name: read_cases(name, path) for name, path in CASES.items()}


def shipped() -> dict[str, Annotated]:
    """The annotated documents that come with Gangmu, as it reads them. KeyError: an item is not read."""
    found = {}
    for file, rows in yaml.safe_load(SHIPPED.read_text(encoding="utf-8")).items():
        reading = read_document(CORPUS / file)
        items = {item.path: item for item in leaves(reading)}
        answers = {
            items[path].id: Answer(frozenset(tasks), frozenset(tasks[:1]), None)
            for path, tasks in rows.items()
        }
        found[file[:3]] = Annotated(reading, answers)
    return found


def read_cases(name: str, path: Path) -> Annotated:
    """The written cases of a file as one document, each a measure of its own; they know no relation."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    reading = write_reading(name, rows, title=TITLES.get(name))
    answers = {
        item.id: Answer(frozenset(row["tasks"]), frozenset(row["tasks"][:1]), None)
        for item, row in zip(reading.of(Item), rows, strict=True)
    }
    return Annotated(reading, answers)
