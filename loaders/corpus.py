"""Where documents come from: the shipped corpus, and the files below given paths. No reading."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.errors import InputError, printable
from loaders.formats.detect import ENDINGS
from loaders.formats.source import members
from loaders.registry import DATA

CORPUS = DATA / "corpus"
SOURCES = DATA / "sources.csv"
SUFFIXES = frozenset(ENDINGS)
"""Endings of files that a folder is searched for; a file that is named itself may end as it likes."""

_ABOUT = {"readme", "license", "licence", "changelog"}


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a shipped document beyond its text (data/sources.csv)."""

    file: str
    sha256: str
    title: str
    publisher: str
    issuer: str
    date: str
    provenance: str
    licence: str
    soundness: str


@cache
def sources() -> dict[str, Source]:
    """The shipped documents by file name."""
    try:
        with SOURCES.open(encoding="utf-8", newline="") as file:
            return {row["file"]: Source(**row) for row in csv.DictReader(file)}
    except (OSError, TypeError) as error:
        raise InputError(str(SOURCES), str(error), "restore the file") from error


@dataclass(frozen=True, slots=True)
class Found:
    """The documents to read, each once, and what was passed over on the way, in Chinese."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...]


def find_documents(paths: Iterable[Path] = ()) -> list[Path]:
    """The files to read, sorted by name and each once; without paths, the shipped corpus.

    A folder stands for the documents below it, hidden files left out, a ZIP file for the documents in
    it, as paths `archive.zip/member`. Raises InputError for a path that does not exist, for an
    archive that may not be opened and for a folder or archive without a document.
    """
    return list(find_all(paths).paths)


def find_all(paths: Iterable[Path] = ()) -> Found:
    """As `find_documents`, with notes on what was passed over, as archives within archives."""
    found: dict[Path, Path] = {}
    notes: list[str] = []
    for path in list(paths) or [CORPUS]:
        if path.is_dir():
            every = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
            files = [p for p in every if _is_document(p.relative_to(path))]
            notes += [f"不认识的格式，未读取：{printable(p.name)}" for p in every if p not in set(files)]
            if not files:
                endings = ", ".join(sorted(SUFFIXES))
                raise InputError(str(path), "holds no document", f"put files ending in {endings} there")
        elif path.exists() or any(parent.is_file() for parent in path.parents):
            files = [path]
        else:
            raise InputError(str(path), "does not exist", "check the path")
        for file in files:
            inside, said = _inside(file, named=file is path)
            found.update({p.resolve(): p for p in inside})
            notes.extend(said)
    documents = sorted(found.values(), key=lambda p: (p.name, str(p)))
    return Found(tuple(documents), tuple(notes))


def _inside(file: Path, named: bool) -> tuple[list[Path], tuple[str, ...]]:
    """A file itself, or the documents in a ZIP file; one in a folder that may not be opened is noted."""
    if file.suffix.lower() != ".zip" or not file.exists():
        return [file], ()
    try:
        return members(file)
    except InputError as error:
        if named:
            raise
        return [], (f"压缩包未读取：{error}",)


def _is_document(below: Path) -> bool:
    """Whether a file in a folder is read: of a known ending, neither hidden nor about the folder."""
    return below.suffix.lower() in SUFFIXES and not _is_hidden(below)


def _is_hidden(below: Path) -> bool:
    """Whether a file is none of the documents: hidden, a lock file, or about the folder itself."""
    return below.stem.lower() in _ABOUT or any(part.startswith((".", "~$")) for part in below.parts)
