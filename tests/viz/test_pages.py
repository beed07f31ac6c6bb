"""Pages as files: whole, closed to the network, the same for the same store, and true to it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from graph.build import build
from graph.realign import put_aside, realign
from graph.store import Store
from viz.pages.alignment import alignment_page
from viz.pages.document import default_document, document_page
from viz.pages.gaps import gaps_page
from viz.pages.model import Label, Page
from viz.pages.plan import RANKS, Plan, node_id
from viz.pages.units import units_page
from viz.pages.views import draw_page
from viz.pages.words import KINDS, LEVELS, LINES, WORDS
from viz.pages.write import TEMPLATES, embed, page_html

ROOT = Path(__file__).resolve().parents[2]


class Parsed(HTMLParser):
    """Start tags with their attributes, and the text inside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inline.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            tag, attributes, text = self.inline[-1]
            self.inline[-1] = (tag, attributes, text + data)

    def json(self, key: str) -> Any:
        """The data that the page carries under an id."""
        return next(json.loads(text) for _, attributes, text in self.inline if attributes.get("id") == key)


def test_nothing_is_fetched_and_only_our_scripts_run(pages: dict[str, str], hostile: Page) -> None:
    assert len(pages) == 4
    for html in [*pages.values(), page_html(hostile)]:
        page = Parsed(html)
        assert not [
            a for _, a in page.tags for name in a if name.startswith("on") or name in ("src", "style")
        ]
        assert not [
            a for tag, a in page.tags if tag in ("link", "iframe", "object", "embed", "img", "base", "form")
        ]
        assert all((a.get("href") or "#").startswith("#") for _, a in page.tags)
        policy = next(
            a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        assert "unsafe" not in policy
        assert "http" not in policy
        assert policy.startswith("default-src 'none'")
        run = [(tag, text) for tag, a, text in page.inline if a.get("type") != "application/json"]
        assert [tag for tag, _ in run] == ["style", "script", "script", "script", "script"]
        for tag, text in run:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert re.search(rf"{tag}-src[^;]*'sha256-{re.escape(digest)}'", policy)


def test_a_page_says_what_it_rests_on(store: Store) -> None:
    content = store.manifest.content
    for view in ("alignment", "gaps", "units", "document"):
        html = draw_page(store, view, lang="en")
        assert f"gangmu --lang en draw {view} --expect {content[:16]}" in html
        assert content in html
        for document in store.manifest.documents:
            assert document.sha256 in html


def test_our_files_may_stand_inside_their_elements() -> None:
    files = sorted(TEMPLATES.glob("*.[jc]s*"))
    assert [file.name for file in files] == ["audit.css", "page.css", "page.js", "paint.js", "picture.js"]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"</|<!--|\r|innerHTML|insertAdjacentHTML|document\.write|eval\(", text), file


def test_hostile_texts_stay_texts(hostile: Page) -> None:
    html = page_html(hostile)
    page = Parsed(html)
    assert "49" not in html.split("<body>")[1].split("<script", 1)[0]
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 6
    carried = page.json("graph")["nodes"]
    assert [node["label"] for node in carried] == [node.label for node in hostile.nodes]
    assert len(page.json("details")["nodes"]) == len(hostile.nodes)


def test_data_in_a_script_element_holds_nothing_that_html_reads(hostile: Page) -> None:
    data = {"a": [node.label for node in hostile.nodes]}
    text = embed(data)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == data


def test_the_same_store_gives_the_same_page(store: Store, pages: dict[str, str]) -> None:
    assert draw_page(Store.open(store.directory), "alignment") == pages["alignment"]


def test_pages_speak_the_language_asked_for(store: Store, pages: dict[str, str]) -> None:
    assert '<html lang="zh-CN">' in pages["units"]
    assert '<html lang="en">' in draw_page(store, "units", lang="en")


def test_a_page_shows_every_match_and_every_abstention(store: Store) -> None:
    plan = Plan(store)
    page = alignment_page(plan)
    shown = {node.id for node in page.nodes}
    matches = plan.rows("alignment-by-task", ranks=RANKS)
    assert len(matches) > 50
    edges = {(edge.source, edge.target) for edge in page.edges}
    for match in matches:
        pair = (node_id(plan.task(str(match["upper_item"]))), node_id(str(match["lower_item"])))
        assert pair in edges
    assert {node_id(str(row["lower_item"])) for row in plan.rows("abstentions")} <= shown
    tasks = [node for node in page.nodes if node.kind == "task" and node.column == 0]
    assert len(tasks) == 21
    assert [action.text[0] for action in page.actions] == list("123456")


def test_badges_lines_and_rows_agree_with_coverage(store: Store) -> None:
    plan = Plan(store)
    page = alignment_page(plan)
    uncovered = {node_id(str(row["upper_item"])): 0 for row in plan.rows("uncovered-tasks")}
    for row in plan.rows("uncovered-tasks"):
        uncovered[node_id(str(row["upper_item"]))] += 1
    places = len(plan.rows("coverage-summary"))
    tasks = [node for node in page.nodes if node.kind == "task" and node.column == 0]
    assert len(tasks) == 21
    place = {node.id: node.places for node in page.nodes}
    for task in tasks:
        reached = {place[e.target] for e in page.edges if e.source == task.id and not e.spare}
        assert int(task.badge or 0) == places - uncovered.get(task.id, 0) == len(reached), task.label
    spare = [row.spare for row in page.rows]
    assert spare == sorted(spare)
    assert True in spare
    assert [row.spare for row in page.rows] == ["备选" in str(row.cells[5]) for row in page.rows]


def test_every_evidence_stands_in_its_text(store: Store) -> None:
    plan = Plan(store)
    made = [alignment_page(plan), units_page(plan)]
    made += [document_page(plan, document.id) for document in store.manifest.documents]
    texts = {plan.title(iri): store.text(record["id"]) for iri, record in plan.documents.items()}
    found = [fact.evidence for page in made for node in page.nodes for fact in node.facts if fact.evidence]
    assert len(found) > 500
    for evidence in found:
        text = texts[evidence.document]
        assert text[evidence.start : evidence.end] == evidence.quote
        around = evidence.before + evidence.quote + evidence.after
        assert text[evidence.start - len(evidence.before) :].startswith(around)


def test_every_line_and_link_leads_somewhere(store: Store) -> None:
    plan = Plan(store)
    made = [alignment_page(plan), units_page(plan), document_page(plan, default_document(plan))]
    for page in made:
        ids = [node.id for node in page.nodes]
        assert len(ids) == len(set(ids)) > 50
        assert {end for edge in page.edges for end in (edge.source, edge.target)} <= set(ids)
        assert {node.anchor for node in page.nodes if node.anchor} <= set(ids)
        assert {key for row in page.rows for key in row.nodes} <= set(ids)
        in_rows = {key for row in page.rows for key in row.nodes}
        told = {"action", "document", "none"} | ({"target"} if page.name == "units" else set())
        assert {node.id for node in page.nodes if node.kind not in told} <= in_rows
        assert all(len(row.cells) == len(page.headers) for row in page.rows)
        assert all(0 <= node.column < len(page.columns) for node in page.nodes)


def test_a_plan_that_is_itself_aligned_is_drawn_once(tmp_path: Path) -> None:
    """Two documents with actions: the one with more is the upper one, the other stands to the right."""
    upper = ROOT / "data" / "corpus" / "000_5b418620c0e82b13.txt"
    text = upper.read_text(encoding="utf-8")
    fourth = text.index("在企业创新竞争力升级行动方面")
    lower = tmp_path / "lower.txt"
    lower.write_text(text[:fourth].replace("安义县", "西湖区"), encoding="utf-8")
    build([upper, lower], tmp_path / "store")
    page = alignment_page(Plan(Store.open(tmp_path / "store")))
    ids = [node.id for node in page.nodes]
    assert len(ids) == len(set(ids))
    assert sum(node.kind == "action" and node.column == 0 for node in page.nodes) == 6
    assert any(node.column == 1 for node in page.nodes)


def test_the_page_of_a_document_holds_all_its_targets_and_conflicts(store: Store) -> None:
    plan = Plan(store)
    page = document_page(plan, next(d.id for d in store.manifest.documents if d.file.startswith("002")))
    assert sum(node.kind == "target" for node in page.nodes) > 60
    assert sum(edge.kind == "conflict" for edge in page.edges) >= 5


def test_words_are_there_in_both_languages() -> None:
    labels = [*KINDS.values(), *LEVELS.values(), *WORDS.values(), *(line.label for line in LINES.values())]
    assert len(labels) > 50
    for zh, en in labels:
        assert re.search("[\u4e00-\u9fff]", zh) or zh == "English"
        assert not re.search("[\u4e00-\u9fff]", en) or en == "中文"
        assert sorted(re.findall(r"{(\w+)}", zh)) == sorted(re.findall(r"{(\w+)}", en))


def test_the_template_shows_no_text_by_hand() -> None:
    """Every word of the page comes from `words`, so that both languages have it."""
    template = (TEMPLATES / "page.html").read_text(encoding="utf-8")
    assert re.findall("[\u4e00-\u9fff]+", template) == ["纲目"]
    assert Path(TEMPLATES / "page.js").read_text(encoding="utf-8").count("innerHTML") == 0


def test_the_page_of_gaps_has_every_gap_once(store: Store) -> None:
    plan = Plan(store)
    page = gaps_page(plan)
    gaps = [row for row in plan.rows("uncovered-tasks") if not row["elsewhere"]]
    assert len(gaps) > 40
    marks = [node for node in page.nodes if node.column == 1 and node.kind == "gap"]
    assert len(marks) == len(gaps) == sum(edge.kind == "gap" for edge in page.edges)
    assert not [n for n in marks if n.label == "景德镇市" and "赣州" in n.facts[0].text]
    kinds = [row.cells[0].zh for row in page.rows if isinstance(row.cells[0], Label)]
    shorts = plan.rows("targets-short")
    assert kinds.count("低于上级") == len(shorts) > 0
    assert kinds.count("没有上级依据的地方条目") == len(plan.rows("local-without-counterpart"))
    assert "无人答复" in kinds
    known = {node.id for node in page.nodes}
    assert {end for edge in page.edges for end in (edge.source, edge.target)} <= known
    assert {key for row in page.rows for key in row.nodes} <= known


def test_a_store_without_an_upper_plan_has_no_gaps(tmp_path: Path) -> None:
    build([ROOT / "data" / "corpus" / "003_a36cf1eedc219e1f.txt"], tmp_path / "store")
    page = gaps_page(Plan(Store.open(tmp_path / "store")))
    assert page.notice is not None
    assert page.nodes == ()


def test_a_city_above_its_district_is_drawn(store: Store, tmp_path: Path) -> None:
    city = next(d.id for d in store.manifest.documents if d.file.startswith("001"))
    put_aside(realign(store, city, []), tmp_path / "city")
    plan = Plan(Store.open(tmp_path / "city"))
    page = alignment_page(plan)
    assert page.notice is None
    assert [n for n in page.nodes if n.column == 0 and n.level == "city"]
    assert gaps_page(plan).nodes
