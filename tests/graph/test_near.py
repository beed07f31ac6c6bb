"""What is read near a node is what the whole network says of it."""

from __future__ import annotations

import pytest

from graph import iris
from graph.near import near
from graph.network import network
from graph.store import Store


@pytest.mark.parametrize(
    "start", ["item/360000-2024-a690694a/4.2", "unit/dc5014846aba", "document/360103-2024-bb246032"]
)
def test_the_neighbourhood_is_a_part_of_the_network(store: Store, start: str) -> None:
    centre = iris.mint(*start.split("/"))
    whole = network(store)
    for steps in (1, 2):
        part = near(store, [centre], steps, 5_000)
        inside = whole.subgraph(part.nodes)
        assert {node: dict(part.nodes[node]) for node in part} == {n: dict(inside.nodes[n]) for n in inside}
        beside = {t for _, t in whole.out_edges(centre)} | {s for s, _ in whole.in_edges(centre)}
        assert beside <= set(part.nodes)
        found: set[tuple[str, str, str]] = set(part.edges(data="type"))
        expected: set[tuple[str, str, str]] = set(inside.edges(data="type"))
        assert found <= expected
        if len(part) < 300 and steps == 1:
            assert found == expected
    assert len(near(store, [centre], 2, 20)) <= 20
    assert len(near(store, [iris.mint("item", "nothing"), "nothing", "a b:c"], 2, 20)) == 0
