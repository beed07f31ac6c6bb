"""Addresses of pages: from the IRI of a thing to the page that shows it. The only place that makes them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container

from graph import iris
from queries.names import short_id
from queries.run import Row

_SAFE = re.compile(r"[A-Za-z0-9._-]+")


def key(iri: str) -> str:
    """The name of a thing in addresses and file names: the end of its IRI, a hash where that is no ASCII."""
    tail = iri.removeprefix(iris.BASE).partition("/")[2].replace("/", "_")
    return tail if _SAFE.fullmatch(tail) else hashlib.sha256(iri.encode()).hexdigest()[:16]


def document_page(document: str, start: object = None) -> str:
    """The page of a document (IRI), at a character where one is given."""
    place = f"#at-{start}" if isinstance(start, int) else ""
    return f"document/{key(document)}.html{place}"


def tree_page(document: str) -> str:
    """The page of a document (IRI) as a tree."""
    return f"tree/{key(document)}.html"


def picture_page(document: str) -> str:
    """The picture of a document (IRI)."""
    return f"picture/{key(document)}.html"


def unit_page(unit: str) -> str:
    """The page of a unit (IRI)."""
    return f"unit/{key(unit)}.html"


def task_page(item: str, jurisdiction: str | None = None, above: str = "") -> str:
    """The page of an item of the upper plan (IRI), at a jurisdiction (IRI) where one is given.

    `above`, digits of a code, says which of its pages, where places stand on several.
    """
    page = f"task/{key(item)}" + (f"/{above}" if above else "")
    return f"{page}.html" + (f"#place-{key(jurisdiction)}" if jurisdiction else "")


_UNITS = {"unit_name": "unit", "first_name": "first", "second_name": "second"}
_DOCUMENTS = {"document_title": "document", "title": "document", "resolved_title": "cited"}
_ITEMS = {"upper_title": "upper_item"}
_QUOTES = {"quote": ("document", "start"), "other_quote": ("other_document", "other_start")}


def link(column: str, row: Row, documents: Container[str], tasks: Container[str]) -> str | None:
    """The page that a cell leads to, null for none; `documents` and `tasks` are the IRIs with pages."""
    if column in _UNITS and row.get(_UNITS[column]):
        return unit_page(str(row[_UNITS[column]]))
    if column in _DOCUMENTS and row.get(_DOCUMENTS[column]) in documents:
        return document_page(str(row[_DOCUMENTS[column]]))
    if column in _ITEMS and row.get(_ITEMS[column]) in tasks:
        return task_page(str(row[_ITEMS[column]]))
    if column in _QUOTES:
        document, start = (row.get(name) for name in _QUOTES[column])
        if document in documents:
            return document_page(str(document), start)
    if column in ("item_title", "lower_title") and row.get("document") in documents:
        return document_page(str(row["document"]), row.get("start"))
    return None


def readable(iri: str) -> str:
    """An IRI as people read it."""
    return short_id(iri)
