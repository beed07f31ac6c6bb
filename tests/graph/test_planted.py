"""Faults planted in the corpus, one for every shape, are all caught by the check, each called by its name.

The faults are those of the invalid tiny graphs (tests/ontology/shapes): the property that is wrong there is
made wrong in the same way in a real node of the class, where the corpus has one; where it has none (no
reviewer has decided anything of it), the tiny graph's own node is added.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from graph.store import Store, load, write_files
from ontology import SHAPES, generate
from tests.ontology.test_shapes import EX, HERE, sh
from tests.ontology.test_tiny_graphs import FOLDER, IT, NAMES, expected, node_of

ROOT = Path(__file__).resolve().parents[2]
GRAPH = "<urn:planted>"
Fault = tuple[str, str, str, str]
"""The node, the property, and the message in Chinese and English."""


def classes() -> dict[str, set[str]]:
    """The class that a shape looks at, with its subclasses, by the shape's name."""
    shapes, ontology = Graph().parse(SHAPES, format="turtle"), generate.load()
    found = {}
    for name in NAMES:
        target = shapes.value(URIRef(f"https://w3id.org/gangmu/shapes#{name}"), sh("targetClass"))
        assert isinstance(target, URIRef)
        found[name] = {str(c) for c in ontology.transitive_subjects(RDFS.subClassOf, target)}
    return found


def nt(term: Node) -> str:
    """A term as N-Triples write it."""
    assert isinstance(term, URIRef | Literal)
    return term.n3()


def plant(store: Store) -> tuple[list[str], list[Fault], int]:
    """The store's N-Quads with a fault for every shape, the faults, and how many stand in real nodes."""
    lines = store.serialise("nq").decode().splitlines()
    by_class: dict[str, list[str]] = {}
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if predicate == f"<{RDF.type}>":
            by_class.setdefault(rest.split("> ", 1)[0].strip("<"), []).append(subject)
    gone: set[tuple[str, str]] = set()
    added: list[str] = []
    faults: list[Fault] = []
    used: set[str] = set()
    real = 0
    wanted = classes()
    for name in NAMES:
        path = FOLDER / f"{name}.invalid.ttl"
        ((prop, zh, en),) = expected(path)
        bad = node_of(path)
        own = sorted({s for c in wanted[name] for s in by_class.get(c, ()) if s not in used})
        named = [s for s in own if s.startswith("<https://w3id.org/gangmu/id/")]
        subject = named[0] if named else f"<{EX}it-{name}>"
        if not named:
            added += [f"{subject} {nt(p)} {nt(o)} {GRAPH} ." for p, o in bad.predicate_objects(IT)]
        else:
            real += 1
            gone.add((subject, f"<{prop}>"))
            added += [f"{subject} <{prop}> {nt(o)} {GRAPH} ." for o in bad.objects(IT, URIRef(prop))]
        used.add(subject)
        faults.append((subject.strip("<>"), prop, zh, en))
    for s, p, o in Graph().parse(HERE / "valid.ttl", format="turtle"):
        added.append(f"{nt(s)} {nt(p)} {nt(o)} {GRAPH} .")
    kept = [line for line in lines if tuple(line.split(" ", 2)[:2]) not in gone]
    return sorted({*kept, *added}), faults, real


@pytest.fixture(scope="module")
def planted(store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Fault]]:
    """A store with all the faults, and the faults."""
    lines, faults, real = plant(store)
    assert real >= 40
    directory = tmp_path_factory.mktemp("planted") / "store"
    directory.mkdir()
    load(directory / "graph", lines)
    texts = {d.id: store.text(d.id) for d in store.manifest.documents}
    records = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in store.records())
    write_files(directory, replace(store.manifest, quads=len(lines)), records, texts)
    return directory, faults


def test_every_planted_fault_is_caught_and_named(planted: tuple[Path, list[Fault]]) -> None:
    directory, faults = planted
    command = [sys.executable, "-m", "gangmu", "check", "--json", "--store", str(directory)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    found = {
        (v["node"], v["path"], v["message_zh"], v["message_en"])
        for v in json.loads(done.stdout)["violation_list"]
    }
    assert [fault for fault in faults if fault not in found] == []
    assert len(faults) == len(NAMES) == 45
    assert len({zh for _, _, zh, _ in faults}) == len({en for _, _, _, en in faults}) == 45
