"""Floors under the figures: on the written cases always, on annotated documents where they are at hand."""

from __future__ import annotations

import pytest

from benchmarks.alignment import ROOT, WRITTEN, by_content, cases, figures, fit, held_out, judge
from benchmarks.gold import CASES, Annotated, gold_folder, read_annotated, read_cases
from graph.align import THRESHOLD, calibration
from loaders.read import read_document

GOLD = gold_folder()
TEXTS = ROOT / "data" / "corpus"
PLAN = TEXTS / "000_5b418620c0e82b13.txt"


@pytest.fixture(scope="module")
def documents() -> dict[str, Annotated]:
    if GOLD is None:
        pytest.skip("no annotations beside the checkout (GANGMU_GOLD)")
    return {name: read_annotated(GOLD / f"{name}.jsonl", TEXTS) for name in ("000", "002", "003")}


def test_held_out_documents(documents: dict[str, Annotated]) -> None:
    lower = {"002": documents["002"], "003": documents["003"], WRITTEN: read_cases(CASES)}
    found = figures(held_out(cases(by_content, documents["000"], lower), abstain=True))
    assert found["hit@1 any"] >= 0.9
    assert found["hit@3"] >= 0.95
    assert found["action"] >= 0.95
    assert found["abstention F1"] >= 0.85
    assert found["calibration error"] <= 0.15


def test_written_cases() -> None:
    plan = Annotated(read_document(PLAN), {})
    judged = cases(by_content, plan, {WRITTEN: read_cases(CASES)})
    assert len(judged) >= 60
    found = figures([judge(case, dict(calibration()), THRESHOLD) for case in judged])
    assert found["hit@1 any"] >= 0.95
    assert found["hit@3"] >= 0.95
    assert found["abstention F1"] >= 0.95


def test_the_shipped_calibration_is_the_fitted_one(documents: dict[str, Annotated]) -> None:
    lower = {"002": documents["002"], "003": documents["003"], WRITTEN: read_cases(CASES)}
    fitted = fit(cases(by_content, documents["000"], lower))
    assert fitted == pytest.approx(dict(calibration()), abs=0.05)
