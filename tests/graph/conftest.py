"""What the tests of exports share: a store of texts that break formats."""

from __future__ import annotations

import pytest

from graph.store import Store
from tests.graph.hostile import hostile_store


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store every title of which begins with what formats trip over."""
    return hostile_store(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def hostile_plan(hostile: Store) -> str:
    """The id of the plan in it whose text is like that too."""
    return next(d.id for d in hostile.manifest.documents if d.file == "plan.txt")
