"""The content models of StratML, as the published schemas give them, as an XML Schema to validate with.

Written down from StrategicPlanISOVersion20140401.xsd (Part 1) and PerformancePlanOrReport20160216.xsd (2),
which no package ships: the order, the number and the simple types of elements, and their attributes.
"""

from __future__ import annotations

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
BOUNDS = {"": ("1", "1"), "?": ("0", "1"), "*": ("0", "unbounded"), "+": ("1", "unbounded"), "2": ("0", "2")}

BOTH = {
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Goal": "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? Objective*",
    "Vision": "Description? Identifier?",
    "Mission": "Description? Identifier?",
    "Value": "Name? Description?",
}
PART_1 = {
    **BOTH,
    "StrategicPlan": "Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation?",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?",
    "Stakeholder": "Name Description?",
    "AdministrativeInformation": "StartDate? EndDate? PublicationDate? Source? Submitter?",
    "Submitter": "GivenName? Surname? PhoneNumber? EmailAddress?",
}
PART_2 = {
    **BOTH,
    "PerformancePlanOrReport": "Name Description? OtherInformation? StrategicPlanCore "
    "AdministrativeInformation? Submitter?",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation? "
    "PerformanceIndicator*",
    "Stakeholder": "Name Description? Role*",
    "Role": "Name Description? RoleType2",
    "AdministrativeInformation": "Identifier? StartDate? EndDate? PublicationDate? Source?",
    "Submitter": "Identifier? GivenName? Surname? PhoneNumber? EmailAddress?",
    "PerformanceIndicator": "SequenceIndicator? MeasurementDimension UnitOfMeasurement Identifier? "
    "Relationship* MeasurementInstance* OtherInformation?",
    "Relationship": "Identifier? ReferentIdentifier* Name? Description?",
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": "StartDate? EndDate? NumberOfUnits? Descriptor? Description?",
    "ActualResult": "StartDate? EndDate? NumberOfUnits? Descriptor? Description?",
    "Descriptor": "DescriptorName? DescriptorValue?",
}
TYPES = {
    "Identifier": "ID",
    "StartDate": "date",
    "EndDate": "date",
    "PublicationDate": "date",
    "NumberOfUnits": "decimal",
    "Source": "anyURI",
}
"""Elements with a type other than a text; Part 2 would take empty ones too, which the export never writes."""
CHOICES = {"RoleType": ("Performer", "Beneficiary")}
ATTRIBUTES = {
    "Stakeholder": ("StakeholderTypeType", "optional", ("Person", "Organization", "Generic_Group")),
    "PerformanceIndicator": ("PerformanceIndicatorType", "optional", ("Quantitative", "Qualitative")),
    "PerformancePlanOrReport": (
        "Type",
        "required",
        ("Strategic_Plan", "Performance_Plan", "Performance_Report"),
    ),
}


def schema(namespace: str, models: dict[str, str]) -> etree.XMLSchema:
    """The schema of these content models in that namespace."""
    root = element(None, "schema", targetNamespace=namespace, elementFormDefault="qualified")
    names = {part.rstrip("?*+2") for model in models.values() for part in model.split()}
    for name, model in models.items():
        kind = element(element(root, "element", name=name), "complexType")
        sequence = element(kind, "sequence")
        for part in model.split():
            child = part.rstrip("?*+2")
            least, most = BOUNDS[part.removeprefix(child)]
            element(sequence, "element", ref=f"s:{child}", minOccurs=least, maxOccurs=most)
        if name in ATTRIBUTES:
            attribute, use, values = ATTRIBUTES[name]
            choice(element(kind, "attribute", name=attribute, use=use), values)
    for name in sorted(names - set(models)):
        if name in CHOICES:
            choice(element(root, "element", name=name), CHOICES[name])
        else:
            element(root, "element", name=name, type=f"xsd:{TYPES.get(name, 'string')}")
    root.set("version", "test")
    return etree.XMLSchema(etree.fromstring(etree.tostring(root)))


def element(parent: etree._Element | None, tag: str, /, **attributes: str) -> etree._Element:
    qualified = etree.QName(XSD, tag)
    if parent is not None:
        return etree.SubElement(parent, qualified, attributes)
    spaces = {"xsd": XSD, "s": attributes["targetNamespace"]}
    return etree.Element(qualified, attributes, nsmap=spaces)


def choice(parent: etree._Element, values: tuple[str, ...]) -> None:
    restriction = element(element(parent, "simpleType"), "restriction", base="xsd:string")
    for value in values:
        element(restriction, "enumeration", value=value)
