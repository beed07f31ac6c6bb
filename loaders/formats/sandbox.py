"""Starts the confined child and takes its answer: time, size and crashes. No format is known here."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
from typing import Any

from loaders.child import command
from loaders.errors import InputError

WALL_SECONDS = 30.0
MAX_ANSWER = 96 * 1024 * 1024
"""Bytes of JSON that a child may answer; a member of an archive comes as base64."""

_WORKER = f"{__package__}.worker"
_LEFT = "give the document in another format"


def ask(data: bytes, name: str, **request: str) -> dict[str, Any]:
    """The answer of a fresh confined process about `data`; `request` says what is to be done.

    The child gets the bytes as its standard input and nothing else of the file. InputError, in one
    line that names the file, for whatever the child says is wrong and when it crashes, takes longer
    than WALL_SECONDS or answers more than MAX_ANSWER bytes.
    """
    answer, status = _run(data, json.dumps(request))
    if answer is None:
        raise InputError(name, f"took longer than {WALL_SECONDS:.0f} s to read", _LEFT)
    if len(answer) > MAX_ANSWER:
        raise InputError(name, f"gives more than {MAX_ANSWER:,} bytes of text", "split the document")
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError(name, f"its reader stopped: {_reason(status)}", _LEFT)
    if "problem" in found:
        place = str(found["what"])
        what = f"{name}: {place}" if place and not name.endswith(place) else name
        raise InputError(what, str(found["problem"]), str(found["remedy"]))
    return found


def _run(data: bytes, request: str) -> tuple[bytes | None, int]:
    """The bytes that a child answers (None when it ran out of time) and its exit status."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    with tempfile.TemporaryFile() as document:
        document.write(data)
        document.seek(0)
        child = subprocess.Popen(  # noqa: S603  the command is our own interpreter and module
            command(_WORKER, request),
            stdin=document,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # a fixed hash seed, so that a library that walks over a set gives the same text twice
            env={**kept, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
    answer: list[bytes] = []
    reader = threading.Thread(target=lambda: answer.append(_read(child)), daemon=True)
    late = True
    try:
        reader.start()
        reader.join(WALL_SECONDS)
        late = reader.is_alive()
    finally:  # also when the user interrupts
        if late or len(answer[0]) > MAX_ANSWER:
            _kill(child)
        status = child.wait()
        reader.join()
    if child.stdout:
        child.stdout.close()
    return (None if late else answer[0]), status


def _read(child: subprocess.Popen[bytes]) -> bytes:
    return child.stdout.read(MAX_ANSWER + 1) if child.stdout else b""


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and the programs it started, which share its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()


def _reason(status: int) -> str:
    """What an exit status without an answer means."""
    if status >= 0:
        return f"exit status {status}"
    name = signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"
    if name in {"SIGXCPU", "SIGKILL"}:
        return f"it needs more time or memory than a document may ({name})"
    return f"it crashed on the document or needed more memory than one may ({name})"
