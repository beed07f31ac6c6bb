"""A process of its own that draws charts: the converter holds the interpreter's lock while it draws.

In the process that serves, every other answer would wait for a chart. What a chart is, stands in `charts`.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from loaders.errors import LimitError
from loaders.pool import begin, left, taken

PATIENCE = 60.0
"""Seconds after which nobody waits for a chart any more."""
WAITING = 12
"""Charts that are drawn or waited for at once; whoever asks for one more is told to come back."""
Draw = Callable[[], bytes]


class Easel:
    """Draws one chart after another in a process that starts with the first; `close` ends it."""

    def __init__(self) -> None:
        """Nothing starts yet."""
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(WAITING)

    def __call__(self, draw: Draw) -> bytes:
        """What `draw` returns; drawn here where the process has died.

        LimitError: it takes too long, or too many are waiting.
        """
        if not self._places.acquire(blocking=False):
            raise LimitError("chart", f"has {WAITING} others before it", "ask again in a few seconds")
        try:
            return self._drawn(draw)
        finally:
            self._places.release()

    def _drawn(self, draw: Draw) -> bytes:
        with self._lock:
            if self._pool is None and not self._closed:
                fresh = multiprocessing.get_context("spawn")  # a fork would copy locks of other threads
                self._pool = ProcessPoolExecutor(1, mp_context=fresh, initializer=begin)
            pool = self._pool
        if pool is None:
            return draw()
        try:
            with tempfile.TemporaryDirectory(prefix="gangmu-chart-") as folder:
                return bytes(taken(pool.submit(_leave, draw, folder).result(PATIENCE)))
        except TimeoutError as error:
            raise LimitError(
                "chart", f"took longer than {PATIENCE:g} s", f"ask again in {PATIENCE:g} s"
            ) from error
        except (BrokenProcessPool, RuntimeError):  # killed, or shut down meanwhile
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            return draw()

    def close(self) -> None:
        """End the process, once it has drawn what it began."""
        with self._lock:
            pool, self._pool, self._closed = self._pool, None, True
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave(draw: Draw, folder: str) -> str:
    return left(draw(), folder)
