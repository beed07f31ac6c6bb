"""纲目 Gangmu: plans of Chinese governments as a graph in which every statement has its evidence.

    >>> import gangmu
    >>> report = gangmu.build(store="store")      # the five documents that come with Gangmu
    >>> [len(report.documents), len(report.failures)]
    [5, 0]
    >>> store = gangmu.open_store("store")
    >>> store.ask("coverage-summary").shape
    (4, 7)

The command `gangmu` does the same from a shell. Everything that can go wrong is a `GangmuError` whose
message names the thing, the problem and the remedy.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loaders.errors import CheckFailed, GangmuError, InputError, LimitError, StoreError, UsageError
from ontology.terms import VERSION

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from graph.build import BuildReport
    from graph.check import CheckReport
    from graph.store import Store
    from loaders.records import Reading
    from queries.guard.lane import Lane

__all__ = [
    "CheckFailed",
    "GangmuError",
    "Graph",
    "InputError",
    "LimitError",
    "StoreError",
    "UsageError",
    "__version__",
    "build",
    "main",
    "open_store",
    "queries",
    "read",
]


__version__: Final = VERSION


class Graph:
    """A store that was built, opened for reading; get one from `open_store`."""

    def __init__(self, store: Store) -> None:
        """Used by `open_store`."""
        self._store = store
        self._lane: Lane | None = None

    @property
    def documents(self) -> dict[str, str]:
        """The file name of each document, by its id.

        >>> sorted(open_store("store").documents.values())[0]
        '000_5b418620c0e82b13.txt'
        """
        return {document.id: document.file for document in self._store.manifest.documents}

    def records(self, type: str | None = None) -> Iterator[dict[str, Any]]:  # noqa: A002 - the records' own field
        """Every record that was read, in document order, or those of one `type` (`document`, `item` …).

        >>> store = open_store("store")
        >>> [action["title"] for action in store.records("item") if action["kind"] == "action"][0]
        '区域创新协同力升级行动'
        """
        return (record for record in self._store.records() if type in (None, record["type"]))

    def text(self, document: str) -> str:
        """The source text of a document, by its id; `start` and `end` of records count its characters.

        >>> store = open_store("store")
        >>> target = next(store.records("target"))
        >>> store.text(target["document"])[target["start"]:target["end"]] == target["quote"]
        True
        """
        return self._store.text(document)

    def ask(self, name: str, **parameters: Any) -> pd.DataFrame:
        """What a question of the catalogue returns: a row an answer, columns as `queries()` declares them.

        Documents, jurisdictions, units, items and indicators go by their names, a list means any of them.
        UsageError: an unknown question or parameter, or a name that means nothing or several things.

        >>> open_store("store").ask("uncovered-tasks", jurisdiction="西湖区").columns.tolist()[:3]
        ['jurisdiction_name', 'upper_path', 'upper_title']
        """
        from queries.run import ask

        return ask(self._store, name, **parameters)

    def query(self, sparql: str, *, timeout: float = 300.0) -> pd.DataFrame:
        """What a SPARQL query of your own returns over all graphs; the usual prefixes are known.

        It runs in a process of its own, without network, that ends after `timeout` seconds or with 4 GiB of
        memory, so that no query takes your session with it. UsageError: no valid SPARQL, an update, or
        SERVICE. LimitError: it takes too long or too much, or has more than 5,000,000 rows or 1 GiB.

        >>> open_store("store").query("SELECT (COUNT(?a) AS ?n) { ?a a gm:Action }").n.tolist()
        [6]
        """
        found, cut = self._worker().rows(sparql, timeout)
        if cut:
            problem = f"has an answer of more than {len(found.rows)} rows"
            raise LimitError("query", problem, "ask for less, or in parts with LIMIT and OFFSET")
        return found.frame()

    def _worker(self) -> Lane:
        """The lane of the user's own queries, started with the first of them and ended with this graph."""
        from queries.guard.lane import Lane
        from queries.guard.limits import OWN

        if self._lane is None:
            self._lane = Lane(self._store.directory, OWN, workers=1, spare=0, nice=0)
            weakref.finalize(self, self._lane.close)
        return self._lane

    def network(self) -> nx.MultiDiGraph[str]:
        """The graph of documents, items, targets, units, indicators and places, to calculate with.

        >>> network = open_store("store").network()
        >>> sorted({kind for _, kind in network.nodes(data="kind")})[:3]
        ['action', 'collective', 'document']
        """
        from graph.network import network

        return network(self._store)

    def check(self) -> CheckReport:
        """What breaks the graph's own shapes (`violations`) and what people should look at (`findings`).

        >>> open_store("store").check().violations
        ()
        """
        from graph.check import check

        return check(self._store)


def open_store(path: str | Path = "store") -> Graph:
    """The graph in a folder that `build` made; StoreError where there is none that can be read.

    >>> open_store("nowhere")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    gangmu.StoreError: nowhere: holds no store; run `gangmu build`, or name the store's directory
    """
    from graph.store import Store

    return Graph(Store.open(path))


def build(
    paths: Iterable[str | Path] | None = None,
    store: str | Path = "store",
    workers: int = 1,
    embedding: str | None = None,
) -> BuildReport:
    """Build a graph from files and folders (none: the documents that come with Gangmu) in the folder `store`.

    The old graph is replaced when the new one is whole. What cannot be read is in `failures`, the rest is
    built. Many files are read by so many `workers` (processes: a script that asks for more than one keeps
    what it does under `if __name__ == "__main__":`). `embedding` names a sentence-embedding model of your own
    (extra `embedding`) as one more signal of the alignment. InputError: nothing could be read. StoreError:
    the folder holds something else.
    """
    from graph.build import build

    return build([Path(path) for path in paths or []], Path(store), workers=workers, embedding=embedding)


def read(path: str | Path) -> Reading:
    """Everything that can be read from one document, its text and its records; a pure function of the file.

    InputError: the file is missing, unreadable or holds no text.

    >>> from pathlib import Path
    >>> text = "关于推进创新的方案\\n一、目标\\n到2025年,企业达到30家。"
    >>> _ = Path("plan.txt").write_text(text, encoding="utf-8")
    >>> [(r.type, r.quote) for r in read("plan.txt").records if r.type == "target"]
    [('target', '企业达到30家')]
    """
    from loaders.read import read_document

    return read_document(Path(path))


def queries() -> pd.DataFrame:
    """The catalogue of questions: name, title and summary in both languages, group, parameters, columns.

    >>> queries().set_index("name").loc["unit-targets", "parameters"]
    ['unit', 'document', 'lang']
    """
    import pandas as pd

    from queries.catalogue import catalogue

    return pd.DataFrame(
        {
            "name": query.name,
            "title_zh": query.title["zh"],
            "title_en": query.title["en"],
            "summary_zh": query.summary["zh"],
            "summary_en": query.summary["en"],
            "group": query.group,
            "parameters": [parameter.name for parameter in query.parameters],
            "columns": [column.name for column in query.columns],
        }
        for query in catalogue().values()
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command `gangmu` with these arguments (none: those of the process); returns its exit code."""
    from viz.cli import main as run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
