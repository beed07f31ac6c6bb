"""The commands `diff` and `observe`: what changed between graphs, and actual values. Computes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loaders.errors import UsageError
from viz.cli_common import DEFAULT_STORE, STATES, AsOfOption, StoreOption, console, emit
from viz.cli_help import wrap
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from graph.diff import Diff
    from graph.ledger_read import Remark
    from graph.observe import ObserveReport, StatusChange

JsonOption = Annotated[bool, typer.Option("--json")]
OTHERS = {
    "section": "diff.section",
    "citation": "diff.citation",
    "goal": "diff.goal",
    "declaration": "diff.declaration",
    "repair": "diff.repair",
    "conflict": "diff.conflict",
    "field": "diff.field",
    "alignment": "diff.alignment",
    "observation": "diff.observation",
}
MOST = 20
"""Targets that `observe` lists."""


def diff(
    before: Annotated[Path, typer.Argument(metavar="STORE_A")],
    after: Annotated[Path, typer.Argument(metavar="STORE_B")],
    as_json: JsonOption = False,
) -> None:
    """Print what changed from one graph to the other."""
    from graph.diff import diff as compare
    from graph.store import Store

    found = compare(Store.open(before), Store.open(after))
    if as_json:
        emit([json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n"])
        return
    for line in _told(found):
        print(line)


def _told(found: Diff) -> Iterator[str]:
    width, english = console().width, LANGUAGE.get() == "en"
    for document, changes in groupby(found.changes, key=lambda change: change.document):
        yield from wrap(f"《{found.titles[document]}》", width)
        for change in changes:
            yield from _point(change.said_en if english else change.said_zh, width)
        yield ""
    if found.changes:
        yield say("diff.counts", n=len(found.changes))
    elif found.identical:
        yield say("diff.none")
    else:
        yield from wrap(say("diff.none-compared"), width)
    if found.others:
        told = [say("diff.other", name=say(OTHERS[k]), gone=a, new=b) for k, (a, b) in found.others.items()]
        yield from wrap(say("diff.others", names=("; " if english else "；").join(told)), width)
    if found.as_of[0] != found.as_of[1]:
        yield say("diff.as-of", before=found.as_of[0], after=found.as_of[1])
    if found.rules_changed:
        yield say("diff.rules")


def observe(
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME")] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take a file of actual values into the graph and say how the targets stand."""
    from graph.aims import AsOf
    from graph.observe import observe as take

    if file is None and as_of is None:
        raise UsageError("gangmu observe", say("observe.nothing"), say("observe.give"))
    report = take(file, store, None if as_of is None else AsOf.parse(as_of), by=by, day=day)
    if as_json:
        emit([json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"])
        return
    for line in _taken(report):
        print(line)


def _taken(report: ObserveReport) -> Iterator[str]:
    width = console().width
    if report.file is not None:
        taken = {"rows": report.rows, "added": report.added, "dropped": report.dropped}
        yield from wrap(say("observe.taken", file=report.file, **taken), width)
        if not report.rows:
            yield say("observe.kept-none")
    if report.kept:
        yield say("observe.kept", n=report.kept)
    yield from _cells(report.doubted, "observe.doubted-more", width)
    yield from _cells(report.untaken, "observe.untaken-more", width)
    counts = [say("observe.count", name=say(STATES[s]), n=n) for s, n in report.statuses.items()]
    mark = ", " if LANGUAGE.get() == "en" else "，"
    yield from wrap(say("observe.as-of", as_of=report.as_of, counts=mark.join(counts)), width)
    if not report.changes:
        yield say("observe.unchanged")
        return
    yield say("observe.changed", n=len(report.changes))
    for title, changes in groupby(report.changes[:MOST], key=lambda change: change.title):
        yield from wrap(f"《{title}》", width)
        for change in changes:
            yield from _point(_stands(change), width)
    if len(report.changes) > MOST:
        yield say("observe.more", n=len(report.changes) - MOST)


def _cells(cells: Sequence[Remark], more: str, width: int) -> Iterator[str]:
    """Cells of a ledger with what is to be said of each."""
    for cell in cells[:MOST]:
        reason = cell.why_en if LANGUAGE.get() == "en" else cell.why_zh
        yield from wrap(say("observe.untaken", cell=cell.cell, text=cell.text, reason=reason), width)
    if len(cells) > MOST:
        yield say(more, n=len(cells) - MOST)


def _stands(change: StatusChange) -> str:
    """A target, how it stood and stands, and the arithmetic."""
    english = LANGUAGE.get() == "en"
    before = "—" if change.before is None else say(STATES[change.before])
    deadline = say("observe.no-deadline") if change.deadline is None else change.deadline
    states = {"before": before, "after": say(STATES[change.after])}
    head = say("observe.change", figure=f"{change.indicator} {change.figure}", deadline=deadline, **states)
    return f"{head}\n{change.arithmetic_en if english else change.arithmetic_zh}"


def _point(text: str, width: int) -> Iterator[str]:
    """A point of a list, its further lines below its words."""
    mark = "· "
    for part in (part for line in text.split("\n") for part in wrap(line, width - 4)):
        yield f"  {mark}{part}"
        mark = "  "
