"""A store that is served: its lanes of workers, its pages, and the SPARQL page. Knows no HTTP."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from graph.reviews import folder_beside
from graph.store import Store
from loaders.errors import GangmuError, UsageError
from queries.guard.lane import Lane
from queries.guard.limits import MEBIBYTE, STRANGERS, Limits
from queries.run import Answer
from viz.messages import Lang
from viz.web import sparql
from viz.web.easel import Easel
from viz.web.links import picture_page
from viz.web.reviews import Reviews, back
from viz.web.show_query import query_page
from viz.web.site import HTML, LANGUAGES, PAGES, Page, Site
from viz.web.source import Source

NAMED = Limits(seconds=120.0, memory=3072 * MEBIBYTE, rows=5_000_000, size=512 * MEBIBYTE)
"""What a question of the catalogue may take."""
HELD = 3_000_000
"""Quads of a graph that a worker still holds in memory (1.5 GB); a larger one is asked on disk."""
KEPT = 64 * MEBIBYTE
"""Bytes of pages that are kept; a store never changes, so that a page stays right."""
DECIDED = ("review.", "task/")
"""Pages that show what reviewers decided."""
WHOLE: Mapping[str, Mapping[str, int]] = {
    "unit-items": {},
    "unit-targets": {},
    "alignment-by-task": {"ranks": 3},
}
"""Questions that pages of one unit or task are told from, beside those that the other pages ask."""
CHARTS = (("index", "coverage"), ("targets", "targets"), ("load", "load"))
"""Pages with a chart, and the section that it stands above."""


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
        self._held: Lane | None = None
        self._holding: Lane | None = None
        self.source = Source(self.store, self.ask)
        self.reviews = Reviews(self.store, reviews or folder_beside(directory)) if open_ else None
        self._easel = Easel()
        self.site = Site(self.source, live=True, reviews=self.reviews, draw=self._easel)
        self._kept: OrderedDict[str, Page] = OrderedDict()
        self._size = 0
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, name: str, params: Mapping[str, Any]) -> Answer:
        """What a named question returns; from the graph in memory as soon as that is there."""
        return (self._held or self.named).ask(name, params)

    def _hold(self) -> None:
        """Let a worker of its own copy the graph into memory, and wait for it; on disk it is the same."""
        with self._lock:
            if self._closed or self.store.manifest.quads > HELD:
                return
            place, patience = self.store.directory, NAMED.seconds
            self._holding = Lane(
                place, NAMED, workers=1, waiting=64, patience=patience, spare=0, nice=0, held=True
            )
        with contextlib.suppress(GangmuError):
            self._holding.wait()
            self._held = self._holding

    def warm(self, first: Lang = "zh", done: Callable[[], None] = lambda: None) -> threading.Thread:
        """Ask, one after the other beside whatever else is asked, what the pages need, in a thread that ends.

        Pages answer at once from then on; before that, the first to ask for one waits for its questions.
        """

        def ask() -> None:
            self._hold()
            for lang in sorted(LANGUAGES, key=lambda lang: lang != first):
                for page in (*PAGES, "graph"):
                    if self._closed:
                        return
                    self.page(f"{lang}/{page}.html", {})
                for name, params in WHOLE.items():
                    with contextlib.suppress(GangmuError):
                        self.source.answer(name, **params, lang=lang)
                for document in list(self.source.documents)[:1]:  # what one picture reads serves all of them
                    self.page(f"{lang}/{picture_page(document)}", {})
                for page, table in CHARTS:
                    if not self._closed:
                        self.page(f"{lang}/{page}.{table}.svg", {})
            done()

        thread = threading.Thread(target=ask, name="warm", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            self._closed = True
        for lane in (self.strangers, self.named, self._holding):
            if lane is not None:
                lane.close()
        self._easel.close()

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

    def described(self, address: str) -> sparql.Answered:
        """The service description of the endpoint at an address."""
        lane, quads = self.strangers, self.store.manifest.quads
        return sparql.description(address, lane.limits, lane.isolated, self.store.graphs(), quads)

    def page(self, address: str, query: Mapping[str, str]) -> Page:
        """The page of an address, and of what stands behind `?`."""
        lang, _, rest = address.partition("/")
        if rest == "query.html" and lang in LANGUAGES:
            own: Lang = "en" if lang == "en" else "zh"
            return query_page(self.source, self.strangers.rows, own, query, self._easel)
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
