"""The names of the exports and what they are. Imports nothing heavy: the command line lists them.

Who writes each is export.py's; what tools take them stands in `conforms_to`, the specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from ontology import CONTEXT_IRI

ExportName: TypeAlias = Literal[
    "ttl",
    "trig",
    "nq",
    "jsonld",
    "graphml",
    "gexf",
    "sssom",
    "stratml",
    "stratml2",
    "cube",
    "tables",
    "dcat",
    "void",
]
EXPORTS: Final[tuple[ExportName, ...]] = get_args(ExportName)
"""Every export, in the order in which help lists them."""


@dataclass(frozen=True, slots=True)
class Form:
    """One export; `media_type` as IANA registers it, `of_document` where it is of one document."""

    name: ExportName
    media_type: str
    conforms_to: tuple[str, ...]
    zh: str
    en: str
    of_document: bool = False


FORMS: Final = (
    Form("ttl", "text/turtle", ("https://www.w3.org/TR/turtle/",), "全图，Turtle", "The graph as Turtle"),
    Form(
        "trig",
        "application/trig",
        ("https://www.w3.org/TR/trig/",),
        "全图及命名图，TriG",
        "The graph with its named graphs as TriG",
    ),
    Form(
        "nq",
        "application/n-quads",
        ("https://www.w3.org/TR/n-quads/",),
        "全图及命名图，N-Quads",
        "The graph with its named graphs as N-Quads",
    ),
    Form(
        "jsonld",
        "application/ld+json",
        ("https://www.w3.org/TR/json-ld11/", CONTEXT_IRI),
        "全图及命名图，JSON-LD",
        "The graph with its named graphs as JSON-LD",
    ),
    Form(
        "graphml",
        "application/xml",
        ("http://graphml.graphdrawing.org/xmlns",),
        "节点和连线的网络，GraphML",
        "The network of nodes and edges as GraphML",
    ),
    Form(
        "gexf",
        "application/xml",
        ("http://www.gexf.net/1.2draft",),
        "节点和连线的网络，GEXF",
        "The network of nodes and edges as GEXF",
    ),
    Form(
        "sssom",
        "text/tab-separated-values",
        ("https://w3id.org/sssom/",),
        "对应表，SSSOM",
        "The alignments as an SSSOM table",
    ),
    Form(
        "stratml",
        "application/xml",
        ("urn:ISO:std:iso:17469:tech:xsd:stratml_core",),
        "一份文件的规划，StratML 第 1 部分",
        "One document's plan as StratML Part 1",
        of_document=True,
    ),
    Form(
        "stratml2",
        "application/xml",
        ("urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",),
        "一份文件的规划及指标，StratML 第 2 部分",
        "One document's plan with its indicators as StratML Part 2",
        of_document=True,
    ),
    Form(
        "cube",
        "text/turtle",
        ("https://www.w3.org/TR/vocab-data-cube/",),
        "目标与实际值的数据立方体",
        "Targets and actual values as RDF Data Cubes",
    ),
    Form(
        "tables",
        "text/csv",
        ("https://specs.frictionlessdata.io/tabular-data-package/",),
        "CSV 表格文件夹，附 datapackage.json",
        "A folder of CSV tables with a datapackage.json",
    ),
    Form(
        "dcat",
        "text/turtle",
        ("https://www.w3.org/TR/vocab-dcat-3/",),
        "数据集说明，DCAT",
        "DCAT description",
    ),
    Form("void", "text/turtle", ("https://www.w3.org/TR/void/",), "数据集统计，VoID", "VoID statistics"),
)
"""What each export is, in the order of EXPORTS."""
