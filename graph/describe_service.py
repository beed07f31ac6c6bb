"""The SPARQL endpoint described for programs (SPARQL 1.1 Service Description), as Turtle. Serves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.nquads import Term, integer, iri, string
from graph.store import turtle
from ontology import vocab

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
)
PREFIXES: Final = {"sd": SD, "void": VOID, "rdfs": vocab.PREFIXES["rdfs"]}


def service(address: str, graphs: Sequence[str], quads: int, remarks: Sequence[str]) -> bytes:
    """The description of the endpoint at an address (IRI) over graphs (IRIs) of so many quads.

    `remarks` say in English what the endpoint permits. The default graph is the union of all graphs.
    """
    lines: list[str] = []

    def say(subject: str, predicate: str, value: Term) -> None:
        lines.append(f"{iri(subject)} {iri(predicate)} {value} .")

    data, union = f"{address}#dataset", f"{address}#union"
    say(address, vocab.rdf_type, iri(f"{SD}Service"))
    say(address, f"{SD}endpoint", iri(address))
    say(address, f"{SD}supportedLanguage", iri(f"{SD}SPARQL11Query"))
    say(address, f"{SD}feature", iri(f"{SD}UnionDefaultGraph"))
    for form in RESULTS:
        say(address, f"{SD}resultFormat", iri(f"{FORMATS}{form}"))
    say(address, f"{SD}resultFormat", iri("https://www.w3.org/ns/formats/data/JSON-LD"))
    for remark in remarks:
        say(address, vocab.rdfs_comment, string(remark, "en"))
    say(address, f"{SD}defaultDataset", iri(data))
    say(data, vocab.rdf_type, iri(f"{SD}Dataset"))
    say(data, f"{SD}defaultGraph", iri(union))
    say(union, vocab.rdf_type, iri(f"{SD}Graph"))
    say(union, f"{VOID}triples", integer(quads))
    for number, graph in enumerate(sorted(graphs)):
        named = f"{address}#graph-{number}"
        say(data, f"{SD}namedGraph", iri(named))
        say(named, vocab.rdf_type, iri(f"{SD}NamedGraph"))
        say(named, f"{SD}name", iri(graph))
    return turtle(lines, PREFIXES)
