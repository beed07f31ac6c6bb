"""Facts entered by hand, read from data/curated/plan.csv. Never mixed with what was read from documents.

Makes no triples (triples_curated.py does); each fact keeps the row that it stands in, with source and date.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Final, get_args

from loaders.errors import InputError
from loaders.records import Comparator
from loaders.registry import DATA

TABLE: Final = DATA / "curated" / "plan.csv"
COLUMNS: Final = ("subject", "property", "value", "unit", "year", "source", "source_date", "note")
NUMBER, ISSUER, DATE, TARGET = "发文字号", "发文机关", "成文日期", "目标:"
FIGURE = re.compile(r"(>=|<=|>|<|=|~)(\d+(?:\.\d+)?)")
NOTICE = re.compile(r"(\S+) 通知")
COMPARATORS: Final[dict[str, Comparator]] = {c: c for c in get_args(Comparator)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `number` counts data rows from 1."""

    number: int
    text: str
    source: str
    date: str
    note: str | None


@dataclass(frozen=True, slots=True)
class CuratedTarget:
    """A target known from a curated row; `deadline` is a year."""

    id: str
    indicator: str
    comparator: Comparator
    value: float
    unit: str | None
    deadline: int
    row: Row

    @property
    def figure(self) -> str:
        """The figure as the table has it, with its unit."""
        return f"{self.value:g}{self.unit or ''}"


@dataclass(frozen=True, slots=True)
class CuratedDocument:
    """A document known only from curated rows; `rows` are those about the document itself."""

    id: str
    title: str
    number: str | None
    issuer: str | None
    issuer_basis: str
    date: str
    date_basis: str
    targets: tuple[CuratedTarget, ...]
    rows: tuple[Row, ...]


@cache
def curated_documents() -> tuple[CuratedDocument, ...]:
    """The documents of the table, in its order; raises InputError for a row that cannot be understood."""
    try:
        with TABLE.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(str(TABLE), error.strerror or str(error), "restore the file") from error
    subjects = dict.fromkeys(row["subject"] for row in rows)
    return tuple(_document(s, [(n, r) for n, r in enumerate(rows, 1) if r["subject"] == s]) for s in subjects)


def _document(title: str, rows: list[tuple[int, dict[str, str]]]) -> CuratedDocument:
    document_id = f"curated-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    facts: dict[str, str] = {}
    own: list[Row] = []
    targets: list[CuratedTarget] = []
    for number, values in rows:
        row = _row(number, values)
        if values["property"].startswith(TARGET):
            targets.append(_target(document_id, len(targets) + 1, values, row))
        else:
            facts[values["property"]] = values["value"]
            own.append(row)
    if not own:
        raise InputError(f"{TABLE}: {title}", "has targets but no row about itself", f"add its {NUMBER}")
    notice = NOTICE.match(own[0].source)
    return CuratedDocument(
        id=document_id,
        title=title,
        number=facts.get(NUMBER),
        issuer=facts.get(ISSUER) or (notice[1] if notice else None),
        issuer_basis="stated" if ISSUER in facts else "source",
        date=facts.get(DATE) or own[0].date,
        date_basis="stated" if DATE in facts else "source",
        targets=tuple(targets),
        rows=tuple(own),
    )


def _row(number: int, values: dict[str, str]) -> Row:
    text = ",".join(values[c] for c in COLUMNS)
    return Row(number, text, values["source"], values["source_date"], values["note"] or None)


def _target(document_id: str, number: int, values: dict[str, str], row: Row) -> CuratedTarget:
    match = FIGURE.fullmatch(values["value"])
    if match is None or not values["year"].isdigit():
        raise InputError(f"{TABLE}: row {row.number}", "has no figure or year", "write it as >=66 and 2025")
    return CuratedTarget(
        id=f"{document_id}:target:{number}",
        indicator=values["property"].removeprefix(TARGET),
        comparator=COMPARATORS[match[1]],
        value=float(match[2]),
        unit=values["unit"] or None,
        deadline=int(values["year"]),
        row=row,
    )
