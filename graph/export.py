"""A store as a file in another format: the whole of it, sorted, without blank nodes. Changes no store."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from graph.network import network
from graph.store import FORMATS, Store
from loaders.errors import StoreError, UsageError

GRAPHML: Final = "graphml"
EXPORTS: Final = (*FORMATS, GRAPHML)
"""The formats by name. Turtle and GraphML have no named graphs; GraphML holds the network only."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(store: Store, form: str, path: Path) -> int:
    """Writes a store to a file and returns its size in bytes; the file appears whole or not at all.

    Raises UsageError for a format that is not in EXPORTS, StoreError where the file cannot be written.
    """
    if form not in EXPORTS:
        raise UsageError(f"format {form!r}", "is not known", f"choose one of {', '.join(EXPORTS)}")
    content = graphml(store) if form == GRAPHML else store.serialise(form)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            str(path), error.strerror or str(error), "name a file in a folder that exists"
        ) from error
    return len(content)


def graphml(store: Store) -> bytes:
    """The network of a store as GraphML, one line a node or edge."""
    import networkx as nx

    graph = network(store)
    for _, attributes in graph.nodes(data=True):
        for name, value in attributes.items():
            attributes[name] = NOT_IN_XML.sub("", value)
    return "".join(f"{line}\n" for line in nx.generate_graphml(graph, named_key_ids=True)).encode()
