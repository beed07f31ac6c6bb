"""What was read from one document becomes quads, here and nowhere else. Reads no files, opens no store.

Each claim carries its document, its evidence, its run and its rule; a field that is null leaves no quad.
Units, indicators and jurisdictions are described in the registry graphs (registries.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from graph import iris
from graph.nquads import GraphWriter, QuadSet, date, integer, iri, string
from graph.review import Standing
from graph.triple_values import checksum_quads, concept, quantity, text_or_none
from graph.triples_facts import facts
from loaders.records import (
    Alignment,
    AnyRecord,
    Citation,
    Conflict,
    Declaration,
    Document,
    FieldAssignment,
    Goal,
    Item,
    Reading,
    Record,
    Repair,
    Responsibility,
    Section,
    Target,
)
from ontology import schemes, terms, vocab

ITEM_CLASSES = {
    "action": terms.Action,
    "task": terms.Task,
    "measure": terms.Measure,
    "safeguard": terms.Safeguard,
}


def document_quads(quads: QuadSet, reading: Reading, run: str) -> None:
    """Adds everything read from one document to its named graph; `run` is the IRI of the run."""
    document = reading.document
    graph = quads.graph(iris.document_graph(document.id))
    _texts(graph, document, reading.text)
    order: Counter[str] = Counter()
    for record in reading.records:
        order[record.type] += 1
        _add(graph, record, run)
        if record is not document:
            graph.add(iris.record(record.id), terms.ordinal, integer(order[record.type]))


def alignment_quads(quads: QuadSet, alignments: Iterable[Alignment], run: str) -> None:
    """Adds alignments and abstentions to the graph of proposals, rejected ones to a graph of their own."""
    proposed, rejected = quads.graph(iris.ALIGNMENT_PROPOSED), quads.graph(iris.ALIGNMENT_REJECTED)
    for alignment in alignments:
        _add(rejected if alignment.status == "rejected" else proposed, alignment, run)


def decision_quads(quads: QuadSet, decided: Iterable[Standing], run: str) -> None:
    """Adds every decision of every reviewer, whether it counts or not."""
    graph = quads.graph(iris.DECISIONS)
    for standing in decided:
        decision = standing.decision
        node = iris.decision(decision.key)
        passages = [iri(iris.record(r)) for r in (standing.subject, standing.object) if r is not None]
        graph.node(
            node,
            terms.ReviewDecision,
            [
                (vocab.owl_annotatedSource, passages[0]),
                (vocab.owl_annotatedTarget, passages[1] if len(passages) > 1 else None),
                (terms.alignmentStatus, concept(schemes.scheme_status, decision.verdict)),
                (terms.reviewer, string(decision.reviewer)),
                (terms.reviewedOn, date(decision.date)),
                (terms.decisionState, concept(schemes.scheme_decision, standing.state)),
                (vocab.rdfs_comment, text_or_none(decision.comment)),
                (vocab.prov_wasGeneratedBy, iri(run)),
            ],
        )
        graph.add(node, vocab.prov_wasDerivedFrom, *passages)


def _texts(graph: GraphWriter, document: Document, text: str) -> None:
    text_iri, file_iri = iris.text(document.id), iris.file(document.id)
    graph.node(text_iri, vocab.eli_LegalExpression, [(vocab.prov_wasDerivedFrom, iri(file_iri))])
    checksum_quads(graph, text_iri, hashlib.sha256(text.encode()).hexdigest())
    graph.node(file_iri, vocab.dcat_Distribution, [(vocab.dcterms_identifier, string(document.source_file))])
    checksum_quads(graph, file_iri, document.sha256)


def _evidence(graph: GraphWriter, record: Record) -> None:
    node = iris.evidence(record.id)
    position, exact = iris.position(node), iris.exact(node)
    graph.node(
        node,
        vocab.oa_SpecificResource,
        [
            (vocab.oa_hasSource, iri(iris.text(record.document))),
            (vocab.oa_hasSelector, iri(position)),
            (vocab.oa_hasSelector, iri(exact)),
        ],
    )
    graph.node(
        position,
        vocab.oa_TextPositionSelector,
        [(vocab.oa_start, integer(record.start)), (vocab.oa_end, integer(record.end))],
    )
    graph.node(exact, vocab.oa_TextQuoteSelector, [(vocab.oa_exact, string(record.quote))])


def _add(graph: GraphWriter, record: AnyRecord, run: str) -> None:
    node = iris.record(record.id)
    graph.node(node, _class(record), facts(record))
    if not isinstance(record, Document):
        graph.add(node, terms.inDocument, iri(iris.document(record.document)))
    graph.add(node, vocab.prov_wasDerivedFrom, iri(iris.evidence(record.id)))
    graph.add(node, vocab.prov_wasGeneratedBy, iri(run))
    graph.add(node, terms.rule, text_or_none(record.rule))
    _evidence(graph, record)
    if isinstance(record, Target):
        quantity(graph, iris.value(record.id), record.value, record.unit)
        if record.value_max is not None:
            quantity(graph, iris.value(record.id, upper=True), record.value_max, record.unit)
    if isinstance(record, Alignment) and record.object is not None:
        graph.add(node, vocab.rdf_type, iri(vocab.sssom_Mapping))


def _class(record: AnyRecord) -> str:
    if isinstance(record, Item):
        return ITEM_CLASSES[record.kind]
    if isinstance(record, Alignment) and record.object is None:
        return terms.Abstention
    if isinstance(record, Alignment) and record.status == "rejected":
        return terms.RejectedAlignment
    return CLASSES[type(record)]


CLASSES: dict[type[Record], str] = {
    Document: terms.PolicyDocument,
    Section: terms.Section,
    Target: terms.Target,
    Goal: terms.Goal,
    Responsibility: terms.ResponsibilityAssignment,
    Citation: terms.Citation,
    Declaration: terms.DeclaredCount,
    Repair: terms.Repair,
    Conflict: terms.Conflict,
    FieldAssignment: terms.FieldAssignment,
    Alignment: terms.Alignment,
}
