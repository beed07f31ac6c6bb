"""What a run of the pipeline was: the rules it used and the software, as quads. No clock, no machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from graph import iris
from graph.nquads import QuadSet, iri, string
from graph.triple_values import checksum_quads
from loaders.registry import DATA
from loaders.rules import RULES
from ontology import terms, vocab

RULE_FOLDERS = (RULES, DATA / "registries", DATA / "thesaurus", DATA / "curated")


@cache
def rule_set() -> str:
    """SHA-256 (hex) over the rules, lexicons, registries and curated facts that a build uses."""
    digest = hashlib.sha256()
    for folder in RULE_FOLDERS:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".yaml", ".csv"}):
            digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def run_iri(sha256: Iterable[str]) -> str:
    """The IRI of the run over files with these checksums, the same wherever and whenever it runs."""
    parts = (terms.VERSION, rule_set(), *sorted(sha256))
    return iris.run(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16])


def run_quads(quads: QuadSet, run: str, used: Iterable[str]) -> None:
    """Adds a run and the texts (IRIs) that it used."""
    graph = quads.graph(iris.RUNS)
    rules, agent = iris.rule_set(rule_set()), iris.agent(terms.VERSION)
    graph.node(run, vocab.prov_Activity, [(vocab.prov_wasAssociatedWith, iri(agent))])
    graph.add(run, vocab.prov_used, iri(rules), *(iri(u) for u in used))
    graph.node(rules, terms.RuleSet)
    checksum_quads(graph, rules, rule_set())
    graph.node(
        agent,
        vocab.prov_SoftwareAgent,
        [(vocab.dcterms_title, string("Gangmu")), (vocab.owl_versionInfo, string(terms.VERSION))],
    )
