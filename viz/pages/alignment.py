"""The page of alignments: the upper plan on the left, what lower documents do about it to the right."""

from __future__ import annotations

from collections import defaultdict

from queries.run import Row
from viz.pages import model
from viz.pages.model import Choice, Edge, Fact, Label, Node, Page
from viz.pages.plan import TEXT, Plan, is_spare, node_id, number, rank_label
from viz.pages.words import LEVELS

NONE = "none"
"""The node that items without a counterpart stand below."""
ABSENT = Label("没有对应", "no counterpart")
UNCOVERED = Label("未见对应", "uncovered")
UPPER = Label("上级方案", "Upper plan")
TITLE = Label("上下对应：上级的任务落到了哪里", "Alignment: where the upper plan's tasks arrive")
LEAD = Label(
    "上级方案的每个行动和任务，连着下级文件中与之对应的内容；线越粗，置信度越高。"
    "任务旁的数字是有首选对应的地区数，与覆盖统计一致；备选要打开“显示备选”才看得到。",
    "Each action and task of the upper plan is joined to what lower documents do about it; the thicker a "
    "line, the higher its confidence. The figure beside a task counts the places with a first-choice "
    "counterpart, as coverage does; alternatives appear once they are switched on.",
)
GLOSSARY = Label(
    "落实：内容对应，下级文件不早于上级方案，并且所在地区归上级方案管辖，或文件引用、贯彻上级方案。相关：内容对应，但缺其一。"
    "未见对应：没有提出首选对应，不等于没有开展。三者都是机器的提议，附有理由，待人核对。",
    "Implements: the content corresponds, the lower document is not older than the upper plan, and its place "
    "falls under the plan, or it cites or applies the plan. Relates to: the content corresponds, but one of "
    "these is missing. Uncovered: no first-choice counterpart was "
    "proposed, which does not mean that nothing is done. All three are proposals of the machine, with "
    "reasons, for people to check.",
)
NO_UPPER = Label(
    "没有上级方案：加入含有“行动”的省级方案或解读后才能对应。单份文件可用 gangmu draw document 画出。",
    "No upper plan: alignment needs a provincial plan, or its interpretation, that holds actions (行动). "
    "gangmu draw document draws a single document.",
)
FIRST = Label("首选", "First choice")
HEADERS = (
    Label("地区", "Jurisdiction"),
    Label("下级条目", "Local item"),
    Label("上级任务", "Upper task"),
    Label("关系", "Relation"),
    Label("置信度", "Confidence"),
    Label("名次", "Rank"),
    Label("状态", "Status"),
    Label("理由", "Reasons"),
    Label("下级原文", "Local text"),
)


def alignment_page(plan: Plan) -> Page:
    """The page of everything that is aligned in a store."""
    abstained = {str(row["lower_item"]): row for row in plan.rows("abstentions")}
    lowers = {plan.document(iri) for iri in (*plan.by_lower, *abstained)}
    framed = {str(row["upper_item"]) for row in plan.rows("alignment-matrix")}
    uppers = {plan.document(iri) for iri in plan.items if plan.kind(iri) == "action"} - lowers
    frame = [
        iri
        for iri in plan.items
        if iri in framed or (plan.document(iri) in uppers and plan.kind(iri) in ("action", "task"))
    ]
    local = [iri for iri in plan.items if iri in plan.by_lower or iri in abstained]
    levels = [level for level in LEVELS if level in {plan.level(iri) for iri in local}]
    by_task: dict[str, list[Row]] = defaultdict(list)
    for row in plan.matches:
        by_task[plan.task(str(row["upper_item"]))].append(row)
    nodes = [_upper(plan, iri, by_task.get(iri, [])) for iri in frame]
    nodes += [_lower(plan, iri, levels, abstained.get(iri)) for iri in local]
    if any(iri not in plan.by_lower for iri in local):
        nodes.append(_nothing_above())
    above = {plan.level(iri) for iri in frame}
    return Page(
        name="alignment",
        title=TITLE,
        lead=LEAD,
        columns=(
            LEVELS[min(above)] if len(above) == 1 and not above & set(levels) else UPPER,
            *(LEVELS[level] for level in levels),
        ),
        glossary=GLOSSARY if frame else None,
        notice=None if frame else NO_UPPER,
        nodes=tuple(nodes),
        edges=tuple(_edges(plan, by_task)),
        headers=HEADERS,
        rows=tuple(_rows(plan, frame, by_task, abstained)),
        overview=tuple(_coverage(plan)),
        actions=tuple(
            Choice(value=node_id(iri), text=plan.name(iri)) for iri in frame if plan.kind(iri) == "action"
        ),
        places=tuple(Choice(value=p, text=p) for p in dict.fromkeys(plan.place(iri) for iri in local)),
    )


def _upper(plan: Plan, iri: str, found: list[Row]) -> Node:
    parent = plan.parent(iri)
    places = {plan.place(str(match["lower_item"])) for match in found if not is_spare(match)}
    facts = [Fact(label=TEXT, evidence=plan.evidence(iri))]
    facts += [plan.match_fact(match, upward=False) for match in sorted(found, key=is_spare)]
    facts += [
        Fact(label=Label("举措", "Measure"), text=plan.name(measure), evidence=plan.evidence(measure))
        for measure in plan.items
        if plan.kind(measure) == "measure" and plan.parent(measure) == iri
    ]
    return Node(
        id=node_id(iri),
        label=str(plan.items[iri]["title"]),
        kind=plan.kind(iri),
        level=plan.level(iri),
        column=0,
        notation=str(plan.items[iri]["path"]),
        badge=str(len(places)) if places else "",
        anchor=node_id(parent) if parent else None,
        block=True,
        actions=(node_id(plan.top(iri)),),
        facts=tuple(facts),
    )


def _lower(plan: Plan, iri: str, levels: list[str], abstained: Row | None) -> Node:
    found = plan.by_lower.get(iri, [])
    own = list(plan.own_facts(iri))
    title = Fact(label=Label("所在文件", "Document"), text=plan.title(plan.document(iri)))
    facts = [title, own[0], *(plan.match_fact(match, upward=True) for match in found), *own[1:]]
    if abstained is not None:
        facts.insert(2, Fact(label=ABSENT, detail=str(abstained["reasons"] or "")))
    return Node(
        id=node_id(iri),
        label=str(plan.items[iri]["title"]),
        kind=plan.kind(iri),
        level=plan.level(iri),
        column=1 + levels.index(plan.level(iri)),
        notation=str(plan.items[iri]["path"]),
        badge=plan.place(iri),
        anchor=node_id(plan.task(str(found[0]["upper_item"]))) if found else NONE,
        rank=1 if found else 2,
        actions=plan.actions(iri),
        places=(plan.place(iri),),
        facts=tuple(facts),
    )


def _nothing_above() -> Node:
    note = Label(
        "这些条目与上级方案的任务都不够接近，没有勉强对应；每一项的面板里写着理由。",
        "These items are not close enough to any task of the upper plan; the panel of each says why.",
    )
    label = Label("没有上级对应", "No counterpart")
    facts = (Fact(label=label, note=note),)
    return Node(id=NONE, label=label.zh, kind="none", level="", column=0, block=True, facts=facts)


def _coverage(plan: Plan) -> list[Fact]:
    """How far each place covers the upper tasks."""
    facts = []
    for row in plan.rows("coverage-summary"):
        done, related, none = row["implemented"], row["related"], row["uncovered"]
        note = Label(
            f"上级任务 {row['task_count']} 项：有落实 {done}，有相关 {related}，未见对应 {none}",
            f"of {row['task_count']} upper tasks: {done} implemented, {related} related, {none} uncovered",
        )
        facts.append(Fact(label=Label("覆盖", "Coverage"), text=str(row["jurisdiction_name"]), note=note))
    return facts


def _edges(plan: Plan, by_task: dict[str, list[Row]]) -> list[Edge]:
    """A line from each task to each item beside it, as sure as the best of their matches."""
    edges = []
    for task, found in by_task.items():
        best: dict[str, Row] = {}
        for match in sorted(found, key=lambda match: (is_spare(match), -number(match["confidence"]))):
            best.setdefault(str(match["lower_item"]), match)
        for item, match in sorted(best.items()):
            implements = plan.relations[str(match["alignment"])].en == "implements"
            edges.append(
                Edge(
                    source=node_id(task),
                    target=node_id(item),
                    kind="implements" if implements else "relates",
                    strength=number(match["confidence"]),
                    spare=is_spare(match),
                )
            )
    return edges


def _rows(
    plan: Plan, frame: list[str], by_task: dict[str, list[Row]], abstained: dict[str, Row]
) -> list[model.Row]:
    """A row for each first choice, each item without one, each task without one, and each alternative."""
    found: list[model.Row] = []
    spares: list[model.Row] = []
    cells: tuple[str | Label, ...]
    for match in plan.matches:
        lower, key = str(match["lower_item"]), str(match["alignment"])
        cells = (
            plan.place(lower),
            f"{match['lower_path']} {match['lower_title']}",
            f"{match['upper_path']} {match['upper_title']}",
            plan.relations[key],
            f"{number(match['confidence']):.2f}",
            rank_label(match) if is_spare(match) else FIRST,
            plan.statuses[key],
            str(match["reasons"] or ""),
            str(match["quote"]),
        )
        nodes = (node_id(lower), node_id(plan.task(str(match["upper_item"]))))
        (spares if is_spare(match) else found).append(
            model.Row(cells=cells, nodes=nodes, spare=is_spare(match))
        )
    for item, row in abstained.items():
        reasons, quote = str(row["reasons"] or ""), str(row["quote"])
        cells = (plan.place(item), plan.name(item), ABSENT, "", "", "", "", reasons, quote)
        found.append(model.Row(cells=cells, nodes=(node_id(item),)))
    for task in frame:
        if plan.kind(task) == "task" and all(is_spare(match) for match in by_task.get(task, [])):
            cells = ("", UNCOVERED, plan.name(task), *("",) * 6)
            found.append(model.Row(cells=cells, nodes=(node_id(task),)))
    return found + spares
