"""From paths to a store: reads, resolves, aligns. What follows is content.py's, the switch switch.py's.

The observations that the store in place keeps are carried over into the new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from graph.aims import AsOf
from graph.align_embedding import Encoder, load
from graph.align_parallel import align_all
from graph.align_scope import can_answer
from graph.calibrate import fitted
from graph.content import Content, assemble, put, upper_of
from graph.fields import classified
from graph.observe import files_of
from graph.progress import newest
from graph.resolve import date_of, resolve
from graph.reviews import folder_beside, read_folder
from graph.store import Failure, Manifest
from graph.switch import growing, switch_in
from loaders.corpus import CORPUS, find_all
from loaders.errors import GangmuError, InputError
from loaders.pool import read_each
from loaders.records import Alignment, Reading

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
    as_of: str
    observations: int
    decisions: dict[str, int]
    """Reviewers' decisions by their state."""
    notes: tuple[str, ...]
    """What a person must know of the files: those passed over, pages without text (in Chinese)."""


def build(
    paths: Iterable[Path],
    store_dir: Path,
    progress: Progress | None = None,
    as_of: AsOf | None = None,
    reviews: Path | None = None,
    workers: int = 1,
    embedding: str | None = None,
) -> BuildReport:
    """Builds a store from files and folders (none: the shipped corpus) and switches it in.

    Targets are judged as of a point in time; without one, as of the end of the newest observed year.
    Reviewers' decisions are read from the folder `reviews`, else from `data/reviews` beside the store; those
    in force win over what the machine proposes. `workers` processes read where there are many files; what is
    built is the same, byte for byte, whatever their number. `embedding` names a model of the user's own, one
    more signal of the alignment.
    What cannot be read is listed among the failures and the rest is built. Raises InputError where nothing
    can be read, and StoreError where the directory is no store or another build is writing.
    """
    tell = progress or _say_nothing
    encoder = None if embedding is None else load(embedding)
    files, missing, notes = _files(paths)
    readings, unreadable = _read(files, tell, workers)
    failures = [*missing, *unreadable]
    if not readings:
        problem = "; ".join(f"{f.file}: {f.message}" for f in failures)
        raise InputError("build", f"no document can be read ({problem})", "name others")
    with growing(store_dir) as new:
        tell("align", 0, 1)
        observed = files_of(store_dir)
        folder = reviews or folder_beside(store_dir)
        readings, alignments, upper = _aligned(readings, fitted(folder), encoder, workers)
        when = as_of or newest(observed)
        content = assemble(readings, alignments, upper, observed, when, read_folder(folder))
        tell("write", 0, 1)
        manifest = put(content, failures, new)
        switch_in(store_dir)
        tell("write", 1, 1)
    return _report(store_dir, content, manifest, notes)


def _say_nothing(_stage: str, _done: int, _total: int) -> None:
    """The progress of a build that nobody watches."""


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Failure], list[str]]:
    """The files that the paths stand for, each once, the paths that stand for none, and notes on the way."""
    found: dict[Path, Path] = {}
    failures: list[Failure] = []
    notes: list[str] = []
    for given in [[p] for p in paths] or [[]]:
        try:
            below = find_all(given)
            found.update({p.resolve(): p for p in below.paths})
            notes += below.notes
        except GangmuError as error:
            failures.append(_failure(given[0] if given else CORPUS, error))
    return sorted(found.values(), key=lambda p: (p.name, str(p))), failures, notes


def _failure(path: Path, error: GangmuError) -> Failure:
    """The failure without the folders of this machine."""
    return Failure(error.what.replace(str(path), path.name), f"{error.problem}; {error.remedy}")


def _read(paths: Sequence[Path], tell: Progress, workers: int) -> tuple[list[Reading], list[Failure]]:
    readings: dict[str, Reading] = {}
    failures = []
    with closing(read_each(paths, workers)) as every:
        for number, path in enumerate(paths):
            tell(path.name, number, len(paths))
            found = next(every)
            problem = found if isinstance(found, GangmuError) else _twice(path, found, readings)
            if problem is not None:
                failures.append(_failure(path, problem))
            elif isinstance(found, Reading):
                readings[found.document.id] = found
    return [readings[key] for key in sorted(readings)], failures


def _twice(path: Path, reading: Reading, readings: Mapping[str, Reading]) -> GangmuError | None:
    """What is wrong with a document that was read before from another file."""
    first = readings.get(reading.document.id)
    if first is None:
        return None
    same = f"is the same document as {first.document.source_file}"
    if first.document.sha256 != reading.document.sha256:
        same = f"has the place, date and title of {first.document.source_file}, but another text"
    return InputError(str(path), same, "leave one of them out")


def _aligned(
    readings: Sequence[Reading], coefficients: Mapping[str, float], encoder: Encoder | None, workers: int
) -> tuple[list[Reading], list[Alignment], Reading | None]:
    """The readings with citations resolved and fields told, the alignments, and the upper one."""
    resolved = classified(resolve(readings))
    upper = upper_of(resolved)
    if upper is None:
        return resolved, [], None
    lower = [r for r in resolved if r is not upper and can_answer(r.document, upper.document)]
    date = date_of(upper.document)
    found = align_all(
        lower, upper, upper_date=date, coefficients=coefficients, encoder=encoder, processes=workers
    )
    return resolved, found, upper


def _report(store_dir: Path, content: Content, manifest: Manifest, notes: Sequence[str]) -> BuildReport:
    said = (f"{r.document.source_file}：{note}" for r in content.readings for note in r.notes)
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
        as_of=str(content.as_of),
        observations=len({row.key for file in content.files for row in file.rows}),
        decisions=dict(sorted(Counter(standing.state for standing in content.decided).items())),
        notes=(*notes, *said),
    )
