"""One file becomes one Reading: the order in which the readers work. No rule of reading lives here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loaders import records as rec
from loaders.citations import find_citations
from loaders.claims import Assembly
from loaders.conflicts import find_conflicts
from loaders.damage import Damage
from loaders.declarations import find_declarations
from loaders.formats.source import read_source
from loaders.found import Found
from loaders.goals import find_goals
from loaders.items import find_items
from loaders.layout import Layout, find_layout
from loaders.leftovers import find_leftovers
from loaders.metadata import read_metadata
from loaders.outline import parse_outline
from loaders.quantities import Years
from loaders.repair import find_damage
from loaders.responsibilities import find_mentions
from loaders.script import traditional
from loaders.tables import Cell, find_tables, table_targets
from loaders.targets import find_targets, in_scope, year_of
from loaders.task_tables import Row, mentions_of, nodes_of, row_targets, task_rows
from loaders.trust import judge
from loaders.view import View


def read_document(path: Path) -> rec.Reading:
    """Everything that a file says, as records with evidence: a pure function of its bytes and name.

    Raises InputError, naming the file, where it cannot be read as text.
    """
    source = read_source(path)
    return replace(read_text(source.text, source.name, source.sha256), notes=source.notes)


@dataclass(frozen=True, slots=True)
class Page:
    """A text made ready for reading: its view, the damage found, its parts, the forms it is written in."""

    view: View
    damage: list[Damage]
    layout: Layout
    forms: dict[int, str]


def prepare(text: str) -> Page:
    """The view of a text under its decided repairs, and where titles and body stand in it."""
    forms = traditional(text)
    damage = find_damage(text, forms)
    view = View(text, [d.edit() for d in damage if d.decided], forms)
    return Page(view, damage, find_layout(view), forms)


def read_text(text: str, name: str, sha256: str) -> rec.Reading:
    """As `read_document`, from a decoded text; `name` is the name of its file."""
    page = prepare(text)
    view, damage, layout = page.view, page.damage, page.layout
    meta = read_metadata(view, layout)
    nodes = parse_outline(view.text, layout.body, bool(damage))
    items = find_items(view, nodes, meta.kind == "解读")
    rows = task_rows(list(find_tables(view.text, *layout.body)))
    places, row_items = nodes_of(rows, nodes)
    lost = sum(node.lost_stop for node in nodes)
    trust = judge(meta, damage, lost_stops=lost, traditional=bool(page.forms))
    out = Assembly(text, view, name, sha256, meta, trust)

    out.sections([*layout.titles, *layout.annexes], places)
    out.items([*items, *row_items])
    for span, titles in out.stretches(layout.body):
        if in_scope(titles):
            out.targets(read_targets(view.text, *span, rows, year_of(titles)))
            out.goals(find_goals(view.text, *span))
    mentions = [*find_mentions(view.text, *layout.body), *mentions_of(view.text, rows)]
    out.responsibilities(sorted(mentions, key=lambda m: (m.start, m.end)))
    begin = layout.titles[0][0] if layout.titles else layout.body[0]
    out.citations(find_citations(view.text, (begin, layout.body[1]), meta.title, meta.interprets))
    out.declarations(find_declarations(view.text, layout.body, items, out.listed()))
    out.repairs(damage)
    out.conflicts(find_conflicts(out.of(rec.Target)))
    records = out.finish()
    return rec.Reading(text, records, tuple(find_leftovers(view, layout.body, records)))


def read_targets(
    text: str, start: int, end: int, rows: Sequence[Row] = (), head: Years | None = None
) -> Iterator[Found]:
    """The targets of a stretch: of its tables of indicators and of tasks, and of the running text between.

    `head` is the year that the heading above it names.
    """
    at = start
    for table in find_tables(text, start, end):
        first, last = table[0][0].start, table[-1][-1].end
        yield from find_targets(text, at, first, head)
        inside = [row for row in rows if first <= row.task.start < last]
        found = list(table_targets(table)) or [f for row in inside for f in row_targets(text, row)]
        yield from found if found or inside else cell_targets(text, table)
        at = last
    yield from find_targets(text, at, end, head)


def cell_targets(text: str, table: list[list[Cell]]) -> Iterator[Found]:
    """The targets of a table of neither indicators nor tasks: each cell is read as running text."""
    for row in table[1:]:
        for cell in row:
            yield from find_targets(text, cell.start, cell.end)


def read_all(paths: Iterable[Path]) -> Sequence[rec.Reading]:
    """The readings of several files, in their order."""
    return [read_document(path) for path in paths]
