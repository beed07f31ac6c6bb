"""The command on a real store: what it prints, where it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.formats import EXPORTS
from graph.store import Store
from queries.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

pytestmark = pytest.mark.usefixtures("store_dir")


def test_build_says_what_was_found_in_both_languages(run: Run, tmp_path: Path) -> None:
    done = run("build", "--store", tmp_path / "s")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "002_3d12ad2daf9da656.txt" in text
    assert "文中写“22项任务”，读到 21（不符）" in text
    assert all(line == line.rstrip() for line in text.splitlines())
    english = run("build", "--store", tmp_path / "s", "--lang", "en").stdout.decode()
    assert "says “22项任务”, 21 found (differs)" in english


def test_build_as_json(run: Run, tmp_path: Path) -> None:
    report = json.loads(run("build", "--json", "--store", tmp_path / "s").stdout)
    assert len(report["documents"]) == 5
    assert report["failures"] == []


def test_records_are_the_contract_line_by_line(run: Run, store_dir: Path, store: Store) -> None:
    lines = run("records", "--store", store_dir).stdout.decode().splitlines()
    assert [json.loads(line) for line in lines] == list(store.records())
    targets = run("records", "--type", "target", "--document", "西湖区", "--store", store_dir).stdout
    assert {json.loads(line)["type"] for line in targets.splitlines()} == {"target"}


def test_text_is_printed_byte_for_byte(run: Run, store_dir: Path) -> None:
    file = "002_3d12ad2daf9da656.txt"
    original = (ROOT / "data" / "corpus" / file).read_bytes()
    assert run("text", file, "--store", store_dir).stdout == original
    assert run("text", "西湖区", "--store", store_dir, PYTHONIOENCODING="gbk").stdout == original


def test_every_question_answers_in_both_languages(run: Run, store_dir: Path) -> None:
    listed = json.loads(run("ask", "--json").stdout)
    assert [query["name"] for query in listed] == list(catalogue())
    assert len(listed) >= 18
    for lang in ("zh", "en"):
        text = run("ask", "--lang", lang).stdout.decode()
        assert all(query.title[lang] in text for query in catalogue().values())
    name = "unit-load"
    assert "责任单位" in run("ask", name, "--store", store_dir).stdout.decode()
    assert "Items" in run("ask", name, "--store", store_dir, "--lang", "en").stdout.decode()


def test_help_of_a_question_lists_its_parameters(run: Run) -> None:
    text = run("ask", "unit-targets", "--help").stdout.decode()
    assert "--unit" in text
    assert catalogue()["unit-targets"].summary["zh"] in text


def test_parameters_by_name_and_value(run: Run, store_dir: Path) -> None:
    args = ("ask", "local-items", "--store", store_dir, "--json")
    one = json.loads(run(*args, "--jurisdiction", "西湖区").stdout)
    two = json.loads(run(*args, "--jurisdiction=西湖区", "--jurisdiction", "赣州市").stdout)
    assert {row["jurisdiction_name"] for row in one} == {"西湖区"}
    assert {row["jurisdiction_name"] for row in two} == {"西湖区", "赣州市"}


def test_columns_are_chosen_and_ordered(run: Run, store_dir: Path) -> None:
    args = ("ask", "unit-load", "--store", store_dir, "--columns", "item_count,unit_name", "--format", "csv")
    table = list(csv.reader(io.StringIO(run(*args).stdout.decode(), newline="")))
    assert table[0] == ["item_count", "unit_name"]
    assert len(table) > 20


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.md", "a.xlsx"])
def test_the_file_name_tells_the_format_and_the_content_is_one(
    run: Run, store_dir: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    done = run("ask", "unit-load", "--store", store_dir, "-o", path)
    assert (done.returncode, done.stdout) == (0, b"")
    before = path.read_bytes()
    run("ask", "unit-load", "--store", store_dir, "-o", path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [name]
    first = "南昌市西湖区发展和改革委员会"
    if name.endswith("xlsx"):
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert sheet["A2"].value == first
    else:
        assert first in path.read_text(encoding="utf-8")


def test_queries_of_ones_own(run: Run, store_dir: Path, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(?a) AS ?n) { ?a a gm:Action }"
    file = tmp_path / "q.rq"
    file.write_text(sparql, encoding="utf-8")
    expected = [{"n": 6}]
    assert json.loads(run("query", sparql, "--json", "--store", store_dir).stdout) == expected
    assert json.loads(run("query", "-f", file, "--json", "--store", store_dir).stdout) == expected
    piped = run("query", "-", "--json", "--store", store_dir, stdin=sparql.encode())
    assert json.loads(piped.stdout) == expected
    asked = run("query", "ASK { ?a a gm:Action }", "--json", "--store", store_dir)
    assert json.loads(asked.stdout) == [{"answer": True}]


def test_check_counts_violations_and_findings(run: Run, store_dir: Path) -> None:
    done = run("check", "--json", "--store", store_dir)
    report = json.loads(done.stdout)
    assert (done.returncode, report["violations"]) == (0, 0)
    assert report["findings"] == len(report["finding_list"]) > 0
    english = run("check", "--lang", "en", "--store", store_dir).stdout.decode()
    assert "The graph keeps its own shapes." in english
    assert "No owner" in english
    assert "no_owner" not in english
    assert store_document(report) not in english


def store_document(report: dict[str, Any]) -> str:
    return str(report["finding_list"][0]["document"])


def test_a_build_without_an_upper_plan_says_so(run: Run, tmp_path: Path) -> None:
    lower = ROOT / "data" / "corpus" / "002_3d12ad2daf9da656.txt"
    text = run("build", lower, "--store", tmp_path / "s").stdout.decode()
    assert "没有上级方案" in text
    assert "draw document" in text
    assert "draw alignment" not in text
    run("draw", "alignment", "--store", tmp_path / "s", "-o", tmp_path / "a.html")
    assert "没有上级方案" in (tmp_path / "a.html").read_text(encoding="utf-8")
    drawn = run("draw", "document", "--store", tmp_path / "s", "-o", tmp_path / "d.html")
    assert "画的是" in drawn.stderr.decode()


@pytest.mark.parametrize("form", EXPORTS)
def test_export(run: Run, store_dir: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"graph.{form}"
    document = ["--document", "西湖区"] if form.startswith("stratml") else []
    done = run("export", form, "-o", path, "--store", store_dir, *document)
    assert done.returncode == 0
    files = path.iterdir() if path.is_dir() else [path]
    assert str(sum(file.stat().st_size for file in files)) in done.stderr.decode()


def test_export_of_one_document(run: Run, store_dir: Path, tmp_path: Path) -> None:
    missing = run("export", "stratml", "-o", tmp_path / "x", "--store", store_dir, "--lang", "en")
    assert missing.returncode == 2
    assert "is of one document; name it by --document" in missing.stderr.decode()
    unwanted = run("export", "ttl", "-o", tmp_path / "x", "--store", store_dir, "--document", "西湖区")
    assert (unwanted.returncode, list(tmp_path.iterdir())) == (2, [])
    unknown = run("export", "rdfxml", "-o", tmp_path / "x", "--store", store_dir)
    assert (unknown.returncode, list(tmp_path.iterdir())) == (2, [])


def test_the_store_may_be_named_by_the_environment(run: Run, store_dir: Path) -> None:
    assert run("ask", "documents", "--json", GANGMU_STORE=str(store_dir)).returncode == 0


@pytest.mark.parametrize("view", ["alignment", "gaps", "units", "document"])
def test_any_locale_can_draw_and_ask(run: Run, store_dir: Path, tmp_path: Path, view: str) -> None:
    locales: list[dict[str, str]] = [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
        {},
    ]
    pages = []
    for number, locale in enumerate(locales):
        path = tmp_path / f"{number}.html"
        drawn = run("draw", view, "-o", path, "--store", store_dir, **locale)
        assert drawn.returncode == 0, drawn.stderr
        pages.append(path.read_bytes())
        asked = run("ask", "unit-targets", "--unit", "区发改委", "--store", store_dir, **locale)
        assert asked.returncode == 0, asked.stderr
        assert "发展和改革委员会" in asked.stdout.decode(locale.get("PYTHONIOENCODING", "utf-8"))
    assert pages[0] == pages[1] == pages[2]
    assert "责任".encode() in pages[0]


def test_a_page_goes_to_the_folder_one_works_in(run: Run, store_dir: Path, tmp_path: Path) -> None:
    assert run("draw", "units", "--store", store_dir, cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["units.html"]


def test_a_document_is_drawn_by_any_of_its_names(run: Run, store_dir: Path, tmp_path: Path) -> None:
    for name in ("003_a36cf1eedc219e1f.txt", "景德镇"):
        path = tmp_path / "page.html"
        done = run("draw", "document", "--document", name, "-o", path, "--store", store_dir)
        assert done.returncode == 0, done.stderr
        assert "强化创新平台建设" in path.read_text(encoding="utf-8")


def test_a_reader_that_leaves_ends_the_command_quietly(store_dir: Path) -> None:
    command = [sys.executable, "-m", "gangmu", "records", "--store", str(store_dir)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) in (0, 141)
        assert process.stderr.read() == b""


def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path) -> None:
    store = tmp_path / "store"
    command = [sys.executable, "-m", "gangmu", "build", "--store", str(store)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a job in the background ignores Ctrl-C
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heard
    ) as process:
        while process.poll() is None and not list(tmp_path.iterdir()):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().splitlines() == ["错误：已中断，没有留下写了一半的文件"]
    assert list(tmp_path.iterdir()) == []


def test_a_query_asks_nobody_else_and_ends_in_time(run: Run, store_dir: Path) -> None:
    def refused(*args: str) -> tuple[int, str]:
        done = run("query", "--store", store_dir, "--lang", "en", *args)
        assert done.stdout == b""
        return done.returncode, done.stderr.decode()

    code, said = refused("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert (code, said.count("\n")) == (2, 1)
    assert "asks another endpoint" in said
    code, said = refused("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", "--timeout", "0.5")
    assert (code, said.count("\n")) == (4, 1)
    assert "took longer than 0.5 s" in said
    code, said = refused("DROP ALL")
    assert (code, said.count("\n")) == (2, 1)
    code, said = refused("SELECT * { FILTER(" + "!" * 100_000 + "1) }")
    assert (code, said.count("\n")) == (4, 1)


def test_align_prints_stores_aside_and_writes_a_table(run: Run, store_dir: Path, tmp_path: Path) -> None:
    city, district = ("001_fb75e2bb65854e05.txt", "002_3d12ad2daf9da656.txt")
    asked = ["align", "--upper", city, "--lower", district, "--store", store_dir]
    printed = run(*asked)
    assert printed.returncode == 0, printed.stderr.decode()
    text = printed.stdout.decode()
    assert "上级：《2020年南昌市科技工作要点》" in text
    assert "落实" in text
    assert "÷" in text
    assert "图没有改动" in printed.stderr.decode()
    made = run(*asked, "--into", tmp_path / "city", "-o", tmp_path / "a.csv")
    assert made.returncode == 0, made.stderr.decode()
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").startswith("document,item,upper_item")
    drawn = run("draw", "gaps", "--store", tmp_path / "city", "-o", tmp_path / "gaps.html")
    assert drawn.returncode == 0
    refused = run("align", "--upper", district, "--store", store_dir)
    assert (refused.returncode, len(refused.stderr.decode().splitlines())) == (2, 1)
