"""Where each node stands: columns for wide screens, an indented list for narrow ones. No drawing here.

Both layouts follow one order: every node comes after its anchor, siblings in the order given. Wide:
a node stands beside its anchor, or at the first place below where its column and the columns of all
that is anchored to it are free, so that lines run nearly level and cross seldom. Narrow: one node a
row, indented by its depth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viz.pages.model import Node

COLUMN_WIDTH = 240
COLUMN_GAP = 72
ROW = 56
BLOCK_GAP = 14
TOP = 52
"""Room for the titles of the columns."""
MARGIN = 12
INDENT = 16
NARROW_WIDTH = 356
NARROW_TOP = 8
MAX_INDENT = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Left edge, top edge and width in pixels at scale 1, for both layouts."""

    wide: tuple[int, int, int]
    narrow: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Places by node id in drawing order, and the size (width, height) of both layouts."""

    places: dict[str, Place]
    wide: tuple[int, int]
    narrow: tuple[int, int]


def in_order(nodes: Sequence[Node]) -> list[tuple[Node, int]]:
    """The nodes with their depth, each after its anchor; a missing or circular anchor counts as none."""
    known = {node.id for node in nodes}
    children: dict[str | None, list[Node]] = {}
    for node in nodes:
        anchor = node.anchor if node.anchor in known and node.anchor != node.id else None
        children.setdefault(anchor, []).append(node)
    ordered: list[tuple[Node, int]] = []
    seen: set[str] = set()

    def visit(roots: Sequence[Node]) -> None:
        stack = [(node, 0) for node in reversed(roots)]
        while stack:
            node, depth = stack.pop()
            if node.id in seen:
                continue
            seen.add(node.id)
            ordered.append((node, depth))
            stack.extend((child, depth + 1) for child in reversed(children.get(node.id, [])))

    visit(children.get(None, []))
    for node in nodes:
        if node.id not in seen:
            visit([node])
    return ordered


def arrange(nodes: Sequence[Node], columns: int) -> Layout:
    """The layout of the nodes in `columns` columns; linear in their number."""
    ordered = in_order(nodes)
    reach = _reach(ordered)
    free = [TOP] * max(columns, 1)
    tops: dict[str, int] = {}
    places: dict[str, Place] = {}
    for row, (node, depth) in enumerate(ordered):
        indent = min(depth, MAX_INDENT) * INDENT
        if node.block:
            top = max(free) + (BLOCK_GAP if row else 0)
        else:
            beside = tops.get(node.anchor, TOP) if node.anchor else TOP
            top = max(beside, *(free[column] for column in reach[node.id]))
        tops[node.id] = top
        free[node.column] = top + ROW
        left = MARGIN + node.column * (COLUMN_WIDTH + COLUMN_GAP)
        places[node.id] = Place(
            wide=(left, top, COLUMN_WIDTH),
            narrow=(MARGIN // 2 + indent, NARROW_TOP + row * ROW, NARROW_WIDTH - MARGIN - indent),
        )
    width = 2 * MARGIN + len(free) * COLUMN_WIDTH + (len(free) - 1) * COLUMN_GAP
    return Layout(
        places=places,
        wide=(width, max(free) + MARGIN),
        narrow=(NARROW_WIDTH, NARROW_TOP + len(nodes) * ROW + MARGIN),
    )


def _reach(ordered: Sequence[tuple[Node, int]]) -> dict[str, set[int]]:
    """The columns of each node and of all that is anchored to it and does not begin a block."""
    reach = {node.id: {node.column} for node, _ in ordered}
    for node, depth in reversed(ordered):
        if depth and node.anchor in reach and not node.block:
            reach[node.anchor] |= reach[node.id]
    return reach
