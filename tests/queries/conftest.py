"""A second engine beside the store's own, rows as golden files hold them, and cases that the corpus lacks.

`cases/` holds two editions of a plan that state baselines and are aligned with the provincial plan, what two
reviewers decided about one of them, and values reported of its targets: none of the shipped documents has
those. The queries of ON_CASES are asked of a store of them, all others of the corpus.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.build import build
from graph.observe import observe
from graph.store import Store
from loaders.corpus import CORPUS
from queries.run import Answer, Queryable

GOLDEN = Path(__file__).parents[1] / "golden" / "queries"
CASES = Path(__file__).parent / "cases"
ON_CASES = frozenset(
    {"decisions", "document-relations", "document-versions", "target-baselines", "target-basis"}
)
RUN = re.compile(r"(?<=/id/run/)[0-9a-f]+")
"""The hash of a run changes with every rule; what the run found is what golden files are for."""
RULES = "rules_sha256"
"""The column whose value changes with every rule."""


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


@dataclass(frozen=True, slots=True)
class Home:
    """Where a query is asked: a store, the same in rdflib, and the same loaded in another order."""

    store: Store
    reference: Reference
    shuffled: Engine


@pytest.fixture(scope="session")
def home(
    store: Store, reference: Reference, shuffled: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Home]:
    """The home of a query by its name: the corpus, or the cases."""
    directory = tmp_path_factory.mktemp("cases") / "store"
    plans = [CASES / "2023.txt", CASES / "2024.txt", CORPUS / "000_5b418620c0e82b13.txt"]
    build(plans, directory, reviews=CASES / "reviews")
    observe(CASES / "observations.csv", directory)
    cases = Store.open(directory)
    lines = cases.serialise("nq").decode().splitlines()
    homes = (
        Home(store, reference, shuffled),
        Home(cases, Reference(lines), Engine([*lines[::-2], *lines[-2::-2]])),
    )
    return lambda name: homes[name in ON_CASES]


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
        writer.writerow(
            words[v] if v is None or isinstance(v, bool) else "*" if c == RULES else RUN.sub("*", str(v))
            for c, v in zip(answer.columns, row, strict=True)
        )
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
