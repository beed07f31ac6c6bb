"""Everything that can be wrong with what a user gives: one line, an exit code, and nothing half-written."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
USAGE, UNREADABLE = 2, 3
GOOD = ROOT / "data" / "corpus" / "003_a36cf1eedc219e1f.txt"


def refused(run: Run, *args: object, code: int = USAGE) -> str:
    """The one line that the command says when it refuses its arguments."""
    done = run(*args)
    assert done.returncode == code, done
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith(("错误：", "error: "))
    return lines[0]


def bad_files(folder: Path) -> list[Path]:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\t\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "folder").mkdir()
    return [*sorted(folder.glob("*.txt")), folder / "folder", folder / "missing.txt"]


def test_each_bad_input_alone_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    inputs = bad_files(tmp_path)
    assert len(inputs) == 5
    for path in inputs:
        store = tmp_path / "store"
        line = refused(run, "build", path, "--store", store, code=UNREADABLE)
        assert path.name in line
        assert not store.exists()
        assert not list(tmp_path.glob("store*"))


def test_bad_inputs_are_listed_and_the_rest_is_built(run: Run, tmp_path: Path) -> None:
    inputs = bad_files(tmp_path)
    done = run("build", GOOD, *inputs, "--store", tmp_path / "store", "--json")
    assert done.returncode == UNREADABLE
    report = json.loads(done.stdout)
    assert [document["file"] for document in report["documents"]] == [GOOD.name]
    said = done.stderr.decode()
    assert all(path.name in said for path in inputs)
    assert len(said.splitlines()) == 1 + len(inputs)


def test_a_store_that_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("mine", encoding="utf-8")
    refused(run, "build", GOOD, "--store", tmp_path / "notes", code=UNREADABLE)
    assert (tmp_path / "notes" / "diary.txt").read_text(encoding="utf-8") == "mine"
    refused(run, "ask", "documents", "--store", tmp_path / "nowhere", code=UNREADABLE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_usage_is_named_with_what_is_right(run: Run, store_dir: Path, lang: str) -> None:
    store = ("--store", store_dir, "--lang", lang)
    assert "build, records, text, ask" in refused(run, "foo", *store)
    assert "--foo" in refused(run, "build", "--foo", *store)
    assert "alignment" in refused(run, "draw", "map", *store)
    assert "DOCUMENT" in refused(run, "text", *store)
    assert "unit-load" in refused(run, "ask", "unit-lode", *store)
    assert "jurisdiction" in refused(run, "ask", "local-items", "--place", "西湖区", *store)
    assert "--unit" in refused(run, "ask", "unit-load", *store, "--unit")
    assert "--name value" in refused(run, "ask", "unit-load", *store, "区发改委")
    assert "unit_name" in refused(run, "ask", "unit-load", "--columns", "name", *store)
    assert "item" in refused(run, "records", "--type", "items", *store)
    assert "003_a36cf1eedc219e1f.txt" not in refused(run, "text", "北京", *store)
    assert "360103" in refused(run, "text", "科技", *store)
    assert "--document" in refused(run, "draw", "units", "--document", "x", *store)


def test_malformed_queries(run: Run, store_dir: Path, tmp_path: Path) -> None:
    store = ("--store", store_dir)
    refused(run, "query", "SELECT ?a WHERE {", *store)
    refused(run, "query", "", *store)
    refused(run, "query", "INSERT DATA { <a:a> <a:b> <a:c> }", *store)
    refused(run, "query", *store)
    refused(run, "query", "-f", tmp_path / "none.rq", *store, code=UNREADABLE)
    (tmp_path / "bytes.rq").write_bytes(b"\xff\xfe\x00")
    refused(run, "query", "-f", tmp_path / "bytes.rq", *store, code=UNREADABLE)
    (tmp_path / "good.rq").write_text("ASK {}", encoding="utf-8")
    refused(run, "query", "ASK {}", "-f", tmp_path / "good.rq", *store)


def test_a_file_that_cannot_be_written_leaves_the_old_one(run: Run, store_dir: Path, tmp_path: Path) -> None:
    ask = ("ask", "unit-load", "--store", store_dir)
    refused(run, *ask, "-o", tmp_path)
    refused(run, *ask, "-o", tmp_path / "none" / "a.csv")
    refused(run, *ask, "-o", tmp_path / "a.doc")
    refused(run, *ask, "--format", "xlsx")
    old = tmp_path / "old.csv"
    old.write_text("old", encoding="utf-8")
    refused(run, "ask", "no-such-question", "-o", old)
    assert old.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


def test_no_arguments_show_the_help(run: Run) -> None:
    done = run()
    assert done.returncode == USAGE
    assert "gangmu" in done.stderr.decode()


def test_an_export_never_goes_into_the_store(run: Run, store_dir: Path) -> None:
    before = sorted(p.name for p in store_dir.rglob("*"))
    for place in (store_dir / "graph.ttl", store_dir, store_dir / "texts" / "a.nq"):
        line = refused(run, "export", "nq", "-o", place, "--store", store_dir)
        assert "在图的文件夹里面" in line
    assert sorted(p.name for p in store_dir.rglob("*")) == before


def test_an_export_to_a_dash_goes_to_standard_output(run: Run, store_dir: Path, tmp_path: Path) -> None:
    assert run("export", "nq", "-o", tmp_path / "a.nq", "--store", store_dir).returncode == 0
    done = run("export", "nq", "-o", "-", "--store", store_dir)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (tmp_path / "a.nq").read_bytes()
    assert "是一个文件夹" in refused(run, "export", "tables", "-o", "-", "--store", store_dir)


@pytest.mark.parametrize("content", [b'{"type": "document", ', b"5\n", b"{}\n", b"\xff\xfe\n", None])
def test_damaged_records_are_one_line(
    content: bytes | None, run: Run, store_dir: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(store_dir, tmp_path / "store")
    path = copy / "records.jsonl"
    path.unlink() if content is None else path.write_bytes(content)
    line = refused(run, "records", "--store", copy, code=UNREADABLE)
    assert "records.jsonl" in line
    assert "已损坏" in line


def test_failures_in_json_speak_the_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    given = ("build", GOOD, tmp_path / "empty.txt", "--store", tmp_path / "store", "--json")
    said = {
        lang: json.loads(run(*given, "--lang", lang).stdout)["failures"][0]["message"]
        for lang in ("zh", "en")
    }
    assert said["en"] == "is empty; give a document with text in it"
    assert said["zh"] == "是空的；请给出有文字的文件"
