"""What reviewers' decisions mean for the alignments: which are in force, and what they make of proposals.

A decision is about two passages. Where one of them reads otherwise now, it is stale: kept, shown, not
counted. A reviewer's later decision takes the place of an earlier one about the same item; where reviewers
differ about a pair, neither counts and the machine's proposal stays what it was. Files are reviews.py's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, TypeAlias

from graph.align import THRESHOLD
from graph.reviews import Decision, text_hash
from loaders.records import Alignment, Item, Reading

State: TypeAlias = Literal["in_force", "superseded", "contested", "stale"]
REVIEWED = "review/1"
"""The method of an alignment that a reviewer chose and the machine had not proposed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision and whether it counts; `subject` and `object` are the ids that its passages have now.

    They differ from those of the decision where an edit elsewhere moved an item that still reads the same.
    """

    decision: Decision
    state: State
    subject: str
    object: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on the pairs that both judged; `kappa` is null where it is not defined."""

    first: str
    second: str
    pairs: int
    agreed: int
    kappa: float | None


class _Passages:
    """Finds the item that a decision was about, by its id or else by its words."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._hashes: dict[str, str] = {}
        self._ids: defaultdict[str, list[str]] = defaultdict(list)
        for item in (item for reading in readings for item in reading.of(Item)):
            digest = text_hash(item)
            self._hashes[item.id] = digest
            self._ids[digest].append(item.id)

    def now(self, record: str, text: str | None) -> str | None:
        """The id of the passage now; null where it reads otherwise, is gone, or stands more than once."""
        if record in self._hashes and text in (None, self._hashes[record]):
            return record
        same = self._ids.get(text or "", [])
        own = [found for found in same if found.split(":")[0] == record.split(":")[0]]
        candidates = own or same
        return candidates[0] if len(candidates) == 1 else None


def standings(decisions: Sequence[Decision], readings: Sequence[Reading]) -> list[Standing]:
    """Every decision with its state, in the order given (that of their moments)."""
    passages = _Passages(readings)
    found: list[Standing] = []
    latest: dict[tuple[str, str], dict[str | None, int]] = {}
    for number, decision in enumerate(decisions):
        subject = passages.now(decision.subject, decision.subject_text)
        target = decision.object and passages.now(decision.object, decision.object_text)
        if subject is None or (decision.object is not None and target is None):
            found.append(Standing(decision, "stale", decision.subject, decision.object))
            continue
        found.append(Standing(decision, "in_force", subject, target))
        mine = latest.setdefault((decision.reviewer, subject), {})
        for other, earlier in list(mine.items()):
            if _replaces(decision, target, found[earlier]):
                found[earlier] = replace(found[earlier], state="superseded")
                del mine[other]
        mine[target] = number
    return _contested(found)


def _replaces(decision: Decision, target: str | None, earlier: Standing) -> bool:
    """Whether a decision takes the place of an earlier one of the same reviewer about the same item."""
    if earlier.object == target or decision.instead_of == earlier.object:
        return True
    accepted = decision.verdict == earlier.decision.verdict == "accepted"
    return accepted and (target is None or earlier.object is None)


def judged(standing: Standing) -> dict[str | None, bool]:
    """The pairs that a decision judges, by the upper item (null: none), and whether they hold."""
    votes = {standing.object: standing.decision.verdict == "accepted"}
    if standing.decision.instead_of is not None:
        votes.setdefault(standing.decision.instead_of, False)
    return votes


def _contested(found: list[Standing]) -> list[Standing]:
    votes: defaultdict[tuple[str, str | None], set[bool]] = defaultdict(set)
    for standing in found:
        if standing.state == "in_force":
            for target, held in judged(standing).items():
                votes[standing.subject, target].add(held)
    nothing = {subject for (subject, target), held in votes.items() if target is None and True in held}
    for subject, target in list(votes):
        if subject in nothing and target is not None and True in votes[subject, target]:
            votes[subject, target].add(False)
            votes[subject, None].add(False)
    return [
        replace(s, state="contested")
        if s.state == "in_force" and any(len(votes[s.subject, t]) > 1 for t in judged(s))
        else s
        for s in found
    ]


def apply(
    alignments: Sequence[Alignment],
    decided: Sequence[Standing],
    readings: Sequence[Reading],
    upper: Reading | None,
) -> list[Alignment]:
    """The alignments with the decisions in force made good, in the same order of items.

    An accepted pair stands before all proposals, chosen by a person where the machine had not proposed it; a
    rejected one is kept as rejected. Where the first proposal was rejected and no other is likely enough, the
    item abstains.
    """
    items = {item.id: item for reading in readings for item in reading.of(Item)}
    own = {item.id for item in upper.of(Item)} if upper is not None else set()
    by_subject: defaultdict[str, list[Standing]] = defaultdict(list)
    for standing in decided:
        if standing.state == "in_force" and (standing.object is None or standing.object in own):
            by_subject[standing.subject].append(standing)
    groups: dict[str, list[Alignment]] = {}
    for alignment in alignments:
        groups.setdefault(alignment.subject, []).append(alignment)
    made: list[Alignment] = []
    for subject, group in groups.items():
        mine = by_subject.get(subject)
        made += _decided(group, mine, items) if mine else group
    return made


def _decided(
    group: Sequence[Alignment], mine: Sequence[Standing], items: Mapping[str, Item]
) -> list[Alignment]:
    """The alignments of one item under the decisions about it."""
    votes: dict[str | None, list[Standing]] = {}
    holds: dict[str | None, bool] = {}
    for standing in mine:
        for target, held in judged(standing).items():
            votes.setdefault(target, []).append(standing)
            holds[target] = held
    proposals = [a for a in group if a.object is not None]
    known = {a.object: a for a in proposals}
    accepted = [
        _signed(known.get(target) or _chosen(group[0], votes[target][0], items), votes[target], "accepted")
        for target, held in holds.items()
        if held and target is not None
    ]
    nothing = holds.get(None, False) and not accepted
    rejected = [
        _signed(a, votes.get(a.object) or votes[None], "rejected")
        for a in proposals
        if nothing or holds.get(a.object) is False
    ]
    out = {a.object for a in (*accepted, *rejected)}
    left = [a for a in proposals if a.object not in out]
    if not accepted and left and left[0].confidence < THRESHOLD:
        left = []
    kept = [*accepted, *left] or [_nothing(group, mine, accepted=nothing)]
    key = group[0].id.rsplit("-", 1)[0]
    ranked = [
        replace(a, id=f"{key}-{n}", rank=n) if a.object is not None else a for n, a in enumerate(kept, 1)
    ]
    return ranked + [replace(a, id=f"{key}-r{n}") for n, a in enumerate(rejected, 1)]


def _signed(
    alignment: Alignment, by: Sequence[Standing], status: Literal["accepted", "rejected"]
) -> Alignment:
    said = "审定采纳" if status == "accepted" else "审定否决"
    reasons = [f"{s.decision.reviewer} {s.decision.date} {said}{_comment(s)}" for s in by]
    return replace(
        alignment,
        status=status,
        reasons=tuple(dict.fromkeys((*reasons, *alignment.reasons))),
        reviewers=tuple(dict.fromkeys(s.decision.reviewer for s in by)),
        reviewed=max(s.decision.date for s in by),
        comment="；".join(s.decision.comment for s in by if s.decision.comment) or None,
    )


def _comment(standing: Standing) -> str:
    return f"：{standing.decision.comment}" if standing.decision.comment else ""


def _chosen(template: Alignment, by: Standing, items: Mapping[str, Item]) -> Alignment:
    """The alignment that a reviewer chose and the machine had not proposed."""
    target = items[by.object or ""]
    return replace(
        template,
        object=target.id,
        object_document=target.document,
        object_path=target.path,
        relation=by.decision.relation,
        confidence=1.0,
        method=REVIEWED,
        rule="align.review",
        reasons=(f"由评审者选定“{target.title}”",),
    )


def _nothing(group: Sequence[Alignment], mine: Sequence[Standing], *, accepted: bool) -> Alignment:
    """The abstention of an item whose proposals were turned down, or that has no counterpart (`accepted`)."""
    own = next((a for a in group if a.object is None), None)
    first = group[0]
    key = first.id.rsplit("-", 1)[0]
    base = own or replace(
        first,
        id=f"{key}-0",
        object=None,
        object_document=None,
        object_path=None,
        relation=None,
        rank=None,
        rule="align.review",
        reasons=(),
    )
    if accepted:
        agreed = [s for s in mine if s.object is None]
        return replace(_signed(base, agreed, "accepted"), confidence=1.0)
    reasons = tuple(dict.fromkeys(("提出的对应经审定否决，其余候选都不够可能", *base.reasons)))
    return replace(base, reasons=reasons, confidence=base.confidence if own else 1.0)


def agreement(decided: Sequence[Standing]) -> list[Agreement]:
    """Cohen's kappa of each two reviewers, over the pairs of passages that both judged last, by name."""
    by: defaultdict[str, dict[tuple[str, str | None], bool]] = defaultdict(dict)
    for standing in decided:
        if standing.state in ("in_force", "contested"):
            for target, held in judged(standing).items():
                by[standing.decision.reviewer][standing.subject, target] = held
    found = []
    for first, second in combinations(sorted(by), 2):
        common = sorted(by[first].keys() & by[second].keys(), key=str)
        pairs = [(by[first][key], by[second][key]) for key in common]
        found.append(Agreement(first, second, len(pairs), sum(a == b for a, b in pairs), _kappa(pairs)))
    return found


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa; null where both always said the same one thing, which chance would give as well."""
    from sklearn.metrics import cohen_kappa_score

    if len({side for pair in pairs for side in pair}) < 2:
        return None
    return float(cohen_kappa_score([a for a, _ in pairs], [b for _, b in pairs]))
