"""The ontology's own laws: every term is defined once, labelled in both languages, and consistent."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import owlready2
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from ontology import generate, terms

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
    assert len(found) == 239


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


NO_JAVA = "HermiT needs Java, which is not there: install a JRE (Debian: apt-get install default-jre)"


def verdict(world: owlready2.World) -> str:
    """What HermiT says of a world, in its own words where it finds something; or that there is no Java."""
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except FileNotFoundError:
        return NO_JAVA
    except owlready2.OwlReadyInconsistentOntologyError:
        return "inconsistent"
    except owlready2.OwlReadyJavaError as error:
        return f"HermiT failed: {error}"
    return f"consistent, {len(list(world.inconsistent_classes()))} classes cannot have members"


def loaded(ontology: Graph, path: Path) -> owlready2.World:
    """A world of its own with the ontology, through a file that owlready2 can read."""
    ontology.serialize(path, format="xml" if path.suffix == ".rdf" else "nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    return world


@pytest.mark.parametrize("name", ["gangmu.nt", "gangmu.rdf"])
def test_hermit_finds_the_ontology_consistent(ontology: Graph, name: str, tmp_path: Path) -> None:
    world = loaded(ontology, tmp_path / name)
    assert world[terms.Action] in world[terms.PlanItem].subclasses()
    assert verdict(world) == (
        "consistent, 0 classes cannot have members" if shutil.which("java") else NO_JAVA
    )


def test_hermit_refuses_what_is_two_disjoint_things(ontology: Graph, tmp_path: Path) -> None:
    broken = ontology + Graph()
    for kind in (terms.Action, terms.Task):
        broken.add((URIRef("urn:x"), RDF.type, URIRef(kind)))
    world = loaded(broken, tmp_path / "broken.nt")
    assert verdict(world) == ("inconsistent" if shutil.which("java") else NO_JAVA)


def test_without_java_it_says_so(ontology: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = loaded(ontology, tmp_path / "gangmu.nt")
    monkeypatch.setattr("owlready2.JAVA_EXE", str(tmp_path / "no-java-here"))
    assert verdict(world) == NO_JAVA
