"""Judge of alignments: is the task that a local item is said to serve the right one? Knows no method."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.errors import InputError
from loaders.evaluate.compare import SAME_SPAN, Rec, agreement, near, span_of
from loaders.evaluate.gold import Dossier
from loaders.evaluate.tally import Tally

FIRST = 3
"""How many proposals `among_three` looks at."""
_PATH = re.compile(r"\d+(?:\.\d+)*")


@dataclass(slots=True)
class Wanted:
    """What the gold says of one local item: the tasks that are right, and those that are best."""

    subject: Rec
    relation: str | None
    plan: str | None
    """File name of the upper plan, where the gold says it."""
    right: set[str] = field(default_factory=set)
    best: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A task of the upper plan that a prediction names."""

    task: str
    confidence: float | None
    relation: str | None


def judge_alignments(
    tally: Tally, gold: Dossier, predicted: Dossier, items: Mapping[str, tuple[Rec, str]]
) -> None:
    """First and first three proposals for every aligned item, abstentions, and confidences.

    A measure counts as its task. `items` are all predicted items with the file that each stands in: an
    alignment leads into another document.
    """
    wanted = _wanted(gold)
    found = _found([w.subject for w in wanted], predicted.of("item"))
    proposals = _proposals(wanted, found, predicted, items)
    for at, want in enumerate(wanted):
        offered = proposals[at]
        present = at in found.values()
        if not present:
            tally.count("alignment.items_not_found")
        gave_up = present and not offered
        nothing = not want.right
        tally.score("alignment.abstention", gave_up and nothing, gave_up, nothing)
        first = offered[0] if offered else None
        if want.right:
            _judge_first(tally, want, offered)
        elif first:
            tally.find("extra", _aligned(want), "object_path", None, first.task)
        if first and first.confidence is not None:
            tally.judged(first.confidence, first.task in want.right)


def _judge_first(tally: Tally, want: Wanted, offered: Sequence[Proposal]) -> None:
    tasks = [proposal.task for proposal in offered]
    first = tasks[0] if tasks else None
    action = first.split(".")[0] if first else None
    tally.asked("alignment.first_best", first in want.best)
    right = tally.asked("alignment.first_any", first in want.right)
    tally.asked("alignment.among_three", not want.right.isdisjoint(tasks[:FIRST]))
    tally.asked("alignment.action_best", action in _actions(want.best))
    tally.asked("alignment.action_any", action in _actions(want.right))
    if not right:
        problem: Any = "differs" if first else "missed"
        tally.find(problem, _aligned(want), "object_path", " / ".join(sorted(want.right)), first)
    elif not tally.asked("alignment.relation", offered[0].relation == want.relation):
        tally.find("differs", _aligned(want), "relation", want.relation, offered[0].relation)


def _actions(tasks: Iterable[str]) -> set[str]:
    return {task.split(".")[0] for task in tasks}


def _aligned(want: Wanted) -> Rec:
    """The local item as the place of a finding about its alignment."""
    return {**want.subject, "type": "alignment"}


def _wanted(gold: Dossier) -> list[Wanted]:
    """What the gold wants of each subject, in the order of its lines."""
    wanted: dict[str, Wanted] = {}
    for line in gold.of("alignment"):
        subject = gold.get(line["subject"], "item")
        if subject is None:
            problem = f"`subject` {line['subject']!r} is no item of the document"
            raise InputError(gold.where[line["id"]], problem, "give the id of an item")
        plan = line.get("object_source_file")
        want = wanted.setdefault(line["subject"], Wanted(subject, line.get("relation"), plan))
        if line.get("object_path") is not None:
            own, ties = {line["object_path"]}, set(line.get("tie") or ())
            want.right |= own | ties
            want.best |= ties | (own if line.get("rank") in (1, None) else set())
    return list(wanted.values())


def _found(subjects: Sequence[Rec], items: Sequence[Rec]) -> dict[str, int]:
    """For each predicted item that is one of the subjects: which."""
    best: dict[str, tuple[float, int]] = {}
    for at, index in near(list(map(span_of, subjects)), list(map(span_of, items))):
        same = agreement(subjects[at], items[index])
        item = items[index]["id"]
        if same >= SAME_SPAN and same > best.get(item, (0.0, 0))[0]:
            best[item] = (same, at)
    return {item: at for item, (_, at) in best.items()}


def _proposals(
    wanted: Sequence[Wanted],
    found: Mapping[str, int],
    predicted: Dossier,
    items: Mapping[str, tuple[Rec, str]],
) -> dict[int, list[Proposal]]:
    """The proposals for each subject, the best first, each task once."""
    ranked: defaultdict[int, list[tuple[tuple[Any, ...], Proposal]]] = defaultdict(list)
    for number, line in enumerate(predicted.of("alignment")):
        at = found.get(line.get("subject") or "")
        if at is None or line.get("status") == "rejected":
            continue
        task = _task(line, wanted[at].plan, items)
        if task:
            rank, sure = line.get("rank"), line.get("confidence")
            order = (rank is None, rank or 0, -(sure or 0), number)
            ranked[at].append((order, Proposal(task, sure, line.get("relation"))))
    offered: dict[int, list[Proposal]] = {}
    for at in range(len(wanted)):
        best: dict[str, Proposal] = {}
        for _, proposal in sorted(ranked[at], key=lambda pair: pair[0]):
            best.setdefault(proposal.task, proposal)
        offered[at] = list(best.values())
    return offered


def _task(line: Rec, plan: str | None, items: Mapping[str, tuple[Rec, str]]) -> str | None:
    """The path of the task that a prediction names, if any; not a safeguard, nor another plan's."""
    target, file = items.get(line.get("object") or "", (None, None))
    if target is not None and (target.get("kind") == "safeguard" or (plan and file != plan)):
        return None
    path = line.get("object_path")
    if path is None and target is not None:
        path = target.get("path")
    path = (path or "").strip().rstrip(".")
    return ".".join(path.split(".")[:2]) if _PATH.fullmatch(path) else None
