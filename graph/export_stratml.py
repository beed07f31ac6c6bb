"""One document's plan as StratML: Part 1 (ISO 17469-1) and Part 2 (performance plans). Built with lxml only.

How a plan becomes StratML
    Goal                  an action, a task, or whatever has parts; else the section that holds an item
    Objective             a measure or safeguard; a target that stands outside of any, on its own
    Stakeholder           a responsible unit, with its role
    PerformanceIndicator  a target; Part 2 only, since Part 1 knows none: there its words are OtherInformation

Order and number of elements follow the published schemas, StrategicPlan 1.1 of 2014-04-01 and
PerformancePlanOrReport 2.2 of 2016-02-16; what a schema demands and a document does not say is left empty.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from graph import iris
from graph.facts import read_facts
from graph.plain import in_xml, number
from graph.store import Store
from loaders.errors import UsageError
from ontology import schemes

Record = dict[str, Any]
PART_1: Final = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART_2: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
GOALS: Final = ("action", "task")
"""Kinds of items that are goals even where they have no parts."""
GROUP: Final = {True: "Generic_Group", False: "Organization"}


@dataclass(slots=True)
class _Goal:
    """A goal before it is written: the item or section it is, and what its objectives are."""

    record: Record
    objectives: list[Record] = field(default_factory=list)


def stratml(store: Store, document: str, *, performance: bool = False) -> bytes:
    """The plan of a document (id) as StratML Part 1, or as Part 2 where `performance` is true.

    UsageError: the document is not in the store, or nothing in it is to be done.
    """
    return _Plan(store, document, PART_2 if performance else PART_1).xml()


class _Plan:
    """One document on its way into one of the two namespaces."""

    def __init__(self, store: Store, document: str, namespace: str) -> None:
        self._text = store.text(document)
        records = [r for r in store.records() if r["document"] == document]
        self._records = {r["id"]: r for r in records}
        self._document = self._records[document]
        self._items = [r for r in records if r["type"] == "item"]
        self._targets = [r for r in records if r["type"] == "target"]
        self._duties: defaultdict[str | None, list[Record]] = defaultdict(list)
        for record in records:
            if record["type"] == "responsibility":
                self._duties[record["item"]].append(record)
        labels = read_facts(store)[1]
        self._roles = {n: labels[c] for n, c in schemes.NOTATIONS[schemes.scheme_role].items()}
        self._namespace = namespace
        self._performance = namespace == PART_2

    def xml(self) -> bytes:
        """The whole document as UTF-8."""
        goals = self._goals()
        if not goals:
            raise UsageError(
                f"document {self._document['id']}", "holds nothing that is to be done", "export another one"
            )
        name = "PerformancePlanOrReport" if self._performance else "StrategicPlan"
        root = etree.Element(etree.QName(self._namespace, name), nsmap={None: self._namespace})
        if self._performance:
            root.set("Type", "Strategic_Plan")
        self._leaf(root, "Name", self._document["title"] or self._document["source_file"])
        self._leaf(root, "OtherInformation", self._about())
        core = self._branch(root, "StrategicPlanCore")
        self._organization(core)
        for goal in goals:
            self._goal(core, goal)
        self._administration(root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))

    def _goals(self) -> list[_Goal]:
        """The goals in document order, each with its objectives in document order."""
        parts = {r["parent"] for r in self._items}
        goals = {r["id"]: _Goal(r) for r in self._items if r["kind"] in GOALS or r["id"] in parts}
        objectives = {r["id"] for r in self._items} - set(goals)
        for record in self._items:
            if record["id"] in objectives:
                self._place(goals, record["parent"], record)
        for target in self._targets:
            if target["item"] not in objectives:
                self._place(goals, target["item"], target)
        for goal in goals.values():
            goal.objectives.sort(key=lambda r: (r["start"], r["id"]))
        return sorted(goals.values(), key=lambda g: (g.record["start"], g.record["id"]))

    def _place(self, goals: dict[str, _Goal], goal: str | None, record: Record) -> None:
        """Puts an objective under its goal; without one, under the section above its own heading."""
        if goal is None:
            above = self._records.get(record["section"], self._document)
            if above["start"] == record["start"]:
                above = self._records.get(above["parent"], self._document)
            goal = above["id"]
            goals.setdefault(goal, _Goal(above))
        goals[goal].objectives.append(record)

    def _goal(self, core: etree._Element, goal: _Goal) -> None:
        element, record = self._branch(core, "Goal"), goal.record
        self._leaf(element, "Name", record["title"] or record["source_file"])
        self._leaf(element, "Description", self._lead(record), required=True)
        self._identify(element, record)
        self._stakeholders(element, self._duties[record["id"]])
        for objective in goal.objectives:
            self._objective(element, objective)

    def _objective(self, goal: etree._Element, record: Record) -> None:
        element = self._branch(goal, "Objective")
        if record["type"] == "target":
            targets: Sequence[Record] = [record]
            self._leaf(element, "Name", record["indicator"])
        else:
            targets = [t for t in self._targets if t["item"] == record["id"]]
            self._leaf(element, "Name", record["title"])
        self._leaf(element, "Description", record["quote"])
        self._identify(element, record)
        self._stakeholders(element, self._duties[record["id"]])
        if self._performance:
            for target in targets:
                self._indicator(element, target)
        else:
            self._leaf(element, "OtherInformation", "\n".join(map(_words, targets)))

    def _identify(self, element: etree._Element, record: Record) -> None:
        """An identifier from the record's IRI, and the record's place in the plan as printed."""
        self._leaf(element, "Identifier", identifier(iris.record(record["id"])))
        self._leaf(element, "SequenceIndicator", record.get("path") or record.get("label"))

    def _indicator(self, objective: etree._Element, target: Record) -> None:
        kind = "Qualitative" if target["qualitative"] else "Quantitative"
        element = self._branch(objective, "PerformanceIndicator", PerformanceIndicatorType=kind)
        self._leaf(element, "MeasurementDimension", target["indicator"])
        self._leaf(element, "UnitOfMeasurement", target["unit"], required=True)
        self._leaf(element, "Identifier", identifier(iris.value(target["id"])))
        instance = self._branch(element, "MeasurementInstance")
        for comparator, value in _bounds(target):
            self._result(instance, target, comparator, value)
        self._leaf(element, "OtherInformation", target["quote"])

    def _result(self, instance: etree._Element, target: Record, comparator: str, value: float) -> None:
        element = self._branch(instance, "TargetResult")
        start, end = target["deadline_start"], target["deadline_end"]
        if start != end:
            self._leaf(element, "StartDate", _day(start, "01-01"))
        self._leaf(element, "EndDate", _day(end, "12-31"))
        self._leaf(element, "NumberOfUnits", number(value))
        descriptor = self._branch(element, "Descriptor")
        self._leaf(descriptor, "DescriptorName", "比较方式")
        self._leaf(descriptor, "DescriptorValue", comparator)
        self._leaf(element, "Description", _figure(target))

    def _stakeholders(self, element: etree._Element, duties: Sequence[Record]) -> None:
        """Those who have these duties, each once with all its roles."""
        seen: defaultdict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
        for duty in duties:
            seen[duty["unit_name"], duty["collective"]][self._roles[duty["role"]]] = None
        for (name, collective), roles in seen.items():
            stakeholder = self._branch(element, "Stakeholder", StakeholderTypeType=GROUP[collective])
            self._leaf(stakeholder, "Name", name)
            if not self._performance:
                self._leaf(stakeholder, "Description", "、".join(roles))
                continue
            for role in roles:
                part = self._branch(stakeholder, "Role")
                self._leaf(part, "Name", role)
                self._leaf(part, "RoleType", "Performer")

    def _organization(self, core: etree._Element) -> None:
        """Whose plan it is: the issuer; those who answer for the plan as a whole are its stakeholders."""
        if self._document["issuer"] is None and not self._duties[None]:
            return
        element = self._branch(core, "Organization")
        self._leaf(element, "Name", self._document["issuer"])
        self._leaf(element, "Description", self._document["jurisdiction"])
        self._stakeholders(element, self._duties[None])

    def _administration(self, root: etree._Element) -> None:
        """Period, date and IRI; a period in years runs from their first to their last day."""
        element = self._branch(root, "AdministrativeInformation")
        self._leaf(element, "StartDate", _day(self._document["period_start"], "01-01"))
        self._leaf(element, "EndDate", _day(self._document["period_end"], "12-31"))
        self._leaf(element, "PublicationDate", self._document["date"])
        self._leaf(element, "Source", iris.document(self._document["id"]))

    def _about(self) -> str:
        """What a reader must know of the text that the plan was read from."""
        document = self._document
        facts = (document["number"], f"{document['source_file']}，SHA-256 {document['sha256']}")
        return "；".join([*(f for f in facts if f), *document["trust_reasons"]])

    def _lead(self, record: Record) -> str:
        """The words of a goal before its first part begins."""
        starts = (r["start"] for r in self._items if r["parent"] == record["id"])
        return self._text[record["start"] : min(starts, default=record["end"])].strip()

    def _branch(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, etree.QName(self._namespace, name), attributes)

    def _leaf(self, parent: etree._Element, name: str, text: str | None, *, required: bool = False) -> None:
        """An element with a text; without one it is left out, or empty where the schema demands it."""
        if text or required:
            self._branch(parent, name).text = in_xml(text or "")


def identifier(iri: str) -> str:
    """The StratML identifier of a thing: `_` and the UUID (version 5) of its IRI."""
    return f"_{uuid.uuid5(uuid.NAMESPACE_URL, iri)}"


def _bounds(target: Record) -> Iterator[tuple[str, float]]:
    """What is to be reached: a comparison with a number, two of them for a range."""
    if target["value_max"] is None:
        yield target["comparator"], target["value"]
    else:
        yield ">=", target["value"]
        yield "<=", target["value_max"]


def _figure(target: Record) -> str:
    """The figure as printed, with what kind of figure it is."""
    kinds = [word for word, holds in (("增速", target["growth"]), ("每年", target["per_year"])) if holds]
    return "，".join([target["figure"], *kinds])


def _words(target: Record) -> str:
    """A target in one line: what, how much, by when."""
    start, end = target["deadline_start"], target["deadline_end"]
    years = [str(y) for y in dict.fromkeys((start, end)) if y is not None]
    said = f"{target['indicator']} {target['comparator']} {_figure(target)}"
    return f"{said}（{'—'.join(years)}年）" if years else said


def _day(year: int | None, day: str) -> str | None:
    return None if year is None else f"{year:04}-{day}"
