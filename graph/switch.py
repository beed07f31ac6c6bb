"""How a new store takes the place of an old one. What is in it is build.py's.

The new store grows beside the old one and is renamed into its place when it is whole and on disk. Killed at
any moment, a build leaves the old store as it was; what it left behind is cleared by the next build.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.reviews import KEPT
from graph.store import paths_of
from loaders.errors import StoreError

CONTENTS = frozenset({"graph", "records.jsonl", "texts", "observations", "manifest.json", KEPT})
"""All that a store's directory holds (store.py writes it)."""


@contextmanager
def growing(store_dir: Path) -> Iterator[Path]:
    """The empty directory in which the new store grows, locked against other builds until it is done.

    The lock is on the directory itself: it leaves no file, and it ends with the process however that dies.
    """
    place, new, aside = paths_of(store_dir)
    try:
        for path in (place, new, aside):
            if not _is_ours(path):
                raise StoreError(str(path), "exists and is no store", "name an empty or a new directory")
        new.mkdir(parents=True, exist_ok=True)
        handle = os.open(new, os.O_RDONLY)
        try:
            if not _lock(handle, new):
                raise StoreError(str(store_dir), "is being written by another build", "wait for its end")
            _clear(new)
            try:
                yield new
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(str(store_dir), str(error), "make the place writable or name another") from error


def _lock(handle: int, directory: Path) -> bool:
    """Whether this process now holds the directory; false too where it has just become another's store."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(handle), directory.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _is_ours(directory: Path) -> bool:
    """Whether nothing stands there, or a directory with nothing in it but what a build writes.

    A link is never followed, and a `manifest.json` alone says nothing: other programs have one as well.
    """
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        return False
    return not directory.exists() or {path.name for path in directory.iterdir()} <= CONTENTS


def _clear(directory: Path) -> None:
    for path in directory.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def switch_in(store_dir: Path) -> None:
    """Renames the new store into place; until the second rename readers find the old one set aside."""
    place, new, aside = paths_of(store_dir)
    for path in (new, *new.rglob("*")):
        _to_disk(path)
    if place.exists():
        if aside.exists():
            shutil.rmtree(aside)
        place.rename(aside)
    new.rename(place)
    _to_disk(place.parent)
    shutil.rmtree(aside, ignore_errors=True)  # what is left of it the next build removes


def _to_disk(path: Path) -> None:
    """Makes a file, or the names in a directory, survive a crash of the machine."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
