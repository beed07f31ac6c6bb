"""An answer as a graph: its things as boxes, joined where a row or a triple joins them. Asks no query."""

from __future__ import annotations

import itertools
import re
from typing import Final

from graph.near import near
from graph.store import Store
from ontology import vocab
from queries.names import short_id
from queries.run import Answer
from viz.output import plain
from viz.pages.model import Edge, Label, Node, NodeKind, Page, Row
from viz.pages.words import KINDS, LEVELS
from viz.pages.write import LIMIT

READ: Final = 1_500
"""Things that are looked up at most."""
TRIPLES: Final = ("subject", "predicate", "object")
_THING = re.compile(r"(https?://|urn:)[^\s<>\"{}|\\^`]+")


def things(answer: Answer) -> list[int]:
    """The places of the columns that hold things (IRIs) to be drawn; of triples, subjects and objects."""
    places = range(len(answer.columns))
    found = [n for n in places if any(_is_thing(row[n]) for row in answer.rows)]
    return [n for n in found if n != 1] if answer.columns == TRIPLES else found


def drawing(answer: Answer, store: Store) -> Page | None:
    """The page of an answer, at most LIMIT of its things drawn; null where it holds none."""
    places = things(answer)
    column: dict[str, int] = {}
    for row in answer.rows:
        for number, place in enumerate(places):
            if _is_thing(row[place]):
                column.setdefault(str(row[place]), number)
    if not column:
        return None
    drawn = list(column)[:LIMIT]
    known = near(store, drawn[:READ], 0, READ)
    nodes = []
    for iri in drawn:
        said = known.nodes[iri] if iri in known else {}
        level = str(said.get("level") or "unknown")
        kind: NodeKind = said["kind"] if said.get("kind") in KINDS else "thing"
        nodes.append(
            Node(
                id=short_id(iri),
                label=str(said.get("label") or _name(store, iri)),
                kind=kind,
                level=level if level in LEVELS else "unknown",
                column=column[iri],
            )
        )
    inside, edges = set(drawn), dict[tuple[str, str], None]()
    for row in answer.rows:
        ends = [str(row[place]) for place in places if _is_thing(row[place])]
        for one, two in itertools.pairwise(ends):
            if one in inside and two in inside and one != two:
                edges[short_id(one), short_id(two)] = None
    return Page(
        name="answer",
        title=Label("查询结果的图", "Graph of an answer"),
        lead=Label(
            f"结果中的事物，同一行或同一个三元组里的用线连起来；最多画 {LIMIT} 个，下面是整张表。",
            f"The things of the answer, joined where a row or a triple joins them; at most {LIMIT} are "
            "drawn, and the table below has the answer.",
        ),
        columns=tuple(Label(answer.columns[place], answer.columns[place]) for place in places),
        nodes=tuple(nodes),
        edges=tuple(Edge(source=one, target=two, kind="joined") for one, two in edges),
        headers=tuple(Label(name, name) for name in answer.columns),
        rows=tuple(
            Row(
                cells=tuple(_text(cell) for cell in row),
                nodes=tuple(short_id(str(row[n])) for n in places if str(row[n]) in inside),
            )
            for row in answer.rows[:READ]
        ),
        notice=None
        if len(column) <= LIMIT and len(answer.rows) <= READ
        else Label(
            f"结果有 {len(column)} 个事物、{len(answer.rows)} 行，这里画出 {len(drawn)} 个。",
            f"The answer holds {len(column)} things in {len(answer.rows)} rows; {len(drawn)} are drawn.",
        ),
    )


def _is_thing(value: object) -> bool:
    return isinstance(value, str) and _THING.fullmatch(value) is not None


def _name(store: Store, iri: str) -> str:
    """A name of a thing that the network does not know, else the end of its IRI."""
    for predicate in (vocab.skos_prefLabel, vocab.rdfs_label):
        if labels := store.labels(iri, predicate):
            return labels.get("zh") or next(iter(labels.values()))
    return re.split(r"[#/]", short_id(iri).rstrip("#/"))[-1] or iri


def _text(value: object) -> str:
    text = plain(value)  # type: ignore[arg-type]  # a cell of an answer
    return short_id(text) if _is_thing(text) else text
