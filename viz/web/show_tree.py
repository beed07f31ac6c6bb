"""The page of a plan as a tree: actions, tasks and measures as they nest, with what hangs on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from loaders.errors import UsageError
from viz.pages.words import KINDS
from viz.web.links import document_page, key, task_page
from viz.web.table import Section
from viz.web.view import Context, View


def tree(context: Context, name: str) -> View:
    """The items of one document as they nest; UsageError for another name."""
    source = context.source
    iri = next((iri for iri in source.documents if key(iri) == name), None)
    if iri is None:
        raise UsageError(
            f"document {name}", "has no text in this graph", "choose one on the page documents.html"
        )
    params = {"document": iri}
    title = next(
        str(r["title"] or r["file"])
        for r in source.rows("documents", lang=context.lang)
        if r["document"] == iri
    )
    targets = Counter(str(r["item_path"]) for r in source.rows("targets", **params, lang=context.lang))
    units = Counter(str(r["item_path"]) for r in source.rows("unit-items", **params, lang=context.lang))
    below: dict[str, list[dict[str, Any]]] = defaultdict(list)
    known = set()
    for row in source.rows("plan-tree", **params, lang=context.lang):
        if row["path"] is None:
            continue
        item = str(row["item"])
        known.add(item)
        below[str(row["parent"]) if row["parent"] in known else ""].append(
            {
                "item": item,
                "key": key(item),
                "path": row["path"],
                "title": row["title"],
                "kind": row["kind"],
                "href": document_page(iri, row["start"]),
                "task": task_page(item) if item in source.tasks else None,
                "targets": targets[str(row["path"])],
                "units": units[str(row["path"])],
            }
        )
    return View(
        title=context.say((f"结构：{title}", f"Plan tree: {title}")),
        lead=context.say(
            (
                "行动、任务、举措和保障的上下级；数字是这一条自己的目标数和责任单位数。点标题看原文。",
                "Actions, tasks, measures and safeguards as they nest, with the number of targets and of "
                "responsible units of each itself. Open a title to read its text.",
            )
        ),
        template="tree.html",
        sections={"items": Section("plan-tree", params, open=False)},
        behind={"documents": {}, "targets": params, "unit-items": params, "alignment-matrix": {}},
        fill={"below": below, "kinds": KINDS, "reader": document_page(iri), "count": len(known)},
    )
