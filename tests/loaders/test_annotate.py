"""A first gold file: whole, stable, marked where a person should look, and read back by the scoring."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from loaders import records as rec
from loaders.annotate import ANNOTATED, annotate, to_lines
from loaders.corpus import CORPUS
from loaders.evaluate import evaluate_files
from loaders.read import read_document

PLAN = Path(__file__).parent.parent / "golden" / "gold" / "yard.txt"
FILES = [*sorted(CORPUS.glob("*.txt")), PLAN]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem[:4])
def test_what_was_written_scores_full_marks(path: Path, tmp_path: Path) -> None:
    reading = read_document(path)
    gold = tmp_path / "gold.jsonl"
    gold.write_text(to_lines(annotate(reading)), "utf-8")
    evaluation = evaluate_files([gold], [reading])
    assert evaluation.findings == ()
    assert all(score.f1 in (1.0, None) for score in evaluation.figures.scores.values())
    assert all(share.share in (1.0, None) for share in evaluation.figures.shares.values())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem[:4])
def test_every_record_stands_in_document_order_and_twice_gives_the_same(path: Path) -> None:
    reading = read_document(path)
    lines = annotate(reading)
    assert lines == annotate(read_document(path))
    assert lines[0]["type"] == "document"
    assert lines[0]["annotated"] == list(ANNOTATED)
    starts = [line["start"] for line in lines[1:]]
    assert starts == sorted(starts)
    kept = [{k: v for k, v in line.items() if k not in ("check", "annotated")} for line in lines]
    for record in reading.records:
        assert record.as_dict() in kept
    assert len([line for line in lines if line["type"] != "leftover"]) == len(reading.records)
    assert to_lines(lines).count("\n") == len(lines)
    assert [json.loads(line) for line in to_lines(lines).splitlines()] == lines


def test_what_is_uncertain_says_so() -> None:
    reading = read_document(PLAN)
    changed: list[rec.AnyRecord] = []
    for record in reading.records:
        if isinstance(record, rec.Repair):
            record = replace(record, decided=False)
        elif isinstance(record, rec.Responsibility) and record.as_written == "区科技局":
            record = replace(record, name_basis="as_written", basis="body")
        elif isinstance(record, rec.Declaration):
            record = replace(record, found=2)
        elif isinstance(record, rec.Conflict):
            record = replace(record, confidence=0.4)
        elif isinstance(record, rec.Target) and record.value == 12:
            record = replace(record, unit=None)
        elif isinstance(record, rec.Document):
            record = replace(record, date=None, trust="damaged", trust_reasons=("甲", "乙"))
        changed.append(record)
    doubtful = replace(reading, records=tuple(changed))
    hints = {line["type"]: line["check"] for line in annotate(doubtful) if "check" in line}
    assert hints == {
        "document": "没有读到：date；文中有就补上；由推断得来：issuer (publisher)；请核对；原文有损：甲、乙",
        "target": "数值没有单位；请核对",
        "conflict": "把握不大；不是矛盾就删去此行",
        "declaration": "文中说有 3，读到 2；请数一数",
        "responsibility": "单位全称未能确定；请写出 unit_name；由行文读出，不在责任单位清单里；请核对",
        "repair": "未能断定；确需修补就把 decided 改为 true，否则删去此行",
        "leftover": "有数值而没有记录；是目标就补一行，否则删去此行",
    }
    english = [line["check"] for line in annotate(doubtful, "en") if "check" in line]
    assert len(english) == 8
    assert all(hint.isascii() for hint in english[1:])
    assert english[0].startswith("not found: date")


def test_an_undecided_repair_is_neither_asked_for_nor_an_error(tmp_path: Path) -> None:
    reading = read_document(PLAN)
    repair = next(reading.of(rec.Repair))
    others = tuple(replace(r, decided=False) if r is repair else r for r in reading.records)
    gold = tmp_path / "gold.jsonl"
    gold.write_text(to_lines(annotate(replace(reading, records=others))), "utf-8")
    for predicted in (reading, replace(reading, records=others)):
        assert evaluate_files([gold], [predicted]).figures.scores["repair"].f1 is None


def test_a_corrected_file_shows_what_was_read_wrongly(tmp_path: Path) -> None:
    reading = read_document(PLAN)
    lines = annotate(reading)
    target = next(line for line in lines if line["type"] == "target" and line["value"] == 20)
    target["comparator"] = "="
    lines = [line for line in lines if line.get("as_written") != "区科协"]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(to_lines(lines), "utf-8")
    evaluation = evaluate_files([gold], [reading])
    assert [(f.problem, f.type, f.field, f.gold, f.predicted) for f in evaluation.findings] == [
        ("differs", "target", "comparator", "=", ">="),
        ("extra", "responsibility", None, None, "区科协 support"),
    ]
