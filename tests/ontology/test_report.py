"""The rules of ROBOT's report find nothing in the ontology, in both engines, and find what is planted."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import Graph

from ontology import ONTOLOGY, SCHEMES, generate, vocab

RULES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "report.yaml").read_text(encoding="utf-8")
)
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())
TURTLE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())


def in_oxigraph(query: str, *more: str) -> set[str]:
    store = ox.Store()
    for path in (ONTOLOGY, SCHEMES):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    for text in more:
        store.load(TURTLE + text, format=ox.RdfFormat.TURTLE)
    found = store.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return {str(row[0].value) for row in found}


def in_rdflib(query: str, *more: str) -> set[str]:
    graph = generate.load() + Graph()
    for text in more:
        graph.parse(data=TURTLE + text, format="turtle")
    return {str(row[0]) for row in graph.query(PREFIXES + query) if isinstance(row, tuple)}


def test_so_many_rules_apply() -> None:
    assert len(RULES) == 19


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_the_fault_and_nothing_else(name: str) -> None:
    query, fault = RULES[name]["query"], RULES[name]["fault"]
    for engine in (in_oxigraph, in_rdflib):
        assert engine(query) == set()
        assert engine(query, fault)
