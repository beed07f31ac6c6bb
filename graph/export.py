"""A store as a file in another format: whole, sorted, without blank nodes. Changes no store.

What each format holds is its own module's; here is which there are, and how a file or folder appears.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from graph.describe import Question, dcat, void
from graph.export_cube import cube
from graph.export_jsonld import jsonld
from graph.export_network import gexf, graphml
from graph.export_sssom import sssom
from graph.export_stratml import stratml
from graph.export_tables import DESCRIPTOR, data_package
from graph.formats import EXPORTS, FORMS
from graph.store import Store
from loaders.errors import StoreError, UsageError

__all__ = ["EXPORTS", "content", "export"]

WHOLE: Final[Mapping[str, Callable[[Store], bytes]]] = {
    "jsonld": jsonld,
    "graphml": graphml,
    "gexf": gexf,
    "sssom": sssom,
    "cube": cube,
}
"""Formats of one file that need nothing but the store."""


def export(
    store: Store, form: str, path: Path, *, document: str | None = None, questions: Iterable[Question] = ()
) -> int:
    """Writes a store to a file, or a folder for `tables`, and returns its size in bytes.

    It appears whole or not at all. `document` (id) is of the formats that hold one document's plan,
    `questions` are the example queries of `dcat` and `void`. Raises UsageError for a format that is not in
    EXPORTS, a document too many or missing or unknown, StoreError where the file cannot be written.
    """
    if form not in EXPORTS:
        raise UsageError(f"format {form!r}", "is not known", f"choose one of {', '.join(EXPORTS)}")
    check_place(store, path)
    if form == "tables":
        _refuse(form, document)
        return _write_folder(path, data_package(store))
    return _write(path, _content(store, form, document, questions))


def check_place(store: Store, path: Path) -> None:
    """Raises UsageError where the file would stand inside the store, which is never written, or be it."""
    if path.resolve().is_relative_to(store.directory.resolve()):
        raise UsageError(str(path), "lies inside the store", "name a place outside it")


def content(
    store: Store, form: str, *, document: str | None = None, questions: Iterable[Question] = ()
) -> bytes:
    """What `export` writes, for the formats of one file; raises UsageError as it does, and for `tables`."""
    if form == "tables":
        raise UsageError("format tables", "is a folder of files", "name a folder by -o")
    return _content(store, form, document, questions)


def _content(store: Store, form: str, document: str | None, questions: Iterable[Question]) -> bytes:
    if form.startswith("stratml"):
        if document is None:
            raise UsageError(f"format {form}", "is of one document", "name it by --document")
        return stratml(store, document, performance=form == "stratml2")
    _refuse(form, document)
    if form in {"dcat", "void"}:
        return (dcat if form == "dcat" else void)(store, questions)
    return WHOLE[form](store) if form in WHOLE else store.serialise(form)


def _refuse(form: str, document: str | None) -> None:
    if document is not None:
        single = ", ".join(f.name for f in FORMS if f.of_document)
        raise UsageError(f"format {form}", "takes no document", f"leave it out, or choose one of {single}")


def _write(path: Path, content: bytes) -> int:
    part = _beside(path, "part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _failed(path, error) from error
    return len(content)


def _write_folder(path: Path, files: Mapping[str, bytes]) -> int:
    """Writes the files into a folder of their own; an older export or an empty folder in its place goes."""
    part, aside = _beside(path, "part"), _beside(path, "old")
    try:
        if path.exists() and not (
            (path / DESCRIPTOR).is_file() or (path.is_dir() and not any(path.iterdir()))
        ):
            raise StoreError(str(path), "exists and is no folder of tables", "name another folder")
        part.mkdir()
        for name, content in files.items():
            (part / name).write_bytes(content)
        if path.exists():
            path.rename(aside)
        part.rename(path)
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        if aside.exists() and not path.exists():
            aside.rename(path)
        raise _failed(path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return sum(map(len, files.values()))


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{what}")


def _failed(path: Path, error: OSError) -> StoreError:
    return StoreError(str(path), error.strerror or str(error), "name a file in a folder that exists")
