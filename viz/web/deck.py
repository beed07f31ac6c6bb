"""A store that is served: its lanes of workers, its pages, and the SPARQL page. Knows no HTTP."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from graph.reviews import folder_beside
from graph.store import Store
from loaders.errors import GangmuError, UsageError
from queries.catalogue import catalogue
from queries.guard.lane import Lane
from queries.guard.limits import MEBIBYTE, STRANGERS, Limits
from viz.errors import in_words
from viz.messages import Lang
from viz.web import render, sparql
from viz.web.reviews import Reviews, back
from viz.web.site import HTML, LANGUAGES, Page, Site
from viz.web.source import Source
from viz.web.view import Context, View

NAMED = Limits(seconds=120.0, memory=3072 * MEBIBYTE, rows=5_000_000, size=512 * MEBIBYTE)
"""What a question of the catalogue may take."""
KEPT = 64 * MEBIBYTE
"""Bytes of pages that are kept; a store never changes, so that a page stays right."""
DECIDED = ("review.", "task/")
"""Pages that show what reviewers decided."""
DRAWN = ("index", "targets", "load")
"""Pages with a chart."""
SHOWN = 1_000
"""Rows of an answer that the SPARQL page shows; files hold all."""


class Deck:
    """The lanes and pages of the store in a directory; `close` ends the workers."""

    def __init__(
        self, directory: Path, limits: Limits = STRANGERS, reviews: Path | None = None, *, open_: bool = True
    ) -> None:
        """Decisions go to the folder `reviews`, else beside the store; none are taken unless `open_`.

        StoreError: there is no store that can be read.
        """
        self.store = Store.open(directory)
        place = self.store.directory
        self.strangers = Lane(place, limits)
        self.named = Lane(place, NAMED, workers=2, waiting=64, patience=20.0, spare=2, nice=0)
        self.source = Source(self.store, self.named.ask)
        self.reviews = Reviews(self.store, reviews or folder_beside(directory)) if open_ else None
        self.site = Site(self.source, live=True, reviews=self.reviews)
        self._kept: OrderedDict[str, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def close(self) -> None:
        """End the workers."""
        self.strangers.close()
        self.named.close()

    def decide(self, lang: Lang, form: Mapping[str, str]) -> tuple[str, Page | None]:
        """Takes a reviewer's decision; returns where to go on, and a page where it could not be taken."""
        try:
            if self.reviews is None:
                raise UsageError(
                    "review", "is closed on this server", "run `gangmu review` where the graph is"
                )
            decision = self.reviews.take(form)
        except GangmuError as error:
            refused = self.site.failed(error, lang, f"{lang}/review.html")
            return "", Page(422 if isinstance(error, UsageError) else refused.status, HTML, refused.body)
        place = back(form.get("back", ""))
        said = {"reviewer": decision.reviewer, "kept": "1"}
        return f"{place}?{urlencode(said)}", None

    def warm(self) -> None:
        """Make the pages that take longest, those with charts, before anybody asks; returns at once."""

        def make() -> None:
            for lang, name in itertools.product(LANGUAGES, DRAWN):
                with contextlib.suppress(GangmuError):
                    self.page(f"{lang}/{name}.html", {})

        threading.Thread(target=make, name="warm", daemon=True).start()

    def described(self, address: str) -> sparql.Answered:
        """The service description of the endpoint at an address."""
        lane, quads = self.strangers, self.store.manifest.quads
        return sparql.description(address, lane.limits, lane.isolated, self.store.graphs(), quads)

    def page(self, address: str, query: Mapping[str, str]) -> Page:
        """The page of an address, and of what stands behind `?`."""
        lang, _, rest = address.partition("/")
        if rest == "query.html" and lang in LANGUAGES:
            return self._query_page("en" if lang == "en" else "zh", query)
        key = f"{address}?{urlencode(sorted(query.items()))}"
        if self.reviews is not None and rest.startswith(DECIDED):
            key += f" {self.reviews.stamp()}"
        if rest.startswith("audit"):
            key += f" {self.source.findings.stamp()}"
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self.site.answer(address, query)
        if found.status == 200 and len(found.body) < KEPT // 8:
            with self._lock:
                self._size += len(found.body) - len(self._kept[key].body if key in self._kept else b"")
                self._kept[key] = found
                while self._size > KEPT:
                    _, dropped = self._kept.popitem(last=False)
                    self._size -= len(dropped.body)
        return found

    def _query_page(self, lang: Lang, query: Mapping[str, str]) -> Page:
        example = catalogue().get(query.get("example", ""))
        text = query.get("query", "").replace("\r\n", "\n")
        context = Context(self.source, lang, query, True)
        result, cut, problem, status = None, None, "", 200
        if text.strip():
            try:
                result, cut = self.strangers.rows(text)
            except GangmuError as error:
                problem, status = in_words(error, lang), sparql.refused(error).status
        view = View(
            title=context.say(("SPARQL 查询", "SPARQL query")),
            lead=context.say(
                (
                    "只读；一次查询有时间、内存和行数的限度。程序请用 /sparql（SPARQL 1.1 协议）。",
                    "Read only; a query has limits of time, memory and rows. Programs use "
                    "/sparql (SPARQL 1.1 "
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
                "forms": ("csv", "json", "xml", "tsv")
                if result is None or len(result.columns) != 3
                else sparql.FORMS,
                "catalogue": catalogue().values(),
            },
        )
        return Page(status, HTML, render.page(view, context, "query").encode())
