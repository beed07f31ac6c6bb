"""Gold files: what is wrong in one is named by file, line and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from loaders.errors import InputError
from loaders.evaluate import evaluate, evaluate_files

DOCUMENT = {"type": "document", "id": "d", "source_file": "plan.txt"}
TARGET: dict[str, Any] = {
    "type": "target",
    "id": "t",
    "document": "d",
    "quote": "企业10家",
    "start": 3,
    "end": 8,
    "comparator": "=",
    "value": 10,
    "unit": "家",
}
TEXT = "新增，企业10家。另有企业10家。"


def write(path: Path, *lines: object) -> Path:
    path.write_text(
        "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), "utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("lines", "place", "problem"),
    [
        (['{"type": "target"\n'], ":1", "is no JSON at character"),
        (["[1]\n"], ":1", "is JSON, but no object"),
        (['{"id": "x"}\n'], ":1", "has no `type`"),
        (['{"type": "document", "id": "d", "source_file": NaN}\n'], ":1", "holds what no record can hold"),
        (
            ['{"type": "document", "id": "\\ud800", "source_file": "a"}\n'],
            ":1",
            "holds what no record can hold",
        ),
        (["[" * 100_000 + "\n"], ":1", "holds what no record can hold"),
        (
            ['{"type": "document", "id": "d", "n": ' + "9" * 5000 + "}\n"],
            ":1",
            "holds what no record can hold",
        ),
        ([{"type": "document", "id": "d"}], ":1", "document without `source_file`"),
        ([DOCUMENT, "\n", {**TARGET, "document": "e"}], ":3", "belongs to document 'e'"),
        ([DOCUMENT, {**TARGET, "value": "10"}], ":2", "`value` is '10'; give a number, or null"),
        ([DOCUMENT, {**TARGET, "value": None}], ":2", "target without `value`; add it"),
        ([DOCUMENT, {**TARGET, "start": -1}], ":2", "`start` is -1; give a whole number from 0 on"),
        ([DOCUMENT, {**TARGET, "unit": ""}], ":2", "`unit` is ''; give a text that is not empty"),
        ([DOCUMENT, {**TARGET, "unit_alt": "户"}], ":2", "`unit_alt` is '户'; give a list of values"),
        ([DOCUMENT, {**TARGET, "value_alt": ["户"]}], ":2", "`value` is '户'"),
        ([DOCUMENT, {**TARGET, "growth": 1}], ":2", "`growth` is 1; give true or false"),
        ([DOCUMENT, {**TARGET, "quote": 1}], ":2", "`quote` is 1; give a text or null"),
        ([DOCUMENT, TARGET, TARGET], ":3", "id 't' stands at"),
        ([DOCUMENT, {**DOCUMENT, "id": "e"}], ":2", "document 'e' (plan.txt) stands at"),
        (
            [DOCUMENT, {"type": "conflict", "id": "c", "document": "d", "kind": "value", "targets": ["t"]}],
            ":2",
            "`targets` is ['t']; give a list of two target ids",
        ),
        (
            [DOCUMENT, {"type": "alignment", "id": "a", "document": "d", "subject": "t"}, TARGET],
            ":2",
            "`subject` 't' is no item",
        ),
        ([TARGET], ":1", "belongs to document 'd'"),
        ([{"type": "leftover"}], "gold.jsonl", "holds no document record"),
        ([], "gold.jsonl", "holds no document record"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, lines: list[object], place: str, problem: str) -> None:
    path = write(tmp_path / "gold.jsonl", *lines)
    with pytest.raises(InputError) as caught:
        evaluate_files([path], [])
    message = str(caught.value)
    assert place in caught.value.what
    assert problem in message
    assert "\n" not in message


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.jsonl"):
        evaluate_files([tmp_path / "nothing.jsonl"], [])
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(json.dumps(DOCUMENT).encode() + b"\n" + b'{"\xff"}')
    with pytest.raises(InputError, match=r"gbk\.jsonl:2: is not UTF-8 at byte 3 of the line"):
        evaluate_files([path], [])


def test_marks_and_line_ends_of_editors_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = "\r\n".join(json.dumps(line) for line in (DOCUMENT, TARGET))
    path.write_bytes(b"\xef\xbb\xbf" + lines.encode())
    assert evaluate_files([path], [DOCUMENT, TARGET]).figures.scores["target.strict"].f1 == 1.0


def test_a_wrong_quote_is_an_error_that_says_where_it_stands(tmp_path: Path) -> None:
    moved = {**TARGET, "start": 9, "end": 14}
    path = write(tmp_path / "gold.jsonl", DOCUMENT, moved)
    with pytest.raises(InputError, match=r"gold\.jsonl:2: .*9-14 of plan.txt; write start 11 and end 16"):
        evaluate_files([path], [DOCUMENT], {"plan.txt": TEXT})
    foreign = {**TARGET, "quote": "企业11家"}
    path = write(tmp_path / "gold.jsonl", DOCUMENT, foreign, {**foreign, "id": "u"})
    with pytest.raises(InputError, match=r":2: .*\(nor on 1 further lines\); copy the quote from the text"):
        evaluate_files([path], [DOCUMENT], {"plan.txt": TEXT})
    other = {**DOCUMENT, "sha256": "a"}
    with pytest.raises(InputError, match="another version than was annotated"):
        evaluate([{**DOCUMENT, "sha256": "b"}, moved], [other], {"plan.txt": TEXT})


def test_gold_given_as_objects_is_checked_too() -> None:
    with pytest.raises(InputError, match="gold record 2: target without `value`"):
        evaluate([DOCUMENT, {**TARGET, "value": None}], [])
    with pytest.raises(InputError, match="predicted record 2: `value` is '10'"):
        evaluate([DOCUMENT, TARGET], [DOCUMENT, {**TARGET, "value": "10"}])


def test_what_a_gold_file_may_leave_open() -> None:
    other = {**TARGET, "comparator": ">=", "unit": "户", "value": 10.0, "growth": True}
    strict = {**TARGET, "growth": False}
    wrong = evaluate([DOCUMENT, strict], [DOCUMENT, other]).figures
    assert (wrong.scores["target.loose"].f1, wrong.scores["target.strict"].f1) == (1.0, 0.0)
    tolerant = {**strict, "comparator_alt": [">="], "unit_alt": [None, "户"], "not_scored": ["growth"]}
    assert evaluate([DOCUMENT, tolerant], [DOCUMENT, other]).figures.scores["target.strict"].f1 == 1.0
    optional = evaluate([DOCUMENT, {**strict, "optional": True}], [DOCUMENT, other])
    assert optional.figures.scores["target.loose"].f1 is None
    assert [f for f in optional.findings if f.type == "target"] == []
    without = evaluate([{**DOCUMENT, "annotated": ["section"]}, strict], [DOCUMENT])
    assert without.figures.scores["target.loose"].f1 is None


def test_predictions_of_other_documents_may_share_a_file_name() -> None:
    others = [{**DOCUMENT, "id": name, "source_file": "other.txt"} for name in "ab"]
    assert evaluate([DOCUMENT, TARGET], [DOCUMENT, TARGET, *others]).figures.scores["target.loose"].f1 == 1.0
    with pytest.raises(InputError, match=r"document 'e' \(plan.txt\) stands at predicted record 1 too"):
        evaluate([DOCUMENT, TARGET], [DOCUMENT, {**DOCUMENT, "id": "e"}])
