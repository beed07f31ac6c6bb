"""Commands that read the graph: records, text, ask, query. Nothing is written but what `-o` names."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loaders.errors import InputError, UsageError
from viz.cli_common import (
    DEFAULT_STORE,
    ExpectOption,
    FormatName,
    StoreOption,
    as_typed,
    emit,
    find_document,
    note,
    show,
    tell,
)
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from graph.standing import Standing
    from graph.store import Store
    from queries.catalogue import Query
    from viz.output import Result

OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]
FormatOption = Annotated[FormatName | None, typer.Option("--format", metavar="table|csv|json|md|xlsx")]
OWN_SECONDS = 300.0
"""How long a query of the user's own may take, unless `--timeout` says otherwise."""
ColumnsOption = Annotated[str | None, typer.Option("--columns", metavar="A,B,…")]


def _complete() -> list[tuple[str, str]]:
    """Names and titles of the catalogue, for the shell."""
    from queries.catalogue import catalogue

    return [(query.name, query.title[LANGUAGE.get()]) for query in catalogue().values()]


def records(
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE")] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="DOCUMENT")] = None,
    output: OutputOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """JSON Lines on standard output or in a file."""
    from graph.store import Store
    from viz.files import replacing

    opened = Store.open(store)
    wanted = find_document(opened, document) if document else None
    if type_ is not None:
        known = sorted({str(record["type"]) for record in opened.records()})
        if type_ not in known:
            raise UsageError(f"--type {type_}", "no such type", say("error.one-of", names=", ".join(known)))
    lines = (
        json.dumps(record, ensure_ascii=False) + "\n"
        for record in opened.records()
        if type_ in (None, record["type"]) and wanted in (None, record["document"])
    )
    if output is None:
        emit(lines)
        return
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    tell(say("written", path=output))


def text(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT")], store: StoreOption = DEFAULT_STORE
) -> None:
    """The exact text that offsets refer to, as UTF-8."""
    from graph.store import Store

    opened = Store.open(store)
    emit([opened.text(find_document(opened, document))])


def ask(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", autocompletion=_complete)] = None,
    form: FormatOption = None,
    columns: ColumnsOption = None,
    output: OutputOption = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    expect: ExpectOption = None,
    help_: Annotated[bool, typer.Option("--help")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """The catalogue, or what one of its questions returns."""
    if name is None and help_:
        print(ctx.get_help())
        return
    from queries.run import answer, find

    if name is None:
        _refuse(ctx.args)
        _list(as_json or form == "json")
        return
    query = find(name)
    if help_:
        _explain(query)
        return
    values = arguments(query, ctx.args)
    if "lang" in (parameter.name for parameter in query.parameters):
        values.setdefault("lang", [LANGUAGE.get()])
    from graph import standing as ground
    from graph.store import Store
    from viz.output import Result

    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    found = answer(opened, name, values)
    lang = LANGUAGE.get()
    labels = tuple(column.label[lang] for column in query.columns)
    show(
        chosen(Result(query.title[lang], found.columns, labels, found.rows), columns),
        _form(form, as_json),
        output,
        _standing(opened, ["ask", name, *map(as_typed, ctx.args)], columns, output),
    )


def query(
    sparql: Annotated[str | None, typer.Argument(metavar="SPARQL")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", metavar="FILE")] = None,
    form: FormatOption = None,
    columns: ColumnsOption = None,
    output: OutputOption = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1)] = OWN_SECONDS,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """What a query of the user's own returns; it runs in a process that can be stopped and has no network."""
    from dataclasses import replace

    from graph import standing as ground
    from graph.store import Store
    from queries.guard.lane import Lane
    from queries.guard.limits import OWN
    from viz.output import Result

    if (sparql is None) == (file is None):
        raise UsageError("gangmu query", "needs one query", "give it as the argument, or as -f FILE")
    if file is not None:
        try:
            sparql = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                str(file), f"cannot be read ({error})", "name a file of SPARQL in UTF-8"
            ) from error
    text = sys.stdin.read() if sparql == "-" else as_typed(str(sparql))
    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    lane = Lane(opened.directory, replace(OWN, seconds=timeout), workers=1, spare=0, nice=0)
    try:
        found, cut = lane.rows(text)
    finally:
        lane.close()
    if cut:
        tell(say("query.cut", n=len(found.rows)))
    result = chosen(Result("", found.columns, found.columns, found.rows), columns)
    show(result, _form(form, as_json), output, _standing(opened, ["query", text], columns, output))


def _standing(
    store: Store, command: Sequence[str], columns: str | None, output: Path | None
) -> Standing | None:
    """What a workbook of an answer rests on; null where the answer goes elsewhere."""
    from graph.standing import as_it_is, standing_of
    from viz.cli_desk import words

    if output is None:
        return None
    return standing_of(store, as_it_is(store, *words(*command, columns=columns, output=output)))


def arguments(query: Query, extra: Sequence[str]) -> dict[str, Any]:
    """The parameters among the arguments, each with all values that it was given.

    UsageError: a word that is no `--name value`, or a parameter that the query does not have.
    """
    values: dict[str, Any] = {}
    words = [as_typed(word) for word in extra]
    while words:
        word = words.pop(0)
        if not word.startswith("--") or word == "--":
            raise UsageError(
                f"ask {query.name}", f"“{word}” is no parameter", "give parameters as --name value"
            )
        key, equals, value = word.removeprefix("--").partition("=")
        parameter = query.parameter(key.replace("-", "_"))
        if not equals:
            if not words:
                raise UsageError(
                    f"ask {query.name}", f"{word} lacks a value", "give parameters as --name value"
                )
            value = words.pop(0)
        values.setdefault(parameter.name, []).append(value)
    return values


def _refuse(extra: Sequence[str]) -> None:
    if extra:
        raise UsageError("ask", f"{extra[0]} stands without a question", "name the question first")


def _form(form: FormatName | None, as_json: bool) -> FormatName | None:
    return "json" if as_json else form


def chosen(result: Result, columns: str | None) -> Result:
    """The result with the columns that the user named, in that order; UsageError for an unknown one."""
    from viz.output import Result

    if columns is None:
        return result
    names = [name.strip() for name in columns.split(",") if name.strip()]
    unknown = [name for name in names if name not in result.names]
    if unknown or not names:
        raise UsageError(
            f"--columns {columns}", "no such column", say("error.one-of", names=", ".join(result.names))
        )
    picked = [result.names.index(name) for name in names]
    return Result(
        result.title,
        tuple(names),
        tuple(result.labels[i] for i in picked),
        [tuple(row[i] for i in picked) for row in result.rows],
    )


def _list(as_json: bool) -> None:
    """All questions by group, with their parameters."""
    from queries.catalogue import GROUPS, catalogue, described

    lang = LANGUAGE.get()
    if as_json:
        emit(
            [
                json.dumps([described(query) for query in catalogue().values()], ensure_ascii=False, indent=2)
                + "\n"
            ]
        )
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, title=Text(say("ask.title")), title_justify="left")
    for heading in ("ask.name", "ask.question", "ask.parameters"):
        table.add_column(Text(say(heading)), overflow="fold")
    for group, title in GROUPS.items():
        table.add_row()
        table.add_row(Text(title[lang], style="bold"))
        for query in catalogue().values():
            if query.group == group:
                parameters = " ".join("--" + p.name for p in query.parameters if p.kind != "language")
                table.add_row(Text("  " + query.name), Text(query.title[lang]), Text(parameters, style="dim"))
    note(table)


def _explain(query: Query) -> None:
    """One question: title, summary, parameters and columns."""
    from rich.table import Table
    from rich.text import Text

    lang = LANGUAGE.get()
    note(Text(f"{query.name}  {query.title[lang]}", style="bold"))
    note(Text(query.summary[lang]))
    table = Table(box=None, pad_edge=False)
    for heading in ("ask.parameters", "ask.question", "ask.default"):
        table.add_column(Text(say(heading) if heading != "ask.question" else ""))
    for parameter in query.parameters:
        default = say("ask.every") if parameter.open else parameter.default
        table.add_row(Text("--" + parameter.name), Text(parameter.label[lang]), Text(default))
    if query.parameters:
        note(table)
    note(Text(say("ask.columns", names=", ".join(column.name for column in query.columns))))
