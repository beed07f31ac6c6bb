"""Which unit stands above another, what an office became, and what units carry together."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from graph import iris
from graph.hierarchy import changes, place_of, superior, superiors
from graph.loads import combined_loads, unit_loads
from graph.nquads import QuadSet
from graph.registries import unit_iri
from graph.store import Store
from graph.triples_units import unit_quads
from loaders import registry
from loaders.read import read_text
from loaders.records import Responsibility
from ontology import schemes, terms, vocab
from queries import run


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("南昌市西湖区科学技术局", "南昌市西湖区人民政府"),
        ("南昌市西湖区人民政府办公室", "南昌市西湖区人民政府"),
        ("南昌市西湖区桃花街道办事处", "南昌市西湖区人民政府"),
        ("南昌市西湖区人民政府", "南昌市人民政府"),
        ("南昌市人民政府", "江西省人民政府"),
        ("江西省人民政府", None),
        ("江西省科学技术厅", "江西省人民政府"),
        ("中共南昌市西湖区委员会人才工作领导小组办公室", "中共南昌市西湖区委员会"),
        ("中共南昌市西湖区委员会", "中共南昌市委员会"),
        ("中共江西省委员会", None),
        ("共青团赣州市委员会", "中共赣州市委员会"),
        ("南昌市西湖区科学技术协会", "中共南昌市西湖区委员会"),
        ("国家税务总局南昌市西湖区税务局", "国家税务总局南昌市税务局"),
        ("国家税务总局江西省税务局", "国家税务总局"),
        ("南昌市中级人民法院", None),
        ("中国电信股份有限公司南昌西湖分局", None),
        ("各有关部门", None),
        ("南昌市西湖区招商引资提温领导小组全体成员单位", None),
    ],
)
def test_the_name_tells_who_stands_above(name: str, above: str | None) -> None:
    assert superior(name) == above


def test_nothing_stands_above_itself(store: Store) -> None:
    names = {str(row["unit_name"]) for row in run.rows(store, "units")}
    chains = {name: list(superiors(name)) for name in names}
    assert max(map(len, chains.values())) == 3
    assert not [name for name, chain in chains.items() if name in chain or len(set(chain)) < len(chain)]


def test_a_party_committee_has_its_place() -> None:
    for name in (
        "中共南昌市西湖区委员会人才工作领导小组办公室",
        "国家税务总局南昌市西湖区税务局",
        "南昌市西湖区民政局",
    ):
        place = place_of(name)
        assert place is not None
        assert place.code == "360103"


def test_the_registry_of_changes_is_well_formed() -> None:
    found = registry.unit_changes()
    assert len(found) == 23
    assert len({c.id for c in found}) == len(found)
    for change in found:
        assert change.kind in schemes.NOTATIONS[schemes.scheme_change]
        assert re.fullmatch(r"\d{4}-\d{2}/\d{4}-\d{2}", change.when)
        assert change.source
        assert set(change.old).isdisjoint(change.new)
        assert change.place is None or change.place in registry.jurisdictions()
    rules = [(c.place, level, old) for c in found for level in c.levels for old in c.old]
    assert len(set(rules)) == len(rules), "one office became two"


@pytest.mark.parametrize(
    ("names", "old", "new"),
    [
        (["赣州市国土资源局"], "赣州市国土资源局", "赣州市自然资源局"),
        (["南昌市国土资源局", "南昌市自然资源和规划局"], "南昌市国土资源局", "南昌市自然资源和规划局"),
        (["南昌市工业和信息化委员会"], "南昌市工业和信息化委员会", "南昌市工业和信息化局"),
        (["湖北省大数据管理局"], "湖北省大数据管理局", "湖北省数据局"),
    ],
)
def test_an_older_bureau_leads_to_its_successor(names: list[str], old: str, new: str) -> None:
    (found,) = (c for c in changes(names) if c.rule.place is None)
    assert (found.old, found.new) == ((old,), new)


def test_what_is_registered_of_one_place_is_not_said_twice() -> None:
    named = list(changes(["江西省国土资源厅", "江西省科学技术厅"]))
    assert named == list(changes(()))


def test_a_document_that_names_an_older_bureau_keeps_both() -> None:
    text = "赣州市2017年工作要点\n\n一、土地\n\n（一）清理闲置土地。责任单位:市国土局、市自然资源局\n"
    reading = read_text(text, "old.txt", "0" * 64)
    duties = reading.of(Responsibility)
    assert {d.unit_name for d in duties} == {"赣州市国土资源局", "赣州市自然资源局"}
    quads = QuadSet()
    unit_quads(quads, [reading])
    (event,) = (
        s for s, o in quads.links(vocab.org_originalOrganization) if o == unit_iri("赣州市国土资源局")
    )
    assert (event, unit_iri("赣州市自然资源局")) in set(quads.links(vocab.org_resultingOrganization))


def test_a_superior_carries_each_item_once(store: Store) -> None:
    own = {row["unit_name"]: row for row in run.rows(store, "unit-load")}
    combined = {row["unit_name"]: row for row in run.rows(store, "unit-load-combined")}
    district = combined["南昌市西湖区人民政府"]
    parts = [r for n, r in own.items() if "南昌市西湖区人民政府" in superiors(str(n))]
    assert district["unit_count"] == len(parts)
    counts = [int(str(r["item_count"])) for r in parts]
    assert max(counts) <= int(str(district["item_count"])) < sum(counts)
    city, province = combined["南昌市人民政府"], combined["江西省人民政府"]
    assert int(str(city["item_count"])) <= int(str(province["item_count"]))


def test_loads_are_counted_by_hand() -> None:
    first = "（一）建平台。新建平台5个。责任单位:市科技局、市工信局"
    text = f"赣州市2024年工作要点\n\n一、科技\n\n{first}\n\n（二）引人才。责任单位:市科技局\n"
    reading = read_text(text, "a.txt", "0" * 64)
    loads = {x.items for x in unit_loads([reading])}
    assert loads == {1, 2}
    levels = {iris.unit(x.unit): x for x in combined_loads([reading])}
    assert set(levels) == {unit_iri("赣州市人民政府"), unit_iri("江西省人民政府")}
    assert {(x.items, x.documents, len(x.units), len(x.basis)) for x in levels.values()} == {(2, 1, 2, 3)}
    other = replace(reading, records=())
    assert list(combined_loads([other])) == []


def test_reasoning_stands_in_a_graph_of_its_own(store: Store) -> None:
    for predicate in (vocab.org_transitiveSubOrganizationOf, vocab.org_hasSubOrganization, terms.unitCount):
        graphs = {str(q.graph_name) for q in store.quads(predicate=predicate)}
        assert graphs == {f"<{iris.INFERENCE}>"}
