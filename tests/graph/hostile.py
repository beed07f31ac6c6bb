"""A plan whose text breaks formats, and a store whose titles are worse than any file could make them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from graph.build import build
from graph.store import Literal, NamedNode, Quad, Store, load
from loaders.corpus import CORPUS
from ontology import vocab

PLAN = """南昌市科学技术局关于推进“=cmd|' /C calc'!A0”]]>&<b>"科技"创新的实施方案

一、总体目标
到2025年,高新技术企业达到30家。
二、重点任务
(一)=HYPERLINK("http://x")\t]]>&amp;<script>培育'企业'
1.建设@SUM(1+1)*cmd|孵化器\\n。到2025年,企业达到30家。\x0c换页\x0b\u2028行\u200b(责任单位:市科技局、=市工信局、各县区)
2.-2+3+cmd|引进\\高层次"人才",力争新增1-2家。(牵头单位:市教育局)
3.+建设高新技术产业开发区,推进国家自主创新示范区建设。(责任单位:市科技局)

南昌市科学技术局
2024年5月6日
"""
WORST = "=cmd|'!A0\"]]>&<b>\\\t\n\r\x00\x01\x07\x1b\ufffe\u2028\u202e\U0001f600 "
"""What is put before every title."""


def hostile_store(folder: Path) -> Store:
    """A real store of the plan and the provincial one, then every title in it made to begin with WORST."""
    plan = folder / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    build([plan, CORPUS / "000_5b418620c0e82b13.txt"], folder / "store")
    quads = [_worse(quad) for quad in Store.open(folder / "store").quads()]
    shutil.rmtree(folder / "store" / "graph")
    load(folder / "store" / "graph", [f"{quad} ." for quad in quads])
    records = folder / "store" / "records.jsonl"
    lines = [json.loads(line) for line in records.read_text(encoding="utf-8").split("\n") if line]
    for record in lines:
        if "title" in record:
            record["title"] = WORST + (record["title"] or "")
    records.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in lines), encoding="utf-8", newline=""
    )
    return Store.open(folder / "store")


def _worse(quad: Quad) -> Quad:
    if quad.predicate != NamedNode(vocab.dcterms_title) or not isinstance(quad.object, Literal):
        return quad
    return Quad(quad.subject, quad.predicate, Literal(WORST + quad.object.value), quad.graph_name)
