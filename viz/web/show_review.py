"""The page of what waits for a person: both passages of each proposal, and the form for a decision."""

from __future__ import annotations

from typing import Any, Final

from graph import iris
from graph.review import Standing
from graph.review_queue import Pending, Side
from viz.web.links import document_page, key
from viz.web.table import Section
from viz.web.view import Context, View

AT_ONCE: Final = 8
"""Items on one page of the queue."""


def review(context: Context) -> View:
    """What waits, the most uncertain first; how to review, where the pages are files."""
    reviewer = context.query.get("reviewer", "").strip()
    waiting = context.reviews.pending(reviewer) if context.reviews else []
    wanted = context.query.get("item", "")
    only = [p for p in waiting if key(iris.record(p.lower.item.id)) == wanted]
    first = _first(context.query.get("from", ""), len(waiting))
    shown = only or waiting[first : first + AT_ONCE]
    tasks = context.reviews.queue(reviewer or "—").tasks if context.reviews and waiting else []
    return View(
        title=context.say(("核对：机器拿不准的在前", "Review: the most uncertain first")),
        lead=context.say(
            (
                "每一条是机器提出的对应：一边是地方文件的原文，一边是上级方案的原文。采纳、否决、另选一项，或者"
                "判定没有对应。",
                "Each is a proposal of the machine: the local passage and the upper plan's. "
                "Accept it, reject it, choose another task, or say that none corresponds.",
            )
        ),
        template="review.html",
        sections={"waiting": Section("matches-to-review", open=not shown)},
        fill={
            "reviewer": reviewer,
            "cards": [_card(context, pending) for pending in shown],
            "writable": context.reviews is not None,
            "tasks": [f"{side.item.path} {side.item.title}" for side in tasks],
            "total": len(waiting),
            "first": first,
            "only": bool(only),
            "step": AT_ONCE,
            "kept": context.query.get("kept", ""),
        },
    )


def _card(context: Context, pending: Pending) -> dict[str, Any]:
    lower = pending.lower
    return {
        "key": key(iris.record(lower.item.id)),
        "subject": lower.item.id,
        "lower": _side(lower),
        "place": lower.document.jurisdiction or lower.document.source_file,
        "chance": pending.chance,
        "reasons": "；".join(pending.reasons),
        "candidates": [
            {"id": c.upper.item.id, "confidence": c.confidence, **_side(c.upper)} for c in pending.candidates
        ],
        "earlier": [said(context, d) for d in (*pending.stale, *pending.contested)],
    }


def _side(side: Side) -> dict[str, Any]:
    item = side.item
    return {
        "path": item.path,
        "title": item.title,
        "text": side.text,
        "around": side.around,
        "href": document_page(iris.document(side.document.id), item.start),
    }


def said(context: Context, standing: Standing | Any) -> str:
    """A decision in one line: who, when, what, and whether it counts."""
    decision = standing.decision if isinstance(standing, Standing) else standing
    state = standing.state if isinstance(standing, Standing) else "contested"
    verdict = {
        "accepted": ("采纳", "accepted"),
        "rejected": ("否决", "rejected"),
    }[decision.verdict]
    name = decision.object_label or context.say(("没有对应", "no counterpart"))
    words = {
        "in_force": ("下次建图时生效", "takes effect with the next build"),
        "contested": ("评审者意见不一，暂不计", "reviewers differ: does not count"),
        "stale": ("原文后来改了，不再计", "a text has changed: counts no more"),
    }[state]
    mark = "，" if context.lang == "zh" else ", "
    comment = (decision.comment,) if decision.comment else ()
    parts = (decision.reviewer, decision.date, f"{context.say(verdict)} {name}", *comment, context.say(words))
    return mark.join(parts)


def _first(given: str, total: int) -> int:
    return min(int(given), max(0, total - 1)) if given.isascii() and given.isdigit() else 0
