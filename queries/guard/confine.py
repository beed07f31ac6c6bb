"""What a query worker gives up before it opens the store. No query is run here.

The network goes with a network namespace of its own (Linux, where the kernel permits it to this user);
memory, processor time, files written and core dumps are limited by the kernel wherever it knows them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38


def leave_network() -> bool:
    """Whether the process now stands in an empty network namespace; to be called before any thread starts."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return 0 in (libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET), libc.unshare(_CLONE_NEWNET))


def limit_memory(more: int) -> None:
    """Let the address space grow by `more` bytes at most; write no file and dump no core."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm") as statm:  # noqa: PTH123 - pathlib would hold the file open no shorter
            used = int(statm.read().split()[0]) * resource.getpagesize()
        _set(resource.RLIMIT_AS, used + more)
        _set(resource.RLIMIT_CORE, 0)
        _set(resource.RLIMIT_FSIZE, 0)


def limit_time(more: float) -> None:
    """Let the process use `more` seconds of processor time from now on; then the kernel ends it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime + more) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def step_back(steps: int) -> None:
    """Let other processes go first, as far as the system knows how."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(steps)


def _set(what: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))
