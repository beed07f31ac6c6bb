"""Judges of what stands beside a plan's words: evidence, repairs and conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from loaders.evaluate.compare import Rec, Span, near, shared
from loaders.evaluate.gold import TYPES, Dossier, quoted
from loaders.evaluate.pairing import Meeting, Pair, meet
from loaders.evaluate.tally import Tally

SURE = 0.75
"""Confidence from which on a conflict is sure; conflicts of value and deadline always are."""
Edit: TypeAlias = tuple[int, int, str]


def judge_evidence(tally: Tally, predicted: Dossier, text: str) -> None:
    """Whether every prediction quotes what stands at its place."""
    for kind in TYPES:
        for record in predicted.of(kind):
            right = tally.asked("evidence", quoted(record, text))
            if any(record.get(name) is None for name in ("quote", "start", "end")):
                tally.count("evidence.missing")
            if not right:
                start, end = record.get("start") or 0, record.get("end") or 0
                tally.find("differs", record, "quote", text[start:end], record.get("quote"))


def judge_repairs(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Decided repairs: the same characters put in, or taken out, at the same place.

    An undecided one is neither asked for nor an error, on either side.
    """
    golds: list[Rec] = [
        {**r, "optional": r.get("optional") or r.get("decided") is False} for r in gold.of("repair")
    ]
    predictions = [r for r in predicted.of("repair") if r.get("decided") is not False]
    weights: dict[Pair, float] = {}
    mine, theirs = _by_words(golds), _by_words(predictions)
    for words, edits in mine.items():
        others = theirs.get(words, [])
        for at, to in near([span for span, _ in edits], [span for span, _ in others], slack=1):
            (mine_at, i), (theirs_at, j) = edits[at], others[to]
            beside = abs(mine_at[0] - theirs_at[0])
            weights[i, j] = (1 if golds[i]["optional"] else 1e6) + 1 / (1 + beside)
    meeting = meet(golds, predictions, weights)
    tally.met("repair", meeting)
    tally.unmet(meeting)


def _by_words(repairs: Sequence[Rec]) -> dict[str, list[tuple[Span, int]]]:
    """Place and index of the edits, by the characters that they put in."""
    found: defaultdict[str, list[tuple[Span, int]]] = defaultdict(list)
    for index, repair in enumerate(repairs):
        start, end, words = edit_of(repair)
        found[words].append(((start, end), index))
    return found


def edit_of(repair: Rec) -> Edit:
    """A repair without the unchanged text around it: start, end and what is put in, spaces aside."""
    raw, repaired = repair.get("raw") or "", repair.get("repaired") or ""
    least = min(len(raw), len(repaired))
    head = next((n for n in range(least) if raw[n] != repaired[n]), least)
    tail = next((n for n in range(least - head) if raw[-1 - n] != repaired[-1 - n]), least - head)
    start = (repair.get("start") or 0) + head
    words = "".join(repaired[head : len(repaired) - tail].split())
    return start, start + len(raw) - head - tail, words


def judge_conflicts(tally: Tally, gold: Dossier, predicted: Dossier) -> None:
    """Conflicts by their two targets, in either order; then the kind. Sure ones are counted once more."""
    golds, predictions = gold.of("conflict"), predicted.of("conflict")
    weights: dict[Pair, float] = {}
    ends = [_ends(predicted, have) for have in predictions]
    for i, want in enumerate(golds):
        one, two = _ends(gold, want)
        for j, (left, right) in enumerate(ends):
            straight = shared(one, left) and shared(two, right)
            if straight or (shared(one, right) and shared(two, left)):
                same = predictions[j].get("kind") == want["kind"]
                weights[i, j] = (1e2 if want.get("optional") else 1e3) + 10 * same
    meeting = meet(golds, predictions, weights)
    tally.met("conflict", meeting)
    tally.unmet(meeting)
    _count_sure(tally, meeting)
    for want, have in meeting.scored:
        if not tally.asked("conflict.kind", have.get("kind") == want["kind"]):
            tally.find("differs", want, "kind", want["kind"], have.get("kind"))


def _ends(dossier: Dossier, conflict: Rec) -> tuple[Rec | None, Rec | None]:
    """The two targets of a conflict; None where an id means none."""
    ids = conflict.get("targets") or ()
    targets = [dossier.get(target, "target") for target in ids] if len(ids) == 2 else [None, None]
    return targets[0], targets[1]


def _count_sure(tally: Tally, meeting: Meeting) -> None:
    wanted = {want["id"] for want, _ in meeting.scored}
    had = {have["id"] for _, have in meeting.scored}
    for want in meeting.golds:
        if not want.get("optional") and is_sure(want):
            tally.asked("conflict.sure_recall", want["id"] in wanted)
    for have in meeting.predictions:
        if is_sure(have):
            tally.asked("conflict.sure_precision", have["id"] in had)


def is_sure(conflict: Rec) -> bool:
    """Whether a conflict is one that nobody needs to look at twice."""
    return conflict.get("kind") in ("value", "deadline") or (conflict.get("confidence") or 0) >= SURE
