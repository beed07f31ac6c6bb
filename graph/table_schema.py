"""The columns of the CSV tables, read from table_schema.yaml, and what a data package says of them. No rows.

The descriptors follow the Tabular Data Resource and the Table Schema of frictionless, version 1; `labels` and
the property of the ontology (`rdfType`) go beyond the names that they know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from ontology import schemes, vocab

TABLES: Final = Path(__file__).parent / "table_schema.yaml"
REFERS: Final = "-> "
ID: Final = "id"


@dataclass(frozen=True, slots=True)
class Field:
    """A column; `refers` names the table whose id it holds, `values` are all that it may hold if not any."""

    name: str
    type: str
    zh: str
    en: str
    required: bool
    refers: str | None
    values: tuple[str, ...]
    term: str | None

    def descriptor(self) -> dict[str, Any]:
        """What the Table Schema says of the column."""
        constraints: dict[str, Any] = {"unique": True} if self.name == ID else {}
        if self.required:
            constraints["required"] = True
        if self.values:
            constraints["enum"] = list(self.values)
        said: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "title": f"{self.zh} / {self.en}",
            "labels": {"zh": self.zh, "en": self.en},
        }
        if self.term is not None:
            prefix, _, local = self.term.partition(":")
            said["rdfType"] = vocab.PREFIXES[prefix] + local
        return {**said, "constraints": constraints} if constraints else said


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its columns, the first of which, `id`, is its key."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    def descriptor(self, content: bytes) -> dict[str, Any]:
        """What the data package says of the table, with the size and checksum of its file."""
        keys = [
            # a table that refers to itself is named by the empty string
            {"fields": [f.name], "reference": {"resource": _other(f.refers, self.name), "fields": [ID]}}
            for f in self.fields
            if f.refers is not None
        ]
        schema: dict[str, Any] = {
            "fields": [field.descriptor() for field in self.fields],
            "missingValues": [""],
            "primaryKey": [ID],
        }
        return {
            "profile": "tabular-data-resource",
            "name": self.name,
            "path": self.file,
            "title": f"{self.zh} / {self.en}",
            "labels": {"zh": self.zh, "en": self.en},
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "schema": {**schema, "foreignKeys": keys} if keys else schema,
        }


def _other(refers: str, own: str) -> str:
    return "" if refers == own else refers


@cache
def tables() -> tuple[Table, ...]:
    """The tables of table_schema.yaml, in its order."""
    listed = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    return tuple(
        Table(name, said["zh"], said["en"], tuple(_field(*column) for column in said["fields"].items()))
        for name, said in listed.items()
    )


def _field(name: str, listed: Sequence[str]) -> Field:
    kind, zh, en, *more = listed
    refers = next((m.removeprefix(REFERS) for m in more if m.startswith(REFERS)), None)
    values = next(
        (tuple(schemes.NOTATIONS[getattr(schemes, m)]) for m in more if m.startswith("scheme_")), ()
    )
    term = next((m for m in more if ":" in m), None)
    return Field(name, kind, zh, en, name == ID or "required" in more, refers, values, term)
