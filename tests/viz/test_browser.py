"""Pages in a real browser: nothing hostile runs, nothing is requested, and people can use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from viz.pages.model import Label, Node, Page
from viz.pages.views import View
from viz.pages.write import LIMIT, page_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Request
    from playwright.sync_api import Page as Tab

VIEWS: tuple[View, ...] = ("alignment", "gaps", "units", "document")
WIDE, NARROW = (1400, 900), (390, 844)
Opened = Callable[..., "Tab"]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens HTML in a tab; at the end no error was said and nothing but the file was requested."""
    troubles: list[str] = []
    contexts = []

    def logged(message: ConsoleMessage) -> None:
        troubles.append(f"{message.type}: {message.text}")

    def failed(error: Error) -> None:
        troubles.append(str(error))

    def asked(request: Request) -> None:
        troubles.append(request.url)

    def opened(html: str, size: tuple[int, int] = WIDE, fragment: str = "") -> Tab:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        phone = size == NARROW
        viewport: Any = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, has_touch=phone, is_mobile=phone)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", logged)
        tab.on("pageerror", failed)
        tab.on("request", asked)
        tab.goto(path.as_uri() + fragment)
        tab.wait_for_function("document.getElementById('count').textContent")
        return tab

    yield opened
    for context in contexts:
        context.close()
    own = ((tmp_path / "page.html").as_uri(), "data:image/png")
    assert [trouble for trouble in troubles if not trouble.startswith(own)] == []


def drawn(tab: Tab) -> int:
    """How many pixels of the picture are not white."""
    script = """() => {
        const canvas = document.querySelector('#network canvas');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] && data[i] + data[i + 1] + data[i + 2] < 600) count++;
        }
        return count;
    }"""
    return int(tab.evaluate(script))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_page_draws_without_errors_or_requests(
    show: Opened, pages: dict[str, str], view: str, size: tuple[int, int]
) -> None:
    tab = show(pages[view], size)
    tab.wait_for_timeout(300)
    assert drawn(tab) > 5_000
    assert tab.evaluate("document.documentElement.scrollWidth") == size[0]
    assert tab.evaluate("document.querySelectorAll('tbody tr').length") > 30


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_click_shows_the_evidence(show: Opened, pages: dict[str, str], size: tuple[int, int]) -> None:
    tab = show(pages["alignment"], size)
    tab.evaluate("document.getElementById('scroll').scrollIntoView({behavior: 'instant'})")
    box = tab.locator("#scroll").bounding_box()
    assert box is not None
    x, y = box["x"] + 150, box["y"] + (80 if size == WIDE else 30)
    if size == NARROW:
        tab.touchscreen.tap(x, y)
    else:
        tab.mouse.click(x, y)
    tab.wait_for_selector("#facts mark")
    assert tab.inner_text("#facts h2") == "1 区域创新协同力升级行动"
    assert tab.inner_text("#facts mark").startswith("在区域创新协同力升级行动方面")
    assert unquote(tab.url).endswith("/1")
    assert tab.locator("#facts").is_visible()


def test_a_gap_is_told_with_who_would_own_it(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["gaps"], fragment="")
    rows = tab.locator("tbody tr")
    count = rows.count()
    gaps = [n for n in range(count) if "无人答复" in rows.nth(n).inner_text()]
    assert gaps
    href = rows.nth(gaps[0]).locator("a").first.get_attribute("href")
    assert href is not None
    again = show(pages["gaps"], fragment=href)
    again.wait_for_selector("#facts h2")
    assert again.inner_text("#facts").strip()
    assert again.evaluate("document.querySelectorAll('tr.current').length") >= 1


def test_a_link_opens_its_node(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["alignment"])
    href = tab.get_attribute("tbody a", "href")
    assert href is not None
    again = show(pages["alignment"], fragment=href)
    again.wait_for_selector("#facts mark")
    assert again.evaluate("document.querySelectorAll('tr.current').length") >= 1
    again.click("#facts .panel-links a")
    again.wait_for_timeout(100)
    again.click("#facts .close")
    assert again.evaluate("location.hash") == ""


def test_the_keyboard_reaches_everything(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["alignment"])
    tab.focus("#scroll")
    heads = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "End", "Home"):
        tab.keyboard.press(key)
        heads.append(tab.inner_text("#facts h2"))
    assert heads[0].startswith("1 ")
    assert heads[1].startswith("1.1 ")
    assert len(set(heads[:4])) == 4
    assert heads[4][0].isdigit()
    assert heads[6] == heads[0]
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "panel"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "scroll"
    assert tab.locator("#facts h2").count() == 0
    tab.keyboard.press("+")
    tab.keyboard.press("0")


def test_search_finds_also_what_stands_in_quotes(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["alignment"])
    tab.fill("#search", "稀土科技产业创新中心")
    found = tab.locator("#found button").all_inner_texts()
    assert any(text.endswith("1.2 建设赣州科技创新副中心") for text in found)
    tab.keyboard.press("Enter")
    assert tab.inner_text("#facts h2") == found[0].split("\n")[-1]
    tab.fill("#search", "没有这样的文字")
    assert tab.inner_text("#count").startswith("没有找到")
    assert tab.locator("tbody tr:visible").count() == 0
    assert not tab.locator("#found").is_visible()
    tab.click("#reset")
    assert tab.input_value("#search") == ""


def test_filters_narrow_the_picture_and_the_table(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["alignment"])
    visible = "[...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).length"
    everything = tab.evaluate(visible)
    tab.select_option("#place", label="西湖区")
    some = tab.evaluate(visible)
    tab.select_option("#action", index=4)
    fewer = tab.evaluate(visible)
    assert everything > some > fewer > 0
    assert "县" in tab.inner_text("#network") or drawn(tab) > 2_000
    tab.click("#reset")
    assert tab.evaluate(visible) == everything


def test_the_address_holds_what_is_filtered(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["alignment"])
    spare = tab.locator("tr[data-spare]")
    assert spare.count() > 10
    assert tab.locator("tr[data-spare]:visible").count() == 0
    tab.check("#spares")
    assert tab.locator("tr[data-spare]:visible").count() == spare.count()
    tab.select_option("#place", label="西湖区")
    tab.fill("#search", "科技")
    tab.click("#language")
    kept = tab.evaluate("location.hash")
    rows = tab.locator("tbody tr:visible").count()
    again = show(pages["alignment"], fragment=kept)
    assert again.input_value("#search") == "科技"
    assert again.evaluate("document.documentElement.lang") == "en"
    assert again.is_checked("#spares")
    assert again.locator("tbody tr:visible").count() == rows > 0
    lost = show(pages["alignment"], fragment="#no/such")
    assert "no/such" in lost.inner_text("#unknown")


@pytest.mark.parametrize("view", VIEWS)
def test_english_leaves_no_chinese_words_of_the_page(show: Opened, pages: dict[str, str], view: str) -> None:
    tab = show(pages[view])
    tab.click("#language")
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert tab.locator(".zh:visible").count() == 0
    assert "shown" in tab.inner_text("#count")
    assert tab.get_attribute("#scroll", "aria-label") != tab.get_attribute("#scroll", "data-zh")
    tab.click("#language")
    assert tab.locator(".en:visible").count() == 0


def test_hostile_texts_never_run(show: Opened, hostile: Page) -> None:
    tab = show(page_html(hostile))
    tab.focus("#scroll")
    for _ in hostile.nodes:
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("ArrowRight")
    tab.fill("#search", "script")
    tab.click("#language")
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("#facts script, #found script, #facts img, td img, td script").count() == 0


def test_a_crowd_is_drawn_in_part_and_says_so(show: Opened) -> None:
    count = 1_000
    nodes = tuple(
        Node(
            id=f"n{n}",
            label=f"条目{n}",
            kind="task" if n < 10 else "measure",
            level="city",
            column=n % 3,
            rank=n,
        )
        for n in range(count)
    )
    label = Label("人群", "crowd")
    page = Page(
        name="crowd",
        title=label,
        lead=label,
        columns=(label,) * 3,
        nodes=nodes,
        edges=(),
        headers=(),
        rows=(),
    )
    tab = show(page_html(page))
    assert tab.inner_text("#count") == f"图中 {LIMIT} 项，共 {count} 项"
    assert f"未画出 {count - LIMIT} 项（举措 {count - LIMIT}）" in tab.inner_text("#left-out")
    tab.fill("#search", "条目999")
    tab.keyboard.press("Enter")
    assert drawn(tab) > 5_000


def test_paper_has_the_whole_picture_and_the_whole_table(show: Opened, pages: dict[str, str]) -> None:
    tab = show(pages["alignment"])
    pdf = tab.pdf()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Subtype /Image") > 3 or len(pdf) > 200_000
    assert tab.locator("#paper img").count() == 0
    tab.wait_for_timeout(200)
    assert drawn(tab) > 5_000


def test_without_scripts_the_table_is_there(browser: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(pages["units"], encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    assert "脚本" in tab.inner_text("body")
    assert tab.locator("tbody tr").count() > 30
    context.close()
