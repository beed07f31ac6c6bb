"""The graph view: what stands within two steps of a thing, opened step by step, at most so many nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from graph.near import OUTERMOST, near
from graph.store import Store
from loaders.errors import UsageError
from queries.names import short_id
from viz.pages.model import Choice, Edge, EdgeKind, Fact, Label, Node, NodeKind, Page, Row
from viz.pages.passages import Passages
from viz.pages.plan import TEXT
from viz.pages.words import KINDS, LEVELS
from viz.pages.write import LIMIT
from viz.web.source import Source

if TYPE_CHECKING:
    import networkx as nx

STEPS: Final = 2
READ: Final = 1_500
"""Nodes that are read at most: more than are drawn, so that what is left out can be listed."""
LINES: Final[dict[str, EdgeKind]] = {
    "implements": "implements",
    "relates_to": "relates",
    "part_of": "part",
    "target_of": "target",
    "responsible": "responsible",
    "lead": "lead",
    "support": "support",
    "conflict": "conflict",
    "interprets": "cites",
    "based_on": "cites",
    "applies": "cites",
    "aligned_with": "cites",
    "cites": "cites",
}
"""Types of edges of the network that are drawn, as what."""
HEADERS: Final = (
    Label("名称", "Name"),
    Label("类型", "Kind"),
    Label("层级", "Level"),
    Label("步数", "Steps"),
)
OWN: Final = Label("指标、单位及其他", "Units and targets")


def start(source: Source) -> str:
    """Where the view begins when nothing is named: the first item of the upper plan, or any document."""
    upper = (str(row["upper_item"]) for row in source.rows("alignment-matrix", lang="zh"))
    return next(chain(upper, source.documents), "")


def around(store: Store, centre: str, opened: Iterable[str]) -> tuple[Page, list[tuple[str, Label, str]]]:
    """The page of what stands around a node (IRI), and of what else was opened from there; and a list.

    The list has what can be opened next: short id, kind and name of each node drawn, the outermost first.
    UsageError: the graph has no such node.
    """
    opened = list(opened)
    network = near(store, [centre, *opened], STEPS, READ)
    for node in (centre, *opened):
        if node not in network:
            raise UsageError(f"node {short_id(node)}", "is not in this graph", "search for it first")
    steps = _reached(network, centre, opened)
    passages = Passages(store)
    names = {node: _label(network.nodes[node]) for node in steps}
    drawn = list(steps)[:LIMIT]
    # of many, `near` reads no claims among the outermost: read them for those that are drawn
    lines = network if len(network) <= OUTERMOST else near(store, drawn, 0, READ)
    levels = [level for level in LEVELS if level in {_level(network.nodes[n]) for n in drawn}] or ["unknown"]
    nodes = tuple(
        Node(
            id=short_id(node),
            label=names[node],
            kind=_kind(network.nodes[node]),
            level=_level(network.nodes[node]),
            column=levels.index(_level(network.nodes[node]))
            if _kind(network.nodes[node]) not in ("unit", "collective", "target")
            else len(levels),
            rank=steps[node],
            facts=tuple(_facts(passages, node, network.nodes[node])),
        )
        for node in drawn
    )
    return Page(
        name="graph",
        title=Label(f"关系图：{names[centre]}", f"Graph: {names[centre]}"),
        lead=Label(
            f"从这里出发两步之内的内容，省、市、县从左到右；最多画 {LIMIT} 个。在下面的列表里打开更多。",
            f"What stands within two steps, from province to city to county; at "
            f"most {LIMIT} boxes are drawn. "
            "Open more from the list below.",
        ),
        columns=(*(LEVELS[level] for level in levels), OWN),
        nodes=nodes,
        edges=tuple(_edges(lines, drawn)),
        headers=HEADERS,
        rows=tuple(
            Row(
                cells=(
                    names[node],
                    KINDS[_kind(network.nodes[node])],
                    LEVELS[_level(network.nodes[node])],
                    str(steps[node]),
                ),
                nodes=(short_id(node),) if number < LIMIT else (),
            )
            for number, node in enumerate(steps)
        ),
        notice=None
        if len(steps) <= LIMIT
        else Label(
            f"离得近而没有画出的有 {len(steps) - LIMIT} 个，都在表格里。",
            f"{len(steps) - LIMIT} more stand near and are not drawn; the table has them.",
        ),
        places=tuple[Choice, ...](),
    ), [(short_id(n), KINDS[_kind(network.nodes[n])], names[n]) for n in reversed(drawn) if n != centre]


def _reached(network: nx.MultiDiGraph[str], centre: str, opened: Iterable[str]) -> dict[str, int]:
    """The nodes within STEPS of the centre and one of each opened node, with their distance."""
    found = {centre: 0}
    waiting = deque([(centre, STEPS)])
    while waiting:
        node, left = waiting.popleft()
        if left:
            for other in _beside(network, node):
                if other not in found:
                    found[other] = found[node] + 1
                    waiting.append((other, left - 1))
    for node in opened:
        found.setdefault(node, STEPS)
        for other in _beside(network, node):
            found.setdefault(other, found[node] + 1)
    return found


def _beside(network: nx.MultiDiGraph[str], node: str) -> list[str]:
    """The nodes that a line that is drawn joins to a node, in a stable order."""
    out = {t for _, t, d in network.out_edges(node, data=True) if d["type"] in LINES}
    into = {s for s, _, d in network.in_edges(node, data=True) if d["type"] in LINES}
    return sorted(n for n in out | into if n != node and network.nodes[n]["kind"] in KINDS)


def _edges(network: nx.MultiDiGraph[str], drawn: list[str]) -> list[Edge]:
    inside = set(drawn)
    found = {
        (s, t, LINES[d["type"]]): float(d.get("confidence", 0.4))
        for s, t, d in network.edges(drawn, data=True)
        if t in inside and s != t and d["type"] in LINES
    }
    return [
        Edge(source=short_id(s), target=short_id(t), kind=kind, strength=strength)
        for (s, t, kind), strength in sorted(found.items())
    ]


def _label(node: dict[str, Any]) -> str:
    figure = f" {node['figure']}" if node.get("figure") else ""
    return f"{node['label']}{figure}"


def _kind(node: dict[str, Any]) -> NodeKind:
    kind: NodeKind = node["kind"]
    return kind


def _level(node: dict[str, Any]) -> str:
    level = str(node.get("level") or "unknown")
    return level if level in LEVELS else "unknown"


def _facts(passages: Passages, node: str, said: dict[str, Any]) -> list[Fact]:
    """The passage that a node was read from, where it was read from one."""
    document = said.get("document")
    if document is None or said["kind"] == "document":
        return []
    evidence = passages.of(node, str(document))
    return [] if evidence is None else [Fact(label=TEXT, evidence=evidence)]
