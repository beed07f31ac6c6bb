"""Targets beside upper ones, whole documents, likely owners, and any document as the upper one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.build import build
from graph.realign import put_aside, realign
from graph.refine import Refinement, refinements
from graph.resolve import resolve
from graph.store import Store
from loaders.corpus import CORPUS
from loaders.errors import UsageError
from loaders.read import read_text
from loaders.records import Reading

CITY = """南昌市2024年科技工作要点

2024年3月1日

一、强化企业创新
1.加大研发投入。力争2025年全社会研发投入占GDP比重达到2.5%,技术合同成交额突破100亿元,高新技术企业达到1000家。
"""
DISTRICT = """西湖区2024年科技工作要点

2024年5月1日

一、强化企业创新
1.加大研发投入。力争2025年全社会研发投入占GDP比重达到{ratio}%,技术合同成交额突破{total}亿元,{scope}高新技术企业达到50家。
"""


def read(text: str, name: str) -> Reading:
    return read_text(text, name, "0" * 64)


def compared(ratio: str = "2", total: str = "20", scope: str = "") -> dict[str, Refinement]:
    district = DISTRICT.format(ratio=ratio, total=total, scope=scope)
    readings = resolve([read(CITY, "city.txt"), read(district, "district.txt")])
    own = readings[0].document.id
    found = [r for r in refinements(readings) if r.upper.startswith(own)]
    return {"ratio" if r.difference is not None else f"{r.share}": r for r in found}


@pytest.mark.parametrize(
    ("ratio", "difference", "standing"), [("2", -0.5, "below"), ("2.5", 0, "equal"), ("3", 0.5, "above")]
)
def test_a_ratio_is_above_or_below(ratio: str, difference: float, standing: str) -> None:
    found = compared(ratio)["ratio"]
    assert (found.difference, found.standing, found.same_year) == (difference, standing, True)
    assert found.share is None
    assert f"{difference:+g}个百分点" in found.arithmetic_zh
    assert "同为2025年" in found.arithmetic_zh


def test_a_total_is_a_share_in_the_same_unit() -> None:
    found = compared(total="20")
    assert {"0.2", "0.05"} <= set(found)
    assert {found[key].standing for key in ("0.2", "0.05")} == {"part"}
    assert "20亿元 ÷" in found["0.2"].arithmetic_zh
    assert "= 20.0%" in found["0.2"].arithmetic_en


def test_a_part_of_the_place_is_not_compared() -> None:
    assert len(compared()) == 3
    city, district = (
        read(text, "a.txt") for text in (CITY, DISTRICT.format(ratio="2", total="20", scope=""))
    )
    assert [r for r in refinements([city]) if r.upper.startswith(city.document.id)] == []
    placeless = replace(district.document, jurisdiction=None, jurisdiction_code=None)
    nowhere = replace(district, records=(placeless, *district.records[1:]))
    assert [r for r in refinements([city, nowhere]) if r.lower.startswith(placeless.id)] == []


def _pair(store: Store) -> tuple[str, list[str]]:
    known = {d.file[:3]: d.id for d in store.manifest.documents}
    return known["001"], [known["002"]]


def test_a_city_above_its_district(store: Store, tmp_path: Path) -> None:
    upper, lower = _pair(store)
    found = realign(store, upper, [])
    assert list(found.lower) == lower
    (whole,) = found.content.derived.documents
    assert whole.relation == "implements"
    assert 0 < whole.covered <= whole.tasks
    assert whole.aligned <= whole.items
    assert any("地域内" in reason for reason in whole.reasons)
    assert {a.object_document for a in found.content.alignments} <= {upper, None}
    before = (store.directory / "manifest.json").read_bytes()
    assert put_aside(found, tmp_path / "other") > 1000
    other = Store.open(tmp_path / "other")
    assert {d.id for d in other.manifest.documents} == {upper, *lower}
    assert other.manifest.upper == upper
    assert (store.directory / "manifest.json").read_bytes() == before


def test_a_province_above_all_is_what_a_build_finds(store: Store) -> None:
    upper = store.manifest.upper
    assert upper is not None
    found = realign(store, upper, [])
    records = sorted(a.as_json() for a in found.content.alignments)
    assert len(found.lower) == 4
    assert len(records) == sum(r["type"] == "alignment" for r in store.records())


def test_what_has_nothing_below_it_is_told(store: Store) -> None:
    upper, (district,) = _pair(store)
    with pytest.raises(UsageError, match="no document below"):
        realign(store, district, [])
    assert realign(store, district, [upper]).content.derived.documents[0].relation == "relates_to"


def test_a_single_document_needs_no_upper_one(tmp_path: Path) -> None:
    build([CORPUS / "001_fb75e2bb65854e05.txt"], tmp_path / "store")
    assert Store.open(tmp_path / "store").manifest.upper is None
