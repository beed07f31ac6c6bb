"""Reviewing in the browser: who may, what is kept, and that nobody else's page can do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from graph.reviews import read_folder
from queries.guard.limits import STRANGERS
from viz.web.app import application
from viz.web.deck import Deck
from viz.web.site import Site
from viz.web.source import Source

HOME = "http://127.0.0.1:8000"
OWN = {"origin": HOME, "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def deck(store_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deck]:
    """With a folder of decisions that no other file of tests writes to."""
    made = Deck(store_dir, replace(STRANGERS, seconds=3), tmp_path_factory.mktemp("decisions"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(deck: Deck) -> TestClient:
    """As the client of all tests, of this deck."""
    return TestClient(application(deck), base_url=HOME, follow_redirects=False)


def first(client: TestClient, query: str = "") -> dict[str, str]:
    """The fields of the first form of the queue that proposes a task."""
    tree = html.fromstring(client.get(f"/zh/review.html{query}").content)
    form = tree.xpath("//form[@class='decision'][.//input[@checked]]")[0]
    fields = {i.get("name"): i.get("value") or "" for i in form.xpath(".//input[not(@type='radio')]")}
    return {**fields, "upper": form.xpath(".//input[@checked]/@value")[0]}


def send(client: TestClient, form: dict[str, str], headers: dict[str, str] = OWN) -> tuple[int, str]:
    answer = client.post("/zh/review.html", content=urlencode(form), headers=headers)
    return answer.status_code, answer.headers.get("location", answer.text)


def folder(deck: Deck) -> Path:
    assert deck.reviews is not None
    return deck.reviews.folder


def test_a_decision_is_kept_and_shown_and_no_longer_asked(client: TestClient, deck: Deck) -> None:
    form = {**first(client), "reviewer": "王 敏", "verdict": "accepted", "comment": "=1+1 一致"}
    status, place = send(client, form)
    assert (status, place) == (303, "review.html?reviewer=%E7%8E%8B+%E6%95%8F&kept=1")
    kept = read_folder(folder(deck))[-1]
    assert (kept.subject, kept.object, kept.verdict) == (form["subject"], form["upper"], "accepted")
    assert (kept.reviewer, kept.comment) == ("王 敏", "=1+1 一致")
    assert kept.subject_text is not None
    assert first(client, "?reviewer=王 敏")["subject"] != form["subject"]
    assert first(client)["subject"] == form["subject"]
    upper = kept.object or ""
    task = "/zh/task/360000-2024-a690694a_" + ".".join(upper.rpartition(":")[2].split(".")[:2]) + ".html"
    shown = client.get(task).text
    assert "王 敏" in shown
    assert "下次建图时生效" in shown


def test_another_task_none_and_a_rejection(client: TestClient, deck: Deck) -> None:
    form = {**first(client, "?reviewer=李"), "reviewer": "李", "verdict": "accepted", "other": "6.4 人才"}
    assert send(client, form)[0] == 303
    chosen = read_folder(folder(deck))[-1]
    assert chosen.object is not None
    assert chosen.object.endswith(":6.4")
    assert chosen.instead_of == form["upper"]
    none = {**first(client, "?reviewer=李"), "reviewer": "李", "verdict": "none"}
    assert send(client, none)[0] == 303
    assert read_folder(folder(deck))[-1].object is None
    reject = {
        **first(client, "?reviewer=李"),
        "reviewer": "李",
        "verdict": "rejected",
        "back": "task/x_1.html",
    }
    assert send(client, reject) == (303, "task/x_1.html?reviewer=%E6%9D%8E&kept=1")
    assert read_folder(folder(deck))[-1].verdict == "rejected"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reviewer": " "}, "请填写姓名"),
        ({"reviewer": "王" * 80}, "请填写姓名"),
        ({"subject": "x:item:1"}, "不是参与对应的条目"),
        ({"upper": "x:item:1"}, "不是上级方案的条目"),
        ({"other": "99.9"}, "不是上级方案的条目"),
        ({"verdict": "maybe"}, "没有说明如何判定"),
        ({"comment": "长" * 3000}, "的意见太长"),
    ],
)
def test_a_form_that_decides_nothing_is_refused(
    client: TestClient, deck: Deck, change: dict[str, str], said: str
) -> None:
    before = read_folder(folder(deck))
    status, text = send(client, {**first(client), "reviewer": "赵", "verdict": "accepted", **change})
    assert status == 422
    assert said in text
    assert read_folder(folder(deck)) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": HOME, "host": "evil.example"},
    ],
)
def test_forms_of_other_pages_are_refused(client: TestClient, deck: Deck, headers: dict[str, str]) -> None:
    before = read_folder(folder(deck))
    form = {**first(client), "reviewer": "赵", "verdict": "accepted"}
    assert send(client, form, headers)[0] in (400, 403)
    assert send(client, {**form, "comment": "长" * 90_000}, OWN)[0] == 413
    assert read_folder(folder(deck)) == before


def test_a_decision_leads_back_to_our_own_pages_only(client: TestClient) -> None:
    for place in ("https://evil.example/", "//evil.example", "task/../../x.html", "javascript:alert(1)"):
        form = {**first(client, "?reviewer=孙"), "reviewer": "孙", "verdict": "none", "back": place}
        assert send(client, form)[1].startswith("review.html?")


def test_where_reviewing_is_closed_pages_say_how(store_dir: Path, tmp_path: Path) -> None:
    deck = Deck(store_dir, replace(STRANGERS, seconds=3), tmp_path, open_=False)
    try:
        client = TestClient(application(deck), base_url=HOME, follow_redirects=False)
        page = client.get("/zh/review.html").text
        assert "gangmu review" in page
        assert '<button name="verdict"' not in page
        assert send(client, {"reviewer": "赵"})[0] == 422
        assert list(tmp_path.iterdir()) == []
    finally:
        deck.close()


def test_files_have_no_forms_and_say_how(deck: Deck) -> None:
    site = Site(Source(deck.store), live=False)
    for address in ("zh/review.html", "zh/task/360000-2024-a690694a_4.2.html"):
        page = site.answer(address).body.decode()
        assert "gangmu review --reviewer" in page
        assert 'method="post"' not in page
