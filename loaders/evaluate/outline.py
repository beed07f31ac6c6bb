"""Judges of the document's own fields, of sections and of items."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.evaluate.compare import (
    SAME_SPAN,
    Rec,
    Span,
    agreement,
    allowed,
    near,
    plain,
    plain_title,
    span_of,
    verbatim,
)
from loaders.evaluate.figures import DOCUMENT_FIELDS
from loaders.evaluate.gold import Dossier
from loaders.evaluate.pairing import Meeting, Pair, meet
from loaders.evaluate.tally import Tally, place_of

SLACK = 2
"""Characters that a heading may begin beside the gold one."""
_FIX = {"title": plain_title, "index_number": verbatim}


def judge_fields(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Each field of the document that is scored; `null_ok` ones only where the prediction says something."""
    want, have = gold.document, predicted.document
    unscored, may_lack = set(want.get("not_scored") or ()), set(want.get("null_ok") or ())
    for field in DOCUMENT_FIELDS:
        right, said = _field(want, have, field)
        if field in unscored or (have and said is None and field in may_lack):
            continue
        right = right and bool(have)
        tally.asked("document.all", right)
        if not tally.asked(f"document.{field}", right):
            wanted = _period(want) if field == "period" else want.get(field)
            tally.find("differs", want, field, gold=wanted, predicted=said)


def _field(want: Rec, have: Rec, field: str) -> tuple[bool, str | None]:
    """Whether a field is right, and what the prediction says there."""
    if field == "period":
        return _period(want) == _period(have), _period(have)
    fix = _FIX.get(field, plain)
    return fix(have.get(field)) in allowed(want, field, fix), have.get(field)


def _period(document: Rec) -> str | None:
    years = (document.get("period_start"), document.get("period_end"))
    return None if years == (None, None) else f"{years[0]}-{years[1]}"


def judge_sections(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Headings by where they begin, then what they hang below and what they say."""
    golds, predictions = gold.of("section"), predicted.of("section")
    weights: dict[Pair, float] = {}
    for i, j in near(_heads(golds), _heads(predictions), SLACK):
        beside = abs(golds[i]["start"] - predictions[j]["start"])
        weights[i, j] = (100 if golds[i].get("optional") else 1100) - beside
    meeting = meet(golds, predictions, weights)
    tally.met("section", meeting)
    tally.unmet(meeting)
    for want, have in meeting.scored:
        if not tally.asked("section.parent", _same_parent(want, have, gold, predicted, meeting)):
            above = (
                place_of(gold, want.get("parent"), "section"),
                place_of(predicted, have.get("parent"), "section"),
            )
            tally.find("differs", want, "parent", *above)
        if not tally.asked("section.title", _same_title(want, have)):
            tally.find("differs", want, "title", want["title"], have.get("title"))


def _heads(sections: Sequence[Rec]) -> list[Span | None]:
    return [None if s.get("start") is None else (s["start"], s["start"]) for s in sections]


def _same_parent(want: Rec, have: Rec, gold: Dossier, predicted: Dossier, meeting: Meeting) -> bool:
    """Whether both hang below the same heading; the title and nothing are the same root."""
    above = gold.get(want.get("parent"), "section")
    found = predicted.get(have.get("parent"), "section")
    met = meeting.gold_of.get(found["id"]) if found else None
    if above is not None and above.get("level") != 0:
        return met is above
    if found is None:
        return have.get("parent") is None
    return found.get("level") == 0 or (met is not None and met.get("level") == 0)


def _same_title(want: Rec, have: Rec) -> bool:
    titles = allowed(want, "title", plain) + allowed(want, "title_as_written", plain)
    return have.get("title") is not None and plain(have["title"]) in titles


def judge_items(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Items by their span and kind, then title, path and parent."""
    golds, predictions = gold.of("item"), predicted.of("item")
    weights: dict[Pair, float] = {}
    for i, j in near(list(map(span_of, golds)), list(map(span_of, predictions))):
        same = agreement(golds[i], predictions[j])
        if same >= SAME_SPAN:
            kind = golds[i]["kind"] == predictions[j].get("kind")
            weights[i, j] = 100 * same + (1e3 if golds[i].get("optional") else 1e6 + 1e4 * kind)
    meeting = meet(golds, predictions, weights)
    scored = meeting.scored
    tally.met("item.span", meeting)
    tally.met("item", meeting, sum(want["kind"] == have.get("kind") for want, have in scored))
    tally.unmet(meeting)
    gold_of = meeting.gold_of
    for want, have in scored:
        if want["kind"] != have.get("kind"):
            tally.find("differs", want, "kind", want["kind"], have.get("kind"))
        if not tally.asked("item.title", _same_title(want, have)):
            tally.find("differs", want, "title", want.get("title"), have.get("title"))
        if not tally.asked("item.path", _same_path(want, have)):
            tally.find("differs", want, "path", want.get("path"), have.get("path"))
        if want.get("parent") is not None:
            met = gold_of.get(have.get("parent") or "")
            if not tally.asked("item.parent", met is not None and met["id"] == want["parent"]):
                above = (
                    place_of(gold, want["parent"], "item"),
                    place_of(predicted, have.get("parent"), "item"),
                )
                tally.find("differs", want, "parent", *above)


def _same_path(want: Rec, have: Rec) -> bool:
    return have.get("path") is not None and plain(have["path"]) == plain(want.get("path"))
