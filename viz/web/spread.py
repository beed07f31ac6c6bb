"""Where the figures of a chart are written, so that none covers another. No drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

ROUNDS = 12
"""How often the places are counted again, as moved figures make a panel taller: it settles in a few."""


def spread(rows: Sequence[Mapping[str, Any]], lines: float) -> list[dict[str, Any]]:
    """The rows with `at`, the value at whose height the `figure` is written; at most `lines` fit in a panel.

    A panel is an `indicator`. Within a `year` the same figure is written once (null where it stands already),
    others are moved up until they stand a line apart. Of more than fit the lowest are written, and the rest
    is in the table.
    """
    panels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    placed = [dict(row) for row in rows]
    for row in placed:
        row["at"] = float(row["value"])
        panels[str(row["indicator"])].append(row)
    for panel in panels.values():
        _spread(panel, lines)
    return placed


def _spread(panel: list[dict[str, Any]], lines: float) -> None:
    columns: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(panel, key=lambda row: float(row["value"])):
        column = columns[row["year"]]
        if row["figure"] in [other["figure"] for other in column] or len(column) >= int(lines):
            row["figure"] = None
        else:
            column.append(row)
    for _ in range(ROUNDS):
        heights = [row["at"] for row in panel] + [float(row["value"]) for row in panel]
        span = max(heights) - min(heights) or abs(heights[0]) or 1.0
        gap = span / lines
        for column in columns.values():
            for lower, upper in pairwise(column):
                upper["at"] = max(float(upper["value"]), lower["at"] + gap)
