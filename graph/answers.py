"""Results of queries in the standard forms, cut at a number of rows and of bytes. Runs no query.

Solutions and truth values as SPARQL 1.1 results in JSON, XML, CSV and TSV; triples as Turtle, N-Triples,
JSON-LD and RDF/XML. A result that was cut stays well-formed: JSON and XML say so by a `link` in their
head, as the standards provide, and the caller is told which limit cut it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from graph.store import BlankNode, NamedNode, QueryBoolean, QuerySolutions, triples_as
from graph.store import Literal as Text
from loaders.errors import UsageError
from ontology import terms

Kind: TypeAlias = Literal["solutions", "boolean", "triples"]
Cut: TypeAlias = Literal["rows", "bytes"]
Row: TypeAlias = Sequence[Any]

TABLES: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
"""Form of solutions to its media type."""
GRAPHS: Final = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""Form of triples to its media type."""
TRUNCATED: Final = f"{terms.NAMESPACE}truncated"
"""What the head of a result that was cut links to."""
_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Written:
    """A result as bytes: what it is, its form and media type, how many rows, and what cut it, if anything."""

    kind: Kind
    form: str
    media: str
    body: bytes
    rows: int
    cut: Cut | None


def written(result: Any, forms: Sequence[str], rows: int, size: int) -> Written:
    """The result in the first of `forms` that can hold it, of at most `rows` rows and about `size` bytes.

    UsageError: none of the forms can.
    """
    if isinstance(result, QueryBoolean):
        form = _first(forms, ("json", "xml"))
        body = _truth_json(bool(result)) if form == "json" else _truth_xml(bool(result))
        return Written("boolean", form, TABLES[form], body, 1, None)
    if isinstance(result, QuerySolutions):
        form = _first(forms, tuple(TABLES))
        names = [variable.value for variable in result.variables]
        kept, cut = _within((list(row) for row in result), rows, size, _row_size)
        body = _WRITERS[form](names, kept, cut is not None)
        return Written("solutions", form, TABLES[form], body, len(kept), cut)
    form = _first(forms, tuple(GRAPHS))
    triples, cut = _within(result, rows, size, lambda triple: len(str(triple)))
    media = GRAPHS[form].partition(";")[0]
    return Written("triples", form, GRAPHS[form], triples_as(triples, media), len(triples), cut)


def _first(forms: Sequence[str], known: tuple[str, ...]) -> str:
    for form in forms:
        if form in known:
            return form
    raise UsageError("query", "has an answer that none of the formats asked for holds", f"take {known[0]}")


def _within(
    rows: Iterable[Any], limit: int, size: int, measure: Callable[[Any], int]
) -> tuple[list[Any], Cut | None]:
    """The rows up to either limit, and which one left something out."""
    kept: list[Any] = []
    used = 0
    for row in islice(rows, limit + 1):
        used += measure(row)
        if len(kept) == limit:
            return kept, "rows"
        if used > size:
            return kept, "bytes"
        kept.append(row)
    return kept, None


def _row_size(row: Row) -> int:
    return sum(len(str(term)) for term in row if term is not None)


def _truth_json(value: bool) -> bytes:
    return json.dumps({"head": {}, "boolean": value}).encode()


def _truth_xml(value: bool) -> bytes:
    return _xml(["<head/>", f"<boolean>{str(value).lower()}</boolean>"])


def _json(names: Sequence[str], rows: Sequence[Row], cut: bool) -> bytes:
    head: dict[str, Any] = {"vars": list(names)}
    if cut:
        head["link"] = [TRUNCATED]
    bindings = [
        {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
        for row in rows
    ]
    return json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False).encode()


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Text):
        found = {"type": "literal", "value": term.value}
        if term.language is not None:
            found["xml:lang"] = term.language
        elif term.datatype.value != _XSD_STRING:
            found["datatype"] = term.datatype.value
        return found
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _as_xml(names: Sequence[str], rows: Sequence[Row], cut: bool) -> bytes:
    link = [f"<link href={quoteattr(TRUNCATED)}/>"] if cut else []
    head = "".join(["<head>", *(f"<variable name={quoteattr(name)}/>" for name in names), *link, "</head>"])
    return _xml([head, "<results>", *(_xml_row(names, row) for row in rows), "</results>"])


def _xml_row(names: Sequence[str], row: Row) -> str:
    bound = zip(names, row, strict=True)
    cells = (f"<binding name={quoteattr(n)}>{_xml_term(t)}</binding>" for n, t in bound if t is not None)
    return f"<result>{''.join(cells)}</result>"


def _xml_term(term: Any) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Text):
        note = ""
        if term.language is not None:
            note = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != _XSD_STRING:
            note = f" datatype={quoteattr(term.datatype.value)}"
        return f"<literal{note}>{_xml_text(term.value)}</literal>"
    parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
    return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"


def _xml_text(text: str) -> str:
    if _NOT_XML.search(text):
        raise UsageError("query", "has an answer with a character that XML cannot hold", "ask for JSON")
    return escape(text, {"\r": "&#13;"})


def _xml(parts: Iterable[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    return f"{head}{''.join(parts)}</sparql>\n".encode()


def _csv(names: Sequence[str], rows: Sequence[Row], cut: bool) -> bytes:  # noqa: ARG001 - has no place for it
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_csv_term(term) for term in row] for row in rows)
    return buffer.getvalue().encode()


def _csv_term(term: Any) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


def _tsv(names: Sequence[str], rows: Sequence[Row], cut: bool) -> bytes:  # noqa: ARG001 - has no place for it
    lines = ("\t".join(_tsv_term(term) for term in row) for row in rows)
    return "".join(f"{line}\n" for line in _chain("\t".join(f"?{name}" for name in names), lines)).encode()


def _tsv_term(term: Any) -> str:
    """The term as N-Triples writes it, which is Turtle on one line."""
    return "" if term is None else str(term).replace("\t", "\\t")


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


_WRITERS: Final = {"json": _json, "xml": _as_xml, "csv": _csv, "tsv": _tsv}
