"""Pages to find things: search, the catalogue of questions, and one question with its parameters."""

from __future__ import annotations

from functools import lru_cache

from loaders.errors import UsageError
from queries.catalogue import GROUPS, Query, catalogue
from viz.web.search import KINDS, Entry, index, search
from viz.web.source import Source
from viz.web.table import Section
from viz.web.view import Context, View

LISTED = 200
"""Entries that a search lists."""
WRITTEN = 5_000
"""Entries that the search page of static files holds, where the browser does the searching."""


@lru_cache(maxsize=4)
def _index(source: Source) -> list[Entry]:
    return index(source)


def find(context: Context) -> View:
    """What the words behind `?q=` find; all there is, for the browser to search, in static files."""
    wanted = context.query.get("q", "").strip()
    entries = _index(context.source)
    if context.live:
        hits = search(entries, wanted) if wanted else []
        shown = hits[:LISTED]
    else:
        hits = entries
        shown = entries[:WRITTEN]
    return View(
        title=context.say(("搜索：条目、目标、单位、文件", "Search: items, targets, units, documents")),
        lead=context.say(
            (
                "输入名称的一部分，或拼音首字母（如 gxjsqy 找“高新技术企业”）；几个词之间是“并且”。",
                "Type a part of a name, or the initials of its pinyin (gxjsqy finds "
                "高新技术企业); several words all "
                "have to occur.",
            )
        ),
        template="search.html",
        sections={},
        fill={"wanted": wanted, "hits": shown, "found": len(hits), "kinds": KINDS},
    )


def questions(context: Context) -> View:
    """The catalogue: every question, with what it asks for."""
    groups = [(title, [q for q in catalogue().values() if q.group == name]) for name, title in GROUPS.items()]
    return View(
        title=context.say(("提问：目录里的问题", "Questions: the catalogue")),
        lead=context.say(
            (
                "每个问题都有自己的页，可填参数，结果能下载；程序用 /api/queries。",
                "Each question has its own page, takes parameters and gives its answer "
                "as files; programs use "
                "/api/queries.",
            )
        ),
        template="questions.html",
        sections={},
        fill={"groups": groups},
    )


def ask(context: Context, name: str) -> View:
    """One question of the catalogue with the parameters of the address; UsageError for another name."""
    if name not in catalogue():
        raise UsageError(
            f"question {name}", "is not in the catalogue", "choose one on the page questions.html"
        )
    query = catalogue()[name]
    return View(
        title=query.title[context.lang],
        lead=query.summary[context.lang],
        template="ask.html",
        sections={"answer": Section(name, given(query, context))},
        fill={"question": query, "given": given(query, context)},
    )


def given(query: Query, context: Context) -> dict[str, str]:
    """The parameters of a question that the address holds; UsageError for one that it does not take."""
    paging = ("from-", "find-")
    values = {name: value for name, value in context.query.items() if value and not name.startswith(paging)}
    for name in values:
        query.parameter(name)
    return {name: value for name, value in values.items() if name != "lang"}
