"""From any claim to the sentence in the file: every kind of claim, every rule with its note, damage told."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from graph import iris, runs
from graph.claims import find_claim, id_of
from graph.observe import states
from graph.passages import touches
from graph.rule_notes import rule_note
from graph.store import NamedNode, Store
from graph.why import Chain, Why, why
from loaders.errors import StoreError, UsageError
from loaders.records import Repair
from ontology import terms, vocab


@pytest.fixture(scope="module")
def every(store: Store) -> list[Why]:
    """The chain of every claim of the corpus."""
    chain = Chain(store)
    nodes = {q.subject for q in store.quads(predicate=vocab.prov_wasGeneratedBy)}
    claims = [find_claim(store, n.value) for n in sorted(nodes, key=str) if isinstance(n, NamedNode)]
    return [chain.why(claim) for claim in claims]


def test_every_claim_has_a_chain(store: Store, every: list[Why]) -> None:
    kinds = Counter(w.type for w in every)
    records = Counter(r["type"] for r in store.records())
    assert {kind: n for kind, n in kinds.items() if kind[0].islower()} == records
    assert set(kinds) - set(records) == {
        *("PolicyDocument", "Target", "Observation", "TargetStatus", "CoverageCell", "UnitLoad"),
        "CombinedLoad",
        *("TargetRefinement", "DocumentAlignment", "LikelyOwner"),
    }
    for w in every:
        assert w.said_zh, w.claim
        assert w.said_en, w.claim
        assert not any(mark in w.said_zh + w.said_en for mark in ("None", "https://")), w
        assert w.sources, w.claim
        assert w.version == terms.VERSION
        assert (w.rule_set, w.rules_changed) == (runs.rule_set(), False)


def test_every_source_ends_in_a_sentence_or_a_row(store: Store, every: list[Why]) -> None:
    texts = {d.id: store.text(d.id) for d in store.manifest.documents}
    seen = Counter[str]()
    for source in (s for w in every for s in w.sources):
        if source.passage is None or source.document is None:
            assert source.rows, source
            seen["row"] += 1
            continue
        text, at = texts[source.document.id], source.passage
        assert text[at.start : at.end] == at.quote
        assert text[at.start - len(at.before) : at.end + len(at.after)] == at.before + at.quote + at.after
        assert text.split("\n")[at.line - 1][at.column - 1 :].startswith(at.quote.split("\n")[0])
        assert len(source.document.file_sha256) == len(source.document.text_sha256) == 64
        assert source.document.trust_reasons
        seen["passage"] += 1
    assert seen["row"] > 20
    assert seen["passage"] > 1000


def test_every_rule_says_what_it_does(every: list[Why]) -> None:
    rules = {rule.name: rule for w in every for rule in (w.rule, *(s.rule for s in w.sources)) if rule}
    assert len(rules) > 30
    assert [r.name for r in rules.values() if not (r.zh and r.en) and not r.lexicon] == []


def test_a_target_leads_to_its_sentence(store: Store) -> None:
    (target,) = [r for r in store.records() if r["type"] == "target" and r["figure"] == "38.5亿元"]
    found = why(store, target["id"])
    assert found.said_zh.startswith("“技术合同登记额”=38.5亿元，期限2025年（确保）；期限")
    assert found.said_en.startswith("value of technology contracts = 38.5 hundred million yuan by 2025")
    assert found.rule is not None
    assert found.rule.name == "figure_with_unit"
    (source,) = found.sources
    assert source.document is not None
    assert (source.document.file, source.document.trust) == ("002_3d12ad2daf9da656.txt", "damaged")
    assert source.document.trust_zh == "文本受损"
    assert source.passage is not None
    assert source.passage.quote == target["quote"]
    assert json.loads(json.dumps(found.as_dict()))["sources"][0]["passage"]["line"] == source.passage.line


def test_repairs_that_touch_a_quote_are_named(store: Store) -> None:
    (target,) = [
        r for r in store.records() if r["type"] == "target" and r["quote"].endswith("国家高新技术企110家")
    ]
    (source,) = why(store, target["id"]).sources
    (repair,) = source.repairs
    assert (repair.rule, repair.decided) == ("lost_char", True)
    assert "企业110" in repair.repaired


def test_an_alignment_shows_both_passages_and_its_reasons(store: Store) -> None:
    found = next(
        why(store, r["id"]) for r in store.records() if r["type"] == "alignment" and r["object"] is not None
    )
    assert [s.role for s in found.sources] == ["lower", "upper"]
    assert found.reasons
    lower, upper = found.sources
    assert lower.document is not None
    assert upper.document is not None
    assert lower.document.id != upper.document.id


def test_a_conflict_shows_both_targets(store: Store) -> None:
    for record in (r for r in store.records() if r["type"] == "conflict"):
        found = why(store, record["id"])
        assert [(s.role, s.claim) for s in found.sources] == [
            ("first", record["targets"][0]),
            ("second", record["targets"][1]),
        ]
        assert record["explanation"] in found.said_zh


def test_a_curated_claim_shows_its_row(store: Store) -> None:
    found = why(store, "curated-9fcf74ae:target:1")
    assert found.said_zh == "“综合科技创新水平指数”≥66%，期限2025年"
    (source,) = found.sources
    (row,) = source.rows
    assert (row.table, row.number, row.date) == ("plan.csv", 4, "2023-02-24")
    assert row.text.startswith("科技兴赣六大行动实施方案(2023-2025年),目标:综合创新水平指数,>=66,%,2025,")
    assert [r.number for r in why(store, "curated-9fcf74ae").sources[0].rows] == [1, 2, 3]


def test_a_status_shows_its_target_and_the_value(store: Store) -> None:
    met = sorted(t for t, state in states(store).items() if state == "met")
    found = why(store, met[-1].replace("/target/", "/status/"))
    assert [s.role for s in found.sources] == ["target", "observation"]
    assert [s.rows[0].table for s in found.sources] == ["plan.csv", "observations.csv"]
    assert "截至2025：已完成。目标：2025年≥66%" in found.said_zh


def test_a_claim_goes_by_id_iri_short_form_and_beginning(store: Store) -> None:
    (target,) = [r["id"] for r in store.records() if r["type"] == "target" and r["figure"] == "38.5亿元"]
    node = iris.record(target)
    short = node.removeprefix(iris.BASE)
    for given in (target, node, short, target[:-3], node[:-2], short[:-2], f" {target} "):
        assert find_claim(store, given).id == target
    item = next(r["id"] for r in store.records() if r["type"] == "item" and "二(一)1" in r["id"])
    for given in (item, iris.record(item), "/".join(("item", item.split(":")[0], "二(一)1"))):
        assert find_claim(store, given).id == item
    document = target.split(":")[0]
    assert find_claim(store, document).id == document
    assert find_claim(store, document[:8]).id == document
    assert id_of(iris.cross_conflict("a:target:1", "b:target:2")) == "conflict/derived/a:target:1/b:target:2"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("360", "5 claims begin so; give one of 360000-2024-a690694a, 360100-"),
        ("360103-2024-bb246032:target:", "claims begin so; give one of"),
        ("360103-2024-bb246032:targot:799a0896", "is not in the store; perhaps one of 360103-2024-bb246032:"),
        ("nothing at all", "is not in the store; `gangmu records` lists"),
        ("", "is not in the store"),
        ("a:b:\u200b", "is not in the store"),
        ("https://example.org/x", "is not in the store"),
    ],
)
def test_what_is_no_one_claim_is_refused_with_candidates(store: Store, given: str, words: str) -> None:
    with pytest.raises(UsageError, match=r"^claim ") as caught:
        why(store, given)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_beginning_that_is_whole_is_no_beginning(store: Store) -> None:
    items = [r["id"] for r in store.records() if r["type"] == "item" and r["path"] == "1.1"]
    assert why(store, items[0]).claim == items[0]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(10, 14, True), (14, 20, True), (15, 20, False), (0, 13, False), (0, 14, True)],
)
def test_what_is_alike_around_a_repair_does_not_touch(start: int, end: int, expected: bool) -> None:
    insertion = Repair(
        id="d:repair:1", document="d", quote="新技术企110家", start=10, end=18, rule="lost_char",
        raw="新技术企110家", repaired="新技术企业110家", confidence=0.9, decided=True,
    )  # fmt: skip
    assert touches(insertion, start, end) is expected
    assert touches(replace(insertion, repaired="新技术业110家"), 13, 14)
    assert not touches(replace(insertion, repaired="新技术业110家"), 14, 18)


def test_lexicon_rules_of_one_name_are_told_apart(store: Store) -> None:
    notes = {
        why(store, r["id"]).rule
        for r in store.records()
        if r["type"] == "repair" and r["rule"] == "lost_char"
    }
    assert len(notes) > 3
    assert rule_note("no_such_rule").zh is None
    assert rule_note("heading_circle").zh is not None


def test_other_rules_and_damage_are_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (target,) = [r for r in store.records() if r["type"] == "target" and r["figure"] == "38.5亿元"]
    monkeypatch.setattr("graph.runs.rule_set", lambda: "0" * 64)
    assert why(store, target["id"]).rules_changed
    text = store.text(target["document"])
    monkeypatch.setattr(Store, "text", lambda _self, _document: text.replace("38.5", "39.5"))
    with pytest.raises(StoreError, match="does not stand where it says; run `gangmu check`"):
        why(store, target["id"])
