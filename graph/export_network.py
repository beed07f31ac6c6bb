"""The network of a store as GraphML and GEXF, for Gephi, yEd, Cytoscape and igraph. Makes no network."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from graph.network import network
from graph.plain import in_xml
from graph.store import Store
from ontology.terms import VERSION

if TYPE_CHECKING:
    import networkx as nx

GEXF_VERSION: Final = "1.2draft"
"""The version of GEXF that Gephi reads and networkx both writes and reads."""


def graphml(store: Store) -> bytes:
    """The network as GraphML, one line a node, edge or attribute.

    Written by lxml: the writer of the standard library leaves carriage returns as they are, and readers
    turn those into line feeds (XML 1.0, section 2.11).
    """
    import networkx as nx

    file = BytesIO()
    nx.write_graphml_lxml(_clean(store), file, named_key_ids=True)
    return file.getvalue()


def gexf(store: Store) -> bytes:
    """The network as GEXF.

    What ties two nodes is the `relation` of an edge and its label: `type` is GEXF's own word for directed.
    networkx writes the day into the head; it is taken out, the same store gives the same bytes.
    """
    from networkx.readwrite.gexf import GEXFWriter

    graph = _clean(store)
    for *_, attributes in graph.edges(data=True):
        attributes["label"] = attributes["relation"] = attributes.pop("type")
    writer: Any = GEXFWriter(version=GEXF_VERSION)
    writer.add_graph(graph)
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = f"Gangmu {VERSION}"
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _clean(store: Store) -> nx.MultiDiGraph[str]:
    """The network with texts that XML can hold."""
    graph = network(store)
    for _, attributes in graph.nodes(data=True):
        for name, value in attributes.items():
            attributes[name] = in_xml(value)
    return graph
