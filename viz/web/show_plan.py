"""Pages of the plan: overview, alignment matrix, and a task with the passages that answer it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from graph.iris import record_id
from graph.review import Standing
from loaders.errors import UsageError
from queries.run import Row
from viz.pages.model import Label
from viz.web import charts
from viz.web.charts import Chart
from viz.web.groups import Group, all_codes, groups, name_of
from viz.web.links import document_page, key, matrix_page, task_page
from viz.web.show_review import said
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
    found: dict[str, Row] = {}
    for row in context.source.rows("alignment-matrix", lang=context.lang):
        found.setdefault(str(row["upper_item"]), row)
    return found


def places(context: Context) -> dict[str, str]:
    """The names of the jurisdictions that are compared, by IRI, in the order of their codes."""
    rows = context.source.rows("alignment-matrix", lang=context.lang)
    return {str(row["jurisdiction"]): str(row["jurisdiction_name"]) for row in rows}


def sign(row: Row) -> str:
    """The kind of sign that a cell of the matrix gets."""
    kind = str(row["coverage"])
    if kind == "implements" and row["target_count"]:
        return "target"
    return kind if kind in SIGNS else "none"


def matrix_rows(context: Context) -> list[dict[str, Any]]:
    """A row an upper item: path, title, kind, its page, and a cell a jurisdiction."""
    cells: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in context.source.rows("alignment-matrix", lang=context.lang):
        cells[str(row["upper_item"])][str(row["jurisdiction"])] = row
    columns = places(context)
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
                    "href": task_page(item, place),
                }
            )
        rows.append(
            {
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
        cells = []
        for column in columns:
            inside = [by_place[place] for place in column.places]
            if column.single is not None:
                cells.append(inside[0])
                continue
            found = [cell for cell in inside if cell["kind"] != "none"]
            kind = max((cell["kind"] for cell in inside), key=list(SIGNS).index)
            cells.append(
                {
                    "kind": kind,
                    "sign": SIGNS[kind][0],
                    "count": f"{len(found)}/{len(inside)}" if found else None,
                    "name": column.name,
                    "href": matrix_page(column.code),
                }
            )
        rows.append({**row, "cells": cells})
    return rows


def _is_below(tree: Mapping[str, Row], item: str, above: str) -> bool:
    """Whether an item of a plan tree stands somewhere below another."""
    seen = tree.get(item)
    while seen is not None and seen["parent"] != seen["item"]:
        if seen["parent"] == above:
            return True
        seen = tree.get(str(seen["parent"]))
    return False


def task(context: Context, name: str) -> View:
    """One item of the upper plan with the passages that answer it, place by place; UsageError for another."""
    item = next((iri for iri in upper_items(context) if key(iri) == name), None)
    if item is None:
        raise UsageError(f"task {name}", "is no item of the upper plan", "choose one on the page matrix.html")
    row = upper_items(context)[item]
    tree = {str(r["item"]): r for r in context.source.rows("plan-tree", lang=context.lang)}
    own = tree[item]
    below = [r for r in tree.values() if r["parent"] == item and r["quote"]]
    groups: dict[str, list[Row]] = {iri: [] for iri in places(context)}
    names = places(context)
    by_name = {name: iri for iri, name in names.items()}
    decided = context.reviews.decided() if context.reviews else {}
    asked = {"upper_item": [item, *(iri for iri in tree if _is_below(tree, iri, item))], "ranks": 3}
    answers = context.source.rows("alignment-by-task", **asked, lang=context.lang)
    for match in sorted(answers, key=lambda r: (int(str(r["rank"])), -float(str(r["confidence"])))):
        place = by_name.get(str(match["jurisdiction_name"]))
        if place is not None:
            groups[place].append({**match, **_to_decide(context, match, decided)})
    return View(
        title=f"{row['upper_path']} {row['upper_title']}",
        lead=context.say(
            (
                "左边是上级方案的原文，右边是各地文件里与之对应的原文；对应是机器的提议，附置信度和理由，待人核对。",
                "The upper plan's passage stands on the left, the corresponding "
                "passages of local documents on the "
                "right. Correspondences are proposals of the machine, with confidence "
                "and reasons, for people to check.",
            )
        ),
        template="task.html",
        sections={"answers": Section("alignment-by-task", asked, open=False)},
        behind={"plan-tree": {}, "alignment-matrix": {}},
        fill={
            "own": own,
            "writable": context.reviews is not None,
            "reviewer": context.query.get("reviewer", ""),
            "opened": context.query.get("match", ""),
            "kept": context.query.get("kept", ""),
            "below": below,
            "names": names,
            "groups": groups,
            "key": key,
            "own_href": document_page(str(own["document"]), own["start"]),
            "document_page": document_page,
        },
    )


def _to_decide(context: Context, match: Row, decided: Mapping[str, list[Standing]]) -> dict[str, Any]:
    """What the page shows of a match beside its row: its place in the text, and what people decided of it."""
    lower, upper = str(match["lower_item"]), str(match["upper_item"])
    return {
        "href": document_page(str(match["document"]), match["start"]),
        "key": key(lower),
        "subject": record_id(lower),
        "upper": record_id(upper),
        "decisions": [said(context, standing) for standing in decided.get(lower, [])],
    }
