"""Observations and the status of targets become quads of their own graphs. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graph import iris
from graph.nquads import GraphWriter, QuadSet, date, decimal, integer, iri, string
from graph.observations import Observation, ObservationFile, distinct
from graph.progress import Status
from graph.registries import indicator_iri, indicator_quads, measure_unit_quads
from graph.triple_values import concept, quantity, text_or_none
from ontology import schemes, terms, vocab

WHOLE_DAY = len("2025-06-30")


def observation_quads(
    quads: QuadSet, files: Sequence[ObservationFile], runs: dict[str, str], targets: Collection[str] = ()
) -> None:
    """Adds each observation once, in the graph of the first file that has it; `runs` by files' checksums.

    Of which target one was reported is said where that target (id) is one of `targets`.
    """
    for file, row in distinct(files):
        target = row.target if row.target in targets else None
        _observation(quads.graph(graph_of(file)), file, row, runs[file.sha256], target)


def graph_of(file: ObservationFile) -> str:
    """The named graph of a file of observations."""
    return iris.CURATED_OBSERVATIONS if file.curated else iris.observed_graph(file.name)


def status_quads(quads: QuadSet, statuses: Iterable[Status], as_of: str, run: str) -> None:
    """Adds how each target stands at the point in time."""
    graph = quads.graph(iris.PROGRESS)
    for status in statuses:
        _status(graph, status, as_of, run)


def _observation(
    graph: GraphWriter, file: ObservationFile, row: Observation, run: str, target: str | None
) -> None:
    node, result = iris.observation(row.key), iris.observation_value(row.key)
    graph.node(
        node,
        terms.Observation,
        [
            (vocab.rdf_type, iri(vocab.sosa_Observation)),
            (vocab.sosa_observedProperty, iri(indicator_iri(row.indicator))),
            (vocab.sosa_hasFeatureOfInterest, iri(iris.jurisdiction(row.place))),
            (terms.observedYear, integer(row.year)),
            (terms.comparator, concept(schemes.scheme_comparator, row.comparator)),
            (vocab.sosa_hasResult, iri(result)),
            (terms.reportedOf, None if target is None else iri(iris.record(target))),
            (vocab.prov_wasDerivedFrom, iri(_row(graph, file, row))),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    quantity(graph, result, row.value, row.unit)
    measure_unit_quads(graph, [row.unit])
    indicator_quads(graph, [row.indicator])


def _row(graph: GraphWriter, file: ObservationFile, row: Observation) -> str:
    named = iris.curated_row if file.curated else iris.observed_row
    node = named(file.name, row.row)
    graph.node(
        node,
        terms.CuratedRow,
        [
            (terms.rowNumber, integer(row.row)),
            (terms.rowText, string(row.text)),
            (vocab.dcterms_source, string(row.source)),
            (
                vocab.dcterms_date,
                date(row.source_date) if len(row.source_date) == WHOLE_DAY else string(row.source_date),
            ),
            (vocab.rdfs_comment, text_or_none(row.note)),
        ],
    )
    return node


def _status(graph: GraphWriter, status: Status, as_of: str, run: str) -> None:
    target = iri(iris.record(status.target))
    used = [iri(iris.observation(key)) for key in status.used]
    node = iris.target_status(status.target)
    graph.node(
        node,
        terms.TargetStatus,
        [
            (terms.statusOf, target),
            (terms.progressStatus, concept(schemes.scheme_progress, status.state)),
            (terms.asOf, string(as_of)),
            (terms.arithmetic, string(status.arithmetic_zh, "zh")),
            (terms.arithmetic, string(status.arithmetic_en, "en")),
            (terms.expectedValue, None if status.expected is None else decimal(status.expected)),
            (terms.rule, string(status.rule)),
            (vocab.prov_wasGeneratedBy, iri(run)),
        ],
    )
    graph.add(node, terms.judgedBy, *used)
    graph.add(node, vocab.prov_wasDerivedFrom, target, *used)
