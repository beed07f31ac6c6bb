"""The auditor's commands as users run them: what they print, write and refuse."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from graph.aims import AsOf
from graph.audit import audit
from graph.build import build
from graph.desk import Desk
from graph.standing import standing
from graph.store import Store
from loaders.errors import UsageError
from tests.graph.desk_plans import LATER, PAYLOADS, PLAN
from viz.audit_report import as_html, write_report
from viz.cli_desk import point_in_time
from viz.messages import Lang

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def ok(done: subprocess.CompletedProcess[bytes]) -> tuple[str, str]:
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two versions of one small plan, in a folder of its own."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "a.txt").write_text(PLAN, encoding="utf-8")
    (folder / "b.txt").write_text(LATER, encoding="utf-8")
    build([folder / "a.txt", folder / "b.txt"], folder / "store", as_of=AsOf(2024))
    return folder


def test_trace_prints_a_table_and_json(run: Run, store_dir: Path) -> None:
    out, err = ok(run("trace", "unit", "区科协", "--store", store_dir))
    assert "在库省级以上创新载体" in out
    assert "《西湖区" in out
    assert "图 " in err
    assert "gangmu trace unit 区科协 --expect" in err
    found = json.loads(ok(run("trace", "unit", "区发改委", "--json", "--store", store_dir))[0])
    assert {row["unit"] for row in found["rows"]} == {"南昌市西湖区发展和改革委员会"}
    assert sum(row["target"] is not None for row in found["rows"]) == 31
    assert all(row["sentence"] and row["document"] for row in found["rows"])
    assert found["standing"]["content"] == Store.open(store_dir).manifest.content
    for kind, name in (("indicator", "国家高新技术企业数"), ("item", "4.2"), ("target", "院士工作站数 2030")):
        assert json.loads(ok(run("trace", kind, name, "--json", "--store", store_dir))[0])["rows"]


def test_trace_lists_candidates_and_chooses_none(run: Run, store_dir: Path) -> None:
    done = run("trace", "target", "高新技术企业", "--store", store_dir)
    assert done.returncode == 2
    assert done.stderr.decode().count("target:") > 3
    near = run("trace", "unit", "区发改员会", "--store", store_dir)
    assert near.returncode == 2
    assert "区发改" in near.stderr.decode()
    assert len(near.stderr.decode().splitlines()) == 1


def test_ledgers_are_written_and_made_again_by_the_command_they_name(
    run: Run, store_dir: Path, tmp_path: Path
) -> None:
    for name in ("a.xlsx", "a.docx", "a.csv"):
        _, err = ok(run("ledger", "--document", "西湖区", "-o", name, "--store", store_dir, cwd=tmp_path))
        assert "68 个目标" in err
    first = (tmp_path / "a.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["说明"]
    command = next(str(row[1]) for row in sheet.iter_rows(values_only=True) if row[0] == "复现命令")
    (tmp_path / "a.xlsx").unlink()
    ok(run(*command.split()[1:], GANGMU_STORE=str(store_dir), cwd=tmp_path))
    assert (tmp_path / "a.xlsx").read_bytes() == first
    refused = run(
        "ledger", "--expect", "0123456789abcdef", "-o", "b.xlsx", "--store", store_dir, cwd=tmp_path
    )
    assert refused.returncode != 0
    assert not (tmp_path / "b.xlsx").exists()
    assert run("ledger", "-o", "b.pdf", "--store", store_dir, cwd=tmp_path).returncode == 2
    assert run("ledger", "--unit", "没有的单位", "--store", store_dir, cwd=tmp_path).returncode == 2


def test_audit_is_written_in_each_form_and_language(run: Run, store_dir: Path, tmp_path: Path) -> None:
    out, _ = ok(run("audit", "--store", store_dir, cwd=tmp_path))
    assert "文件内部矛盾" in out
    for name in ("a.html", "a.docx", "a.json"):
        ok(run("audit", "-o", name, "--store", store_dir, cwd=tmp_path))
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert all(f'id="{finding["id"]}"' in page for finding in found["findings"])
    assert found["standing"]["content"] in page
    assert all(d["sha256"] in page for d in found["standing"]["documents"])
    assert "复现命令" in page
    english = ok(run("--lang", "en", "audit", "-o", "e.html", "--store", store_dir, cwd=tmp_path))
    assert english
    assert "Conflicts within a document" in (tmp_path / "e.html").read_text(encoding="utf-8")
    assert run("audit", "--rule", "none", "--store", store_dir, cwd=tmp_path).returncode == 2


def test_a_finding_is_marked_and_the_mark_outlives_a_build(run: Run, plans: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(plans / "store", tmp_path / "store"))
    found = json.loads(ok(run("audit", "--json", "--store", store, cwd=tmp_path))[0])["findings"]
    one = found[0]["id"]
    marked = ("--handle", one, "--by", "张三", "--why", "=已核实", "--on", "2026-03-01")
    ok(run("audit", *marked, "--store", store, cwd=tmp_path))
    assert (tmp_path / "store.findings.csv").exists()
    ok(run("build", plans / "a.txt", plans / "b.txt", "--as-of", "2024", "--store", store, cwd=tmp_path))
    again = json.loads(ok(run("audit", "--json", "--store", store, cwd=tmp_path))[0])["findings"]
    handled = {f["id"]: f["handled"] for f in again if f["handled"]}
    assert handled == {one: {"who": "张三", "when": "2026-03-01", "why": "=已核实"}}
    assert [f["id"] for f in again] == [f["id"] for f in found]
    ok(run("audit", "--reopen", one, "--by", "李四", "--why", "复查", "--store", store, cwd=tmp_path))
    last = json.loads(ok(run("audit", "--json", "--store", store, cwd=tmp_path))[0])["findings"]
    assert not any(f["handled"] for f in last)
    for wrong in (("--handle", "overdue-00000000"), ("--handle", one), ("--handle", one, "--reopen", one)):
        assert run("audit", *wrong, "--store", store, cwd=tmp_path).returncode == 2


def test_as_of_goes_back_in_time(run: Run, plans: Path) -> None:
    def titles(*args: str) -> set[str]:
        out, _ = ok(run("audit", "--json", *args, "--store", plans / "store"))
        return {f["rule"] for f in json.loads(out)["findings"]}

    assert "cross-conflict" in titles()
    assert "cross-conflict" not in titles("--as-of", "2024-06-30")
    assert "overdue" in titles()
    assert "overdue" not in titles("--as-of", "2024-06-30")
    today = point_in_time("today")
    assert today is not None
    assert today.day is not None
    assert point_in_time(None) is None
    with pytest.raises(UsageError):
        point_in_time("gestern")


def test_compare_says_what_was_raised_lowered_dropped_and_handed_over(run: Run, plans: Path) -> None:
    out, _ = ok(run("compare", "a.txt", "b.txt", "--store", plans / "store", COLUMNS="200"))
    for said in ("提高：由≥30家到≥36家", "降低：由≥12家到≥9家", "去掉目标", "交给南昌市文化和旅游局"):
        assert said in out, said
    found = json.loads(ok(run("compare", "a.txt", "b.txt", "--json", "--store", plans / "store"))[0])
    assert list(found["counts"])[:2] == ["target_raised", "target_lowered"]
    assert run("compare", "a.txt", "a.txt", "--store", plans / "store").returncode == 2


def test_a_ledger_goes_round_by_command(run: Run, plans: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(plans / "store", tmp_path / "store"))
    ok(run("ledger", "--document", "a.txt", "-o", "l.xlsx", "--store", store, cwd=tmp_path))
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    sheet = book.worksheets[0]
    row = next(r for r in range(2, 20) if sheet.cell(r, 5).value == "重点实验室数")
    sheet.cell(row, 15).value = "5家"
    book.save(tmp_path / "l.xlsx")
    out, _ = ok(run("observe", "l.xlsx", "--as-of", "2024", "--store", store, cwd=tmp_path))
    assert "无数据 → 已完成" in out
    assert "督查台账!O" in out
    assert run("observe", "l.xlsx", "--date", "x", "--store", store, cwd=tmp_path).returncode == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_of_a_finding_runs_on_the_page(store: Store, lang: Lang, tmp_path: Path) -> None:
    from dataclasses import replace

    desk = Desk(store)
    found = audit(desk, standing(desk, ["audit"]), rules=["conflict"])
    payloads = (*PAYLOADS, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}")
    worst = []
    for payload, finding in zip(payloads, [*found.findings] * len(payloads), strict=False):
        passage = replace(finding.evidence[0], quote=payload, before=payload, title=payload, place=payload)
        texts = dict.fromkeys(("title_zh", "title_en", "said_zh", "said_en"), payload)
        worst.append(replace(finding, evidence=(passage,) * 8, **texts))  # type: ignore[arg-type]
    page = as_html(replace(found, findings=tuple(worst)), lang)
    assert "<script" not in page
    assert "<img" not in page
    assert "onerror=alert(1)&gt;" in page
    assert "49" not in re.findall(r"<h3>.*?</h3>", page)[-1]
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    write_report(replace(found, findings=tuple(worst)), "docx", tmp_path / "a.docx", lang)
    write_report(replace(found, findings=tuple(worst)), "docx", tmp_path / "b.docx", lang)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_workbooks_of_answers_say_what_they_rest_on(
    run: Run, plans: Path, store_dir: Path, tmp_path: Path
) -> None:
    answers = (
        ("ask", "unit-targets", "--unit", "区科协", "--columns", "indicator_name,figure"),
        ("query", "SELECT (COUNT(*) AS ?n) { ?t a gm:Target }"),
        ("trace", "unit", "区科协", "--columns", "item,target"),
    )
    for words in answers:
        ok(run(*words, "-o", "x.xlsx", "--store", store_dir, cwd=tmp_path))
        book = openpyxl.load_workbook(tmp_path / "x.xlsx")
        said = {str(label): str(text) for label, text in book["说明"].iter_rows(min_row=2, values_only=True)}
        content = Store.open(store_dir).manifest.content
        assert said["图的内容哈希"] == f"SHA-256 {content}"
        assert said["建图命令"].startswith("gangmu build --as-of 2025")
        assert sum(label.startswith("文件") for label in said) == 5
        first = (tmp_path / "x.xlsx").read_bytes()
        (tmp_path / "x.xlsx").unlink()
        again = shlex.split(said["复现命令"])
        assert "--expect" in again
        ok(run(*again[1:], GANGMU_STORE=str(store_dir), cwd=tmp_path))
        assert (tmp_path / "x.xlsx").read_bytes() == first
        assert run(*words, "--expect", "0" * 16, "--store", store_dir, cwd=tmp_path).returncode != 0
    ok(run("compare", "a.txt", "b.txt", "-o", "c.xlsx", "--store", plans / "store", cwd=tmp_path))
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    changes = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert {"提高目标", "降低目标", "去掉目标", "移交单位"} <= {row[0] for row in changes}
    raised = next(row for row in changes if row[0] == "提高目标")
    assert "30" in str(raised[2])
    assert "36" in str(raised[3])
    assert book["说明"].cell(2, 1).value == "截至"


def test_the_command_that_builds_the_graph_gives_its_content(run: Run, plans: Path, tmp_path: Path) -> None:
    opened = Store.open(plans / "store")
    command = shlex.split(standing(Desk(opened), ["audit"]).build)
    assert command == ["gangmu", "build", "a.txt", "b.txt", "--as-of", "2024"]
    ok(run(*command[1:], "--store", tmp_path / "store", cwd=plans))
    assert Store.open(tmp_path / "store").manifest.content == opened.manifest.content
