"""Pages of responsible units and of targets."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from loaders.errors import UsageError
from queries.run import Row
from viz.output import plain
from viz.pages.plan import COMPARATORS
from viz.web.links import document_page, key
from viz.web.table import Section
from viz.web.view import Context, View


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
        sections={
            "load": Section("unit-load"),
            "combined": Section("unit-load-combined"),
            "owners": Section("gap-owners", open=False),
        },
    )


def unit(context: Context, name: str) -> View:
    """What one unit owns and shares, due when; UsageError for another name."""
    for row in context.source.rows("units", lang=context.lang):
        if key(str(row["unit"])) == name:
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
            )
    raise UsageError(f"unit {name}", "is no unit of this graph", "choose one on the page units.html")


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
            cells[str(row["indicator_name"])][row["year"]].append(_actual(row))
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


def _actual(row: Row) -> dict[str, Any]:
    """An actual value as a cell of the time line says it, with its source."""
    figure = f"{plain(row['value'])}{row['value_unit'] or ''}"
    return {
        "text": f"{COMPARATORS.get(str(row['comparator']), '')}{figure}",
        "place": row["jurisdiction_name"] or "",
        "quote": f"{row['source']} {row['source_date'] or ''}".strip(),
        "actual": True,
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
    }
