"""Terms for the values of records, and the small nodes that several kinds of thing share. Knows no record."""

from __future__ import annotations

from collections.abc import Iterable

from graph import iris
from graph.nquads import GraphWriter, Term, decimal, integer, iri, string
from graph.registries import measure_unit_iri
from ontology import schemes, vocab

Facts = Iterable[tuple[str, Term | None]]
"""Properties of a node and their values; where a value is null there is no quad."""


def concept(scheme: str, value: str | None) -> Term | None:
    """The concept that stands for a record's value."""
    return None if value is None else iri(schemes.NOTATIONS[scheme][value])


def text_or_none(value: str | None) -> Term | None:
    """A text, absent where it is null."""
    return None if value is None else string(value)


def number_or_none(value: int | None) -> Term | None:
    """A whole number, absent where it is null."""
    return None if value is None else integer(value)


def record_or_none(record_id: str | None) -> Term | None:
    """The node of a record id, absent where it is null."""
    return None if record_id is None else iri(iris.record(record_id))


def checksum_quads(graph: GraphWriter, of: str, sha256: str) -> None:
    """The SHA-256 checksum (hex) of a text, file or rule set."""
    node = iris.checksum(of)
    graph.add(of, vocab.spdx_checksum, iri(node))
    facts: Facts = (
        (vocab.spdx_algorithm, iri(vocab.spdx_checksumAlgorithm_sha256)),
        (vocab.spdx_checksumValue, string(sha256)),
    )
    graph.node(node, vocab.spdx_Checksum, facts)


def quantity(graph: GraphWriter, node: str, value: float, unit: str | None) -> None:
    """A quantity node: the number and its unit as written."""
    facts: list[tuple[str, Term | None]] = [(vocab.qudt_numericValue, decimal(value))]
    if unit is not None:
        facts.append((vocab.qudt_hasUnit, iri(measure_unit_iri(unit))))
    graph.node(node, vocab.qudt_QuantityValue, facts)
