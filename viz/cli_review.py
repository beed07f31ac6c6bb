"""The command `review`: the dialogue over what waits for a decision. What one means lives in graph/."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loaders.errors import UsageError
from viz.cli_common import DEFAULT_STORE, StoreOption, console, note
from viz.cli_help import wrap
from viz.messages import say

if TYPE_CHECKING:
    from graph.review_queue import Pending, Queue, Side
    from graph.reviews import Decision

ReviewsOption = Annotated[Path | None, typer.Option("--reviews", envvar="GANGMU_REVIEWS", metavar="DIR")]
EmbeddingOption = Annotated[
    str | None, typer.Option("--embedding", envvar="GANGMU_EMBEDDING", metavar="MODEL")
]
STATES = ("in_force", "superseded", "contested", "stale")
LONGEST = 900
"""Characters of a passage that are shown; the rest is said to be left out."""


def review(
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", envvar="GANGMU_REVIEWER", metavar="NAME")
    ] = None,
    reviews: ReviewsOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N")] = None,
    taken: Annotated[Path | None, typer.Option("--import", metavar="FILE.sssom.tsv")] = None,
    written: Annotated[Path | None, typer.Option("--export", metavar="FILE.sssom.tsv")] = None,
    agreement: Annotated[bool, typer.Option("--agreement")] = False,
    retrain: Annotated[bool, typer.Option("--retrain")] = False,
    embedding: EmbeddingOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Ask a person about alignments, or take in, write out, compare or learn from decisions."""
    from graph.review_queue import Queue
    from graph.reviews import folder_beside
    from graph.store import Store

    if sum((taken is not None, written is not None, agreement, retrain)) > 1:
        raise UsageError("gangmu review", "was asked for two things at once", "give one of the options")
    folder = reviews or folder_beside(store)
    queue = Queue(Store.open(store), folder, _name(reviewer))
    if taken is not None:
        added, lost = queue.take_in(taken)
        print(say("review.imported", n=added, lost=lost))
    elif written is not None:
        _write(queue, written)
    elif agreement:
        _agreement(queue)
    elif retrain:
        _retrain(queue, embedding)
    else:
        _dialogue(queue, limit)


def _name(given: str | None) -> str:
    """The reviewer's name: as given, else that of the system's user."""
    if given is not None:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("gangmu review", "names no reviewer", "give --reviewer") from None


def _write(queue: Queue, path: Path) -> None:
    from graph.reviews import as_table, read_folder
    from viz.files import replacing

    with replacing(path) as temporary:
        temporary.write_bytes(as_table("all", read_folder(queue.folder)))
    print(say("written", path=path))


def _agreement(queue: Queue) -> None:
    from graph.review import agreement

    decided = queue.standings()
    counts: Counter[str] = Counter(standing.state for standing in decided)
    print(say("review.states", all=len(decided), **{state: counts[state] for state in STATES}))
    found = [pair for pair in agreement(decided) if pair.pairs]
    for pair in found:
        kappa = say("review.no-kappa") if pair.kappa is None else f"{pair.kappa:.2f}"
        said = {"first": pair.first, "second": pair.second, "pairs": pair.pairs, "agreed": pair.agreed}
        print(say("review.agreement", kappa=kappa, **said))
    if not found:
        print(say("review.alone"))
    for standing in decided:
        if standing.state in ("stale", "contested"):
            print(_fallen(standing.state, standing.decision))


def _retrain(queue: Queue, embedding: str | None) -> None:
    from graph.retrain import retrain

    learnt = retrain(queue, embedding)
    said = {"pairs": learnt.pairs, "file": learnt.file, "before": learnt.before, "after": learnt.after}
    print(say("review.retrained", **said))


def _dialogue(queue: Queue, limit: int | None) -> None:
    """Asks about one item after the other; every decision is on disk before the next question."""
    from graph.reviews import file_of

    waiting = queue.pending()
    kept = 0
    if not waiting:
        print(say("review.nothing"))
        return
    for number, pending in enumerate(waiting, 1):
        _show(pending, number, len(waiting))
        going, decided = _ask(queue, pending)
        kept += decided
        if not going or (limit is not None and kept >= limit):
            break
    print(say("review.done", n=kept, file=file_of(queue.folder, queue.reviewer)))
    if len(waiting) > kept:
        print(say("review.left", n=len(waiting) - kept))


def _ask(queue: Queue, pending: Pending) -> tuple[bool, bool]:
    """Takes one decision; returns whether to go on, and whether anything was decided."""
    comment: str | None = None
    keys = say("review.keys") if pending.candidates else say("review.keys-none")
    while True:
        answer = _line(keys)
        if answer is None or answer.casefold() == "q":
            return False, False
        upper = pending.candidates[0].upper if pending.candidates else None
        match answer.casefold():
            case "s":
                return True, False
            case "m":
                comment = _line(say("review.comment")) or comment
                continue
            case "t":
                _tasks(queue)
                continue
            case "a":
                decision = queue.decide(pending, "accepted", upper, comment)
            case "n":
                decision = queue.decide(pending, "accepted", None, comment)
            case "r" if upper is not None:
                decision = queue.decide(pending, "rejected", upper, comment)
            case "c":
                chosen = _choose(queue, pending)
                if chosen is None:
                    continue
                decision = queue.decide(pending, "accepted", chosen, comment)
            case _:
                print(say("review.unknown-key", answer=answer))
                continue
        print(say("review.kept", verdict=_verdict(decision), label=_label(decision)))
        return True, True


def _line(prompt: str) -> str | None:
    """What the user types; null at the end of input."""
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        return None


def _choose(queue: Queue, pending: Pending) -> Side | None:
    """The upper item that the user names by its path or by the number of a candidate; null to go back."""
    while answer := _line(say("review.which")):
        if answer.isdecimal() and 1 <= int(answer) <= len(pending.candidates):
            return pending.candidates[int(answer) - 1].upper
        found = queue.find(answer)
        if found is not None:
            return found
        print(say("review.unknown-path", path=answer))
    return None


def _tasks(queue: Queue) -> None:
    for side in queue.tasks:
        print(f"  {side.item.path}  {side.item.title}")


def _verdict(decision: Decision) -> str:
    return say("review.accept") if decision.verdict == "accepted" else say("review.reject")


def _label(decision: Decision) -> str:
    return decision.object_label if decision.object is not None else say("align.none")


def _fallen(state: str, decision: Decision) -> str:
    said = {"reviewer": decision.reviewer, "date": decision.date, "verdict": _verdict(decision)}
    told = say("review.stale", label=_label(decision), **said)
    return told if state == "stale" else say("review.contested", label=_label(decision), **said)


def _show(pending: Pending, number: int, count: int) -> None:
    """The item and the first candidate side by side, below them the others and the reasons."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    first = pending.candidates[0] if pending.candidates else None
    doubt = say("review.chance", chance=pending.chance) if first else say("review.none-proposed")
    print()
    print(say("review.head", n=number, all=count, doubt=doubt))
    for decision in pending.stale:
        print(_fallen("stale", decision))
    for decision in pending.contested:
        print(_fallen("contested", decision))
    lower = pending.lower
    place = lower.document.jurisdiction or lower.document.source_file
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(Text(say("review.lower", place=place, path=lower.item.path)), overflow="fold", ratio=1)
    cells: list[Any] = [Text(_passage(lower.text))]
    if first is not None:
        table.add_column(Text(say("review.upper", path=first.upper.item.path)), overflow="fold", ratio=1)
        around = first.upper.around
        said = "" if around is None else "\n\n" + say("review.around", text=_passage(around))
        cells.append(Text(_passage(first.upper.text) + said))
    table.add_row(*cells)
    note(table)
    if len(pending.candidates) > 1:
        print(say("review.others"))
        for n, other in enumerate(pending.candidates[1:], 2):
            print(f"  {n}  {other.upper.item.path} {other.upper.item.title}  {other.confidence:.2f}")
    for line in _because(pending.reasons):
        print(line)


def _because(reasons: Sequence[str]) -> list[str]:
    return list(wrap(say("review.because", reasons="；".join(reasons)), console().width))


def _passage(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"
