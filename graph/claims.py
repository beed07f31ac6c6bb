"""Finds the claim that a user means: by record id, IRI, the short form in tables, or a unique beginning.

A claim is whatever has a run: records, curated facts, observations, statuses and other derived nodes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from urllib.parse import unquote

from graph import iris
from graph.store import NamedNode, Store
from loaders.errors import StoreError, UsageError
from ontology import vocab

RECORDS: Final = frozenset(
    {
        *("section", "item", "target", "goal", "responsibility", "citation"),
        *("declaration", "repair", "conflict", "field", "alignment"),
    }
)
SHOWN: Final = 8
"""Candidates that a message lists."""
DERIVED: Final = "derived"
"""Stands in the place of a document in the IRI of a conflict across documents."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim by its IRI and its id: the record id, or the short form of the IRI where it is no record."""

    iri: str
    id: str


def find_claim(store: Store, given: str) -> Claim:
    """The one claim that `given` means; raises UsageError with the candidates where it means none or several.

    A beginning without `:` or `/` means documents; what is whole is never taken for a beginning.
    """
    wanted = given.strip()
    for node in _exact(wanted):
        if store.values(node, vocab.prov_wasGeneratedBy):
            return Claim(node, id_of(node))
    claims = {node: id_of(node) for node in _claims(store)}
    begins = [node for node, name in claims.items() if wanted and _begins(wanted, node, name)]
    if len(begins) == 1:
        return Claim(begins[0], claims[begins[0]])
    what = f"claim {given}"
    if begins:
        listed = _listed(claims[node] for node in begins)
        raise UsageError(what, f"{len(begins)} claims begin so", f"give one of {listed}")
    names = sorted(claims.values())
    key = wanted.rpartition(":")[2].rpartition("/")[2]
    near = [n for n in names if key and key in n] or get_close_matches(wanted, names, n=SHOWN, cutoff=0.5)
    if near:
        raise UsageError(what, "is not in the store", f"perhaps one of {_listed(near)}")
    raise UsageError(what, "is not in the store", "`gangmu records` lists the ids of claims")


def id_of(node: str) -> str:
    """The record id of an IRI, or its short form where it is no record."""
    parts = [unquote(part) for part in node.removeprefix(iris.BASE).split("/")]
    if parts[0] == "document" and len(parts) == 2:
        return parts[1]
    if parts[0] in RECORDS and len(parts) == 3 and parts[1] != DERIVED:
        return f"{parts[1]}:{parts[0]}:{parts[2]}"
    return "/".join(parts)


def _exact(wanted: str) -> Iterable[str]:
    """The IRIs that `wanted` may be as a whole."""
    short = unquote(wanted.removeprefix(iris.BASE))
    try:
        if "/" in short:
            yield iris.mint(*short.split("/"))
        elif wanted.count(":") >= 2 or ":" not in wanted:
            yield iris.record(wanted)
    except StoreError:
        return


def _begins(wanted: str, node: str, name: str) -> bool:
    if ":" not in wanted and "/" not in wanted:
        return node.startswith(iris.BASE + "document/") and name.startswith(wanted)
    short = unquote(node.removeprefix(iris.BASE))
    return name.startswith(wanted) or short.startswith(unquote(wanted.removeprefix(iris.BASE)))


def _claims(store: Store) -> list[str]:
    found = {q.subject for q in store.quads(predicate=vocab.prov_wasGeneratedBy)}
    return sorted(node.value for node in found if isinstance(node, NamedNode))


def _listed(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = f" and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
    return ", ".join(ordered[:SHOWN]) + more
