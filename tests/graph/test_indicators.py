"""One indicator or unit under the names that different documents and registries give it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from graph.build import build
from graph.store import Store
from loaders.registry import REGISTRIES
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


ROOT = Path(__file__).parents[2]
OTHER_REGISTRIES = """
import sys
from pathlib import Path
import loaders.registry
loaders.registry.REGISTRIES = Path(sys.argv[1])
from graph.build import build
build([Path(sys.argv[2])], Path(sys.argv[3]))
"""


def test_names_added_to_the_registries_change_no_iri(tmp_path: Path) -> None:
    """Adds a name to an indicator and to a unit, and reads one plan with the old and the new registries."""
    plan = PLAN.format(city="九江市", name="全社会研发投入强度", number=1)
    plan += "\n二、责任\n1.建设通信网络。(责任单位:中国移动通信集团江西有限公司南昌市西湖分公司)\n"
    (tmp_path / "plan.txt").write_text(plan, encoding="utf-8")
    (tmp_path / "new.txt").write_text(plan.replace("全社会研发投入强度", "科研花费之比"), encoding="utf-8")
    with_more = tmp_path / "registries"
    shutil.copytree(REGISTRIES, with_more)
    for name, before, after in (
        ("indicators.csv", "|全社会研发投入强度|", "|全社会研发投入强度|科研花费之比|"),
        ("units.csv", ",中国移动南昌西湖分公司,", ",中国移动南昌西湖分公司|西湖移动,"),
    ):
        table = (with_more / name).read_text(encoding="utf-8")
        assert table.count(before) == 1
        (with_more / name).write_text(table.replace(before, after), encoding="utf-8")
    stores = []
    for number, (registries, file) in enumerate(
        ((REGISTRIES, "plan.txt"), (with_more, "plan.txt"), (with_more, "new.txt"))
    ):
        store = tmp_path / f"store-{number}"
        command = [sys.executable, "-c", OTHER_REGISTRIES, registries, tmp_path / file, store]
        subprocess.run([str(part) for part in command], cwd=ROOT, check=True)
        stores.append(Store.open(store))
    names = [
        {
            q.split()[0]
            for q in store.serialise("nq").decode().splitlines()
            if "/id/unit/" in q or "/id/indicator/" in q
        }
        for store in stores
    ]
    assert names[0] == names[1]
    assert any("/id/unit/" in name for name in names[0])
    of_targets = [{r["indicator"] for r in store.records() if r["type"] == "target"} for store in stores]
    assert of_targets[0] == of_targets[1] == of_targets[2] != set()
