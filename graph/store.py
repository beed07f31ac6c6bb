"""The store on disk: opened read only, asked, and never written once it is in place.

The only module that knows the engine (pyoxigraph). A store directory holds `graph/` (the engine's files),
`records.jsonl`, `texts/<document>.txt`, `manifest.json` and, where there are any, `observations/<file>` that
the user gave and the reviewers' decisions that it was built with.
build.py makes one beside the old and switches by renaming; a switch that was interrupted leaves the old one
under its set-aside name, where it is found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from graph import iris
from graph.manifest import FORMAT, Document, Failure, Manifest, Observed
from graph.nquads import to_bytes
from graph.query_shape import names_graphs
from loaders.errors import StoreError, UsageError
from ontology import vocab

__all__ = [
    "FORMAT",
    "BlankNode",
    "Document",
    "Failure",
    "Literal",
    "Manifest",
    "NamedNode",
    "Observed",
    "Quad",
    "QueryBoolean",
    "QuerySolutions",
    "QueryTriples",
    "Store",
    "identity",
    "kept_observations",
    "load",
    "paths_of",
    "read_turtle",
    "triples_as",
    "turtle",
    "write_files",
]

OBSERVATIONS: Final = "observations"
_OF_DOCUMENT: Final = re.compile(rb'"document": ("(?:[^"\\\\]|\\\\.)*")')
"""The field that says which document a record is of, in a line of records; no text can hold it unescaped."""
_Run = tuple[int, int, int | None]
"""Neighbouring lines of the records' file: byte and line number of the first, and how many (null: all)."""
FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
"""The formats that the engine writes by itself. JSON-LD has names of its own (export_jsonld.py)."""


def paths_of(directory: Path) -> tuple[Path, Path, Path]:
    """The store directory itself, where the next one grows, and where the last one is set aside."""
    place = directory.resolve()
    return place, place.with_name(f"{place.name}.gangmu-new"), place.with_name(f"{place.name}.gangmu-old")


def _in_place(directory: Path) -> Path:
    """The directory that holds the store now: in its place, or set aside by an interrupted switch."""
    place, _, aside = paths_of(directory)
    for candidate in (place, aside, place):  # a switch may happen between the first two looks
        if (candidate / "manifest.json").is_file():
            return candidate
    raise StoreError(str(directory), "holds no store", "run `gangmu build`, or name the store's directory")


def identity(directory: Path) -> tuple[int, int] | None:
    """What tells the store in a directory from the one that a build puts there; null where none is."""
    try:
        state = (directory / "manifest.json").stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns


class Store:
    """A store opened read only. Its default graph is the union of all named graphs."""

    def __init__(self, directory: Path, manifest: Manifest, graph: ox.Store) -> None:
        """Used by `open`."""
        self.directory, self.manifest, self._graph = directory, manifest, graph
        self._index: dict[str, list[_Run]] | None = None

    @classmethod
    def open(cls, directory: Path | str) -> Store:
        """The store in a directory; raises StoreError where there is none that can be read."""
        place = _in_place(Path(directory))
        manifest = Manifest.read(place / "manifest.json")
        try:
            graph = ox.Store.read_only(str(place / "graph"))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(str(place), f"is damaged ({error})", "run `gangmu build` again") from error
        return cls(place, manifest, graph)

    def in_memory(self) -> Store:
        """The same store with a copy of its graph in memory, which answers five to ten times as fast.

        A million quads take about half a gigabyte, and 13 s of a processor to copy.
        """
        graph = ox.Store()
        graph.bulk_extend(self._graph)
        return Store(self.directory, self.manifest, graph)

    def query(
        self, sparql: str, graphs: Iterable[str] = (), named: Iterable[str] = ()
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The answer to a SPARQL query; raises UsageError where the query cannot be read or run.

        `graphs` are the IRIs of the graphs whose union is the default graph, `named` those that GRAPH may
        name (SPARQL 1.1 Protocol, 2.1.4); where neither is given, the query's own FROM or the whole store.
        Relative IRIs of the query are those of the store's things.
        """
        defaults, names = [NamedNode(g) for g in graphs], [NamedNode(g) for g in named]
        dataset: dict[str, Any] = {"use_default_graph_as_union": not names_graphs(sparql)}
        if defaults or names:
            dataset = {"default_graph": defaults, "named_graphs": names}
        try:
            return self._graph.query(sparql, base_iri=iris.BASE, prefixes=dict(vocab.PREFIXES), **dataset)
        except (SyntaxError, OSError, ValueError, RuntimeError) as error:
            problem = " ".join(str(error).split())
            raise UsageError("query", f"cannot be answered ({problem})", "mend the query") from error

    def quads(
        self,
        graph: str | None = None,
        predicate: str | None = None,
        subject: str | None = None,
        value: str | None = None,
    ) -> Iterator[Quad]:
        """The quads of a named graph, predicate, subject or object (IRIs), or all, in no particular order."""
        parts = (None if iri is None else NamedNode(iri) for iri in (subject, predicate, value, graph))
        return iter(self._graph.quads_for_pattern(*parts))

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(g.value for g in self._graph.named_graphs() if isinstance(g, NamedNode))

    def values(self, subject: str, predicate: str) -> list[str]:
        """The values of a property of a node, as sorted strings."""
        found = self._graph.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
        return sorted({q.object.value for q in found if isinstance(q.object, NamedNode | Literal)})

    def labels(self, subject: str, predicate: str = vocab.skos_prefLabel) -> dict[str, str]:
        """The texts of a property of a node by language."""
        found = self._graph.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
        texts = (q.object for q in found if isinstance(q.object, Literal))
        return {text.language: text.value for text in texts if text.language is not None}

    def records(self, document: str | None = None, type_: str | None = None) -> Iterator[dict[str, Any]]:
        """Every record as its JSON object, in document order; or those of one document (id), of one type.

        Raises StoreError where the file of records is missing or damaged.
        """
        path = self.directory / "records.jsonl"
        sort = b"" if type_ is None else f'"type": {json.dumps(type_)}'.encode()
        runs = [(0, 1, None)] if document is None else self._runs().get(document, [])
        number = 0
        try:
            with path.open("rb") as file:
                for offset, first, count in runs:
                    file.seek(offset)
                    for number, line in enumerate(islice(file, count), first):  # noqa: B007 - errors name it
                        if sort in line:
                            record = json.loads(line)
                            wanted = type_ is None or record["type"] == type_
                            if wanted and document in (None, record["document"]) and record["type"]:
                                yield record
        except (OSError, ValueError, KeyError, TypeError) as error:
            where = f"{path}: line {number}"
            raise StoreError(where, f"is damaged ({error})", "run `gangmu build` again") from error

    def _runs(self) -> dict[str, list[_Run]]:
        """Where the records of each document (id) stand, a run for each place where they do."""
        if self._index is None:
            found: dict[str, list[_Run]] = {}
            path, offset, last = self.directory / "records.jsonl", 0, ""
            try:
                with path.open("rb") as file:
                    for number, line in enumerate(file, 1):
                        named = _OF_DOCUMENT.search(line)
                        document = "" if named is None else str(json.loads(named[1]))
                        runs = found.setdefault(document, [])
                        if document == last and runs:
                            begin, first, _ = runs[-1]
                            runs[-1] = (begin, first, number - first + 1)
                        else:
                            runs.append((offset, number, 1))
                        offset, last = offset + len(line), document
            except (OSError, ValueError) as error:
                raise StoreError(str(path), f"is damaged ({error})", "run `gangmu build` again") from error
            self._index = found
        return self._index

    def text(self, document: str) -> str:
        """The source text of a document (id) that offsets refer to; raises UsageError for an unknown one."""
        if document not in {d.id for d in self.manifest.documents}:
            raise UsageError(f"document {document!r}", "is not in the store", "see `gangmu ask documents`")
        path = self.directory / "texts" / f"{iris.segment(document)}.txt"
        try:
            return path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(str(path), f"is damaged ({error})", "run `gangmu build` again") from error

    def about(self, subjects: Iterable[str]) -> bytes:
        """All triples whose subject is one of these IRIs, as sorted Turtle."""
        found = (
            quad.triple
            for subject in subjects
            for quad in self._graph.quads_for_pattern(NamedNode(subject), None, None, None)
        )
        return _turtle(found, vocab.PREFIXES)

    def serialise(self, form: str) -> bytes:
        """All quads in a format of FORMATS, sorted; a format without graphs gets the union of them."""
        ordered = sorted(self._graph, key=str)
        format_ = FORMATS[form]
        if form == "nq":
            return b"".join(to_bytes(f"{q} ." for q in ordered))
        if format_.supports_datasets:
            return _bytes(ox.serialize(ordered, format=format_, prefixes=dict(vocab.PREFIXES)))
        return _turtle((q.triple for q in ordered), vocab.PREFIXES)


def turtle(lines: Iterable[str], prefixes: Mapping[str, str]) -> bytes:
    """The triples of N-Quads lines, whatever graph they are in, as sorted Turtle."""
    quads = ox.parse(b"".join(to_bytes(lines)), format=ox.RdfFormat.N_QUADS)
    return _turtle((q.triple for q in quads), prefixes)


def triples_as(triples: Iterable[ox.Triple], media: str) -> bytes:
    """Triples in the RDF format of a media type, in the order given; UsageError where it cannot hold them."""
    form = ox.RdfFormat.from_media_type(media)
    assert form is not None
    try:
        return _bytes(ox.serialize(triples, format=form, prefixes=dict(vocab.PREFIXES)))
    except ValueError as error:
        raise UsageError("query", f"has an answer that {media} cannot hold", "ask for Turtle") from error


def _turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    ordered = sorted(set(triples), key=str)
    return _bytes(ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)))


def _bytes(result: bytes | None) -> bytes:
    return result or b""


def load(directory: Path, lines: Iterable[str]) -> None:
    """Loads N-Quads lines into a new engine directory and flushes it to disk."""
    graph = ox.Store(str(directory))
    graph.bulk_load(BytesIO(b"".join(to_bytes(lines))), format=ox.RdfFormat.N_QUADS)
    graph.flush()


def write_files(
    directory: Path,
    manifest: Manifest,
    records: str,
    texts: Mapping[str, str],
    observed: Mapping[str, bytes] = {},
    others: Mapping[str, bytes] = {},
) -> None:
    """Writes everything of a store but its graph; the manifest comes last: it tells that a store is whole."""
    (directory / "texts").mkdir()
    for document, text in texts.items():
        (directory / "texts" / f"{iris.segment(document)}.txt").write_bytes(text.encode())
    if observed:
        (directory / OBSERVATIONS).mkdir()
    for name, content in observed.items():
        (directory / OBSERVATIONS / name).write_bytes(content)
    for name, content in others.items():
        (directory / name).write_bytes(content)
    (directory / "records.jsonl").write_bytes(records.encode())
    (directory / "manifest.json").write_bytes(manifest.as_json().encode())


def kept_observations(directory: Path) -> list[tuple[str, bytes]]:
    """The names and bytes of the observations that a store of any version keeps, by name."""
    try:
        folder = _in_place(directory) / OBSERVATIONS
    except StoreError:
        return []
    try:
        return [(p.name, p.read_bytes()) for p in sorted(folder.glob("*")) if p.is_file()]
    except OSError as error:
        raise StoreError(str(folder), f"cannot be read ({error})", "make it readable") from error


def read_turtle(path: Path) -> Iterator[tuple[str, str, str | Literal]]:
    """The triples of a Turtle file that hold no blank node: IRIs as strings, literals as they are."""
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            yield subject.value, triple.predicate.value, value if isinstance(value, Literal) else value.value
