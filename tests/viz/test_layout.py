"""Where nodes stand: nothing overlaps, nothing is lost, order is kept."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from viz.pages.layout import COLUMN_WIDTH, NARROW_WIDTH, ROW, arrange, in_order
from viz.pages.model import Node

COLUMNS = 4


@st.composite
def forests(draw: st.DrawFn) -> list[Node]:
    """Nodes whose anchors may be missing, forward, or circular."""
    count = draw(st.integers(0, 25))
    ids = [str(number) for number in range(count)]
    return [
        Node(
            id=key,
            label=key,
            kind="task",
            level="city",
            column=draw(st.integers(0, COLUMNS - 1)),
            anchor=draw(st.sampled_from([None, "gone", *ids])),
            block=draw(st.booleans()),
        )
        for key in ids
    ]


@given(forests())
def test_boxes_never_overlap_in_either_layout(nodes: list[Node]) -> None:
    layout = arrange(nodes, COLUMNS)
    assert layout.places.keys() == {node.id for node in nodes}
    assert len(layout.places) == len(nodes)
    by_column: dict[int, list[int]] = {}
    for node in nodes:
        left, top, width = layout.places[node.id].wide
        assert left >= 0
        assert left + width <= layout.wide[0]
        assert top + ROW <= layout.wide[1]
        by_column.setdefault(left, []).append(top)
        narrow_left, narrow_top, narrow_width = layout.places[node.id].narrow
        assert narrow_left + narrow_width <= NARROW_WIDTH
        assert narrow_top + ROW <= layout.narrow[1] + ROW
    for tops in by_column.values():
        tops.sort()
        assert all(lower - upper >= ROW for upper, lower in pairwise(tops))
    rows = [place.narrow[1] for place in layout.places.values()]
    assert rows == sorted(set(rows))


@given(forests())
def test_every_node_comes_once_and_after_its_anchor(nodes: list[Node]) -> None:
    order = [node.id for node, _ in in_order(nodes)]
    assert sorted(order) == sorted(node.id for node in nodes)
    depths = {node.id: depth for node, depth in in_order(nodes)}
    for node in nodes:
        if depths[node.id] and node.anchor:
            assert order.index(node.anchor) < order.index(node.id)


def test_an_item_stands_beside_its_first_target() -> None:
    def node(key: str, column: int, anchor: str | None = None) -> Node:
        return Node(id=key, label=key, kind="task", level="city", column=column, anchor=anchor)

    nodes = [node("a", 0), node("b", 0), *(node(f"a{n}", 1, "a") for n in range(3)), node("b0", 1, "b")]
    places = arrange(nodes, 2).places
    assert places["a"].wide[1] == places["a0"].wide[1]
    assert places["b"].wide[1] == places["b0"].wide[1]
    assert places["a1"].wide[0] - places["a"].wide[0] > COLUMN_WIDTH
