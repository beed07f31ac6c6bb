"""The words of the explorer in both languages. The single-file pages have theirs in viz/pages/words.py."""

from __future__ import annotations

from typing import Final

from viz.pages.model import Label

NAV: Final = (
    ("index", Label("总览", "Overview")),
    ("matrix", Label("对齐矩阵", "Alignment")),
    ("targets", Label("目标", "Targets")),
    ("units", Label("责任单位", "Units")),
    ("documents", Label("文件", "Documents")),
    ("findings", Label("矛盾与发现", "Findings")),
    ("graph", Label("关系图", "Graph")),
    ("search", Label("搜索", "Search")),
    ("questions", Label("提问", "Questions")),
)
"""The pages that each page leads to, in their order."""

WORDS: Final[dict[str, Label]] = {
    "brand": Label("纲目", "Gangmu"),
    "motto": Label("纲举目张，句句有据", "Every statement with its evidence"),
    "language": Label("English", "中文"),
    "skip": Label("跳到正文", "Skip to the content"),
    "nav": Label("页面", "Pages"),
    "sparql": Label("SPARQL", "SPARQL"),
    "footer": Label(
        "由纲目生成；本页不向任何主机请求内容。", "Made by Gangmu. This page asks no other host for anything."
    ),
    "standing": Label("依据与复现", "What this page rests on, and how to make it again"),
    "standing-more": Label("全部文件及其可信状况", "All documents, and how far each is to be trusted"),
    "again": Label("复现：", "Made again by "),
    "rows": Label("{n} 行", "{n} rows"),
    "some": Label(
        "共 {n} 行，这里是第 {first}–{last} 行；文件里有全部。",
        "Rows {first} to {last} of {n} are shown; the files hold all.",
    ),
    "earlier": Label("前面的行", "Earlier rows"),
    "later": Label("后面的行", "Later rows"),
    "none": Label("没有符合的内容。", "There is nothing of this kind."),
    "files": Label("下载", "Files"),
    "query": Label("所用的查询", "The query behind it"),
    "edit": Label("在 SPARQL 页打开", "Open it on the SPARQL page"),
    "filter": Label("筛选本页的行", "Filter the rows of this page"),
    "filtered": Label("{n} 行符合", "{n} rows match"),
    "document-text": Label("正文", "Text"),
    "legend": Label("图例", "Legend"),
    "evidence": Label("依据", "Evidence"),
    "confidence": Label("置信度", "Confidence"),
    "reasons": Label("理由", "Reasons"),
    "status": Label("状态", "Status"),
    "upper": Label("上级方案", "Upper plan"),
    "lower": Label("地方文件", "Local documents"),
    "open-text": Label("在原文中看", "Read it in its document"),
    "uncovered": Label("未见对应", "No counterpart"),
    "alternative": Label("备选，第 {n} 位", "alternative, rank {n}"),
    "first-choice": Label("首选", "first choice"),
    "yes": Label("是", "yes"),
    "no": Label("否", "no"),
    "outline": Label("目录", "Outline"),
    "search": Label("搜索", "Search"),
    "search-hint": Label("名称、指标、单位，或拼音首字母", "Name, indicator, unit, or initials in pinyin"),
    "found": Label("找到 {n} 项", "{n} found"),
    "found-some": Label("找到 {n} 项，列出前 {shown} 项", "{n} found, the first {shown} are listed"),
    "kind": Label("类型", "Kind"),
    "name": Label("名称", "Name"),
    "where": Label("所在", "Where"),
    "ask": Label("提问", "Ask"),
    "parameters": Label("参数", "Parameters"),
    "every": Label("不限", "any"),
    "question": Label("问题", "Question"),
    "answers": Label("回答", "Answers"),
    "run": Label("运行", "Run"),
    "sparql-label": Label("SPARQL 查询", "SPARQL query"),
    "examples": Label("例子：目录里的问题", "Examples: the questions of the catalogue"),
    "prefixes": Label(
        "常用前缀已经知道，不用声明。", "The usual prefixes are known and need not be declared."
    ),
    "share": Label("这个地址就是这次查询，可以转发。", "The address of this page is the query; pass it on."),
    "cut-rows": Label("结果太长，只取了前 {n} 行。", "The answer is too long: only its first {n} rows."),
    "cut-bytes": Label("结果太大，只取了前 {n} 行。", "The answer is too large: only its first {n} rows."),
    "left-out": Label(
        "离得近而没有画出的有 {n} 个，见下面的列表。",
        "{n} more stand near and are not drawn; the list has them.",
    ),
    "step": Label("打开", "Open"),
    "picture-of": Label("看图", "Picture"),
    "pictures": Label("整图", "Whole pictures"),
    "error": Label("出错", "Error"),
    "home": Label("回到总览", "Back to the overview"),
    "year": Label("年", "year"),
    "no-year": Label("无期限", "no deadline"),
    "answered-by": Label("有对应的地区", "Jurisdictions with a counterpart"),
    "of": Label("{n} / {all}", "{n} of {all}"),
    "declared": Label("自报与读到", "Declared and found"),
    "leftover": Label("未归入记录的文字", "Text that ended in no record"),
}
