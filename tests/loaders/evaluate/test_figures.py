"""The figures of a small plan whose errors were put in by hand: every number below was counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.evaluate import (
    Calibration,
    Evaluation,
    Figures,
    Finding,
    Score,
    Share,
    evaluate,
    evaluate_files,
    read_records,
)
from loaders.evaluate.compare import Rec
from loaders.evaluate.figures import COUNTS, SCORES, SHARES
from loaders.read import read_document

GOLD = Path(__file__).parents[2] / "golden" / "gold"
PLAN, YARD, PREDICTED = GOLD / "yard.txt", GOLD / "yard.jsonl", GOLD / "yard.predicted.jsonl"


def records(path: Path) -> list[Rec]:
    return [record for _, record in read_records(path)]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate_files([YARD], records(PREDICTED), {"yard.txt": PLAN.read_text("utf-8")})


@pytest.mark.parametrize(
    ("name", "matched", "extra", "missed"),
    [
        ("section", 6, 1, 1),
        ("item", 2, 1, 2),
        ("item.span", 3, 0, 1),
        ("target.loose", 7, 1, 2),
        ("target.strict", 6, 2, 3),
        ("responsibility", 4, 0, 1),
        ("citation", 1, 1, 0),
        ("declaration", 1, 0, 0),
        ("declaration.with_found", 0, 1, 1),
        ("repair", 0, 1, 1),
        ("conflict", 1, 0, 0),
        ("alignment.abstention", 1, 0, 0),
    ],
)
def test_scores_are_those_counted_by_hand(
    evaluation: Evaluation, name: str, matched: int, extra: int, missed: int
) -> None:
    assert evaluation.figures.scores[name] == Score(matched, extra, missed)


def test_every_score_and_share_has_a_number(evaluation: Evaluation) -> None:
    figures = evaluation.figures
    assert set(figures.scores) == set(SCORES)
    assert set(figures.shares) == set(SHARES)
    assert set(figures.counts) == set(COUNTS)


@pytest.mark.parametrize(
    ("name", "right", "of"),
    [
        ("evidence", 33, 34),
        ("document.all", 8, 9),
        ("document.kind", 0, 1),
        ("document.issuer", 1, 1),
        ("document.period", 1, 1),
        ("section.parent", 5, 6),
        ("section.title", 6, 6),
        ("item.title", 2, 3),
        ("item.path", 3, 3),
        ("target.comparator", 6, 7),
        ("target.deadline_end", 7, 7),
        ("target.growth", 6, 6),
        ("target.indicator", 7, 7),
        ("target.item", 6, 7),
        ("responsibility.role", 3, 4),
        ("responsibility.unit_name", 3, 4),
        ("responsibility.in_lists", 4, 5),
        ("responsibility.in_running_text", 0, 0),
        ("citation.relation", 0, 1),
        ("declaration.found", 0, 1),
        ("declaration.of", 1, 1),
        ("conflict.kind", 0, 1),
        ("conflict.sure_precision", 1, 1),
        ("conflict.sure_recall", 1, 1),
        ("alignment.first_best", 0, 2),
        ("alignment.first_any", 1, 2),
        ("alignment.among_three", 2, 2),
        ("alignment.action_best", 1, 2),
        ("alignment.action_any", 2, 2),
        ("alignment.relation", 1, 1),
    ],
)
def test_shares_are_those_counted_by_hand(evaluation: Evaluation, name: str, right: int, of: int) -> None:
    assert evaluation.figures.shares[name] == Share(right, of)


def test_confidences_are_held_against_what_was_right(evaluation: Evaluation) -> None:
    calibration = evaluation.figures.calibration
    assert calibration.judged == ((0.9, False), (0.6, True))
    assert calibration.error == 0.65
    assert [b.count for b in calibration.bins] == [0, 0, 0, 1, 1]
    assert Calibration().error is None


def test_every_miss_and_false_hit_is_shown_with_its_text(evaluation: Evaluation) -> None:
    found = {(f.problem, f.type, f.field, f.gold, f.predicted, f.quote) for f in evaluation.findings}
    assert len(found) == len(evaluation.findings) == 23
    for expected in (
        ("missed", "target", None, "服务农户数 > 3000 户 2025", None, "服务农户超过3000户"),
        ("extra", "target", None, None, "数据上云率 >= 61 % 2025", "占比达到60%"),
        ("differs", "target", "comparator", ">=", "=", "新建科技小院10家以上"),
        ("differs", "target", "item", None, "task 二(二) 培养人才", "科技小院总数达到20家"),
        ("missed", "section", None, "(三) 用好数据", None, "(三)用好数据"),
        ("differs", "responsibility", "role", "lead", "responsible", "区人社局"),
        ("extra", "citation", None, None, "无此文件 cites", "本方案"),
        ("extra", "repair", None, None, "展台 → 展示台", "展台"),
    ):
        assert expected in found
    text = PLAN.read_text("utf-8")
    wrong_place = [f for f in evaluation.findings if f.field == "quote"]
    assert [(f.gold, f.predicted) for f in wrong_place] == [("成科技小院12家", "建成科技小院12家")]
    for finding in set(evaluation.findings) - set(wrong_place):
        assert finding.document == "yard.txt"
        assert text[finding.start : finding.end] == finding.quote
    starts = [f.start or 0 for f in evaluation.findings]
    assert starts == sorted(starts)


def test_the_small_plan_is_read_as_it_was_annotated() -> None:
    evaluation = evaluate([r for r in records(YARD) if r["type"] != "alignment"], [read_document(PLAN)])
    figures = evaluation.figures
    assert {name: score.f1 for name, score in figures.scores.items()} == {
        **dict.fromkeys(SCORES, 1.0),
        "alignment.abstention": None,
    }
    assert figures.shares["evidence"].share == figures.shares["document.all"].share == 1.0


def test_the_result_is_json_with_the_same_numbers(evaluation: Evaluation) -> None:
    tree = json.loads(json.dumps(evaluation.as_dict()))
    assert tree["figures"]["target"]["strict"]["f1"] == 0.7059
    assert tree["figures"]["section"]["f1"] == tree["documents"]["yard.txt"]["section"]["f1"] == 0.8571
    assert tree["figures"]["section"]["parent"] == {"share": 0.8333, "right": 5, "of": 6}
    assert tree["figures"]["evidence"] == {"share": 0.9706, "right": 33, "of": 34, "missing": 0}
    assert tree["figures"]["alignment"]["calibration"]["error"] == 0.65
    assert tree["findings"][0] == {
        name: getattr(evaluation.findings[0], name) for name in Finding.__dataclass_fields__
    }


def test_a_document_without_predictions_is_missed_whole() -> None:
    evaluation = evaluate_files([YARD], [])
    assert evaluation.missing == ("yard.txt",)
    assert evaluation.figures.scores["target.loose"] == Score(0, 0, 9)
    assert evaluation.figures.shares["document.all"] == Share(0, 9)
    assert evaluation.figures.counts["alignment.items_not_found"] == 3


def test_without_the_text_quotes_are_not_checked_and_that_is_said() -> None:
    evaluation = evaluate_files([YARD], records(PREDICTED))
    assert evaluation.unchecked == ("yard.txt",)
    assert evaluation.figures.shares["evidence"] == Share(0, 0)


def test_figures_of_documents_add_up() -> None:
    one = evaluate_files([YARD], records(PREDICTED)).figures
    both = Figures.pooled([one, one])
    assert both.scores["target.loose"] == Score(14, 2, 4)
    assert both.scores["target.loose"].f1 == one.scores["target.loose"].f1
    assert both.calibration.error == one.calibration.error
