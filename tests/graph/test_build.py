"""A build: same input same bytes, failures listed, nothing half-written, no other directory touched."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import iris
from graph.build import build
from graph.store import FORMAT, Store, paths_of
from graph.switch import growing
from loaders import pool
from loaders.corpus import CORPUS, find_documents
from loaders.errors import InputError, StoreError
from ontology import terms, vocab

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import re, sys
from pathlib import Path
from graph.build import build
build([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]))
# VmHWM is this program's own peak; ru_maxrss keeps that of the process it was forked from
print(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1))
"""


def in_a_process(directory: Path, paths: list[Path], **settings: str) -> int:
    """Kilobytes of memory of a build in a process of its own, imports included."""
    command = [sys.executable, "-c", SCRIPT, str(directory), *map(str, paths)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", **settings}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return int(done.stdout)


PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "3", "TZ": "America/Adak", "LC_ALL": "POSIX"},
    {"PYTHONHASHSEED": "4", "TZ": "UTC", "LANG": "zh_CN.GB18030"},
    {"PYTHONHASHSEED": "5", "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8"},
)


def test_five_shuffled_builds_are_the_same_bytes(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    shutil.copytree(CORPUS, copies)
    found: list[tuple[bytes, ...]] = []
    for number, settings in enumerate(PLACES):
        directory = tmp_path / f"place-{number}" / "store"
        paths = find_documents([copies]) if number % 2 else find_documents()
        random.Random(number).shuffle(paths)  # noqa: S311  an order, no secret
        in_a_process(directory, paths, **settings)
        lines = Store.open(directory).serialise("nq")
        files = [(directory / name).read_bytes() for name in ("manifest.json", "records.jsonl")]
        found.append((lines, *files))
        assert canonical(lines) == hashlib.sha256(lines).hexdigest()
    assert len(found) == 5
    assert len(set(found)) == 1


def canonical(lines: bytes) -> str:
    """SHA-256 of the sorted N-Quads as RDFC-1.0 gives them: without blank nodes, the lines themselves."""
    dataset = ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)
    assert written is not None
    return hashlib.sha256(b"".join(sorted(written.splitlines(keepends=True)))).hexdigest()


def test_every_claim_has_evidence_a_rule_and_a_run(store: Store) -> None:
    texts = {d.id: store.text(d.id) for d in store.manifest.documents}
    for record in store.records():
        node = iris.record(record["id"])
        assert len(store.values(node, terms.rule)) == 1, node
        (run,) = store.values(node, vocab.prov_wasGeneratedBy)
        assert len(store.values(run, vocab.prov_used)) > 1
        (evidence,) = store.values(node, vocab.prov_wasDerivedFrom)
        (start,) = store.values(iris.position(evidence), vocab.oa_start)
        (end,) = store.values(iris.position(evidence), vocab.oa_end)
        (quote,) = store.values(iris.exact(evidence), vocab.oa_exact)
        assert texts[record["document"]][int(start) : int(end)] == quote
        assert store.values(node, terms.sourceTrust), node


def test_a_build_of_the_corpus_is_small(tmp_path: Path) -> None:
    assert in_a_process(tmp_path / "store", []) < 500_000


def test_the_export_is_what_was_written(store: Store) -> None:
    lines = store.serialise("nq")
    assert hashlib.sha256(lines).hexdigest() == store.manifest.content
    assert lines.count(b"\n") == store.manifest.quads
    assert lines.splitlines() == sorted(lines.splitlines())


def test_there_are_no_blank_nodes_and_no_default_graph(store: Store) -> None:
    for line in store.serialise("nq").decode().splitlines():
        assert not line.startswith("_:")
        assert " _:" not in line.split(' "')[0]
        assert line.endswith("> .")
        assert "/id/graph/" in line.rsplit("<", 1)[1]


def test_what_cannot_be_read_is_listed_and_the_rest_is_built(tmp_path: Path) -> None:
    good = find_documents()[3]
    copy, empty, binary = (tmp_path / name for name in ("copy.txt", "empty.txt", "binary.txt"))
    shutil.copy(good, copy)
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 8)
    report = build([binary, empty, good, tmp_path / "missing.txt", copy], tmp_path / "store")
    assert [d.file for d in report.documents] == [good.name]
    names = sorted(f.file.partition(":")[0] for f in report.failures)
    assert names == ["binary.txt", "copy.txt", "empty.txt", "missing.txt"]
    copied = next(f for f in report.failures if f.file == "copy.txt")
    assert copied.message == f"is the same document as {good.name}; leave one of them out"
    manifest = (tmp_path / "store" / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in manifest
    assert Store.open(tmp_path / "store").manifest.failures == report.failures


def test_when_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no document can be read \(missing\.txt: "):
        build([tmp_path / "missing.txt"], tmp_path / "store")
    assert list(tmp_path.iterdir()) == []


def test_progress_tells_every_file(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(find_documents()[:2], tmp_path / "store", lambda *step: told.append(step))
    names = [p.name for p in find_documents()[:2]]
    assert told == [(names[0], 0, 2), (names[1], 1, 2), ("align", 0, 1), ("write", 0, 1), ("write", 1, 1)]


def test_two_processes_build_the_same_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "MANY", 1)
    reports = [build(find_documents()[2:], tmp_path / f"store-{n}", workers=n) for n in (1, 2)]
    assert reports[0].content == reports[1].content
    files = [
        {
            p.relative_to(root): p.read_bytes()
            for p in root.rglob("*")
            if p.is_file() and "graph" not in p.parts
        }
        for root in (tmp_path / "store-1", tmp_path / "store-2")
    ]
    assert files[0] == files[1]
    assert any(path.name == "records.jsonl" for path in files[0])


def test_a_directory_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="exists and is no store"):
        build(find_documents()[3:4], letters)
    assert [p.name for p in tmp_path.iterdir()] == ["letters"]
    assert (letters / "dear.txt").read_text(encoding="utf-8") == "dear"


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="exists and is no store"):
        build(find_documents()[3:4], path)
    assert path.read_text(encoding="utf-8") == "dear"


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with (
        growing(tmp_path / "store"),
        pytest.raises(StoreError, match="is being written by another build"),
    ):
        build(find_documents()[3:4], tmp_path / "store")
    report = build(find_documents()[3:4], tmp_path / "store")
    assert Store.open(tmp_path / "store").manifest.content == report.content


def test_a_build_that_fails_leaves_the_old_store_and_no_litter(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    before = build(find_documents()[3:4], directory)

    def broken(stage: str, _done: int, _total: int) -> None:
        if stage == "write":
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left on device"):
        build(find_documents()[1:], directory, broken)
    assert Store.open(directory).manifest.content == before.content
    assert list(tmp_path.iterdir()) == [directory]


def test_a_build_replaces_the_store_and_leaves_no_litter(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    build(find_documents()[3:4], directory)
    _, new, aside = paths_of(directory)
    new.mkdir()
    (new / "records.jsonl").write_text("by a build that was killed", encoding="utf-8")
    aside.mkdir()
    report = build(find_documents()[1:], directory)
    assert Store.open(directory).manifest.content == report.content
    assert list(tmp_path.iterdir()) == [directory]
    assert sorted(p.name for p in directory.iterdir()) == ["graph", "manifest.json", "records.jsonl", "texts"]


def test_the_report_counts_what_is_there(tmp_path: Path) -> None:
    report = build([], tmp_path / "store")
    store = Store.open(tmp_path / "store")
    assert len(report.documents) == 5
    assert report.quads == len(list(store.quads()))
    upper = next(d for d in report.documents if d.id == report.upper)
    assert upper.counts["item"] == 106
    assert upper.aligned == upper.abstained == 0
    records = list(store.records())
    for document in report.documents:
        of_document = [r for r in records if r["document"] == document.id]
        aligned = {r["subject"] for r in of_document if r["type"] == "alignment" and r["object"]}
        assert len(aligned) == document.aligned
        assert sum(document.counts.values()) == sum(r["type"] != "alignment" for r in of_document)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    build(find_documents()[3:4], directory)
    path = directory / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "version": "0.0.1"}), encoding="utf-8")
    with pytest.raises(
        StoreError, match=rf"version 0\.0\.1, not {FORMAT} and {terms.VERSION}; run `gangmu build` again"
    ):
        Store.open(directory)
