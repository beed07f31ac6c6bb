"""What an answer rests on: its documents and their state, the graph's content hash, how to make it again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from graph import iris
from graph.desk import Desk
from graph.node_words import all_labels
from graph.observe import files_of
from graph.restore import from_dict
from graph.store import Manifest, Store
from loaders.corpus import sources
from loaders.errors import StoreError
from loaders.records import Document
from ontology import schemes

SHORTEST: Final = 8
"""Characters of a content hash that tell it apart well enough to be given by hand."""

SAFE: Final = re.compile(r"[\w%+,./:=@-]+")


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that an answer rests on, with its checksum (SHA-256 of the file) and its state."""

    id: str
    title: str
    file: str
    sha256: str
    date: str | None
    trust: str
    trust_zh: str
    trust_en: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """A file of actual values that an answer rests on."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that a reader needs to trust an answer, or to make it again by one command."""

    documents: tuple[Basis, ...]
    later: tuple[Basis, ...]
    observations: tuple[Values, ...]
    as_of: str
    content: str
    rule_set: str
    version: str
    build: str
    """The command that builds the same graph from the same documents, run where they lie."""
    command: str

    def as_dict(self) -> dict[str, Any]:
        """The standing as plain data."""
        return asdict(self)


def standing(desk: Desk, command: Sequence[str]) -> Standing:
    """The standing of a desk; `command` are the words after `gangmu` that made the answer."""
    return _standing(
        desk.store,
        [r.document for r in desk.readings],
        desk.later,
        str(desk.as_of),
        as_it_is(desk.store, *command),
    )


def standing_of(store: Store, command: Sequence[str]) -> Standing:
    """The standing of a store as it is."""
    documents = [r for r in map(from_dict, store.records(type_="document")) if isinstance(r, Document)]
    return _standing(store, documents, (), store.manifest.as_of, command)


def _standing(
    store: Store,
    documents: Sequence[Document],
    later: Sequence[Document],
    as_of: str,
    command: Sequence[str],
) -> Standing:
    labels = all_labels(store, iris.REGISTRY_SCHEMES)
    notations = schemes.NOTATIONS[schemes.scheme_trust]

    def basis(document: Document) -> Basis:
        names = labels.get(notations.get(document.trust, ""), {})
        return Basis(
            id=document.id,
            title=document.title or document.source_file,
            file=document.source_file,
            sha256=document.sha256,
            date=document.date,
            trust=document.trust,
            trust_zh=names.get("zh", document.trust),
            trust_en=names.get("en", document.trust),
            reasons=document.trust_reasons,
        )

    manifest = store.manifest
    return Standing(
        documents=tuple(map(basis, documents)),
        later=tuple(map(basis, later)),
        observations=tuple(Values(f.name, f.sha256, len(f.rows)) for f in files_of(store.directory)),
        as_of=as_of,
        content=manifest.content,
        rule_set=manifest.rule_set,
        version=manifest.version,
        build=build_command(manifest),
        command=_line(("gangmu", *command)),
    )


def build_command(manifest: Manifest) -> str:
    """The command that builds a graph of the same content where the documents lie.

    It presupposes the same version and rules, the same bytes of each document (their SHA-256 stands beside
    them) and the same decisions of reviewers.
    """
    shipped = {(s.file, s.sha256) for s in sources().values()}
    documents = {(d.file, d.sha256) for d in manifest.documents}
    files = () if documents == shipped else sorted(file for file, _ in documents)
    commands = [("gangmu", "build", *files, "--as-of", manifest.as_of)]
    commands += [("gangmu", "observe", o.file, "--as-of", manifest.as_of) for o in manifest.observations]
    return " && ".join(map(_line, commands))


def _line(words: Sequence[str]) -> str:
    return " ".join(map(_word, words))


def _word(word: str) -> str:
    """A word as a shell takes it; Chinese needs no quotes."""
    return word if SAFE.fullmatch(word) else shlex.quote(word)


def as_it_is(store: Store, *command: str) -> tuple[str, ...]:
    """The words of a command, with the option that makes it refuse any other graph than this one."""
    return (*command, "--expect", store.manifest.content[: SHORTEST * 2])


def expect(manifest: Manifest, content: str | None) -> None:
    """Raises StoreError where a store's content hash does not begin with the one that was asked for."""
    if content is None:
        return
    wanted = content.strip().lower()
    if len(wanted) < SHORTEST or not manifest.content.startswith(wanted):
        raise StoreError(
            f"--expect {content}",
            f"is not the graph in place, whose content is {manifest.content[: SHORTEST * 2]}",
            "build the graph from the documents that the answer names, or leave --expect out",
        )
