"""How much a query of a stranger may take, and what is refused before any process reads it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.query_shape import UPDATES, decoded, shape
from loaders.errors import LimitError, UsageError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: characters and bracket depth of its text, seconds, bytes of memory beyond
    those of an idle worker, rows and bytes of its answer."""

    length: int = 32_768
    depth: int = 64
    seconds: float = 20.0
    memory: int = 1024 * MEBIBYTE
    rows: int = 10_000
    size: int = 16 * MEBIBYTE


STRANGERS = Limits()
"""For queries that come over HTTP or from an assistant."""
OWN = Limits(
    length=4 * MEBIBYTE, depth=256, seconds=300.0, memory=4096 * MEBIBYTE, rows=5_000_000, size=1 << 30
)
"""For queries that users of the command line write themselves."""


def admit(sparql: str, limits: Limits, *, isolated: bool) -> None:
    """Return where the text may be given to a worker; `isolated`: workers stand in a network of their own.

    UsageError: an update, or SERVICE. LimitError: too long or nested too deeply. Without isolation the
    very letters of SERVICE are refused wherever they stand, as no filter of text can be trusted to find
    each of its spellings.
    """
    if len(sparql) > limits.length:
        raise LimitError(
            "query", f"has {len(sparql)} characters, more than {limits.length}", "ask in smaller steps"
        )
    found = shape(sparql)
    if found.depth > limits.depth:
        raise LimitError(
            "query", f"nests brackets {found.depth} deep, more than {limits.depth}", "flatten it"
        )
    if found.verb in UPDATES:
        raise UsageError("query", "is an update, and the graph is read only", "ask with SELECT or CONSTRUCT")
    if "service" in found.words:
        raise UsageError("query", "asks another endpoint (SERVICE)", "ask this graph alone")
    if not isolated and "service" in decoded(sparql).lower():
        raise UsageError(
            "query",
            "holds the word SERVICE, and this system gives no network namespace to keep it in",
            "leave the word out",
        )
