"""The generated modules hold exactly what the Turtle defines."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, SOSA, XSD
from rdflib.namespace import DefinedNamespace

from ontology import generate, schemes, terms, vocab

CLOSED: dict[str, type[DefinedNamespace]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "sosa": SOSA,
    "xsd": XSD,
}


@pytest.mark.parametrize("name", ["terms.py", "schemes.py", "vocab.py", "context.jsonld"])
def test_module_is_what_the_turtle_says(name: str) -> None:
    written = (Path(generate.__file__).parent / name).read_text(encoding="utf-8")
    assert generate.modules(generate.load())[name] == written, "run `python -m ontology.generate`"


def test_reused_terms_exist_in_their_vocabularies() -> None:
    checked = 0
    for name in dir(vocab):
        prefix, _, local = name.partition("_")
        if prefix in CLOSED and local:
            assert local in CLOSED[prefix], name
            checked += 1
    assert checked == 52


def test_every_notation_leads_to_a_concept() -> None:
    assert len(schemes.NOTATIONS) == 21
    assert schemes.NOTATIONS[schemes.scheme_comparator][">="] == schemes.comparator_ge
    assert all(c.startswith(terms.NAMESPACE) for s in schemes.NOTATIONS.values() for c in s.values())
