"""Each page shows the queries that made it: what it asked is what it says it asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from graph import iris
from graph.store import Store
from queries.catalogue import catalogue
from queries.names import as_iris, short_id
from queries.run import Answer, answer, find, free, rows
from viz.pages import plan
from viz.web import pictures, show_graph
from viz.web.show_graph import LINES
from viz.web.site import KEYED, PAGES, Site
from viz.web.source import Source
from viz.web.table import FORMS
from viz.web.view import Context

ITEM, DOCUMENT, UNIT = "360000-2024-a690694a_4.2", "360103-2024-bb246032", "dc5014846aba"
KEYS = {
    "task": ITEM,
    "unit": UNIT,
    "document": DOCUMENT,
    "tree": DOCUMENT,
    "audit": "conflict",
    "ask": "units",
}
ADDRESSES = [
    *PAGES,
    *(f"{group}/{key}" for group, key in KEYS.items()),
    *(f"picture/{name}" for name in (*pictures.WHOLE, DOCUMENT)),
]
LINKS = "alignment-matrix"
"""Every page asks it which items have pages, to link them; those that show its rows say so besides."""
CENTRES = ("item/360000-2024-a690694a/4.2", f"unit/{UNIT}", f"document/{DOCUMENT}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_page_asks_it_shows(store: Store, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    asked: set[str] = set()

    def ask(name: str, params: Mapping[str, Any]) -> Answer:
        asked.add(name)
        return answer(store, name, params)

    def read(store: Store, name: str, params: Mapping[str, Any]) -> Any:
        asked.add(name)
        return rows(store, name, params)

    monkeypatch.setattr(plan, "rows", read)
    page = Site(Source(store, ask), live=True).answer(f"zh/{address}.html", {})
    assert page.status == 200
    shown = "\n".join(html.fromstring(page.body.decode()).xpath("//pre//text()"))
    assert {name for name in asked - {LINKS} if selected(name) not in shown} == set()
    if address not in ("audit", "questions"):  # made by a command that it names; of no graph
        assert asked - {LINKS} or selected(LINKS) in shown


def selected(name: str) -> str:
    """The lines of a question that say what it selects, as no other one does."""
    text = find(name).text
    return text[text.index("SELECT") : text.index("WHERE")]


def test_every_kind_of_page_is_looked_at() -> None:
    assert set(KEYED) - set(KEYS) == {"matrix"}  # the same page as without a key
    assert len(ADDRESSES) == 21
    assert len({selected(name) for name in catalogue()}) == len(catalogue())


@pytest.mark.parametrize("centre", CENTRES)
def test_the_lines_of_the_graph_are_the_rows_of_its_query(store: Store, centre: str) -> None:
    made = pictures.drawn(Context(Source(store), "zh", {"node": centre}, True), "graph")
    drawn = {node.id for node in made.page.nodes}
    columns = {column.name: place for place, column in enumerate(find("beside").columns)}
    found = set()
    for row in free(store, find("beside").bind({"thing": made.params["thing"]})).rows:
        ends = [short_id(str(row[columns[end]])) for end in ("thing", "other")]
        if set(ends) <= drawn:
            one, two = ends if row[columns["outward"]] is True else reversed(ends)
            found.add((one, two, LINES[str(row[columns["relation"]])]))
    lines = {(edge.source, edge.target, edge.kind) for edge in made.page.edges}
    assert len(lines) > 10
    assert found == lines | {(two, one, kind) for one, two, kind in lines if kind == "conflict"}
    assert [next(iter(as_iris(node.id))) for node in made.page.nodes] == made.params["thing"]


def test_of_many_boxes_too_every_line_is_drawn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = iris.mint(*CENTRES[0].split("/"))
    whole, _ = show_graph.around(store, centre, [])
    monkeypatch.setattr(show_graph, "OUTERMOST", 5)
    again, _ = show_graph.around(store, centre, [])
    assert again == whole


def test_what_a_search_finds_is_given_as_files(client: TestClient) -> None:
    page = html.fromstring(client.get("/zh/search.html?q=gxjsqy").text)
    listed = page.xpath("//table[@id='hits']/tbody/tr")
    assert len(listed) == 13
    files = page.xpath("//section[@id='found']//p[@class='files']/a/@href")
    assert len(files) == len(FORMS)
    for address in files:
        assert address.endswith("?q=gxjsqy")
        assert client.get(f"/zh/{address}").status_code == 200
    table = list(csv.reader(io.StringIO(client.get(f"/zh/{files[0]}").text.removeprefix("\ufeff"))))
    assert len(table) == 1 + len(listed)
    assert table[1][-1].startswith(iris.BASE)
    assert not html.fromstring(client.get("/zh/search.html").text).xpath("//section[@id='found']")
