"""Pages of responsible units and of targets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from loaders.errors import UsageError
from queries.run import Row
from viz.output import plain
from viz.pages.plan import COMPARATORS
from viz.web import charts
from viz.web.charts import Chart
from viz.web.links import document_page, key, unit_page
from viz.web.table import Section
from viz.web.view import Context, View

DRAWN: Final = 20
"""Units in the chart of loads; the table has all."""
LINES: Final = 9
"""Indicators in the chart of time lines: those with most places, then most points."""


def units(context: Context) -> View:
    """All units with what they carry, the heaviest load first."""
    return View(
        title=context.say(("责任单位：谁担着多少", "Responsible units: who carries how much")),
        lead=context.say(
            (
                "每个单位承担的条目、牵头的条目和目标数；点一个单位看它的条目、目标和共担的单位。",
                "Items, items led and targets of each unit; open a unit to read its "
                "items, its targets and with whom "
                "it shares them.",
            )
        ),
        template="units.html",
        sections={
            "load": Section("unit-load"),
            "units": Section("units"),
            "hierarchy": Section("unit-hierarchy", open=False),
            "changes": Section("unit-changes", open=False),
            "shared": Section("shared-items", open=False),
        },
    )


def load(context: Context) -> View:
    """The loads of units compared, each alone and with all units below it."""
    return View(
        title=context.say(("负荷：各单位担子的轻重", "Load: what each unit carries, compared")),
        lead=context.say(
            (
                "每个单位的条目数、牵头数和目标数，多者在前；上级单位另有连同下属的汇总，各项只计一次。",
                "Items, leads and targets of each unit, the most first; superior units also with all units "
                "below them, each item and target counted once.",
            )
        ),
        chart=_load_chart(context),
        sections={
            "load": Section("unit-load"),
            "combined": Section("unit-load-combined"),
            "owners": Section("gap-owners", open=False),
        },
    )


def _load_chart(context: Context) -> Chart | None:
    rows = context.source.rows("unit-load", lang=context.lang)[:DRAWN]
    if not rows:
        return None
    kinds = [context.say(label) for label in (("条目", "Items"), ("目标", "Targets"))]
    data = [
        {
            "name": row["unit_name"],
            "kind": kind,
            "n": row[count],
            "href": unit_page(str(row["unit"])),
            "said": f"{row['unit_name']}: {kind} {row[count]}",
        }
        for row in rows
        for kind, count in zip(kinds, ("item_count", "target_count"), strict=True)
    ]
    caption = context.say((f"担子最重的 {len(rows)} 个单位", f"The {len(rows)} units that carry the most"))
    words = {
        "n": context.say(("条目与目标数", "Items and targets")),
        "kind": context.say(("数的是", "Counted")),
    }
    return Chart(partial(charts.bars, caption, words, data, kinds), caption, "load")


def unit(context: Context, name: str) -> View:
    """What one unit owns and shares, due when; UsageError for another name."""
    by_key = context.source.once(
        f"units {context.lang}",
        lambda: {key(str(row["unit"])): row for row in context.source.rows("units", lang=context.lang)},
    )
    if name not in by_key:
        raise UsageError(f"unit {name}", "is no unit of this graph", "choose one on the page units.html")
    row = by_key[name]
    params = {"unit": str(row["unit"])}
    return View(
        title=str(row["unit_name"]),
        lead=str(row["aliases"] or ""),
        sections={
            "items": Section("unit-items", params, hidden=("unit_name",)),
            "targets": Section("unit-targets", params, hidden=("unit_name",)),
            "shared": Section("shared-items", params),
            "load": Section("unit-load", params, hidden=("unit_name",)),
        },
        behind={"units": {}},
    )


def targets(context: Context) -> View:
    """Targets by indicator and year: a time line that is a table."""
    rows = context.source.rows("targets", lang=context.lang)
    states = {r["target"]: r["status"] for r in context.source.rows("target-status", lang=context.lang)}
    cells: dict[str, dict[Any, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        entry = _entry(context, row, states.get(row["target"]))
        cells[str(row["indicator_name"])][row["deadline"]].append(entry)
    claimed = {row["target"] for row in rows}
    for row in context.source.rows("indicator-progress", lang=context.lang):
        if row["claim"] not in claimed and str(row["indicator_name"]) in cells:
            cells[str(row["indicator_name"])][row["year"]].append(_actual(context, row))
    found = {year for line in cells.values() for year in line}
    years = sorted(found, key=lambda year: (year is None, year))
    several = {name for name, found in cells.items() if sum(map(len, found.values())) > 1}
    return View(
        title=context.say(("目标：哪年到多少", "Targets: how much by which year")),
        lead=context.say(
            (
                "按指标和期限排开，同一格里省、市、县并列；只出现一次的指标在下面的清单里。点数字看原文。",
                "By indicator and deadline, with province, city and county side by "
                "side; indicators that occur once "
                "are in the list below. Open a figure to read its passage.",
            )
        ),
        template="targets.html",
        chart=_timeline_chart(context, cells),
        sections={
            "targets": Section("targets", open=False),
            "status": Section("target-status"),
            "progress": Section("progress-by-jurisdiction"),
            "actual": Section("indicator-progress", open=False),
            "gaps": Section("target-gaps", open=False),
            "short": Section("targets-short", open=False),
            "goals": Section("goals", open=False),
            "due": Section("targets-due", open=False),
            "ownerless": Section("targets-without-owner", open=False),
            "undated": Section("targets-without-deadline", open=False),
        },
        fill={
            "years": years,
            "lines": [
                {"name": n, "cells": [cells[n].get(y, []) for y in years]} for n in cells if n in several
            ],
        },
    )


def _timeline_chart(
    context: Context, cells: Mapping[str, Mapping[Any, list[dict[str, Any]]]]
) -> Chart | None:
    """Time lines of the indicators that several places or years speak of, each in its commonest unit."""
    aim, actual = context.say(("目标", "target")), context.say(("实际值", "actual value"))
    lines = []
    for name, by_year in cells.items():
        drawn = [
            (year, e)
            for year, found in by_year.items()
            for e in found
            if year is not None and e["number"] is not None
        ]
        units = Counter(e["unit"] for _, e in drawn)
        drawn = [(y, e) for y, e in drawn if e["unit"] == units.most_common(1)[0][0]]
        if len({y for y, _ in drawn}) > 1:
            lines.append((len({e["place"] for _, e in drawn}), len(drawn), name, drawn))
    lines.sort(key=lambda line: (-line[0], -line[1], line[2]))
    data = [
        {
            "indicator": f"{name} ({entry['unit']})" if entry["unit"] else name,
            "year": year,
            "value": entry["number"],
            "figure": entry["text"].replace(entry["unit"], "").strip(),
            "place": entry["place"] or "—",
            "sort": actual if entry["actual"] else aim,
            "href": entry["href"] or "targets.html#targets",
            "said": f"{name} {year} {entry['place']} {actual if entry['actual'] else aim} {entry['text']}",
        }
        for _, _, name, drawn in lines[:LINES]
        for year, entry in drawn
    ]
    if not data:
        return None
    caption = context.say(
        (
            "目标与实际值：各指标的时间线（空心是目标，实心是实际值）",
            "Targets and actual values over time, by indicator (hollow: target, filled: actual value)",
        )
    )
    words = {
        "place": context.say(("地区", "Place")),
        "sort": context.say(("类别", "Sort")),
        "aim": aim,
        "actual": actual,
    }
    return Chart(partial(charts.points, caption, words, data), caption, "targets")


def _actual(context: Context, row: Row) -> dict[str, Any]:
    """An actual value as a cell of the time line says it, with its source."""
    space = " " if context.lang == "en" else ""
    figure = f"{plain(row['value'])}{space}{row['value_unit'] or ''}".strip()
    return {
        "text": f"{COMPARATORS.get(str(row['comparator']), '')}{figure}",
        "place": row["jurisdiction_name"] or "",
        "quote": f"{row['source']} {row['source_date'] or ''}".strip(),
        "actual": True,
        "href": None,
        "number": row["value"],
        "unit": str(row["value_unit"] or ""),
    }


def _entry(context: Context, row: Row, state: object) -> dict[str, Any]:
    """A target as a cell of the time line says it."""
    figure = str(row["figure"] or plain(row["value"]))
    document = str(row["document"])
    read = document in context.source.documents
    return {
        "text": f"{COMPARATORS.get(str(row['comparator']), '')}{figure}",
        "place": row["jurisdiction_name"] or "",
        "commitment": row["commitment"] or "",
        "quote": row["quote"] or "",
        "href": document_page(document, row["start"]) if read else None,
        "state": state,
        "actual": False,
        "number": row["value"] if not row["growth"] and not row["per_year"] else None,
        "unit": str(row["value_unit"] or ""),
    }
