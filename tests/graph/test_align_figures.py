"""Floors under the figures: on the written cases always, on annotated documents where they are at hand."""

from __future__ import annotations

import pytest

from benchmarks.alignment import ROOT, ablation, read_gold, reliability_table
from benchmarks.alignment_figures import Case, cases, figures, fit, held_out, judge, reliability
from benchmarks.alignment_methods import SIGNALS, by_content, by_tfidf
from benchmarks.gold import CASES, Annotated, gold_folder, written
from graph.align import THRESHOLD
from graph.align_weigh import shipped_weights, weights, with_weights
from graph.calibrate import calibration
from loaders.read import read_document

GOLD = gold_folder()
TEXTS = ROOT / "data" / "corpus"
PLAN = TEXTS / "000_5b418620c0e82b13.txt"
Documents = tuple[Annotated, dict[str, Annotated]]


@pytest.fixture(scope="module")
def documents() -> Documents:
    if GOLD is None:
        pytest.skip("no annotations beside the checkout (GANGMU_GOLD)")
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


def test_the_shipped_calibration_is_the_fitted_one(ours: list[Case]) -> None:
    assert fit(ours) == pytest.approx(dict(calibration()), abs=0.05)
