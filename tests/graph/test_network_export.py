"""The network ties what the records tie; every export is whole, sorted and the same each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from graph import iris
from graph.export import EXPORTS, export
from graph.network import network
from graph.store import FORMATS, Store
from loaders.errors import StoreError, UsageError


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
    assert export(store, form, one) == export(store, form, two) == one.stat().st_size
    assert one.read_bytes() == two.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "two"]
    if form not in FORMATS:
        return
    quads = {(q.subject, q.predicate, q.object): q for q in store.quads()}
    parsed = list(ox.parse(path=str(one), format=FORMATS[form]))
    assert not any(isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode) for q in parsed)
    assert {(q.subject, q.predicate, q.object) for q in parsed} == set(quads)
    assert len(parsed) == (len(quads) if form == "ttl" else store.manifest.quads)


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


def test_an_unknown_format(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of ttl, trig, nq, jsonld, graphml"):
        export(store, "rdfxml", tmp_path / "x")


def test_an_export_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        export(store, "nq", tmp_path / "nowhere" / "x.nq")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="taken"):
        export(store, "nq", tmp_path / "taken")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]
