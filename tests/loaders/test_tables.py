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


TASKS = """宜春市科技创新行动方案

一、保障措施

(一)加强领导。市科技局负责统筹。

本方案自2023年6月1日起施行。

附件:任务分工表

序号\t工作任务\t牵头单位\t配合单位\t完成时限
1\t建立科技型企业库\t市科技局\t市工信局、市税务局\t2023年12月
2\t培育高新技术企业300家\t市科技局\t市财政局\t2024年6月
"""


def test_a_table_of_tasks_gives_items_with_units_by_role_and_the_deadline_of_the_row() -> None:
    reading = read_text(TASKS, "表.txt", "0" * 64)
    items = {item.id: item for item in reading.of(rec.Item)}
    assert [(i.path, i.label, i.title) for i in items.values() if i.path.startswith("表")] == [
        ("表1.1", "1", "建立科技型企业库"),
        ("表1.2", "2", "培育高新技术企业300家"),
    ]
    owed = [
        (items[r.item].path, r.role, r.as_written) for r in reading.of(rec.Responsibility) if r.item in items
    ]
    assert owed == [
        ("一(一)", "responsible", "市科技局"),
        ("表1.1", "lead", "市科技局"),
        ("表1.1", "support", "市工信局"),
        ("表1.1", "support", "市税务局"),
        ("表1.2", "lead", "市科技局"),
        ("表1.2", "support", "市财政局"),
    ]
    (target,) = reading.of(rec.Target)
    assert (target.value, target.deadline_end, items[target.item or ""].path) == (300.0, 2024, "表1.2")
    assert not reading.leftovers


def test_an_item_ends_before_the_paragraph_that_closes_the_plan() -> None:
    reading = read_text(TASKS, "表.txt", "0" * 64)
    safeguard = next(i for i in reading.of(rec.Item) if i.path == "一(一)")
    assert safeguard.quote.endswith("市科技局负责统筹。")
