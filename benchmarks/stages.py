"""Clocks for the benchmarks: processor seconds, a limit, and the stages of reading by introspection."""

from __future__ import annotations

import contextlib
import inspect
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import loaders.read
from loaders.account import account
from loaders.errors import GangmuError

LIMIT = 3
"""Seconds after which one measurement of a pattern is cut off."""


def say(*lines: str) -> None:
    """Print lines."""
    print(*lines, sep="\n", flush=True)  # noqa: T201


class TooSlow(Exception):
    """The time of one measurement is over: the timer's signal, no error of the reading."""


def _ring(_signal: int, _frame: object) -> None:
    raise TooSlow


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises TooSlow inside the block after that time (Unix only, the main thread only)."""
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(run: Callable[[], object], limit: float = LIMIT) -> float:
    """Processor seconds of a run; infinite when it is cut off."""
    start = time.process_time()
    try:
        with at_most(limit):
            run()
    except TooSlow:
        return float("inf")
    return time.process_time() - start


@dataclass(slots=True)
class Stages:
    """Times the stages of `loaders.read.read_text`, found by introspection, while they run."""

    spent: dict[str, float] = field(default_factory=dict)
    limit: float = float("inf")
    _kept: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Stages:
        """Put a clock around every reader that `loaders.read` imports from a module of its own."""
        for name, value in vars(loaders.read).items():
            if inspect.isfunction(value) and value.__module__ != "loaders.read":
                self._kept[name] = value
        for name, value in self._kept.items():
            setattr(loaders.read, name, self._timed(name, value))
        return self

    def __exit__(self, *_: object) -> None:
        """Take the clocks away."""
        for name, value in self._kept.items():
            setattr(loaders.read, name, value)

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                result = function(*args, **kwargs)
                return list(result) if inspect.isgenerator(result) else result
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start

        return run


def read_in_stages(text: str, limit: float = float("inf")) -> dict[str, float]:
    """Seconds by stage of reading a text, and of its account; what is left is `assemble`.

    A stage that was cut off is infinite.
    """
    with Stages() as stages:
        start = time.process_time()
        try:
            with contextlib.nullcontext() if limit == float("inf") else at_most(limit):
                reading = loaders.read.read_text(text, "hostile.txt", "0" * 64)
                read = time.process_time()
                account(reading)
                stages.spent["account"] = time.process_time() - read
        except TooSlow:
            last = max(stages.spent, key=lambda name: stages.spent[name], default="assemble")
            return {**stages.spent, last: float("inf")}
        except GangmuError:
            pass
        whole = time.process_time() - start
        return {**stages.spent, "assemble": whole - sum(stages.spent.values())}
