"""Rows for pages: asked once however many want them, and told from the whole where that is the same."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from graph.store import Store
from queries.catalogue import NAMED_KINDS, catalogue
from queries.run import Answer, answer
from viz.web.source import Source


def test_a_part_of_the_whole_is_what_the_store_answers(store: Store) -> None:
    """For every question about one thing that its rows name: the rows picked are the rows asked for."""
    checked = 0
    asked: list[str] = []

    def ask(name: str, params: Mapping[str, Any]) -> Answer:
        asked.append(name)
        return answer(store, name, params)

    source = Source(store, ask)
    for query in catalogue().values():
        columns = {column.name: place for place, column in enumerate(query.columns)}
        for parameter in query.parameters:
            if parameter.kind not in NAMED_KINDS or parameter.name not in columns or not parameter.open:
                continue
            whole = source.answer(query.name)
            values = [row[columns[parameter.name]] for row in whole.rows]
            if None in values or not values:
                continue
            for value in (values[0], values[-1]):
                asked.clear()
                found = source.answer(query.name, **{parameter.name: str(value)})
                assert asked == [], query.name
                assert found == answer(store, query.name, {parameter.name: str(value)}), query.name
                checked += 1
    assert checked >= 30


def test_many_who_want_the_same_ask_once(store: Store) -> None:
    asked: list[str] = []
    gate = threading.Event()

    def ask(name: str, params: Mapping[str, Any]) -> Answer:
        asked.append(name)
        gate.wait(5)
        return answer(store, name, params)

    source = Source(store, ask)
    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(source.answer, "documents", lang="zh") for _ in range(6)]
        gate.set()
        found = {id(one.result()) for one in waiting}
    assert asked == ["documents"]
    assert len(found) == 1


def test_what_nothing_is_called_is_still_refused(store: Store) -> None:
    import pytest

    from loaders.errors import UsageError

    source = Source(store)
    source.answer("unit-items")
    with pytest.raises(UsageError):
        source.answer("unit-items", unit="https://w3id.org/gangmu/id/unit/nothing")


def test_a_known_thing_without_rows_needs_no_question(store: Store) -> None:
    """A unit that owns no target is told from the list of units and the targets of all; another is asked."""
    asked: list[str] = []

    def ask(name: str, params: Mapping[str, Any]) -> Answer:
        asked.append(name)
        return answer(store, name, params)

    source = Source(store, ask)
    owners = {row["unit"] for row in source.rows("unit-targets", lang="zh")}
    without = next(row["unit"] for row in source.rows("units") if row["unit"] not in owners)
    asked.clear()
    assert source.answer("unit-targets", unit=str(without), lang="zh").rows == ()
    assert asked == []
    assert answer(store, "unit-targets", {"unit": str(without)}).rows == ()


def test_what_is_made_once_is_the_same(store: Store) -> None:
    source = Source(store)
    assert source.once("a list", lambda: [1]) is source.once("a list", lambda: [2])
