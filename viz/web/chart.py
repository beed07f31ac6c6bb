"""An answer as a chart: bars beside the table that they come from. Draws nothing, which `charts` does.

The picture is text in the page: it needs no script, asks nobody for anything, and says each bar to a
screen reader.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from graph.iris import BASE
from queries.names import short_id
from queries.run import Answer
from viz.legal import clean
from viz.web.charts import cleaned
from viz.web.easel import Draw

BARS: Final = 60
"""Bars that are drawn: what a page can show with a name beside each."""
KINDS: Final = 8
"""Different values of a further column that can be told apart as stripes of a bar."""
SHADES: Final = ("#0d6565", "#9b2d1f", "#33508f", "#8a6400", "#6c4587", "#5b6168", "#8fc4bd", "#d9a38f")
LONGEST: Final = 1e300
LONG: Final = 24
"""Characters of a name beside a bar; the table has all of it."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The columns of a chart: names, lengths, and what divides a bar, null for nothing."""

    names: str
    lengths: str
    shades: str | None


def axes(answer: Answer) -> Axes | None:
    """Which columns make a chart; null where none holds numbers, or nothing but numbers is there."""
    places = range(len(answer.columns))
    values = [[row[place] for row in answer.rows if row[place] is not None] for place in places]
    numbers = [n for n in places if values[n] and all(_number(value) for value in values[n])]
    if not numbers:
        return None
    others = [n for n in places if n not in numbers]
    if not others and len(numbers) > 1:
        others = [numbers.pop(0)]  # as years beside counts
    if not others:
        return None
    once = len({row[others[0]] for row in answer.rows}) == len(answer.rows)
    few = [n for n in [*others[1:], *numbers[:-1]] if len({row[n] for row in answer.rows}) <= KINDS]
    length = numbers[-1] if not once and len(numbers) > 1 else numbers[0]
    shade = next((n for n in few if n != length), None) if not once else None
    name = answer.columns[others[0]]
    return Axes(name, answer.columns[length], None if shade is None else answer.columns[shade])


def chart(answer: Answer, title: str) -> Draw | None:
    """What draws an answer, the first BARS of its rows; null where it has no axes."""
    found = axes(answer)
    if found is None:
        return None
    places = {name: place for place, name in enumerate(answer.columns)}
    rows = answer.rows[:BARS]
    data = [
        {
            "name": _short(row[places[found.names]]),
            "length": None if (length := row[places[found.lengths]]) is None else float(length),
            **({} if found.shades is None else {"shade": _short(row[places[found.shades]])}),
        }
        for row in rows
    ]
    return partial(cleaned, json.dumps(_spec(found, data, title)), title)


def _spec(found: Axes, data: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """The chart in Vega-Lite's own words; names of columns stand in titles only, never as field names."""
    encoding: dict[str, Any] = {
        "y": {"field": "name", "type": "nominal", "sort": None, "title": found.names},
        "x": {"field": "length", "type": "quantitative", "title": found.lengths},
    }
    if found.shades is not None:
        shade = {"field": "shade", "type": "nominal", "title": found.shades, "scale": {"range": SHADES}}
        encoding["color"] = shade
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": title,
        "title": {"text": title, "anchor": "start"},
        "width": 560,
        "height": {"step": 22},
        "background": None,
        "data": {"values": data},
        "mark": {"type": "bar", "color": SHADES[0]},
        "encoding": encoding,
        "config": {"font": "sans-serif", "view": {"stroke": None}, "axis": {"labelLimit": 260}},
    }


def _number(value: object) -> bool:
    """Whether it is a number that a bar can be as long as; whole ones have no limit in SPARQL."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LONGEST


def _short(value: object) -> str:
    text = "—" if value is None else clean(str(value))
    text = short_id(text) if text.startswith(BASE) else text
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
