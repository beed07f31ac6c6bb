"""How soon honest queries are answered while hostile ones run, in one run with a quiet time.

    python -m benchmarks.guard [STORE]

For every hostile query of the tests: how long it lasts, and how soon the next honest query is answered
(limit: 200 ms). Then eight clients of named questions, first alone, then beside three attackers (limit:
95 of 100 answers within 500 ms). Times are wall clock, so the machine should do nothing else.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from benchmarks.stages import say
from graph.build import build
from loaders.errors import GangmuError
from queries.guard.lane import Lane
from queries.guard.limits import STRANGERS
from tests.queries.guard.hostile import COSTLY, DEEP

HONEST = "SELECT (COUNT(?t) AS ?n) { ?t a gm:Target }"
NAMED = ("units", "conflicts", "documents")
FORMS = ("json", "ttl")
CLIENTS, ROUNDS, ATTACKERS = 8, 12, 3


def milliseconds(run: Callable[[], object]) -> float:
    """Wall clock of a run, whether it answers or is refused."""
    start = time.perf_counter()
    with contextlib.suppress(GangmuError):
        run()
    return 1000 * (time.perf_counter() - start)


def one_by_one(store: Path) -> None:
    """Print each hostile query, and the honest one after it."""
    lane = Lane(store)
    try:
        lane.rows(HONEST)
        say(f"{'hostile query':<40}{'lasts ms':>10}{'next honest ms':>16}")
        after: list[float] = []
        for name, text in {**DEEP, **COSTLY}.items():
            lasted = milliseconds(partial(lane.query, text, FORMS))
            after.append(milliseconds(partial(lane.rows, HONEST)))
            say(f"{name:<40}{lasted:>10.0f}{after[-1]:>16.1f}")
        say(
            f"{len(after)} queries; next honest one: median {median(after):.0f} ms, worst {max(after):.0f} ms"
        )
    finally:
        lane.close()


def clients(named: Lane) -> list[float]:
    """Milliseconds of every answer to eight clients who ask named questions at once."""

    def ask(number: int) -> list[float]:
        times = []
        for turn in range(ROUNDS):
            times.append(milliseconds(partial(named.ask, NAMED[(number + turn) % 3], {})))
            time.sleep(0.15)
        return times

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [one for times in pool.map(ask, range(CLIENTS)) for one in times]


def together(store: Path) -> None:
    """Print the 95th percentile of named questions, without and with attackers."""
    strangers = Lane(store, replace(STRANGERS, seconds=2))
    named = Lane(store, workers=2, waiting=64, patience=20, nice=0)
    stop = threading.Event()

    def attack(number: int) -> None:
        pack = list(COSTLY.values())[number::ATTACKERS]
        while not stop.is_set():
            for text in pack:
                if not stop.is_set():
                    milliseconds(partial(strangers.query, text, FORMS))

    try:
        alone = quantiles(clients(named), n=20)[-1]
        attackers = [threading.Thread(target=attack, args=(n,)) for n in range(ATTACKERS)]
        for thread in attackers:
            thread.start()
        beside = quantiles(clients(named), n=20)[-1]
        stop.set()
        for thread in attackers:
            thread.join()
        say(f"95th percentile of {CLIENTS} clients: {alone:.0f} ms, beside attackers {beside:.0f} ms")
    finally:
        stop.set()
        strangers.close()
        named.close()


def main(arguments: list[str]) -> None:
    """See the module."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(arguments[0]) if arguments else Path(folder) / "store"
        if not arguments:
            build([], store)
        one_by_one(store)
        together(store)


if __name__ == "__main__":
    main(sys.argv[1:])
