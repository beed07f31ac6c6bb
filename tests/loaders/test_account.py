"""The account of a text: every character counted once, and nothing with a figure or an office lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.account import COVERED, REASONS, Account, account, totals
from loaders.corpus import CORPUS
from loaders.read import read_document, read_text

PLAN = Path(__file__).parent.parent / "golden" / "gold" / "yard.txt"
FILES = [*sorted(CORPUS.glob("*.txt")), PLAN]


def total(found: Account) -> int:
    return found.in_records + found.passed_over + found.left


def of(text: str) -> Account:
    return account(read_text(text, "plan.txt", "0" * 64))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem[:4])
def test_the_parts_add_up_to_the_text(path: Path) -> None:
    reading = read_document(path)
    found = account(reading)
    assert total(found) == found.characters == len(reading.text)
    assert set(found.covered) == set(COVERED)
    assert set(found.skipped) == set(REASONS)
    assert all(reading.text[left.start : left.end] == left.quote for left in found.leftovers)
    assert account(reading) == found


def test_the_account_of_a_small_plan() -> None:
    found = account(read_document(PLAN))
    assert found.file == "yard.txt"
    assert [(left.cause, left.quote) for left in found.leftovers] == [
        ("unit", "依托区农业农村局的苗圃办好展示田。"),
        ("figure", "据统计现有展台7座。"),
    ]
    assert found.left == sum(len(left.quote) for left in found.leftovers)
    assert found.covered["document"] == len("青云谱区科技小院建设实施方案(2024-2026年)")
    assert found.skipped["notice"] == 0
    assert found.skipped["page"] > len("扫一扫在手机打开当前页")
    assert found.as_dict()["leftovers"][0]["cause"] == "unit"


def test_totals_are_over_all_accounts() -> None:
    found = account(read_document(PLAN))
    covered, skipped = totals([found, found])
    assert sum(covered.values()) == 2 * found.in_records
    assert sum(skipped.values()) == 2 * found.passed_over
    assert totals([]) == (dict.fromkeys(COVERED, 0), dict.fromkeys(REASONS, 0))


def test_traditional_characters_are_accounted_for_as_they_are_read() -> None:
    lines = [
        "關於推進創新發展的實施方案",
        "一、發展目標",
        "到2025年,高新技術企業達到30家。據統計現有展臺7座。",
    ]
    found = of("\n".join(lines) + "\n")
    assert found.covered["target"] > 0
    assert [left.quote for left in found.leftovers] == ["據統計現有展臺7座。"]


def test_a_clause_beside_a_record_is_not_lost() -> None:
    """The sentence holds a target, so that the reading itself does not list it."""
    found = of("试点方案\n一、目标\n到2025年,企业达到30家,按现行标准的80%收取。市科技局会同有关方面核定。\n")
    assert [(left.cause, left.quote) for left in found.leftovers] == [
        ("figure", "按现行标准的80%收取。"),
        ("unit", "市科技局会同有关方面核定。"),
    ]


def test_words_that_only_look_like_an_office_are_none() -> None:
    found = of("试点方案\n一、目标\n优化区域创新布局,构建县域发展格局,开创市场新局面,依托市政府支持。\n")
    assert found.leftovers == ()


def test_a_notice_is_told_from_the_page_and_the_plan() -> None:
    notice = "各县人民政府:现将方案印发给你们,请认真贯彻执行。"
    found = of(f"关于印发试点工作方案的通知\n\n{notice}\n\n试点工作方案\n\n一、目标\n做好试点。\n")
    assert found.skipped["notice"] == len(notice)
    assert found.skipped["page"] == 0


@settings(deadline=None, max_examples=150)
@given(st.text("一二、(）1.9家%年区科技局责任单位:,。；\n \r\u3000甲A\u2002", min_size=1, max_size=120))
def test_any_text_is_accounted_for(text: str) -> None:
    found = of("甲" + text)
    assert total(found) == found.characters == len(text) + 1
