"""All pages by their addresses, as bytes: what `serve` answers and `publish` writes. Knows no HTTP.

An address is `LANG/PAGE.html`, and `LANG/PAGE.SECTION.FORM` for the data of a section or, where FORM is
`svg`, the chart above it; `static/NAME` are the files that pages link to. Everything but what stands behind
`?` is the same in static files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph.audit_rules import RULES
from loaders.errors import GangmuError, LimitError, UsageError
from queries.catalogue import catalogue
from viz.errors import in_words
from viz.messages import Lang
from viz.pages.write import asset
from viz.web import (
    charts,
    pictures,
    render,
    show_audit,
    show_find,
    show_people,
    show_plan,
    show_review,
    show_task,
    show_text,
    show_tree,
    table,
)
from viz.web.easel import Draw
from viz.web.groups import all_codes
from viz.web.links import key
from viz.web.reviews import Reviews
from viz.web.source import Source
from viz.web.view import Context, View

HTML: Final = "text/html; charset=utf-8"
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")
PAGES: Final[Mapping[str, Callable[[Context], View]]] = {
    "index": show_plan.overview,
    "matrix": show_plan.matrix,
    "review": show_review.review,
    "targets": show_people.targets,
    "units": show_people.units,
    "documents": show_text.documents,
    "findings": show_text.findings,
    "audit": show_audit.rules,
    "load": show_people.load,
    "search": show_find.find,
    "questions": show_find.questions,
}
KEYED: Final[Mapping[str, Callable[[Context, str], View]]] = {
    "matrix": show_plan.matrix,
    "task": show_task.task,
    "unit": show_people.unit,
    "document": show_text.reader,
    "tree": show_tree.tree,
    "audit": show_audit.rule,
    "ask": show_find.ask,
}
MEDIA: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: HTTP status, media type, bytes, and the name to save it under where it is a file."""

    status: int
    media: str
    body: bytes
    name: str | None = None


class Site:
    """All pages of a store; `live` where a server answers what stands behind `?`."""

    def __init__(
        self,
        source: Source,
        *,
        live: bool,
        reviews: Reviews | None = None,
        draw: Callable[[Draw], bytes] = lambda chart: chart(),
    ) -> None:
        """The store is read when the first page needs it; `reviews` takes decisions, where any are taken.

        `draw` draws charts somewhere else; without it they are drawn here.
        """
        self.source, self.live, self.reviews, self._draw = source, live, reviews, draw
        self._last: tuple[object, pictures.Drawn] | None = None

    def answer(self, address: str, query: Mapping[str, str] | None = None) -> Page:
        """The page, data or file of an address; an error is a page that says what is wrong and what to do."""
        if address.startswith("static/"):
            return static(address.removeprefix("static/"))
        lang, _, rest = address.partition("/")
        if lang not in LANGUAGES:
            return self.failed(_missing(address), "zh", address)
        context = Context(self.source, lang, query or {}, self.live, self.reviews)
        try:
            return self._answered(context, rest)
        except GangmuError as error:
            return self.failed(error, lang, address)

    def failed(self, error: GangmuError, lang: Lang, address: str) -> Page:
        """The page of an error: one line, with the remedy."""
        status = 503 if isinstance(error, LimitError) else 404 if isinstance(error, UsageError) else 500
        html = render.error(in_words(error, lang), lang, address.count("/") if "/" in address else 1)
        return Page(status, HTML, html.encode())

    def _answered(self, context: Context, rest: str) -> Page:
        if rest.endswith(".html"):
            path = rest.removesuffix(".html")
            view = self._view(context, path)
            html = view.picture() if view.picture else render.page(view, context, path)
            return Page(200, HTML, html.encode())
        path, _, tail = rest.rpartition(".") if rest.count(".") > 1 else ("", "", "")
        path, _, name = path.rpartition(".")
        if not path:
            raise _missing(rest)
        view = self._view(context, path)
        if view.chart and (name, tail) == (view.chart.table, "svg"):
            return Page(200, charts.MEDIA, self._draw(view.chart.draw))
        if name not in view.sections or tail not in table.FORMS:
            raise _missing(rest)
        body = table.file(self.source, view.sections[name], tail, context.lang)
        return Page(200, table.FORMS[tail], body, f"{path.replace('/', '-')}.{name}.{tail}")

    def _view(self, context: Context, path: str) -> View:
        group, _, name = path.partition("/")
        if path in PAGES:
            return PAGES[path](context)
        if name and group in KEYED:
            return KEYED[group](context, name)
        if path == "graph" or (name and group == "picture"):
            return self._picture(context, path)
        raise _missing(path)

    def _picture(self, context: Context, path: str) -> View:
        """The view of a picture; the one made last is kept, as its files are mostly asked for with it."""
        asked = (path, tuple(sorted(context.query.items())) if path == "graph" else ())
        kept = self._last
        if kept is None or kept[0] != asked:
            self._last = kept = (asked, pictures.drawn(context, path))
        return pictures.view(context, path, kept[1])

    def paths(self) -> Iterator[str]:
        """The addresses of all pages, in all languages, without those of their data."""
        context = Context(self.source, "zh", {}, self.live)
        names = [*list(PAGES), "graph"]
        names += [f"picture/{name}" for name in pictures.WHOLE if self.source.pictured]
        codes = list(all_codes(show_plan.places(context), self.source.store))
        names += [f"matrix/{code}" for code in codes]
        for item in show_plan.upper_items(context):
            names += [f"task/{key(item)}", *(f"task/{key(item)}/{code}" for code in codes)]
        names += [f"unit/{key(str(row['unit']))}" for row in self.source.rows("units", lang="zh")]
        for document in self.source.documents:
            names += [f"{group}/{key(document)}" for group in ("document", "tree", "picture")]
        names += [f"audit/{rule.id}" for rule in RULES]
        names += [f"ask/{name}" for name in catalogue()]
        for lang in LANGUAGES:
            yield from (f"{lang}/{name}.html" for name in names)

    def data(self, address: str) -> list[str]:
        """The addresses of the data of a page."""
        lang, _, rest = address.partition("/")
        path = rest.removesuffix(".html")
        context = Context(self.source, "en" if lang == "en" else "zh", {}, self.live)
        view = self._view(context, path)
        drawn = [f"{lang}/{path}.{view.chart.table}.svg"] if view.chart else []
        return [f"{lang}/{path}.{name}.{form}" for name in view.sections for form in table.FORMS] + drawn


def static(name: str) -> Page:
    """A file that pages link to."""
    if name not in render.STATIC:
        return Page(404, "text/plain; charset=utf-8", b"not here\n")
    return Page(200, MEDIA[name.rpartition(".")[2]], render.asset(name))


def _missing(address: str) -> UsageError:
    return UsageError(f"page {address}", "does not exist", "begin on the page index.html")


__all__ = ["Page", "Site", "asset", "static"]
