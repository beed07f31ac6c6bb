"""Where documents come from: the shipped corpus, and the files below given paths. No reading."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.errors import InputError
from loaders.registry import DATA

CORPUS = DATA / "corpus"
SOURCES = DATA / "sources.csv"
SUFFIXES = {".txt"}
"""Endings of files that a folder is searched for; a file that is named itself may end as it likes."""


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


def find_documents(paths: Iterable[Path] = ()) -> list[Path]:
    """The files to read, sorted by name and each once; without paths, the shipped corpus.

    A folder stands for the documents below it, hidden files left out. Raises InputError for a path
    that does not exist and for a folder without a document.
    """
    found: dict[Path, Path] = {}
    for path in list(paths) or [CORPUS]:
        if path.is_dir():
            files = [
                p
                for p in path.rglob("*")
                if p.is_file()
                and p.suffix.lower() in SUFFIXES
                and not any(x.startswith(".") for x in p.parts[len(path.parts) :])
            ]
            if not files:
                endings = ", ".join(sorted(SUFFIXES))
                raise InputError(str(path), "holds no document", f"put files ending in {endings} there")
            found.update({p.resolve(): p for p in files})
        elif path.exists():
            found[path.resolve()] = path
        else:
            raise InputError(str(path), "does not exist", "check the path")
    return sorted(found.values(), key=lambda p: (p.name, str(p)))
