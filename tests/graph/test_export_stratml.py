"""A document's plan as StratML keeps the published schemas and says what the records say."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from graph.export import export
from graph.export_stratml import PART_1, PART_2, identifier, stratml
from graph.plain import in_xml
from graph.store import Store
from loaders.errors import UsageError
from tests.graph import stratml as published

SCHEMAS = {
    PART_1: published.schema(PART_1, published.PART_1),
    PART_2: published.schema(PART_2, published.PART_2),
}
DISTRICT = "002_3d12ad2daf9da656.txt"


def parsed(content: bytes) -> etree._Element:
    root = etree.fromstring(content)
    SCHEMAS[etree.QName(root).namespace].assertValid(root)
    return root


def records(store: Store, document: str, kind: str) -> list[dict[str, Any]]:
    return [r for r in store.records() if r["document"] == document and r["type"] == kind]


def texts(root: etree._Element, path: str) -> list[str]:
    return [e.text or "" for e in root.findall(path.replace("s:", f"{{{etree.QName(root).namespace}}}"))]


@pytest.fixture
def district(store: Store) -> str:
    return next(d.id for d in store.manifest.documents if d.file == DISTRICT)


def test_the_schema_knows_wrong_order_and_number() -> None:
    for namespace, root in ((PART_1, "StrategicPlan"), (PART_2, "PerformancePlanOrReport")):
        wrong = etree.Element(etree.QName(namespace, root))
        assert not SCHEMAS[namespace].validate(wrong)
    twice = stratml_of("<Name>a</Name><Name>b</Name><StrategicPlanCore/>")
    assert not SCHEMAS[PART_1].validate(twice)
    core = "<StrategicPlanCore><Goal>{}</Goal></StrategicPlanCore>"
    right = "<Name>g</Name><Description>d</Description>"
    assert SCHEMAS[PART_1].validate(stratml_of(f"<Name>a</Name>{core.format(right)}"))
    turned = "<Description>d</Description><Name>g</Name>"
    assert not SCHEMAS[PART_1].validate(stratml_of(f"<Name>a</Name>{core.format(turned)}"))
    measured = f"{right}<Objective><PerformanceIndicator/></Objective>"
    assert not SCHEMAS[PART_1].validate(stratml_of(f"<Name>a</Name>{core.format(measured)}"))


def stratml_of(content: str) -> etree._Element:
    return etree.fromstring(f'<StrategicPlan xmlns="{PART_1}">{content}</StrategicPlan>')


@pytest.mark.parametrize("form", ["stratml", "stratml2"])
def test_every_document_keeps_the_schema(store: Store, form: str, tmp_path: Path) -> None:
    for document in store.manifest.documents:
        path = tmp_path / f"{document.id}.xml"
        export(store, form, path, document=document.id)
        root = parsed(path.read_bytes())
        items = records(store, document.id, "item")
        named = Counter(texts(root, ".//s:Goal/s:Name") + texts(root, ".//s:Objective/s:Name"))
        assert not Counter(i["title"] for i in items) - named, "an item is missing"
        identifiers = texts(root, ".//s:Identifier")
        assert len(identifiers) == len(set(identifiers)) >= len(items)
    assert len(list(tmp_path.iterdir())) == 5


def test_targets_are_performance_indicators(store: Store, district: str) -> None:
    root = parsed(stratml(store, district, performance=True))
    targets = records(store, district, "target")
    assert len(targets) == 68
    dimensions = texts(root, ".//s:PerformanceIndicator/s:MeasurementDimension")
    assert Counter(dimensions) == Counter(t["indicator"] for t in targets)
    ranges = sum(t["value_max"] is not None for t in targets)
    values = [float(v) for v in texts(root, ".//s:TargetResult/s:NumberOfUnits")]
    assert len(values) == len(targets) + ranges
    bounds = [v for t in targets for v in (t["value"], t["value_max"]) if v is not None]
    assert Counter(values) == Counter(bounds)
    due = Counter(
        f"{t['deadline_end']}-12-31"
        for t in targets
        for _ in range(1 + (t["value_max"] is not None))
        if t["deadline_end"]
    )
    assert Counter(texts(root, ".//s:TargetResult/s:EndDate")) == due


def test_in_part_1_targets_are_told_in_words(store: Store, district: str) -> None:
    root = parsed(stratml(store, district))
    told = "\n".join(texts(root, ".//s:Objective/s:OtherInformation"))
    for target in records(store, district, "target"):
        assert f"{target['indicator']} {target['comparator']} {target['figure']}" in told
    assert "（2030—2035年）" in told


def test_units_are_stakeholders_with_their_roles(store: Store, district: str) -> None:
    root = parsed(stratml(store, district, performance=True))
    duties = records(store, district, "responsibility")
    said = {(r["item"], r["unit_name"], r["role"]) for r in duties}
    assert len(texts(root, ".//s:Stakeholder/s:Role/s:Name")) == len(said) > 60
    groups = {
        e.findtext(f"{{{PART_2}}}Name")
        for e in root.iter(f"{{{PART_2}}}Stakeholder")
        if e.get("StakeholderTypeType") == "Generic_Group"
    }
    assert groups == {r["unit_name"] for r in duties if r["collective"]}
    first = parsed(stratml(store, district))
    assert set(texts(first, ".//s:Stakeholder/s:Description")) <= {"责任", "牵头", "配合"}


def test_goals_are_what_has_parts(store: Store, district: str) -> None:
    root = parsed(stratml(store, district))
    goals = texts(root, ".//s:Goal/s:Name")
    assert goals == [
        "发展目标",
        *(i["title"] for i in records(store, district, "item") if i["kind"] == "task"),
        "构建城区科技创新生态",
        "强化组织实施",
    ]
    task = next(i for i in records(store, district, "item") if i["kind"] == "task")
    lead = texts(root, ".//s:Goal/s:Description")[1]
    assert lead.startswith("(一)")
    assert task["quote"].startswith(lead)
    assert len(lead) < len(task["quote"])


def test_period_date_and_source(store: Store, district: str) -> None:
    root = parsed(stratml(store, district))
    about = "./s:AdministrativeInformation/s:"
    assert texts(root, f"{about}StartDate") == ["2023-01-01"]
    assert texts(root, f"{about}EndDate") == ["2035-12-31"]
    assert texts(root, f"{about}PublicationDate") == ["2024-10-12"]
    assert texts(root, f"{about}Source") == [f"https://w3id.org/gangmu/id/document/{district}"]
    assert texts(root, ".//s:Organization/s:Name") == ["南昌市西湖区发展和改革委员会"]
    assert "被劫持的镜像" in texts(root, "./s:OtherInformation")[0]


@pytest.mark.parametrize("performance", [False, True])
def test_hostile_titles(hostile: Store, hostile_plan: str, performance: bool) -> None:
    root = parsed(stratml(hostile, hostile_plan, performance=performance))
    named = texts(root, ".//s:Goal/s:Name")
    for item in records(hostile, hostile_plan, "item"):
        assert in_xml(item["title"]) in named
    descriptions = texts(root, ".//s:Goal/s:Description")
    assert any("\u2028" in text and "]]>" not in text for text in descriptions)
    assert any(text.startswith('(一)=HYPERLINK("http://x")\t]]>&amp;<script>') for text in descriptions)


def test_a_document_is_needed_and_must_be_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is of one document; name it by --document"):
        export(store, "stratml", tmp_path / "x.xml")
    with pytest.raises(UsageError, match="is not in the store"):
        export(store, "stratml2", tmp_path / "x.xml", document="nowhere")
    with pytest.raises(
        UsageError, match="takes no document; leave it out, or choose one of stratml, stratml2"
    ):
        export(store, "ttl", tmp_path / "x.ttl", document="nowhere")
    with pytest.raises(UsageError, match="takes no document"):
        export(store, "tables", tmp_path / "x", document="nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_document_without_a_plan(store_dir: Path, tmp_path: Path, district: str) -> None:
    shutil.copytree(store_dir, tmp_path / "store")
    path = tmp_path / "store" / "records.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [t for t in lines if json.loads(t)["type"] not in {"item", "target"}]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="holds nothing that is to be done"):
        stratml(Store.open(tmp_path / "store"), district)


def test_identifiers_are_xml_names_and_stay() -> None:
    assert identifier("https://w3id.org/gangmu/id/item/a/1") == "_563eb833-839b-54b3-bef4-427f95a7020c"
