"""The graph as JSON-LD 1.1, in the names of the published context. Knows no other format.

The context (`ontology/context.jsonld`) stands in the file, so that it can be read without a network, and
`publishedContext` says where it is published: a name that the context does not define, which JSON-LD
processors pass over (JSON-LD 1.1 API, expansion, step 13.3).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph.store import Literal, NamedNode, Quad, Store
from ontology import CONTEXT, CONTEXT_IRI, vocab

Nodes = defaultdict[str, defaultdict[str, list[Any]]]
"""Subject, then key, to the values."""
TRUTH = {"true": True, "false": False}
SEPARATOR = ",\n"
SAFE_INTEGER = 2**53
"""From here on JSON numbers lose digits in many readers."""


def jsonld(store: Store) -> bytes:
    """All quads of a store, a line a node, graphs and nodes in the order of their IRIs."""
    published: dict[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))
    names = Names(published["@context"])
    graphs: defaultdict[str, Nodes] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for quad in sorted(store.quads(), key=str):
        subject, graph = quad.subject, quad.graph_name
        assert isinstance(subject, NamedNode)  # build.py writes neither blank nodes
        assert isinstance(graph, NamedNode)  # nor triples outside a named graph
        key, value = names.entry(quad)
        graphs[graph.value][subject.value][key].append(value)
    head = _json({"@context": published["@context"], "publishedContext": CONTEXT_IRI})
    parts = [_graph(name, nodes, names) for name, nodes in sorted(graphs.items())]
    return f'{head[:-1]}, "@graph": [\n{SEPARATOR.join(parts)}\n]}}\n'.encode()


def _graph(name: str, nodes: Nodes, names: Names) -> str:
    """One named graph, a line a node."""
    lines = []
    for subject, facts in sorted(nodes.items()):
        own = {key: values if len(values) > 1 else values[0] for key, values in sorted(facts.items())}
        lines.append(_json({"@id": names.iri(subject), **own}))
    return f'{{"@id": {_json(names.iri(name))}, "@graph": [\n{SEPARATOR.join(lines)}\n]}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class Names:
    """The names of a context, turned around: from IRIs to what JSON writes for them."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        """From the value of `@context`: prefixes, names of classes, and entries of properties."""
        texts = {name: value for name, value in context.items() if isinstance(value, str)}
        expand = {name: iri for name, iri in texts.items() if iri.endswith(("#", "/"))}
        self._prefixes = sorted(((iri, name) for name, iri in expand.items()), reverse=True)
        entries = {
            n: v if isinstance(v, dict) else {"@id": v}
            for n, v in context.items()
            if n[0] != "@" and n not in expand
        }
        self._terms = {_full(e["@id"], expand): name for name, e in entries.items()}
        self._types = {n: _full(e["@type"], expand) for n, e in entries.items() if "@type" in e}

    def iri(self, iri: str) -> str:
        """The IRI by the longest prefix that it begins with, or as it is."""
        for start, name in self._prefixes:
            if iri.startswith(start):
                rest = iri.removeprefix(start)
                return iri if rest.startswith("//") else f"{name}:{rest}"
        return iri

    def entry(self, quad: Quad) -> tuple[str, Any]:
        """The key and the value that say a quad's predicate and object."""
        predicate, value = quad.predicate.value, quad.object
        if predicate == vocab.rdf_type:
            assert isinstance(value, NamedNode)
            return "@type", self._terms.get(value.value) or self.iri(value.value)
        key = self._terms.get(predicate) or self.iri(predicate)
        expected = self._types.get(key)
        if isinstance(value, Literal):
            return key, self._literal(value, expected)
        assert isinstance(value, NamedNode)
        name = self.iri(value.value)
        return key, name if expected == "@id" else {"@id": name}

    def _literal(self, literal: Literal, expected: str | None) -> Any:
        """JSON's own value where it says the same, a plain text where the context names the datatype."""
        text, datatype = literal.value, literal.datatype.value
        if literal.language:
            return {"@language": literal.language, "@value": text}
        if datatype == expected or (expected is None and datatype == vocab.xsd_string):
            return text
        if expected is None and datatype == vocab.xsd_boolean and text in TRUTH:
            return TRUTH[text]
        if expected is None and datatype == vocab.xsd_integer and _is_plain(text):
            return int(text)
        return {"@type": self.iri(datatype), "@value": text}


def _full(name: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a name with a prefix; `@id` and the like stay."""
    prefix, colon, rest = name.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else name


def _is_plain(text: str) -> bool:
    """Whether JSON writes this whole number in the same characters."""
    return (
        text.lstrip("-").isdecimal()
        and text.isascii()
        and str(int(text)) == text
        and abs(int(text)) < SAFE_INTEGER
    )
