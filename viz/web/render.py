"""Views become HTML by templates that escape. No rows are fetched but those of the view's sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from graph import iris
from graph.iris import BASE
from graph.standing import Basis
from ontology.terms import VERSION
from queries.catalogue import Column
from queries.names import short_id
from queries.run import find
from viz.messages import Lang
from viz.output import OFFSETS, plain
from viz.pages import write
from viz.standing_words import standing_line, standing_rows
from viz.web import table
from viz.web.links import document_page, link
from viz.web.table import FORMS, SHOWN, SHOWN_CLOSED, SHOWN_IN_FILES, Section
from viz.web.view import Context, View
from viz.web.words import NAV, WORDS

FOLDER: Final = Path(__file__).parent
OWN: Final = ("site.css", "site.js")
STATIC: Final = (*OWN, "page.css", *write.STATIC)
"""The files that pages link to."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the page it leads to, and how wide it should be."""

    text: str
    href: str | None
    size: str


@dataclass(frozen=True, slots=True)
class Table:
    """A section as its template shows it: the rows from `first` to `last`, counted from 1, of those that fit.

    `total` rows there are, `fitting` of them hold the words `wanted`; `whole` where all stand on this page,
    so that the browser can do the filtering; `kept` is what else stands behind `?` in the address.
    """

    id: str
    title: str
    summary: str
    headers: tuple[Column, ...]
    rows: list[list[Cell]]
    first: int
    last: int
    total: int
    fitting: int
    wanted: str
    kept: Mapping[str, str]
    whole: bool
    open: bool
    files: Mapping[str, str]
    sparql: str
    edit: str | None
    earlier: str | None
    later: str | None


@cache
def environment() -> Any:
    """The templates, which escape whatever is put in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(nav=NAV, version=VERSION, csp=write.OWN_FILES)
    return made


def asset(name: str) -> bytes:
    """A file of STATIC."""
    return (FOLDER / "static" / name).read_bytes() if name in OWN else write.asset(name)


def page(view: View, context: Context, path: str) -> str:
    """The HTML of a view whose address is `LANG/path.html`."""
    tables = [_table(name, section, context, path) for name, section in view.sections.items()]
    return _render(
        view.template,
        context.lang,
        path.count("/") + 1,
        path,
        context.live,
        view=view,
        tables=tables,
        behind=[_behind(name, params, context, path) for name, params in view.behind.items()],
        query=context.query,
        pictured=context.source.pictured,
        standing=footing(context),
        **view.fill,
    )


def _behind(name: str, params: Mapping[str, Any], context: Context, path: str) -> tuple[str, str, str]:
    """A question that a page rests on: its title, its page, and its SPARQL as it was asked."""
    told = _sparql(Section(name, params), context.lang)
    return find(name).title[context.lang], f"{'../' * path.count('/')}ask/{name}.html", told


LISTED: Final = 12
"""Documents that the foot of a page lists; of more it gives the counts and leads to their page."""


@dataclass(frozen=True, slots=True)
class Footing:
    """What stands at the foot of a page: a line, documents with their pages and states, the rest as rows."""

    line: str
    documents: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[str, str], ...]
    command: str


def footing(context: Context) -> Footing:
    """What the page rests on: documents and their state, the graph's version, how to make it again."""
    standing, lang = context.source.standing, context.lang
    few = standing.documents if len(standing.documents) <= LISTED else ()
    mark = "; " if lang == "en" else "；"
    documents = tuple((d.title, document_page(iris.document(d.id)), _state(d, lang, mark)) for d in few)
    rows = [
        (label, text)
        for label, text in standing_rows(replace(standing, documents=(), later=()), lang)
        if text != standing.command
    ]
    return Footing(standing_line(standing, lang), documents, tuple(rows), standing.command)


def _state(basis: Basis, lang: Lang, mark: str) -> str:
    trust = basis.trust_en if lang == "en" else basis.trust_zh
    return mark.join((trust, *basis.reasons))


def drawn(svg: bytes) -> Any:
    """A picture as it may stand in a page: `charts` left but shapes, texts and our links in it."""
    from markupsafe import Markup

    return Markup(svg.decode())  # noqa: S704 - cleaned as XML by its drawer; a test plants what would run


def error(text: str, lang: Lang, depth: int) -> str:
    """The page of an error that stands `depth` folders below the root."""
    return _render("error.html", lang, depth, "index", True, text=text)


def step(centre: str, opened: list[str], node: str) -> str:
    """The address of the graph with one more node opened."""
    return "graph.html?" + urlencode({"node": centre, "open": "|".join([*opened, node])})


def _render(template: str, lang: Lang, depth: int, path: str, live: bool, **fill: Any) -> str:
    at = 1 if lang == "en" else 0

    def say(word: Any, **values: object) -> str:
        label = WORDS[word] if isinstance(word, str) else word
        return str(label[at]).format(**values) if values else str(label[at])

    html: str = (
        environment()
        .get_template(template)
        .render(
            lang=lang,
            say=say,
            path=path,
            live=live,
            root="../" * depth,
            home="../" * (depth - 1),
            short=short_id,
            colon=": " if at else "：",
            other="zh" if lang == "en" else "en",
            **fill,
        )
    )
    return html


def _table(name: str, section: Section, context: Context, path: str) -> Table:
    query = section.told
    found = table.answered(context.source, section, context.lang)
    wanted = context.query.get(f"find-{name}", "") if context.live else ""
    fitting = table.fitting(found.rows, wanted)
    start = f"from-{name}" in context.query or bool(wanted)
    shown = SHOWN if section.open or start else SHOWN_CLOSED
    shown = shown if context.live else SHOWN_IN_FILES
    first = _first(context.query.get(f"from-{name}", ""), len(fitting)) if context.live else 0
    rows = [dict(zip(found.columns, row, strict=True)) for row in fitting[first : first + shown]]
    kept = [c for c in query.columns if c.name not in section.hidden and not _for_programs(c.name, rows)]
    tasks = context.source.tasks
    home = "../" * path.count("/")
    cells = []
    for row in rows:
        line = []
        for column in kept:
            text = cell(row[column.name], context)
            to = link(column.name, row, context.source.documents, tasks) if text else None
            line.append(Cell(text, None if to is None else home + to, _size(text)))
        cells.append(line)
    base = path.rpartition("/")[2]
    given = {k: v for k, v in section.params.items() if isinstance(v, str)} if path.startswith("ask/") else {}
    if path == "search":
        given = {k: v for k, v in context.query.items() if k == "q"}
    behind = f"?{urlencode(given)}" if given and context.live else ""
    sparql = _sparql(section, context.lang)
    return Table(
        id=name,
        title=query.title[context.lang],
        summary=query.summary[context.lang],
        headers=tuple(kept),
        rows=cells,
        first=first + 1,
        last=first + len(rows),
        total=len(found.rows),
        fitting=len(fitting),
        wanted=wanted,
        kept={k: v for k, v in context.query.items() if k not in (f"find-{name}", f"from-{name}")},
        whole=len(found.rows) <= shown,
        open=section.open or start,
        files={form: f"{quote(base)}.{name}.{form}{behind}" for form in FORMS},
        sparql=sparql,
        edit=f"{home}query.html?{urlencode({'query': sparql})}"
        if context.live and len(sparql) < 6000 and section.made is None
        else None,
        earlier=_page(context, name, first - SHOWN) if first else None,
        later=_page(context, name, first + shown) if first + shown < len(fitting) and context.live else None,
    )


def _sparql(section: Section, lang: Lang) -> str:
    from loaders.errors import UsageError

    try:
        return table.sparql(section, lang)
    except UsageError:  # a parameter that is a name and no IRI
        return find(section.query).text


def _first(given: str, total: int) -> int:
    return min(int(given), max(0, total - 1)) if given.isascii() and given.isdigit() else 0


def _page(context: Context, name: str, first: int) -> str:
    return f"?{urlencode({**context.query, f'from-{name}': max(0, first)})}#{name}"


def _for_programs(name: str, rows: list[dict[str, Any]]) -> bool:
    values = [row[name] for row in rows]
    return name in OFFSETS or (bool(rows) and all(v is None or str(v).startswith(BASE) for v in values))


def cell(value: Any, context: Context) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return context.say(WORDS["yes"] if value else WORDS["no"])
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e6 else plain(value)
    text = plain(value)
    return short_id(text) if text.startswith(BASE) else text


def _size(text: str) -> str:
    return "brief" if len(text) <= 6 else "phrase" if len(text) <= 40 else "text"
