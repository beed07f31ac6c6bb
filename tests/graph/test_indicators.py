"""One indicator under the names that different documents give it."""

from __future__ import annotations

from pathlib import Path

from graph.build import build
from graph.store import Store
from queries import run

NAMES = {
    "南昌市": "R&D经费支出占GDP比重",
    "九江市": "全社会研发投入强度",
    "赣州市": "研究与试验发展经费投入强度",
}
"""The city whose plan it is, and what its plan calls the share of spending on research."""
PLAN = """{city}科技创新实施方案(2023-2025年)

发布机构：{city}科学技术局
发布日期：2023-03-01

一、主要目标
到2025年,{name}达到2.{number}%。
"""


def test_three_names_are_one_indicator_across_documents(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for number, (city, name) in enumerate(NAMES.items(), 1):
        text = PLAN.format(city=city, name=name, number=number)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    build([folder], tmp_path / "store")
    store = Store.open(tmp_path / "store")
    targets = [r for r in store.records() if r["type"] == "target"]
    assert sorted(t["value"] for t in targets) == [2.1, 2.2, 2.3]
    assert {t["indicator"] for t in targets} == {"R&D经费支出占GDP比重"}
    for name in NAMES.values():
        rows = run.rows(store, "indicator-across", {"indicator": name})
        mine = [row for row in rows if row["value"] in {2.1, 2.2, 2.3}]
        assert sorted(str(row["jurisdiction_name"]) for row in mine) == sorted(NAMES), name
