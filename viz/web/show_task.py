"""The page of an upper item: its passage beside the passages of each place that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph import iris
from graph.review import Standing
from loaders.errors import UsageError
from queries.run import Row
from viz.web import show_plan
from viz.web.groups import all_codes, groups, name_of
from viz.web.links import document_page, key, task_page
from viz.web.show_review import said
from viz.web.table import Section
from viz.web.view import Context, View


def _is_below(tree: Mapping[str, Row], item: str, above: str) -> bool:
    """Whether an item of a plan tree stands somewhere below another."""
    seen = tree.get(item)
    while seen is not None and seen["parent"] != seen["item"]:
        if seen["parent"] == above:
            return True
        seen = tree.get(str(seen["parent"]))
    return False


def task(context: Context, name: str) -> View:
    """One item of the upper plan with the passages that answer it, place by place.

    Many places stand together as in the matrix; those of a group are on a page of their own, `name` followed
    by the digits of its code. UsageError for another item, or a group without a page.
    """
    name, _, above = name.partition("/")
    names, store = show_plan.places(context), context.source.store
    item = next((iri for iri in show_plan.upper_items(context) if key(iri) == name), None)
    if item is None or (above and above not in set(all_codes(names, store))):
        raise UsageError(f"task {name}", "is no item of the upper plan", "choose one on the page matrix.html")
    row = show_plan.upper_items(context)[item]
    plan = {"document": iris.document(str(store.manifest.upper))}
    tree = {str(r["item"]): r for r in context.source.rows("plan-tree", **plan, lang=context.lang)}
    own = tree[item]
    columns = groups(names, store, above)
    answered: dict[str, list[Row]] = {column.single: [] for column in columns if column.single is not None}
    cells = next(line for line in show_plan.matrix_rows(context) if line["item"] == item)["cells"]
    by_place = {cell["place"]: cell for cell in cells}
    grouped = [show_plan.together(item, by_place, column) for column in columns if column.single is None]
    decided = context.reviews.decided() if context.reviews else {}
    asked = {"upper_item": [item, *(iri for iri in tree if _is_below(tree, iri, item))], "ranks": 3}
    answers = context.source.rows("alignment-by-task", **asked, lang=context.lang)
    for match in sorted(answers, key=lambda r: (int(str(r["rank"])), -float(str(r["confidence"])))):
        place = context.source.place(str(match["document"]))
        if place in answered:
            answered[place].append({**match, **_to_decide(context, match, decided)})
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
        behind={"plan-tree": plan, "alignment-matrix": {}},
        fill={
            "own": own,
            "writable": context.reviews is not None,
            "reviewer": context.query.get("reviewer", ""),
            "opened": context.query.get("match", ""),
            "kept": context.query.get("kept", ""),
            "names": names,
            "groups": answered,
            "together": grouped,
            "above": name_of(above, store) if above else "",
            "whole": task_page(item),
            "signs": show_plan.SIGNS,
            "key": key,
            "own_href": document_page(str(own["document"]), own["start"]),
        },
    )


def _to_decide(context: Context, match: Row, decided: Mapping[str, list[Standing]]) -> dict[str, Any]:
    """What the page shows of a match beside its row: its place in the text, and what people decided of it."""
    lower, upper = str(match["lower_item"]), str(match["upper_item"])
    return {
        "href": document_page(str(match["document"]), match["start"]),
        "key": key(lower),
        "subject": iris.record_id(lower),
        "upper": iris.record_id(upper),
        "decisions": [said(context, standing) for standing in decided.get(lower, [])],
    }
