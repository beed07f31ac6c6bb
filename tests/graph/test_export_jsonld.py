"""JSON-LD in the names of the published context is the graph, to two readers, without a network."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Dataset
from rdflib.compare import isomorphic

from graph import iris
from graph.export import export
from graph.export_jsonld import jsonld
from graph.store import Store
from ontology import CONTEXT, CONTEXT_IRI, generate, terms, vocab


@pytest.fixture(scope="module")
def content(store: Store) -> bytes:
    return jsonld(store)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to open a connection fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")  # of rdflib to itself
@pytest.mark.usefixtures("no_network")
def test_rdflib_reads_the_same_graphs(store: Store, content: bytes, tmp_path: Path) -> None:
    read, known = Dataset(), Dataset()
    read.parse(data=content, format="json-ld")
    export(store, "nq", tmp_path / "all.nq")
    known.parse(tmp_path / "all.nq", format="nquads")
    names = {str(g.identifier) for g in known.graphs() if len(g)}
    assert {str(g.identifier) for g in read.graphs() if len(g)} == names
    assert len(names) >= 14
    for name in sorted(names):
        one, two = (
            d.graph(next(g.identifier for g in d.graphs() if str(g.identifier) == name))
            for d in (read, known)
        )
        assert isomorphic(one, two), name


@pytest.mark.parametrize("which", ["store", "hostile"])
def test_oxigraph_reads_the_same_quads(which: str, request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(which)
    assert set(ox.parse(jsonld(store), format=ox.RdfFormat.JSON_LD)) == set(store.quads())


def test_the_context_is_the_published_one(content: bytes) -> None:
    document = json.loads(content)
    assert document["@context"] == json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    assert document["publishedContext"] == CONTEXT_IRI == f"{terms.ONTOLOGY}/{CONTEXT.name}"
    assert "publishedContext" not in document["@context"]


def test_nodes_speak_plainly(store: Store, content: bytes) -> None:
    nodes = {
        node["@id"]: node
        for graph in json.loads(content)["@graph"]
        for node in graph["@graph"]
        if "@type" in node
    }
    record = next(r for r in store.records() if r["type"] == "target" and r["item"])
    node = nodes[iris.record(record["id"]).replace(iris.BASE, "gmid:")]
    assert node["@type"] == "Target"
    assert node["ofItem"] == iris.record(record["item"]).replace(iris.BASE, "gmid:")
    assert node["deadlineEnd"] == record["deadline_end"]
    assert node["isGrowthRate"] is record["growth"]
    assert node["printedFigure"] == record["figure"]
    one_line = [line for line in content.decode().split("\n") if node["@id"] + '", "@type"' in line]
    assert len(one_line) == 1


def test_names_of_the_context_do_not_collide() -> None:
    context: dict[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    ontology = generate.load()
    own = [t for t in {str(s) for s in ontology.subjects()} if t.startswith(terms.NAMESPACE)]
    classes_and_properties = {
        t.removeprefix(terms.NAMESPACE)
        for t in own
        if t in {v for k, v in vars(terms).items() if k[0] != "_"}
    }
    assert classes_and_properties <= set(context)
    assert classes_and_properties.isdisjoint(vocab.PREFIXES)
    assert context["gmid"] == iris.BASE == generate.INSTANCES
