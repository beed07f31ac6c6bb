"""Terms of the vocabularies that only exports use: RDF Data Cube, SDMX, VoID, DCAT, FOAF, SHACL.

The ontology does not speak of them, so they are not declared there; a test holds each against its vocabulary.
"""

# ruff: noqa: N816 - the names are those of the vocabularies

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph import iris
from ontology import vocab

PREFIXES: Final[Mapping[str, str]] = {
    **vocab.PREFIXES,
    "cube-attribute": iris.mint("cube", "attribute") + "/",
    "cube-dimension": iris.mint("cube", "dimension") + "/",
    "cube-measure": iris.mint("cube", "measure") + "/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}
"""Prefix to namespace, those of the ontology and those of the exports."""

dcat_Dataset: Final = "http://www.w3.org/ns/dcat#Dataset"
dcat_endDate: Final = "http://www.w3.org/ns/dcat#endDate"
dcat_keyword: Final = "http://www.w3.org/ns/dcat#keyword"
dcat_mediaType: Final = "http://www.w3.org/ns/dcat#mediaType"
dcat_startDate: Final = "http://www.w3.org/ns/dcat#startDate"
dcat_version: Final = "http://www.w3.org/ns/dcat#version"
dcterms_PeriodOfTime: Final = "http://purl.org/dc/terms/PeriodOfTime"
dcterms_conformsTo: Final = "http://purl.org/dc/terms/conformsTo"
dcterms_creator: Final = "http://purl.org/dc/terms/creator"
dcterms_description: Final = "http://purl.org/dc/terms/description"
dcterms_language: Final = "http://purl.org/dc/terms/language"
dcterms_relation: Final = "http://purl.org/dc/terms/relation"
dcterms_rights: Final = "http://purl.org/dc/terms/rights"
dcterms_spatial: Final = "http://purl.org/dc/terms/spatial"
dcterms_temporal: Final = "http://purl.org/dc/terms/temporal"
foaf_Agent: Final = "http://xmlns.com/foaf/0.1/Agent"
foaf_name: Final = "http://xmlns.com/foaf/0.1/name"
qb_AttributeProperty: Final = "http://purl.org/linked-data/cube#AttributeProperty"
qb_CodedProperty: Final = "http://purl.org/linked-data/cube#CodedProperty"
qb_ComponentSpecification: Final = "http://purl.org/linked-data/cube#ComponentSpecification"
qb_DataSet: Final = "http://purl.org/linked-data/cube#DataSet"
qb_DataStructureDefinition: Final = "http://purl.org/linked-data/cube#DataStructureDefinition"
qb_DimensionProperty: Final = "http://purl.org/linked-data/cube#DimensionProperty"
qb_MeasureProperty: Final = "http://purl.org/linked-data/cube#MeasureProperty"
qb_Observation: Final = "http://purl.org/linked-data/cube#Observation"
qb_attribute: Final = "http://purl.org/linked-data/cube#attribute"
qb_codeList: Final = "http://purl.org/linked-data/cube#codeList"
qb_component: Final = "http://purl.org/linked-data/cube#component"
qb_componentProperty: Final = "http://purl.org/linked-data/cube#componentProperty"
qb_componentRequired: Final = "http://purl.org/linked-data/cube#componentRequired"
qb_dataSet: Final = "http://purl.org/linked-data/cube#dataSet"
qb_dimension: Final = "http://purl.org/linked-data/cube#dimension"
qb_measure: Final = "http://purl.org/linked-data/cube#measure"
qb_order: Final = "http://purl.org/linked-data/cube#order"
qb_structure: Final = "http://purl.org/linked-data/cube#structure"
rdf_Property: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"
rdfs_range: Final = "http://www.w3.org/2000/01/rdf-schema#range"
sdmx_attribute_obsStatus: Final = "http://purl.org/linked-data/sdmx/2009/attribute#obsStatus"
sdmx_attribute_unitMeasure: Final = "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure"
sdmx_dimension_refArea: Final = "http://purl.org/linked-data/sdmx/2009/dimension#refArea"
sdmx_dimension_refPeriod: Final = "http://purl.org/linked-data/sdmx/2009/dimension#refPeriod"
sdmx_measure_obsValue: Final = "http://purl.org/linked-data/sdmx/2009/measure#obsValue"
sh_SPARQLExecutable: Final = "http://www.w3.org/ns/shacl#SPARQLExecutable"
sh_SPARQLSelectExecutable: Final = "http://www.w3.org/ns/shacl#SPARQLSelectExecutable"
sh_select: Final = "http://www.w3.org/ns/shacl#select"
void_Dataset: Final = "http://rdfs.org/ns/void#Dataset"
void_class: Final = "http://rdfs.org/ns/void#class"
void_classPartition: Final = "http://rdfs.org/ns/void#classPartition"
void_classes: Final = "http://rdfs.org/ns/void#classes"
void_distinctObjects: Final = "http://rdfs.org/ns/void#distinctObjects"
void_distinctSubjects: Final = "http://rdfs.org/ns/void#distinctSubjects"
void_entities: Final = "http://rdfs.org/ns/void#entities"
void_exampleResource: Final = "http://rdfs.org/ns/void#exampleResource"
void_feature: Final = "http://rdfs.org/ns/void#feature"
void_properties: Final = "http://rdfs.org/ns/void#properties"
void_property: Final = "http://rdfs.org/ns/void#property"
void_propertyPartition: Final = "http://rdfs.org/ns/void#propertyPartition"
void_subset: Final = "http://rdfs.org/ns/void#subset"
void_triples: Final = "http://rdfs.org/ns/void#triples"
void_uriSpace: Final = "http://rdfs.org/ns/void#uriSpace"
void_vocabulary: Final = "http://rdfs.org/ns/void#vocabulary"
xsd_gYear: Final = "http://www.w3.org/2001/XMLSchema#gYear"
