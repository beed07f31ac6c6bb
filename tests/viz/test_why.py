"""`gangmu why`: the chain for people and for programs, in both languages and any width."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import Store
from viz.cli_help import cells
from viz.cli_why import ROLES

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def first(store: Store, kind: str, **fields: object) -> str:
    """The id of the first record of a type with these values."""
    found = (r for r in store.records() if r["type"] == kind and all(r[k] == v for k, v in fields.items()))
    return str(next(found)["id"])


def test_a_target(run: Run, store_dir: Path, store: Store) -> None:
    claim = first(store, "target", figure="38.5亿元")
    done = run("why", claim, "--store", store_dir)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    for part in (
        "figure_with_unit",
        "gangmu 0.",
        "规则集 sha256",
        "文本受损",
        "002_3d12ad2daf9da656.txt",
        "第 27 行",
    ):
        assert part in text
    assert ">>>技术合同登记额38.5亿元<<<" in text.replace("\n      ", "")
    english = run("why", claim, "--store", store_dir, "--lang", "en").stdout.decode()
    assert "value of technology contracts = 38.5 hundred million yuan by 2025" in english.replace(
        "\n       ", " "
    )
    assert "damaged" in english


def test_two_sources_stand_side_by_side(run: Run, store_dir: Path, store: Store) -> None:
    for claim, roles in (
        (first(store, "conflict"), ("目标一", "目标二")),
        (first(store, "alignment", rank=1), ("下级条目", "上级条目")),
        ("status/curated-9fcf74ae/1", ("目标", "实际值")),
    ):
        wide = run("why", claim, "--store", store_dir, COLUMNS="120").stdout.decode()
        assert any(all(role in line for role in roles) for line in wide.splitlines()), wide
        narrow = run("why", claim, "--store", store_dir, COLUMNS="80").stdout.decode()
        assert not any(all(role in line.split() for role in roles) for line in narrow.splitlines())
        assert all(role in narrow for role in roles)


@pytest.mark.parametrize("width", [50, 80, 90, 120, 200])
def test_lines_fit_and_end_without_blanks(run: Run, store_dir: Path, store: Store, width: int) -> None:
    for claim in (first(store, "alignment", rank=1), first(store, "item"), first(store, "repair")):
        lines = run("why", claim, "--store", store_dir, COLUMNS=str(width)).stdout.decode().splitlines()
        assert max(map(cells, lines)) <= width
        assert all(line == line.rstrip() for line in lines)


def test_curated_claims_show_their_row(run: Run, store_dir: Path) -> None:
    text = run("why", "curated-9fcf74ae:target:1", "--store", store_dir).stdout.decode()
    assert "plan.csv 第 4 行" in text
    assert "目标:综合创新水平指数,>=66,%,2025" in text


def test_json_is_the_whole_chain(run: Run, store_dir: Path, store: Store) -> None:
    claim = first(store, "target", figure="38.5亿元")
    found = json.loads(run("why", claim, "--json", "--store", store_dir).stdout)
    assert found["claim"] == claim
    assert found["said_zh"]
    assert found["said_en"]
    (source,) = found["sources"]
    at = source["passage"]
    assert store.text(source["document"]["id"])[at["start"] : at["end"]] == at["quote"]


def test_a_load_of_many_says_how_many_more(run: Run, store_dir: Path, store: Store) -> None:
    loads = {q.subject for q in store.quads(predicate="https://w3id.org/gangmu/ontology#loadUnit")}
    counts = []
    for load in sorted(str(node)[1:-1] for node in loads):
        text = run("why", load, "--store", store_dir).stdout.decode() if "dc5014846aba" in load else ""
        counts.append("处出处，--json 全部列出" in text)
    assert sum(counts) == 1


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "有 5 条断言这样开头；请给出"), ("en", "5 claims begin so; give one of")]
)
def test_ambiguous_and_unknown_claims_are_refused(run: Run, store_dir: Path, lang: str, words: str) -> None:
    done = run("why", "360", "--store", store_dir, "--lang", lang)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert words in line
    assert "360103-2024-" in line
    unknown = run("why", "无此断言", "--store", store_dir, "--lang", lang)
    assert (unknown.returncode, len(unknown.stderr.decode().splitlines())) == (2, 1)
    missing = run("why", "--store", store_dir, "--lang", lang)
    assert (missing.returncode, b"CLAIM" in missing.stderr) == (2, True)


def test_any_encoding_can_show_it(run: Run, store_dir: Path, store: Store) -> None:
    claim = first(store, "alignment", rank=1)
    done = run("why", claim, "--store", store_dir, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "下级条目" in done.stdout.decode("gbk")


def test_every_role_has_its_words() -> None:
    from typing import get_args

    from graph.why import Role

    assert set(ROLES) == set(get_args(Role))
