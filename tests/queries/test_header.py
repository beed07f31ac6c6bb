"""A malformed head is refused, with the file, the line and the remedy."""

from __future__ import annotations

import pytest

from loaders.errors import InputError
from queries.catalogue import parse_query

HEAD = """\
#+ title: {zh: 题, en: Title}
#+ summary: {zh: 述, en: Summary}
#+ group: units
#+ parameters:
#+   - {name: unit, kind: unit, zh: 单位, en: Unit}
#+ columns:
#+   - {name: a, zh: 甲, en: A}
#+   - {name: b, zh: 乙, en: B}
#+ view: table
"""
BODY = """
SELECT DISTINCT ?a ?b
WHERE {
  VALUES ?unit { UNDEF }
  ?a ?unit ?b .
}
ORDER BY ?a ?b
"""
GOOD = HEAD + BODY

FAULTS = [
    ("no head", BODY, "bad.rq:1", "no head"),
    ("empty head", "#+\n" + BODY, "bad.rq:1", "empty"),
    ("no YAML", GOOD.replace("zh: 题,", "zh: [题,"), "bad.rq:1", "YAML"),
    ("half a mapping", GOOD.replace("#+ group: units", "#+ group units"), "bad.rq:", "YAML"),
    ("head in two pieces", GOOD.replace("ORDER", "#+ view: tree\nORDER"), "bad.rq:16", "below the head"),
    ("field missing", GOOD.replace("#+ view: table\n", ""), "bad.rq:1", "missing: view"),
    ("field unknown", GOOD.replace("#+ view: table", "#+ views: table"), "bad.rq:9", "“views” is unknown"),
    ("field twice", GOOD.replace("#+ view", "#+ group: units\n#+ view"), "bad.rq:9", "stands twice"),
    ("language missing", GOOD.replace(", en: Title", ""), "bad.rq:1", "missing: en"),
    ("text empty", GOOD.replace("zh: 题", "zh: ''"), "bad.rq:1", "text is expected"),
    ("text is a list", GOOD.replace("zh: 题", "zh: [题]"), "bad.rq:1", "text is expected"),
    ("group unknown", GOOD.replace("group: units", "group: plans"), "bad.rq:3", "“plans” is unknown"),
    ("kind unknown", GOOD.replace("kind: unit", "kind: matter"), "bad.rq:5", "“matter” is unknown"),
    ("view unknown", GOOD.replace("view: table", "view: pie"), "bad.rq:9", "“pie” is unknown"),
    ("parameters no list", GOOD.replace("#+   - {name: unit", "#+   {name: unit"), "bad.rq:5", "list"),
    ("parameter without a line", GOOD.replace("VALUES ?unit", "VALUES ?units"), "bad.rq:5", "no line"),
    (
        "parameter undeclared",
        GOOD.replace("?b .", "?b .\n  VALUES ?c { 1 }"),
        "bad.rq:15",
        "?c",
    ),
    ("parameter set twice", GOOD.replace("?a ?unit ?b .", "VALUES ?unit { 1 }"), "bad.rq:14", "second"),
    (
        "parameter declared twice",
        GOOD.replace("#+ col", HEAD.splitlines()[4] + "\n#+ col"),
        "bad.rq:6",
        "further",
    ),
    ("parameter ill-named", GOOD.replace("name: unit", "name: the-unit"), "bad.rq:5", "“the-unit”"),
    (
        "column not selected",
        GOOD.replace("SELECT DISTINCT ?a ?b", "SELECT DISTINCT ?a"),
        "bad.rq:11",
        "selected",
    ),
    ("columns in another order", GOOD.replace("DISTINCT ?a ?b", "DISTINCT ?b ?a"), "bad.rq:11", "b, a"),
    ("no select", GOOD.replace("SELECT DISTINCT", "SELECT"), "bad.rq", "SELECT DISTINCT"),
    ("role missing", GOOD.replace("view: table", "view: tree"), "bad.rq:7", "node, parent, text"),
    ("role unknown", GOOD.replace("en: A}", "en: A, role: node}"), "bad.rq:7", "“node” is unknown"),
    (
        "role twice",
        GOOD.replace("table", "tree")
        .replace("en: A}", "en: A, role: node}")
        .replace("en: B}", "en: B, role: node}"),
        "bad.rq:8",
        "two columns",
    ),
]


def test_the_model_of_a_query_is_read() -> None:
    query = parse_query("good", "good.rq", GOOD)
    assert (query.name, query.title["zh"], query.summary["en"]) == ("good", "题", "Summary")
    assert [(p.name, p.kind, p.default, p.open) for p in query.parameters] == [
        ("unit", "unit", "UNDEF", True)
    ]
    assert [c.name for c in query.columns] == ["a", "b"]
    assert query.text == GOOD


def test_so_many_faults_are_tried() -> None:
    assert len(FAULTS) == 26
    assert not [name for name, text, _, _ in FAULTS if text == GOOD]


@pytest.mark.parametrize(("text", "where", "problem"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_is_named_with_its_place(text: str, where: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_query("bad", "bad.rq", text)
    assert caught.value.what.startswith(where)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_ill_named_file_is_refused() -> None:
    with pytest.raises(InputError, match="no name of a query"):
        parse_query("Bad_Name", "Bad_Name.rq", GOOD)
