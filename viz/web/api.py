"""The catalogue for programs: `/api/queries`, each question with its parameters, and OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from loaders.errors import UsageError
from ontology.terms import VERSION
from queries.catalogue import KINDS, Query, catalogue, described
from queries.run import find
from viz import output
from viz.web.source import Source

FORMS: Final = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_TYPES: Final = {kind: {"type": "string"} for kind in KINDS} | {
    "integer": {"type": "integer"},
    "language": {"type": "string", "enum": ["zh", "en"]},
}


def listed() -> list[dict[str, Any]]:
    """Every question with its parameters and columns, as plain data."""
    return [whole(query) for query in catalogue().values()]


def whole(query: Query) -> dict[str, Any]:
    """One question as plain data, with its text."""
    return {**described(query), "sparql": query.text}


def answered(source: Source, name: str, given: Mapping[str, list[str]]) -> tuple[str, bytes]:
    """The media type and bytes of what a question returns; `given` are the parameters as they came.

    UsageError: an unknown question, parameter, format, or a value that is not of its kind.
    """
    query = find(name)
    form = given.get("format", ["json"])[-1]
    if form not in FORMS:
        raise UsageError(f"format {form}", "is not given here", f"use one of {', '.join(FORMS)}")
    params: dict[str, Any] = {}
    for parameter, values in given.items():
        if parameter != "format":
            query.parameter(parameter)
            params[parameter] = [value for value in values if value] or None
    found = source.answer(name, **params)
    rows = output.Result(name, found.columns, found.columns, found.rows)
    text = output.as_csv(rows) if form == "csv" else output.as_json(rows)
    return FORMS[form], text.encode()


def openapi(address: str) -> dict[str, Any]:
    """The OpenAPI 3.1 description of the catalogue at an address."""
    paths: dict[str, Any] = {
        "/api/queries": {
            "get": {
                "operationId": "list",
                "summary": "Every question with its parameters and columns",
                "responses": {"200": {"description": "Questions", "content": {"application/json": {}}}},
            }
        }
    }
    for query in catalogue().values():
        paths[f"/api/queries/{query.name}"] = {"get": _operation(query)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gangmu",
            "version": VERSION,
            "description": "Questions on plans of Chinese governments; each row names its evidence.",
        },
        "servers": [{"url": address}],
        "paths": paths,
    }


def _operation(query: Query) -> dict[str, Any]:
    row = {"type": "object", "properties": {c.name: {"description": c.label["en"]} for c in query.columns}}
    wrong = {"description": "What is wrong, and what to do, in one line", "content": {"text/plain": {}}}
    return {
        "operationId": query.name,
        "tags": [query.group],
        "summary": query.title["en"],
        "description": f"{query.summary['en']} {query.title['zh']}：{query.summary['zh']}",
        "parameters": [
            {
                "name": p.name,
                "in": "query",
                "description": f"{p.label['en']} ({p.label['zh']})",
                "schema": {"type": "array", "items": _TYPES[p.kind]},
            }
            for p in query.parameters
        ]
        + [{"name": "format", "in": "query", "schema": {"type": "string", "enum": list(FORMS)}}],
        "responses": {
            "200": {
                "description": "Rows",
                "content": {
                    "application/json": {"schema": {"type": "array", "items": row}},
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            "400": wrong,
            "429": wrong,
            "503": wrong,
        },
    }


def as_json(value: Any) -> bytes:
    """Plain data as indented JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
