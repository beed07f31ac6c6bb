"""`gangmu evaluate`, `annotate` and `account` as users run them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

GOLD = Path(__file__).resolve().parents[1] / "golden" / "gold"
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small plan and its gold, without the alignments, which need a plan above it."""
    shutil.copy(GOLD / "yard.txt", tmp_path)
    lines = (GOLD / "yard.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    gold[0]["annotated"].remove("alignment")
    text = "".join(
        json.dumps(line, ensure_ascii=False) + "\n" for line in gold if line["type"] != "alignment"
    )
    (tmp_path / "gold.jsonl").write_text(text, "utf-8")
    return tmp_path


def test_evaluate_reads_the_document_beside_the_gold(run: Run, folder: Path) -> None:
    done = run("evaluate", folder / "gold.jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "1 份文件的得分" in text
    strict = next(line for line in text.splitlines() if "连同单位" in line and "目标" in line)
    assert strict.split()[-6:] == ["1.0000", "1.0000", "1.0000", "9", "0", "0"]
    assert "漏读、多读、读错共 0 处" in text
    english = run("evaluate", folder / "gold.jsonl", "--lang", "en").stdout.decode()
    assert "Targets (unit, deadline too)" in english
    assert "Evidence: quotes in place " in english


def test_evaluate_of_a_records_file_shows_every_error(run: Run, folder: Path) -> None:
    args = ("evaluate", GOLD / "yard.jsonl", "--records", GOLD / "yard.predicted.jsonl")
    done = run(*args, "--errors")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    findings = [line for line in lines if line.startswith("yard.txt @")]
    assert len(findings) == 23
    assert "yard.txt @154 漏读 target: 服务农户数 > 3000 户 2025  「服务农户超过3000户」" in findings
    assert "yard.txt @217 读错 target.comparator: 标注 >=，读成 =  「新建科技小院10家以上」" in findings
    assert "yard.txt @122 多读 citation: 无此文件 cites  「本方案」" in findings
    assert any(line.startswith("对应：首选最佳 0.0000 (0/2)，首选可取 0.5000 (1/2)") for line in lines)
    assert "置信度校准误差：0.6500（2 条）" in lines
    result = json.loads(run(*args, "--json").stdout)
    assert "findings" not in result
    assert result["figures"]["target"]["strict"]["f1"] == 0.7059
    assert len(json.loads(run(*args, "--json", "--errors").stdout)["findings"]) == 23
    assert folder.is_dir()


def test_alignments_are_scored_by_building_a_graph_aside(run: Run, tmp_path: Path) -> None:
    done = run("evaluate", GOLD / "yard.jsonl", "--json", cwd=tmp_path)
    assert done.returncode == 0
    figures = json.loads(done.stdout)["figures"]
    assert figures["alignment"]["first_any"]["of"] == 2
    assert figures["target"]["strict"]["f1"] == 1.0
    assert list(tmp_path.iterdir()) == []


def test_evaluate_of_a_graph(run: Run, folder: Path, store_dir: Path) -> None:
    built = folder / "built"
    assert run("build", folder / "yard.txt", "--store", built).returncode == 0
    done = run("evaluate", folder / "gold.jsonl", "--store", built, "--json")
    assert json.loads(done.stdout)["figures"]["target"]["strict"]["f1"] == 1.0
    other = run("evaluate", folder / "gold.jsonl", "--store", store_dir, "--json")
    assert other.returncode == 3
    assert "没有 yard.txt 的记录" in other.stderr.decode()
    assert json.loads(other.stdout)["missing"] == ["yard.txt"]


def test_what_cannot_be_evaluated_is_one_line(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "yard.txt").rename(folder / "moved.txt")
    lost = run("evaluate", folder / "gold.jsonl")
    assert lost.returncode == 3
    assert lost.stderr.decode().startswith("错误：")
    assert all(word in lost.stderr.decode() for word in ("gold.jsonl", "yard.txt", "--documents"))
    (folder / "elsewhere").mkdir()
    (folder / "moved.txt").rename(folder / "elsewhere" / "yard.txt")
    found = run("evaluate", folder / "gold.jsonl", "--documents", folder / "elsewhere")
    assert found.returncode == 0
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"type": "target"\n', "utf-8")
    done = run("evaluate", broken)
    assert done.returncode == 3
    assert "broken.jsonl:1：这一行第 18 字处不是 JSON" in done.stderr.decode()
    both = run("evaluate", folder / "gold.jsonl", "--store", "s", "--records", "r")
    assert both.returncode == 2
    assert run("evaluate").returncode == 2


def test_annotate_and_evaluate_go_round(run: Run, folder: Path) -> None:
    first = folder / "first.jsonl"
    done = run("annotate", folder / "yard.txt", "-o", first)
    assert done.returncode == 0
    assert "33 行" in done.stderr.decode()
    printed = run("annotate", folder / "yard.txt").stdout
    assert printed == first.read_bytes()
    result = json.loads(run("evaluate", first, "--json", "--errors").stdout)
    assert result["findings"] == []
    assert result["figures"]["target"]["strict"]["matched"] == 9
    again = run("--lang", "en", "annotate", folder / "yard.txt", "-o", first)
    assert again.returncode == 2
    assert "exists, and may hold corrections" in again.stderr.decode()
    assert first.read_bytes() == printed
    english = run("annotate", folder / "yard.txt", "--lang", "en").stdout.decode()
    assert "holds a figure and no record" in english
    assert run("annotate", folder / "nothing.txt").returncode == 3


def test_account_of_the_shipped_documents(run: Run) -> None:
    result = json.loads(run("account", "--json").stdout)
    assert result["failures"] == []
    assert len(result["documents"]) == 5
    for one in result["documents"]:
        parts = sum(one["covered"].values()) + sum(one["skipped"].values()) + one["left"]
        assert parts == one["characters"]


def test_account_lists_what_was_left_over(run: Run, folder: Path) -> None:
    done = run("account", folder / "yard.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "yard.txt @392 有数值: 「据统计现有展台7座。」" in text
    assert "yard.txt @247 有单位名称: 「依托区农业农村局的苗圃办好展示田。」" in text
    assert "略过：空白 " in text
    english = run("account", folder / "yard.txt", "--lang", "en").stdout.decode()
    assert "yard.txt @392 figure: " in english
    assert "Passed over: white space " in english


def test_account_goes_on_where_a_document_cannot_be_read(run: Run, folder: Path) -> None:
    (folder / "blank.txt").write_text(" \n", "utf-8")
    done = run("account", folder / "yard.txt", folder / "blank.txt", "--json")
    assert done.returncode == 3
    assert "blank.txt" in done.stderr.decode()
    result = json.loads(done.stdout)
    assert [one["file"] for one in result["documents"]] == ["yard.txt"]
    assert len(result["failures"]) == 1
