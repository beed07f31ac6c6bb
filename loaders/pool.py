"""Many files, read by several cores at once. How one is read is `read`'s; what is made of them, the graph's.

The readings come in the order of the files, so that nothing depends on how many processes read them.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from loaders.errors import GangmuError
from loaders.read import read_document
from loaders.records import Reading

Read: TypeAlias = Reading | GangmuError
"""What became of a file."""

MANY = 200
"""From so much work on (in plain texts) it pays to start processes."""
CONVERTED = 20
"""So many plain texts take as long as one file that a converter must turn into text."""
MOST = 8
"""No more processes than this are started by default: each may need memory for a converter of its own."""
TOGETHER = 8
"""So many files are handed out at once: for single ones a process would wait longer than it reads."""
AHEAD = 4
"""So many such lots a process are handed out or waiting to be taken: memory stays bounded."""
PLAIN = frozenset({".txt", ".md"})


def cores() -> int:
    """How many processes read by default: one a core that this process may use, at most MOST."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST, usable))


def read_each(paths: Sequence[Path], workers: int = 1) -> Generator[Read, None, None]:
    """The reading of each file, or the error that says why it has none, in the order of the files.

    Few files are read by this process, however many `workers` there may be. A process that died (killed, or
    out of memory) is not replaced: the rest is read here.
    """
    work = sum(1 if path.suffix.lower() in PLAIN else CONVERTED for path in paths)
    done = 0
    if workers > 1 and work >= MANY:
        try:
            for read in _by_processes(paths, min(workers, len(paths))):
                yield read
                done += 1
        except BrokenProcessPool:
            pass
    yield from map(_read, paths[done:])


def _read(path: Path) -> Read:
    try:
        return read_document(path)
    except GangmuError as error:
        return error


def _by_processes(paths: Sequence[Path], workers: int) -> Iterator[Read]:
    """As `read_each`, by so many processes, which end with the iteration, however it ends."""
    waiting: deque[Future[str]] = deque()
    fresh = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    pool = ProcessPoolExecutor(workers, mp_context=fresh, initializer=begin)
    with tempfile.TemporaryDirectory(prefix="gangmu-read-") as folder:
        try:
            for at in range(0, len(paths), TOGETHER):
                with _interrupt_held():
                    waiting.append(pool.submit(_read_lot, paths[at : at + TOGETHER], folder))
                if len(waiting) >= workers * AHEAD:
                    yield from taken(waiting.popleft().result())
            while waiting:
                yield from taken(waiting.popleft().result())
        except KeyboardInterrupt:
            raise KeyboardInterrupt from None  # without the trace of the process that told it first
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Ctrl-C waits meanwhile; a process started here does not hear it until `begin`."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """Prepare a process: Ctrl-C concerns it only while it reads, and it does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_lot(paths: Sequence[Path], folder: str) -> str:
    """As `_read`, in a process of the pool: Ctrl-C breaks off the reading, also that of a converter."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return left([_read(path) for path in paths], folder)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def left(result: object, folder: str) -> str:
    """The name of a new file in `folder` that holds `result`, for the process that started this one.

    A name passes between processes in one piece. A process that is killed while it passes something large
    leaves half of it, and the executor would wait for the other half for ever.
    """
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        pickle.dump(result, file, pickle.HIGHEST_PROTOCOL)
    return name


def taken(name: str) -> Any:
    """What a process has `left`; the file goes."""
    path = Path(name)
    result = pickle.loads(path.read_bytes())  # noqa: S301  written by a process of ours, in a folder of ours
    path.unlink()
    return result
