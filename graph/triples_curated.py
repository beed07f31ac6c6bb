"""Curated facts become quads of their own graph. Nothing that was read from a document stands there."""

from __future__ import annotations

import re

from graph import iris
from graph.curated import TABLE, CuratedDocument, CuratedTarget, Row, curated_documents
from graph.nquads import GraphWriter, QuadSet, boolean, date, integer, iri, string
from graph.registries import indicator_iri, jurisdiction_code, unit_iri
from graph.triple_values import concept, quantity, text_or_none
from loaders import registry
from ontology import schemes, terms, vocab

RULE = "curated"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
KINDS = ("方案", "要点")


def curated_quads(quads: QuadSet, run: str) -> None:
    """Adds the curated documents, their targets and the rows that they rest on."""
    graph = quads.graph(iris.CURATED_PLAN)
    for document in curated_documents():
        _document(graph, document, run)
        for target in document.targets:
            _target(graph, document, target, run)


def _row(graph: GraphWriter, row: Row) -> str:
    node = iris.curated_row(TABLE.name, row.number)
    graph.node(
        node,
        terms.CuratedRow,
        [
            (terms.rowNumber, integer(row.number)),
            (terms.rowText, string(row.text)),
            (vocab.dcterms_source, string(row.source)),
            (vocab.dcterms_date, date(row.date) if ISO_DATE.fullmatch(row.date) else string(row.date)),
            (vocab.rdfs_comment, text_or_none(row.note)),
        ],
    )
    return node


def _document(graph: GraphWriter, document: CuratedDocument, run: str) -> None:
    node = iris.document(document.id)
    kind = next((k for k in KINDS if k in document.title), None)
    graph.node(
        node,
        terms.PolicyDocument,
        [
            (vocab.dcterms_title, string(document.title)),
            (terms.documentKind, concept(schemes.scheme_kind, kind)),
            (vocab.eli_id_local, text_or_none(document.number)),
            (vocab.eli_date_document, date(document.date)),
            (terms.dateBasis, concept(schemes.scheme_basis, document.date_basis)),
            (terms.trust, iri(schemes.trust_curated)),
            (terms.rule, string(RULE)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    for row in document.rows:
        graph.add(node, vocab.prov_wasDerivedFrom, iri(_row(graph, row)))
    if document.issuer is not None:
        graph.add(node, vocab.eli_responsibility_of, string(document.issuer))
        graph.add(node, vocab.eli_responsibility_of_agent, iri(unit_iri(document.issuer)))
        graph.add(node, terms.issuerBasis, concept(schemes.scheme_basis, document.issuer_basis))
        code = jurisdiction_code(document.issuer)
        if code is not None:
            place = registry.jurisdictions()[code]
            graph.add(node, vocab.eli_jurisdiction, iri(iris.jurisdiction(code)))
            graph.add(node, terms.governmentLevel, concept(schemes.scheme_level, place.level))


def _target(graph: GraphWriter, document: CuratedDocument, target: CuratedTarget, run: str) -> None:
    node = iris.record(target.id)
    graph.node(
        node,
        terms.Target,
        [
            (terms.inDocument, iri(iris.document(document.id))),
            (terms.indicator, iri(indicator_iri(target.indicator))),
            (terms.indicatorAsWritten, string(target.indicator)),
            (terms.comparator, concept(schemes.scheme_comparator, target.comparator)),
            (terms.targetValue, iri(iris.value(target.id))),
            (terms.printedFigure, string(target.figure)),
            (terms.deadlineStart, integer(target.deadline)),
            (terms.deadlineEnd, integer(target.deadline)),
            (terms.deadlineBasis, iri(schemes.deadline_stated)),
            (terms.isGrowthRate, boolean(False)),
            (terms.isPerYear, boolean(False)),
            (terms.isQualitative, boolean(False)),
            (vocab.prov_wasDerivedFrom, iri(_row(graph, target.row))),
            (vocab.prov_wasGeneratedBy, iri(run)),
            (terms.rule, string(RULE)),
        ],
    )
    quantity(graph, iris.value(target.id), target.value, target.unit)
