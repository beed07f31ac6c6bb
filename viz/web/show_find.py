"""Pages to find things: search, the catalogue of questions, and one question with its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from loaders.errors import UsageError
from queries.catalogue import GROUPS, Column, Query, catalogue
from viz.web.search import ASKED, KINDS, Entry, index, search
from viz.web.source import Source
from viz.web.table import Made, Section, sparql
from viz.web.view import Context, View

LISTED = 200
"""Entries that a search lists."""
WRITTEN = 5_000
"""Entries that the search page of static files holds, where the browser does the searching."""

COLUMNS = (
    Column("kind", {"zh": "类型", "en": "Kind"}),
    Column("name", {"zh": "名称", "en": "Name"}),
    Column("where", {"zh": "所在", "en": "Where"}),
    Column("thing", {"zh": "标识", "en": "Id"}),
)
"""What the files of a search hold."""


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
        sections={"found": Section("search", made=_made(context, hits, wanted), open=False)} if hits else {},
        behind={name: {} for name in ASKED},
        fill={"wanted": wanted, "hits": shown, "found": len(hits), "kinds": KINDS},
    )


def _made(context: Context, hits: Sequence[Entry], wanted: str) -> Made:
    """What was found, as rows."""
    rows = tuple((context.say(KINDS[hit.kind]), hit.name, hit.where, hit.iri) for hit in hits)
    command = "\n\n".join(sparql(Section(name), context.lang) for name in ASKED)
    return Made(
        title={"zh": f"搜索结果 {wanted}".strip(), "en": f"Found {wanted}".strip()},
        summary={"zh": "找到的全部内容。", "en": "Everything that was found."},
        columns=COLUMNS,
        rows=rows,
        command=command,
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
