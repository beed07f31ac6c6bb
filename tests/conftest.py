"""What all tests share: the option that rewrites golden files, and the shipped corpus as a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--update-golden`: golden files are written anew, to be read in the diff before a commit."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


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
