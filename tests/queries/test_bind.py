"""A value enters a query as one term and comes out as it went in, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import UsageError
from queries.catalogue import Query, catalogue, parse_query
from queries.run import Queryable, free
from queries.terms import Iri, is_iri, to_term

PROBE = """\
#+ title: {zh: 探针, en: Probe}
#+ summary: {zh: 原样返回。, en: Gives back what it is given.}
#+ group: units
#+ parameters:
#+   - {name: text, kind: literal, zh: 文字, en: Text}
#+   - {name: number, kind: integer, zh: 数, en: Number}
#+   - {name: thing, kind: item, zh: 条目, en: Item}
#+   - {name: lang, kind: language, zh: 语言, en: Language}
#+ columns:
#+   - {name: text, zh: 文字, en: Text}
#+   - {name: number, zh: 数, en: Number}
#+   - {name: thing, zh: 条目, en: Item}
#+   - {name: lang, zh: 语言, en: Language}
#+ view: table
SELECT DISTINCT ?text ?number ?thing ?lang
WHERE {
  VALUES ?text { "默认" }
  VALUES ?number { 7 }
  VALUES ?thing { UNDEF }
  VALUES ?lang { "zh" }
}
ORDER BY ?text
"""
PAYLOADS = (
    '"',
    "'",
    "\\",
    '\\"',
    '"\\',
    '"""',
    '"""\n',
    '\n\\"',
    "''' }",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\x00",
    "\x7f",
    "\u2028",
    "}",
    "{",
    "} } UNION { ?s ?p ?o }",
    '" } UNION { ?s ?p ?o } #',
    '"@zh',
    '"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "# a remark",
    "?text",
    "$text",
    "UNDEF",
    "<https://w3id.org/gangmu/id/unit/x>",
    "\\u0022",
    "\\\\u0022",
    "\\\\\\u0022",
    "\\U00000022",
    "\\u005c",
    "u0022",
    "\\g<0>\\1",
    "{0}{name}%s%(a)s",
    "SERVICE <http://127.0.0.1/> { }",
    "区发改委\u200b",
    "\U0001f600",
    "",
)


@pytest.fixture(scope="module")
def probe() -> Query:
    return parse_query("probe", "probe.rq", PROBE)


def test_so_many_payloads_are_tried() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 39


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_stays_a_text(payload: str, probe: Query, empty: list[Queryable]) -> None:
    for engine in empty:
        assert free(engine, probe.bind({"text": payload})).rows == ((payload, 7, None, "zh"),)


@settings(derandomize=True, deadline=None, max_examples=80, database=None)
@given(text=st.text(alphabet=st.sampled_from("\"\\\nuU0025{}#'x\r\t?<>@^")) | st.text())
def test_any_text_stays_a_text(text: str, probe: Query, empty: list[Queryable]) -> None:
    for engine in empty:
        assert free(engine, probe.bind({"text": text})).rows == ((text, 7, None, "zh"),)


def test_several_values_mean_any_of_them(probe: Query, empty: list[Queryable]) -> None:
    sparql = probe.bind({"text": ["乙", "甲"], "number": [3, "4"], "thing": "urn:a:b"})
    for engine in empty:
        found = sorted(free(engine, sparql).rows)
        assert found == [(t, n, "urn:a:b", "zh") for t in ("乙", "甲") for n in (3, 4)]


def test_binding_replaces_what_stands_between_the_braces_and_nothing_else(probe: Query) -> None:
    bound = probe.bind({"number": 2030, "text": "$1 VALUES ?lang { 1 }"})
    assert bound == probe.text.replace(
        "{ 7 }", '{ "2030"^^<http://www.w3.org/2001/XMLSchema#integer> }'
    ).replace('{ "默认" }', '{ "$1 VALUES ?lang { 1 }" }')


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"number": "2025 } UNION { ?s ?p ?o"}, "no whole number"),
        ({"number": "2025.5"}, "no whole number"),
        ({"number": ""}, "no whole number"),
        ({"lang": "fr"}, "no language here"),
        ({"lang": 'zh" } #'}, "no language here"),
        ({"thing": "区发改委"}, "no IRI"),
        ({"thing": "https://a/> } UNION { ?s ?p ?o"}, "no IRI"),
        ({"thing": "https://a/ b"}, "no IRI"),
        ({"thing": "https://a/\\u003e"}, "no IRI"),
        ({"thing": "https://a/\n"}, "no IRI"),
        ({"thing": ""}, "no IRI"),
        ({"text": "half \ud800"}, "half a character"),
        ({"text": []}, "no value is given"),
        ({"unit": "x"}, "no parameter “unit”"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(values: dict[str, str], problem: str, probe: Query) -> None:
    with pytest.raises(UsageError, match=problem) as caught:
        probe.bind(values)
    assert caught.value.what.startswith("query probe")
    assert caught.value.remedy


def test_an_unknown_parameter_of_a_query_without_any_is_refused() -> None:
    bare = PROBE.replace("#+ parameters:\n", "#+ parameters: []\n")
    head, body = bare.split("#+ columns")
    head = "\n".join(line for line in head.splitlines() if "kind:" not in line)
    body = "\n".join(line for line in body.splitlines() if "VALUES" not in line)
    query = parse_query("bare", "bare.rq", f"{head}\n#+ columns{body}\n")
    with pytest.raises(UsageError, match="takes no parameters"):
        query.bind({"unit": "x"})


def test_every_parameter_of_the_catalogue_is_bound_in_its_own_line() -> None:
    samples: dict[str, str | int] = {"integer": 1, "language": "en", "literal": "x"}
    tried = 0
    for query in catalogue().values():
        for parameter in query.parameters:
            value = samples.get(parameter.kind, "urn:x:y")
            bound = query.bind({parameter.name: value}).splitlines()
            changed = [n for n, line in enumerate(query.text.splitlines()) if line != bound[n]]
            assert len(changed) == 1
            assert bound[changed[0]].strip().startswith(f"VALUES ?{parameter.name} {{ ")
            tried += 1
    assert tried == 145


def test_what_an_iri_is() -> None:
    assert is_iri("https://w3id.org/gangmu/id/unit/%E5%8C%BA")
    assert is_iri("urn:a")
    assert not is_iri("区发改委")
    assert to_term("here", Iri("urn:a")) == "<urn:a>"
    assert to_term("here", 3) == '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
