"""A build that is killed at any moment leaves the old store, and the next build clears up after it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store, paths_of
from loaders.corpus import find_documents
from loaders.errors import StoreError

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import sys
from pathlib import Path
from graph.build import build
def tell(stage, done, total):
    print(stage, done, flush=True)
build([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]), tell)
"""
OLD, NEW = find_documents()[3:4], find_documents()[1:4]
MOMENTS = [
    *[(stage, 0.0) for stage in ("001", "003", "align 0", "write 0")],
    *[("write 0", delay) for delay in (0.01, 0.02, 0.05, 0.08, 0.12, 0.2, 0.4)],
]


@pytest.mark.parametrize(("stage", "delay"), MOMENTS)
def test_killed_at(stage: str, delay: float, tmp_path: Path) -> None:
    directory = tmp_path / "store"
    old = build(OLD, directory)
    command = [sys.executable, "-c", SCRIPT, str(directory), *map(str, NEW)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seen = any(line.startswith(stage) for line in process.stdout)
        assert seen
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    store = Store.open(directory)
    assert len(list(store.quads())) == store.manifest.quads
    if delay == 0:
        assert store.manifest.content == old.content
    new = build(NEW, directory)
    assert Store.open(directory).manifest.content == new.content
    assert list(tmp_path.iterdir()) == [directory]


def test_killed_between_the_two_renames(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    old = build(OLD, directory)
    place, growing, aside = paths_of(directory)
    place.rename(aside)
    growing.mkdir()
    assert Store.open(directory).manifest.content == old.content
    new = build(NEW, directory)
    assert new.content != old.content
    assert Store.open(directory).manifest.content == new.content
    assert list(tmp_path.iterdir()) == [directory]


def test_killed_while_the_old_store_was_being_removed(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    report = build(OLD, directory)
    _, _, aside = paths_of(directory)
    (aside / "texts").mkdir(parents=True)
    assert Store.open(directory).manifest.content == report.content
    build(OLD, directory)
    assert list(tmp_path.iterdir()) == [directory]


@pytest.mark.parametrize("name", ["webapp", "webapp.gangmu-new", "webapp.gangmu-old"])
def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    other = tmp_path / name
    (other / "src").mkdir(parents=True)
    (other / "manifest.json").write_text('{"name": "an app"}', encoding="utf-8")
    with pytest.raises(StoreError, match="exists and is no store"):
        build([], tmp_path / "webapp")
    assert sorted(p.name for p in other.rglob("*")) == ["manifest.json", "src"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "records.jsonl").write_text("mine", encoding="utf-8")
    (tmp_path / "store.gangmu-new").symlink_to(victim)
    with pytest.raises(StoreError, match="exists and is no store"):
        build([], tmp_path / "store")
    assert (victim / "records.jsonl").read_text(encoding="utf-8") == "mine"
