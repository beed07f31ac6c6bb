"""Which documents gold files speak of, and where their files are. Nothing is scored here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.corpus import CORPUS, find_documents
from loaders.errors import InputError
from loaders.evaluate.gold import TYPES, base_name, check, read_records


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of annotated documents by name; of the plans that they are aligned to, those that were found.

    `aligned` tells whether any document has alignments annotated.
    """

    documents: dict[str, Path]
    upper: dict[str, Path]
    aligned: bool


def find_sources(gold: Sequence[Path], places: Iterable[Path] = ()) -> Sources:
    """The files that the gold speaks of, looked for by name in `places` (files and folders).

    Without places: beside each gold file, in the working directory, and among the shipped documents.
    InputError: a gold file is unsound, or a document is in none of the places.
    """
    given = list(places)
    known = {path.name: path for path in reversed(find_documents(given))} if given else {}
    documents: dict[str, Path] = {}
    upper: dict[str, Path] = {}
    aligned = False
    for path in gold:
        for where, record in read_records(path):
            check(record, where, gold=True)
            if record["type"] == "document":
                name = base_name(record["source_file"])
                aligned |= "alignment" in (record.get("annotated") or TYPES)
                found = known.get(name) if given else _usual(name, path)
                if found is None:
                    problem = f"speaks of {name}, which is in none of the places looked at"
                    raise InputError(where, problem, "name the document or its folder with --documents")
                documents[name] = found
            elif record["type"] == "alignment" and record.get("object_source_file"):
                name = base_name(record["object_source_file"])
                found = known.get(name) or _usual(name, path)
                if found is not None:
                    upper[name] = found
    return Sources(documents, {n: p for n, p in upper.items() if n not in documents}, aligned)


def _usual(name: str, gold: Path) -> Path | None:
    """The file of that name beside the gold file, in the working directory, or among the shipped ones."""
    return next((p / name for p in (gold.parent, Path(), CORPUS) if (p / name).is_file()), None)
