"""Derived records and direct links become quads of their own graphs. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence

from graph import iris
from graph.derive import CoverageCell, CrossConflict, Derived
from graph.loads import UnitLoad, ancestors
from graph.nquads import GraphWriter, QuadSet, boolean, decimal, integer, iri, string
from graph.refine import Refinement
from graph.triple_values import concept
from graph.triples_facts import ALIGNMENT_PROPERTIES
from graph.triples_gaps import gap_quads
from loaders.records import Alignment, Citation, Item, Reading, Responsibility, Section
from ontology import schemes, terms, vocab

CONFLICT_RULE = "derive.cross_conflict"
COVERAGE_RULE = "derive.coverage"
LOAD_RULE = "derive.load"
COMBINED_RULE = "derive.combined_load"
DIRECT = {
    "interprets": terms.interprets,
    "based_on": vocab.eli_based_on,
    "applies": vocab.eli_applies,
    "aligned_with": terms.alignedWith,
    "cites": vocab.eli_cites,
}
"""The direct property between documents for each way of citing; a document's own title gives none."""


def derived_quads(quads: QuadSet, derived: Derived, run: str) -> None:
    """Adds coverage cells, unit loads, conflicts across documents, and what gaps are judged by."""
    graph = quads.graph(iris.DERIVED)
    for cell in derived.cells:
        _cell(graph, cell, run)
    for load in derived.loads:
        _load(graph, load, run)
    for load in derived.combined:
        _load(quads.graph(iris.INFERENCE), load, run, combined=True)
    for conflict in derived.conflicts:
        _conflict(graph, conflict, run)
    gap_quads(graph, derived, run)


def inference_quads(
    quads: QuadSet,
    readings: Sequence[Reading],
    alignments: Sequence[Alignment],
    refinements: Sequence[Refinement],
) -> None:
    """Adds what follows from the claims: parts, all that lies above, and direct links."""
    graph = quads.graph(iris.INFERENCE)
    for reading in readings:
        document = reading.document.id
        parts: list[Section | Item] = [*reading.of(Section), *reading.of(Item)]
        parents = {p.id: p.parent for p in parts}
        for part in parts:
            node = iris.record(part.id)
            graph.add(iris.record(part.parent or document), vocab.eli_has_part, iri(node))
            above = [*ancestors(part.id, parents)][1:]
            graph.add(node, terms.within, *(iri(iris.record(a)) for a in (*above, document)))
        for duty in reading.of(Responsibility):
            if duty.item is not None:
                graph.add(iris.record(duty.item), terms.hasResponsibleUnit, iri(iris.unit(duty.unit)))
        for citation in reading.of(Citation):
            if citation.resolved is not None and citation.relation in DIRECT:
                cited = iri(iris.document(citation.resolved))
                graph.add(iris.document(document), DIRECT[citation.relation], cited)
                graph.add(iris.document(document), vocab.eli_cites, cited)
    for refined in refinements:
        graph.add(iris.record(refined.lower), terms.refines, iri(iris.record(refined.upper)))
    for alignment in alignments:
        if alignment.status == "accepted" and alignment.object is not None and alignment.relation is not None:
            link = ALIGNMENT_PROPERTIES[alignment.relation]
            graph.add(iris.record(alignment.subject), link, iri(iris.record(alignment.object)))


def _cell(graph: GraphWriter, cell: CoverageCell, run: str) -> None:
    node = iris.coverage_cell(cell.jurisdiction, cell.upper_item)
    graph.node(
        node,
        terms.CoverageCell,
        [
            (terms.cellJurisdiction, iri(iris.jurisdiction(cell.jurisdiction))),
            (terms.cellUpperItem, iri(iris.record(cell.upper_item))),
            (terms.coverage, concept(schemes.scheme_coverage, cell.coverage)),
            (terms.isElsewhere, boolean(cell.elsewhere)),
            (terms.itemCount, integer(cell.items)),
            (terms.targetCount, integer(cell.targets)),
            (terms.bestConfidence, None if cell.confidence is None else decimal(cell.confidence)),
            (terms.rule, string(COVERAGE_RULE)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, vocab.prov_wasDerivedFrom, *(iri(iris.record(a)) for a in cell.basis))


def _load(graph: GraphWriter, load: UnitLoad, run: str, *, combined: bool = False) -> None:
    node = iris.combined_load(load.unit) if combined else iris.unit_load(load.unit)
    graph.node(
        node,
        terms.CombinedLoad if combined else terms.UnitLoad,
        [
            (terms.loadUnit, iri(iris.unit(load.unit))),
            (terms.itemCount, integer(load.items)),
            (terms.leadCount, integer(load.leads)),
            (terms.targetCount, integer(load.targets)),
            (terms.documentCount, integer(load.documents)),
            (terms.unitCount, integer(len(load.units)) if combined else None),
            (terms.rule, string(COMBINED_RULE if combined else LOAD_RULE)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, vocab.prov_wasDerivedFrom, *(iri(iris.record(d)) for d in load.basis))


def _conflict(graph: GraphWriter, conflict: CrossConflict, run: str) -> None:
    targets = (iri(iris.record(conflict.first)), iri(iris.record(conflict.second)))
    node = iris.cross_conflict(conflict.first, conflict.second)
    graph.node(
        node,
        terms.Conflict,
        [
            (terms.conflictKind, iri(schemes.conflict_value)),
            (terms.explanation, string(conflict.explanation)),
            (terms.confidence, decimal(conflict.confidence)),
            (terms.acrossDocuments, boolean(True)),
            (terms.rule, string(CONFLICT_RULE)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, terms.involves, *targets)
    graph.add(node, terms.inDocument, *(iri(iris.document(d)) for d in conflict.documents))
    graph.add(node, vocab.prov_wasDerivedFrom, *targets)
