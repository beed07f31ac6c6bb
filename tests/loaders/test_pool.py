"""Files read by several processes: the same readings in the same order, and nothing left behind."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders import pool
from loaders.corpus import find_documents
from loaders.errors import GangmuError, InputError
from loaders.records import Reading

INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from graph.build import build
from loaders import pool

def tell(stage, done, total):
    if done == 3:
        os.killpg(0, signal.SIGINT)

if __name__ == "__main__":
    pool.MANY = 1
    build([Path(sys.argv[1])], Path(sys.argv[2]), tell, workers=2)
"""
"""Ctrl-C at a terminal reaches every process of the group, here while the fourth file is waited for."""


def test_two_processes_read_what_one_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "page.html").write_text("<h1>西湖区科技创新方案</h1><p>力争达到10家。</p>", encoding="utf-8")
    paths = [*find_documents()[3:], tmp_path / "empty.txt", *find_documents()[:2], tmp_path / "page.html"]
    alone = list(pool.read_each(paths))
    monkeypatch.setattr(pool, "MANY", 1)
    together = list(pool.read_each(paths, 2))
    assert [_words(read) for read in together] == [_words(read) for read in alone]
    assert sum(isinstance(read, Reading) for read in together) == len(paths) - 1


def _words(read: pool.Read) -> object:
    return read if isinstance(read, Reading) else str(read)


def test_few_files_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_by_processes", None)
    assert len(list(pool.read_each(find_documents(), 8))) == len(find_documents())


def test_dead_processes_leave_their_files_to_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "MANY", 1)
    paths = find_documents() * 4
    every = pool.read_each(paths, 2)
    first = next(every)
    children = multiprocessing.active_children()
    assert children
    for child in children:
        child.kill()
    names = [read.document.source_file for read in (first, *every) if isinstance(read, Reading)]
    assert names == [path.name for path in paths]


def test_what_a_process_has_read_passes_as_a_name_in_one_piece(tmp_path: Path) -> None:
    name = pool._read_lot(find_documents()[:2], str(tmp_path))
    assert len(pickle.dumps(name)) < 512, "a pipe takes so much at once on every system"
    assert [read.document.source_file for read in pool.taken(name)] == [p.name for p in find_documents()[:2]]
    assert not list(tmp_path.iterdir())


def test_an_error_passes_between_processes() -> None:
    error = InputError("a\x00.txt", "is\nempty", "give\tone")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own
    assert isinstance(again, GangmuError)
    assert (type(again), str(again)) == (InputError, str(error))


def test_an_interrupted_build_leaves_nothing(tmp_path: Path) -> None:
    script, documents, store = tmp_path / "run.py", tmp_path / "documents", tmp_path / "out" / "store"
    script.write_text(INTERRUPTED, encoding="utf-8")
    documents.mkdir()
    store.parent.mkdir()
    text = find_documents()[0].read_text(encoding="utf-8")
    for i in range(40):
        (documents / f"{i:02}.txt").write_text(f"{text}\n第{i}份\n", encoding="utf-8")
    root = str(Path(pool.__file__).parents[1])
    child = subprocess.Popen(
        [sys.executable, str(script), str(documents), str(store)],
        env={**os.environ, "PYTHONPATH": root},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    said = child.communicate(timeout=120)[1]
    assert child.returncode in {130, -signal.SIGINT}
    assert said.count("Traceback") == 1, said  # of the script itself; the processes say nothing
    assert list(store.parent.iterdir()) == []
    until = time.monotonic() + 20
    while _alive(child.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(child.pid)


def _alive(group: int) -> bool:
    """Whether a process of the group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
