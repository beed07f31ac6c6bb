"""What the child process gives up before it touches a document. No converter lives here.

Memory, processor time, open files and file size are limited by the kernel. The network is taken away
by a network name space of its own (Linux, where the kernel permits it to this user); wherever it is
not permitted, and on top of it where it is, an audit hook refuses every use of a socket, every new
process and every opening of a file for writing by Python code. The hook does not see native code,
which is why the kernel's limits and the name space come first.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 25
FILES = 64

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_PROCESS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
_CHANGES = {f"os.{name}" for name in ("remove", "rename", "rmdir", "mkdir", "link", "symlink", "truncate")}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(programs: bool = False) -> None:
    """Give up everything that a converter does not need, for good; `programs` keeps starting them."""
    _limit()
    _leave_network()
    sys.addaudithook(_hook(programs))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system: the parent's clock remains
        return
    for what, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS does not know every limit
            resource.setrlimit(what, (value, value))


def _leave_network() -> None:
    """Enter an empty network name space, as far as the system has such a thing and permits it."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWNET)


def _hook(programs: bool) -> Callable[[str, tuple[Any, ...]], None]:
    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith("socket.") or event in _CHANGES or (event in _PROCESS and not programs):
            raise PermissionError(f"a converter may not use {event}")
        if event == "open" and len(args) == 3 and _writes(args[1], args[2]) and args[0] != os.devnull:
            raise PermissionError("a converter may not write files")

    return refuse


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)
