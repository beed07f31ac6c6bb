"""Pages, headers and data over HTTP: everything has its address, and what is wrong is said in one line."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urljoin

import pytest
from lxml import etree, html
from openpyxl import load_workbook
from rdflib import Graph
from starlette.testclient import TestClient

from viz.web.deck import Deck
from viz.web.site import PAGES, Site

TASK = "task/360000-2024-a690694a_4.2.html"
SAMPLE = (
    *(f"{page}.html" for page in PAGES),
    "graph.html",
    "query.html",
    TASK,
    "unit/dc5014846aba.html",
    "document/360103-2024-bb246032.html",
    "ask/unit-targets.html",
    "audit/conflict.html",
    "tree/360103-2024-bb246032.html",
    "picture/citations.html",
    "picture/alignment.html",
    "picture/360103-2024-bb246032.html",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", SAMPLE)
def test_a_page_is_whole_and_leads_only_to_pages(client: TestClient, page: str, lang: str) -> None:
    answer = client.get(f"/{lang}/{page}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    tree = html.fromstring(answer.content)
    assert tree.get("lang") == ("zh-CN" if lang == "zh" else "en")
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("string(//title)").endswith("纲目 Gangmu")
    assert not tree.xpath("//@style | //@onclick | //@onload")
    assert not [s for s in tree.xpath("//script[not(@src)]") if s.get("type") != "application/json"]
    ids = set(tree.xpath("//@id"))
    assert len(ids) == len(tree.xpath("//@id"))
    seen = 0
    for address in [*tree.xpath("//a/@href"), *tree.xpath("//link/@href"), *tree.xpath("//script/@src")]:
        if address.startswith("#") and not page.startswith(("graph", "picture")):
            assert address[1:] in ids, address
        assert "://" not in address
        seen += 1
    assert seen > 10


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", SAMPLE)
def test_a_page_says_what_it_rests_on(client: TestClient, deck: Deck, page: str, lang: str) -> None:
    foot = html.fromstring(client.get(f"/{lang}/{page}").content).xpath("string(//footer)")
    manifest = deck.store.manifest
    assert f"gangmu publish pages --expect {manifest.content[:16]}" in foot
    assert manifest.content in foot
    assert manifest.rule_set in foot
    titles = [str(record["title"]) for record in deck.store.records(type_="document")]
    assert len(titles) == 5
    assert all(title in foot for title in titles)
    trusts = ("文本受损", "来源不明") if lang == "zh" else ("damaged", "unknown")
    assert all(trust in foot for trust in trusts)


def test_links_between_pages_lead_somewhere(client: TestClient, deck: Deck) -> None:
    """Every address that the pages of the sample name is one of the site's, at a place that exists."""
    known = {f"/{path}" for path in deck.site.paths()} | {"/zh/query.html", "/en/query.html"}
    places: dict[str, set[str]] = {}
    checked = 0
    for page in SAMPLE:
        base = f"http://127.0.0.1:8000/zh/{page}"
        tree = html.fromstring(client.get(base).content)
        for address in tree.xpath("//a/@href"):
            target, _, place = urljoin(base, address).removeprefix("http://127.0.0.1:8000").partition("#")
            path = target.partition("?")[0]
            if not path.endswith(".html"):
                continue
            assert path in known, (page, address)
            if place.startswith(("at-", "place-")):
                if path not in places:
                    places[path] = set(html.fromstring(client.get(path).content).xpath("//@id"))
                assert place in places[path], (page, address)
                checked += 1
    assert checked > 200


def test_headers_keep_others_out(client: TestClient) -> None:
    for path in (
        "/zh/index.html",
        "/static/site.js",
        "/sparql?query=ASK%7B%7D",
        "/api/queries",
        "/zh/no.html",
    ):
        headers = client.get(path).headers
        assert "'unsafe-inline'" not in headers["content-security-policy"]
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"]
)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/zh/index.html", headers={"host": host}).status_code == 400
    assert client.get("/zh/index.html", headers={"host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/zh/nothing.html", "/zh/unit/x.html", "/zh/units.nothing.csv", "/zh/units.load.exe"),
        *("/fr/index.html", "/zh/task/..%2F..%2Fetc%2Fpasswd.html", "/static/..%2Fsite.py"),
        *("/zh/ask/nothing.html", "/zh/graph.html?node=nothing", "/etc/passwd"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    if path.startswith(("/zh", "/fr")):
        said = html.fromstring(answer.content).xpath("//p[@role='alert']/text()")
        assert len(said) == 1
        assert "；" in said[0]


def test_data_of_a_section_in_every_form(client: TestClient) -> None:
    base = "/zh/ask/unit-load.answer"
    rows = client.get(f"{base}.json").json()
    assert len(rows) > 30
    table = client.get(f"{base}.csv")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in table.headers["content-disposition"]
    assert len(list(csv.DictReader(io.StringIO(table.text)))) == len(rows)
    book = load_workbook(io.BytesIO(client.get(f"{base}.xlsx").content))
    assert book.active is not None
    assert book.active.max_row == len(rows) + 1
    assert book.active["A1"].value == "责任单位"
    graph = Graph().parse(data=client.get(f"{base}.ttl").text, format="turtle")
    assert {str(s) for s in graph.subjects()} == {row["unit"] for row in rows}
    english = load_workbook(io.BytesIO(client.get(base.replace("/zh/", "/en/") + ".xlsx").content))
    assert english.active is not None
    assert english.active["A1"].value == "Unit"


def test_a_question_takes_parameters_and_shows_its_query(client: TestClient) -> None:
    page = html.fromstring(client.get("/zh/ask/unit-targets.html?unit=区科协").content)
    rows = page.xpath("//table[@id='rows-answer']/tbody/tr")
    assert 0 < len(rows) < 20
    assert len(client.get("/zh/ask/unit-targets.answer.json?unit=区科协").json()) == len(rows)
    files = page.xpath("//p[@class='files']/a/@href")
    assert all("unit=" in address for address in files)
    assert "SELECT DISTINCT" in page.xpath("string(//pre)")
    wrong = html.fromstring(client.get("/zh/ask/unit-targets.html?unit=没有").content)
    assert "没有" in wrong.xpath("string(//p[@role='alert'])")
    assert client.get("/zh/ask/units.html?bad=1").status_code == 404


def test_the_reader_shows_the_text_as_it_is(client: TestClient, deck: Deck) -> None:
    for document in deck.store.manifest.documents:
        page = client.get(f"/zh/document/{document.id}.html").text
        source = re.search(r'<div class="source" lang="zh-CN">(.*?)</div>', page, re.DOTALL)
        assert source is not None
        bare = re.sub(r"<sup[^>]*>.*?</sup>|<[^>]+>", "", source[1])
        text = deck.store.text(document.id).replace("\r\n", "\n")
        assert html.fromstring(f"<p>{bare}</p>").text_content().replace("\r\n", "\n") == text
        claims = [r for r in deck.store.records(document.id) if r["type"] in ("target", "responsibility")]
        assert all(f'id="at-{claim["start"]}"' in page for claim in claims)


@pytest.mark.parametrize(("words", "found"), [("gxjsqy", "高新技术企业"), ("区科协", "科学技术协会"),
    ("qfgw", "西湖区发展和改革委员会"), ("创新 平台", "创新平台")])  # fmt: skip
def test_search_finds_by_name_alias_and_initials(client: TestClient, words: str, found: str) -> None:
    page = html.fromstring(client.get("/zh/search.html", params={"q": words}).content)
    hits = page.xpath("//table[@id='hits']/tbody/tr")
    assert hits
    assert any(found in hit.text_content() for hit in hits)
    assert not html.fromstring(client.get("/zh/search.html?q=zzzzzzqqq").content).xpath("//table")


def test_the_matrix_has_a_node_for_each_cell(client: TestClient) -> None:
    page = html.fromstring(client.get("/en/matrix.html").content)
    assert len(page.xpath("//table[contains(@class, 'matrix')]/tbody/tr")) == 27
    cells = page.xpath("//td[contains(@class, 'sign')]/a/@aria-label")
    assert len(cells) == 27 * 4
    assert sum("with a quantified target" in cell for cell in cells) > 5


def test_the_sparql_page_runs_what_it_is_given(client: TestClient) -> None:
    page = html.fromstring(
        client.get("/zh/query.html", params={"query": "SELECT ?a { ?a a gm:Action }"}).content
    )
    assert len(page.xpath("//section[@id='answer']//tbody/tr")) == 6
    wrong = client.get("/en/query.html", params={"query": "SELEC"})
    assert wrong.status_code == 400
    assert "cannot be answered" in html.fromstring(wrong.content).xpath("string(//p[@role='alert'])")
    cut = client.get("/zh/query.html", params={"query": "SELECT * { ?s ?p ?o }"}).text
    assert "只取了前 10000 行" in cut
    example = client.get("/zh/query.html?example=units").text
    assert "SELECT DISTINCT ?unit_name" in example


def test_the_catalogue_over_http(client: TestClient) -> None:
    listed = client.get("/api/queries").json()
    assert len(listed) >= 33
    described = client.get("/api/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert len(described["paths"]) == len(listed) + 1
    empty = []
    for query in listed:
        answer = client.get(f"/api/queries/{query['name']}")
        rows = answer.json()
        assert answer.status_code == 200
        if rows:
            assert list(rows[0]) == [column["name"] for column in query["columns"]]
        else:
            empty.append(query["name"])
    assert set(empty) <= {"decisions", "target-baselines"}  # nobody decided here, and no text says a base
    two = client.get("/api/queries/targets?jurisdiction=西湖区&jurisdiction=南昌市&lang=en&format=csv")
    places = {row["jurisdiction_name"] for row in csv.DictReader(io.StringIO(two.text))}
    assert places == {"西湖区", "南昌市"}
    for wrong in (
        "nothing",
        "targets?nothing=1",
        "targets?format=exe",
        "targets-due?year=soon",
        "units?jurisdiction=无",
    ):
        answer = client.get(f"/api/queries/{wrong}")
        assert answer.status_code == 400
        assert answer.text.count("\n") == 1
        assert "; " in answer.text


def test_pages_are_the_same_twice(deck: Deck) -> None:
    other = Site(deck.source, live=True)
    for page in ("zh/index.html", "en/targets.html", "zh/units.load.xlsx"):
        assert other.answer(page).body == deck.site.answer(page).body
    assert json.loads(deck.site.answer("zh/units.load.json").body)


@pytest.mark.parametrize("chart", ["index.coverage", "targets.targets", "load.load"])
def test_a_chart_has_its_own_address_and_runs_nothing(client: TestClient, chart: str) -> None:
    page = client.get(f"/en/{chart.partition('.')[0]}.html")
    assert f'data="{chart}.svg"' in page.text
    assert "object-src 'self'" in page.headers["content-security-policy"]
    drawn = client.get(f"/en/{chart}.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.headers["content-security-policy"].startswith("default-src 'none'; ")
    root = etree.fromstring(drawn.content)
    links = [e for e in root.iter() if etree.QName(e).localname == "a" and e.get("href")]
    assert len(links) >= 8
    for link in links:
        assert link.get("target") == "_top"
        assert link.get("aria-label")
        assert client.get(f"/en/{link.get('href')}").status_code == 200
    assert client.get(f"/en/{chart}.png").status_code == 404


@pytest.mark.parametrize(
    "table",
    ["graph.rows", "picture/alignment.rows", "picture/units.rows", "picture/360103-2024-bb246032.rows"],
)
def test_a_picture_gives_its_table_as_files(client: TestClient, table: str) -> None:
    page = html.fromstring(client.get(f"/en/{table.removesuffix('.rows')}.html").content)
    shown = page.xpath("//*[@id='the-table']//tbody/tr")
    assert [a.get("href") for a in page.xpath("//*[@class='files']/a")] == [
        f"{table.rpartition('/')[2]}.{form}" for form in ("csv", "xlsx", "json", "ttl")
    ]
    for link in page.xpath("//details[@class='sparql']/h3/a"):
        assert client.get(urljoin(f"/en/{table}", link.get("href"))).status_code == 200
    assert all("SELECT" in pre.text for pre in page.xpath("//details[@class='sparql']/pre"))
    rows = client.get(f"/en/{table}.json").json()
    assert len(rows) == len(shown) > 10
    assert len(list(csv.reader(io.StringIO(client.get(f"/en/{table}.csv").text)))) == len(rows) + 1
    sheet = load_workbook(io.BytesIO(client.get(f"/en/{table}.xlsx").content)).worksheets[0]
    assert sheet.max_row > len(rows)
    things = {row["id_1"] for row in rows if row["id_1"]}
    told = Graph().parse(data=client.get(f"/en/{table}.ttl").text, format="turtle")
    assert len({str(subject) for subject in told.subjects()} & things) > 10


def test_the_files_of_the_graph_are_those_of_what_was_opened(client: TestClient) -> None:
    asked = {"node": "item/360000-2024-a690694a/4.2"}
    page = html.fromstring(client.get("/zh/graph.html", params=asked).content)
    address = page.xpath("//*[@class='files']/a")[2].get("href")
    assert client.get(f"/zh/{address}").json()[0]["id_1"].endswith(asked["node"])


@pytest.mark.parametrize("page", ["index", "units", "targets", "audit", "search", "query", "load"])
def test_chinese_pages_have_chinese_colons(client: TestClient, page: str) -> None:
    said = html.fromstring(client.get(f"/zh/{page}.html").text).xpath("//main//text()[not(ancestor::table)]")
    assert not [text for text in said if re.search("[\u4e00-\u9fff]:", str(text))]
