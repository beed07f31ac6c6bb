"""What the commands share: where the graph is, how documents are named, how answers are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

import typer

from loaders.errors import UsageError
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from rich.console import Console

    from graph.standing import Standing
    from graph.store import Store
    from viz.output import Result

DEFAULT_STORE = Path("store")
StoreOption: TypeAlias = Annotated[Path, typer.Option("--store", envvar="GANGMU_STORE", metavar="DIR")]
AsOfOption: TypeAlias = Annotated[str | None, typer.Option("--as-of", metavar="YEAR|DATE")]
ExpectOption: TypeAlias = Annotated[str | None, typer.Option("--expect", metavar="HASH")]
FormatName: TypeAlias = Literal["table", "csv", "json", "md", "xlsx"]
SUFFIXES: dict[str, FormatName] = {".csv": "csv", ".json": "json", ".md": "md", ".xlsx": "xlsx"}
STATES: Final = {
    "met": "state.met",
    "on_track": "state.on-track",
    "behind": "state.behind",
    "missed": "state.missed",
    "not_yet_due": "state.not-yet-due",
    "no_data": "state.no-data",
}
"""The states of a target and the keys of their words."""
PIPE_WIDTH = 120
"""Width of a table that goes to a pipe or file."""


def emit(parts: Iterable[str]) -> None:
    """Print text for programs: UTF-8 on every machine, byte for byte."""
    sys.stdout.flush()
    for part in parts:
        sys.stdout.buffer.write(part.encode())
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """Print a line for people, on standard error; what failed is said in the language in use."""
    from viz.errors import listed

    print(listed(text), file=sys.stderr)


def console(stream: Any = None) -> Console:
    """A rich console on standard output; as wide as the terminal, or PIPE_WIDTH where there is none."""
    from rich.console import Console

    file = stream or sys.stdout
    width = None if file.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False)


def note(renderable: Any) -> None:
    """Print a table or text for people, on standard output; lines that go to a pipe end without blanks."""
    printer = console()
    if printer.is_terminal:
        printer.print(renderable)
        return
    with printer.capture() as captured:
        printer.print(renderable)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def as_typed(argument: str) -> str:
    """An argument as the user typed it, also where the locale could not read it: as UTF-8."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def show(
    result: Result, form: FormatName | None, output: Path | None, stands: Standing | None = None
) -> None:
    """Print the result, or write it to a file, in the form asked for or that the file's name says.

    A workbook has a sheet that says what the result rests on, where that is given.
    """
    from viz import output as forms
    from viz.standing_words import standing_notes

    if output is not None and str(output) != "-":
        form = form or SUFFIXES.get(output.suffix.lower())
        if form is None:
            known = ", ".join(SUFFIXES)
            raise UsageError(
                f"-o {output}", "its name does not tell the format", f"end it in {known}, or give --format"
            )
        forms.write(result, form, output, None if stands is None else standing_notes(stands, LANGUAGE.get()))
        tell(say("written", path=output))
    elif form == "xlsx":
        raise UsageError("--format xlsx", "a workbook needs a file", "give -o FILE.xlsx")
    elif form == "csv":
        emit([forms.as_csv(result)])
    elif form == "json":
        emit([forms.as_json(result)])
    elif form == "md":
        emit([forms.as_markdown(result)])
    else:
        readable, hidden = forms.readable(result, console().width)
        note(forms.as_table(readable, yes=say("yes"), no=say("no")))
        tell(say("ask.rows", n=len(result.rows)) if result.rows else say("ask.empty"))
        if hidden:
            tell(say("ask.hidden", names=", ".join(hidden)))


def find_document(store: Store, name: str) -> str:
    """The id of the document that `name` means: its id, its file, or a part of its title or place.

    UsageError where it means none or several; the message lists them.
    """
    name = as_typed(name)
    documents = [record for record in store.records() if record["type"] == "document"]
    listed = ", ".join(f"{d['id']} ({d['jurisdiction'] or d['source_file']})" for d in documents)
    exact = [d["id"] for d in documents if name in (d["id"], d["source_file"])]
    parts = [
        d["id"]
        for d in documents
        if any(name in str(d[field] or "") for field in ("id", "title", "jurisdiction", "source_file"))
    ]
    found = exact or parts
    if not name or not found:
        raise UsageError("gangmu", say("error.no-document", name=name), say("error.documents", names=listed))
    if len(found) > 1:
        raise UsageError(
            "gangmu", say("error.several-documents", name=name), say("error.documents", names=listed)
        )
    return str(found[0])
