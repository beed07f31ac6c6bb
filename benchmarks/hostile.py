"""Hostile whole texts for the stages of reading, each of any size. No timing."""

from __future__ import annotations

from collections.abc import Callable


def _numbered(n: int, line: str) -> str:
    return "".join(line.format(i=i) for i in range(n))


def _different(n: int, line: str) -> str:
    return "".join(chr(ord("一") + i) + line for i in range(n))


TITLE = "南昌市科技创新行动方案\n"
ROW = "| 企业 | 家 | 10 | 20 |\n"
TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "one line of letters": (20_000, lambda n: "科" * n),
    "one line of spaced letters": (20_000, lambda n: "科 技" * (n // 3)),
    "one line of digits": (20_000, lambda n: "1" * n),
    "one line of years": (20_000, lambda n: "2025年" * (n // 5)),
    "one line of quotations": (20_000, lambda n: "“a” " * (n // 4)),
    "one line of open marks": (20_000, lambda n: "《(“" * (n // 3)),
    "one line of commas": (20_000, lambda n: "科," * (n // 2)),
    "one line of semicolons": (20_000, lambda n: "科;" * (n // 2)),
    "one line of full stops": (20_000, lambda n: "科。" * (n // 2)),
    "one line of tabs": (20_000, lambda n: "\t" * n + "科"),
    "20,000 short lines": (20_000, lambda n: "科技\n" * n),
    "20,000 empty lines": (20_000, lambda n: "科" + "\n" * n + "科"),
    "20,000 titles": (20_000, lambda n: "科技创新行动方案\n" * n),
    "20,000 page lines": (20_000, lambda n: "发布时间:2023年1月1日\n" * n),
    "5,000 headings": (5_000, lambda n: TITLE + _numbered(n, "{i}.推动产业\n内容。\n")),
    "5,000 headings 一、": (5_000, lambda n: TITLE + "一、推动产业创新\n内容。\n" * n),
    "5,000 headings that lost their number": (5_000, lambda n: TITLE + "、推动产业创新\n" * n),
    "5,000 steps 一是 二是": (5_000, lambda n: TITLE + "一是推进科技;" + "二是建设平台;" * n),
    "5,000 steps, each a paragraph": (5_000, lambda n: TITLE + "一是推进科技;二是建设平台。\n" * n),
    "nested labels": (5_000, lambda n: TITLE + "一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n" * (n // 5)),
    "actions": (5_000, lambda n: TITLE + _numbered(n, "({i})科技创新行动\n1.推动\n")),
    "5,000 quantities in a sentence": (5_000, lambda n: TITLE + "引进10名人才、" * n),
    "5,000 quantities in clauses": (5_000, lambda n: TITLE + "引进10名人才," * n),
    "5,000 quantities in sentences": (5_000, lambda n: TITLE + "到2025年,引进10名人才。" * n),
    "5,000 quantities in names": (5_000, lambda n: TITLE + "“10名”《10名》" * n),
    "5,000 fragments of a name": (5_000, lambda n: TITLE + "企业产值3家," + "产值3家," * n),
    "5,000 names in brackets": (5_000, lambda n: TITLE + "(1)市科技3家," * n),
    "5,000 bare quantities": (5_000, lambda n: TITLE + "10名" * n),
    "5,000 breakthroughs": (5_000, lambda n: TITLE + "零的突破" * n),
    "paired quantities": (5_000, lambda n: TITLE + "甲和乙分别达到" + "10家、" * n),
    "grants": (5_000, lambda n: TITLE + "对年产值超过8亿元的企业," * n + "给予奖励"),
    "2,000 conflicts": (2_000, lambda n: TITLE + _numbered(n, "到2025年,高新技术企业达到{i}家。\n")),
    "2,000 agreeing targets": (2_000, lambda n: TITLE + "到2025年,高新技术企业达到9家。\n" * n),
    "2,000 other years": (2_000, lambda n: TITLE + _numbered(n, "一、目标\n到20{i:02}年,高企达到9家。\n")),
    "2,000 flows and stocks": (2_000, lambda n: TITLE + "到2025年,新增企业9家。到2025年,企业达到9家。\n" * n),
    "5,000 titles cited": (5_000, lambda n: TITLE + _numbered(n, "《规划{i}》")),
    "5,000 times one title": (5_000, lambda n: TITLE + "《规划》、" * n),
    "5,000 titles nested": (5_000, lambda n: TITLE + "《" * n + "》" * n),
    "5,000 units in a list": (5_000, lambda n: TITLE + "(责任单位:" + "市科技局、" * n + ")"),
    "5,000 units, all different": (5_000, lambda n: TITLE + "(责任单位:" + _numbered(n, "市科{i}局、") + ")"),
    "5,000 lists of units": (5_000, lambda n: TITLE + "(责任单位:市科技局)" * n),
    "5,000 lists left open": (5_000, lambda n: TITLE + "(责任单位:市科技局" * n),
    "5,000 items with units": (5_000, lambda n: TITLE + _numbered(n, "{i}.推动。建设(责任单位:市科技局)\n")),
    "5,000 groups of units": (5_000, lambda n: TITLE + "(责任单位:" + "各市、县、" * n + ")"),
    "5,000 duties": (5_000, lambda n: TITLE + "由市科技局负责。" * n),
    "5,000 duties in a bracket": (5_000, lambda n: TITLE + "(市科技局负责落实)" * n),
    "brackets in brackets": (5_000, lambda n: TITLE + "(" + "(科)" * n),
    "5,000 declarations": (5_000, lambda n: TITLE + _numbered(n, "提出{i}项任务。")),
    "5,000 declarations in a sentence": (5_000, lambda n: TITLE + _numbered(n, "提出{i}项任务,")),
    "5,000 repairs": (5_000, lambda n: TITLE + "在20226月,高新技术企110家。" * n),
    "5,000 lost dates": (5_000, lambda n: "2020424\n" * n),
    "2,000 brands": (2_000, lambda n: "Bat365南昌市Bat365西湖 >\n" * n),
    "5,000 near misses": (5_000, lambda n: TITLE + _numbered(n, "技术合同额{i}亿元,技术合同{i}亿元,")),
    "5,000 other phrases": (5_000, lambda n: TITLE + _different(n, "技术合同9亿,")),
    "5,000 rows of a table": (5_000, lambda n: TITLE + "| 指标 | 单位 | 2020年 | 2025年 |\n" + ROW * n),
    "5,000 cells in a row": (5_000, lambda n: TITLE + "| 指标 | 单位 | 2020年 | 2025年 |\n" + "| 9 " * n),
    "5,000 rows of contents": (5_000, lambda n: TITLE + _numbered(n, "{i}.推动产业…………{i}\n")),
    "5,000 invisible characters": (5_000, lambda n: TITLE + "科\u200b" * n),
    "20,000 spaces inside": (20_000, lambda n: TITLE + "科" + " " * n + "科"),
    "20,000 spaces behind labels": (20_000, lambda n: TITLE + "一、A" + " " * n + "B1\n"),
    "20,000 dots behind labels": (20_000, lambda n: TITLE + "一、科" + "." * n + "科1\n"),
    "5,000 spaces behind titles": (5_000, lambda n: TITLE + "《规划》" + " " * n + "(" + " " * n),
    "traditional": (5_000, lambda n: TITLE + "國務院為發展產業" * (n // 8)),
}  # fmt: skip
"""Hostile texts by name: their size, and the text of a given size."""
