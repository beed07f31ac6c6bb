"""One worker process as its parent sees it: started, asked within a time, killed. Knows no query."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.child import command
from loaders.errors import LimitError, StoreError

_WORKER = f"{__package__}.worker"
START_SECONDS = 30.0
HOLD_SECONDS = 600.0
"""Seconds that a worker may take to open the store, and to copy it into memory."""
_CHUNK = 1 << 20
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")


class Ended(Exception):
    """The process ended without an answer; `status` is how."""

    def __init__(self, status: int) -> None:
        """Used by `Process`."""
        self.status = status
        super().__init__(f"ended with {status}")


class Late(Exception):
    """The process did not answer in time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answered: its head (see worker.py) and the body's bytes."""

    head: dict[str, Any]
    body: bytes

    @property
    def cut(self) -> str | None:
        """Which limit cut the answer, `rows` or `bytes`; null where it is whole."""
        return self.head["cut"]  # type: ignore[no-any-return]  # JSON


class Process:
    """A worker that has been started; it opens the store while the parent does something else."""

    def __init__(self, store: Path, memory: int, nice: int, *, held: bool = False) -> None:
        """`memory` in bytes beyond those of an idle worker; `nice`: how far it steps back for others.

        `held`: it answers from a copy of the graph in memory.
        """
        self._seconds = HOLD_SECONDS if held else START_SECONDS
        self._child = subprocess.Popen(  # noqa: S603  the command is our own interpreter and module
            command(_WORKER, str(store.resolve()), str(memory), str(nice), "held" if held else ""),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**{k: os.environ[k] for k in _KEPT if k in os.environ}, "LC_ALL": "C.UTF-8"},
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
        self._hello: dict[str, Any] | None = None
        self.answered = 0

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.poll() is None

    def hello(self) -> dict[str, Any]:
        """What the worker says of itself once it is ready; StoreError where it cannot open the store."""
        if self._hello is None:
            try:
                self._hello = json.loads(self._line(bytearray(), time.monotonic() + self._seconds))
            except (Ended, Late) as failure:
                self.kill()
                problem = "cannot be opened by a worker process"
                raise StoreError("store", problem, "run `gangmu build` again, or free memory") from failure
        return self._hello

    def ask(self, request: dict[str, Any], seconds: float, size: int) -> Reply:
        """The answer to a request; raises Late after `seconds`, Ended where the process ended.

        `size` in bytes is what the body may have; LimitError where it has more. After an exception, and
        when the caller is interrupted, the process has been killed.
        """
        assert self._child.stdin is not None
        deadline = time.monotonic() + seconds
        buffer = bytearray()
        whole = False
        try:
            self._child.stdin.write(json.dumps(request).encode() + b"\n")
            self._child.stdin.flush()
            head = json.loads(self._line(buffer, deadline))
            if head["size"] > size:
                raise LimitError("query", f"has an answer of more than {size} bytes", "ask for less")
            while len(buffer) < head["size"]:
                self._more(buffer, deadline)
            whole = True
        except BrokenPipeError as error:
            raise Ended(self._child.wait()) from error
        finally:
            if not whole:
                self.kill()
        self.answered += 1
        return Reply(head, bytes(buffer))

    def _line(self, buffer: bytearray, deadline: float) -> bytes:
        """The next line; what follows it is left in `buffer`."""
        while (end := buffer.find(b"\n")) < 0:
            self._more(buffer, deadline)
        line = bytes(buffer[:end])
        del buffer[: end + 1]
        return line

    def _more(self, buffer: bytearray, deadline: float) -> None:
        assert self._child.stdout is not None
        left = deadline - time.monotonic()
        try:
            if left <= 0 or not select.select([self._child.stdout], [], [], left)[0]:
                raise Late
            chunk = os.read(self._child.stdout.fileno(), _CHUNK)
        except (OSError, ValueError):  # closed by `kill` in another thread
            raise Ended(self._child.wait()) from None
        if not chunk:
            raise Ended(self._child.wait())
        buffer += chunk

    def kill(self) -> None:
        """End the process, if it still runs, and forget it."""
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
