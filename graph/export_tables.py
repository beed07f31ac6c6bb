"""The graph as CSV tables with a frictionless `datapackage.json`. Their columns stand in table_schema.yaml.

Cells are exact, for programs: an empty one is null, a list is JSON, and a text that begins with `=` stays as
it is. What spreadsheets open without danger is written by `gangmu ask … -o FILE.csv` and `-o FILE.xlsx`.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from graph import iris
from graph.describe import DATA_SET, KEYWORDS
from graph.facts import Facts, first, read_facts
from graph.plain import number
from graph.publication import CREATOR, LICENCE, SUMMARY, TITLE, origins, version
from graph.store import Document, Literal, Store
from graph.table_schema import Table, tables
from loaders.corpus import Source
from ontology import schemes, terms, vocab

Row = Mapping[str, Any]
"""Column to value; a column that is missing is null."""
DESCRIPTOR: Final = "datapackage.json"
RECORDS: Final = {
    "document": "documents",
    "section": "sections",
    "item": "items",
    "target": "targets",
    "goal": "goals",
    "responsibility": "responsibilities",
    "citation": "citations",
    "alignment": "alignments",
    "conflict": "conflicts",
    "repair": "repairs",
    "declaration": "declarations",
    "field": "fields",
}
"""Type of a record to its table."""
CURATED_DOCUMENT: Final = {
    "title": vocab.dcterms_title,
    "number": vocab.eli_id_local,
    "issuer": vocab.eli_responsibility_of,
    "date": vocab.eli_date_document,
}
CURATED_TARGET: Final = {
    "indicator_as_written": terms.indicatorAsWritten,
    "figure": terms.printedFigure,
    "growth": terms.isGrowthRate,
    "per_year": terms.isPerYear,
    "qualitative": terms.isQualitative,
    "deadline_start": terms.deadlineStart,
    "deadline_end": terms.deadlineEnd,
    "rule": terms.rule,
}
"""Columns of what is known from curated facts only: they are in the graph and in no record."""


def data_package(store: Store) -> dict[str, bytes]:
    """The files of the package by name: a CSV file a table, and the descriptor."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for table, row in _rows(store):
        rows[table].append(row)
    files = {table.file: _csv(table, rows[table.name]) for table in tables()}
    descriptor = {
        "profile": "tabular-data-package",
        "name": "gangmu",
        "id": DATA_SET,
        "title": f"{TITLE['zh']} / {TITLE['en']}",
        "description": f"{SUMMARY['zh']}\n\n{SUMMARY['en']}",
        "version": version(store),
        "licenses": [{"name": "MIT", "path": LICENCE, "title": "MIT License"}],
        "contributors": [{"title": CREATOR, "role": "author"}],
        "keywords": [*KEYWORDS["zh"], *KEYWORDS["en"]],
        "sources": [_source(*origin) for origin in origins(store)],
        "resources": [table.descriptor(files[table.file]) for table in tables()],
    }
    return {**files, DESCRIPTOR: (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()}


def _csv(table: Table, rows: list[Row]) -> bytes:
    """The table by RFC 4180, a header of column names, rows by id."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(field.name for field in table.fields)
    for row in sorted(rows, key=lambda r: str(r["id"])):
        writer.writerow(_cell(row.get(field.name)) for field in table.fields)
    return buffer.getvalue().encode()


def _cell(value: Any) -> str:
    """A value as the Table Schema reads it by default; null is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def _source(document: Document, source: Source | None) -> dict[str, str]:
    known = {"licence": source.licence, "provenance": source.provenance} if source else {}
    title = source.title if source else document.file
    return {"title": title, "file": document.file, "sha256": document.sha256, **known}


def _rows(store: Store) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table: the records, and what only the graph knows."""
    for record in store.records():
        row = {**record, "iri": iris.record(record["id"])}
        if record["type"] == "conflict":
            row["first"], row["second"] = record["targets"]
            row["across_documents"] = False
        yield RECORDS[record["type"]], row
    facts, labels = read_facts(store)
    arithmetic = {
        (str(quad.subject), quad.object.language): quad.object.value
        for quad in store.quads(predicate=terms.arithmetic)
        if isinstance(quad.object, Literal)
    }
    for node, own in facts.items():
        kinds = own.get(vocab.rdf_type, [])
        if terms.PolicyDocument in kinds and own[terms.trust][0] == schemes.trust_curated:
            yield "documents", _curated_document(node, facts)
        elif (
            terms.Target in kinds and facts[own[terms.inDocument][0]][terms.trust][0] == schemes.trust_curated
        ):
            yield "targets", _curated_target(node, facts, labels)
        elif terms.Conflict in kinds and own[terms.acrossDocuments] == ["true"]:
            yield "conflicts", _cross_conflict(node, facts)
        elif terms.ResponsibleUnit in kinds or terms.CollectiveUnit in kinds:
            yield "units", _unit(node, facts, labels)
        elif terms.Observation in kinds:
            yield "observations", _observation(node, facts, labels)
        elif terms.TargetStatus in kinds:
            yield "progress", _progress(node, facts, arithmetic)


def _curated_document(node: str, facts: Mapping[str, Facts]) -> Row:
    own = facts[node]
    place = facts.get(first(own, vocab.eli_jurisdiction) or "", {})
    return {
        **_own(own, CURATED_DOCUMENT),
        **_named(node),
        "kind": _notation(own, terms.documentKind, facts),
        "issuer_basis": _notation(own, terms.issuerBasis, facts),
        "date_basis": _notation(own, terms.dateBasis, facts),
        "jurisdiction": first(place, terms.fullName),
        "jurisdiction_code": first(place, terms.divisionCode),
        "code_year": first(place, terms.codeYear),
        "level": _notation(own, terms.governmentLevel, facts),
        "trust": _notation(own, terms.trust, facts),
    }


def _curated_target(node: str, facts: Mapping[str, Facts], labels: Mapping[str, str]) -> Row:
    own = facts[node]
    quantity = facts[own[terms.targetValue][0]]
    unit = first(quantity, vocab.qudt_hasUnit)
    return {
        **_own(own, CURATED_TARGET),
        **_named(node),
        "document": _id(own[terms.inDocument][0]),
        "indicator": labels[own[terms.indicator][0]],
        "comparator": _notation(own, terms.comparator, facts),
        "value": first(quantity, vocab.qudt_numericValue),
        "unit": labels[unit] if unit is not None else None,
        "deadline_basis": _notation(own, terms.deadlineBasis, facts),
    }


def _cross_conflict(node: str, facts: Mapping[str, Facts]) -> Row:
    own = facts[node]
    one, two = own[terms.involves]
    return {
        **_named(node),
        "kind": _notation(own, terms.conflictKind, facts),
        "first": _id(one),
        "second": _id(two),
        "across_documents": True,
        "explanation": first(own, terms.explanation),
        "confidence": first(own, terms.confidence),
        "rule": first(own, terms.rule),
    }


def _unit(node: str, facts: Mapping[str, Facts], labels: Mapping[str, str]) -> Row:
    own = facts[node]
    place = facts.get(first(own, terms.unitJurisdiction) or "", {})
    return {
        **_named(node),
        "name": labels[node],
        "aliases": own.get(vocab.skos_altLabel, []),
        "collective": terms.CollectiveUnit in own[vocab.rdf_type],
        "jurisdiction_code": first(place, terms.divisionCode),
        "name_basis": _notation(own, terms.nameBasis, facts),
    }


def _observation(node: str, facts: Mapping[str, Facts], labels: Mapping[str, str]) -> Row:
    own = facts[node]
    quantity = facts[own[vocab.sosa_hasResult][0]]
    unit = first(quantity, vocab.qudt_hasUnit)
    place = own[vocab.sosa_hasFeatureOfInterest][0]
    row = facts[own[vocab.prov_wasDerivedFrom][0]]
    return {
        **_named(node),
        "indicator": labels[own[vocab.sosa_observedProperty][0]],
        "jurisdiction": labels[place],
        "jurisdiction_code": first(facts[place], terms.divisionCode),
        "year": first(own, terms.observedYear),
        "comparator": _notation(own, terms.comparator, facts),
        "value": first(quantity, vocab.qudt_numericValue),
        "unit": labels[unit] if unit is not None else None,
        "source": first(row, vocab.dcterms_source),
        "source_date": first(row, vocab.dcterms_date),
        "note": first(row, vocab.rdfs_comment),
    }


def _progress(node: str, facts: Mapping[str, Facts], arithmetic: Mapping[tuple[str, str | None], str]) -> Row:
    own = facts[node]
    return {
        **_named(node),
        "target": _id(own[terms.statusOf][0]),
        "status": _notation(own, terms.progressStatus, facts),
        "as_of": first(own, terms.asOf),
        "expected_value": first(own, terms.expectedValue),
        "arithmetic_zh": arithmetic[f"<{node}>", "zh"],
        "arithmetic_en": arithmetic[f"<{node}>", "en"],
    }


def _own(own: Facts, columns: Mapping[str, str]) -> dict[str, Any]:
    return {column: first(own, term) for column, term in columns.items()}


def _named(node: str) -> dict[str, Any]:
    return {"id": _id(node), "iri": node}


def _notation(own: Facts, term: str, facts: Mapping[str, Facts]) -> str | None:
    concept = first(own, term)
    return None if concept is None else first(facts[concept], vocab.skos_notation)


def _id(node: str) -> str:
    """The id that a node's IRI was minted from: of a document, a unit or the like, or any other record."""
    kind, *rest = [unquote(segment) for segment in node.removeprefix(iris.BASE).split("/")]
    if kind == "document":
        return rest[0]
    return ":".join((rest[0], kind, *rest[1:]) if len(rest) > 1 else (kind, rest[0]))
