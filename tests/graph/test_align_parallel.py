"""Aligning by several processes gives what one gives, in the same order, also where a process fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.alignment_cost import make_readings
from benchmarks.gold import PLAN
from graph import align_parallel
from graph.align import align
from graph.align_parallel import align_all
from loaders.read import read_document
from loaders.records import Alignment, Reading


@pytest.fixture(scope="module")
def made() -> tuple[list[Reading], Reading, list[Alignment]]:
    upper = read_document(PLAN)
    lower = list(make_readings(5))
    return lower, upper, align(lower, upper, upper_date="2023-02-24")


def test_two_processes_give_the_same(
    made: tuple[list[Reading], Reading, list[Alignment]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lower, upper, alone = made
    monkeypatch.setattr(align_parallel, "WORTH", 2)
    answers: list[bool] = []
    ask = align_parallel._answer

    def watched(path: Path) -> list[Alignment] | None:
        found = ask(path)
        answers.append(bool(found))
        return found

    monkeypatch.setattr(align_parallel, "_answer", watched)
    assert align_all(lower[::-1], upper, upper_date="2023-02-24", processes=2) == alone
    assert answers == [True], "the other process did nothing"


def test_a_process_that_fails_costs_only_time(
    made: tuple[list[Reading], Reading, list[Alignment]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lower, upper, alone = made
    monkeypatch.setattr(align_parallel, "WORTH", 2)
    monkeypatch.setattr("loaders.child._BOOT", "raise SystemExit(3)")
    assert align_all(lower, upper, upper_date="2023-02-24", processes=2) == alone


def test_few_documents_start_no_process(
    made: tuple[list[Reading], Reading, list[Alignment]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lower, upper, alone = made
    monkeypatch.delattr(align_parallel, "_start")
    assert align_all(lower, upper, upper_date="2023-02-24") == alone
