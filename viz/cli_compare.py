"""The command `compare`: what became of one document of the graph in another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from viz.cli_common import (
    DEFAULT_STORE,
    ExpectOption,
    FormatName,
    StoreOption,
    as_typed,
    console,
    emit,
    find_document,
    show,
)
from viz.cli_desk import JsonOption, OutputOption, tell_standing, words
from viz.cli_help import wrap
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from graph.compare import Comparison


def compare(
    before: Annotated[str, typer.Argument(metavar="EARLIER")],
    after: Annotated[str, typer.Argument(metavar="LATER")],
    as_json: JsonOption = False,
    form: Annotated[FormatName | None, typer.Option("--format", metavar="table|csv|json|md|xlsx")] = None,
    output: OutputOption = None,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print what became of one document of the graph in another, or write it as a table."""
    from graph import standing as ground
    from graph.compare import compare as find
    from graph.store import Store
    from viz.compare_words import compare_result

    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    found = find(opened, find_document(opened, before), find_document(opened, after))
    flags = ["--json"] if as_json else []
    command = words("compare", as_typed(before), as_typed(after), *flags, format=form, output=output)
    stands = ground.standing_of(opened, ground.as_it_is(opened, *command))
    if as_json:
        said = {**found.as_dict(), "standing": stands.as_dict()}
        emit([json.dumps(said, ensure_ascii=False, indent=2) + "\n"])
        return
    if form is None and output is None:
        _told(found)
    else:
        show(compare_result(found, LANGUAGE.get()), form, output, stands)
    tell_standing(stands)


def _told(found: Comparison) -> None:
    """The changes, one after the other."""
    width, english = console().width, LANGUAGE.get() == "en"
    for line in wrap(say("compare.head", before=found.title_before, after=found.title_after), width):
        print(line)
    for change in found.changes:
        mark = "· "
        for line in wrap(change.said_en if english else change.said_zh, width - 4):
            print(f"  {mark}{line}")
            mark = "  "
    print(say("diff.counts", n=len(found.changes)) if found.changes else say("compare.none"))
