"""How fast the explorer answers over a store of many documents, beside rdflib-endpoint over the same graph.

    python -m benchmarks.explorer build FOLDER [DOCUMENTS]     documents and a store, made by a generator
    python -m benchmarks.explorer time FOLDER               times of pages, queries beside rdflib-endpoint
    python -m benchmarks.explorer cost FOLDER               processor time of the same pages, without a server

Documents are the shipped explanation of the provincial plan, and local plans put together from the
shipped ones' own measures under other names and years, so that pages have their usual mixture. Times are
wall clock of one server process, its workers included, asked one request after the other, once the server
has said that its pages are ready (or has had `READY` seconds). The load of the machine and the processor time
of the server are printed beside: do not trust the clock of a busy machine. rdflib-endpoint loads meanwhile,
and waits for its turn. A pass over the pages ends after `PASS` seconds and says what it left out.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import parse_qsl, quote

from benchmarks.stages import say
from graph import iris
from graph.audit_rules import RULES
from graph.store import Store
from queries.run import Answer, answer, rows
from viz.web.deck import WHOLE
from viz.web.links import document_page, picture_page, task_page, tree_page, unit_page
from viz.web.site import PAGES, Site
from viz.web.source import Source

READY, PASS = 420.0, 240.0
"""Seconds that a server may take to be ready, and that a pass over the pages may take."""
ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "data" / "corpus"
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


def addresses(store: Store) -> list[str]:
    """Pages of every kind in both languages: those that stand once, many of documents, units and tasks."""
    chance = random.Random(2)  # noqa: S311 - the same pages each time
    names = [*PAGES, "graph", "query"]
    names += ["search.html?q=gxjsqy", "search.html?q=创新 平台"]
    units = [str(row["unit"]) for row in rows(store, "units")]
    tasks = sorted({str(row["upper_item"]) for row in rows(store, "alignment-matrix")})
    names += [document_page(iris.document(d.id)) for d in chance.sample(store.manifest.documents, 30)]
    names += [unit_page(unit) for unit in chance.sample(units, min(30, len(units)))]
    names += [task_page(task) for task in tasks[:20]]
    names += [f"audit/{rule.id}.html" for rule in RULES]
    some = chance.sample(store.manifest.documents, 10)
    names += [page(iris.document(d.id)) for page in (tree_page, picture_page) for d in some]
    names += [f"graph.html?node={iris.document(d.id)}" for d in some]
    pages = [name if ".html" in name else f"{name}.html" for name in names]
    found = [f"{lang}/{quote(page, safe='/?=&.')}" for lang in ("zh", "en") for page in pages]
    chance.shuffle(found)
    return found


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


def _processor(root: int) -> float:
    """Processor seconds of a process and of those that it started, from /proc (Linux)."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            used[int(stat.parent.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    family = {root}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used.get(one, 0.0) for one in family)


def _load() -> str:
    return f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def timed(folder: Path) -> None:
    """Print the times of pages and of queries, those of rdflib-endpoint over the same graph in between."""
    store = Store.open(folder / "store")
    say(f"{len(store.manifest.documents)} documents, {store.manifest.quads} quads; {_load()}")
    port = _port()
    command = [sys.executable, "-m", "gangmu", "--lang", "en", "serve", "--no-browser", "--port", str(port)]
    begun = time.monotonic()
    server = subprocess.Popen([*command, "--store", str(folder / "store")], stderr=subprocess.PIPE)  # noqa: S603
    rival, endpoint = _rival(folder, store)
    try:
        base = f"http://127.0.0.1:{port}/"
        _wait(f"{base}static/site.css")
        said = threading.Event()
        threading.Thread(target=_hear, args=(server, said), daemon=True).start()
        pages = addresses(store)
        ready = said.wait(READY - (time.monotonic() - begun))
        state = "are ready" if ready else "are NOT all ready, what follows waits for them,"
        spent = f"{time.monotonic() - begun:.0f} s, {_processor(server.pid):.0f} s of processor"
        say(f"pages {state} after {spent}")
        _paint(f"{base}zh/matrix.html")
        for name in ("each page once", "each page again"):
            _pages(name, base, pages, server.pid)
        if rival is not None:
            _wait(endpoint, READY)
            say(f"rdflib-endpoint is there, {_processor(rival.pid):.0f} s of processor; {_load()}")
        _queries("gangmu /sparql", f"{base}sparql", server.pid)
        if rival is not None:
            _queries("rdflib-endpoint", endpoint, rival.pid)
    finally:
        for process in (server, rival):
            if process is not None:
                process.terminate()
                process.wait()


def _hear(server: subprocess.Popen[bytes], said: threading.Event) -> None:
    """Sets `said` when the server says that its pages are ready; reads on, so that it never waits."""
    for line in server.stderr or ():
        if b"ready (" in line:
            said.set()


def cost(folder: Path) -> None:
    """Print the processor time of the pages in one process, which a busy machine disturbs less."""
    store = Store.open(folder / "store")
    say(f"{len(store.manifest.documents)} documents, {store.manifest.quads} quads")

    def timed_ask(name: str, params: Mapping[str, Any]) -> Answer:
        begun = time.process_time()
        found = answer(store, name, params)
        asked[name, json.dumps(params)] = time.process_time() - begun
        return found

    asked: dict[tuple[str, str], float] = {}
    site = Site(Source(store, timed_ask), live=True)
    begun = time.process_time()
    for page in (*PAGES, "graph"):
        site.answer(f"zh/{page}.html")
    for name, params in WHOLE.items():
        site.source.answer(name, **params, lang="zh")
    say(f"all pages of one language are ready after {time.process_time() - begun:.0f} s of processor time")
    for (name, _), seconds in sorted(asked.items(), key=lambda pair: -pair[1])[:8]:
        say(f"  {name:<28}{seconds:>8.1f} s")
    asked.clear()
    kinds: defaultdict[str, list[float]] = defaultdict(list)
    for address in addresses(store):
        page, _, behind = address.partition("?")
        if page.startswith("zh/") and "query" not in page:
            begun = time.process_time()
            found = site.answer(page, dict(parse_qsl(behind)))
            kinds[re.split(r"[/.]", page)[1]].append(1000 * (time.process_time() - begun))
            if found.status != 200:
                say(f"{address}: {found.status}")
    say(f"{'page':<16}{'pages':>6}{'median ms':>12}{'worst':>8}")
    for kind, times in sorted(kinds.items()):
        say(f"{kind:<16}{len(times):>6}{median(times):>12.1f}{max(times):>8.1f}")
    every = [one for times in kinds.values() for one in times]
    say(
        f"{len(every)} pages made once: 95th percentile {quantiles(every, n=20)[-1]:.0f} ms of processor time"
    )
    for (name, params_), seconds in sorted(asked.items(), key=lambda pair: -pair[1])[:5]:
        say(f"  still asked: {name:<28}{1000 * seconds:>8.0f} ms {params_[:80]}")


def _pages(name: str, base: str, pages: list[str], process: int) -> None:
    """Print the times of each kind of page, each asked once."""
    kinds: defaultdict[str, list[float]] = defaultdict(list)
    end, used, left, failed = time.monotonic() + PASS, _processor(process), 0, 0
    for address in pages:
        if time.monotonic() > end:
            left += 1
            continue
        begun = time.perf_counter()
        try:
            _seconds(base + address)
        except OSError as error:
            failed += 1
            say(f"{address}: {error}")
        kinds[re.split(r"[/.]", address)[1]].append(1000 * (time.perf_counter() - begun))
    say(f"{name:<16}{'pages':>6}{'median ms':>12}{'worst':>9}")
    for kind, times in sorted(kinds.items()):
        say(f"{kind:<16}{len(times):>6}{median(times):>12.1f}{max(times):>9.1f}")
    every = [one for times in kinds.values() for one in times]
    each = 1000 * (_processor(process) - used) / len(every)
    say(
        f"{name}: {len(every)} requests, {failed} without an answer, {left} left out; "
        f"median {median(every):.0f} ms, 95th percentile {quantiles(every, n=20)[-1]:.0f} ms (limit 300); "
        f"{each:.0f} ms of processor a page; {_load()}"
    )


def _paint(address: str) -> None:
    """Print when Chromium first paints a page, the median of a few."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        say("playwright is not installed: no first paint")
        return
    _seconds(address)  # a page that is not ready takes longer than the browser waits
    script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        times = []
        for _ in range(5):
            tab = browser.new_page(viewport={"width": 1400, "height": 1000})
            tab.goto(address)
            while not (painted := float(tab.evaluate(script))):  # the page's policy allows no evaluated wait
                time.sleep(0.02)
            times.append(painted)
            tab.close()
        tab = browser.new_page()
        tab.goto(address)
        cells = tab.locator("td.sign").count()
        browser.close()
    say(f"matrix: first paint after {median(times):.0f} ms (limit 1000), {cells} cells")


def _queries(name: str, endpoint: str, process: int) -> None:
    for what, query in QUERIES.items():
        address = f"{endpoint}?{urllib.parse.urlencode({'query': query})}"
        used = _processor(process)
        times = [_seconds(address) for _ in range(3)]
        each = 1000 * (_processor(process) - used) / len(times)
        say(f"{name:<18}{what:<24}median {1000 * median(times):>9.1f} ms, processor {each:>9.0f} ms")


def _rival(folder: Path, store: Store) -> tuple[subprocess.Popen[bytes] | None, str]:
    """rdflib-endpoint, loading the same graph, and its address; null where it is not installed."""
    if find_spec("rdflib_endpoint") is None:
        say("rdflib-endpoint is not installed: pip install rdflib-endpoint")
        return None, ""
    turtle = folder / "graph.ttl"
    turtle.write_bytes(store.serialise("ttl"))
    port = _port()
    command = [sys.executable, "-m", "rdflib_endpoint", "serve", "--port", str(port), str(turtle)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return process, f"http://127.0.0.1:{port}/"


def main(arguments: list[str]) -> None:
    """See the module."""
    folder = Path(arguments[1])
    if arguments[0] == "build":
        from graph.build import build

        documents(folder / "documents", int(arguments[2]) if len(arguments) > 2 else 1000)
        build([folder / "documents"], folder / "store")
    elif arguments[0] == "cost":
        cost(folder)
    else:
        timed(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
