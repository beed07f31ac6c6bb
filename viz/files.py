"""Files that appear whole or not at all. What is in them is not known here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from loaders.errors import UsageError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new path beside `path`; what was written there replaces `path` when the block ends well.

    The old file stays as it was until then, and for good when anything is raised. A device or pipe
    is written to directly. UsageError: a folder, or a folder that is missing or may not be written.
    """
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        if path.is_dir():
            raise UsageError(str(path), "is a folder", "name a file")
        yield path
        return
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.touch(exist_ok=True)
    except OSError as error:
        raise UsageError(
            str(path), error.strerror or str(error), "name a file in a folder that can be written"
        ) from error
    try:
        yield temporary
        with temporary.open("r+b") as handle:
            os.fsync(handle.fileno())
        temporary.replace(target)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
