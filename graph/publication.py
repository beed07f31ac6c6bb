"""Who publishes the graph, under which licence and from which sources. One place for every export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.store import Document, Store
from loaders.corpus import Source, sources
from ontology.terms import VERSION

TITLE: Final = {"zh": "纲目知识图谱", "en": "Gangmu knowledge graph"}
SUMMARY: Final = {
    "zh": "各级政府规划的行动、任务、举措、目标、责任单位及其上下对应，每条陈述都带有原文证据。",
    "en": "Actions, tasks, measures, targets and responsible units of government plans, and how the plans "
    "answer each other, each statement with its evidence in the text.",
}
CREATOR: Final = "The Gangmu developers"
LICENCE: Final = "https://spdx.org/licenses/MIT"
"""The licence of the graph. The documents it was read from have their own, see `origins`."""
RIGHTS: Final = {
    "zh": "许可适用于本数据集；所读文件为公共机构的公文，各有来源，见所列来源。",
    "en": "The licence is that of this data set; the documents it was read from are those of public "
    "authorities, see the sources.",
}


def version(store: Store) -> str:
    """The version of a graph: that of the software, and after `+` the beginning of its content's SHA-256."""
    return f"{VERSION}+{store.manifest.content[:16]}"


def origins(store: Store) -> Iterator[tuple[Document, Source | None]]:
    """Each document of a store with what data/sources.csv knows of exactly these bytes, null if nothing."""
    known = {source.sha256: source for source in sources().values()}
    for document in sorted(store.manifest.documents, key=lambda d: d.id):
        yield document, known.get(document.sha256)
