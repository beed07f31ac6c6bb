"""A store is opened read only, and says plainly what is wrong with it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from graph import iris
from graph.store import Literal, NamedNode, QueryBoolean, QuerySolutions, Store
from loaders.errors import StoreError, UsageError
from loaders.read import read_document
from ontology import generate, terms, vocab


@pytest.fixture
def copied(store_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(store_dir, tmp_path / "store")


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no store; run `gangmu build`"):
        Store.open(tmp_path / "none")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1, "version": "0.1.0"}', "\udcff"])
def test_a_damaged_manifest(copied: Path, content: str) -> None:
    (copied / "manifest.json").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(StoreError, match="run `gangmu build` again"):
        Store.open(copied)


def test_a_store_without_its_engine_files(copied: Path) -> None:
    shutil.rmtree(copied / "graph")
    with pytest.raises(StoreError, match="is damaged"):
        Store.open(copied)


def test_a_lost_text(copied: Path) -> None:
    store = Store.open(copied)
    document = store.manifest.documents[0].id
    (copied / "texts" / f"{document}.txt").unlink()
    with pytest.raises(StoreError, match="is damaged"):
        store.text(document)


def test_opening_and_asking_writes_nothing(copied: Path) -> None:
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in copied.rglob("*")}
    store = Store.open(copied)
    list(store.quads())
    list(store.records())
    assert {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in copied.rglob("*")} == before


def test_the_default_graph_is_the_union(store: Store) -> None:
    answer = store.query(
        "SELECT (COUNT(DISTINCT ?g) AS ?n) { ?d a gm:PolicyDocument . GRAPH ?g { ?d a ?c } }"
    )
    assert isinstance(answer, QuerySolutions)
    (row,) = answer
    number = row["n"]
    assert isinstance(number, Literal)
    assert number.value == "6"  # five documents and the curated graph
    assert isinstance(store.query("ASK { ?s ?p ?o }"), QueryBoolean)


@pytest.mark.parametrize("query", ["SELECT", "SELECT ?x { ?x nope:y ?z }", "DELETE WHERE { ?s ?p ?o }"])
def test_a_query_that_cannot_be_read(store: Store, query: str) -> None:
    with pytest.raises(UsageError, match=r"^query: cannot be answered \(.+\); mend the query$"):
        store.query(query)


def test_texts_are_byte_for_byte_what_was_read(store: Store) -> None:
    corpus = generate.HERE.parent / "data" / "corpus"
    for document in store.manifest.documents:
        assert store.text(document.id) == read_document(corpus / document.file).text
    with pytest.raises(UsageError, match="is not in the store"):
        store.text("../manifest")


def test_every_record_has_its_evidence(store: Store) -> None:
    records = list(store.records())
    assert len(records) > 700
    assert len({r["id"] for r in records}) == len(records)
    for record in records:
        assert store.text(record["document"])[record["start"] : record["end"]] == record["quote"]


def test_every_record_is_in_the_graph_of_its_document(store: Store) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in store.quads(predicate=vocab.rdf_type):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.subject.value, set()).add(quad.graph_name.value)
    for record in store.records():
        proposed = record["type"] == "alignment"
        place = iris.ALIGNMENT_PROPOSED if proposed else iris.document_graph(record["document"])
        assert graphs[iris.record(record["id"])] == {place}


def test_every_term_in_the_store_is_defined_or_declared(store: Store) -> None:
    defined = {str(s) for s in generate.load().subjects()}
    known = {v for k, v in vars(vocab).items() if "_" in k and isinstance(v, str)}
    used: set[str] = set()
    for quad in store.quads():
        used.add(quad.predicate.value)
        for value in (quad.subject, quad.object):
            if isinstance(value, NamedNode) and not value.value.startswith(iris.BASE):
                used.add(value.value)
        if isinstance(quad.object, Literal):
            used.add(quad.object.datatype.value)
    owl = {"Class", "DatatypeProperty", "ObjectProperty", "TransitiveProperty"}
    known |= {f"http://www.w3.org/2002/07/owl#{name}" for name in owl}
    known.add("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
    assert sorted(used - defined - known) == []
    assert len({u for u in used if u.startswith(terms.NAMESPACE)}) == len(
        {d for d in defined if d.startswith(terms.NAMESPACE)}
    )


def test_labels_explain_the_store(store: Store) -> None:
    assert store.values(terms.Action, vocab.rdfs_label) == ["Action", "行动"]


def test_the_manifest_is_readable(store: Store) -> None:
    manifest = json.loads(store.manifest.as_json())
    assert re.fullmatch("[0-9a-f]{64}", manifest["content"])
    assert len(manifest["documents"]) == 5
