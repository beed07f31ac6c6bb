"""A model of the user's own: one more signal by one route whatever it is, never needed nor downloaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.gold import write_reading
from graph.align import METHOD, align
from graph.align_embedding import Encoder, Meanings, load
from graph.align_score import UpperPlan
from loaders.errors import InputError, UsageError
from loaders.records import Item, Reading

MODULE = '''
"""A small real model: counts of hashed characters, with two words taught to mean the same."""
import zlib

SAME = {"萤火": "孵化"}


def rows(texts):
    found = []
    for text in texts:
        for one, other in SAME.items():
            text = text.replace(one, other)
        row = [0.0] * 256
        for one, two in zip(text, text[1:]):
            row[zlib.crc32((one + two).encode()) % 256] += 1.0
        found.append(row)
    return found


class Model:
    encode = staticmethod(rows)


model = Model()
flat = lambda texts: [1.0 for _ in texts]
broken = lambda texts: 1 / 0
'''
UPPER = write_reading(
    "upper",
    [
        {"title": "建设孵化", "body": "孵化平台孵化。", "kind": "task", "path": "1"},
        {"title": "引进院士", "body": "引进海外人才和院士。", "kind": "task", "path": "2"},
        {"title": "设立基金", "body": "设立天使基金。", "kind": "task", "path": "3"},
    ],
    date="2023-01-01",
)
LOWER = write_reading("lower", [{"title": "点亮萤火", "body": "萤火萤火萤火。"}], date="2024-01-01")


@pytest.fixture(autouse=True)
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "own_model_of_mine.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "own_model_of_mine", raising=False)
    return tmp_path


@pytest.mark.parametrize("name", ["rows", "model"])
def test_a_model_that_knows_more_raises_its_task(name: str) -> None:
    encoder = load(f"own_model_of_mine:{name}")
    (without,) = UpperPlan(UPPER).rank(LOWER)
    (ranked,) = UpperPlan(UPPER, encoder).rank(LOWER)
    best = ranked.matches[0]
    assert best.task.path == "1"
    assert best.score > 2 * max(match.score for match in without.matches)
    assert best.meant is not None
    assert best.meant > 0.3


def test_records_say_by_which_model_and_how_near() -> None:
    records = align([LOWER], UPPER, upper_date=None, encoder=load("own_model_of_mine:rows"))
    assert {r.method for r in records} == {f"{METHOD}+embedding own_model_of_mine:rows"}
    assert any("语义模型" in reason for r in records for reason in r.reasons)
    assert {r.method for r in align([LOWER], UPPER, upper_date=None)} == {METHOD}


def test_a_model_without_any_sense_changes_no_rank(upper_and_lower: tuple[Reading, Reading]) -> None:
    upper, lower = upper_and_lower
    same = Encoder("same", lambda texts: np.ones((len(texts), 4)))
    plain = [[m.task.path for m in r.matches[:1]] for r in UpperPlan(upper).rank(lower)]
    assert [[m.task.path for m in r.matches[:1]] for r in UpperPlan(upper, same).rank(lower)] == plain


@pytest.fixture
def upper_and_lower() -> tuple[Reading, Reading]:
    rows = [{"title": item.title, "body": "新建一批。"} for item in UPPER.of(Item)]
    return UPPER, write_reading("copy", rows)


def test_nearness_does_not_depend_on_how_high_a_model_scores() -> None:
    def lifted(by: float) -> Encoder:
        def encode(texts: Sequence[str]) -> list[list[float]]:
            return [[by, float("孵化" in t), float("院士" in t), float("基金" in t)] for t in texts]

        return Encoder("lifted", encode)

    tasks = ["孵化", "院士", "基金"]
    for by in (0.0, 3.0):
        near = Meanings(lifted(by), tasks).near(["孵化器"])
        assert near.argmax() == 0
        assert near.min() == 0
        assert near.max() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("no_such_module_at_all:model", "cannot be loaded"),
        ("own_model_of_mine:missing", "cannot be loaded"),
    ],
)
def test_what_cannot_be_loaded_is_told(name: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        load(name)


@pytest.mark.parametrize(
    ("name", "problem"), [("flat", "no row of numbers"), ("broken", "ZeroDivisionError")]
)
def test_what_is_no_model_is_told(name: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        UpperPlan(UPPER, load(f"own_model_of_mine:{name}"))


def test_without_the_extra_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match=r"gangmu\[embedding\]"):
        load(str(tmp_path))


def test_a_tiny_model_of_sentence_transformers(tmp_path: Path) -> None:
    """Runs where the extra `embedding` is installed: a model with random weights, made and saved here."""
    library = pytest.importorskip("sentence_transformers")
    modules = pytest.importorskip("sentence_transformers.models")
    tokenizers = pytest.importorskip("tokenizers")
    letters = sorted(set("".join(item.quote for item in UPPER.of(Item))))
    vocabulary = {"[UNK]": 0, "[PAD]": 1, **{letter: n for n, letter in enumerate(letters, 2)}}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    static = modules.StaticEmbedding(tokenizer, embedding_dim=32)
    folder = tmp_path / "tiny"
    library.SentenceTransformer(modules=[static], device="cpu").save(str(folder))
    (ranked,) = UpperPlan(UPPER, load(str(folder))).rank(
        write_reading("lower", [{"title": "引进海外人才和院士"}], date="2024-01-01")
    )
    assert ranked.matches[0].task.path == "2"
    assert ranked.matches[0].meant == pytest.approx(1.0, abs=0.3)
    with pytest.raises(InputError, match="no model on this machine"):
        load(str(tmp_path / "no-such-model"))
