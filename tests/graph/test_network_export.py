"""The network ties what the records tie; every export is whole, sorted and the same each time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from graph import iris
from graph.export import EXPORTS, export
from graph.formats import FORMS
from graph.network import network
from graph.plain import in_xml
from graph.store import FORMATS, Store
from loaders.errors import StoreError, UsageError
from queries.catalogue import catalogue
from tests.graph.hostile import WORST

PARSED = {**FORMATS, "jsonld": ox.RdfFormat.JSON_LD}
"""Formats that hold the whole graph."""
ROOT = Path(__file__).resolve().parent.parent.parent
SINGLE = frozenset(form.name for form in FORMS if form.of_document)


@pytest.fixture(scope="module")
def graph(store: Store) -> nx.MultiDiGraph[str]:
    return network(store)


def test_nodes_are_what_the_records_name(store: Store, graph: nx.MultiDiGraph[str]) -> None:
    records = list(store.records())
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    for kind in ("action", "task", "measure", "safeguard"):
        assert kinds[kind] == sum(r["type"] == "item" and r["kind"] == kind for r in records)
    assert kinds["target"] == sum(r["type"] == "target" for r in records) + 10
    assert kinds["document"] == 7
    for _, data in graph.nodes(data=True):
        assert data["label"]
        assert set(data) <= {"label", "kind", "document", "level", "jurisdiction", "figure"}


def test_edges_are_what_the_records_say(store: Store, graph: nx.MultiDiGraph[str]) -> None:
    records = list(store.records())
    types = Counter(data["type"] for *_, data in graph.edges(data=True))
    assert types["part_of"] == sum(r["type"] == "item" for r in records)
    assert types["measures"] == types["target_of"] == sum(r["type"] == "target" for r in records) + 10
    proposed = [r for r in records if r["type"] == "alignment" and r["object"]]
    assert types["implements"] + types["relates_to"] == len(proposed)
    one = proposed[0]
    edges = graph.get_edge_data(iris.record(one["subject"]), iris.record(one["object"]))
    judged = {"confidence": one["confidence"], "rank": one["rank"], "status": one["status"]}
    assert {"type": one["relation"], **judged} in edges.values()
    duties = [r for r in records if r["type"] == "responsibility" and r["item"]]
    assert types["responsible"] + types["lead"] + types["support"] == len(duties)
    assert types["conflict"] == sum(r["type"] == "conflict" for r in records)


def test_only_places_and_indicators_in_use_are_nodes(graph: nx.MultiDiGraph[str]) -> None:
    for node, data in graph.nodes(data=True):
        if data["kind"] in {"jurisdiction", "indicator"}:
            assert graph.in_degree(node) > 0


def test_the_network_is_the_same_each_time(store: Store, graph: nx.MultiDiGraph[str]) -> None:
    again = network(store)
    assert list(again.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(again.edges(data=True)) == list(graph.edges(data=True))


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_are_whole_and_stable(store: Store, form: str, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    document = store.manifest.documents[1].id if form in SINGLE else None
    for path in (one, two):
        size = export(store, form, path, document=document, questions=catalogue().values())
        assert size == sum(len(content) for content in contents(path).values()) > 1000
    assert contents(one) == contents(two)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "two"]
    if form not in PARSED:
        return
    quads = {(q.subject, q.predicate, q.object): q for q in store.quads()}
    parsed = list(ox.parse(path=str(one), format=PARSED[form]))
    assert not any(isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode) for q in parsed)
    assert {(q.subject, q.predicate, q.object) for q in parsed} == set(quads)
    assert len(parsed) == (len(quads) if form == "ttl" else store.manifest.quads)


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of each file of a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


@pytest.mark.parametrize("form", EXPORTS)
def test_no_clock_and_no_machine_in_an_export(store_dir: Path, form: str, tmp_path: Path) -> None:
    """Another place, another day's zone and another order of sets give the same bytes."""
    store = Store.open(store_dir)
    document = store.manifest.documents[1].id if form in SINGLE else None
    export(store, form, tmp_path / "here", document=document, questions=catalogue().values())
    code = (
        "import sys; from pathlib import Path; from graph.export import export;"
        "from graph.store import Store; from queries.catalogue import catalogue;"
        "export(Store.open(sys.argv[1]), sys.argv[2], Path(sys.argv[3]),"
        " document=sys.argv[4] or None, questions=catalogue().values())"
    )
    there = tmp_path / "an other place"
    there.mkdir()
    shutil.copytree(store_dir, there / "store")
    arguments = [str(there / "store"), form, str(there / "out"), document or ""]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert contents(there / "out") == contents(tmp_path / "here")
    for content in contents(tmp_path / "here").values():
        assert str(tmp_path).encode() not in content
        assert str(store_dir).encode() not in content
        assert date.today().isoformat().encode() not in content


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_of_hostile_titles_can_be_read(
    hostile: Store, hostile_plan: str, form: str, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    export(hostile, form, path, document=hostile_plan if form in SINGLE else None)
    if form in PARSED:
        triples = {(q.subject, q.predicate, q.object) for q in hostile.quads()}
        parsed = {(q.subject, q.predicate, q.object) for q in ox.parse(path=str(path), format=PARSED[form])}
        assert parsed == triples
    elif form in {"gexf", "graphml"}:
        read = nx.read_gexf(path) if form == "gexf" else nx.read_graphml(path, force_multigraph=True)
        labels = {node: data["label"] for node, data in read.nodes(data=True)}
        wanted = {node: in_xml(data["label"]) for node, data in network(hostile).nodes(data=True)}
        assert labels == wanted
        assert sum(in_xml(WORST) in label for label in labels.values()) > 100


def test_gexf_holds_the_network(store: Store, graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    export(store, "gexf", path)
    read = nx.read_gexf(path)
    assert sorted(read.nodes(data=True)) == sorted(graph.nodes(data=True))
    told = ("confidence", "rank", "status")
    edges = sorted(
        (s, t, d["type"], [(k, d[k]) for k in told if k in d]) for s, t, d in graph.edges(data=True)
    )
    assert (
        sorted(
            (s, t, d["relation"], [(k, d[k]) for k in told if k in d]) for s, t, d in read.edges(data=True)
        )
        == edges
    )
    assert all(d["label"] == d["relation"] for *_, d in read.edges(data=True))
    kinds = {data["kind"] for _, data in read.nodes(data=True)}
    assert {"document", "action", "task", "measure", "target", "unit", "indicator", "jurisdiction"} <= kinds
    assert any(
        data.get("level") == "county" and data.get("jurisdiction") == "西湖区"
        for _, data in read.nodes(data=True)
    )


def test_graphml_holds_the_network(store: Store, graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    export(store, "graphml", path)
    read = nx.read_graphml(path, force_multigraph=True)
    nodes = sorted(graph.nodes(data=True))
    assert sorted(read.nodes(data=True)) == nodes
    edges = sorted((s, t, sorted(d.items())) for s, t, d in graph.edges(data=True))
    assert sorted((s, t, sorted(d.items())) for s, t, d in read.edges(data=True)) == edges


def test_turtle_uses_the_prefixes(store: Store, tmp_path: Path) -> None:
    export(store, "ttl", tmp_path / "all.ttl")
    head = (tmp_path / "all.ttl").read_text(encoding="utf-8")[:3000]
    assert "@prefix gm: <https://w3id.org/gangmu/ontology#> ." in head


def test_every_export_is_described_once() -> None:
    assert tuple(form.name for form in FORMS) == EXPORTS
    for described in ({form.zh for form in FORMS}, {form.en for form in FORMS}):
        assert len(described) == len(EXPORTS) == 13


def test_an_unknown_format(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of ttl, trig, nq, jsonld, graphml, gexf, sssom"):
        export(store, "rdfxml", tmp_path / "x")


def test_an_export_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        export(store, "nq", tmp_path / "nowhere" / "x.nq")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="taken"):
        export(store, "nq", tmp_path / "taken")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]
