"""What each kind of record says beyond what every claim says, as properties and values. Writes no quad."""

from __future__ import annotations

from functools import singledispatch

from graph import iris
from graph.nquads import boolean, date, decimal, integer, iri, string
from graph.registries import indicator_iri, unit_iri
from graph.triple_values import Facts, concept, number_or_none, record_or_none, text_or_none
from loaders.records import (
    Alignment,
    Citation,
    Conflict,
    Declaration,
    Document,
    FieldAssignment,
    Goal,
    Item,
    Record,
    Repair,
    Responsibility,
    Section,
    Target,
)
from ontology import schemes, terms, vocab

ALIGNMENT_PROPERTIES = {"implements": terms.implements, "relates_to": terms.relatesTo}


@singledispatch
def facts(record: Record) -> Facts:
    """What a record says beyond what every claim says."""
    raise TypeError(f"no triples are defined for {type(record).__name__}")


@facts.register
def _(record: Document) -> Facts:
    kinds = schemes.NOTATIONS[schemes.scheme_kind]
    yield vocab.dcterms_title, text_or_none(record.title)
    yield terms.titleBasis, concept(schemes.scheme_basis, record.title_basis)
    if record.kind is not None:
        yield terms.documentKind, iri(kinds.get(record.kind, schemes.kind_other))
    yield terms.interpretsTitle, text_or_none(record.interprets)
    yield vocab.eli_responsibility_of, text_or_none(record.issuer)
    if record.issuer is not None:
        yield vocab.eli_responsibility_of_agent, iri(unit_iri(record.issuer))
    yield terms.issuerBasis, concept(schemes.scheme_basis, record.issuer_basis)
    if record.publisher is not None:
        yield vocab.dcterms_publisher, iri(unit_iri(record.publisher))
    if record.jurisdiction_code is not None:
        yield vocab.eli_jurisdiction, iri(iris.jurisdiction(record.jurisdiction_code))
    yield terms.jurisdictionBasis, concept(schemes.scheme_basis, record.jurisdiction_basis)
    yield terms.governmentLevel, concept(schemes.scheme_level, record.level)
    yield vocab.eli_date_document, None if record.date is None else date(record.date)
    yield terms.dateBasis, concept(schemes.scheme_basis, record.date_basis)
    yield vocab.eli_id_local, text_or_none(record.number)
    yield terms.indexNumber, text_or_none(record.index_number)
    yield terms.periodStart, number_or_none(record.period_start)
    yield terms.periodEnd, number_or_none(record.period_end)
    yield terms.trust, concept(schemes.scheme_trust, record.trust)
    for reason in record.trust_reasons:
        yield terms.trustReason, string(reason)
    yield vocab.eli_is_realized_by, iri(iris.text(record.id))
    yield vocab.dcat_distribution, iri(iris.file(record.id))


@facts.register
def _(record: Section) -> Facts:
    yield vocab.dcterms_title, string(record.title)
    yield vocab.skos_notation, text_or_none(record.label)
    yield terms.depth, integer(record.level)
    yield vocab.eli_is_part_of, iri(iris.record(record.parent or record.document))


@facts.register
def _(record: Item) -> Facts:
    yield vocab.dcterms_title, string(record.title)
    yield vocab.skos_notation, text_or_none(record.label)
    yield terms.path, string(record.path)
    yield vocab.eli_is_part_of, iri(iris.record(record.parent or record.document))
    yield terms.inSection, record_or_none(record.section)


@facts.register
def _(record: Target) -> Facts:
    yield terms.ofItem, record_or_none(record.item)
    yield terms.inSection, record_or_none(record.section)
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


@facts.register
def _(record: Goal) -> Facts:
    yield terms.goalItem, record_or_none(record.item)
    yield terms.inSection, record_or_none(record.section)
    yield terms.goalSubject, string(record.subject)
    yield terms.goalWording, string(record.wording)
    yield terms.deadlineStart, number_or_none(record.deadline_start)
    yield terms.deadlineEnd, number_or_none(record.deadline_end)
    yield terms.deadlineBasis, concept(schemes.scheme_deadline, record.deadline_basis)
    yield terms.commitment, concept(schemes.scheme_commitment, record.modality)
    yield terms.commitmentWord, text_or_none(record.modality_word)


@facts.register
def _(record: Responsibility) -> Facts:
    yield terms.assignee, iri(iris.unit(record.unit))
    yield terms.role, concept(schemes.scheme_role, record.role)
    yield terms.forItem, record_or_none(record.item)
    yield terms.asWritten, string(record.as_written)
    yield terms.assignmentBasis, string(record.basis)


@facts.register
def _(record: Citation) -> Facts:
    yield terms.citingDocument, iri(iris.document(record.document))
    yield terms.citedTitle, string(record.title)
    yield terms.citedTitleAsWritten, string(record.title_as_written)
    yield terms.citedNumber, text_or_none(record.number)
    yield terms.citationRelation, concept(schemes.scheme_relation, record.relation)
    yield terms.resolvesTo, record_or_none(record.resolved)
    yield terms.occurrences, integer(record.occurrences)


@facts.register
def _(record: Declaration) -> Facts:
    yield terms.declaredOf, concept(schemes.scheme_counted, record.of)
    yield terms.declaredWhat, string(record.what)
    yield terms.declaredCount, integer(record.declared)
    yield terms.foundCount, number_or_none(record.found)
    yield terms.declaredScope, record_or_none(record.scope)


@facts.register
def _(record: Repair) -> Facts:
    yield terms.rawText, string(record.raw)
    yield terms.repairedText, string(record.repaired)
    yield terms.confidence, decimal(record.confidence)
    yield terms.isDecided, boolean(record.decided)


@facts.register
def _(record: Conflict) -> Facts:
    yield terms.conflictKind, concept(schemes.scheme_conflict, record.kind)
    for target in record.targets:
        yield terms.involves, record_or_none(target)
    yield terms.explanation, string(record.explanation)
    yield terms.confidence, decimal(record.confidence)
    yield terms.acrossDocuments, boolean(False)


@facts.register
def _(record: FieldAssignment) -> Facts:
    yield terms.fieldItem, record_or_none(record.item)
    yield terms.policyField, concept(schemes.scheme_field, record.field)
    yield terms.fieldWord, string(record.word)


@facts.register
def _(record: Alignment) -> Facts:
    yield vocab.owl_annotatedSource, record_or_none(record.subject)
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
    yield vocab.owl_annotatedTarget, record_or_none(record.object)
    yield vocab.sssom_confidence, decimal(record.confidence)
    yield terms.rank, number_or_none(record.rank)
    yield terms.alignmentStatus, concept(schemes.scheme_status, record.status)
    by_machine = record.status == "proposed"
    justification = vocab.semapv_CompositeMatching if by_machine else vocab.semapv_ManualMappingCuration
    yield vocab.sssom_mapping_justification, iri(justification)
