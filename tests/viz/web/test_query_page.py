"""The SPARQL page: answers as table, chart and graph, whatever they say; the link keeps the view."""

from __future__ import annotations

import re

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from loaders.errors import LimitError
from queries.run import Answer
from viz.web.chart import axes, chart
from viz.web.charts import TAGS
from viz.web.deck import Deck
from viz.web.easel import Draw
from viz.web.show_answer import drawing
from viz.web.show_query import query_page

YEARS = "SELECT ?year (COUNT(*) AS ?targets) { ?t gm:deadlineEnd ?year } GROUP BY ?year ORDER BY ?year"
JOINED = "SELECT ?task ?action { ?task a gm:Task ; eli:is_part_of ?action . ?action a gm:Action }"
BUILT = (
    "CONSTRUCT { ?task eli:is_part_of ?action } WHERE { ?task eli:is_part_of ?action . ?action a gm:Action }"
)
HOSTILE = "<script>hacked=1</script>"


def ask(client: TestClient, query: str, view: str, lang: str = "zh") -> str:
    answer = client.get(f"/{lang}/query.html", params={"query": query, "view": view})
    assert answer.status_code == 200
    return answer.text


def test_a_chart_stands_above_its_table(client: TestClient) -> None:
    text = ask(client, YEARS, "chart")
    page = html.fromstring(text)
    rows = page.xpath("//section[@id='answer']//tbody/tr")
    bars = re.findall(r'aria-roledescription="bar"', text)
    assert len(rows) == len(bars) >= 5
    assert re.search(r'aria-label="[^"]*year: 2025', text)
    assert "style=" not in re.findall(r"<svg.*?</svg>", text, re.DOTALL)[0]
    link = page.xpath("//form[@class='editor']//a/@href")
    assert len(link) == 1
    assert client.get(f"/zh/{link[0]}").text == text
    assert page.xpath("//input[@name='view'][@checked]/@value") == ["chart"]


@pytest.mark.parametrize("query", [JOINED, BUILT])
def test_a_graph_has_its_things_and_their_table(client: TestClient, query: str) -> None:
    text = ask(client, query, "graph")
    page = html.fromstring(text)
    assert len(page.xpath("//tbody/tr")) >= 21
    assert '"kind":"action"' in text
    assert "query.html?query=" in text


def test_what_makes_no_picture_is_a_table_and_says_so(client: TestClient) -> None:
    for view, said in (("chart", "A chart needs"), ("graph", "no things")):
        text = ask(client, 'SELECT ("a" AS ?x) {}', view, "en")
        assert said in text
        assert len(html.fromstring(text).xpath("//section[@id='answer']//tbody/tr")) == 1
    assert "Table" in ask(client, YEARS, "nothing", "en")


def test_nothing_in_an_answer_runs(client: TestClient) -> None:
    payloads = (HOSTILE, "</svg><script>hacked=1</script>", "'><img src=x onerror=hacked=1>", "&lt;b", "]]>")
    values = " ".join(f'("{payload}" {number})' for number, payload in enumerate(payloads))
    text = ask(client, f"SELECT ?name ?n {{ VALUES (?name ?n) {{ {values} }} }}", "chart")
    page = html.fromstring(text)
    assert not page.xpath("//script[not(@src)] | //img | //@onerror | //@onload")
    assert len(page.xpath("//*[local-name()='svg']//*[@aria-roledescription='bar']")) == len(payloads)
    drawn = ask(client, f'SELECT * {{ VALUES (?x ?y ?z) {{ (<urn:a> <urn:b> "{HOSTILE}") }} }}', "graph")
    assert HOSTILE not in drawn
    assert len(html.fromstring(drawn).xpath("//tbody/tr")) == 1


def test_which_columns_make_a_chart() -> None:
    def found(columns: str, *rows: tuple[object, ...]) -> tuple[str, str, str | None] | None:
        made = axes(Answer(tuple(columns.split()), rows))  # type: ignore[arg-type]
        return None if made is None else (made.names, made.lengths, made.shades)

    assert found("place n", ("甲", 1), ("乙", 2)) == ("place", "n", None)
    assert found("year n", (2025, 1), (2026, 2)) == ("year", "n", None)
    assert found("place role n", ("甲", "a", 1), ("甲", "b", 2)) == ("place", "n", "role")
    assert found("place", ("甲",)) is None
    assert found("n", (1,)) is None
    assert found("place n", ("甲", float("nan"))) is None
    assert found("place n") is None


def test_many_rows_are_cut() -> None:
    many = Answer(("name", "n"), tuple((f"甲{n}", n) for n in range(500)))
    draw = chart(many, "t")
    assert draw is not None
    assert draw().count(b'aria-roledescription="bar"') == 60


def test_a_chart_is_but_shapes_and_texts() -> None:
    rows = (("甲\x01\x0b\ud800", 1e300), (HOSTILE, -1), ("]]>&amp;", 2**62))
    draw = chart(Answer(("name", "n"), rows), "t")
    assert draw is not None
    drawn = etree.fromstring(draw())
    assert {str(etree.QName(e).localname) for e in drawn.iter()} <= TAGS - {"a", "title"}
    assert not drawn.xpath("//@style | //@class | //@href | //@*[starts-with(name(), 'on')]")
    said = [str(label) for label in drawn.xpath("//*[@aria-roledescription='bar']/@aria-label")]
    assert len(said) == 3
    assert "<script>hacked=1</scrip" in said[1]


@pytest.mark.parametrize(
    "number", ["1e999", '"INF"^^xsd:double', '"NaN"^^xsd:double', "1" + "0" * 40, "1" + "0" * 400]
)
@pytest.mark.parametrize("view", ["table", "chart", "graph"])
def test_numbers_without_end_are_shown(client: TestClient, number: str, view: str) -> None:
    text = ask(client, f'SELECT ("甲" AS ?name) ({number} AS ?n) {{}}', view)
    assert html.fromstring(text).xpath("count(//section[@id='answer']//tbody/tr)") == 1


def test_a_chart_that_cannot_be_drawn_is_said_above_its_table(deck: Deck) -> None:
    def draw(_: Draw) -> bytes:
        raise LimitError("chart", "took longer than 60 s", "ask again in 60 s")

    asked = {"query": YEARS, "view": "chart"}
    answer = query_page(deck.source, deck.strangers.rows, "zh", asked, draw)
    page = html.fromstring(answer.body.decode())
    assert answer.status == 200
    assert page.xpath("string(//p[@role='alert'])") == "图表：超过了 60 秒；请过 60 秒再问"
    assert len(page.xpath("//section[@id='answer']//tbody/tr")) >= 5
    assert not page.xpath("//figure | //*[local-name()='svg']")
    assert "画柱状图要有" not in answer.body.decode()


def test_a_graph_of_many_things_says_what_it_leaves_out(client: TestClient) -> None:
    text = ask(client, "SELECT ?a ?b { ?a prov:wasDerivedFrom ?b }", "graph", "en")
    assert "300 are drawn" in text


def test_nothing_to_draw_is_no_page() -> None:
    assert drawing(Answer(("x",), (("a",),)), None) is None  # type: ignore[arg-type]
