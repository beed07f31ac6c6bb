"""The check finds what breaks a law, and lists what a person should look at."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from graph import iris
from graph.build import build
from graph.check import CheckReport, check, data_graph
from graph.store import Manifest, Store, load, write_files
from ontology import terms, vocab


@pytest.fixture(scope="module")
def report(store: Store) -> CheckReport:
    return check(store)


def rewritten(store: Store, directory: Path, changes: dict[str, str]) -> Store:
    """A store like another, in whose N-Quads lines some words are replaced."""
    content = store.serialise("nq").decode()
    for old, new in changes.items():
        assert old in content
        content = content.replace(old, new)
    lines = sorted(set(content.splitlines()))
    texts = {d.id: store.text(d.id) for d in store.manifest.documents}
    records = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in store.records())
    directory.mkdir()
    load(directory / "graph", lines)
    write_files(directory, replace(store.manifest, quads=len(lines)), records, texts)
    return Store.open(directory)


def test_the_corpus_breaks_no_law(report: CheckReport) -> None:
    assert report.violations == ()


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


def test_what_a_document_does_not_say_of_itself_is_a_finding(report: CheckReport) -> None:
    (finding,) = (f for f in report.findings if f.kind == "metadata")
    assert (finding.document or "").startswith("360700-2025")
    assert (finding.message_zh, finding.message_en) == ("文件没有日期", "the document has no date")


def test_failed_inputs_and_units_without_item_are_findings(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "工作方案\n\n责任单位:市科技局、市财政局\n\n一、重点任务\n\n（一）建平台。新建平台5个。\n",
        encoding="utf-8",
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    build([plan, tmp_path / "empty.txt"], tmp_path / "store")
    found = {f.kind: f for f in check(Store.open(tmp_path / "store")).findings}
    assert found["failed_input"].message_en == "empty.txt: is empty; give a document with text in it"
    assert found["loose_unit"].message_zh == "1 处责任单位不属于任何条目"
    assert found["metadata"].message_zh == "文件没有标题、地区、日期"


def test_findings_point_at_records_of_the_store(store: Store, report: CheckReport) -> None:
    known = {r["id"]: (r["start"], r["end"]) for r in store.records()}
    for finding in report.findings:
        if finding.kind not in {"leftover", "loose_unit", "cross_conflict"}:
            assert finding.records
            assert finding.spans == tuple(known[r] for r in finding.records)
        assert finding.message_zh
        assert finding.message_en


def test_the_report_is_plain_data_and_stable(store: Store, report: CheckReport) -> None:
    written = json.dumps(report.as_dict(), ensure_ascii=False)
    again = check(store)
    assert json.dumps(again.as_dict(), ensure_ascii=False) == written
    content = json.loads(written)
    assert content["violations"] == 0
    assert content["findings"] == len(content["finding_list"]) == sum(content["findings_by_kind"].values())


def test_a_broken_graph_is_told_law_by_law(store: Store, tmp_path: Path) -> None:
    one, two, three, four, *_ = [r for r in store.records() if r["type"] == "target"]
    ruleless, quoted = iris.record(one["id"]), iris.evidence(two["id"])
    without, with_two = iris.record(three["id"]), iris.record(four["id"])
    words = f'<{iris.exact(quoted)}> <{vocab.oa_exact}> "'
    changes = {
        f"<{ruleless}> <{terms.rule}>": f"<{ruleless}> <{vocab.rdfs_comment}>",
        words: words + "不是",
        f"<{without}> <{terms.commitment}>": f"<{with_two}> <{terms.deadlineBasis}>",
    }
    found = {(v.node, v.path): v for v in check(rewritten(store, tmp_path / "store", changes)).violations}
    assert set(found) == {
        (ruleless, terms.rule),
        (quoted, vocab.oa_exact),
        (with_two, terms.deadlineBasis),
    }
    assert found[ruleless, terms.rule].message_zh == "断言必须恰有一个规则（非空文字）"
    english = found[quoted, vocab.oa_exact].message_en
    assert english == "The quotation is not what stands in the text at that place"


def test_a_changed_text_is_a_violation(store_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(store_dir, tmp_path / "store")
    document = Manifest.read(copy / "manifest.json").documents[0].id
    path = copy / "texts" / f"{document}.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    (violation,) = check(Store.open(copy)).violations
    assert violation.node == iris.text(document)
    assert violation.path == vocab.spdx_checksumValue


def test_the_data_graph_holds_every_triple(store: Store) -> None:
    assert len(data_graph(store)) == len({(q.subject, q.predicate, q.object) for q in store.quads()})
