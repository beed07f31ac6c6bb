"""How fast the explorer answers over a store of many documents, beside rdflib-endpoint over the same graph.

    python -m benchmarks.explorer build FOLDER [DOCUMENTS]     documents and a store, made by a generator
    python -m benchmarks.explorer time FOLDER               times of pages, queries beside rdflib-endpoint

Documents are the shipped explanation of the provincial plan, and local plans put together from the
shipped ones' own measures under other names and years, so that pages have their usual mixture. Times are
wall clock of one server process, its workers included, asked one request after the other.
"""

from __future__ import annotations

import csv
import random
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from graph.store import Store

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "data" / "corpus"
TIMES = 12
"""Requests of each address, the first one with nothing kept."""
QUERIES = {
    "one thing": "SELECT ?p ?o { <https://w3id.org/gangmu/id/document/360000-2024-a690694a> ?p ?o }",
    "count by class": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c",
    "targets with evidence": (
        "PREFIX gm: <https://w3id.org/gangmu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "SELECT ?t ?f ?e { ?t a gm:Target ; gm:printedFigure ?f ; prov:wasDerivedFrom ?e } LIMIT 1000"
    ),
}


def sentences() -> list[str]:
    """Paragraphs of the shipped local plans that set targets or name measures."""
    found = []
    for path in sorted(CORPUS.glob("*.txt"))[1:]:
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [line.strip() for line in lines if 60 < len(line.strip()) < 400 and "。" in line]
    return found


def documents(folder: Path, count: int) -> None:
    """Write the provincial plan's explanation and `count` - 1 local plans."""
    folder.mkdir(parents=True, exist_ok=True)
    upper = min(CORPUS.glob("*.txt"))
    (folder / upper.name).write_bytes(upper.read_bytes())
    with (ROOT / "data" / "registries" / "jurisdictions.csv").open(encoding="utf-8") as file:
        places = [row for row in csv.DictReader(file) if row["level"] in ("city", "county")]
    chance = random.Random(1)  # noqa: S311 - the same documents each time
    pool = sentences()
    for number in range(count - 1):
        place = places[number % len(places)]["name"]
        year = 2024 + number // len(places)
        lines = [f"{place}{year}年科技工作要点", f"{place}科学技术局 {year}年3月{1 + number % 28}日", ""]
        for part, title in enumerate(("创新平台", "企业培育", "成果转化"), 1):
            lines.append(f"{'一二三'[part - 1]}、推进{title}升级")
            lines += [f"{n}.{text}" for n, text in enumerate(chance.sample(pool, 3), 1)]
        (folder / f"{number + 1:04d}.txt").write_text("\n".join(lines), encoding="utf-8")


def addresses(store: Store) -> Iterator[str]:
    """A page of each kind."""
    yield from (
        f"zh/{name}.html" for name in ("index", "matrix", "targets", "units", "documents", "findings")
    )
    yield from ("zh/search.html?q=gxjsqy", "zh/questions.html", "zh/graph.html", "zh/ask/units.html")
    yield "zh/task/360000-2024-a690694a_4.2.html"
    yield f"zh/document/{store.manifest.documents[-1].id}.html"
    yield "api/queries/coverage-summary"


def _wait(address: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=30).read()  # noqa: S310 - our own server
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _seconds(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - our own server
        answer.read()
    return time.perf_counter() - start


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def timed(folder: Path) -> None:
    """Print the times of pages and of queries."""
    store = Store.open(folder / "store")
    print(f"{len(store.manifest.documents)} documents, {store.manifest.quads} quads")  # noqa: T201
    port = _port()
    command = [sys.executable, "-m", "gangmu", "serve", "--no-browser", "--port", str(port)]
    server = subprocess.Popen([*command, "--store", str(folder / "store")], stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        base = f"http://127.0.0.1:{port}/"
        _wait(f"{base}static/site.css")
        every = []
        print(f"{'page':<48}{'first s':>9}{'median ms':>11}{'p95 ms':>9}")  # noqa: T201
        for address in addresses(store):
            try:
                times = [_seconds(base + address) for _ in range(TIMES)]
            except OSError as error:
                print(f"{address:<48}{error}")  # noqa: T201
                continue
            every += times[1:]
            last = 1000 * quantiles(times[1:], n=20)[-1]
            print(f"{address:<48}{times[0]:>9.2f}{1000 * median(times[1:]):>11.1f}{last:>9.1f}")  # noqa: T201
        print(f"{'all pages but for the first request of each':<68}{1000 * quantiles(every, n=20)[-1]:>9.1f}")  # noqa: T201
        _queries("gangmu /sparql", f"{base}sparql")
    finally:
        server.terminate()
        server.wait()
    _rival(folder)


def _queries(name: str, endpoint: str) -> None:
    for what, query in QUERIES.items():
        address = f"{endpoint}?{urllib.parse.urlencode({'query': query})}"
        times = [_seconds(address) for _ in range(3)]
        print(f"{name:<20}{what:<28}median {1000 * median(times):>9.1f} ms")  # noqa: T201


def _rival(folder: Path) -> None:
    """rdflib-endpoint over the same graph, where it is installed."""
    try:
        import rdflib_endpoint  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: F401
    except ImportError:
        print("rdflib-endpoint is not installed: pip install rdflib-endpoint")  # noqa: T201
        return
    turtle = folder / "graph.ttl"
    turtle.write_bytes(Store.open(folder / "store").serialise("ttl"))
    port = _port()
    start = time.perf_counter()
    command = [sys.executable, "-m", "rdflib_endpoint", "serve", "--port", str(port), str(turtle)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(f"http://127.0.0.1:{port}/", 600)
        print(f"rdflib-endpoint answers after {time.perf_counter() - start:.1f} s")  # noqa: T201
        _queries("rdflib-endpoint", f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait()


def main(arguments: list[str]) -> None:
    """See the module."""
    folder = Path(arguments[1])
    if arguments[0] == "build":
        from graph.build import build

        documents(folder / "documents", int(arguments[2]) if len(arguments) > 2 else 1000)
        build([folder / "documents"], folder / "store")
    else:
        timed(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
