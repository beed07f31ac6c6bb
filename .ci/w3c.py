"""W3C's SPARQL tests through the endpoint's own code: what passes, held against a pinned list of failures.

Protocol tests are sent to the application over HTTP (its update tests are out of scope: the endpoint has no
update). Query tests are admitted, run and written as the endpoint does, the data of each test as the graphs
that the request names. Solutions are compared as multisets in which blank nodes are alike, graphs up to
their blank nodes. Usage: w3c.py SHARED/w3c STORE
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
from starlette.testclient import TestClient

from graph.store import Store
from graph.store import load as load_lines
from loaders.errors import GangmuError
from queries.guard.limits import STRANGERS, admit
from queries.guard.worker import _answered
from viz.web.app import application
from viz.web.deck import Deck

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KNOWN = Path(__file__).with_name("w3c_failures.txt")
NEGATIVE = {f"{MF}NegativeSyntaxTest11", f"{MF}NegativeSyntaxTest"}
POSITIVE = {f"{MF}PositiveSyntaxTest11", f"{MF}PositiveSyntaxTest"}


class Graph:
    """The triples of a manifest, to be asked one step at a time."""

    def __init__(self, path: Path) -> None:
        """Reads the Turtle file."""
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())

    def all(self, subject: object, predicate: str) -> list:
        """The values of a property."""
        return [q.object for q in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)]

    def one(self, subject: object, predicate: str):
        """A value of a property, null for none."""
        return next(iter(self.all(subject, predicate)), None)

    def members(self, head: object) -> list:
        """The members of a list."""
        found = []
        while head is not None and getattr(head, "value", "") != f"{RDF}nil":
            found.append(self.one(head, f"{RDF}first"))
            head = self.one(head, f"{RDF}rest")
        return found


def local(iri: str) -> Path:
    """The file of a file IRI."""
    return Path(unquote(iri.removeprefix("file://")))


def entries(path: Path):
    """Each test of a manifest and of those that it includes."""
    graph = Graph(path)
    for quad in list(graph.store.quads_for_pattern(None, ox.NamedNode(f"{MF}include"), None, None)):
        for other in graph.members(quad.object):
            yield from entries(local(other.value))
    for quad in list(graph.store.quads_for_pattern(None, ox.NamedNode(f"{MF}entries"), None, None)):
        for test in graph.members(quad.object):
            yield (
                graph,
                test,
                f"{path.parent.name}/{test.value.partition('#')[2] or test.value.rsplit('/')[-1]}",
            )


def load(store: ox.Store, iri: str) -> None:
    """Put a file into the graph that is called as the file is."""
    path = local(iri)
    form = {".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}.get(path.suffix, ox.RdfFormat.TURTLE)
    store.load(path=str(path), format=form, base_iri=iri, to_graph=ox.NamedNode(iri))


def ask(
    store: ox.Store, text: str, forms: list[str], graphs: list[str], named: list[str]
) -> tuple[dict, bytes]:
    """What a worker answers, after admission."""
    admit(text, STRANGERS, isolated=True)
    request = {
        "sparql": text,
        "forms": forms,
        "graphs": graphs,
        "named": named,
        "rows": 10_000,
        "size": 1 << 24,
    }
    return _answered(Store(Path(), None, store), request)


def rows(results) -> Counter:
    """Solutions as a multiset."""
    if isinstance(results, ox.QueryBoolean):
        return Counter([bool(results)])
    names = [v.value for v in results.variables]
    return Counter(frozenset((n, term(row[n])) for n in names if row[n] is not None) for row in results)


def term(found: object) -> object:
    """A term as it is compared: numbers by their value, as the engine writes them its own way."""
    if isinstance(found, ox.BlankNode):
        return "_:b"
    kind = getattr(found, "datatype", None)
    if kind is not None and kind.value.rpartition("#")[2] in ("integer", "decimal", "double", "float"):
        with contextlib.suppress(ValueError):
            return kind.value, float(found.value)
    return str(found)


def cells(text: str) -> Counter:
    """The rows of CSV results, whatever the order of the columns; numbers by value, blank nodes alike."""
    return Counter(
        frozenset((name, plain(cell)) for name, cell in row.items())
        for row in csv.DictReader(io.StringIO(text))
    )


def plain(cell: str) -> object:
    """A cell as it is compared."""
    with contextlib.suppress(ValueError):
        return float(cell)
    return "_:b" if cell.startswith("_:") else cell


def canonical(triples) -> set:
    """Triples up to their blank nodes."""
    data = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(q) for q in data}


def evaluated(graph: Graph, test: object) -> bool:
    """Whether a query returns what is expected."""
    action = graph.one(test, f"{MF}action")
    result = local(graph.one(test, f"{MF}result").value)
    store = ox.Store()
    default = [n.value for n in graph.all(action, f"{QT}data")]
    named = [n.value for n in graph.all(action, f"{QT}graphData")]
    for iri in [*default, *named]:
        load(store, iri)
    path = local(graph.one(action, f"{QT}query").value)
    text = f"BASE <{path.as_uri()}>\n{path.read_text(encoding='utf-8')}"
    table = {".csv": "csv", ".tsv": "tsv"}.get(result.suffix)
    head, body = ask(store, text, [table or "json", "nt"], default or ["about:nothing"], named)
    if "error" in head:
        return False
    if table == "csv":
        return cells(body.decode()) == cells(result.read_text(encoding="utf-8"))
    if table == "tsv":
        form = ox.QueryResultsFormat.TSV
        return rows(ox.parse_query_results(body, format=form)) == rows(
            ox.parse_query_results(path=str(result), format=form)
        )
    if result.suffix in (".ttl", ".nt", ".rdf") and head["kind"] == "triples":
        form = ox.RdfFormat.RDF_XML if result.suffix == ".rdf" else ox.RdfFormat.TURTLE
        wanted = ox.parse(path=str(result), format=form, base_iri=result.as_uri())
        return canonical(wanted) == canonical(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
    kind = ox.QueryResultsFormat.JSON if result.suffix == ".srj" else ox.QueryResultsFormat.XML
    if result.suffix not in (".srx", ".srj"):
        return False
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    return rows(found) == rows(ox.parse_query_results(path=str(result), format=kind))


def syntax(graph: Graph, test: object, good: bool) -> bool:
    """Whether a query is accepted or refused as it should be."""
    action = graph.one(test, f"{MF}action")
    text = local(action.value).read_text(encoding="utf-8")
    try:
        head, _ = ask(ox.Store(), text, ["json", "nt"], [], [])
    except GangmuError:
        return not good
    return ("error" not in head) == good


def queries(root: Path) -> dict[str, bool]:
    """Whether each query and result test passes, by its name."""
    found = {}
    for manifest in ("manifest-sparql11-query.ttl", "manifest-sparql11-results.ttl"):
        for graph, test, name in entries(root / manifest):
            kinds = {k.value for k in graph.all(test, f"{RDF}type")}
            try:
                if kinds & NEGATIVE:
                    found[name] = syntax(graph, test, good=False)
                elif kinds & POSITIVE:
                    found[name] = syntax(graph, test, good=True)
                elif f"{MF}QueryEvaluationTest" in kinds or f"{MF}CSVResultFormatTest" in kinds:
                    found[name] = evaluated(graph, test)
            except (GangmuError, OSError, ValueError, SyntaxError):
                found[name] = False
    return found


def protocol(root: Path, client: TestClient) -> dict[str, bool]:
    """Whether each protocol test that is no update passes, by its name."""
    found = {}
    for graph, test, name in entries(root / "protocol" / "manifest.ttl"):
        if "update" not in name:
            requests = graph.members(graph.one(graph.one(test, f"{MF}action"), f"{HT}requests"))
            found[name] = all(sent(graph, request, client) for request in requests)
    return found


def with_data(root: Path, store: Path, place: Path) -> Path:
    """A copy of a store that holds the graphs which the protocol tests expect at an endpoint."""
    shutil.copytree(store, place)
    shutil.rmtree(place / "graph")
    graphs = {n: f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in (1, 2, 3)}
    texts = {iri: (root / "protocol" / f"data{n}.nt").read_bytes() for n, iri in graphs.items()}
    triples = [(t, iri) for iri, text in texts.items() for t in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    load_lines(place / "graph", [f"{t.triple} <{iri}> ." for t, iri in triples])
    return place


def sent(graph: Graph, request: object, client: TestClient) -> bool:
    """Whether a request is answered as expected."""
    method = graph.one(request, f"{HT}methodName").value
    path = graph.one(request, f"{HT}absolutePath").value.replace("/sparql/", "/sparql", 1)
    headers = {}
    for header in graph.members(graph.one(request, f"{HT}headers")):
        headers[graph.one(header, f"{HT}fieldName").value] = graph.one(header, f"{HT}fieldValue").value
    headers.pop("Content-Length", None)
    body = graph.one(request, f"{HT}body")
    chars = graph.one(body, f"{CNT}chars") if body is not None else None
    encoding = graph.one(body, f"{CNT}characterEncoding") if body is not None else None
    content = b"" if chars is None else chars.value.encode(encoding.value if encoding else "utf-8")
    answer = client.request(method, path, headers=headers, content=content)
    response = graph.one(request, f"{HT}resp")
    allowed = [
        s.value.rpartition("#StatusCode")[2].rstrip("x") for s in graph.all(response, f"{MF}expectedStatus")
    ]
    good = not allowed or str(answer.status_code).startswith(tuple(allowed))
    wanted = graph.one(response, f"{MF}expectedBoolean")
    if wanted is not None:
        good &= answer.headers["content-type"].startswith(("application/sparql-results+", "application/json"))
        said = re.search(r"<boolean>(\w+)|\"boolean\": (\w+)", answer.text)
        good &= said is not None and (said[1] or said[2]) == wanted.value
    return good


def main(root: Path, store: Path) -> int:
    """Print the figures; 1 where a test fails that is not on the pinned list, or one on it passes."""
    with tempfile.TemporaryDirectory() as folder:
        deck = Deck(with_data(root, store, Path(folder) / "store"))
        try:
            http = protocol(root, TestClient(application(deck, ["*"]), follow_redirects=False))
        finally:
            deck.close()
    results = {"query": queries(root), "protocol": http}
    known = {line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
    failed = {name for found in results.values() for name, passed in found.items() if not passed}
    for kind, found in results.items():
        print(f"{kind}: {sum(found.values())} of {len(found)} pass")  # noqa: T201
    new, mended = sorted(failed - known), sorted(known - failed)
    print(json.dumps({"new failures": new, "listed but passing": mended}, indent=1))  # noqa: T201
    return 1 if new or mended else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() / "sparql11", Path(sys.argv[2])))
