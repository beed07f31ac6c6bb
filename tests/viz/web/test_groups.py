"""Many places as few columns, and long tables a part at a time: nothing is lost, all has an address."""

from __future__ import annotations

from lxml import html
from starlette.testclient import TestClient

from graph import iris
from graph.store import Store
from viz.web.groups import MOST, all_codes, groups
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
