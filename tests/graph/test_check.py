"""The check finds what breaks a law, and lists what a person should look at."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from graph import iris
from graph.check import CheckReport, check, data_graph
from graph.store import Manifest, Store, load, write_files
from ontology import terms, vocab


@pytest.fixture(scope="module")
def report(store: Store) -> CheckReport:
    return check(store)


def rewritten(store: Store, directory: Path, old: str, new: str) -> Store:
    """A store like another whose N-Quads lines that hold `old` hold `new` instead."""
    lines = store.serialise("nq").decode().splitlines()
    changed = [line.replace(old, new) for line in lines]
    assert changed != lines
    texts = {d.id: store.text(d.id) for d in store.manifest.documents}
    records = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in store.records())
    directory.mkdir()
    load(directory / "graph", sorted(set(changed)))
    write_files(directory, replace(store.manifest, quads=len(set(changed))), records, texts)
    return Store.open(directory)


def test_the_corpus_breaks_no_law(report: CheckReport) -> None:
    assert report.violations == ()


def test_the_check_is_quick(store: Store) -> None:
    start = time.monotonic()
    check(store)
    assert time.monotonic() - start < 8


def test_findings_are_those_of_the_corpus(store: Store, report: CheckReport) -> None:
    kinds = Counter(f.kind for f in report.findings)
    records = list(store.records())
    declared = [r for r in records if r["type"] == "declaration" and r["declared"] != r["found"]]
    assert kinds["declaration"] == len(declared)
    words = {f.message_zh for f in report.findings}
    assert "“任务”自报 22,读到 21" in words
    assert "“举措”自报 61,读到 76" in words
    assert kinds["conflict"] == sum(r["type"] == "conflict" for r in records)
    assert kinds["repair"] == sum(r["type"] == "repair" and not r["decided"] for r in records)
    assert kinds["trust"] == 3
    assert {f.document for f in report.findings if f.kind == "abstention"} == {
        r["document"] for r in records if r["type"] == "alignment" and r["object"] is None
    }
    assert kinds["no_owner"] == len({r["document"] for r in records if r["type"] == "target"})


def test_findings_point_at_records_of_the_store(store: Store, report: CheckReport) -> None:
    known = {r["id"]: (r["start"], r["end"]) for r in store.records()}
    for finding in report.findings:
        if finding.kind not in {"leftover", "cross_conflict"}:
            assert finding.records
            assert finding.spans == tuple(known[r] for r in finding.records)
        assert finding.message_zh
        assert finding.message_en


def test_the_report_is_plain_data_and_stable(store: Store, report: CheckReport) -> None:
    written = json.dumps(report.as_dict(), ensure_ascii=False)
    assert json.dumps(check(store).as_dict(), ensure_ascii=False) == written
    content = json.loads(written)
    assert content["violations"] == 0
    assert content["findings"] == len(content["finding_list"]) == sum(content["findings_by_kind"].values())


def test_a_claim_without_its_rule_is_a_violation(store: Store, tmp_path: Path) -> None:
    target = next(r for r in store.records() if r["type"] == "target")
    node = iris.record(target["id"])
    broken = rewritten(
        store, tmp_path / "store", f"<{node}> <{terms.rule}>", f"<{node}> <{vocab.rdfs_comment}>"
    )
    (violation,) = check(broken).violations
    assert (violation.node, violation.path) == (node, terms.rule)
    assert violation.message_zh == "断言必须恰有一个规则（非空文字）"


def test_a_quotation_that_does_not_stand_there_is_a_violation(store: Store, tmp_path: Path) -> None:
    target = next(r for r in store.records() if r["type"] == "target")
    node = iris.evidence(target["id"])
    words = f'<{iris.exact(node)}> <{vocab.oa_exact}> "'
    (violation,) = check(rewritten(store, tmp_path / "store", words, words + "不是")).violations
    assert violation.node == node
    assert violation.message_en == "The quotation is not what stands in the text at that place"


def test_a_changed_text_is_a_violation(store_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(store_dir, tmp_path / "store")
    document = Manifest.read(copy / "manifest.json").documents[0].id
    path = copy / "texts" / f"{document}.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    (violation,) = check(Store.open(copy)).violations
    assert violation.node == iris.text(document)
    assert violation.path == vocab.spdx_checksumValue


def test_a_target_of_two_indicators_is_a_violation(store: Store, tmp_path: Path) -> None:
    one, two, *_ = [r for r in store.records() if r["type"] == "target"]
    first, second = iris.record(one["id"]), iris.record(two["id"])
    broken = rewritten(
        store, tmp_path / "store", f"<{second}> <{terms.indicator}>", f"<{first}> <{terms.indicator}>"
    )
    found = {v.node for v in check(broken).violations if v.path == terms.indicator}
    assert second in found


def test_the_data_graph_holds_every_triple(store: Store) -> None:
    assert len(data_graph(store)) == len({(q.subject, q.predicate, q.object) for q in store.quads()})
