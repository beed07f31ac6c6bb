"""How long SHACL takes on one core: the corpus, its documents repeated until there are 100,000 triples.

`python -m benchmarks.validation [TRIPLES]` prints triples, seconds of the processor, violations and the peak
of memory. The copies are whole documents, so that every shape has as much to do as in the corpus.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.term import Node

from benchmarks.stages import say
from graph import iris
from graph.build import build
from graph.check import data_graph, shape_violations
from graph.store import Store

TRIPLES = 100_000
LIMIT = 30
"""Seconds that 100,000 triples may take."""
COPIED = (
    *("document", "section", "item", "target", "responsibility", "citation", "declaration", "repair"),
    *("conflict", "alignment", "evidence", "text", "file", "value", "status"),
)
"""What belongs to a document, by the beginning of its path."""


def grown(data: Graph, triples: int) -> Graph:
    """The data with copies of all that belongs to a document, until there are so many triples."""
    parts = tuple(iris.BASE + kind + "/" for kind in COPIED)
    copied = [t for t in data if isinstance(t[0], URIRef) and str(t[0]).startswith(parts)]
    number = 0

    def other(node: Node) -> Node:
        return (
            URIRef(f"{node}-copy{number}")
            if isinstance(node, URIRef) and str(node).startswith(parts)
            else node
        )

    while len(data) < triples:
        number += 1
        for s, p, o in copied:
            data.add((other(s), p, other(o)))
    return data


def main() -> int:
    """Print the figures; 1 where 100,000 triples take longer than LIMIT or break a shape."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES
    with tempfile.TemporaryDirectory() as folder:
        build([], Path(folder) / "store")
        data = grown(data_graph(Store.open(Path(folder) / "store")), wanted)
    start = time.process_time()
    violations = sum(1 for _ in shape_violations(data))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        "| triples | processor seconds | violations | peak MiB |",
        "| ---: | ---: | ---: | ---: |",
        f"| {len(data)} | {seconds:.1f} | {violations} | {peak:.0f} |",
    )
    return 0 if violations == 0 and seconds * TRIPLES <= LIMIT * max(len(data), TRIPLES) else 1


if __name__ == "__main__":
    sys.exit(main())
