"""What the commands of the auditor's desk share: options, points in time, names, what an answer rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loaders.errors import UsageError
from viz.cli_common import tell
from viz.messages import say

if TYPE_CHECKING:
    from graph.aims import AsOf
    from graph.standing import Standing
    from graph.store import Store

OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]
DocumentOption = Annotated[str | None, typer.Option("--document", metavar="DOCUMENT")]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="UNIT")]
JsonOption = Annotated[bool, typer.Option("--json")]
TODAY = ("today", "今天")


def point_in_time(text: str | None) -> AsOf | None:
    """The point in time of an option; today only where today is asked for. UsageError for no date."""
    from graph.aims import AsOf

    if text is None:
        return None
    return AsOf.parse(date.today().isoformat() if text.strip() in TODAY else text)


def unit_id(store: Store, name: str) -> str:
    """The record id of the one unit that a name or alias means; UsageError lists several, or near ones."""
    from graph import iris

    found = thing(store, "unit", name)
    for record in store.records():
        if record["type"] == "responsibility" and iris.unit(record["unit"]) == found:
            return str(record["unit"])
    raise UsageError(f"unit {name}", "answers for nothing", "name another unit")


def thing(store: Store, kind: str, name: str) -> str:
    """The IRI of the one thing of a kind that a name means; UsageError lists several, or near ones."""
    from queries.names import find_thing
    from queries.run import free

    return find_thing(lambda text: free(store, text).rows, f"trace {kind}", kind, name)


def ending(output: Path, known: tuple[str, ...]) -> str:
    """The ending of a file's name, one of those known."""
    if output.suffix.lower() not in known:
        raise UsageError(f"-o {output}", "its name does not tell the format", f"end it in {', '.join(known)}")
    return output.suffix.lower()


def words(
    command: str, *arguments: str, as_of: str | None = None, output: Path | None = None, **options: object
) -> list[str]:
    """The words of the command that makes an answer again; of paths only the name."""
    found = [command, *arguments]
    for key, value in options.items():
        if value is not None and not (key == "kind" and value == "supervision"):
            found += [f"--{key}", value.name if isinstance(value, Path) else str(value)]
    if as_of is not None:
        found += ["--as-of", str(point_in_time(as_of))]
    return found if output is None else [*found, "-o", output.name]


def tell_standing(stands: Standing) -> None:
    """Print in one line what an answer rests on and how to make it again."""
    tell(
        say(
            "desk.standing",
            documents=len(stands.documents),
            as_of=stands.as_of,
            content=stands.content[:16],
            command=stands.command,
        )
    )
