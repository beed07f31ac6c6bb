"""Every parameter of every query keeps exactly the rows that it should: those of the default that fit."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from graph.store import Store
from queries import run
from queries.catalogue import NAMED_KINDS, Parameter, Query, catalogue
from queries.run import Row
from tests.queries.conftest import ON_CASES, Home

HAN = re.compile("[\u4e00-\u9fff]")
PAIRS = [(query, parameter) for query in catalogue().values() for parameter in query.parameters]
IN_ONE_LANGUAGE = {
    "arithmetic",
    "document_title",
    "indicator_name",
    "item_title",
    "jurisdiction_name",
    "lower_title",
    "scope",
    "source",
    "title",
    "unit_name",
    "upper_title",
    "value_unit",
}
"""Names of things, which `lang` leaves as they are unless there is an English one; `firms (家)`."""
UNIT, STREETS = "南昌市西湖区发展和改革委员会", "南昌市西湖区各街道办事处"
SAMPLES: dict[str, list[tuple[str, Callable[[Row], bool]]]] = {
    "document": [
        ("000_5b418620c0e82b13.txt", lambda row: "360000-2024" in f"{row['document']}"),
        (
            "002_3d12ad2daf9da656",
            lambda row: "360103-2024" in f"{row['document']} {row.get('other_document')}",
        ),
        ("2025年全市科技工作要点", lambda row: "360700-2025" in f"{row['document']}"),
    ],
    "jurisdiction": [
        ("江西省南昌市西湖区", lambda row: row["jurisdiction_name"] == "西湖区"),
        ("360700", lambda row: row["jurisdiction_name"] == "赣州市"),
    ],
    "unit": [
        ("区发改委", lambda row: UNIT in [row.get(f"{x}_name") for x in ("unit", "first", "second")]),
        ("江西省国土资源厅", lambda row: row.get("unit_name") == "江西省国土资源厅"),
        ("南昌市西湖区人民政府", lambda row: row.get("unit_name") == "南昌市西湖区人民政府"),
        ("各街道", lambda row: STREETS in [row.get(f"{x}_name") for x in ("unit", "first", "second")]),
    ],
    "item": [("1.3", lambda row: str(row["upper_path"]).startswith("1.3"))],
    "upper_item": [("1.3", lambda row: row["upper_path"] == "1.3")],
    "indicator": [("全社会研发投入强度", lambda row: row["indicator_name"] == "R&D经费支出占GDP比重")],
}
"""What a user would type for a kind of parameter, or for a name, and the default rows that it keeps."""
CASES: dict[str, list[tuple[str, Callable[[Row], bool]]]] = {
    "document": [("2024年南昌市科技工作要点", lambda row: "360100-2024" in f"{row['document']}")],
}
"""The same for the queries that are asked of the cases."""


def named(kinds: tuple[str, ...]) -> list[tuple[Query, Parameter]]:
    return [(query, parameter) for query, parameter in PAIRS if parameter.kind in kinds]


def labels(pairs: list[tuple[Query, Parameter]]) -> list[str]:
    return [f"{query.name}-{parameter.name}" for query, parameter in pairs]


BY_NAME = named(tuple(kind for kind in SAMPLES if kind in NAMED_KINDS))
BY_CLAIM = named(("claim", "thing"))
BY_LANGUAGE = named(("language",))


def test_every_parameter_is_held_by_one_of_these_tests() -> None:
    numbers = {(query.name, parameter.name) for query, parameter in named(("integer", "literal"))}
    assert numbers == {("targets-due", "year"), ("alignment-by-task", "ranks")}
    assert {parameter.kind for _, parameter in PAIRS} == {*NAMED_KINDS, "integer", "language"}
    assert (len(BY_NAME), len(BY_CLAIM), len(BY_LANGUAGE), len(PAIRS)) == (86, 3, 54, 145)


@pytest.mark.parametrize(("query", "parameter"), BY_NAME, ids=labels(BY_NAME))
def test_a_name_keeps_the_rows_that_fit(
    query: Query, parameter: Parameter, home: Callable[[str], Home]
) -> None:
    place = home(query.name).store
    every = run.rows(place, query.name)
    found = 0
    samples = CASES if query.name in ON_CASES else SAMPLES
    for value, fits in samples.get(parameter.name, samples[parameter.kind]):
        kept = run.rows(place, query.name, {parameter.name: value})
        assert kept == [row for row in every if fits(row)]
        found += len(kept)
    assert 0 < found <= len(every)


@pytest.mark.parametrize(("query", "parameter"), BY_CLAIM, ids=labels(BY_CLAIM))
def test_a_claim_keeps_its_own_rows(query: Query, parameter: Parameter, store: Store) -> None:
    every = run.rows(store, query.name)
    for row in every[::90]:
        claim = str(row[parameter.name])
        kept = run.rows(store, query.name, {parameter.name: claim})
        assert kept == [other for other in every if other[parameter.name] == claim]


@pytest.mark.parametrize(("query", "parameter"), BY_LANGUAGE, ids=labels(BY_LANGUAGE))
def test_english_says_the_same_in_english(
    query: Query, parameter: Parameter, home: Callable[[str], Home]
) -> None:
    place = home(query.name).store
    chinese = run.rows(place, query.name)
    english = run.rows(place, query.name, {parameter.name: "en"})
    changed = {name for z, e in zip(chinese, english, strict=True) for name in z if z[name] != e[name]}
    assert changed
    for name in changed - IN_ONE_LANGUAGE:
        assert not [row[name] for row in english if HAN.search(str(row[name] or ""))], name


def test_a_year_keeps_what_is_due_by_then(store: Store) -> None:
    every = run.rows(store, "targets-due", {"year": 2100})
    years = {row["deadline"] for row in every}
    assert len(years) > 3
    for year in (2020, "2024", 2030):
        kept = run.rows(store, "targets-due", {"year": year})
        assert kept == [row for row in every if int(str(row["deadline"])) <= int(year)]
        assert 0 < len(kept) < len(every)
    assert run.rows(store, "targets-due") == run.rows(store, "targets-due", {"year": 2025})


def test_more_ranks_show_more_alternatives(store: Store) -> None:
    best = run.rows(store, "alignment-by-task")
    more = run.rows(store, "alignment-by-task", {"ranks": 3})
    assert {row["rank"] for row in best} == {1}
    assert {row["rank"] for row in more} == {1, 2, 3}
    assert best == [row for row in more if row["rank"] == 1]


def test_parameters_work_together(store: Store) -> None:
    every = run.rows(store, "alignment-by-task", {"ranks": 2, "lang": "en"})
    fitting = [
        row for row in every if row["jurisdiction_name"] == "西湖区" and str(row["upper_path"])[0] == "4"
    ]
    both: dict[str, str | int] = {"jurisdiction": "西湖区", "item": "4", "ranks": 2, "lang": "en"}
    assert run.rows(store, "alignment-by-task", both) == fitting
    assert 0 < len(fitting) < len(every)
