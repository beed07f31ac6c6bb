"""Everything a store will hold, assembled from readings, alignments and observations, and then written.

A build comes here with what it has read (build.py), `gangmu observe` with what a store holds (observe.py);
the same input gives the same bytes either way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph import curated, iris, runs
from graph.aims import AsOf, aims
from graph.align_scope import can_answer
from graph.derive import Derived, derive
from graph.nquads import QuadSet
from graph.observations import ObservationFile
from graph.progress import Status, judge_all
from graph.registries import name_quads, registry_quads
from graph.review import Standing, apply, standings
from graph.reviews import KEPT, Decision, as_table
from graph.store import FORMAT, Document, Failure, Manifest, Observed, load, write_files
from graph.triples import alignment_quads, decision_quads, document_quads
from graph.triples_curated import curated_quads
from graph.triples_derived import derived_quads, inference_quads
from graph.triples_progress import observation_quads, status_quads
from graph.triples_schemes import scheme_quads
from graph.triples_trust import source_trust_quads
from graph.triples_units import unit_quads
from loaders.records import Alignment, AnyRecord, Item, Reading, to_jsonl
from ontology import terms


@dataclass(frozen=True, slots=True)
class Content:
    """What a store will hold; `files` begin with the observations that come with Gangmu."""

    readings: Sequence[Reading]
    alignments: Sequence[Alignment]
    upper: Reading | None
    derived: Derived
    files: Sequence[ObservationFile]
    as_of: AsOf
    statuses: Sequence[Status]
    lines: Sequence[str]
    decisions: Sequence[Decision] = ()
    decided: Sequence[Standing] = ()


def upper_of(readings: Iterable[Reading]) -> Reading | None:
    """The document that the others are aligned to, null where none of a known place has actions.

    The one with most others of its place or inside it, then with most actions, then the first id. Of a
    document without a place nothing says who is to answer it.
    """
    known = list(readings)
    places = [r.document for r in known if r.document.jurisdiction_code is not None]

    def rank(reading: Reading) -> tuple[int, int]:
        own = reading.document
        inside = sum(d.id != own.id and can_answer(d, own) for d in places)
        return inside, sum(i.kind == "action" for i in reading.of(Item))

    placed = (r for r in known if r.document.jurisdiction_code is not None)
    return max((r for r in placed if rank(r)[1]), key=rank, default=None)


def assemble(
    readings: Sequence[Reading],
    alignments: Sequence[Alignment],
    upper: Reading | None,
    files: Sequence[ObservationFile],
    as_of: AsOf,
    decisions: Sequence[Decision] = (),
) -> Content:
    """The content of a store, from readings whose citations are resolved.

    `alignments` are as the machine proposed them or as earlier decisions left them; `decisions` in force are
    made good.
    """
    decided = standings(decisions, readings)
    alignments = apply(alignments, decided, readings, upper)
    derived = derive(readings, alignments, upper)
    statuses = judge_all(aims(readings), files, as_of)
    quads = QuadSet()
    scheme_quads(quads)
    for reading in readings:
        run = runs.run_iri([reading.document.sha256])
        runs.run_quads(quads, run, [iris.text(reading.document.id)])
        document_quads(quads, reading, run)
    texts = [iris.text(r.document.id) for r in readings]
    reviewed = [decision.key for decision in decisions]
    whole = runs.run_iri(["whole", *reviewed, *(r.document.sha256 for r in readings)])
    runs.run_quads(quads, whole, texts)
    by_hand = runs.run_iri([hashlib.sha256(curated.TABLE.read_bytes()).hexdigest()])
    runs.run_quads(quads, by_hand, [])
    curated_quads(quads, by_hand)
    alignment_quads(quads, alignments, whole)
    decision_quads(quads, decided, whole)
    derived_quads(quads, derived, whole)
    inference_quads(quads, readings, alignments, derived.refinements)
    registry_quads(quads)
    name_quads(quads, (record for reading in readings for record in reading.records))
    unit_quads(quads, readings)
    _progress(quads, files, statuses, as_of, readings)
    source_trust_quads(quads)
    lines = quads.lines()
    return Content(readings, alignments, upper, derived, files, as_of, statuses, lines, decisions, decided)


def _progress(
    quads: QuadSet,
    files: Sequence[ObservationFile],
    statuses: Sequence[Status],
    as_of: AsOf,
    readings: Sequence[Reading],
) -> None:
    """Observations, each file a run of its own, and the statuses, a run over all files and documents."""
    observed = {file.sha256: runs.run_iri([file.sha256]) for file in files}
    for run in observed.values():
        runs.run_quads(quads, run, [])
    observation_quads(quads, files, observed, {status.target for status in statuses})
    judged = runs.run_iri(["progress", str(as_of), *observed, *(r.document.sha256 for r in readings)])
    runs.run_quads(quads, judged, [iris.text(r.document.id) for r in readings])
    status_quads(quads, statuses, str(as_of), judged)


def put(content: Content, failures: Sequence[Failure], directory: Path) -> Manifest:
    """Writes the content into an empty directory; returns its manifest."""
    manifest = _manifest(content, failures)
    load(directory / "graph", content.lines)
    texts = {r.document.id: r.text for r in content.readings}
    observed = {file.name: file.content for file in content.files if not file.curated}
    reviewed = {KEPT: as_table("kept", content.decisions)} if content.decisions else {}
    write_files(directory, manifest, to_jsonl(_all_records(content)), texts, observed, reviewed)
    return manifest


def _manifest(content: Content, failures: Sequence[Failure]) -> Manifest:
    digest = hashlib.sha256()
    for line in content.lines:
        digest.update(line.encode() + b"\n")
    return Manifest(
        format=FORMAT,
        version=terms.VERSION,
        rule_set=runs.rule_set(),
        content=digest.hexdigest(),
        quads=len(content.lines),
        as_of=str(content.as_of),
        upper=content.upper.document.id if content.upper is not None else None,
        documents=tuple(
            Document(r.document.id, r.document.source_file, r.document.sha256, r.leftovers)
            for r in content.readings
        ),
        observations=tuple(
            Observed(file.name, file.sha256, len(file.rows)) for file in content.files if not file.curated
        ),
        failures=tuple(failures),
    )


def _all_records(content: Content) -> Iterator[AnyRecord]:
    """The records of each document in document order, its alignments after them."""
    for reading in content.readings:
        yield from reading.records
        yield from (a for a in content.alignments if a.document == reading.document.id)
