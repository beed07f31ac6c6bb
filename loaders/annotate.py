"""A first gold file for a document, from its reading, for a person to correct. Nothing is scored here.

JSON Lines in document order, the document first, in the form of `loaders.records`. What a person should
look at carries `check`, a hint. Passages that ended in no record are lines of type `leftover`: whoever
finds something in one adds the record; scoring passes such lines over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

from loaders import records as rec
from loaders.account import account

Lang: TypeAlias = Literal["zh", "en"]

ANNOTATED: Final = (
    "document",
    "section",
    "item",
    "target",
    "responsibility",
    "citation",
    "declaration",
    "repair",
    "conflict",
)
"""What a reading answers for; alignments are made between documents."""
SURE: Final = 0.75
"""Confidence below which a conflict is to be looked at."""

_HINTS: Final[dict[str, tuple[str, str]]] = {
    "lacks": ("没有读到：{names}；文中有就补上", "not found: {names}; fill in what the text says"),
    "inferred": ("由推断得来：{names}；请核对", "inferred: {names}; compare with the text"),
    "damaged": ("原文有损：{reasons}", "the text is damaged: {reasons}"),
    "no_unit": ("数值没有单位；请核对", "a figure without a unit; compare with the text"),
    "unit_as_written": (
        "单位全称未能确定；请写出 unit_name",
        "the unit's full name is unknown; write it as unit_name",
    ),
    "running_text": (
        "由行文读出，不在责任单位清单里；请核对",
        "read from running text, not from a list of units; see whether it is a duty",
    ),
    "counts_differ": (
        "文中说有 {declared}，读到 {found}；请数一数",
        "declares {declared}, {found} found; count them",
    ),
    "undecided": (
        "未能断定；确需修补就把 decided 改为 true，否则删去此行",
        "not decided; set decided to true if it is damage, else delete the line",
    ),
    "unsure_conflict": ("把握不大；不是矛盾就删去此行", "unsure; delete the line if it is no conflict"),
    "figure": (
        "有数值而没有记录；是目标就补一行，否则删去此行",
        "holds a figure and no record; add one if it is a target, and delete the line",
    ),
    "unit": (
        "有单位名称而没有记录；有职责就补一行，否则删去此行",
        "names an office and no record; add one if it has a duty, and delete the line",
    ),
}
_EXPECTED: Final = ("title", "kind", "issuer", "jurisdiction", "date")
"""Fields that every published plan has."""
_STATED: Final = frozenset({"stated", "signature", "title", "issued", "issuer"})
"""What a `*_basis` says where the text itself gives the value."""


def annotate(reading: rec.Reading, lang: Lang = "zh") -> list[dict[str, Any]]:
    """The lines of a first gold file as JSON objects: all records of the reading, and what it left over.

    The same reading gives the same lines. Hints are in `lang`.
    """
    placed = [(r.start, 0, at, _line(r, lang)) for at, r in enumerate(reading.records[1:])]
    for at, left in enumerate(account(reading).leftovers):
        line = {
            "type": "leftover",
            "id": f"{reading.document.id}:leftover:{left.start}",
            "document": reading.document.id,
            "quote": left.quote,
            "start": left.start,
            "end": left.end,
            "check": _say(left.cause, lang),
        }
        placed.append((left.start, 1, at, line))
    first = {**_line(reading.document, lang), "annotated": list(ANNOTATED)}
    return [first, *(line for *_, line in sorted(placed, key=lambda entry: entry[:3]))]


def to_lines(lines: list[dict[str, Any]]) -> str:
    """The objects as JSON Lines, each ended by a newline."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _line(record: rec.AnyRecord, lang: Lang) -> dict[str, Any]:
    hints = [_say(key, lang, **values) for key, values in _doubts(record, lang)]
    return record.as_dict() | ({"check": ("；" if lang == "zh" else "; ").join(hints)} if hints else {})


def _say(key: str, lang: Lang, **values: object) -> str:
    return _HINTS[key][lang == "en"].format(**values)


def _doubts(record: rec.AnyRecord, lang: Lang) -> Iterator[tuple[str, dict[str, object]]]:
    """The hints that a record calls for, by their keys, with what fills them."""
    match record:
        case rec.Document():
            yield from _document_doubts(record, lang)
        case rec.Target():
            if record.unit is None and not record.qualitative:
                yield "no_unit", {}
        case rec.Responsibility():
            if record.name_basis == "as_written" and not record.collective:
                yield "unit_as_written", {}
            if record.basis == "body":
                yield "running_text", {}
        case rec.Declaration():
            if record.found != record.declared:
                found = "—" if record.found is None else record.found
                yield "counts_differ", {"declared": record.declared, "found": found}
        case rec.Repair():
            if not record.decided:
                yield "undecided", {}
        case rec.Conflict():
            if record.confidence < SURE:
                yield "unsure_conflict", {}
        case _:
            pass


def _document_doubts(document: rec.Document, lang: Lang) -> Iterator[tuple[str, dict[str, object]]]:
    mark = "、" if lang == "zh" else ", "
    lacking = [name for name in _EXPECTED if getattr(document, name) is None]
    if lacking:
        yield "lacks", {"names": mark.join(lacking)}
    bases = {name: getattr(document, f"{name}_basis") for name in ("title", "issuer", "jurisdiction", "date")}
    inferred = [f"{name} ({basis})" for name, basis in bases.items() if basis and basis not in _STATED]
    if inferred:
        yield "inferred", {"names": mark.join(inferred)}
    if document.trust == "damaged":
        yield "damaged", {"reasons": mark.join(document.trust_reasons)}
