"""Pages of the plan: overview and alignment matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from loaders.errors import UsageError
from queries.run import Row
from viz.pages.model import Label
from viz.web import charts
from viz.web.charts import Chart
from viz.web.groups import Group, all_codes, codes_by_place, groups, name_of
from viz.web.links import task_page
from viz.web.table import Section
from viz.web.view import Context, View

SIGNS: Final = {
    "none": ("—", Label("未见对应", "no counterpart")),
    "related": (
        "○",
        Label("相关：内容相近，文件早于上级方案", "relates to: similar, but earlier than the upper plan"),
    ),
    "implements": (
        "●",
        Label("落实：内容对应，文件晚于上级方案", "implements: corresponds, and later than the upper plan"),
    ),
    "target": ("◆", Label("落实，并定有目标", "implements, with a quantified target")),
}
"""Signs of the matrix: nobody has to tell shades apart."""


def upper_items(context: Context) -> dict[str, Row]:
    """The rows of the matrix by the IRI of the upper item, in the plan's order; one row an item."""

    def made() -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in context.source.rows("alignment-matrix", lang=context.lang):
            found.setdefault(str(row["upper_item"]), row)
        return found

    return context.source.once(f"upper items {context.lang}", made)


def places(context: Context) -> dict[str, str]:
    """The names of the jurisdictions that are compared, by IRI, in the order of their codes."""

    def made() -> dict[str, str]:
        rows = context.source.rows("alignment-matrix", lang=context.lang)
        return {str(row["jurisdiction"]): str(row["jurisdiction_name"]) for row in rows}

    return context.source.once("places", made)


def sign(row: Row) -> str:
    """The kind of sign that a cell of the matrix gets."""
    kind = str(row["coverage"])
    if kind == "implements" and row["target_count"]:
        return "target"
    return kind if kind in SIGNS else "none"


def matrix_rows(context: Context) -> list[dict[str, Any]]:
    """A row an upper item: path, title, kind, its page, and a cell a jurisdiction."""
    return context.source.once(f"matrix {context.lang}", lambda: _matrix_rows(context))


def _matrix_rows(context: Context) -> list[dict[str, Any]]:
    cells: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in context.source.rows("alignment-matrix", lang=context.lang):
        cells[str(row["upper_item"])][str(row["jurisdiction"])] = row
    columns = places(context)
    shown = codes_by_place(columns, context.source.store)
    rows = []
    for item, first in upper_items(context).items():
        entries = []
        for place, name in columns.items():
            cell = cells[item].get(place)
            kind = sign(cell) if cell else "none"
            count = cell["item_count"] if cell and kind != "none" else None
            entries.append(
                {
                    "kind": kind,
                    "sign": SIGNS[kind][0],
                    "count": count,
                    "place": place,
                    "name": name,
                    "href": task_page(item, place, shown[place]),
                }
            )
        rows.append(
            {
                "item": item,
                "path": first["upper_path"],
                "title": first["upper_title"],
                "kind": first["kind"],
                "top": "." not in str(first["upper_path"]),
                "href": task_page(item),
                "cells": entries,
                "answered": sum(entry["kind"] != "none" for entry in entries),
            }
        )
    return rows


def overview(context: Context) -> View:
    """The plan as head-rope and meshes: what it asks for and how many jurisdictions answer."""
    rows = matrix_rows(context)
    return View(
        title=context.say(
            ("总览：一份方案，各地怎样作答", "Overview: one plan, and how each place answers it")
        ),
        lead=context.say(
            (
                "纲是上级方案的行动和任务，目是各地文件里与之对应的条目。数字是有首选对应的地区数；点一项看原文并排。",
                "The head-rope is the upper plan with its actions and tasks, the "
                "meshes are the items of local "
                "documents that correspond. Figures count the places with a "
                "first-choice counterpart; open a task "
                "to read the passages side by side.",
            )
        ),
        template="overview.html",
        chart=_coverage_chart(context),
        sections={
            "coverage": Section("coverage-summary"),
            "declared": Section("declared-found", hidden=("declared_of",)),
            "plan": Section("alignment-matrix", open=False),
        },
        fill={"plan": rows, "places": len(places(context))},
    )


def _coverage_chart(context: Context) -> Chart | None:
    """How many upper tasks each place implements, relates to or leaves; the first twenty places."""
    rows = context.source.rows("coverage-summary", lang=context.lang)[:20]
    if not rows:
        return None
    kinds = [
        context.say(label)
        for label in (("落实", "implemented"), ("相关", "related"), ("未见对应", "uncovered"))
    ]
    data = [
        {
            "name": row["jurisdiction_name"],
            "kind": kind,
            "n": row[column],
            "href": "matrix.html",
            "said": f"{row['jurisdiction_name']}: {kind} {row[column]}",
        }
        for row in rows
        for kind, column in zip(kinds, ("implemented", "related", "uncovered"), strict=True)
    ]
    caption = context.say(("各地对上级任务的覆盖", "How far each place covers the upper tasks"))
    words = {"n": context.say(("任务数", "Tasks")), "kind": context.say(("覆盖", "Coverage"))}
    return Chart(partial(charts.bars, caption, words, data, kinds), caption, "coverage")


def matrix(context: Context, above: str = "") -> View:
    """Tasks by jurisdiction, as a real table; many places by what they belong to (`above`, digits of a code).

    UsageError: no places that have a page belong there.
    """
    places_ = places(context)
    store = context.source.store
    if above and above not in set(all_codes(places_, store)):
        problem = "has no group of places in this graph"
        raise UsageError(f"places {above}", problem, "choose one on the page matrix.html")
    columns = groups(places_, store, above)
    where = name_of(above, store) if above else ""
    return View(
        title=context.say(
            (
                f"对齐矩阵：{where or '哪项任务，哪个地方，怎样作答'}",
                f"Alignment matrix: {where or 'which task, which place, which answer'}",
            )
        ),
        lead=context.say(
            (
                "每格是一个地区对一项任务的首选对应，数字是条目数。点一格，两边原文并排。"
                "地区多的时候按省、市合并，合并的一列数的是有对应的地区，点列名展开。",
                "Each cell is the first-choice counterpart of a task in a place, with the number of items. "
                "Open a cell to read both passages side by side. Many places stand together by province and "
                "city: such a column counts the places with a counterpart; open its name to see each.",
            )
        ),
        template="matrix.html",
        sections={"matrix": Section("alignment-matrix", open=False)},
        fill={"matrix": grouped(context, columns), "columns": columns, "above": above, "signs": SIGNS},
    )


def grouped(context: Context, columns: Sequence[Group]) -> list[dict[str, Any]]:
    """The rows of the matrix with a cell a column; a group has the strongest sign of its places."""
    rows = []
    for row in matrix_rows(context):
        by_place = {cell["place"]: cell for cell in row["cells"]}
        cells = [
            by_place[column.single] if column.single is not None else together(row["item"], by_place, column)
            for column in columns
        ]
        rows.append({**row, "cells": cells})
    return rows


def together(item: str, by_place: Mapping[str, Mapping[str, Any]], group: Group) -> dict[str, Any]:
    """The cell of an item (IRI) and a group: the strongest sign in it, how many have a counterpart."""
    inside = [by_place[place] for place in group.places]
    found = sum(cell["kind"] != "none" for cell in inside)
    kind = max((cell["kind"] for cell in inside), key=list(SIGNS).index)
    return {
        "kind": kind,
        "sign": SIGNS[kind][0],
        "count": f"{found}/{len(inside)}" if found else None,
        "name": group.name,
        "href": task_page(item, None, group.code),
    }
