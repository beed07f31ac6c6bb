"""Tables of indicators become targets with their baselines."""

from __future__ import annotations

from loaders import records as rec
from loaders.read import read_text

TABLE = """江西省科技创新规划

一、主要目标

科技创新主要指标如下表。

序号\t指标\t单位\t2020年\t2025年\t属性
1\t研究与试验发展经费投入强度\t%\t1.68\t≥2.6\t预期性
2\t高新技术企业数\t家\t5,595\t10,000\t预期性
3\t技术合同成交额(亿元)\t-\t233.4\t500左右\t预期性
4\t单位GDP能耗降低\t%\t—\t[14.5]\t约束性

全社会研发经费支出年均增长10%以上。
"""


def test_a_table_of_indicators_gives_targets_with_baselines() -> None:
    reading = read_text(TABLE, "表.txt", "0" * 64)
    targets = list(reading.of(rec.Target))
    rows = [
        (t.indicator, t.comparator, t.value, t.unit, t.deadline_end, t.baseline_year, t.baseline_value)
        for t in targets
    ]
    assert rows == [
        ("R&D经费支出占GDP比重", ">=", 2.6, "%", 2025, 2020, 1.68),
        ("国家高新技术企业数", "=", 10000.0, "家", 2025, 2020, 5595.0),
        ("技术合同登记额", "~", 500.0, "亿元", 2025, 2020, 233.4),
        ("单位GDP能耗降低", "=", 14.5, "%", 2025, None, None),
        ("全社会研发经费支出年均增速", ">=", 10.0, "%", None, None, None),
    ]
    for target in targets:
        assert reading.text[target.start : target.end] == target.quote


def test_a_table_of_other_things_gives_none() -> None:
    text = "某市工作要点\n\n一、分工\n\n序号\t单位\t电话\t人数\n1\t市科技局\t100\t3\n2\t市财政局\t200\t4\n"
    assert not list(read_text(text, "表.txt", "0" * 64).of(rec.Target))
