"""Leaves, zones and title spans of items."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.gold import write_reading
from graph.align_text import Surroundings, leaves, normalise, title_span
from loaders.records import Item


def only(row: dict[str, Any]) -> tuple[Item, str]:
    reading = write_reading("d", [row])
    return next(reading.of(Item)), reading.text


@pytest.mark.parametrize(
    ("label", "title", "text", "quote"),
    [
        ("1.", "做好甲事", "1.做好甲事。正文。", "1.做好甲事"),
        ("（一）", "做好甲事", "（一） 做好 甲事。正文", "（一） 做好 甲事"),
        ("1.", "做好甲事", "1.做好事。正文", "1.做好事"),
        ("一是", "做好甲事", "  一是做好甲事,做好乙事。", "一是做好甲事"),
        (None, "做好甲事", "做好甲事实施乙事。", "做好甲事"),
        (None, "“甲+乙”模式", "“甲 乙”模式", "“甲 乙”模式"),
        ("2.", "做好甲事", "2 做好甲事。正文", "2 做好甲事"),
    ],
)
def test_title_span(label: str | None, title: str, text: str, quote: str) -> None:
    item, source = only({"label": label, "title": title, "text": text})
    start, end = title_span(item)
    assert source[start:end] == quote


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_title_span_is_never_empty(title: str, body: str) -> None:
    item, source = only({"title": title, "text": title + body})
    start, end = title_span(item)
    assert item.start <= start < end <= item.end
    assert source[start:end].strip()


def test_leaves_by_parent_and_by_span() -> None:
    rows = [
        {"title": "甲", "id": "d:item:a"},
        {"title": "乙", "parent": "d:item:a"},
        {"title": "丙", "text": "丙。含丁。"},
    ]
    reading = write_reading("d", rows)
    inside = write_reading(
        "d", [{"title": "丙", "text": "丙。含丁。"}, {"title": "丁", "start": 2, "end": 4}]
    )
    assert [item.title for item in leaves(reading)] == ["乙", "丙"]
    assert [item.title for item in leaves(inside)] == ["丁"]


def test_duties_and_citations_are_kept_apart() -> None:
    body = "落实《科技条例》,培育企业。(责任单位:区中小企业服务局、 各街道)"
    reading = write_reading("d", [{"label": "1.", "title": "培育企业", "body": body}])
    part = Surroundings(reading).zones(next(reading.of(Item)))
    assert "中小企业" not in part.body
    assert part.cited == "《科技条例》"
    assert part.title == "培育企业"
    assert part.body.startswith("落实")


def test_context_is_the_titles_above() -> None:
    rows = [{"title": "搭建平台", "id": "d:item:a", "kind": "task"}, {"title": "乙", "parent": "d:item:a"}]
    reading = write_reading("d", rows)
    assert Surroundings(reading).zones(leaves(reading)[0]).context == "搭建平台"


def test_normalise() -> None:
    assert normalise("Ｒ＆Ｄ 经费\u2002（一）") == "R&D经费(一)"
