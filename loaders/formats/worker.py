"""The child process: confines itself, converts one document, answers JSON. No format is known here.

The converter's modules are imported before confinement (they are our own, installed code), the
document's bytes are read after it.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from loaders.errors import InputError
from loaders.formats import archives
from loaders.formats.confine import MEMORY, confine

FORMATS = ("html", "pdf", "docx", "doc", "ofd")
REMEDY = "open it in the program that wrote it and save it again, or as PDF or text"


def main(request: str) -> None:
    """Answer one request: `do` is convert (with `format`), open, list or member (with `member`)."""
    sys.setrecursionlimit(3000)
    answer_to = os.dup(1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)  # a library that prints does not spoil the answer
    asked = json.loads(request)
    form = asked.get("format", "")
    job = _job(asked["do"], form, asked.get("member", ""))
    confine(programs=form == "doc")
    answer = json.dumps(_answer(job, form or "archive")).encode()
    while answer:
        answer = answer[os.write(answer_to, answer) :]
    os._exit(0)  # destructors of a damaged document's objects are no longer of interest


def _answer(job: Callable[[bytes], dict[str, Any]], what: str) -> dict[str, Any]:
    try:
        return job(sys.stdin.buffer.read())
    except InputError as error:
        return _error(error.what, error.problem, error.remedy)
    except MemoryError:
        return _error("", f"needs more than {MEMORY // 2**20} MiB to read", "split the document")
    except RecursionError:
        return _error("", "is nested too deeply", REMEDY)
    except Exception as error:  # whatever a parser throws on damaged bytes becomes one line
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _error("", f"cannot be read as {what.upper()} ({said})", REMEDY)


def _error(what: str, problem: str, remedy: str) -> dict[str, Any]:
    return {"what": _line(what), "problem": _line(problem), "remedy": _line(remedy)}


def _line(text: str) -> str:
    text = re.sub(r"0x[0-9a-f]{6,}", "…", " ".join(text.split()))  # an address differs from run to run
    return "".join(c if c.isprintable() else " " for c in text)[:300]


def _job(do: str, form: str, member: str) -> Callable[[bytes], dict[str, Any]]:
    """What is to be done with the bytes; the modules for `form`, the likely format, are imported."""
    if form:
        _convert(form)
    if do == "convert":
        return lambda data: _convert(form)(data)
    if do == "open":
        return _open
    if do == "list":
        return lambda data: archives.listing(data)._asdict()
    return lambda data: {"data": base64.b64encode(archives.member(data, member)).decode()}


def _open(data: bytes) -> dict[str, Any]:
    """The answer about a ZIP container: its format, and its text where that is one that is read."""
    found = archives.kind(data)
    return _convert(found)(data) if found in FORMATS else {"format": found}


def _convert(form: str) -> Callable[[bytes], dict[str, Any]]:
    module = import_module(f"{__package__}.from_{form}")

    def convert(data: bytes) -> dict[str, Any]:
        found = module.convert(data)
        return {"format": form, "text": found.text, "notes": list(found.notes)}

    return convert
