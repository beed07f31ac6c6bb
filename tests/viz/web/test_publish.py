"""Static files: the same pages, whole, each link within the folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from graph.build import build
from graph.store import Store
from loaders.errors import UsageError
from viz.web.publish import publish

CORPUS = Path(__file__).parents[3] / "data" / "corpus"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A smaller store: the upper plan and one city, so that all its pages are quickly written."""
    place = tmp_path_factory.mktemp("two") / "store"
    build(sorted(CORPUS.glob("*.txt"))[:2], place)
    return Store.open(place)


@pytest.fixture(scope="module")
def published(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    count, size = publish(store, folder)
    assert count > 500
    assert size > 1_000_000
    return folder


def test_every_link_of_every_page_leads_to_a_file(published: Path) -> None:
    pages = sorted(published.rglob("*.html"))
    assert len(pages) > 120
    checked = 0
    for page in pages:
        tree = html.fromstring(page.read_bytes())
        for address in [
            *tree.xpath("//a/@href"),
            *tree.xpath("//link/@href"),
            *tree.xpath("//script/@src"),
            *tree.xpath("//object/@data"),
        ]:
            path = unquote(address.partition("#")[0])
            if path and not path.startswith("data:"):
                assert "?" not in path, (page, address)
                assert (page.parent / path).is_file(), (page, address)
                checked += 1
    assert checked > 5_000


def test_names_are_safe_for_any_file_system(published: Path) -> None:
    for path in published.rglob("*"):
        assert path.name.isascii()
        assert len(path.name) < 100
        assert not set(path.name) & set('<>:"|?*%\\')


def test_publishing_again_replaces_only_its_own(published: Path, store: Store, tmp_path: Path) -> None:
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds something else"):
        publish(store, other)
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
    assert (other / "letter.txt").read_text(encoding="utf-8") == "mine"
    assert (published / "gangmu-pages.txt").read_text(encoding="utf-8").strip() == store.manifest.content
