"""Observing a file: the store as a build would make it, kept over rebuilds, and nothing half-written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph import iris
from graph.aims import AsOf
from graph.build import build
from graph.check import check
from graph.observations import COLUMNS
from graph.observe import name_of, observe, states
from graph.restore import from_dict, restore
from graph.store import NamedNode, Store
from graph.switch import growing
from loaders.corpus import find_documents
from loaders.errors import InputError, StoreError
from ontology import terms, vocab

HEAD = ",".join(COLUMNS)
CONTRACTS = "技术合同成交额,西湖区,2025,=,{value},亿元,西湖区统计公报,2026-03,"
INDEX = "综合科技创新水平指数,江西省,2024,=,61,%,另一来源,2025-03,"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((HEAD, *lines, "")), encoding="utf-8")
    return path


def graphs(store: Store) -> dict[str, set[str]]:
    """The quads of each named graph."""
    found: dict[str, set[str]] = {}
    for quad in store.quads():
        found.setdefault(quad.graph_name.value, set()).add(str(quad.triple))  # type: ignore[union-attr]
    return found


def subject(store: Store, graph: str) -> str:
    """The one observation of a named graph."""
    (found,) = {q.subject for q in store.quads(graph, terms.observedYear)}
    assert isinstance(found, NamedNode)
    return found.value


def contents(directory: Path) -> dict[str, bytes]:
    """Every file of a store but the engine's own."""
    return {
        str(p.relative_to(directory)): p.read_bytes()
        for p in sorted(directory.rglob("*"))
        if p.is_file() and p.relative_to(directory).parts[0] != "graph"
    }


@pytest.fixture
def copy(store_dir: Path, tmp_path: Path) -> Path:
    """A store of the corpus that a test may change."""
    return Path(shutil.copytree(store_dir, tmp_path / "store"))


def test_the_shipped_values_judge_the_curated_targets(store: Store) -> None:
    judged = states(store)
    assert len(judged) == len(list(store.quads(predicate=terms.printedFigure)))
    met = {target for target, state in judged.items() if state == "met"}
    figures = {(store.values(t, terms.printedFigure)[0], store.values(t, terms.deadlineEnd)[0]) for t in met}
    assert figures == {("66%", "2025"), ("63%", "2024")}
    assert "missed" not in judged.values()
    assert store.manifest.as_of == "2025"


def test_a_file_is_taken_in_and_a_rebuild_keeps_it(copy: Path, tmp_path: Path) -> None:
    before = graphs(Store.open(copy))
    report = observe(write(tmp_path / "我的 进展.csv", CONTRACTS.format(value=40), INDEX), copy)
    assert (report.file, report.rows, report.added, report.dropped) == ("我的 进展.csv", 2, 2, 0)
    changed = {(c.indicator, c.deadline, c.before, c.after) for c in report.changes}
    assert changed == {
        ("技术合同登记额", 2025, "no_data", "met"),
        ("综合科技创新水平指数", 2024, "met", "no_data"),  # two sources that contradict each other
    }
    after = graphs(Store.open(copy))
    touched = {g for g in before.keys() | after.keys() if before.get(g) != after.get(g)}
    assert touched == {iris.observed_graph("我的 进展.csv"), iris.PROGRESS, iris.RUNS}
    taken = contents(copy)
    assert "observations/我的 进展.csv" in taken
    rebuilt = build([], copy)
    assert rebuilt.content == report.content
    assert contents(copy) == taken
    assert rebuilt.observations == 12
    assert check(Store.open(copy)).violations == ()


def test_an_observation_has_its_source_as_evidence(copy: Path, tmp_path: Path) -> None:
    observe(write(tmp_path / "a.csv", CONTRACTS.format(value=40)), copy)
    store = Store.open(copy)
    graph = iris.observed_graph("a.csv")
    node = subject(store, graph)
    assert set(store.values(node, vocab.rdf_type)) == {terms.Observation, vocab.sosa_Observation}
    assert store.values(node, vocab.sosa_hasFeatureOfInterest) == [iris.jurisdiction("360103")]
    (row,) = store.values(node, vocab.prov_wasDerivedFrom)
    assert row == iris.observed_row("a.csv", 1)
    assert store.values(row, vocab.dcterms_source) == ["西湖区统计公报"]
    assert store.values(row, vocab.dcterms_date) == ["2026-03"]
    (target,) = {t for t, state in states(store).items() if state == "met" and "/360103-" in t}
    status = target.replace("/target/", "/status/")
    assert store.values(status, terms.judgedBy) == [node]
    assert store.values(status, terms.arithmetic)[1] == (
        "目标：2025年=38.5亿元（按不低于此数计）；实际：2025年=40亿元（西湖区统计公报，2026-03）；"
        "40 ≥ 38.5，高1.5，已完成。"
    )


def test_a_file_of_the_same_name_replaces_what_was_taken_from_it(copy: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CONTRACTS.format(value=40))
    first = observe(path, copy)
    again = observe(path, copy)
    assert (again.added, again.dropped, again.changes, again.content) == (0, 0, (), first.content)
    corrected = observe(write(path, CONTRACTS.format(value=30)), copy)
    assert (corrected.added, corrected.dropped) == (1, 1)
    assert [(c.before, c.after) for c in corrected.changes] == [("met", "missed")]
    assert len(Store.open(copy).manifest.observations) == 1


def test_what_is_known_already_is_not_doubled(copy: Path, tmp_path: Path) -> None:
    before = Store.open(copy)
    shared = Path(__file__).parents[2] / "data" / "curated" / "observations.csv"
    report = observe(shared, copy)
    assert (report.rows, report.added, report.changes) == (10, 0, ())
    after = graphs(Store.open(copy))
    assert iris.observed_graph("observations.csv") not in after
    assert after.keys() == graphs(before).keys()
    one, two = (write(tmp_path / n, CONTRACTS.format(value=40)) for n in ("a.csv", "b.csv"))
    assert observe(one, copy).added == 1
    assert observe(two, copy).added == 0


def test_an_error_leaves_the_store_as_it_was(copy: Path, tmp_path: Path) -> None:
    before = contents(copy)
    bad = write(tmp_path / "bad.csv", CONTRACTS.format(value=40), CONTRACTS.format(value="x"))
    with pytest.raises(InputError, match=r"bad\.csv:3:value: “x” is no number"):
        observe(bad, copy)
    unknown = write(tmp_path / "bad.csv", "无此指标,西湖区,2025,=,1,家,报告,2026,")
    with pytest.raises(InputError, match=r"bad\.csv:2:indicator: no indicator “无此指标”"):
        observe(unknown, copy)
    assert contents(copy) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.csv", "store"]


def test_a_damaged_file_in_the_store_stops_a_build_with_its_place(copy: Path, tmp_path: Path) -> None:
    observe(write(tmp_path / "a.csv", CONTRACTS.format(value=40)), copy)
    kept = copy / "observations" / "a.csv"
    kept.write_text(kept.read_text(encoding="utf-8").replace("=,40", "=,vierzig"), encoding="utf-8")
    before = contents(copy)
    with pytest.raises(InputError, match=r"observations/a\.csv:2:value: “vierzig” is no number"):
        build([], copy)
    assert contents(copy) == before


def test_without_a_file_only_the_point_in_time_changes(copy: Path) -> None:
    early = observe(None, copy, AsOf.parse("2024-12-30"))
    assert (early.file, early.rows, early.as_of) == (None, 0, "2024-12-30")
    assert early.statuses["met"] == early.statuses["missed"] == 0
    assert Store.open(copy).manifest.as_of == "2024-12-30"
    assert build([], copy, as_of=AsOf.parse("2024-12-30")).content == early.content
    late = observe(None, copy, AsOf.parse("2036"))
    assert late.statuses["no_data"] > early.statuses["no_data"]
    assert build([], copy).as_of == "2025"


def test_one_writer_at_a_time(copy: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CONTRACTS.format(value=40))
    with growing(copy), pytest.raises(StoreError, match="is being written by another build"):
        observe(path, copy)
    assert observe(path, copy).added == 1


def test_no_store_and_stores_of_other_rules_are_refused(copy: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CONTRACTS.format(value=40))
    with pytest.raises(StoreError, match="holds no store"):
        observe(path, tmp_path / "nowhere")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "store"]
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, "rule_set": "0" * 64}), encoding="utf-8")
    with pytest.raises(StoreError, match="was built by other rules; run `gangmu build` again"):
        observe(path, copy)


def test_observations_of_a_store_that_must_be_built_again_are_kept(copy: Path, tmp_path: Path) -> None:
    observe(write(tmp_path / "a.csv", CONTRACTS.format(value=40)), copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, "format": 1}), encoding="utf-8")
    build(find_documents()[2:3], copy)
    assert [o.file for o in Store.open(copy).manifest.observations] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "kept"), [("a.csv", "a.csv"), ("a\u200b b\u202e.csv", "a b.csv"), ("..a%2F.csv", "..a%2F.csv")]
)
def test_names_without_characters_that_nobody_sees(name: str, kept: str, tmp_path: Path) -> None:
    assert name_of(tmp_path / name) == kept
    assert "/" not in name_of(tmp_path / name)


def test_readings_are_restored_as_they_were(store: Store) -> None:
    readings, alignments, upper, decisions = restore(store)
    assert upper is not None
    assert (upper.document.id, decisions) == (store.manifest.upper, [])
    records = [r for reading in readings for r in reading.records] + [*alignments]
    assert sorted(r.as_json() for r in records) == sorted(
        json.dumps(r, ensure_ascii=False) for r in store.records()
    )
    assert all(from_dict(json.loads(r.as_json())) == r for r in records)
