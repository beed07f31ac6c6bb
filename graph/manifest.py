"""What a store directory says of itself: its manifest, as read and written. Opens no graph."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from loaders.errors import StoreError
from ontology import terms

FORMAT: Final = 3
"""The layout of a store directory; another number needs another build."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the manifest lists it; `leftovers` are spans that ended in no record."""

    id: str
    file: str
    sha256: str
    leftovers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """A file of observations that the user gave, and how many rows it has."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be built, with the message of its error."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds: `rule_set` and `content` are SHA-256 of the rules and of the sorted N-Quads.

    `as_of` is the year or day as of which its targets were judged, `upper` the document (id) that the others
    are aligned to.
    """

    format: int
    version: str
    rule_set: str
    content: str
    quads: int
    as_of: str
    upper: str | None
    documents: tuple[Document, ...]
    observations: tuple[Observed, ...]
    failures: tuple[Failure, ...]

    def as_json(self) -> str:
        """The manifest as indented JSON, ended by a newline."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest in a file; raises StoreError where it is missing, damaged or of another version."""
        try:
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            found = (content["format"], content["version"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(str(path), f"cannot be read ({error})", "run `gangmu build` again") from error
        if found != (FORMAT, terms.VERSION):
            raise StoreError(
                str(path),
                f"is of format {found[0]} and version {found[1]}, not {FORMAT} and {terms.VERSION}",
                "run `gangmu build` again",
            )
        try:
            documents = tuple(
                Document(**{**d, "leftovers": tuple((start, end) for start, end in d["leftovers"])})
                for d in content.pop("documents")
            )
            observations = tuple(Observed(**o) for o in content.pop("observations"))
            failures = tuple(Failure(**f) for f in content.pop("failures"))
            return cls(**content, documents=documents, observations=observations, failures=failures)
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(str(path), f"is damaged ({error})", "run `gangmu build` again") from error
