"""What is wrong with a store, and what a person should look at. Mends nothing.

Violations: the graph breaks its own shapes (SHACL), or evidence does not stand where it says. Findings:
what was read as it stands, and deserves a person's eye (findings.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from graph import iris
from graph.findings import Finding, find
from graph.store import BlankNode, Literal, NamedNode, Store
from ontology import SHAPES, vocab

if TYPE_CHECKING:
    from rdflib import Graph

SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Violation:
    """A law that a node breaks: the node and property (IRIs), the value, and the law in words."""

    node: str
    path: str | None
    value: str | None
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found; the store is sound where there are no violations."""

    violations: tuple[Violation, ...]
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, with the counts first."""
        return {
            "violations": len(self.violations),
            "findings": len(self.findings),
            "findings_by_kind": dict(sorted(Counter(f.kind for f in self.findings).items())),
            "violation_list": [asdict(v) for v in self.violations],
            "finding_list": [asdict(f) for f in self.findings],
        }


def check(store: Store) -> CheckReport:
    """Every violation and finding of a store, in a stable order."""
    violations = [*_evidence(store), *shape_violations(data_graph(store))]
    ordered = sorted(violations, key=lambda v: (v.node, v.path or "", v.message_en, v.value or ""))
    return CheckReport(tuple(ordered), tuple(find(store)))


def data_graph(store: Store) -> Graph:
    """All quads of a store as one rdflib graph in memory, literals as they are written."""
    from rdflib import Graph, URIRef
    from rdflib import Literal as RdflibLiteral

    graph = Graph()
    for quad in store.quads():
        value = quad.object
        if isinstance(value, Literal):
            datatype = None if value.datatype.value in PLAIN else URIRef(value.datatype.value)
            language = value.language
            term: Any = RdflibLiteral(value.value, lang=language, datatype=datatype, normalize=False)
        else:
            term = URIRef(_name(value))
        graph.add((URIRef(_name(quad.subject)), URIRef(quad.predicate.value), term))
    return graph


PLAIN = frozenset({vocab.xsd_string, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
"""Datatypes that rdflib leaves out of a literal."""


def _name(term: object) -> str:
    if isinstance(term, NamedNode | BlankNode):
        return term.value
    raise TypeError(f"{term} is neither an IRI nor a literal")


def shape_violations(data: Graph) -> Iterator[Violation]:
    """What SHACL says against the data, by the shapes of the ontology."""
    import pyshacl
    from rdflib import Graph, URIRef
    from rdflib.term import Node

    shapes = Graph().parse(SHAPES, format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)

    def said(node: Node, name: str) -> dict[str | None, str]:
        return {getattr(o, "language", None): str(o) for o in results.objects(node, URIRef(SHACL + name))}

    for result in results.objects(None, URIRef(SHACL + "result")):
        messages = said(result, "resultMessage")
        fallback = next(iter(messages.values()), "")
        yield Violation(
            node=said(result, "focusNode")[None],
            path=said(result, "resultPath").get(None),
            value=next(iter(said(result, "value").values()), None),
            message_zh=messages.get("zh", fallback),
            message_en=messages.get("en", fallback),
        )


def _evidence(store: Store) -> Iterator[Violation]:
    """Texts with another checksum than the graph says, and quotations that do not stand in their text."""
    texts = {iris.text(d.id): store.text(d.id) for d in store.manifest.documents}
    for node, text in texts.items():
        found = hashlib.sha256(text.encode()).hexdigest()
        if store.values(iris.checksum(node), vocab.spdx_checksumValue) != [found]:
            zh, en = "文本的校验和与图中所记不符", "The text has another checksum than the graph says"
            yield Violation(node, vocab.spdx_checksumValue, found, zh, en)
    starts, ends, words = (_by_subject(store, p) for p in (vocab.oa_start, vocab.oa_end, vocab.oa_exact))
    for node, source in _by_subject(store, vocab.oa_hasSource).items():
        start, end, quote = (
            starts.get(iris.position(node)),
            ends.get(iris.position(node)),
            words.get(iris.exact(node)),
        )
        if start is None or end is None or quote is None or source not in texts:
            continue  # SHACL reports what is missing
        if texts[source][int(start) : int(end)] != quote:
            zh, en = (
                "引文与文本中该位置的文字不符",
                "The quotation is not what stands in the text at that place",
            )
            yield Violation(node, vocab.oa_exact, quote, zh, en)


def _by_subject(store: Store, predicate: str) -> dict[str, str]:
    """The value of a property that is there once, by node."""
    return {
        _name(q.subject): q.object.value
        for q in store.quads(predicate=predicate)
        if isinstance(q.object, NamedNode | Literal)
    }
