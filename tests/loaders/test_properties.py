"""What holds of the reading of any text whatever: evidence, ids, references, round trips, bounded work."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile import TEXTS
from loaders import records as rec
from loaders.errors import InputError
from loaders.read import read_text
from loaders.records import Reading, to_jsonl
from loaders.repair import find_damage
from loaders.view import Edit, View

CLASSES: dict[str, type[rec.Record]] = {
    c.type: c
    for c in (
        rec.Document,
        rec.Section,
        rec.Item,
        rec.Target,
        rec.Responsibility,
        rec.Citation,
        rec.Declaration,
        rec.Repair,
        rec.Conflict,
    )
}
TITLES = st.sampled_from(
    [
        "南昌市科技创新行动方案(2023-2025年)",
        "某县2024年工作要点",
        "关于印发《某市人才规划》的通知",
        "《方案》解读",
    ]
)
LABELS = st.sampled_from(
    ["一、", "二、", "（一）", "(二)", "1.", "2、", "（1）", "①", "第一章 ", "一是", "二是", "、", ""]
)
NAMES = st.sampled_from(
    ["总体要求", "重点任务", "科技创新行动", "保障措施", "培育企业", "建设平台", "背景", "人才引育"]
)
CLAUSES = st.sampled_from(
    [
        "到2025年,高新技术企业达到{n}家",
        "力争新增{n}家、培育{n}个",
        "研发投入增长{n}%以上",
        "R&D经费占GDP比重由2020年的{n}%提高到{n}%",
        "实现省级实验室零的突破",
        "引进{n}-{n}0名高层次人才",
        "甲、乙分别达到{n}家和{n}个",
        "每年不少于{n}场次",
        "贯彻落实《关于科技的意见》（赣发〔2022〕{n}号）",
        "根据《规划》和《〈条例〉办法》",
        "由市科技局牵头负责",
        "各县（区）、开发区要高度重视科技工作",
        "明确了{n}项任务、6大行动",
        "（责任单位：市科技局、市发改委；配合单位：各县（区）人民政府）",
        "推进科 技“创 新”,20226月底前完成",
        "“十四五””时期,高新技术企{n}家",
        "翻一番,突破{n}万元",
    ]
)
LINES = st.builds(
    lambda label, name, clauses, stop, n: (
        label + name + "。" * stop + ",".join(clauses).replace("{n}", str(n)) + "。"
    ),
    LABELS,
    st.one_of(NAMES, st.just("")),
    st.lists(CLAUSES, max_size=4),
    st.integers(0, 1),
    st.integers(0, 300),
)
PLANS = st.builds(
    lambda title, lines: "\n".join(["发布机构：某市科技局 发布日期：2023-04-11", title, *lines]),
    TITLES,
    st.lists(LINES, max_size=9),
)
MARKS = (
    "一二三十是要、。，,;；:：()（）“”《》〈〉【】〔〕 \n\r\t\u3000\u2002\u200b\ufeff\ufffd"
    "|年月日20256家%‰亿万达到力争责任单位市局科技企业R&DBat365-—…·.①第章"
)
NOISE = st.text(
    st.one_of(st.sampled_from(MARKS), st.characters(exclude_categories=["Cs", "Cc"])), max_size=150
)
TEXTS_OF_ALL_KINDS = st.one_of(PLANS, NOISE, st.builds(lambda a, b: a + b, PLANS, NOISE)).filter(
    lambda text: any(c.isalnum() for c in text)
)
MAY_BE_EMPTY = {"title", "repaired"}  # a heading of nothing but its label has no title
BOUNDED = settings(max_examples=50, deadline=None)


def read(text: str, name: str = "any.txt") -> Reading:
    return read_text(text, name, "0" * 64)


@BOUNDED
@given(TEXTS_OF_ALL_KINDS)
def test_evidence_and_references_hold(text: str) -> None:
    reading = read(text)
    assert reading.text == text
    for record in reading.records:
        assert record.quote
        assert text[record.start : record.end] == record.quote
        assert record.document == reading.document.id
    for start, end in reading.leftovers:
        assert 0 <= start < end <= len(text)
    ids = [record.id for record in reading.records]
    assert len(set(ids)) == len(ids)
    sections, items, targets = ({r.id for r in reading.of(c)} for c in (rec.Section, rec.Item, rec.Target))
    for section in reading.of(rec.Section):
        assert section.parent is None or section.parent in sections
    for item in reading.of(rec.Item):
        assert item.parent is None or item.parent in items
        assert item.section is None or item.section in sections
    for target in reading.of(rec.Target):
        assert target.item is None or target.item in items
        assert target.section is None or target.section in sections
        assert target.value_max is None or target.value_max > target.value
    for duty in reading.of(rec.Responsibility):
        assert duty.item is None or duty.item in items
    for conflict in reading.of(rec.Conflict):
        assert set(conflict.targets) <= targets


@BOUNDED
@given(TEXTS_OF_ALL_KINDS)
def test_records_survive_json_and_readings_repeat(text: str) -> None:
    reading = read(text)
    lines = to_jsonl(reading.records).split("\n")[:-1]
    assert len(lines) == len(reading.records)
    for line, record in zip(lines, reading.records, strict=True):
        row = json.loads(line)
        kind = CLASSES[row.pop("type")]
        assert set(row) == {f.name for f in fields(kind)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        assert kind(**values) == record
        assert [key for key, value in row.items() if value == "" and key not in MAY_BE_EMPTY] == []
    assert read(text) == reading
    assert [r.id for r in read(text, "other.txt").records] == [r.id for r in reading.records]


@BOUNDED
@given(
    PLANS,
    st.lists(st.sampled_from(["附则", "坚持稳中求进", "请认真执行", "形成合力"]), min_size=1, max_size=3),
)
def test_a_paragraph_at_the_end_leaves_ids_as_they_are(text: str, words: list[str]) -> None:
    before, after = (
        read(text + "\n三、实施\n加强领导。"),
        read(text + "\n三、实施\n加强领导。\n" + ",".join(words) + "。"),
    )
    assert [r.id for r in before.records if r.id not in {x.id for x in after.records}] == []


@BOUNDED
@given(st.text(max_size=200))
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    folded = View(text).text
    assert len(folded) == len(text)
    assert View(folded).text == folded


@BOUNDED
@given(st.text("ab \n科技“。", max_size=30), st.data())
def test_spans_of_a_view_follow_the_text(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    edits = [
        Edit(min(a, b), max(a, b), new)
        for a, b, new in data.draw(
            st.lists(st.tuples(places, places, st.sampled_from(["", "x", "科技"])), max_size=4)
        )
    ]
    view = View(text, edits)
    last = 0
    for at in range(len(view.text)):
        if not view.text[at].isspace() and text:
            start, end = view.span(at, at + 1)
            assert 0 <= start < end <= len(text)
            assert last <= start or end == last
            last = start
    if not edits:
        assert view.text == View(text).text


@BOUNDED
@given(TEXTS_OF_ALL_KINDS)
def test_damages_are_in_order_and_do_not_overlap(text: str) -> None:
    found = find_damage(text)
    assert found == sorted(found)
    for one, other in pairwise(found):
        assert one.end <= other.start
    for damage in found:
        assert 0 <= damage.start <= damage.end <= len(text)
        assert 0 < damage.confidence <= 1


class Counted:
    """Counts calls, of Python and of C, while it is switched on: work without a clock."""

    def __init__(self) -> None:
        self.calls = 0

    def _count(self, _frame: FrameType, event: str, _argument: object) -> None:
        self.calls += event in {"call", "c_call"}

    def of(self, text: str) -> int:
        self.calls, before = 0, sys.getprofile()
        sys.setprofile(self._count)
        try:
            read(text)
        except InputError:
            pass
        finally:
            sys.setprofile(before)
        return self.calls


@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_text_and_not_faster(name: str) -> None:
    make = TEXTS[name][1]
    work = Counted()
    work.of(make(40))  # what is loaded once is loaded now
    small, middle, large = (work.of(make(n)) for n in (50, 100, 200))
    assert large - middle < 3 * (middle - small) + 1000
