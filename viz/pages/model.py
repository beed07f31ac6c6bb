"""What a page holds, as plain frozen records. No layout, no HTML and no queries live here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

NodeKind: TypeAlias = Literal[
    "document",
    "action",
    "task",
    "measure",
    "safeguard",
    "target",
    "unit",
    "collective",
    "none",
    "gap",
    "thing",
]
EdgeKind: TypeAlias = Literal[
    "implements",
    "relates",
    "part",
    "target",
    "responsible",
    "lead",
    "support",
    "conflict",
    "cites",
    "gap",
    "owner",
    "joined",
]


class Label(NamedTuple):
    """A text of the page itself in both languages; quoted texts stay as they were written."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of a source text; `start` and `end` count Unicode code points, end exclusive."""

    document: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement in the panel beside the picture, with its evidence and the node it leads to.

    `text` and `detail` are words of the store, `note` is the page's own. What is `spare`, here and in
    lines and rows, is an alternative that appears once the reader switches alternatives on.
    """

    label: Label
    text: str = ""
    note: Label | None = None
    detail: str = ""
    node: str | None = None
    evidence: Evidence | None = None
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the picture.

    `column` counts from the left; `anchor` is the node that it stands beside or below; a `block`
    begins below everything drawn before it. When more nodes match than are drawn at once, those of
    the lowest `rank` are drawn, in the order given. `actions` and `places` are what the filters
    match; a node without places is the frame that every place is compared with. A `mark` warns that
    the node does not agree with another.
    """

    id: str
    label: str
    kind: NodeKind
    level: str
    column: int
    notation: str = ""
    badge: str = ""
    anchor: str | None = None
    block: bool = False
    rank: int = 0
    mark: bool = False
    actions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two nodes; `strength` from 0 to 1 is its width."""

    source: str
    target: str
    kind: EdgeKind
    strength: float = 0.5
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table and the nodes that it speaks of, the first one is shown by its link."""

    cells: tuple[str | Label, ...]
    nodes: tuple[str, ...] = ()
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An entry of a filter: the value that nodes carry and the text that people read."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page: a picture, the statements beside it and the same content as a table.

    `overview` stands in the panel until a node is chosen, `glossary` below the legend, `notice` above all.
    """

    name: str
    title: Label
    lead: Label
    columns: tuple[Label, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    headers: tuple[Label, ...]
    rows: tuple[Row, ...]
    overview: tuple[Fact, ...] = ()
    actions: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()
    glossary: Label | None = None
    notice: Label | None = None
