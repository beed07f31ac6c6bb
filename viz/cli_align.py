"""The command `align`: any document above others. What corresponds is found in graph/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viz.cli_common import DEFAULT_STORE, StoreOption, find_document, note, tell
from viz.cli_review import EmbeddingOption, ReviewsOption
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from rich.table import Table

    from graph.realign import Realigned
    from loaders.records import Alignment, Item

RELATIONS = {"implements": "align.implements", "relates_to": "align.relates"}
STATUSES = {"proposed": "align.proposed", "accepted": "align.accepted", "rejected": "align.rejected"}


def align(
    upper: Annotated[str, typer.Option("--upper", metavar="DOCUMENT")],
    lower: Annotated[list[str] | None, typer.Option("--lower", metavar="DOCUMENT")] = None,
    into: Annotated[Path | None, typer.Option("--into", metavar="DIR")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    reviews: ReviewsOption = None,
    embedding: EmbeddingOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print how documents answer to another one, or keep that as a graph of its own."""
    from graph.realign import put_aside, realign
    from graph.store import Store

    opened = Store.open(store)
    chosen = [find_document(opened, name) for name in lower or ()]
    found = realign(opened, find_document(opened, upper), chosen, reviews, embedding)
    if output is not None:
        _write(found, output)
    else:
        _print(found)
    if into is None:
        tell(say("align.not-stored"))
    else:
        tell(say("align.stored", store=into, n=put_aside(found, into)))


def _rows(found: Realigned) -> list[tuple[str, str, str, str, str, str]]:
    """Document, item, upper item, relation, confidence and status of each first choice or abstention."""
    from loaders.records import Item

    items = {item.id: item for r in found.content.readings for item in r.of(Item)}
    shown = [a for a in found.content.alignments if a.rank in (None, 1)]
    return [_row(found, a, items) for a in shown]


def _row(
    found: Realigned, alignment: Alignment, items: dict[str, Item]
) -> tuple[str, str, str, str, str, str]:
    item, above = items[alignment.subject], items.get(alignment.object or "")
    return (
        found.titles[alignment.document],
        f"{item.path} {item.title}",
        f"{above.path} {above.title}" if above is not None else say("align.none"),
        say(RELATIONS[alignment.relation]) if alignment.relation is not None else "",
        f"{alignment.confidence:.2f}" if above is not None else "",
        say(STATUSES[alignment.status]),
    )


HEADS = ("align.item", "align.upper", "align.relation", "align.confidence", "align.status")


def _write(found: Realigned, path: Path) -> None:
    """The items as a table in a file, in the form that its name says."""
    from viz.cli_common import show
    from viz.output import Result

    names = ("document", "item", "upper_item", "relation", "confidence", "status")
    heads = (say("align.document"), *(say(head) for head in HEADS))
    show(Result(say("align.items"), names, heads, _rows(found)), None, path)


def _print(found: Realigned) -> None:
    from rich.text import Text

    english = LANGUAGE.get() == "en"
    note(Text(say("align.title", title=found.titles[found.upper])))
    whole = _table(say("align.documents"), ("align.document", "align.relation", "align.reasons"))
    for document in found.content.derived.documents:
        cells = (found.titles[document.lower], say(RELATIONS[document.relation]), "；".join(document.reasons))
        whole.add_row(*map(Text, cells))
    note(whole)
    rows = _rows(found)
    for title in dict.fromkeys(row[0] for row in rows):
        table = _table(title, HEADS)
        for row in rows:
            if row[0] == title:
                table.add_row(*map(Text, row[1:]))
        note(table)
    compared = found.content.derived.refinements
    inside = {r.document.id for r in found.content.readings}
    targets = _table(say("align.targets"), ("align.arithmetic",))
    for refined in compared:
        if refined.lower.split(":")[0] in inside:
            targets.add_row(Text(refined.arithmetic_en if english else refined.arithmetic_zh))
    note(targets if targets.row_count else Text(say("align.no-targets")))


def _table(title: str, heads: tuple[str, ...]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=Text(title), title_justify="left", pad_edge=False)
    for head in heads:
        table.add_column(Text(say(head)), overflow="fold")
    return table
