"""The explorer over the shipped corpus: as an application that is asked directly, and as a server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from queries.guard.limits import STRANGERS
from viz.web.app import application
from viz.web.deck import Deck


@pytest.fixture(scope="session")
def deck(store_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deck]:
    made = Deck(store_dir, replace(STRANGERS, seconds=3), tmp_path_factory.mktemp("reviews"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def client(deck: Deck) -> TestClient:
    """Asks the application as a browser on the same machine would; follows no redirects."""
    return TestClient(application(deck), base_url="http://127.0.0.1:8000", follow_redirects=False)
