"""The command `trace`: from a unit, target, indicator or item to everything that hangs on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from viz.cli_common import (
    DEFAULT_STORE,
    AsOfOption,
    ExpectOption,
    FormatName,
    StoreOption,
    as_typed,
    emit,
    note,
    show,
    tell,
)
from viz.cli_desk import JsonOption, OutputOption, point_in_time, tell_standing, thing, unit_id, words
from viz.messages import say

if TYPE_CHECKING:
    from graph.store import Store

SubjectName: TypeAlias = Literal["unit", "target", "indicator", "item"]


def trace(
    kind: Annotated[SubjectName, typer.Argument(metavar="KIND")],
    name: Annotated[str, typer.Argument(metavar="NAME")],
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    form: Annotated[FormatName | None, typer.Option("--format", metavar="table|csv|json|md|xlsx")] = None,
    columns: Annotated[str | None, typer.Option("--columns", metavar="A,B,…")] = None,
    output: OutputOption = None,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print every responsibility that hangs on a unit, target, indicator or item."""
    from graph import standing as ground
    from graph import trace as tracing
    from graph.desk import Desk
    from graph.store import Store

    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    desk = Desk(opened, point_in_time(as_of))
    name = as_typed(name)
    if kind == "unit":
        rows = tracing.trace_unit(desk, unit_id(opened, name))
    elif kind == "indicator":
        rows = tracing.trace_indicator(desk, _indicator(opened, name))
    elif kind == "item":
        rows = tracing.trace_item(desk, _item(opened, name))
    else:
        rows = tracing.trace_target(desk, tracing.find_target(desk, name))
    command = words("trace", kind, name, as_of=as_of, format=form, columns=columns, output=output)
    stands = ground.standing(desk, [*command, "--json"] if as_json else command)
    if as_json:
        found = {
            "kind": kind,
            "name": name,
            "rows": [r.as_dict() for r in rows],
            "standing": stands.as_dict(),
        }
        emit([json.dumps(found, ensure_ascii=False, indent=2) + "\n"])
        return
    if form in (None, "table") and output is None and columns is None:
        from viz.cli_trace_table import trace_table

        note(trace_table(name, rows))
        tell(say("ask.rows", n=len(rows)))
    else:
        from viz.cli_read import chosen
        from viz.cli_trace_table import trace_result

        show(chosen(trace_result(name, rows), columns), form, output, stands)
    tell_standing(stands)


def _indicator(store: Store, name: str) -> str:
    """The canonical name of an indicator."""
    from ontology import vocab

    labels = store.labels(thing(store, "indicator", name), vocab.skos_prefLabel)
    return labels["zh"]


def _item(store: Store, name: str) -> str:
    from graph.claims import id_of

    return id_of(thing(store, "item", name))
