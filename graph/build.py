"""From paths to a store: reads, resolves, aligns, derives, writes. How directories change is switch.py's."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph import iris, runs
from graph.align import align
from graph.curated import TABLE
from graph.derive import Derived, derive
from graph.nquads import QuadSet
from graph.registries import registry_quads
from graph.resolve import date_of, resolve
from graph.store import FORMAT, Document, Failure, Manifest, load, write_files
from graph.switch import growing, switch_in
from graph.triples import alignment_quads, document_quads
from graph.triples_curated import curated_quads
from graph.triples_derived import derived_quads, inference_quads
from graph.triples_schemes import scheme_quads
from loaders.corpus import CORPUS, find_documents
from loaders.errors import GangmuError, InputError
from loaders.read import read_document
from loaders.records import Alignment, AnyRecord, Item, Reading, to_jsonl
from ontology import terms

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document of a build; `counts` holds the number of records by type, `aligned` of lower items."""

    id: str
    title: str | None
    file: str
    jurisdiction: str | None
    level: str | None
    trust: str
    counts: dict[str, int]
    aligned: int
    abstained: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `store` is the directory as it was given, `upper` the id of the upper document."""

    store: str
    documents: tuple[DocumentSummary, ...]
    failures: tuple[Failure, ...]
    upper: str | None
    quads: int
    content: str
    cells: int
    cross_conflicts: int


@dataclass(frozen=True, slots=True)
class _Content:
    """Everything a store will hold, before any of it is written."""

    readings: Sequence[Reading]
    alignments: Sequence[Alignment]
    upper: Reading | None
    derived: Derived
    lines: Sequence[str]


def build(paths: Iterable[Path], store_dir: Path, progress: Progress | None = None) -> BuildReport:
    """Builds a store from files and folders (none: the shipped corpus) and switches it in.

    What cannot be read is listed among the failures and the rest is built. Raises InputError where nothing
    can be read, and StoreError where the directory is no store or another build is writing.
    """
    tell = progress or _say_nothing
    files, missing = _files(paths)
    readings, unreadable = _read(files, tell)
    failures = [*missing, *unreadable]
    if not readings:
        problem = "; ".join(f"{f.file}: {f.message}" for f in failures)
        raise InputError("build", f"no document can be read ({problem})", "name others")
    with growing(store_dir) as new:
        tell("align", 0, 1)
        content = _content(readings)
        tell("write", 0, 1)
        manifest = _manifest(content, failures)
        load(new / "graph", content.lines)
        texts = {r.document.id: r.text for r in content.readings}
        write_files(new, manifest, to_jsonl(_all_records(content)), texts)
        switch_in(store_dir)
        tell("write", 1, 1)
    return _report(store_dir, content, manifest)


def _say_nothing(_stage: str, _done: int, _total: int) -> None:
    """The progress of a build that nobody watches."""


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Failure]]:
    """The files that the paths stand for, each once, and the paths that stand for none."""
    found: dict[Path, Path] = {}
    failures = []
    for given in [[p] for p in paths] or [[]]:
        try:
            found.update({p.resolve(): p for p in find_documents(given)})
        except GangmuError as error:
            failures.append(_failure(given[0] if given else CORPUS, error))
    return sorted(found.values(), key=lambda p: (p.name, str(p))), failures


def _failure(path: Path, error: GangmuError) -> Failure:
    """The failure without the folders of this machine."""
    return Failure(error.what.replace(str(path), path.name), f"{error.problem}; {error.remedy}")


def _read(paths: Sequence[Path], tell: Progress) -> tuple[list[Reading], list[Failure]]:
    readings: dict[str, Reading] = {}
    failures = []
    for number, path in enumerate(paths):
        tell(path.name, number, len(paths))
        try:
            reading = read_document(path)
            first = readings.get(reading.document.id)
            if first is not None:
                same = f"is the same document as {first.document.source_file}"
                raise InputError(str(path), same, "leave one of them out")
            readings[reading.document.id] = reading
        except GangmuError as error:
            failures.append(_failure(path, error))
    return [readings[key] for key in sorted(readings)], failures


def _content(readings: Sequence[Reading]) -> _Content:
    readings = resolve(readings)
    upper = _upper(readings)
    alignments: list[Alignment] = []
    if upper is not None:
        lower = [r for r in readings if r is not upper]
        alignments = align(lower, upper, upper_date=date_of(upper.document))
    derived = derive(readings, alignments, upper)
    quads = QuadSet()
    scheme_quads(quads)
    for reading in readings:
        run = runs.run_iri([reading.document.sha256])
        runs.run_quads(quads, run, [iris.text(reading.document.id)])
        document_quads(quads, reading, run)
    whole = runs.run_iri(["whole", *(r.document.sha256 for r in readings)])
    runs.run_quads(quads, whole, [iris.text(r.document.id) for r in readings])
    curated = runs.run_iri([hashlib.sha256(TABLE.read_bytes()).hexdigest()])
    runs.run_quads(quads, curated, [])
    curated_quads(quads, curated)
    alignment_quads(quads, alignments, whole)
    derived_quads(quads, derived, whole)
    inference_quads(quads, readings, alignments)
    registry_quads(quads, (record for reading in readings for record in reading.records))
    return _Content(readings, alignments, upper, derived, quads.lines())


def _upper(readings: Iterable[Reading]) -> Reading | None:
    """The document that the others are aligned to: the one with most actions, the first id among equals."""
    ranked = [(sum(i.kind == "action" for i in r.of(Item)), r) for r in readings]
    most = max((n for n, _ in ranked), default=0)
    return next((r for n, r in ranked if n == most), None) if most else None


def _manifest(content: _Content, failures: Sequence[Failure]) -> Manifest:
    digest = hashlib.sha256()
    for line in content.lines:
        digest.update(line.encode() + b"\n")
    return Manifest(
        format=FORMAT,
        version=terms.VERSION,
        rule_set=runs.rule_set(),
        content=digest.hexdigest(),
        quads=len(content.lines),
        documents=tuple(
            Document(r.document.id, r.document.source_file, r.document.sha256, r.leftovers)
            for r in content.readings
        ),
        failures=tuple(failures),
    )


def _all_records(content: _Content) -> Iterator[AnyRecord]:
    """The records of each document in document order, its alignments after them."""
    for reading in content.readings:
        yield from reading.records
        yield from (a for a in content.alignments if a.document == reading.document.id)


def _report(store_dir: Path, content: _Content, manifest: Manifest) -> BuildReport:
    documents = []
    for reading in content.readings:
        d = reading.document
        own = [a for a in content.alignments if a.document == d.id]
        documents.append(
            DocumentSummary(
                id=d.id,
                title=d.title,
                file=d.source_file,
                jurisdiction=d.jurisdiction,
                level=d.level,
                trust=d.trust,
                counts=dict(sorted(Counter(r.type for r in reading.records).items())),
                aligned=len({a.subject for a in own if a.object is not None}),
                abstained=sum(a.object is None for a in own),
            )
        )
    return BuildReport(
        store=str(store_dir),
        documents=tuple(documents),
        failures=manifest.failures,
        upper=content.upper.document.id if content.upper is not None else None,
        quads=manifest.quads,
        content=manifest.content,
        cells=len(content.derived.cells),
        cross_conflicts=len(content.derived.conflicts),
    )
