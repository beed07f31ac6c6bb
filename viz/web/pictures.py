"""Pages that are pictures: which there are, what their tables hold as data, and the questions behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from loaders.errors import UsageError
from ontology.terms import VERSION
from queries.catalogue import Column
from queries.names import as_iris
from queries.run import find
from viz.pages.alignment import alignment_page
from viz.pages.citations import citations_page
from viz.pages.document import document_page
from viz.pages.foot import foot_of
from viz.pages.model import Label, Page
from viz.pages.plan import Plan
from viz.pages.units import units_page
from viz.pages.write import Behind, Frame, page_html
from viz.web import render, show_graph
from viz.web.links import key
from viz.web.table import FORMS, Made, Section
from viz.web.view import Context, View
from viz.web.words import NAV, SPARQL

ROWS: Final = "rows"
"""The name in addresses of a picture's table."""
QUESTIONS: Final[Mapping[str, Sequence[str]]] = {
    "alignment": (
        *("alignment-matrix", "alignment-by-task", "abstentions", "coverage-summary"),
        *("documents", "plan-tree", "unit-items"),
    ),
    "units": (
        *("units", "unit-items", "unit-load", "targets", "documents", "plan-tree", "alignment-by-task"),
    ),
    "citations": ("citations", "documents"),
    "document": (
        *("plan-tree", "targets", "unit-items", "conflicts", "declared-found", "trust"),
        *("documents", "alignment-by-task"),
    ),
    "graph": ("beside",),
}
"""The named questions whose rows a picture draws as boxes and lines."""
WHOLE: Final[Mapping[str, Callable[[Plan], Page]]] = {
    "alignment": alignment_page,
    "units": units_page,
    "citations": citations_page,
}
"""Pictures of everything, by their names in addresses; any other name is a document's."""
Step = tuple[str, Label, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: its page, what can be opened from it, the questions behind it and what they are about."""

    page: Page
    steps: Sequence[Step]
    questions: Sequence[str]
    params: Mapping[str, Any]


def drawn(context: Context, path: str) -> Drawn:
    """The picture of an address, `graph` or `picture/NAME`; UsageError where there is none."""
    if path == "graph":
        page, steps = _graph(context)
        return Drawn(page, steps, QUESTIONS["graph"], {"thing": [_iri(node.id) for node in page.nodes]})
    plan, name = context.source.plan, path.partition("/")[2]
    if name in WHOLE:
        if not context.source.pictured:
            problem = f"would hold {len(context.source.documents)} documents"
            raise UsageError(
                f"page {path}", problem, "open the picture of one document, on the page documents.html"
            )
        return Drawn(WHOLE[name](plan), (), QUESTIONS[name], {})
    for iri, document in context.source.documents.items():
        if key(iri) == name:
            return Drawn(document_page(plan, document), (), QUESTIONS["document"], {"document": iri})
    raise UsageError(f"page {path}", "does not exist", "begin on the page index.html")


def view(context: Context, path: str, made: Drawn) -> View:
    """The page of a picture, and its table as data."""
    page = made.page
    return View(
        title=context.say(page.title),
        lead=context.say(page.lead),
        sections={ROWS: Section(page.name, made=_table(made, context))},
        picture=partial(_html, context, path, made),
    )


def _graph(context: Context) -> tuple[Page, list[Step]]:
    asked = context.query.get("node", "")
    opened = [node for node in context.query.get("open", "").split("|") if node]
    centre = next(iter(as_iris(asked)), asked) if asked else show_graph.start(context.source)
    page, near = show_graph.around(context.source.store, centre, [next(iter(as_iris(n)), n) for n in opened])
    return page, [(render.step(asked, opened, node), kind, label) for node, kind, label in near]


def _html(context: Context, path: str, made: Drawn) -> str:
    home = "../" * path.count("/")
    base = path.rpartition("/")[2]
    given = f"?{urlencode(context.query)}" if context.live and context.query else ""
    frame = Frame(
        root=f"../{home}",
        home=home,
        nav=(*NAV, SPARQL) if context.live else NAV,
        here=path,
        steps=made.steps if context.live else (),
        files={form: f"{base}.{ROWS}.{form}{given}" for form in FORMS},
        behind=tuple(_behind(context, home, name, made.params) for name in made.questions),
    )
    foot = foot_of(context.source.standing)
    return page_html(made.page, context.lang, version=VERSION, frame=frame, foot=foot)


def _behind(context: Context, home: str, name: str, params: Mapping[str, Any]) -> Behind:
    """A question behind a picture, as it was asked, and its page."""
    query = find(name)
    taken = {parameter.name for parameter in query.parameters}
    lang = {"lang": context.lang} if "lang" in taken else {}
    text = query.bind({**lang, **{k: v for k, v in params.items() if k in taken}})
    return Behind(Label(query.title["zh"], query.title["en"]), f"{home}ask/{name}.html", text)


def _table(made: Drawn, context: Context) -> Made:
    """The table of a picture in the language of the page, with the IRIs of the things of each row."""
    page = made.page
    things = max((len(row.nodes) for row in page.rows), default=0)
    labels = [*page.headers, *(Label(f"标识 {n + 1}", f"Id {n + 1}") for n in range(things))]
    names: list[str] = []
    for label in labels:
        name = re.sub(r"[^a-z0-9]+", "_", label.en.lower()).strip("_")
        names.append(f"{name}_{len(names) + 1}" if name in names else name)
    rows = tuple(
        (
            *(cell if isinstance(cell, str) else context.say(cell) for cell in row.cells),
            *(_iri(row.nodes[n]) if n < len(row.nodes) else None for n in range(things)),
        )
        for row in page.rows
    )
    return Made(
        title={"zh": page.title.zh, "en": page.title.en},
        summary={"zh": page.lead.zh, "en": page.lead.en},
        columns=tuple(
            Column(name, {"zh": label.zh, "en": label.en}) for name, label in zip(names, labels, strict=True)
        ),
        rows=rows,
        command="\n\n".join(b.text for b in (_behind(context, "", n, made.params) for n in made.questions)),
    )


def _iri(node: str) -> str:
    return next(iter(as_iris(node)), node)
