"""The shipped corpus as a real store, built once a session. No other fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store


@pytest.fixture(scope="session")
def store_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a store built from the shipped corpus."""
    directory = tmp_path_factory.mktemp("session") / "store"
    build([], directory)
    return directory


@pytest.fixture(scope="session")
def store(store_dir: Path) -> Store:
    """The store of the shipped corpus, opened."""
    return Store.open(store_dir)
