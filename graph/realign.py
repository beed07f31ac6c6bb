"""Any document of a store as the upper plan of others, as a city above its districts. Reads no sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.aims import AsOf
from graph.align import falls_under
from graph.align_embedding import load
from graph.align_parallel import align_all
from graph.calibrate import fitted
from graph.content import Content, assemble, put
from graph.observe import files_of
from graph.resolve import date_of
from graph.restore import restore
from graph.reviews import folder_beside, read_folder
from graph.store import Store
from graph.switch import growing, switch_in
from loaders.errors import UsageError
from loaders.records import Reading


@dataclass(frozen=True, slots=True)
class Realigned:
    """The content of a graph of one upper document and those below it; `titles` by document id."""

    content: Content
    upper: str
    lower: tuple[str, ...]
    titles: dict[str, str]


def realign(
    store: Store,
    upper: str,
    lower: Sequence[str],
    reviews: Path | None = None,
    embedding: str | None = None,
) -> Realigned:
    """Aligns documents (ids) with one of the same store; without any, all whose place lies in its place.

    Nothing is stored. Decisions are read as a build reads them; `embedding` names a model as in a build.
    Raises UsageError where nothing is below it.
    """
    encoder = None if embedding is None else load(embedding)
    readings = {r.document.id: r for r in restore(store).readings}
    above = readings[upper]
    chosen = [readings[name] for name in dict.fromkeys(lower) if name != upper]
    if not lower:
        chosen = [r for r in readings.values() if r is not above and falls_under(r.document, above.document)]
    if not chosen:
        raise UsageError(f"align --upper {upper}", "has no document below it", "name them by --lower")
    folder = reviews or folder_beside(store.directory)
    date = date_of(above.document)
    records = align_all(chosen, above, upper_date=date, coefficients=fitted(folder), encoder=encoder)
    wanted = {upper, *(r.document.id for r in chosen)}
    kept: list[Reading] = [r for r in readings.values() if r.document.id in wanted]
    when = AsOf.parse(store.manifest.as_of)
    content = assemble(kept, records, above, files_of(store.directory), when, read_folder(folder))
    titles = {r.document.id: r.document.title or r.document.source_file for r in kept}
    return Realigned(content, upper, tuple(r.document.id for r in chosen), titles)


def put_aside(found: Realigned, directory: Path) -> int:
    """Writes the graph into a store of its own and switches it in; returns the number of its statements."""
    with growing(directory) as new:
        manifest = put(found.content, (), new)
        switch_in(directory)
    return manifest.quads
