"""The SPARQL 1.1 Protocol: routes, formats, datasets, errors. W3C's own tests run in .ci/w3c.py."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from rdflib import Graph, URIRef
from rdflib.query import Result
from starlette.testclient import TestClient

ACTIONS = "SELECT ?a { ?a a gm:Action } ORDER BY ?a"
BUILD = "CONSTRUCT { ?a a gm:Action } WHERE { ?a a gm:Action }"
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.3, application/json;q=0.8, text/turtle", "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
    ],
)
def test_solutions_come_in_the_format_asked_for(client: TestClient, accept: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": ACTIONS}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert "Accept" in answer.headers["vary"]
    form = (
        media.partition(";")[0]
        .rpartition("+")[2]
        .removeprefix("text/")
        .replace("tab-separated-values", "tsv")
    )
    assert len(Result.parse(io.BytesIO(answer.content), format=form)) == 6


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"),
     ("application/ld+json", "json-ld"), ("", "turtle")],
)  # fmt: skip
def test_triples_come_in_the_format_asked_for(client: TestClient, accept: str, form: str) -> None:
    answer = client.get("/sparql", params={"query": BUILD}, headers={"accept": accept})
    assert answer.status_code == 200
    assert len(Graph().parse(data=answer.content, format=form)) == 6


def test_every_route_gives_the_same(client: TestClient) -> None:
    encoded = f"query={quote(ACTIONS)}"
    answers = [
        client.get(f"/sparql?{encoded}"),
        client.post("/sparql", content=encoded, headers=FORM),
        client.post("/sparql", content=ACTIONS, headers=DIRECT),
        client.get(f"/sparql?{encoded}&format=json"),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "headers"),
    [
        (400, "GET", "?query=SELEC", "", {}),
        (400, "GET", "?query=ASK%7B%7D&query=ASK%7B%7D", "", {}),
        (400, "GET", "?query=DROP%20ALL", "", {}),
        (400, "GET", "?update=DROP%20ALL", "", {}),
        (400, "GET", "?query=%FF", "", {}),
        (400, "GET", "?default-graph-uri=a:b", "", {}),
        (400, "GET", "?query=ASK{}&default-graph-uri=no%20iri", "", {}),
        (400, "GET", "?query=ASK{}&named-graph-uri=no_iri", "", {}),
        (400, "GET", "?query=ASK%7B%7D&format=exe", "", {}),
        (400, "GET", "?query=SELECT*%7BSERVICE%3Chttp://127.0.0.1:9/%3E%7B?s?p?o%7D%7D", "", {}),
        (400, "GET", f"?query={'(' * 100}", "", {}),
        (400, "GET", f"?query={'x' * 40_000}", "", {}),
        (405, "PUT", "?query=ASK%7B%7D", "", {}),
        (405, "DELETE", "", "", {}),
        (400, "POST", "", "update=DROP%20ALL", FORM),
        (400, "POST", "", "", FORM),
        (400, "POST", "?query=ASK%7B%7D", "ASK {}", DIRECT),
        (415, "POST", "", "ASK {}", {}),
        (415, "POST", "", "DROP ALL", {"content-type": "application/sparql-update"}),
        (415, "POST", "", "ASK {}", {"content-type": "application/sparql-query; charset=utf-16"}),
        (413, "POST", "", "x" * 300_000, DIRECT),
        (406, "GET", "?query=ASK%7B%7D", "", {"accept": "image/png"}),
        (406, "GET", "?query=ASK%7B%7D", "", {"accept": "text/csv"}),
        (503, "GET", "?query=" + quote("SELECT (COUNT(*) AS ?n) {?a ?b ?c . ?d ?e ?f . ?g ?h ?i}"), "", {}),
    ],
)
def test_what_is_wrong_is_said(
    client: TestClient, status: int, method: str, path: str, body: str, headers: dict[str, str]
) -> None:
    answer = client.request(method, f"/sparql{path}", content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.count("\n") == 1
    assert "; " in answer.text
    said = client.request(
        method, f"/sparql{path}", content=body, headers={**headers, "accept-language": "zh"}
    )
    assert "；" in said.text or status == 503


def test_a_dataset_is_heeded(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def rows(**more: object) -> int:
        found = client.get("/sparql", params={"query": count, **more}).json()  # type: ignore[dict-item]
        return int(found["results"]["bindings"][0]["n"]["value"])

    graphs = [
        binding["g"]["value"]
        for binding in client.get(
            "/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"}
        ).json()["results"]["bindings"]
    ]
    assert len(graphs) > 5
    one, two = rows(**{"default-graph-uri": graphs[0]}), rows(**{"default-graph-uri": graphs[1]})
    assert rows(**{"default-graph-uri": graphs[:2]}) == one + two
    assert rows(**{"named-graph-uri": graphs[0]}) == 0
    assert 0 < one < rows()


def test_what_is_cut_is_flagged(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert answer.status_code == 200
    assert answer.headers["gangmu-truncated"] == "rows; rows=10000"
    assert len(answer.json()["results"]["bindings"]) == 10_000
    assert answer.json()["head"]["link"] == ["https://w3id.org/gangmu/ontology#truncated"]
    assert "gangmu-truncated" not in client.get("/sparql", params={"query": ACTIONS}).headers


def test_the_service_describes_itself(client: TestClient) -> None:
    answer = client.get("/sparql")
    graph = Graph().parse(data=answer.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    service = URIRef("http://127.0.0.1:8000/sparql")
    assert set(graph.objects(service, URIRef(f"{sd}endpoint"))) == {service}
    assert URIRef(f"{sd}SPARQL11Query") in graph.objects(service, URIRef(f"{sd}supportedLanguage"))
    assert len(list(graph.objects(service, URIRef(f"{sd}resultFormat")))) == 8
    assert len(list(graph.subject_objects(URIRef(f"{sd}name")))) > 5
    assert client.get("/sparql", headers={"accept": "text/html"}).headers["location"] == "zh/query.html"


def test_characters_that_xml_lacks_are_no_broken_answer(client: TestClient) -> None:
    query = 'SELECT ("\\u0001" AS ?x) {}'
    assert client.get("/sparql", params={"query": query, "format": "xml"}).status_code == 400
    assert (
        client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["x"]["value"]
        == "\x01"
    )


@pytest.mark.parametrize("kind", ["default", "named"])
def test_a_graph_that_is_no_iri_is_named_and_ends_no_worker(client: TestClient, kind: str) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", f"{kind}-graph-uri": "no iri"})
    assert answer.status_code == 400
    assert "“no iri”, which is no IRI" in answer.text
