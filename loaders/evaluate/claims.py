"""Judges of what a plan says: targets, responsibilities, citations and declared counts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from loaders.evaluate.compare import (
    Rec,
    agreement,
    allowed,
    likeness,
    near,
    plain,
    plain_title,
    plain_unit,
    same_item,
    same_number,
    shared,
    span_of,
)
from loaders.evaluate.figures import TARGET_FIELDS
from loaders.evaluate.gold import Dossier
from loaders.evaluate.pairing import Pair, meet
from loaders.evaluate.tally import Tally, describe, place_of

SAME_INDICATOR = 0.6
"""Likeness from which on two wordings mean the same indicator."""
STRICT = ("comparator", "unit", "deadline_end", "growth", "per_year", "value_max")
"""What a target must have right, beside place and value, to be strictly right."""


def judge_targets(tally: Tally, gold: Dossier, predicted: Dossier, with_items: bool) -> None:
    """Targets by place and value (loose) and by all that STRICT names; then field by field."""
    golds, predictions = gold.of("target"), predicted.of("target")
    weights: dict[Pair, float] = {}
    fields: dict[Pair, dict[str, bool]] = {}
    for i, j in near(list(map(span_of, golds)), list(map(span_of, predictions))):
        want, have = golds[i], predictions[j]
        if shared(want, have) and same_number(want["value"], have.get("value")):
            answers = fields[i, j] = _target_fields(want, have, gold, predicted, with_items)
            weights[i, j] = (
                (1e5 if want.get("optional") else 1e6)
                + 1e3 * _is_strict(answers)
                + 10 * (sum(answers.values()) + agreement(want, have))
                + 5 * likeness(want.get("indicator"), have.get("indicator"))
            )
    meeting = meet(golds, predictions, weights)
    counted = [pair for pair in meeting.pairs if not golds[pair[0]].get("optional")]
    tally.met("target.loose", meeting)
    tally.met("target.strict", meeting, sum(_is_strict(fields[pair]) for pair in counted))
    tally.unmet(meeting)
    for i, j in counted:
        want, have = golds[i], predictions[j]
        for field, right in fields[i, j].items():
            if field in TARGET_FIELDS:
                tally.asked(f"target.{field}", right)
            if not right:
                said: tuple[Any, Any] = (want.get(field), have.get(field))
                if field == "item":
                    said = (place_of(gold, said[0], "item"), place_of(predicted, said[1], "item"))
                tally.find("differs", want, field, *said)


def _is_strict(answers: dict[str, bool]) -> bool:
    return all(answers.get(field, True) for field in STRICT)


def _target_fields(
    want: Rec, have: Rec, gold: Dossier, predicted: Dossier, with_items: bool
) -> dict[str, bool]:
    """Which fields are right; those that the text leaves open are not among them."""
    answers = {field: have.get(field) in allowed(want, field) for field in ("comparator", "modality")}
    answers["unit"] = plain_unit(have.get("unit")) in allowed(want, "unit", plain_unit)
    answers["value_max"] = same_number(have.get("value_max"), want.get("value_max"))
    answers["deadline_end"] = have.get("deadline_end") in allowed(want, "deadline_end")
    for field in ("growth", "per_year"):
        answers[field] = bool(have.get(field)) in allowed(want, field, bool)
    wordings = [w for w in (*allowed(want, "indicator"), want.get("indicator_as_written")) if w]
    named = [n for n in (have.get("indicator"), have.get("indicator_as_written")) if n]
    answers["indicator"] = any(likeness(n, w) >= SAME_INDICATOR for n in named for w in wordings)
    if with_items:
        item = gold.get(want.get("item"), "item")
        answers["item"] = (
            have.get("item") is None
            if item is None
            else same_item(item, predicted.get(have.get("item"), "item"))
        )
    unscored = set(want.get("not_scored") or ())
    unscored |= {"deadline_end"} if "deadline" in unscored else set()
    return {field: right for field, right in answers.items() if field not in unscored}


def judge_responsibilities(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Units by name and item, wherever in the item they stand; then role and canonical name."""
    golds, predictions = gold.of("responsibility"), predicted.of("responsibility")
    by_name: defaultdict[str, set[int]] = defaultdict(set)
    for j, have in enumerate(predictions):
        for name in ("unit_name", "as_written", "as_written_repaired"):
            if isinstance(have.get(name), str):
                by_name[plain(have[name]) or ""].add(j)
    weights: dict[Pair, float] = {}
    for i, want in enumerate(golds):
        names = [*allowed(want, "unit_name"), want.get("as_written"), want.get("as_written_repaired")]
        item = gold.get(want["item"], "item")
        for j in set().union(*(by_name.get(plain(name) or "", ()) for name in names if name)):
            have = predictions[j]
            if same_item(item, predicted.get(have.get("item"), "item")):
                weights[i, j] = (
                    (1e2 if want.get("optional") else 1e3)
                    + 10 * (shared(want, have) > 0)
                    + (have.get("role") == want.get("role"))
                )
    meeting = meet(golds, predictions, weights)
    tally.met("responsibility", meeting)
    tally.unmet(meeting)
    missed = {want["id"] for want in meeting.missed}
    for want in golds:
        if not want.get("optional"):
            place = "in_running_text" if want.get("basis") == "body" else "in_lists"
            tally.asked(f"responsibility.{place}", want["id"] not in missed)
    for want, have in meeting.scored:
        if not tally.asked("responsibility.role", have.get("role") in allowed(want, "role")):
            tally.find("differs", want, "role", want.get("role"), have.get("role"))
        if want.get("unit_name"):
            names = allowed(want, "unit_name", plain)
            if not tally.asked("responsibility.unit_name", plain(have.get("unit_name")) in names):
                tally.find("differs", want, "unit_name", want["unit_name"], have.get("unit_name"))


def judge_citations(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Titles, each once however often it is cited; then number and relation."""
    golds = gold.of("citation")
    title_of: dict[str | None, int] = {}
    for i, want in enumerate(golds):
        for title in (*allowed(want, "title"), want.get("title_as_written")):
            if title:
                title_of.setdefault(plain_title(title), i)
    first: dict[str | None, Rec] = {}
    for have in predicted.of("citation"):
        first.setdefault(plain_title(have.get("title")), have)
    met: dict[int, Rec] = {}
    offered = 0
    for title, have in first.items():
        index = title_of.get(title)
        if index is None:
            if have.get("relation") != "self":
                offered += 1
                tally.find("extra", have, predicted=describe(have))
        elif index not in met and not golds[index].get("optional"):
            offered += 1
            met[index] = have
    asked = [i for i, want in enumerate(golds) if not want.get("optional")]
    tally.score("citation", len(met), offered, len(asked))
    for i in asked:
        want = golds[i]
        if i not in met:
            tally.find("missed", want, gold=describe(want))
            continue
        have = met[i]
        if want.get("number") or have.get("number"):
            numbers = allowed(want, "number", plain)
            if not tally.asked("citation.number", plain(have.get("number")) in numbers):
                tally.find("differs", want, "number", want.get("number"), have.get("number"))
        if not tally.asked("citation.relation", have.get("relation") in allowed(want, "relation")):
            tally.find("differs", want, "relation", want["relation"], have.get("relation"))


def judge_declarations(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Declared counts by place and number; then what was counted, and how many were found."""
    golds, predictions = gold.of("declaration"), predicted.of("declaration")
    weights: dict[Pair, float] = {}
    for i, j in near(list(map(span_of, golds)), list(map(span_of, predictions))):
        want, have = golds[i], predictions[j]
        if shared(want, have) and same_number(want["declared"], have.get("declared")):
            same = have.get("of") == want["of"]
            weights[i, j] = (1e2 if want.get("optional") else 1e3) + 10 * same + agreement(want, have)
    meeting = meet(golds, predictions, weights)
    scored = meeting.scored
    both = [same_number(want.get("found"), have.get("found")) for want, have in scored]
    tally.met("declaration", meeting)
    tally.met("declaration.with_found", meeting, sum(both))
    tally.unmet(meeting)
    for (want, have), found in zip(scored, both, strict=True):
        if not tally.asked("declaration.found", found):
            tally.find("differs", want, "found", want.get("found"), have.get("found"))
        if not tally.asked("declaration.of", have.get("of") == want["of"]):
            tally.find("differs", want, "of", want["of"], have.get("of"))
