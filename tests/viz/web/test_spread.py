"""Figures in a chart stand apart from each other, and none is lost but what does not fit."""

from __future__ import annotations

from itertools import pairwise

import pytest

from viz.web.spread import spread


def rows(*values: float, year: int = 2025) -> list[dict[str, object]]:
    return [
        {"indicator": "R&D", "year": year, "value": v, "figure": f"{n}: {v}"} for n, v in enumerate(values)
    ]


@pytest.mark.parametrize(
    "values", [(2, 2, 2.01), (1, 1.02, 1.04, 9), (42, 42), (0, 0, 0), tuple(range(100, 108))]
)
def test_near_figures_stand_a_line_apart(values: tuple[float, ...]) -> None:
    placed = sorted(spread(rows(*values), 9), key=lambda row: row["at"])
    heights = [row["at"] for row in placed]
    span = max(heights) - min(*heights, *values) or 1
    assert all(upper - lower >= 0.9 * span / 9 for lower, upper in pairwise(heights))
    assert all(row["at"] >= row["value"] for row in placed)


def test_the_same_figure_is_written_once_and_too_many_are_left_out() -> None:
    same = [{**row, "figure": "≥ 2"} for row in rows(2, 2, 2)]
    assert [row["figure"] for row in spread(same, 9)] == ["≥ 2", None, None]
    many = spread(rows(*range(30)), 8.8)
    assert [row["figure"] is None for row in many] == [False] * 8 + [True] * 22


def test_years_and_indicators_do_not_move_each_other() -> None:
    placed = spread([*rows(2), *rows(2, year=2030), {**rows(2)[0], "indicator": "other"}], 9)
    assert [row["at"] for row in placed] == [2, 2, 2]
