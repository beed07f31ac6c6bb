"""A session of review in a real terminal: twenty decisions that a rebuild, a kill and an edit do not lose."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from graph.review_queue import Queue
from graph.reviews import folder_beside, read_folder
from graph.store import Store
from loaders.corpus import CORPUS
from tests.viz.conftest import LOCALE, ROOT, Run

KEYS = "q 结束 > "
WAIT = 60


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A folder with the documents and their graph."""
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "documents").mkdir()
    for path in sorted(CORPUS.glob("*.txt")):
        (folder / "documents" / path.name).write_bytes(path.read_bytes())
    assert "审定" not in build(run, folder)
    return folder


@pytest.fixture
def terminal(place: Path) -> Iterator[pexpect.spawn[str]]:
    """`gangmu review` in a terminal of its own."""
    clean = {name: value for name, value in os.environ.items() if name not in LOCALE}
    child = pexpect.spawn(
        sys.executable,
        ["-W", "error", "-m", "gangmu", "review", "--reviewer", "张三"],
        cwd=str(place),
        env={**clean, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"},
        encoding="utf-8",
        timeout=WAIT,
        dimensions=(50, 100),
    )
    yield child
    child.close(force=True)


def build(run: Run, place: Path) -> str:
    done = run("build", "documents", cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def waiting(place: Path) -> int:
    store = place / "store"
    return len(Queue(Store.open(store), folder_beside(store), "张三").pending())


def test_a_kill_loses_no_decision(place: Path, terminal: pexpect.spawn[str]) -> None:
    folder = folder_beside(place / "store")
    answers = ["a", "r", "c", "m", "s", "x"]
    decided = 0
    while decided < 13:
        terminal.expect_exact(KEYS)
        rejectable = "r 否决" in (terminal.before or "")
        answer = answers[decided % len(answers)] if rejectable else "a"
        terminal.sendline(answer)
        if answer == "c":
            terminal.expect_exact("空着返回 > ")
            terminal.sendline("9.9")
            terminal.expect_exact("上级没有 9.9")
            terminal.sendline("6.4")
        if answer in ("m", "s", "x"):
            if answer == "m":
                terminal.expect_exact("意见 > ")
                terminal.sendline("写得\t太宽")
            terminal.expect_exact(KEYS)
            terminal.sendline("a")
        terminal.expect_exact("已记下")
        decided += 1
        assert len(read_folder(folder)) == decided  # on disk before the next question
    terminal.expect_exact(KEYS)
    assert terminal.pid is not None
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.expect(pexpect.EOF)
    rows = read_folder(folder)
    assert len(rows) == 13
    assert {d.reviewer for d in rows} == {"张三"}
    assert "写得 太宽" in {d.comment for d in rows}


def test_the_session_goes_on_after_the_kill(run: Run, place: Path, terminal: pexpect.spawn[str]) -> None:
    left = waiting(place)
    for number in range(7):
        terminal.expect_exact(f"[{number + 1}/{left}]")
        terminal.expect_exact(KEYS)
        terminal.sendline("a")
        terminal.expect_exact("已记下")
    terminal.expect_exact(KEYS)
    terminal.sendline("q")
    terminal.expect_exact("本次 7 条审定")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    before = (folder_beside(place / "store") / "张三.sssom.tsv").read_bytes()
    assert "审定 20 条：有效 20" in build(run, place)
    assert waiting(place) == left - 7
    assert (folder_beside(place / "store") / "张三.sssom.tsv").read_bytes() == before


def test_an_edited_document_is_told(run: Run, place: Path, terminal: pexpect.spawn[str]) -> None:
    terminal.close(force=True)
    store = Store.open(place / "store")
    folder = folder_beside(place / "store")
    accepted = next(d for d in read_folder(folder) if d.verdict == "accepted" and d.object)
    item = next(r for r in store.records() if r["id"] == accepted.subject)
    document = next(r for r in store.records(item["document"]) if r["type"] == "document")
    path = place / "documents" / document["source_file"]
    text = path.read_bytes().decode()
    at = item["end"] - 10
    path.write_bytes((text[:at] + "另建平台" + text[at:]).encode())
    assert "有效 19，被取代 0，有分歧 0，过期 1" in build(run, place)
    shown = run("review", "--agreement", "--reviewer", "张三", cwd=place).stdout.decode()
    assert "已过期，原文后来改了" in shown
    assert accepted.object_label in shown
    first = run("review", "--reviewer", "张三", cwd=place, stdin=b"q\n").stdout.decode()
    assert "已过期，原文后来改了" in first.split("q 结束")[0]
    assert len(read_folder(folder)) == 20


def test_two_reviewers_a_table_in_and_out(run: Run, place: Path, tmp_path: Path) -> None:
    written = tmp_path / "all.sssom.tsv"
    assert run("review", "--export", written, "--reviewer", "张三", cwd=place).returncode == 0
    rows = written.read_text(encoding="utf-8").replace("\t张三\t", "\t李四\t")
    given = tmp_path / "given.sssom.tsv"
    given.write_text(rows, encoding="utf-8")
    taken = run("review", "--import", given, "--reviewer", "李四", cwd=place).stdout.decode()
    assert "收进 20 条审定" in taken
    shown = run("review", "--agreement", "--reviewer", "李四", cwd=place).stdout.decode()
    assert "张三 与 李四" in shown or "李四 与 张三" in shown
    assert "kappa 1.00" in shown
    alone = run("--lang", "en", "review", "--agreement", "--reviews", tmp_path / "none", cwd=place)
    assert "No two reviewers" in alone.stdout.decode()


def test_refusals_are_one_line(run: Run, place: Path, tmp_path: Path) -> None:
    two = run("review", "--agreement", "--retrain", cwd=place)
    assert (two.returncode, len(two.stderr.decode().splitlines())) == (2, 1)
    few = run("review", "--retrain", "--reviews", tmp_path, cwd=place)
    assert few.returncode == 2
    assert "至少" in few.stderr.decode()
    nobody = run("review", "--reviewer", " ", cwd=place)
    assert (nobody.returncode, len(nobody.stderr.decode().splitlines())) == (2, 1)
    (tmp_path / "bad.sssom.tsv").write_text("a\tb\n", encoding="utf-8")
    bad = run("review", "--reviews", tmp_path, "--reviewer", "甲", cwd=place)
    assert bad.returncode == 3
    assert "bad.sssom.tsv" in bad.stderr.decode()
