"""Floors under the figures: on the written cases always, on annotated documents where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.alignment import ROOT, ablation, pairs_csv, read_gold, reliability_table, shipped_cases
from benchmarks.alignment_diagram import write_diagram
from benchmarks.alignment_figures import Case, cases, figures, fit, held_out, judge, reliability
from benchmarks.alignment_methods import SIGNALS, by_content, by_tfidf
from benchmarks.alignment_words import own_words, without_own_words
from benchmarks.gold import CASES, PLAN, Annotated, gold_folder, shipped, written
from graph.align import THRESHOLD
from graph.align_weigh import shipped_weights, weights, with_weights
from graph.calibrate import calibration
from graph.retrain import PAIRS
from loaders.read import read_document

GOLD = gold_folder()
TEXTS = ROOT / "data" / "corpus"
Documents = tuple[Annotated, dict[str, Annotated]]


@pytest.fixture(scope="module")
def documents() -> Documents:
    return read_gold(GOLD, TEXTS)


@pytest.fixture(scope="module")
def ours(documents: Documents) -> list[Case]:
    return cases(by_content, *documents)


def test_held_out_documents(ours: list[Case]) -> None:
    found = figures(held_out(ours, abstain=True))
    assert found["hit@1 any"] >= 0.9
    assert found["hit@3"] >= 0.95
    assert found["action"] >= 0.95
    assert found["abstention F1"] >= 0.85
    assert found["calibration error"] <= 0.1


def test_a_fifth_better_than_tfidf_with_cosine(documents: Documents, ours: list[Case]) -> None:
    plain = cases(by_tfidf, *documents)
    found = figures(held_out(ours, abstain=True))
    for abstain in (True, False):
        other = figures(held_out(plain, abstain=abstain))
        assert found["hit@1 any"] >= 1.2 * other["hit@1 any"]
        assert found["abstention F1"] >= 1.2 * other["abstention F1"]


def test_every_row_of_the_ablation_is_measured_and_the_thesaurus_gives_most(documents: Documents) -> None:
    rows = {name: figures(judged)["hit@1 any"] for name, judged in ablation(*documents).items()}
    assert {f"without {signal.name}" for signal in SIGNALS} < set(rows)
    assert min(rows[f"without {signal.name}"] for signal in SIGNALS) == rows["without thesaurus"]


def test_the_bins_hold_every_proposal_once(ours: list[Case]) -> None:
    judged = held_out(ours, abstain=True)
    bins = reliability(judged)
    assert sum(b.proposals for b in bins) == sum(bool(j.confidences) for j in judged)
    assert all(b.low <= b.confidence <= b.high and 0 <= b.held <= 1 for b in bins)
    assert len(reliability_table(judged).splitlines()) == len(bins) + 1


def test_other_weights_last_as_long_as_they_are_asked_for() -> None:
    with with_weights(title=1.0):
        assert weights()["title"] == 1.0
    assert weights() is shipped_weights()
    with pytest.raises(KeyError), with_weights(no_such=1.0):
        pass


def test_written_cases() -> None:
    judged = cases(by_content, Annotated(read_document(PLAN), {}), written())
    assert len(judged) >= 100
    assert {case.document for case in judged} == set(CASES)
    found = figures([judge(case, dict(calibration()), THRESHOLD) for case in judged])
    assert found["hit@1 any"] >= 0.95
    assert found["hit@3"] >= 0.95
    assert found["abstention F1"] >= 0.95


def test_the_shipped_calibration_is_the_fitted_one() -> None:
    assert fit(shipped_cases()) == pytest.approx(dict(calibration()), abs=0.05)


def test_the_shipped_pairs_are_those_that_the_command_writes() -> None:
    written_now, kept = pairs_csv().splitlines(), PAIRS.read_text(encoding="utf-8").splitlines()
    assert written_now[0] == kept[0]
    assert len(written_now) == len(kept) > 300
    for one, two in zip(written_now[1:], kept[1:], strict=True):
        *mine, rank, held = one.split(",")
        *theirs, their_rank, their_held = two.split(",")
        assert (rank, held) == (their_rank, their_held)
        assert [float(x) for x in mine] == pytest.approx([float(x) for x in theirs], abs=2e-6)


def test_words_of_one_document_are_left_out_of_its_score() -> None:
    texts = {"one": "建设科创走廊与院士工作站", "two": "建设院士工作站"}
    assert "科创走廊" in own_words("one", texts)
    assert "院士工作站" not in own_words("one", texts)
    assert own_words("two", texts) == frozenset()


def test_held_out_words_make_it_harder(documents: Documents) -> None:
    upper, _ = documents
    lower = shipped() | written()
    harder = {c.answer: c for c in without_own_words(by_content, upper, lower)}
    assert any(harder[c.answer].offers != c.offers for c in cases(by_content, upper, lower))


def test_the_diagram_shows_every_step(ours: list[Case], tmp_path: Path) -> None:
    bins = reliability(held_out(ours, abstain=True))
    write_diagram(bins, "a title", tmp_path / "diagram.svg")
    svg = (tmp_path / "diagram.svg").read_text(encoding="utf-8")
    assert "a title" in svg
    assert all(f">{b.proposals}<" in svg for b in bins)
