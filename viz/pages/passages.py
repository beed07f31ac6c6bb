"""The passages that single claims were read from, without reading the records of other documents."""

from __future__ import annotations

from typing import Any

from graph import iris
from graph.store import Store
from viz.pages.model import Evidence
from viz.pages.plan import evidence_of


class Passages:
    """Passages of a store; each document is read once, when the first of its claims is asked for."""

    def __init__(self, store: Store) -> None:
        """`store` is read, never written."""
        self._store = store
        self._ids = {iris.document(document.id): document.id for document in store.manifest.documents}
        self._read: dict[str, tuple[str, str, dict[str, dict[str, Any]]]] = {}

    def of(self, claim: str, document: str) -> Evidence | None:
        """The passage of a claim (IRI) in a document (IRI); null where it was read from none."""
        if document not in self._ids:
            return None
        if document not in self._read:
            self._read[document] = self._document(self._ids[document])
        title, text, records = self._read[document]
        return evidence_of(records[claim], text, title) if claim in records else None

    def _document(self, id_: str) -> tuple[str, str, dict[str, dict[str, Any]]]:
        """A document's title, its text, and its records by their IRIs."""
        title, records = id_, {}
        for record in self._store.records(id_):
            if record["type"] == "document":
                title = str(record["title"] or record["source_file"])
            else:
                records[iris.record(record["id"])] = record
        return title, self._store.text(id_), records
