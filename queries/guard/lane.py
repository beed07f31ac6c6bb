"""A lane of worker processes: so many queries at once, so many waiting, the rest are told to come back.

A worker that exceeds its time is killed, one that crashes is replaced; a spare one that has opened the
store already stands ready, so that the next query does not wait for a start.
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from loaders import errors
from loaders.errors import GangmuError, LimitError
from queries.guard.limits import STRANGERS, Limits, admit
from queries.guard.process import Ended, Late, Process, Reply
from queries.run import Answer

JOBS = 500
"""Answers after which a worker is replaced, so that nothing grows for ever."""


class Busy(LimitError):
    """Every worker is busy and the queue is full; `retry_after` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        """Used by `Lane`."""
        self.retry_after = retry_after
        super().__init__("query", "all workers are busy", f"ask again in {retry_after} s")


class Lane:
    """Workers of one store; `close` ends them. Safe to be used by several threads."""

    def __init__(
        self,
        store: Path,
        limits: Limits = STRANGERS,
        *,
        workers: int = 2,
        waiting: int = 8,
        patience: float = 2.0,
        spare: int = 2,
        nice: int = 10,
        held: bool = False,
    ) -> None:
        """`workers` at once, `waiting` more for up to `patience` seconds, `spare` ready besides.

        `held`: workers answer from a copy of the graph in memory and are kept for ever; who needs them
        first waits for them (`wait`).
        """
        self.store, self.limits = store, limits
        self._slots = threading.BoundedSemaphore(workers)
        self._places = threading.BoundedSemaphore(workers + waiting)
        self._patience, self._nice, self._spare, self._held = patience, nice, spare, held
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._lock = threading.Lock()
        self._open = True
        self.isolated = False
        self.content = ""
        self._idle += [self._start() for _ in range(max(1, spare))]
        if not held:
            self.wait()

    def wait(self) -> None:
        """Return when the workers that were started first are ready; StoreError where they cannot be."""
        with self._lock:
            starting = list(self._idle)
        for process in starting:
            self._greet(process)

    def ask(self, name: str, params: Mapping[str, Any]) -> Answer:
        """What a question of the catalogue returns; as `queries.run.answer`, or LimitError."""
        reply = self._run({"name": name, "params": dict(params)})
        columns, rows = json.loads(reply.body)
        return Answer(tuple(columns), tuple(tuple(row) for row in rows))

    def query(
        self,
        sparql: str,
        forms: Sequence[str],
        *,
        graphs: Sequence[str] = (),
        named: Sequence[str] = (),
        seconds: float | None = None,
    ) -> Reply:
        """The answer to a stranger's query in the first of `forms` that holds it (graph/answers.py).

        `seconds` is how long it may take where that is not what the lane allows.

        UsageError: an update, SERVICE, no valid SPARQL, no form that fits. LimitError: it takes too much,
        or (Busy) too many are asked at once.
        """
        admit(sparql, self.limits, isolated=self.isolated)
        request = {"sparql": sparql, "forms": forms, "graphs": graphs, "named": named}
        return self._run(request if seconds is None else {**request, "seconds": seconds})

    def rows(self, sparql: str, seconds: float | None = None) -> tuple[Answer, str | None]:
        """The answer to a stranger's query as rows of plain values, and which limit cut it, if any."""
        reply = self.query(sparql, ["rows"], seconds=seconds)
        columns, rows = json.loads(reply.body)
        return Answer(tuple(columns), tuple(tuple(row) for row in rows)), reply.cut

    def close(self) -> None:
        """End all workers; the lane answers no more."""
        with self._lock:
            self._open = False
            ending = [*self._idle, *self._busy]
            self._idle.clear()
        for process in ending:
            process.kill()

    def _run(self, request: dict[str, Any]) -> Reply:
        if not self._places.acquire(blocking=False):
            raise Busy(self._later())
        try:
            if not self._slots.acquire(timeout=self._patience):
                raise Busy(self._later())
            try:
                return self._asked(request)
            finally:
                self._slots.release()
        finally:
            self._places.release()

    def _later(self) -> int:
        return max(1, round(self.limits.seconds / 4))

    def _asked(self, request: dict[str, Any]) -> Reply:
        limits = replace(self.limits, seconds=request.get("seconds", self.limits.seconds))
        request |= {"rows": limits.rows, "size": limits.size, "seconds": limits.seconds}
        process = self._take()
        try:
            reply = process.ask(request, limits.seconds, 4 * limits.size + 65_536)
        except Late:
            problem = f"took longer than {limits.seconds:g} s"
            raise LimitError("query", problem, "ask for less, or in smaller steps") from None
        except Ended as ended:
            raise _ended(ended.status, limits) from None
        finally:
            self._give_back(process)
        return _checked(reply, limits)

    def _take(self) -> Process:
        """A worker that is ready, an idle one where there is any; and sees to it that a spare one follows."""
        with self._lock:
            process = None
            while self._idle and process is None:
                found = self._idle.pop()
                process = found if found.alive else None
            short = self._open and len(self._idle) < self._spare
        if process is None:
            process = self._start()
        if short:
            threading.Thread(target=self._refill, daemon=True).start()
        self._greet(process)
        with self._lock:
            self._busy.add(process)
        return process

    def _give_back(self, process: Process) -> None:
        with self._lock:
            self._busy.discard(process)
            keep = self._open and process.alive and len(self._idle) <= self._spare
            keep = keep and (self._held or process.answered < JOBS)
            if keep:
                self._idle.append(process)
        if not keep:
            process.kill()

    def _refill(self) -> None:
        """Put one more worker beside the idle ones, once it is ready."""
        process = self._start()
        try:
            self._greet(process)
        except GangmuError:
            return  # who needs one next is told why
        with self._lock:
            keep = self._open and len(self._idle) < self._spare
            if keep:
                self._idle.append(process)
        if not keep:
            process.kill()

    def _start(self) -> Process:
        return Process(self.store, self.limits.memory, self._nice, held=self._held)

    def _greet(self, process: Process) -> None:
        hello = process.hello()
        self.isolated, self.content = hello["isolated"], hello["content"]


def _checked(reply: Reply, limits: Limits) -> Reply:
    """The reply, or the error that it tells of."""
    error = reply.head.get("error")
    if error is None:
        return reply
    if error == "MemoryError":
        raise _memory(limits)
    kind = getattr(errors, error)
    raise kind(*(reply.head[part] for part in ("what", "problem", "remedy")))


def _memory(limits: Limits) -> LimitError:
    problem = f"needs more than {limits.memory >> 20} MiB of memory"
    return LimitError("query", problem, "ask for less, or in smaller steps")


def _ended(status: int, limits: Limits) -> LimitError:
    """What the end of a worker means."""
    if status == -getattr(signal, "SIGXCPU", 0):
        return LimitError(
            "query", f"took longer than {limits.seconds:g} s", "ask for less, or in smaller steps"
        )
    problem = f"ended the engine: nested too deeply, or more than {limits.memory >> 20} MiB of memory"
    return LimitError("query", problem, "flatten it, or ask for less")
