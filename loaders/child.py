"""The command that starts our own code in a fresh interpreter; limits and orders are its caller's."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

_ROOT = str(Path(__file__).resolve().parents[__name__.count(".")])
_BOOT = (
    "import json, sys; from importlib import import_module; "
    "sys.path[:] = json.loads(sys.argv[1]); import_module(sys.argv[2]).main(*sys.argv[3:])"
)


def command(module: str, *arguments: str) -> list[str]:
    """The command that calls `main` of a module of ours with `arguments`, which it gets as text.

    `-P -s -B` isolate as `-I` does, and leave the hash seed to the environment that the caller gives.
    """
    path = [_ROOT, *(entry for entry in sys.path if os.path.isabs(entry))]  # noqa: PTH117
    return [sys.executable, "-P", "-s", "-B", "-c", _BOOT, json.dumps(path), module, *arguments]
