"""Decisions: what is in force, what they make of proposals, that none is lost, that SSSOM reads them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.gold import write_reading
from graph import iris
from graph.align import THRESHOLD, align
from graph.build import build
from graph.export import export
from graph.retrain import LEAST, PAIRS, retrain, shipped_pairs
from graph.review import agreement, apply, standings
from graph.review_queue import Queue
from graph.reviews import (
    KEPT,
    Decision,
    Verdict,
    append,
    as_table,
    file_of,
    folder_beside,
    read_file,
    read_folder,
    text_hash,
)
from graph.store import Store
from loaders.corpus import CORPUS
from loaders.errors import InputError, StoreError, UsageError
from loaders.records import Alignment, Item
from ontology import terms
from tests.graph.test_export_sssom import validated

# sssom-py uses options that pandas is giving up
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

UPPER = write_reading(
    "upper",
    [
        {"title": "强化创新平台建设", "body": "新建重点实验室和技术创新中心。", "kind": "task", "path": "1"},
        {"title": "引育科技人才", "body": "引进院士、领军人才和青年科技人才。", "kind": "task", "path": "2"},
        {"title": "发展科技金融", "body": "设立科技创新基金。", "kind": "task", "path": "3"},
    ],
    date="2023-01-01",
    jurisdiction="江西省",
)
LOWER = write_reading(
    "lower",
    [
        {"title": "建设实验室", "body": "新建重点实验室。"},
        {"title": "引进创新团队", "body": "集聚海外人才。"},
        {"title": "加强党建", "body": "落实三会一课。"},
    ],
    date="2024-01-01",
    jurisdiction="江西省赣州市",
)
READINGS = [LOWER, UPPER]
ITEMS = {item.id: item for reading in READINGS for item in reading.of(Item)}
FIRST, SECOND, THIRD = (item.id for item in LOWER.of(Item))
ONE, TWO, THREE = (item.id for item in UPPER.of(Item))


def decide(
    subject: str,
    target: str | None,
    verdict: Verdict = "accepted",
    *,
    reviewer: str = "甲",
    moment: str = "2026-05-01T08:00:00+00:00",
    instead_of: str | None = None,
) -> Decision:
    return Decision(
        subject=subject,
        subject_label=ITEMS[subject].title,
        object=target,
        object_label=ITEMS[target].title if target else "",
        verdict=verdict,
        relation="implements",
        reviewer=reviewer,
        moment=moment,
        instead_of=instead_of,
        subject_text=text_hash(ITEMS[subject]),
        object_text=text_hash(ITEMS[target]) if target else None,
    )


def states(*decisions: Decision) -> list[str]:
    return [s.state for s in standings(decisions, READINGS)]


def applied(*decisions: Decision) -> list[Alignment]:
    proposals = align([LOWER], UPPER, upper_date="2023-01-01")
    return apply(proposals, standings(decisions, READINGS), READINGS, UPPER)


def of(subject: str, records: list[Alignment]) -> list[tuple[str | None, str, int | None]]:
    return [(r.object, r.status, r.rank) for r in records if r.subject == subject]


def test_an_accepted_proposal_is_accepted() -> None:
    records = applied(decide(FIRST, ONE))
    assert of(FIRST, records)[0] == (ONE, "accepted", 1)
    assert records[0].reviewers == ("甲",)
    assert records[0].reviewed == "2026-05-01"
    assert records[0].reasons[0] == "甲 2026-05-01 审定采纳"
    assert of(SECOND, records) == of(SECOND, applied())


def test_another_choice_turns_the_proposal_down() -> None:
    records = applied(decide(FIRST, THREE, instead_of=ONE))
    assert of(FIRST, records)[0] == (THREE, "accepted", 1)
    assert (ONE, "rejected", 1) in of(FIRST, records)
    assert len({r.id for r in records}) == len(records)


def test_a_rejected_first_choice_leaves_an_abstention_where_nothing_else_is_likely() -> None:
    before, after = of(SECOND, applied()), of(SECOND, applied(decide(SECOND, TWO, "rejected")))
    assert before[0] == (TWO, "proposed", 1)
    assert (
        after[0][0] is None
        or next(r for r in applied(decide(SECOND, TWO, "rejected")) if r.subject == SECOND).confidence
        >= THRESHOLD
    )
    assert after[-1] == (TWO, "rejected", 1)


def test_no_counterpart_at_all() -> None:
    assert of(FIRST, applied(decide(FIRST, None, instead_of=ONE)))[0] == (None, "accepted", None)
    assert of(THIRD, applied(decide(THIRD, None))) == [(None, "accepted", None)]


def test_what_was_applied_once_stays_when_it_is_applied_again() -> None:
    decisions = [decide(FIRST, THREE, instead_of=ONE), decide(SECOND, TWO, "rejected"), decide(THIRD, None)]
    once = applied(*decisions)
    assert apply(once, standings(decisions, READINGS), READINGS, UPPER) == once


def test_later_decisions_take_the_place_of_earlier_ones_of_the_same_reviewer() -> None:
    early, late = decide(FIRST, ONE), decide(FIRST, ONE, "rejected", moment="2026-06-01T08:00:00+00:00")
    assert states(early, late) == ["superseded", "in_force"]
    none = decide(FIRST, None, moment="2026-06-01T08:00:00+00:00")
    assert states(early, none) == ["superseded", "in_force"]
    assert states(early, decide(FIRST, TWO, moment="2026-06-01T08:00:00+00:00")) == ["in_force", "in_force"]


def test_reviewers_who_differ_leave_the_proposal_as_it_was() -> None:
    other = decide(FIRST, ONE, "rejected", reviewer="乙")
    assert states(decide(FIRST, ONE), other) == ["contested", "contested"]
    assert applied(decide(FIRST, ONE), other) == applied()
    assert states(decide(FIRST, ONE), decide(FIRST, None, reviewer="乙")) == ["contested", "contested"]
    assert states(decide(FIRST, ONE), decide(FIRST, ONE, reviewer="乙")) == ["in_force", "in_force"]


def test_a_changed_text_makes_a_decision_stale_and_a_moved_one_does_not() -> None:
    decision = decide(FIRST, ONE)
    changed = write_reading("lower", [{"title": "建设实验室", "body": "新建重点实验室2家。"}])
    assert [s.state for s in standings([decision], [changed, UPPER])] == ["stale"]
    spaced = write_reading("lower", [{"title": "建设 实验室", "body": "新建重点实验室。"}])
    assert [s.state for s in standings([decision], [spaced, UPPER])] == ["in_force"]
    moved = write_reading(
        "lower", [{"title": "新的一条"}, {"title": "建设实验室", "body": "新建重点实验室。"}]
    )
    (found,) = standings([decision], [moved, UPPER])
    assert (found.state, found.subject) == ("in_force", "lower:item:002")
    twice = write_reading(
        "lower", [{"title": "新"}] + [{"title": "建设实验室", "body": "新建重点实验室。"}] * 2
    )
    assert [s.state for s in standings([decision], [twice, UPPER])] == ["stale"]
    assert [s.state for s in standings([decision], [LOWER])] == ["stale"]


def test_kappa_is_that_of_scikit_learn() -> None:
    pairs = [(FIRST, ONE), (FIRST, TWO), (SECOND, ONE), (SECOND, TWO)]
    votes: dict[str, list[Verdict]] = {
        "甲": ["accepted", "rejected", "rejected", "accepted"],
        "乙": ["accepted", "rejected", "accepted", "accepted"],
    }
    decided = [
        decide(s, t, v, reviewer=who)
        for who, said in votes.items()
        for (s, t), v in zip(pairs, said, strict=True)
    ]
    (found,) = agreement(standings(decided, READINGS))
    assert (found.pairs, found.agreed) == (4, 3)
    assert found.kappa == pytest.approx(0.5)
    alike = [decide(FIRST, ONE, reviewer=who) for who in ("甲", "乙")]
    assert agreement(standings(alike, READINGS))[0].kappa is None


def test_rows_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    decisions = [
        replace(decide(FIRST, ONE), comment="两处\t都说\n实验室", confidence=0.5),
        decide(SECOND, TWO, "rejected"),
        decide(THIRD, None, instead_of=ONE, reviewer="乙/丙"),
    ]
    append(tmp_path, decisions[:1])
    append(tmp_path, decisions[1:])
    found = [replace(d, place="") for d in read_folder(tmp_path)]
    assert sorted(found, key=str) == sorted(
        [replace(decisions[0], comment="两处 都说 实验室"), *decisions[1:]], key=str
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["乙_丙.sssom.tsv", "甲.sssom.tsv"]
    (tmp_path / KEPT).write_bytes(as_table("all", decisions))
    assert len(read_file(tmp_path / KEPT)) == 3


def test_sssom_py_accepts_the_table(tmp_path: Path) -> None:
    append(tmp_path, [decide(FIRST, ONE), decide(SECOND, TWO, "rejected"), decide(THIRD, None)])
    table = validated(file_of(tmp_path, "甲"))
    assert list(table.df["predicate_modifier"].fillna("")) == ["", "Not", ""]
    assert list(table.df["reviewer_label"]) == ["甲"] * 3


def test_writers_at_once_lose_no_row(tmp_path: Path) -> None:
    rows = [decide(FIRST, ONE, moment=f"2026-05-01T08:00:{n:02}+00:00") for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: append(tmp_path, [row]), rows))
    assert len(read_folder(tmp_path)) == 40


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("predicate_id", "skos:exactMatch", "predicate"),
        ("subject_id", "EX:1", "no item"),
        ("reviewer_label", "", "names no reviewer"),
        ("confidence", "viel", "confidence"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, column: str, value: str, said: str) -> None:
    append(tmp_path, [replace(decide(FIRST, ONE), confidence=0.5)])
    path = file_of(tmp_path, "甲")
    lines = path.read_text(encoding="utf-8").splitlines()
    names = next(line for line in lines if not line.startswith("#")).split("\t")
    cells = lines[-1].split("\t")
    cells[names.index(column)] = value
    path.write_text("\n".join([*lines[:-1], "\t".join(cells)]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"line {len(lines)}.*{said}"):
        read_folder(tmp_path)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sssom.tsv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks the column"):
        read_folder(tmp_path)
    assert read_folder(tmp_path / "none") == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of the corpus that may be built again."""
    folder = tmp_path_factory.mktemp("reviewed")
    build([], folder / "store")
    return folder


def test_decisions_survive_a_rebuild_and_win(place: Path) -> None:
    store = place / "store"
    queue = Queue(Store.open(store), folder_beside(store), "甲")
    waiting = queue.pending()
    doubts = [abs(p.chance - 0.5) for p in waiting]
    assert len(waiting) > 60
    assert doubts == sorted(doubts)
    first, second, third = waiting[0], next(p for p in waiting if p.candidates), waiting[2]
    queue.decide(first, "rejected", first.candidates[0].upper, "不是一回事")
    queue.decide(third, "accepted", queue.find("6.4"))
    assert second.lower.text
    report = build([], store)
    assert report.decisions == {"in_force": 2}
    opened = Store.open(store)
    records = [r for r in opened.records() if r["type"] == "alignment"]
    gone = [r for r in records if r["status"] == "rejected" and r["subject"] == first.lower.item.id]
    assert [r["object"] for r in gone] == [first.candidates[0].upper.item.id]
    assert "不是一回事" in gone[0]["reasons"][0]
    (chosen,) = [r for r in records if r["status"] == "accepted"]
    assert (chosen["subject"], chosen["object_path"], chosen["rank"]) == (third.lower.item.id, "6.4", 1)
    again = Queue(opened, folder_beside(store), "甲").pending()
    assert len(again) == len(waiting) - 2
    assert not {first.lower.item.id, third.lower.item.id} & {p.lower.item.id for p in again}
    assert len(Queue(opened, folder_beside(store), "乙").pending()) == len(waiting)


def test_rejected_ones_live_in_a_graph_of_their_own_and_accepted_ones_make_direct_links(place: Path) -> None:
    opened = Store.open(place / "store")
    rejected = {q.subject for q in opened.quads(iris.ALIGNMENT_REJECTED, terms.alignmentStatus)}
    assert len(rejected) == 2  # one turned down outright, one by another choice
    assert not rejected & {q.subject for q in opened.quads(iris.ALIGNMENT_PROPOSED)}
    direct = list(opened.quads(iris.INFERENCE, terms.implements)) + list(
        opened.quads(iris.INFERENCE, terms.relatesTo)
    )
    assert len(direct) == 1
    assert len(list(opened.quads(iris.DECISIONS, terms.reviewer))) == 2


def test_the_exported_table_names_who_decided(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "alignments.sssom.tsv"
    export(Store.open(place / "store"), "sssom", path)
    table = validated(path).df
    decided = table[table["mapping_justification"] == "semapv:ManualMappingCuration"]
    assert sorted(decided["predicate_modifier"].fillna("")) == ["", "Not", "Not"]
    assert set(decided["reviewer_label"]) == {"甲"}
    assert set(decided["review_date"].astype(str).str.len()) == {10}


def test_an_edited_document_makes_its_decision_stale(place: Path, tmp_path: Path) -> None:
    queue = Queue(Store.open(place / "store"), folder_beside(place / "store"), "甲")
    (decided, _) = queue.standings()
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in CORPUS.glob("*.txt"):
        (corpus / path.name).write_bytes(path.read_bytes())
    item = next(p for p in queue.readings()[0] if p.document.id == decided.subject.split(":")[0])
    subject = next(i for i in item.of(Item) if i.id == decided.subject)
    edited = corpus / item.document.source_file
    text = edited.read_bytes().decode()
    at = subject.end - 10
    edited.write_bytes((text[:at] + "另建平台" + text[at:]).encode())
    report = build([corpus], tmp_path / "store", reviews=folder_beside(place / "store"))
    assert report.decisions == {"in_force": 1, "stale": 1}
    waiting = Queue(Store.open(tmp_path / "store"), folder_beside(place / "store"), "甲").pending()
    assert [d.subject for d in waiting[0].stale] == [decided.subject]


def test_a_table_is_taken_in_once(place: Path, tmp_path: Path) -> None:
    store = Store.open(place / "store")
    given = folder_beside(place / "store") / "甲.sssom.tsv"
    other = Queue(store, tmp_path, "乙")
    assert other.take_in(given) == (2, 0)
    with pytest.raises(InputError, match="no decision that is new"):
        other.take_in(given)
    lost = tmp_path / "lost.tsv"
    lost.write_text(re.sub(r"item/\d+-", "item/1-", given.read_text(encoding="utf-8")), encoding="utf-8")
    assert other.take_in(lost) == (0, 2)


def test_decisions_retrain_the_calibration(place: Path, tmp_path: Path) -> None:
    queue = Queue(Store.open(place / "store"), tmp_path / "reviews", "甲")
    with pytest.raises(UsageError, match="judged pairs"):
        retrain(queue)
    for pending in [p for p in queue.pending() if p.candidates][: LEAST + 2]:
        queue.decide(pending, "rejected", pending.candidates[0].upper)
    learnt = retrain(queue)
    assert learnt.pairs == LEAST + 2
    assert learnt.after < learnt.before
    report = build([], tmp_path / "store", reviews=tmp_path / "reviews")
    assert report.decisions == {"in_force": LEAST + 2}
    (tmp_path / "reviews" / "calibration.yaml").write_text("first_score: x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"calibration\.yaml"):
        build([], tmp_path / "store", reviews=tmp_path / "reviews")


def test_the_shipped_pairs_are_there() -> None:
    assert PAIRS.is_file()
    assert len(shipped_pairs()) > 300


def test_without_an_upper_document_there_is_nothing_to_review(tmp_path: Path) -> None:
    lower = CORPUS / "003_a36cf1eedc219e1f.txt"
    build([lower], tmp_path / "store")
    with pytest.raises(StoreError, match="no upper document"):
        Queue(Store.open(tmp_path / "store"), tmp_path, "甲")
    with pytest.raises(UsageError, match="no reviewer"):
        Queue(Store.open(tmp_path / "store"), tmp_path, " ")
