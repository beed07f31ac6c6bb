"""Refinements, whole documents and likely owners of gaps become quads. Nothing is computed here."""

from __future__ import annotations

from graph import iris
from graph.derive import Derived
from graph.gaps import DocumentAlignment, LikelyOwner
from graph.nquads import GraphWriter, boolean, decimal, integer, iri, string
from graph.refine import Refinement
from graph.triple_values import concept
from graph.triples_facts import ALIGNMENT_PROPERTIES
from ontology import schemes, terms, vocab


def gap_quads(graph: GraphWriter, derived: Derived, run: str) -> None:
    """Adds how targets refine, how documents answer as a whole, and who would own what is left undone."""
    for refined in derived.refinements:
        _refinement(graph, refined, run)
    for document in derived.documents:
        _document(graph, document, run)
    for owner in derived.owners:
        _owner(graph, owner, run)


def _refinement(graph: GraphWriter, refined: Refinement, run: str) -> None:
    lower, upper = iri(iris.record(refined.lower)), iri(iris.record(refined.upper))
    node = iris.refinement(refined.lower, refined.upper)
    graph.node(
        node,
        terms.TargetRefinement,
        [
            (terms.lowerTarget, lower),
            (terms.upperTarget, upper),
            (terms.standing, concept(schemes.scheme_standing, refined.standing)),
            (terms.isSameYear, boolean(refined.same_year)),
            (terms.shareOfUpper, None if refined.share is None else decimal(refined.share)),
            (terms.difference, None if refined.difference is None else decimal(refined.difference)),
            (terms.arithmetic, string(refined.arithmetic_zh, "zh")),
            (terms.arithmetic, string(refined.arithmetic_en, "en")),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, vocab.prov_wasDerivedFrom, lower, upper)


def _document(graph: GraphWriter, document: DocumentAlignment, run: str) -> None:
    lower, upper = iri(iris.document(document.lower)), iri(iris.document(document.upper))
    node = iris.document_alignment(document.lower, document.upper)
    graph.node(
        node,
        terms.DocumentAlignment,
        [
            (terms.lowerDocument, lower),
            (terms.upperDocument, upper),
            (vocab.owl_annotatedProperty, iri(ALIGNMENT_PROPERTIES[document.relation])),
            (terms.itemCount, integer(document.items)),
            (terms.alignedItemCount, integer(document.aligned)),
            (terms.taskCount, integer(document.tasks)),
            (terms.coveredTaskCount, integer(document.covered)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, terms.reason, *(string(reason) for reason in document.reasons))
    graph.add(node, vocab.prov_wasDerivedFrom, lower, upper, *(iri(iris.record(a)) for a in document.basis))


def _owner(graph: GraphWriter, owner: LikelyOwner, run: str) -> None:
    node = iris.likely_owner(owner.place, owner.task, owner.unit)
    graph.node(
        node,
        terms.LikelyOwner,
        [
            (terms.ownsGap, iri(iris.coverage_cell(owner.place, owner.task))),
            (terms.likelyUnit, iri(iris.unit(owner.unit))),
            (terms.ownerBasis, concept(schemes.scheme_owner, owner.why)),
            (terms.itemCount, integer(owner.items)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, vocab.prov_wasDerivedFrom, *(iri(iris.record(basis)) for basis in owner.basis))
