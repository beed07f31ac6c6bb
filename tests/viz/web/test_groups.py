"""Many places as few columns, and long tables a part at a time: nothing is lost, all has an address."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from graph import iris
from graph.store import Store
from viz.web.deck import Deck
from viz.web.groups import MOST, all_codes, groups
from viz.web.site import Site
from viz.web.source import Source
from viz.web.table import SHOWN


def test_many_places_stand_by_province_and_city(store: Store) -> None:
    codes = [f"36{city:02}{county:02}" for city in range(1, 12) for county in range(10)]
    codes += [f"44{city:02}00" for city in range(1, 21)]
    places = {iris.jurisdiction(code): code for code in codes}
    top = groups(places, store)
    assert [group.code for group in top] == ["36", "44"]
    assert top[0].name == "江西省"
    assert sum(len(group.places) for group in top) == len(places)
    cities = groups(places, store, "36")
    assert [group.code for group in cities] == [f"36{city:02}" for city in range(1, 12)]
    assert cities[0].name == "南昌市"
    counties = groups(places, store, "3601")
    assert [group.single for group in counties] == list(places)[:10]
    assert len(groups(places, store, "44")) == 20
    assert list(all_codes(places, store)) == ["36", *(f"36{city:02}" for city in range(1, 12)), "44"]
    few = dict(list(places.items())[:MOST])
    assert [group.single for group in groups(few, store)] == list(few)


def test_a_group_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/zh/matrix/36.html").status_code == 404
    assert client.get("/zh/matrix/x.html").status_code == 404


def test_a_long_table_is_paged_and_filtered_on_the_server(client: TestClient) -> None:
    every = client.get("/zh/ask/evidence.answer.json").json()
    total = len(every)
    assert total > 2 * SHOWN

    def rows(behind: str) -> tuple[list[str], str]:
        page = html.fromstring(client.get(f"/zh/ask/evidence.html{behind}").content)
        table = page.xpath("//table[@id='rows-answer']/tbody/tr")
        return [row.text_content() for row in table], page.xpath("string(//section[@id='answer'])")

    first, said = rows("")
    second, _ = rows(f"?from-answer={SHOWN}")
    assert len(first) == len(second) == SHOWN
    for shown, row in (
        (first[0], 0),
        (first[-1], SHOWN - 1),
        (second[0], SHOWN),
        (second[-1], 2 * SHOWN - 1),
    ):
        assert all(str(every[row][column]) in shown for column in ("quote", "rule"))
    assert f"全部 {total} 行" in said
    fitting, said = rows("?find-answer=科技 创新")
    assert all("科技" in row and "创新" in row for row in fitting)
    assert len(fitting) > 0
    assert "行符合" in said
    assert rows("?find-answer=没有这样的话")[0] == []


def test_a_task_shows_many_places_by_groups_and_each_match_once(
    client: TestClient, deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every passage of a task stands on exactly one of its pages, and the matrix leads to that page."""
    plain = Site(Source(deck.store), live=False)
    usual = {p: articles(plain.answer(p).body) for p in plain.paths() if p.startswith("zh/task/")}
    monkeypatch.setattr("viz.web.groups.MOST", 2)
    site = Site(Source(deck.store), live=False)
    tasks = [path for path in site.paths() if path.startswith("zh/task/")]
    assert len(tasks) > len(usual)
    matrix = [site.answer(path).body for path in site.paths() if path.startswith("zh/matrix")]
    cells = {
        href.partition("#")[0].removeprefix("../")
        for body in matrix
        for href in html.fromstring(body).xpath("//td/a/@href")
        if "task/" in href
    }
    together = 0
    for path, expected in usual.items():
        pages = [path, *(p for p in tasks if p.startswith(f"{path.removesuffix('.html')}/"))]
        assert {p.removeprefix("zh/") for p in pages[1:]} <= cells
        found = [article for p in pages for article in articles(site.answer(p).body)]
        assert sorted(found) == sorted(expected)
        together += len(expected)
    assert together > 50
    assert client.get(f"/{path.removesuffix('.html')}/99.html").status_code == 404


def articles(page: bytes) -> list[str]:
    return [" ".join(a.text_content().split()) for a in html.fromstring(page).xpath("//article//blockquote")]


def test_a_picture_of_too_much_is_not_drawn_nor_led_to(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, status in ((3, 404), (100, 200)):
        monkeypatch.setattr("viz.web.source.PICTURED", most)
        site = Site(Source(deck.store), live=False)
        pages = [path for path in site.paths() if path.startswith("zh/") and path.count("/") == 1]
        led = {href for path in pages for href in html.fromstring(site.answer(path).body).xpath("//a/@href")}
        for name in ("alignment", "units", "citations"):
            address = f"zh/picture/{name}.html"
            assert site.answer(address).status == status
            assert (address in site.paths()) == (f"picture/{name}.html" in led) == (status == 200)
