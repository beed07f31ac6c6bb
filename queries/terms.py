"""Values as SPARQL terms and back: the only place where a value enters a query. Knows no query."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from graph import nquads
from loaders.errors import StoreError, UsageError

Value: TypeAlias = str | int | float | bool | None
"""What a row holds: an IRI or text as str, a number, a truth value, or None where nothing is bound."""

XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedByte",
        "unsignedShort",
        "unsignedInt",
        "unsignedLong",
    )
)
FRACTIONS = frozenset(XSD + name for name in ("decimal", "double", "float"))

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CODEPOINT = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


class Iri(str):
    """A text that names a node."""

    __slots__ = ()


def is_iri(value: str) -> bool:
    """Whether the text has the form of an absolute IRI, with no character that no IRI may hold."""
    return _SCHEME.match(value) is not None and nquads.AN_IRI.fullmatch(value) is not None


def to_term(what: str, value: str | int | Iri) -> str:
    """The value as one SPARQL term; `what` names the place in errors.

    A backslash followed by `u` is written so that no engine takes it for a code point escape: SPARQL
    1.1 (19.2) has those replaced before the text is parsed, also behind an escaped backslash.
    UsageError: no absolute IRI, or a text that no UTF-8 can hold.
    """
    if isinstance(value, int):
        return nquads.integer(value)
    if isinstance(value, Iri):
        if not is_iri(value):
            raise UsageError(what, f"“{value}” is no IRI", "give one that begins with https://")
        return nquads.iri(value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(what, "the text holds half a character", "give valid Unicode") from None
    return _CODEPOINT.sub(lambda m: f"{m[1]}\\U{ord(m[2]):08X}", nquads.string(value))


def from_term(term: Any) -> Value:
    """The plain value of a term of a result row: `value`, and `datatype` where it is a literal.

    StoreError: a number or truth value whose text is none.
    """
    if term is None:
        return None
    text = str(term.value)
    datatype = getattr(term, "datatype", None)
    kind = None if datatype is None else datatype.value
    try:
        if kind in INTEGERS:
            return int(text)
        if kind in FRACTIONS:
            return float(text)
        if kind == XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[text]
    except (ValueError, KeyError):
        raise StoreError("query result", f"“{text}” is no {kind}", "build the store again") from None
    return text
