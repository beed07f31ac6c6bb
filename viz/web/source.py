"""Where pages get their rows: named questions, answered by workers or at once, and kept. No HTML."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar

from graph.iris import BASE
from graph.standing import Standing, as_it_is, standing_of
from graph.store import Store
from ontology import vocab
from queries.catalogue import NAMED_KINDS
from queries.run import Answer, Row, answer, find
from queries.terms import Value
from viz.pages.plan import Plan
from viz.web.findings import Findings

T = TypeVar("T")
Ask = Callable[[str, Mapping[str, Any]], Answer]
LISTS: Final = {
    "document": ("documents", "document"),
    "unit": ("units", "unit"),
    "item": ("plan-tree", "item"),
}
"""The question that lists all things of a kind, and the column that they stand in."""
PICTURED: Final = 100
"""Documents that one picture of everything may hold: that of 1,000 took 44 MB, and nobody could read it."""
KEPT_ROWS = 400_000
"""Rows of answers that are kept; the store never changes, so that an answer stays right."""


class Source:
    """A store as the pages see it; safe to be used by several threads."""

    def __init__(self, store: Store, ask: Ask | None = None) -> None:
        """`ask` answers named questions somewhere else; without it they are answered here."""
        self.store = store
        self._ask: Ask = ask or (lambda name, params: answer(store, name, params))
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._parts: dict[tuple[str, int], dict[Value, list[int]]] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._texts: dict[str, str] = {}
        self._derived: dict[str, Any] = {}
        self._rows = 0
        self._lock = threading.Lock()
        self.findings = Findings(store)

    def answer(self, name: str, **params: Any) -> Answer:
        """What a named question returns, in `lang` where it has words; GangmuError as `queries.run.answer`.

        Who asks what is being answered to somebody else waits for that answer. A question about one thing
        is answered from the kept answer about all of them, where there is one.
        """
        if "lang" in params and all(p.name != "lang" for p in find(name).parameters):
            del params["lang"]
        key = _key(name, params)
        with self._lock:
            turn = self._asking.setdefault(key, threading.Lock())
        try:
            with turn:
                return (
                    self._known(key) or self._part(name, params) or self._keep(key, self._ask(name, params))
                )
        finally:
            with self._lock:
                self._asking.pop(key, None)

    def rows(self, name: str, **params: Any) -> list[Row]:
        """The rows of `answer` as dictionaries."""
        return self.answer(name, **params).dicts()

    def once(self, what: str, make: Callable[[], T]) -> T:
        """What `make` makes of answers, kept under the name `what`: nobody may change it."""
        with self._lock:
            if what in self._derived:
                return self._derived[what]  # type: ignore[no-any-return]  # what `make` gave under this name
        made = make()
        with self._lock:
            return self._derived.setdefault(what, made)  # type: ignore[no-any-return]  # the same

    def _known(self, key: str) -> Answer | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: str, found: Answer) -> Answer:
        """The answer, kept; a text that stands in several rows or answers is kept once."""
        with self._lock:
            same = self._texts.setdefault
            rows = tuple(
                tuple(same(cell, cell) if isinstance(cell, str) else cell for cell in row)
                for row in found.rows
            )
            self._kept[key] = found = Answer(found.columns, rows)
            self._rows += len(rows) + 1
            while self._rows > KEPT_ROWS and len(self._kept) > 1:
                dropped, rest = self._kept.popitem(last=False)
                self._rows -= len(rest.rows) + 1
                self._parts = {place: part for place, part in self._parts.items() if place[0] != dropped}
                self._texts.clear()
        return found

    def _part(self, name: str, params: Mapping[str, Any]) -> Answer | None:
        """The rows about some things (IRIs) of the kept answer about all; null where it cannot tell them.

        A parameter is a variable that VALUES gives its values, so that where it is a column too, bound in
        every row, binding it picks rows and does nothing else.
        """
        columns = {column.name: place for place, column in enumerate(find(name).columns)}
        kinds = {parameter.name: parameter.kind for parameter in find(name).parameters}
        asked = [k for k, v in params.items() if kinds.get(k) in NAMED_KINDS and v is not None]
        if len(asked) != 1 or asked[0] not in columns:
            return None
        wanted = params[asked[0]]
        things = [wanted] if isinstance(wanted, str) else list(wanted)
        key = _key(name, {k: v for k, v in params.items() if k != asked[0]})
        whole = self._known(key)
        if whole is None or not all(str(thing).startswith(BASE) for thing in things):
            return None
        part = self._numbers(key, whole, columns[asked[0]])
        known = (thing in part or self._listed(kinds[asked[0]], thing) for thing in things)
        if None in part or not all(known):
            return None
        numbers = sorted(number for thing in dict.fromkeys(things) for number in part.get(thing, ()))
        return Answer(whole.columns, tuple(whole.rows[number] for number in numbers))

    def _numbers(self, key: str, whole: Answer, column: int) -> dict[Value, list[int]]:
        """The numbers of the rows of a kept answer by what stands in a column."""
        place = (key, column)
        if place not in self._parts:
            groups: defaultdict[Value, list[int]] = defaultdict(list)
            for number, row in enumerate(whole.rows):
                groups[row[column]].append(number)
            self._parts[place] = dict(groups)
        return self._parts[place]

    def _listed(self, kind: str, thing: object) -> bool:
        """Whether a kept list of all things of a kind has this one: then no rows about it are an answer."""
        name, column = LISTS.get(kind, ("", ""))
        for params in ({}, {"lang": "zh"}, {"lang": "en"}) if str(thing).startswith(f"{BASE}{kind}/") else ():
            key = _key(name, params)
            if (whole := self._known(key)) is not None:
                return thing in self._numbers(key, whole, whole.columns.index(column))
        return False

    def place(self, document: str) -> str | None:
        """The jurisdiction (IRI) of a document (IRI): names of places are not unique."""
        places = self.once(
            f"places of {document}", lambda: self.store.values(document, vocab.eli_jurisdiction)
        )
        return next(iter(places), None)

    @cached_property
    def documents(self) -> dict[str, str]:
        """The id of each document that was read, by its IRI."""
        from graph import iris

        return {iris.document(document.id): document.id for document in self.store.manifest.documents}

    @cached_property
    def pictured(self) -> bool:
        """Whether everything fits into one picture."""
        return len(self.documents) <= PICTURED

    @cached_property
    def tasks(self) -> frozenset[str]:
        """The items of the upper plan (IRIs) that have a page."""
        return frozenset(str(row["upper_item"]) for row in self.rows("alignment-matrix", lang="zh"))

    @cached_property
    def standing(self) -> Standing:
        """What every page rests on, and the command that writes the same pages again."""
        return standing_of(self.store, as_it_is(self.store, "publish", "pages"))

    @cached_property
    def plan(self) -> Plan:
        """What the pictures read of the store."""
        return Plan(self.store, lambda name, **params: self.rows(name, **{"lang": "zh", **params}))


def _key(name: str, params: Mapping[str, Any]) -> str:
    return json.dumps([name, params], sort_keys=True, ensure_ascii=False)
