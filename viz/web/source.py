"""Where pages get their rows: named questions, answered by workers or at once, and kept. No HTML."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from graph.standing import Standing, as_it_is, standing_of
from graph.store import Store
from queries.run import Answer, Row, answer, find
from viz.pages.plan import Plan
from viz.web.findings import Findings

Ask = Callable[[str, Mapping[str, Any]], Answer]
KEPT_ROWS = 400_000
"""Rows of answers that are kept; the store never changes, so that an answer stays right."""


class Source:
    """A store as the pages see it; safe to be used by several threads."""

    def __init__(self, store: Store, ask: Ask | None = None) -> None:
        """`ask` answers named questions somewhere else; without it they are answered here."""
        self.store = store
        self._ask: Ask = ask or (lambda name, params: answer(store, name, params))
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._rows = 0
        self._lock = threading.Lock()
        self.findings = Findings(store)

    def answer(self, name: str, **params: Any) -> Answer:
        """What a named question returns, in `lang` where it has words; "
        "GangmuError as `queries.run.answer`."""
        if "lang" in params and all(p.name != "lang" for p in find(name).parameters):
            del params["lang"]
        key = json.dumps([name, params], sort_keys=True, ensure_ascii=False)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._ask(name, params)
        with self._lock:
            self._kept[key] = found
            self._rows = sum(len(kept.rows) + 1 for kept in self._kept.values())
            while self._rows > KEPT_ROWS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._rows -= len(dropped.rows) + 1
        return found

    def rows(self, name: str, **params: Any) -> list[Row]:
        """The rows of `answer` as dictionaries."""
        return self.answer(name, **params).dicts()

    @cached_property
    def documents(self) -> dict[str, str]:
        """The id of each document that was read, by its IRI."""
        from graph import iris

        return {iris.document(document.id): document.id for document in self.store.manifest.documents}

    @cached_property
    def standing(self) -> Standing:
        """What every page rests on, and the command that writes the same pages again."""
        return standing_of(self.store, as_it_is(self.store, "publish", "pages"))

    @cached_property
    def plan(self) -> Plan:
        """What the pictures read of the store."""
        return Plan(self.store)
