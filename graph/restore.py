"""The readings and alignments that a store was made of, from its own files. Reads no source document."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final, NamedTuple, cast

from graph.reviews import KEPT, Decision, read_file
from graph.store import Store
from graph.triples import CLASSES
from loaders.errors import StoreError
from loaders.records import Alignment, AnyRecord, Item, Reading, Record

KINDS: tuple[type[Record], ...] = (Item, *CLASSES)
TYPES: Final = {kind.type: kind for kind in KINDS}
"""The class of each record type."""


class Restored(NamedTuple):
    """What a store was made of; `upper` is the document that the others are aligned to."""

    readings: list[Reading]
    alignments: list[Alignment]
    upper: Reading | None
    decisions: list[Decision]


def restore(store: Store) -> Restored:
    """What a store was made of, readings in its order; raises StoreError for a damaged record."""
    records: dict[str, list[AnyRecord]] = {d.id: [] for d in store.manifest.documents}
    alignments: list[Alignment] = []
    for number, values in enumerate(store.records(), 1):
        try:
            record = from_dict(values)
            if isinstance(record, Alignment):
                alignments.append(record)
            else:
                records[record.document].append(record)
        except (KeyError, TypeError) as error:
            place = f"{store.directory.name}/records.jsonl:{number}"
            raise StoreError(place, f"is damaged ({error})", "run `gangmu build` again") from error
    readings = [
        Reading(store.text(d.id), tuple(records[d.id]), d.leftovers) for d in store.manifest.documents
    ]
    upper = next((r for r in readings if r.document.id == store.manifest.upper), None)
    kept = store.directory / KEPT
    return Restored(readings, alignments, upper, read_file(kept) if kept.is_file() else [])


def from_dict(values: dict[str, Any]) -> AnyRecord:
    """The record of a JSON object; raises KeyError or TypeError where it is none."""
    kind: Any = TYPES[values["type"]]
    known = {f.name for f in fields(kind)}
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k in known}
    return cast(AnyRecord, kind(**given))
