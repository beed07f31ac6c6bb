"""Writes escaped N-Quads lines, the one form in which data enters the store. Knows no vocabulary.

Lines are what pyoxigraph itself would write, character for character, so that the sorted lines of a build
equal the sorted export of its store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NewType

from graph.plain import number
from loaders.errors import StoreError
from ontology import vocab

Term = NewType("Term", str)
"""A term as N-Quads writes it: `<iri>` or a quoted literal."""

_PLAIN = r"(?:[!$&'()*+,\-./0-9:;=?@A-Z_a-z~]|%[0-9A-Fa-f]{2})*"
AN_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_PLAIN}(?:#{_PLAIN})?")
"""A URI of RFC 3986 without the brackets of numeric hosts; what is not ASCII must be encoded."""
ESCAPES = {
    **{n: f"\\u{n:04X}" for n in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    **str.maketrans(
        {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    ),
}


def iri(value: str) -> Term:
    """The term of an IRI; raises StoreError where it holds a character that no IRI may hold."""
    if not AN_IRI.fullmatch(value):
        raise StoreError(
            f"IRI {value!r}", "holds a character that must be encoded", "mint it in graph/iris.py"
        )
    return Term(f"<{value}>")


def string(value: str, language: str | None = None) -> Term:
    """The term of a text, with its language where it has one."""
    quoted = f'"{value.translate(ESCAPES)}"'
    return Term(f"{quoted}@{language}" if language else quoted)


def integer(value: int) -> Term:
    """The term of a whole number."""
    return _typed(str(value), vocab.xsd_integer)


def decimal(value: float) -> Term:
    """The term of a number in canonical form: no exponent, no trailing zeros (stores drop them anyway)."""
    return _typed(number(value), vocab.xsd_decimal)


def boolean(value: bool) -> Term:
    """The term of a truth value."""
    return _typed("true" if value else "false", vocab.xsd_boolean)


def date(value: str) -> Term:
    """The term of an ISO date."""
    return _typed(value, vocab.xsd_date)


def _typed(lexical: str, datatype: str) -> Term:
    return Term(f'"{lexical}"^^<{datatype}>')


class QuadSet:
    """A growing set of N-Quads lines; the same quad twice is one line."""

    def __init__(self) -> None:
        """An empty set."""
        self._lines: set[str] = set()

    def graph(self, name: str) -> GraphWriter:
        """A writer into one named graph of this set."""
        return GraphWriter(self._lines, iri(name))

    def lines(self) -> list[str]:
        """Every line, sorted by code point, without line ends."""
        return sorted(self._lines)

    def links(self, predicate: str) -> Iterator[tuple[str, str]]:
        """The subject and value (IRIs) of every quad of one predicate that leads to an IRI, in no order."""
        verb = iri(predicate)
        for line in self._lines:
            subject, found, value, *_ = line.split(" ", 3)
            if found == verb and value.startswith("<"):
                yield subject[1:-1], value[1:-1]

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._lines)


class GraphWriter:
    """Adds quads to one named graph."""

    def __init__(self, lines: set[str], graph: Term) -> None:
        """Writes into `lines`, each ended by the graph's name."""
        self._lines, self._end = lines, f" {graph} ."

    def add(self, subject: str, predicate: str, *values: Term | None) -> None:
        """One quad a value; a value that is None is absent and leaves no quad."""
        start = f"{iri(subject)} {iri(predicate)} "
        self._lines.update(f"{start}{v}{self._end}" for v in values if v is not None)

    def node(self, subject: str, kind: str, facts: Iterable[tuple[str, Term | None]] = ()) -> None:
        """A typed node with its facts."""
        self.add(subject, vocab.rdf_type, iri(kind))
        for predicate, value in facts:
            self.add(subject, predicate, value)


def to_bytes(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines as UTF-8, each ended by a newline."""
    return (line.encode() + b"\n" for line in lines)
