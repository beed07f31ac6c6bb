"""Which document of the graph a cited title means. Reads no text, makes no triples."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.curated import CuratedDocument, curated_documents
from loaders.records import AnyRecord, Citation, Document, Reading

DASHES = re.compile(r"[‐‑‒–—―─-]+")
DROPPED = re.compile(r"[\s《》〈〉“”\"'‘’]+")
WRAPPED = re.compile(r"关于印发《(.+)》的通知")


def title_key(title: str) -> str:
    """The title without what copies of it differ in: width, marks, dashes, spaces."""
    return DROPPED.sub("", DASHES.sub("-", unicodedata.normalize("NFKC", title))).casefold()


def curated_document(title: str) -> CuratedDocument | None:
    """The curated document of that title."""
    key = title_key(title)
    return next((c for c in curated_documents() if title_key(c.title) == key), None)


def date_of(document: Document) -> str | None:
    """The date that counts for an upper document: that of the plan it explains, where known, else its own."""
    plan = curated_document(document.interprets) if document.interprets is not None else None
    return plan.date if plan is not None else document.date


def resolve(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with each citation led to the document it means, where exactly one in the graph fits."""
    known = _known(r.document for r in readings)
    return [replace(r, records=tuple(_resolved(x, known) for x in r.records)) for r in readings]


def _known(documents: Iterable[Document]) -> dict[str, set[str]]:
    """Document ids by title key and by number."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.title is not None:
            wrapped = WRAPPED.search(document.title)
            for title in (document.title, *(wrapped.groups() if wrapped else ())):
                known[title_key(title)].add(document.id)
        if document.number is not None:
            known[title_key(document.number)].add(document.id)
    for plan in curated_documents():
        for name in (plan.title, plan.number):
            if name is not None:
                known[title_key(name)].add(plan.id)
    return known


def _resolved(record: AnyRecord, known: dict[str, set[str]]) -> AnyRecord:
    if not isinstance(record, Citation) or record.resolved is not None:
        return record
    for name in (record.number, record.title):
        found = known.get(title_key(name), set()) - {record.document} if name is not None else set()
        if len(found) == 1:
            return replace(record, resolved=next(iter(found)))
    return record
