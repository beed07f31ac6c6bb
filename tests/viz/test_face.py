"""The public face: its names, its examples, its weight."""

from __future__ import annotations

import doctest
import gc
import subprocess
import sys
import types
from pathlib import Path

import pytest

import gangmu
from loaders import errors

ROOT = Path(__file__).resolve().parents[2]


def test_the_public_names_are_those_listed() -> None:
    public = {
        name
        for name, value in vars(gangmu).items()
        if not name.startswith("_")
        and not isinstance(value, types.ModuleType)
        and (getattr(value, "__module__", None) in ("gangmu", "loaders.errors"))
    }
    assert public | {"__version__"} == set(gangmu.__all__)
    assert sorted(gangmu.__all__, key=str.lower) == sorted(gangmu.__all__, key=str.lower)
    assert issubclass(gangmu.InputError, errors.GangmuError)


def test_the_version_is_that_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{gangmu.__version__}"' in project


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tests = [test for test in doctest.DocTestFinder().find(gangmu) if test.examples]
    names = {test.name.rpartition(".")[2] for test in tests}
    assert names >= {"gangmu", "documents", "records", "text", "ask", "query", "network", "check", "read"}
    runner = doctest.DocTestRunner()
    for test in sorted(tests, key=lambda test: test.lineno or 0):
        assert runner.run(test).failed == 0


def test_importing_is_light() -> None:
    code = "import sys, gangmu; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    heavy = {"pandas", "networkx", "pyoxigraph", "rdflib", "pyvis", "typer", "rich", "numpy"}
    assert set(done.stdout.split()) & heavy == set()


def test_a_query_of_the_users_own_takes_nothing_with_it(store_dir: Path) -> None:
    graph = gangmu.open_store(store_dir)
    deep = f"SELECT * {{ {'{' * 2_000} ?s ?p ?o {'}' * 2_000} }}"
    with pytest.raises(gangmu.LimitError, match="nests brackets"):
        graph.query(deep)
    with pytest.raises(gangmu.LimitError, match=r"took longer than 0\.5 s"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.5)
    with pytest.raises(gangmu.UsageError, match="SERVICE"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(gangmu.UsageError, match="read only"):
        graph.query("DROP ALL")
    assert graph.query("SELECT (COUNT(?a) AS ?n) { ?a a gm:Action }").n.tolist() == [6]
    worker = graph._lane
    assert worker is not None
    children = [process._child for process in worker._idle]
    assert children
    del graph
    gc.collect()
    assert [child.poll() is None for child in children] == [False] * len(children)
