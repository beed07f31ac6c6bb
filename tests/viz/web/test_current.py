"""A server that runs while the graph is built anew: it answers from the new one, without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from graph.build import build
from loaders.errors import StoreError
from viz.web.app import application
from viz.web.current import Current
from viz.web.deck import Deck

CORPUS = Path(__file__).parents[3] / "data" / "corpus"


def test_a_new_build_is_answered_from_at_once(tmp_path: Path) -> None:
    files = sorted(CORPUS.glob("*.txt"))
    store = tmp_path / "store"
    build(files[:1], store)
    told: list[Deck | StoreError] = []
    current = Current(store, lambda: Deck(store), told.append)
    try:
        client = TestClient(application(current), base_url="http://127.0.0.1:8000")
        before = client.get("/zh/documents.html").text
        assert "2025年全市科技工作要点" not in before
        build([files[0], files[4]], store)
        after = client.get("/zh/documents.html").text
        assert "2025年全市科技工作要点" in after
        assert [deck.store.manifest.content in after for deck in told if isinstance(deck, Deck)] == [True]
        found = client.get("/sparql", params={"query": "SELECT ?t { ?d dcterms:title ?t }"}).json()
        assert "2025年全市科技工作要点" in {row["t"]["value"] for row in found["results"]["bindings"]}
        (store / "manifest.json").write_text("{}", encoding="utf-8")
        assert client.get("/zh/documents.html").text == after
        assert isinstance(told[-1], StoreError)
        assert len(told) == 2
        assert client.get("/zh/index.html").status_code == 200
    finally:
        current.close()


def test_pages_are_told_from_memory_once_it_holds_the_graph(store_dir: Path) -> None:
    """The copy answers what the disk answers; the workers on disk are not needed any more."""
    deck = Deck(store_dir)
    try:
        before = deck.ask("units", {})
        assert deck._held is None
        deck._hold()
        held = deck._held
        assert held is not None
        deck.named.close()
        assert deck.ask("units", {}) == before
        assert deck.source.rows("documents", lang="en")
    finally:
        deck.close()
    assert not any(process.alive for process in held._idle)


def test_a_graph_that_is_too_large_is_asked_on_disk(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.web.deck.HELD", 10)
    deck = Deck(store_dir)
    try:
        deck._hold()
        assert deck._held is None
        assert deck.ask("conflicts", {}).rows
    finally:
        deck.close()
