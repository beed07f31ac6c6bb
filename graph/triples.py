"""What was read from one document becomes quads, here and nowhere else. Reads no files, opens no store.

Each claim carries its document, its evidence, its run and its rule; a field that is null leaves no quad.
Units, indicators and jurisdictions are described in the registry graphs (registries.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import singledispatch

from graph import iris
from graph.nquads import GraphWriter, QuadSet, Term, boolean, date, decimal, integer, iri, string
from graph.registries import indicator_iri, measure_unit_iri, unit_iri
from graph.review import Standing
from loaders.records import (
    Alignment,
    AnyRecord,
    Citation,
    Conflict,
    Declaration,
    Document,
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

Facts = Iterable[tuple[str, Term | None]]

ITEM_CLASSES = {
    "action": terms.Action,
    "task": terms.Task,
    "measure": terms.Measure,
    "safeguard": terms.Safeguard,
}
ALIGNMENT_PROPERTIES = {"implements": terms.implements, "relates_to": terms.relatesTo}
OTHER_KIND = schemes.kind_other


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
                (terms.decisionState, string(standing.state)),
                (vocab.rdfs_comment, text_or_none(decision.comment)),
                (vocab.prov_wasGeneratedBy, iri(run)),
            ],
        )
        graph.add(node, vocab.prov_wasDerivedFrom, *passages)


def checksum_quads(graph: GraphWriter, of: str, sha256: str) -> None:
    """The SHA-256 checksum (hex) of a text, file or rule set."""
    node = iris.checksum(of)
    graph.add(of, vocab.spdx_checksum, iri(node))
    facts: Facts = (
        (vocab.spdx_algorithm, iri(vocab.spdx_checksumAlgorithm_sha256)),
        (vocab.spdx_checksumValue, string(sha256)),
    )
    graph.node(node, vocab.spdx_Checksum, facts)


def concept(scheme: str, value: str | None) -> Term | None:
    """The concept that stands for a record's value."""
    return None if value is None else iri(schemes.NOTATIONS[scheme][value])


def text_or_none(value: str | None) -> Term | None:
    """A text, absent where it is null."""
    return None if value is None else string(value)


def number_or_none(value: int | None) -> Term | None:
    """A whole number, absent where it is null."""
    return None if value is None else integer(value)


def _record_or_none(record_id: str | None) -> Term | None:
    return None if record_id is None else iri(iris.record(record_id))


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
    graph.node(node, _class(record), _facts(record))
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


def quantity(graph: GraphWriter, node: str, value: float, unit: str | None) -> None:
    """A quantity node: the number and its unit as written."""
    facts: list[tuple[str, Term | None]] = [(vocab.qudt_numericValue, decimal(value))]
    if unit is not None:
        facts.append((vocab.qudt_hasUnit, iri(measure_unit_iri(unit))))
    graph.node(node, vocab.qudt_QuantityValue, facts)


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
    Alignment: terms.Alignment,
}


@singledispatch
def _facts(record: Record) -> Facts:
    """What a record says beyond what every claim says."""
    raise TypeError(f"no triples are defined for {type(record).__name__}")


@_facts.register
def _(record: Document) -> Facts:
    kinds = schemes.NOTATIONS[schemes.scheme_kind]
    yield vocab.dcterms_title, text_or_none(record.title)
    yield terms.titleBasis, text_or_none(record.title_basis)
    if record.kind is not None:
        yield terms.documentKind, iri(kinds.get(record.kind, OTHER_KIND))
    yield terms.interpretsTitle, text_or_none(record.interprets)
    yield vocab.eli_responsibility_of, text_or_none(record.issuer)
    if record.issuer is not None:
        yield vocab.eli_responsibility_of_agent, iri(unit_iri(record.issuer))
    yield terms.issuerBasis, text_or_none(record.issuer_basis)
    if record.publisher is not None:
        yield vocab.dcterms_publisher, iri(unit_iri(record.publisher))
    if record.jurisdiction_code is not None:
        yield vocab.eli_jurisdiction, iri(iris.jurisdiction(record.jurisdiction_code))
    yield terms.jurisdictionBasis, text_or_none(record.jurisdiction_basis)
    yield terms.governmentLevel, concept(schemes.scheme_level, record.level)
    yield vocab.eli_date_document, None if record.date is None else date(record.date)
    yield terms.dateBasis, text_or_none(record.date_basis)
    yield vocab.eli_id_local, text_or_none(record.number)
    yield terms.indexNumber, text_or_none(record.index_number)
    yield terms.periodStart, number_or_none(record.period_start)
    yield terms.periodEnd, number_or_none(record.period_end)
    yield terms.trust, concept(schemes.scheme_trust, record.trust)
    for reason in record.trust_reasons:
        yield terms.trustReason, string(reason)
    yield vocab.eli_is_realized_by, iri(iris.text(record.id))
    yield vocab.dcat_distribution, iri(iris.file(record.id))


@_facts.register
def _(record: Section) -> Facts:
    yield vocab.dcterms_title, string(record.title)
    yield vocab.skos_notation, text_or_none(record.label)
    yield terms.depth, integer(record.level)
    yield vocab.eli_is_part_of, iri(iris.record(record.parent or record.document))


@_facts.register
def _(record: Item) -> Facts:
    yield vocab.dcterms_title, string(record.title)
    yield vocab.skos_notation, text_or_none(record.label)
    yield terms.path, string(record.path)
    yield vocab.eli_is_part_of, iri(iris.record(record.parent or record.document))
    yield terms.inSection, _record_or_none(record.section)


@_facts.register
def _(record: Target) -> Facts:
    yield terms.ofItem, _record_or_none(record.item)
    yield terms.inSection, _record_or_none(record.section)
    yield terms.indicator, iri(indicator_iri(record.indicator))
    yield terms.indicatorAsWritten, string(record.indicator_as_written)
    yield terms.comparator, concept(schemes.scheme_comparator, record.comparator)
    yield terms.targetValue, iri(iris.value(record.id))
    if record.value_max is not None:
        yield terms.targetValueMax, iri(iris.value(record.id, upper=True))
    yield terms.printedFigure, string(record.figure)
    yield terms.scopeAsWritten, text_or_none(record.scope)
    yield terms.isGrowthRate, boolean(record.growth)
    yield terms.isPerYear, boolean(record.per_year)
    yield terms.isQualitative, boolean(record.qualitative)
    yield terms.baselineYear, number_or_none(record.baseline_year)
    yield terms.baselineValue, None if record.baseline_value is None else decimal(record.baseline_value)
    yield terms.deadlineStart, number_or_none(record.deadline_start)
    yield terms.deadlineEnd, number_or_none(record.deadline_end)
    yield terms.deadlineBasis, concept(schemes.scheme_deadline, record.deadline_basis)
    yield terms.commitment, concept(schemes.scheme_commitment, record.modality)
    yield terms.commitmentWord, text_or_none(record.modality_word)


@_facts.register
def _(record: Goal) -> Facts:
    yield terms.goalItem, _record_or_none(record.item)
    yield terms.inSection, _record_or_none(record.section)
    yield terms.goalSubject, string(record.subject)
    yield terms.goalWording, string(record.wording)
    yield terms.deadlineStart, number_or_none(record.deadline_start)
    yield terms.deadlineEnd, number_or_none(record.deadline_end)
    yield terms.deadlineBasis, concept(schemes.scheme_deadline, record.deadline_basis)
    yield terms.commitment, concept(schemes.scheme_commitment, record.modality)
    yield terms.commitmentWord, text_or_none(record.modality_word)


@_facts.register
def _(record: Responsibility) -> Facts:
    yield terms.assignee, iri(iris.unit(record.unit))
    yield terms.role, concept(schemes.scheme_role, record.role)
    yield terms.forItem, _record_or_none(record.item)
    yield terms.asWritten, string(record.as_written)
    yield terms.assignmentBasis, string(record.basis)


@_facts.register
def _(record: Citation) -> Facts:
    yield terms.citingDocument, iri(iris.document(record.document))
    yield terms.citedTitle, string(record.title)
    yield terms.citedTitleAsWritten, string(record.title_as_written)
    yield terms.citedNumber, text_or_none(record.number)
    yield terms.citationRelation, concept(schemes.scheme_relation, record.relation)
    yield terms.resolvesTo, _record_or_none(record.resolved)
    yield terms.occurrences, integer(record.occurrences)


@_facts.register
def _(record: Declaration) -> Facts:
    yield terms.declaredOf, string(record.of)
    yield terms.declaredWhat, string(record.what)
    yield terms.declaredCount, integer(record.declared)
    yield terms.foundCount, number_or_none(record.found)
    yield terms.declaredScope, _record_or_none(record.scope)


@_facts.register
def _(record: Repair) -> Facts:
    yield terms.rawText, string(record.raw)
    yield terms.repairedText, string(record.repaired)
    yield terms.confidence, decimal(record.confidence)
    yield terms.isDecided, boolean(record.decided)


@_facts.register
def _(record: Conflict) -> Facts:
    yield terms.conflictKind, concept(schemes.scheme_conflict, record.kind)
    for target in record.targets:
        yield terms.involves, _record_or_none(target)
    yield terms.explanation, string(record.explanation)
    yield terms.confidence, decimal(record.confidence)
    yield terms.acrossDocuments, boolean(False)


@_facts.register
def _(record: Alignment) -> Facts:
    yield vocab.owl_annotatedSource, _record_or_none(record.subject)
    yield terms.confidence, decimal(record.confidence)
    yield terms.method, string(record.method)
    for reason in record.reasons:
        yield terms.reason, string(reason)
    for name in record.reviewers:
        yield terms.reviewer, string(name)
    yield terms.reviewedOn, None if record.reviewed is None else date(record.reviewed)
    if record.object is None or record.relation is None:
        return
    yield vocab.owl_annotatedProperty, iri(ALIGNMENT_PROPERTIES[record.relation])
    yield vocab.owl_annotatedTarget, _record_or_none(record.object)
    yield vocab.sssom_confidence, decimal(record.confidence)
    yield terms.rank, number_or_none(record.rank)
    yield terms.alignmentStatus, concept(schemes.scheme_status, record.status)
    by_machine = record.status == "proposed"
    justification = vocab.semapv_CompositeMatching if by_machine else vocab.semapv_ManualMappingCuration
    yield vocab.sssom_mapping_justification, iri(justification)
