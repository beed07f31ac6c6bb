"""The worker process: confines itself, opens the store, answers requests one after the other.

A request is one line of JSON; an answer is one line of JSON that says what it is and, under `size`, how
many bytes of body follow it. The first line of all says whether the process stands in a network of its
own. Whatever ends the process is seen by its parent (lane.py).
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from queries.guard.confine import leave_network, limit_memory, limit_time, step_back


def main(store: str, memory: str, nice: str, held: str) -> None:
    """Answer the requests that come by standard input until it ends; `held`: from a copy in memory."""
    isolated = leave_network()
    from graph.store import Store
    from queries.run import answer  # noqa: F401 - imported before memory is limited

    step_back(int(nice))
    opened = Store.open(store)
    if held == "held":
        opened = opened.in_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limit_memory(int(memory))
    _say(answers, {"isolated": isolated, "content": opened.manifest.content})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limit_time(request["seconds"])
        head, body = _answered(opened, request)
        _say(answers, {**head, "size": len(body)}, body)
        if head.get("error") == "MemoryError":
            os._exit(0)  # what is left of it is of no use


def _say(answers: Any, head: dict[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n")
    answers.write(body)
    answers.flush()


def _answered(store: Any, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from loaders.errors import GangmuError

    try:
        return _named(store, request) if "name" in request else _free(store, request)
    except GangmuError as error:
        said = {"what": error.what, "problem": error.problem, "remedy": error.remedy}
        return {"error": type(error).__name__, **said}, b""
    except MemoryError:
        return {"error": "MemoryError"}, b""


def _named(store: Any, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from queries.run import answer

    found = answer(store, request["name"], request["params"])
    body = json.dumps([found.columns, found.rows], ensure_ascii=False, separators=(",", ":")).encode()
    return {"rows": len(found.rows), "cut": None, "form": "rows", "media": "application/json"}, body


def _free(store: Any, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from graph.answers import written

    result = store.query(request["sparql"], request["graphs"], request["named"])
    if request["forms"] == ["rows"]:
        return _rows(result, request)
    try:
        found = written(result, request["forms"], request["rows"], request["size"])
    except (OSError, ValueError, RuntimeError) as error:
        raise _failed(error) from error
    head = {"kind": found.kind, "form": found.form, "media": found.media, "rows": found.rows}
    return {**head, "cut": found.cut}, found.body


def _rows(result: Any, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Columns and rows of plain values, whatever the query's form."""
    from queries.run import plain_rows

    columns, rows = plain_rows(result)
    kept: list[bytes] = []
    used = 0
    cut = None
    try:
        for row in rows:
            if len(kept) == request["rows"]:
                cut = "rows"
                break
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
            used += len(line) + 1
            if used > request["size"]:
                cut = "bytes"
                break
            kept.append(line)
    except (OSError, ValueError, RuntimeError) as error:
        raise _failed(error) from error
    body = json.dumps(columns).encode()
    body = b"[" + body + b",[" + b",".join(kept) + b"]]"
    return {"rows": len(kept), "cut": cut, "form": "rows", "media": "application/json"}, body


def _failed(error: Exception) -> Exception:
    from loaders.errors import UsageError

    problem = " ".join(str(error).split())
    return UsageError("query", f"cannot be answered ({problem})", "mend the query")
