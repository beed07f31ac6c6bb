"""`gangmu diff` and `gangmu observe`: what they say, in both languages, and how they end."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.build import build
from graph.observations import COLUMNS
from graph.progress import STATES as ALL_STATES
from graph.store import Store
from loaders.corpus import CORPUS
from viz.cli_change import OTHERS
from viz.cli_common import STATES
from viz.cli_help import cells

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
ROW = "技术合同成交额,西湖区,2025,=,{value},亿元,西湖区统计公报,2026-03,"


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((",".join(COLUMNS), *lines, "")), encoding="utf-8")
    return path


@pytest.fixture
def copy(store_dir: Path, tmp_path: Path) -> Path:
    """A store of the corpus that a test may change."""
    return Path(shutil.copytree(store_dir, tmp_path / "store"))


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the corpus with one document edited and one left out."""
    folder = tmp_path_factory.mktemp("edited")
    files = shutil.copytree(CORPUS, folder / "corpus")
    path = Path(files) / "002_3d12ad2daf9da656.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("技术合同登记额38.5亿元", "技术合同登记额40亿元"), encoding="utf-8")
    (Path(files) / "003_a36cf1eedc219e1f.txt").unlink()
    build([Path(files)], folder / "store")
    return folder / "store"


def test_what_changed_is_said(run: Run, store_dir: Path, edited: Path) -> None:
    done = run("diff", store_dir, edited)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "· “技术合同登记额”目标提高：由38.5亿元到40亿元（2025年）" in text
    assert "· 去掉文件：《关于《景德镇市“十四五”科技创新发展规划》的政策解读》" in text
    assert "共 3 处变化" in text
    assert "其他记录：标题 少 " in text
    english = run("diff", store_dir, edited, "--lang", "en").stdout.decode()
    assert "raised from 38.5 hundred million yuan to 40 hundred million yuan (2025)" in english
    assert "3 changes" in english


def test_nothing_changed_is_said_too(run: Run, store_dir: Path) -> None:
    same = run("diff", store_dir, store_dir)
    assert (same.returncode, same.stdout.decode()) == (0, "没有变化。\n")
    assert run("diff", store_dir, store_dir, "--lang", "en").stdout == b"Nothing changed.\n"


def test_a_diff_as_json(run: Run, store_dir: Path, edited: Path) -> None:
    found = json.loads(run("diff", store_dir, edited, "--json").stdout)
    assert found["counts"] == {"document_removed": 1, "document_edited": 1, "target_raised": 1}
    assert found["identical"] is False
    raised = next(c for c in found["changes"] if c["kind"] == "target_raised")
    assert raised["before"] != raised["after"]
    assert json.loads(run("diff", store_dir, store_dir, "--json").stdout)["identical"] is True


def test_other_differences_are_told_apart(run: Run, store_dir: Path, copy: Path) -> None:
    assert run("observe", "--as-of", "2025-12-31", "--store", copy).returncode == 0
    text = run("diff", store_dir, copy).stdout.decode()
    assert "进展的时点不同：原来截至 2025，现在截至 2025-12-31。" in text


def test_a_file_is_taken_in(run: Run, copy: Path, tmp_path: Path) -> None:
    path = table(tmp_path / "progress.csv", ROW.format(value=40))
    done = run("observe", path, "--store", copy)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "收进 progress.csv：1 行，其中新的 1 条，不再有的 0 条" in text
    assert "截至 2025：已完成 3，进度正常 0，进度滞后 0，未完成 0，" in text
    assert "· 技术合同登记额 38.5亿元，2025：无数据 → 已完成" in text
    assert "40 ≥ 38.5，高1.5，已完成。" in text.replace("\n    ", "")
    again = run("observe", path, "--store", copy, "--lang", "en").stdout.decode()
    assert "took in progress.csv: 1 rows, 0 of them new, 0 gone" in again
    assert "no target stands otherwise than before" in again
    english = run(
        "observe", table(path, ROW.format(value=30)), "--store", copy, "--lang", "en"
    ).stdout.decode()
    assert "met → missed" in english
    assert "30 < 38.5, 8.5 below: missed." in english.replace("\n    ", " ")


def test_a_report_as_json(run: Run, copy: Path, tmp_path: Path) -> None:
    path = table(tmp_path / "progress.csv", ROW.format(value=40))
    report = json.loads(run("observe", path, "--json", "--store", copy).stdout)
    assert (report["rows"], report["added"], report["statuses"]["met"]) == (1, 1, 3)
    (change,) = report["changes"]
    assert (change["before"], change["after"], change["deadline"]) == ("no_data", "met", 2025)
    assert Store.open(copy).manifest.content == report["content"]


def test_the_point_in_time_decides_what_is_due(run: Run, copy: Path) -> None:
    early = run("observe", "--as-of", "2024", "--store", copy).stdout.decode()
    assert "截至 2024：已完成 1，" in early
    assert "已完成 → 未到期" in early
    built = run("build", "--as-of", "2024", "--store", copy, "--json")
    assert json.loads(built.stdout)["as_of"] == "2024"
    for width in (60, 100):
        lines = (
            run("observe", "--as-of", "2025", "--store", copy, COLUMNS=str(width))
            .stdout.decode()
            .splitlines()
        )
        assert max(map(cells, lines)) <= width


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_is_said_in_one_line(run: Run, copy: Path, tmp_path: Path, lang: str) -> None:
    def refused(*args: object, code: int) -> str:
        done = run(*args, "--lang", lang)
        assert (done.returncode, done.stdout) == (code, b""), done
        (line,) = done.stderr.decode().splitlines()
        return line

    bad = table(tmp_path / "bad.csv", ROW.format(value="x"), ROW.format(value="y"))
    line = refused("observe", bad, "--store", copy, code=3)
    assert "bad.csv:2:value" in line
    assert "3:value" in line
    assert "nowhere.csv" in refused("observe", tmp_path / "nowhere.csv", "--store", copy, code=3)
    assert "--as-of" in refused("observe", "--store", copy, code=2)
    assert "2025-06" in refused("observe", "--as-of", "2025-06", "--store", copy, code=2)
    assert "soon" in refused("build", "--as-of", "soon", "--store", copy, code=2)
    assert "nowhere" in refused("observe", bad, "--store", tmp_path / "nowhere", code=3)
    assert "nowhere" in refused("diff", copy, tmp_path / "nowhere", code=3)
    assert "STORE_B" in refused("diff", copy, code=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.csv", "store"]


def test_every_state_and_type_has_its_words() -> None:
    from graph.diff import COUNTED

    assert tuple(STATES) == ALL_STATES
    assert set(OTHERS) == {*COUNTED, "observation"}
