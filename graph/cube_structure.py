"""The structure of the data cubes: their components and code lists. No observation is made here.

`statement`, the IRI of what is stated, is among the dimensions because a plan may say the same thing twice,
and a cube holds no two observations with equal dimensions (RDF Data Cube, IC-12).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph import export_terms as ex
from graph import iris
from graph.nquads import GraphWriter, boolean, integer, iri, string
from graph.publication import LICENCE
from ontology import terms, vocab


@dataclass(frozen=True, slots=True)
class Component:
    """A component of a cube: `kind` is dimension, measure or attribute, `codes` names a code list.

    `required` is of attributes: every observation has a value in each dimension and measure.
    """

    name: str
    kind: str
    zh: str
    en: str
    range: str
    broader: str | None = None
    codes: str | None = None
    required: bool = True

    @property
    def iri(self) -> str:
        """The property that observations say it with."""
        return iris.mint("cube", self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Cube:
    """One data set and its components."""

    name: str
    zh: str
    en: str
    components: tuple[Component, ...]

    @property
    def iri(self) -> str:
        """The data set."""
        return iris.mint("cube", self.name)


CONCEPT: Final = vocab.skos_Concept
AREA: Final = Component("area", "dimension", "地区", "area", CONCEPT, ex.sdmx_dimension_refArea, "area")
INDICATOR: Final = Component("indicator", "dimension", "指标", "indicator", CONCEPT, None, "indicator")
PERIOD: Final = Component(
    "period", "dimension", "年份", "period", CONCEPT, ex.sdmx_dimension_refPeriod, "period"
)
DOCUMENT: Final = Component("document", "dimension", "文件", "document", terms.PolicyDocument)
STATEMENT: Final = Component("statement", "dimension", "陈述", "statement", vocab.prov_Entity)
VALUE: Final = Component("value", "measure", "数值", "value", vocab.xsd_decimal, ex.sdmx_measure_obsValue)
COMPARATOR: Final = Component("comparator", "attribute", "比较方式", "comparator", CONCEPT)
UNIT: Final = Component(
    "unit",
    "attribute",
    "计量单位",
    "unit of measure",
    vocab.qudt_Unit,
    ex.sdmx_attribute_unitMeasure,
    required=False,
)
FIGURE: Final = Component("figure", "attribute", "数字原文", "figure as printed", vocab.xsd_string)
GROWTH: Final = Component("growth", "attribute", "是增速", "is a growth rate", vocab.xsd_boolean)
PER_YEAR: Final = Component("per-year", "attribute", "按年", "is per year", vocab.xsd_boolean)
UPPER: Final = Component("upper-value", "attribute", "上限", "upper value", vocab.xsd_decimal, required=False)
COMMITMENT: Final = Component("commitment", "attribute", "承诺", "commitment", CONCEPT, required=False)
STATUS: Final = Component("status", "attribute", "进展状态", "progress status", CONCEPT, required=False)
TRUST: Final = Component(
    "trust", "attribute", "来源可信状况", "trust in the source", CONCEPT, ex.sdmx_attribute_obsStatus
)
TARGETS: Final = Cube(
    "targets",
    "目标",
    "Targets",
    (
        *(AREA, INDICATOR, PERIOD, DOCUMENT, STATEMENT),
        VALUE,
        *(COMPARATOR, UNIT, FIGURE, GROWTH, PER_YEAR, UPPER, COMMITMENT, STATUS, TRUST),
    ),
)
OBSERVATIONS: Final = Cube(
    "observations",
    "实际值",
    "Observations",
    (AREA, INDICATOR, PERIOD, STATEMENT, VALUE, COMPARATOR, UNIT),
)
KINDS: Final = {
    "dimension": (ex.qb_DimensionProperty, ex.qb_dimension),
    "measure": (ex.qb_MeasureProperty, ex.qb_measure),
    "attribute": (ex.qb_AttributeProperty, ex.qb_attribute),
}


def code_list(component: Component) -> str:
    """The code list of a dimension whose values are codes."""
    return iris.mint("cube", "codes", component.codes or "")


def structure(graph: GraphWriter, cube: Cube, version: str) -> None:
    """Adds a data set with its definition, every component property declared and every type said.

    The normalisation that the specification asks for before its checks (section 10.1) has nothing to add.
    """
    definition = f"{cube.iri}/structure"
    graph.node(cube.iri, ex.qb_DataSet, [(ex.qb_structure, iri(definition))])
    graph.add(cube.iri, vocab.dcterms_title, string(cube.zh, "zh"), string(cube.en, "en"))
    graph.add(cube.iri, vocab.dcterms_license, iri(LICENCE))
    graph.add(cube.iri, vocab.owl_versionInfo, string(version))
    graph.node(definition, ex.qb_DataStructureDefinition)
    for order, component in enumerate(cube.components, 1):
        _, link = KINDS[component.kind]
        specification = f"{definition}/{component.name}"
        graph.add(definition, ex.qb_component, iri(specification))
        graph.node(
            specification,
            ex.qb_ComponentSpecification,
            [
                (link, iri(component.iri)),
                (ex.qb_componentProperty, iri(component.iri)),
                (ex.qb_order, integer(order)),
            ],
        )
        if component.kind == "attribute":
            graph.add(specification, ex.qb_componentRequired, boolean(component.required))
        _property(graph, component)


def _property(graph: GraphWriter, component: Component) -> None:
    kind, _ = KINDS[component.kind]
    graph.node(component.iri, kind, [(ex.rdfs_range, iri(component.range))])
    graph.add(component.iri, vocab.rdf_type, iri(ex.rdf_Property))
    graph.add(component.iri, vocab.rdfs_label, string(component.zh, "zh"), string(component.en, "en"))
    if component.broader is not None:
        graph.add(component.iri, vocab.rdfs_subPropertyOf, iri(component.broader))
    if component.codes is not None:
        graph.add(component.iri, vocab.rdf_type, iri(ex.qb_CodedProperty))
        graph.add(component.iri, ex.qb_codeList, iri(code_list(component)))
        graph.node(code_list(component), vocab.skos_ConceptScheme)
        labels = (string(component.zh, "zh"), string(component.en, "en"))
        graph.add(code_list(component), vocab.skos_prefLabel, *labels)
