"""A second engine beside the store's own, and rows as golden files hold them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.store import Store
from queries.run import Answer, Queryable

GOLDEN = Path(__file__).parents[1] / "golden" / "queries"
RUN = re.compile(r"(?<=/id/run/)[0-9a-f]+")
"""The hash of a run changes with every rule; what the run found is what golden files are for."""


class Reference:
    """rdflib over the union of a store's graphs, its answers read by the same reader as the store's."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Takes N-Quads lines."""
        triples = sorted({line.rsplit(" ", 2)[0] + " ." for line in lines})
        self.graph = Graph().parse(data="\n".join(triples), format="nt")

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean:
        """The answer of rdflib."""
        found = self.graph.query(sparql).serialize(format="json")
        assert found is not None
        return ox.parse_query_results(found, format=ox.QueryResultsFormat.JSON)


class Engine:
    """pyoxigraph in memory over the union of graphs, without the store's own settings."""

    def __init__(self, lines: Sequence[str] = ()) -> None:
        """Takes N-Quads lines, in the order in which they are to be loaded."""
        self.graph = ox.Store()
        self.graph.load("\n".join(lines), format=ox.RdfFormat.N_QUADS)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer of pyoxigraph."""
        return self.graph.query(sparql, use_default_graph_as_union=True)


@pytest.fixture(scope="session")
def lines(store: Store) -> list[str]:
    """The corpus store as N-Quads lines."""
    return store.serialise("nq").decode().splitlines()


@pytest.fixture(scope="session")
def reference(lines: list[str]) -> Reference:
    """The corpus store in rdflib."""
    return Reference(lines)


@pytest.fixture(scope="session")
def shuffled(lines: list[str]) -> Engine:
    """The corpus store loaded in another order: every second line first, and from the back."""
    return Engine([*lines[::-2], *lines[-2::-2]])


def to_csv(answer: Answer) -> str:
    """The answer as a golden file holds it: None is empty, truth values as JSON has them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    words = {None: "", True: "true", False: "false"}
    for row in answer.rows:
        writer.writerow(words[v] if v is None or isinstance(v, bool) else RUN.sub("*", str(v)) for v in row)
    return text.getvalue()


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Callable[[str, Answer], None]:
    """Compares an answer with its golden file; `--update-golden` writes the file instead."""

    def compare(name: str, answer: Answer) -> None:
        path, found = GOLDEN / f"{name}.csv", to_csv(answer)
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8", newline="")
        assert found == path.read_bytes().decode(), f"run pytest --update-golden and read the diff of {path}"

    return compare


@pytest.fixture(scope="session")
def empty() -> list[Queryable]:
    """Both engines without data."""
    return [Engine(), Reference(())]


@pytest.fixture(scope="session")
def engine() -> Callable[[Sequence[str]], Queryable]:
    """Makes a store in memory from N-Quads lines."""
    return Engine
