"""Queries of strangers: what is hostile ends or is refused, and the next honest question is answered."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

import pytest

from loaders.errors import GangmuError, LimitError, UsageError
from queries.guard.lane import Busy, Lane
from queries.guard.limits import MEBIBYTE, STRANGERS
from tests.queries.guard.hostile import COSTLY, DEEP, SERVICE, UPDATE

HONEST = "SELECT (COUNT(?t) AS ?n) { ?t a gm:Target }"
SHORT = replace(STRANGERS, seconds=0.4, memory=512 * MEBIBYTE)
FORMS = ["json", "ttl"]


@pytest.fixture(scope="module")
def lane(store_dir: Path) -> Iterator[Lane]:
    made = Lane(store_dir, SHORT)
    yield made
    made.close()


@pytest.fixture
def callers() -> Iterator[tuple[int, list[str]]]:
    """A port that listens, and who has called it."""
    called: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                called.append(str(address))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], called
        done.set()
        thread.join()


def honest(lane: Lane) -> float:
    """Seconds that an honest query takes, the best of a few as the machine may be busy with other things."""
    best = 60.0
    for _ in range(5):
        start = time.perf_counter()
        with contextlib.suppress(LimitError):
            answer, cut = lane.rows(HONEST)
            assert answer.rows == ((113,),)
            assert cut is None
            best = min(best, time.perf_counter() - start)
        if best < 0.2:
            break
    return best


def test_the_pack_is_large_enough() -> None:
    assert sum(map(len, (DEEP, COSTLY, SERVICE, UPDATE))) >= 55
    assert len(SERVICE) >= 10


@pytest.mark.parametrize("name", [*DEEP, *COSTLY])
def test_the_next_honest_query_is_answered_at_once(lane: Lane, name: str) -> None:
    start = time.perf_counter()
    try:
        reply = lane.query({**DEEP, **COSTLY}[name], FORMS)
    except (LimitError, UsageError) as error:
        assert len(str(error)) < 2_000  # noqa: PT017 - either outcome is right, a third is none
    else:
        assert reply.head["rows"] <= SHORT.rows
    assert time.perf_counter() - start < SHORT.seconds + 2
    assert honest(lane) < 0.2


def test_no_query_reaches_the_network(lane: Lane, callers: tuple[int, list[str]]) -> None:
    port, called = callers
    for query in (*SERVICE.values(), *UPDATE.values()):
        text = query.replace("{port}", str(port))
        if "FROM" in query:
            assert lane.query(text, FORMS).head["rows"] == 0
            continue
        with pytest.raises(UsageError):
            lane.query(text, FORMS)
    assert called == []


def test_a_worker_has_no_network_even_where_the_text_gets_through(
    store_dir: Path, callers: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.guard.lane.admit", lambda *_, **__: None)
    port, called = callers
    lane = Lane(store_dir, replace(SHORT, seconds=5), spare=1)
    try:
        if not lane.isolated:
            pytest.skip("this system gives no network namespace; SERVICE is refused by its letters")
        for query in SERVICE.values():
            with contextlib.suppress(UsageError):
                lane.query(query.replace("{port}", str(port)), FORMS)
        with pytest.raises(UsageError, match="cannot be answered"):
            lane.query(SERVICE["behind a carriage return"].replace("{port}", str(port)), FORMS)
    finally:
        lane.close()
    assert called == []


def test_without_a_namespace_the_letters_are_refused(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "isolated", False)
    for text in ('SELECT ("SERVICE" AS ?x) {}', "SELECT (1 AS ?\\u0073ervice) {}", "ASK {} # service"):
        with pytest.raises(UsageError, match="no network namespace"):
            lane.query(text, FORMS)


def test_what_is_cut_is_flagged(lane: Lane) -> None:
    ample = Lane(lane.store, spare=1)
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    reply = ample.query(everything, ["json"])
    assert (reply.cut, reply.head["rows"]) == ("rows", SHORT.rows)
    assert b'"link": ["https://w3id.org/gangmu/ontology#truncated"]' in reply.body[:300]
    ample.close()
    small = Lane(lane.store, replace(SHORT, size=20_000, seconds=20), spare=1)
    try:
        for form in ("xml", "csv", "tsv", "rows"):
            reply = small.query(everything, [form])
            assert reply.cut == "bytes"
            assert 0 < reply.head["rows"] < 1_000
        assert small.query("CONSTRUCT WHERE { ?s ?p ?o }", ["nt"]).cut == "bytes"
        assert b"truncated" in small.query(everything, ["xml"]).body[:400]
    finally:
        small.close()


def test_too_many_are_told_to_come_back(store_dir: Path) -> None:
    lane = Lane(store_dir, replace(SHORT, seconds=1), workers=1, waiting=1, patience=0.1, spare=1)
    slow = COSTLY["cartesian product"]

    def ask(_: int) -> str:
        try:
            lane.query(slow, FORMS)
        except Busy as busy:
            return "busy" if busy.retry_after >= 1 else "wrong"
        except LimitError:
            return "late"
        return "answered"

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(ask, range(6)))
    lane.close()
    assert outcomes.count("busy") >= 4
    assert outcomes.count("late") >= 1


def test_attackers_do_not_starve_the_catalogue(store_dir: Path) -> None:
    """Three attackers, eight honest clients of named questions: 95 of 100 answers within half a second."""
    strangers = Lane(store_dir, replace(SHORT, seconds=1.5), workers=2)
    named = Lane(store_dir, workers=2, waiting=64, patience=20, nice=0, spare=2)
    stop = threading.Event()
    times: list[float] = []

    def attack(number: int) -> None:
        pack = list(COSTLY.values())[number::3]
        while not stop.is_set():
            for query in pack:
                if not stop.is_set():
                    with pytest.raises(GangmuError):
                        lane_query(query)

    def lane_query(query: str) -> None:
        strangers.query(query, FORMS)
        raise UsageError("query", "was answered", "go on")

    def ask(_: int) -> None:
        for name in ("units", "conflicts", "documents"):
            start = time.perf_counter()
            assert named.ask(name, {}).rows
            times.append(time.perf_counter() - start)
            time.sleep(0.15)

    attackers = [threading.Thread(target=attack, args=(n,)) for n in range(3)]
    for thread in attackers:
        thread.start()
    time.sleep(0.3)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    stop.set()
    for thread in attackers:
        thread.join()
    strangers.close()
    named.close()
    assert len(times) == 24
    assert quantiles(times, n=20)[-1] < 0.5 * (1 if os.cpu_count() == 2 else 2)


def test_named_questions_raise_what_they_raise(lane: Lane) -> None:
    with pytest.raises(UsageError, match="no query"):
        lane.ask("nothing", {})
    with pytest.raises(UsageError, match="no unit"):
        lane.ask("unit-items", {"unit": "没有的单位"})


def test_a_closed_lane_leaves_no_process(store_dir: Path) -> None:
    lane = Lane(store_dir, SHORT, spare=2)
    children = [process._child.pid for process in lane._idle]
    assert len(children) == 2
    lane.close()
    for pid in children:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
