"""From names to IRIs: exactly one thing or an error that helps, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from graph.store import Store
from loaders.errors import UsageError
from ontology import terms, vocab
from queries import run
from queries.names import fold, near, short_id
from queries.run import Queryable, Row

BASE = "https://w3id.org/gangmu/id/"
UNIT = "南昌市西湖区发展和改革委员会"
FILE = "002_3d12ad2daf9da656"
"""A unit and the document of the corpus that names it."""


@pytest.fixture(scope="module")
def document(store: Store) -> Row:
    """The district plan, as `documents` lists it."""
    return next(row for row in run.rows(store, "documents") if row["file"] == f"{FILE}.txt")


def test_a_unit_goes_by_every_name_it_has(store: Store) -> None:
    loads = {row["unit_name"]: str(row["unit"]) for row in run.rows(store, "unit-load")}
    iri = loads[UNIT]
    end = short_id(iri)
    names: list[str | list[str]] = [
        UNIT,
        "区发改委",
        " 区发改委 ",
        end,
        end.replace("/", ":"),
        iri,
        [UNIT, iri],
    ]
    for name in names:
        found = run.rows(store, "unit-load", {"unit": name})
        assert [(row["unit_name"], row["unit"]) for row in found] == [(UNIT, iri)]


def test_a_document_goes_by_id_file_title_and_iri(store: Store, document: Row) -> None:
    iri, title = str(document["document"]), str(document["title"])
    wanted = run.rows(store, "outline", {"document": iri})
    assert wanted
    names = [
        short_id(iri),
        short_id(iri).removeprefix("document/"),
        FILE,
        f"{FILE}.txt",
        title,
        title.upper(),
    ]
    for name in (*names, title.replace("“", '"').replace("”", '"')):
        assert run.rows(store, "outline", {"document": name}) == wanted


def test_a_jurisdiction_goes_by_code_name_and_full_name(store: Store) -> None:
    wanted = run.rows(store, "uncovered-tasks", {"jurisdiction": "360103"})
    assert wanted
    assert {row["jurisdiction_name"] for row in wanted} == {"西湖区"}
    for name in ("江西省南昌市西湖区", "jurisdiction/360103", f"{BASE}jurisdiction/360103"):
        assert run.rows(store, "uncovered-tasks", {"jurisdiction": name}) == wanted


def test_an_indicator_goes_by_id_both_languages_and_aliases(store: Store) -> None:
    names = [
        "indicator/rd-intensity",
        "R&D经费支出占GDP比重",
        "Ｒ＆Ｄ经费支出占ＧＤＰ比重",
        "全社会研发投入强度",
    ]
    answers = [run.rows(store, "indicator-across", {"indicator": name}) for name in names]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)
    english = str(
        run.rows(store, "indicator-across", {"indicator": names[0], "lang": "en"})[0]["indicator_name"]
    )
    assert run.rows(store, "indicator-across", {"indicator": english.upper()}) == answers[0]


def test_a_claim_goes_by_iri_short_id_and_record_id(store: Store) -> None:
    record = next(record for record in store.records() if record["type"] == "repair")
    row = run.rows(store, "evidence", {"claim": record["id"]})
    assert [(r["quote"], r["start"], r["end"]) for r in row] == [
        (record["quote"], record["start"], record["end"])
    ]
    iri = str(row[0]["claim"])
    assert run.rows(store, "evidence", {"claim": iri}) == row
    assert run.rows(store, "evidence", {"claim": short_id(iri)}) == row


def test_every_claim_is_found_by_its_short_id(store: Store) -> None:
    claims = [str(row["claim"]) for row in run.rows(store, "evidence")]
    assert len(claims) > 500
    for claim in claims[::40]:
        assert [row["claim"] for row in run.rows(store, "evidence", {"claim": short_id(claim)})] == [claim]


def test_a_name_of_several_things_is_refused_with_all_of_them(store: Store) -> None:
    with pytest.raises(UsageError, match="“三\\(一\\)” means 3 things") as caught:
        run.rows(store, "alignment-by-task", {"item": "三(一)"})
    ids = re.findall(r"\((item/[^/]+/三\(一\))\)", caught.value.problem)
    assert len(ids) == 3
    for one in ids:
        run.rows(store, "alignment-by-task", {"item": one})
    assert "\n" not in str(caught.value)


def test_many_candidates_are_counted_not_listed(engine: Callable[[Sequence[str]], Queryable]) -> None:
    lines = []
    for number in range(12):
        item, document = f"<{BASE}item/d{number}/1>", f"<{BASE}document/d{number}>"
        lines += [
            f'{item} <{terms.path}> "1" <urn:g> .',
            f'{item} <{vocab.dcterms_title}> "强化领导" <urn:g> .',
            f"{item} <{terms.inDocument}> {document} <urn:g> .",
        ]
    with pytest.raises(
        UsageError, match=r"means 12 things: .* and 4 more; give the id in brackets"
    ) as caught:
        run.rows(engine(lines), "alignment-by-task", {"item": "强化领导"})
    assert caught.value.problem.count("(item/d") == 8


@pytest.mark.parametrize(
    ("query", "parameter", "name", "problem", "remedy"),
    [
        ("unit-items", "unit", "区发改局", "no unit “区发改局”", "perhaps .*发改"),
        ("unit-items", "unit", "🦔", "no unit", "list of names"),
        ("unit-items", "unit", "", "no unit “”", "list of names"),
        ("unit-items", "unit", f"{BASE}unit/none", "no unit", "list of names"),
        ("unit-items", "unit", "unit:none", "no unit", ""),
        ("outline", "document", "002", "no document “002”", "perhaps .*002_"),
        ("targets", "jurisdiction", "西湖区政府", "no jurisdiction “西湖区政府”", "perhaps 西湖区"),
        ("indicator-across", "indicator", "研发投入占比", "no indicator", "perhaps .*研发"),
        ("beside", "thing", "西湖区", "no thing “西湖区”", "a query returned"),
        ("evidence", "claim", "a:b:c", "no claim “a:b:c”", "a query returned"),
        ("evidence", "claim", "区发改委", "no claim", "a query returned"),
        ("evidence", "claim", f"{BASE}unit/none", "no claim", "a query returned"),
        ("evidence", "claim", "https://a/> } UNION { ?s ?p ?o", "no claim", "a query returned"),
        ("unit-items", "unit", '" } UNION { ?s ?p ?o } #', "no unit", ""),
        ("unit-items", "unit", "../../etc/passwd", "no unit", ""),
        ("unit-items", "unit", "unit:", "no unit", ""),
        ("unit-items", "unit", "::", "no unit", ""),
    ],
)
def test_a_name_of_nothing_is_refused_with_what_is_near(
    query: str, parameter: str, name: str, problem: str, remedy: str, store: Store
) -> None:
    with pytest.raises(UsageError, match=problem) as caught:
        run.rows(store, query, {parameter: name})
    assert caught.value.what == f"query {query}, parameter {parameter}"
    assert re.search(remedy, caught.value.remedy)


def test_an_unknown_parameter_is_refused_before_anything_runs(store: Store) -> None:
    with pytest.raises(UsageError, match="no parameter “units”; it takes unit, document, lang"):
        run.rows(store, "unit-items", {"units": "区发改委"})


def test_folding_and_neighbours() -> None:
    assert fold(" “Ｒ＆Ｄ” 经费 ") == fold("r&d经费")
    assert near("发改委", ["区发改委", "市发改委", "财政局", ""]) == ["区发改委", "市发改委"]
    assert near("targets-du", ["targets-due", "trust"]) == ["targets-due"]
    assert near("", ["甲"]) == []
    assert len(near("局", [f"{n}局" for n in range(20)])) == 5


@pytest.mark.parametrize("short", ["西湖", "南昌市西湖区", "西湖区"])
def test_a_place_goes_by_short_names_that_are_its_own(short: str, store: Store) -> None:
    wanted = run.rows(store, "uncovered-tasks", {"jurisdiction": "360103"})
    assert run.rows(store, "uncovered-tasks", {"jurisdiction": short}) == wanted


def test_a_unit_goes_by_the_end_of_its_name_alone(store: Store) -> None:
    wanted = run.rows(store, "unit-load", {"unit": "区民政局"})
    assert wanted
    assert run.rows(store, "unit-load", {"unit": "民政局"}) == wanted


def test_a_short_name_of_several_lists_them(store: Store) -> None:
    with pytest.raises(UsageError, match=r"南昌县.*南昌市|南昌市.*南昌县"):
        run.rows(store, "uncovered-tasks", {"jurisdiction": "南昌"})
    with pytest.raises(UsageError, match=r"means [0-9]+ things"):
        run.rows(store, "unit-load", {"unit": "科学技术局"})
