"""Every page in a real browser: nothing hostile runs, nobody else is asked, and people can use it."""

from __future__ import annotations

import csv
import io
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook

from graph.build import build
from graph.reviews import read_folder
from graph.store import Store
from viz.web.app import application
from viz.web.deck import Deck
from viz.web.publish import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

WIDE, NARROW = (1400, 900), (390, 844)
PAGES = (
    *(
        "index",
        "matrix",
        "targets",
        "units",
        "documents",
        "findings",
        "search",
        "questions",
        "graph",
        "query",
    ),
    *("review", "audit", "load", "audit/conflict", "tree/360103-2024-bb246032", "picture/citations"),
    *("task/360000-2024-a690694a_4.2", "unit/dc5014846aba", "document/360103-2024-bb246032"),
    *("ask/units", "picture/alignment", "picture/units", "picture/360103-2024-bb246032"),
)
PAYLOADS = (
    *("<script>hacked=1</script>", "<img src=x onerror=hacked=1>", "</script><script>hacked=1</script>"),
    *('"><svg onload=hacked=1>', "'><svg/onload=hacked=1>", "<a href=javascript:hacked=1>甲</a>"),
    *(
        "javascript:hacked=1",
        "{{7*7}}",
        "{% raw %}",
        "${hacked=1}",
        "<!--<script>hacked=1",
        "]]><script>hacked=1",
    ),
    *("<iframe srcdoc='<script>top.hacked=1</script>'>", "<math><mi//xlink:href='data:x,<script>hacked=1'>"),
    *(
        "' onmouseover='hacked=1",
        '" autofocus onfocus="hacked=1',
        "<style>@import 'http://evil.example'</style>",
    ),
    *(
        "<link rel=stylesheet href=//evil.example>",
        "<base href=//evil.example>",
        "<form action=//evil.example>",
    ),
    *(
        "=HYPERLINK(A1)",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<details open ontoggle=hacked=1>",
    ),
)
"""Texts that run something, or lead away, wherever they are taken for anything but text."""
Show = Callable[..., "Tab"]


@pytest.fixture(scope="session")
def served(deck: Deck) -> Iterator[str]:
    yield from _serve(deck)


def _serve(deck: Deck) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(application(deck), log_level="error", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Opens an address; at the end no error was said and nobody but that server or folder was asked."""
    troubles: list[str] = []
    contexts = []
    allowed: list[str] = ["data:"]

    def opened(address: str, size: tuple[int, int] = WIDE) -> Tab:
        allowed.append(re.match(r"(http://[^/]+/|file:///)", address)[1])  # type: ignore[index]
        viewport: Any = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, is_mobile=size == NARROW, has_touch=size == NARROW)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("request", lambda request: troubles.append(request.url))
        tab.on("dialog", lambda dialog: troubles.append(f"dialog {dialog.message}"))
        tab.goto(address)
        return tab

    yield opened
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert [trouble for trouble in troubles if not trouble.startswith(tuple(allowed))] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_wide_and_narrow_without_trouble(show: Show, served: str, page: str) -> None:
    for size, lang in ((WIDE, "zh"), (NARROW, "en")):
        tab = show(f"{served}/{lang}/{page}.html", size)
        assert tab.locator("h1").count() == 1
        assert tab.evaluate("document.documentElement.scrollWidth") == size[0]
        violations = Axe().run(tab).response["violations"]
        serious = [
            f"{v['id']}: {v['nodes'][0]['html'][:200]}"
            for v in violations
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_from_the_overview_to_the_sentence(show: Show, served: str) -> None:
    tab = show(f"{served}/")
    tab.wait_for_url("**/zh/index.html")
    tab.click("nav >> text=对齐矩阵")
    tab.locator("td.target a").first.click()
    tab.wait_for_url("**/task/**")
    place = tab.locator("section.place:target")
    assert place.count() == 1
    place.locator("summary").first.click()
    assert "内容" in place.locator("details p").first.inner_text()
    title = place.locator("h4 a").first.inner_text()
    place.locator("h4 a").first.click()
    tab.wait_for_url("**/document/**#at-*")
    assert title.split()[-1][:4] in tab.locator(".source").inner_text()
    for _ in range(40):  # it scrolls there smoothly
        tab.wait_for_timeout(100)
        seen = tab.evaluate("document.querySelector(':target').getBoundingClientRect().top")
        if 0 <= seen <= WIDE[1]:
            break
    assert 0 <= seen <= WIDE[1]
    tab.click("text=English")
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert "/en/document/" in tab.url


def test_rows_are_filtered_and_the_address_keeps_it(show: Show, served: str) -> None:
    tab = show(f"{served}/zh/units.html")
    rows = tab.locator("#rows-load tbody tr:visible")
    everything = rows.count()
    tab.fill("[data-filter=rows-load]", "西湖区 局")
    assert 0 < rows.count() < everything
    assert tab.inner_text("[data-filtered=rows-load]") == f"{rows.count()} 行符合"
    again = show(tab.url)
    assert again.input_value("[data-filter=rows-load]") == "西湖区 局"
    assert again.locator("#rows-load tbody tr:visible").count() == rows.count()
    again.click("text=English")
    again.wait_for_url("**/en/units.html**")
    assert again.input_value("[data-filter=rows-load]") == "西湖区 局"
    assert again.locator("#rows-load tbody tr:visible").count() == rows.count()


def test_opened_sections_stand_in_the_address(show: Show, served: str) -> None:
    tab = show(f"{served}/zh/findings.html")
    shown = tab.locator("#repairs table")
    assert not shown.is_visible()
    tab.click("#repairs > details > summary")
    assert shown.is_visible()
    again = show(tab.url)
    assert again.locator("#repairs table").is_visible()
    assert not again.locator("#alone table").is_visible()


def test_a_pair_is_reviewed(show: Show, served: str, deck: Deck) -> None:
    assert deck.reviews is not None
    tab = show(f"{served}/zh/task/360000-2024-a690694a_4.2.html")
    match = tab.locator("article.match").first
    match.locator("details.decide summary").click()
    match.locator("[name=reviewer]").fill("周 敏")
    match.locator("[name=comment]").fill("<b>一致</b>")
    match.locator("button[value=rejected]").click()
    tab.wait_for_url("**/task/**kept=1")
    assert "已记下" in tab.inner_text("[role=status]")
    assert "周 敏" in tab.locator(".decided").first.inner_text()
    assert "<b>一致</b>" in tab.locator(".decided").first.inner_text()
    assert tab.locator("article.match [name=reviewer]").first.input_value() == "周 敏"
    kept = read_folder(deck.reviews.folder)[-1]
    assert (kept.reviewer, kept.verdict, kept.comment) == ("周 敏", "rejected", "<b>一致</b>")
    tab = show(f"{served}/en/review.html?reviewer=周 敏")
    first = tab.locator("article.card").first
    title = first.locator("h2").inner_text()
    first.locator("button[value=none]").click()
    tab.wait_for_url("**/review.html**kept=1")
    assert tab.locator("article.card").first.locator("h2").inner_text() != title
    assert read_folder(deck.reviews.folder)[-1].object is None


def test_a_chart_leads_to_its_pages_and_its_table(show: Show, served: str) -> None:
    tab = show(f"{served}/zh/load.html")
    assert tab.locator("figure.chart object").get_attribute("aria-label")
    tab.wait_for_load_state("networkidle")
    chart = next(frame for frame in tab.frames if frame.url.endswith("/zh/load.load.svg"))
    assert chart.locator("svg").get_attribute("aria-label")
    assert chart.locator("a[aria-label]").count() >= 20
    chart.locator("a").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/unit/**")


def test_a_workbook_is_downloaded(show: Show, served: str, tmp_path: Path) -> None:
    tab = show(f"{served}/zh/units.html")
    with tab.expect_download() as waiting:
        tab.locator("#load a", has_text="XLSX").click()
    waiting.value.save_as(tmp_path / "units.xlsx")
    sheet = load_workbook(tmp_path / "units.xlsx").active
    assert sheet is not None
    assert sheet.max_row > 30
    assert waiting.value.suggested_filename == "units.load.xlsx"


def test_the_keyboard_comes_first_to_the_content(show: Show, served: str) -> None:
    tab = show(f"{served}/zh/matrix.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_graph_opens_step_by_step(show: Show, served: str) -> None:
    tab = show(f"{served}/zh/graph.html?node=item/360000-2024-a690694a/4.2")
    tab.wait_for_selector("#count:not(:empty)")
    before = tab.locator("section.steps li").count()
    tab.locator("section.steps a").first.click()
    tab.wait_for_selector("#count:not(:empty)")
    assert "open=" in tab.url
    assert tab.locator("section.steps li").count() >= before > 2


def test_a_query_is_asked_and_shared(show: Show, served: str) -> None:
    tab = show(f"{served}/en/query.html")
    tab.fill("#query", "SELECT ?a { ?a a gm:Action }")
    tab.click("button:has-text('Run')")
    assert tab.locator("#answer tbody tr").count() == 6
    again = show(tab.url)
    assert again.locator("#answer tbody tr").count() == 6
    assert again.input_value("#query") == "SELECT ?a { ?a a gm:Action }"


def test_paper_shows_the_text_and_not_the_controls(show: Show, served: str) -> None:
    tab = show(f"{served}/zh/document/360103-2024-bb246032.html")
    tab.emulate_media(media="print")
    assert not tab.locator(".site-nav").is_visible()
    assert tab.locator(".source").is_visible()
    assert len(tab.pdf()) > 50_000


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of a plan whose title, headings, units, targets and file name are attempts to run something."""
    assert len(PAYLOADS) >= 20
    folder = tmp_path_factory.mktemp("planted")
    lines = ["某省科技行动方案" + PAYLOADS[0], ""]
    for number, word in enumerate(PAYLOADS, 1):
        lines += [
            f"{number}.推进{word}行动",
            f"到2025年,{word}企业达到{number}0家。贯彻落实《{word}规划》。(责任单位:科技局{word}、市发改委)",
        ]
    name = "方案<img src=x onerror=hacked=1>'\"{{7*7}}.txt"
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    build([folder / name], folder / "store")
    return Store.open(folder / "store")


def test_planted_texts_run_nowhere(show: Show, planted: Store, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    publish(planted, folder)
    names = ("index", "targets", "units", "findings", "search", "graph")
    pages = [
        *(folder / "zh" / f"{name}.html" for name in names),
        *(folder / "zh" / "document").glob("*.html"),
    ]
    pages += [
        *sorted((folder / "zh" / "unit").glob("*.html"))[:2],
        *(folder / "zh" / "picture").glob("*.html"),
    ]
    shown = 0
    for page in pages:
        tab = show(page.as_uri())
        tab.wait_for_timeout(60)
        assert tab.evaluate("window.hacked") is None, page
        assert (
            tab.locator("td script, td img, .source script, .source img, iframe, base, svg[onload]").count()
            == 0
        )
        shown += "onerror" in tab.content()
    assert shown >= 4
    for table in folder.rglob("*.csv"):
        for row in csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "@", "+", "-"))], table


def test_planted_texts_run_nowhere_on_a_server(show: Show, planted: Store) -> None:
    deck = Deck(planted.directory)
    try:
        for address in _serve(deck):
            document = planted.manifest.documents[0].id
            for path in ("index.html", f"document/{document}.html", "query.html?query=SELECT*%7B?s?p?o%7D"):
                tab = show(f"{address}/zh/{path}")
                assert tab.evaluate("window.hacked") is None
            for word in PAYLOADS[:5]:
                tab = show(f"{address}/zh/search.html")
                tab.fill("[name=q]", word)
                with tab.expect_navigation():
                    tab.keyboard.press("Enter")
                assert tab.evaluate("window.hacked") is None
                assert tab.input_value("[name=q]") == word
    finally:
        deck.close()
