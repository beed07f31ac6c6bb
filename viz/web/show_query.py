"""The SPARQL page: an editor, and the answer as a table, a chart or a graph. Its address is the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias
from urllib.parse import urlencode

from loaders.errors import GangmuError, LimitError
from ontology.terms import VERSION
from queries.catalogue import catalogue
from queries.run import Answer
from viz.errors import in_words
from viz.messages import Lang
from viz.pages.foot import foot_of
from viz.pages.model import Label
from viz.pages.write import Frame, page_html
from viz.web import render, sparql
from viz.web.chart import BARS, chart
from viz.web.easel import Draw
from viz.web.show_answer import TRIPLES, drawing
from viz.web.site import HTML, Page
from viz.web.source import Source
from viz.web.view import Context, View
from viz.web.words import NAV, SPARQL

SHOWN: Final = 1_000
"""Rows of an answer that the page shows; files hold all."""
VIEWS: Final = {
    "table": Label("表格", "Table"),
    "chart": Label("柱状图", "Chart"),
    "graph": Label("关系图", "Graph"),
}
"""How an answer may be looked at."""
Ask: TypeAlias = Callable[[str], tuple[Answer, str | None]]


def query_page(
    source: Source, ask: Ask, lang: Lang, query: Mapping[str, str], draw: Callable[[Draw], bytes]
) -> Page:
    """The page of what stands behind `?`: `query`, or `example` of the catalogue, and `view`.

    `draw` draws a chart somewhere else; where it cannot, the page says why above the table.
    """
    example = catalogue().get(query.get("example", ""))
    text = query.get("query", "").replace("\r\n", "\n")
    chosen = query.get("view", "table") if query.get("view") in VIEWS else "table"
    context = Context(source, lang, query, True)
    result, cut, problem, status = None, None, "", 200
    if text.strip():
        try:
            result, cut = ask(text)
        except GangmuError as error:
            problem, status = in_words(error, lang), sparql.refused(error).status
    if result is not None and chosen == "graph":
        drawn = drawing(result, source.store)
        if drawn is not None:
            back = [(f"query.html?{urlencode({'query': text})}", Label("查询", "Query"), "SPARQL")]
            html = page_html(
                drawn,
                lang,
                version=VERSION,
                frame=Frame(root="../", home="", nav=(*NAV, SPARQL), here="query", steps=back),
                foot=foot_of(source.standing),
            )
            return Page(200, HTML, html.encode())
    bars = chart(result, context.say(("查询结果", "Answer"))) if result and chosen == "chart" else None
    svg = b""
    if bars is not None:
        try:
            svg = draw(bars)
        except LimitError as error:
            problem = in_words(error, lang)
    view = View(
        title=context.say(("SPARQL 查询", "SPARQL query")),
        lead=context.say(
            (
                "只读；一次查询有时间、内存和行数的限度。程序请用 /sparql（SPARQL 1.1 协议）。",
                "Read only; a query has limits of time, memory and rows. Programs use /sparql (SPARQL 1.1 "
                "Protocol).",
            )
        ),
        sections={},
        template="query.html",
        fill={
            "text": text or (example.text if example else ""),
            "wanted": text,
            "result": result,
            "rows": []
            if result is None
            else [[render.cell(value, context) for value in row] for row in result.rows[:SHOWN]],
            "cut": cut,
            "problem": problem,
            "forms": sparql.FORMS
            if result is not None and result.columns == TRIPLES
            else ("csv", "json", "xml", "tsv"),
            "views": VIEWS,
            "chosen": chosen,
            "chart": render.drawn(svg),
            "drawable": bars is not None,
            "bars": BARS,
            "catalogue": catalogue().values(),
        },
    )
    return Page(status, HTML, render.page(view, context, "query").encode())
