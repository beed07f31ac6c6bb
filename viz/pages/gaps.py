"""The page of gaps: upper tasks that places leave uncovered, who would own them, and targets set too low."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from queries.run import Row
from viz.pages import model
from viz.pages.model import Choice, Edge, Fact, Label, Node, Page
from viz.pages.plan import TEXT, Plan, node_id

TITLE = Label("缺口：哪些任务还没有人接", "Gaps: which tasks nobody has taken up")
LEAD = Label(
    "左列是至少一个地区未见对应的上级任务，旁边的数字是缺口数；中列是缺它的地区；右列是按现有分工可能承担的单位，"
    "只是推断，待人核实。下面另列低于上级的目标。名称指明别处的任务，不算本地的缺口。",
    "On the left the upper tasks that at least one place leaves uncovered, with the number of gaps; then the "
    "places; on the right the units that by the present division of work might answer for them, an inference "
    "to be checked. Below, targets set lower than those above. A task named after another place is no gap.",
)
GLOSSARY = Label(
    "未见对应：没有提出对应，不等于没有开展。可能承担：同一行动下已有分工的单位；没有分工的，是制发该地区文件的机关。"
    "低于上级：同一比率指标，下级目标值低于上级；期限不同的，注明年份，只供参考。",
    "Uncovered: no counterpart was proposed, which does not mean that nothing is done. Might own: units with "
    "duties under the same action; without any, the body that issued the place's documents. Short: a ratio "
    "set lower than the upper target; where the years differ they are given, for reference only.",
)
NO_UPPER = Label(
    "没有上级方案：加入含有“行动”的省级方案或解读，或用 gangmu align --into 指定上级。",
    "No upper plan: add a provincial plan that holds actions (行动), or name one by gangmu align --into.",
)
NOTHING = Label("没有缺口。", "There are no gaps.")
COLUMNS = (
    Label("上级任务", "Upper tasks"),
    Label("未见对应的地区", "Places that leave it"),
    Label("可能承担的单位", "Units that might own it"),
)
HEADERS = (
    Label("类别", "Kind"),
    Label("地区", "Jurisdiction"),
    Label("任务、目标或条目", "Task, target or item"),
    Label("可能承担的单位", "Might own it"),
    Label("依据或算式", "Because, or the sum"),
)
GAP = Label("未见对应", "uncovered")
NOBODY = Label("无人答复", "nobody answers")
SHORT = Label("低于上级", "short of the upper target")
ROOTLESS = Label("没有上级依据的地方条目", "local item without a root above")
UNKNOWN = Label("没有可推断的单位", "no unit can be inferred")
SHORTS = "short"
"""The node that short targets stand below."""


def gaps_page(plan: Plan) -> Page:
    """The page of everything that is left undone or set too low in a store."""
    owners: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in plan.rows("gap-owners"):
        owners[str(row["upper_item"]), str(row["jurisdiction"])].append(row)
    bases = plan.both("gap-owners", "owner", "basis")
    gaps = [row for row in plan.rows("uncovered-tasks") if not row["elsewhere"]]
    shorts = plan.rows("targets-short")
    by_task: dict[str, list[Row]] = defaultdict(list)
    for row in gaps:
        by_task[str(row["upper_item"])].append(row)
    nodes = []
    for task in (iri for iri in plan.items if iri in by_task):
        nodes.append(_task(plan, task, by_task[task]))
        nodes += [_gap(plan, row, owners, bases) for row in by_task[task]]
    nodes += _units(plan, owners)
    nodes += _shorts(plan, shorts)
    edges = [Edge(source=node_id(t), target=_id(row), kind="gap") for t in by_task for row in by_task[t]]
    edges += [
        Edge(source=_gap_id(task, place), target=_unit_id(row), kind="owner", strength=0.3)
        for (task, place), rows in owners.items()
        for row in rows
    ]
    upper = plan.store.manifest.upper
    notice = NO_UPPER if upper is None else NOTHING if not nodes else None
    used = {action for node in nodes for action in node.actions}
    return Page(
        name="gaps",
        title=TITLE,
        lead=LEAD,
        columns=COLUMNS,
        glossary=GLOSSARY if nodes else None,
        notice=notice,
        nodes=tuple(nodes),
        edges=tuple(edges),
        headers=HEADERS,
        rows=tuple(_rows(plan, gaps, owners, bases, shorts)),
        overview=tuple(_overview(plan)),
        actions=tuple(
            Choice(value=node_id(iri), text=plan.name(iri)) for iri in plan.items if node_id(iri) in used
        ),
        places=tuple(
            Choice(value=p, text=p) for p in dict.fromkeys(place for node in nodes for place in node.places)
        ),
    )


def _gap_id(task: str, place: str) -> str:
    return f"gap/{node_id(task)}/{place.rsplit('/', 1)[-1]}"


def _id(row: Row) -> str:
    return _gap_id(str(row["upper_item"]), str(row["jurisdiction"]))


def _unit_id(row: Row) -> str:
    return node_id(str(row["unit"]))


def _level(plan: Plan, place: str) -> str:
    """The level of a place (its name), as the documents of it have it."""
    known = (iri for iri, name in plan.places.items() if name == place)
    return next((str(plan.documents[iri]["level"] or "unknown") for iri in known), "unknown")


def _task(plan: Plan, task: str, gaps: list[Row]) -> Node:
    facts = [Fact(label=TEXT, evidence=plan.evidence(task))]
    facts += [Fact(label=GAP, text=str(row["jurisdiction_name"]), node=_id(row)) for row in gaps]
    return Node(
        id=node_id(task),
        label=str(plan.items[task]["title"]),
        kind=plan.kind(task),
        level=plan.level(task),
        column=0,
        notation=str(plan.items[task]["path"]),
        badge=str(len(gaps)),
        block=True,
        actions=(node_id(plan.top(task)),),
        facts=tuple(facts),
    )


def _gap(plan: Plan, row: Row, owners: dict[tuple[str, str], list[Row]], bases: dict[str, Label]) -> Node:
    task, place = str(row["upper_item"]), str(row["jurisdiction_name"])
    found = owners.get((task, str(row["jurisdiction"])), [])
    facts = [Fact(label=GAP, text=plan.name(task), node=node_id(task), evidence=plan.evidence(task))]
    facts += [
        Fact(label=COLUMNS[2], text=str(o["unit_name"]), note=bases[str(o["owner"])], node=_unit_id(o))
        for o in found
    ] or [Fact(label=COLUMNS[2], note=UNKNOWN)]
    return Node(
        id=_id(row),
        label=place,
        kind="gap",
        level=_level(plan, place),
        column=1,
        anchor=node_id(task),
        actions=(node_id(plan.top(task)),),
        places=(place,),
        facts=tuple(facts),
    )


def _units(plan: Plan, owners: dict[tuple[str, str], list[Row]]) -> Iterator[Node]:
    """The units, each beside the first gap that it might own."""
    mine: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for (task, _), rows in owners.items():
        for row in rows:
            mine[str(row["unit"])].append((task, row))
    for found in mine.values():
        first_task, first = found[0]
        places = tuple(dict.fromkeys(str(row["jurisdiction_name"]) for _, row in found))
        yield Node(
            id=_unit_id(first),
            label=str(first["unit_name"]),
            kind="unit",
            level=_level(plan, places[0]),
            column=2,
            badge=str(len(found)),
            anchor=_gap_id(first_task, str(first["jurisdiction"])),
            actions=tuple(dict.fromkeys(node_id(plan.top(task)) for task, _ in found)),
            places=places,
            facts=tuple(
                Fact(label=GAP, text=plan.name(task), node=_gap_id(task, str(row["jurisdiction"])))
                for task, row in found
            ),
        )


def _shorts(plan: Plan, shorts: list[Row]) -> Iterator[Node]:
    """The targets that are lower than those above, under a heading of their own."""
    if not shorts:
        return
    yield Node(id=SHORTS, label=SHORT.zh, kind="gap", level="", column=0, block=True, badge=str(len(shorts)))
    for row in shorts:
        target = str(row["target"])
        known = target in plan.records
        place = str(row["jurisdiction_name"])
        yield Node(
            id=_short_id(row),
            label=f"{place} {row['indicator_name']}",
            kind="target",
            level=_level(plan, place),
            column=1,
            badge=f"{row['difference']:g}" if isinstance(row["difference"], int | float) else "",
            anchor=SHORTS,
            mark=bool(row["same_year"]),
            places=(place,),
            facts=(
                Fact(
                    label=SHORT,
                    text=str(row["arithmetic"]),
                    evidence=plan.evidence(target) if known else None,
                ),
            ),
        )


def _short_id(row: Row) -> str:
    return node_id(str(row["refinement"]))


def _overview(plan: Plan) -> Iterator[Fact]:
    """What nobody answers, what has no root above, and how far each place has come."""
    unanswered = plan.rows("unanswered-tasks")
    for row in unanswered:
        title = f"{row['upper_path']} {row['upper_title']}"
        yield Fact(label=NOBODY, text=title)
    for row in plan.rows("coverage-summary"):
        note = Label(
            f"上级任务 {row['task_count']} 项，未见对应 {row['uncovered']} 项",
            f"{row['uncovered']} of {row['task_count']} upper tasks uncovered",
        )
        yield Fact(label=Label("覆盖", "Coverage"), text=str(row["jurisdiction_name"]), note=note)
    count = len(plan.rows("local-without-counterpart"))
    yield Fact(label=ROOTLESS, note=Label(f"{count} 项，见表格", f"{count}, see the table"))


def _rows(
    plan: Plan,
    gaps: list[Row],
    owners: dict[tuple[str, str], list[Row]],
    bases: dict[str, Label],
    shorts: list[Row],
) -> Iterator[model.Row]:
    """A row for each gap, each short target and each local item without a root."""
    nobody = {str(row["upper_item"]) for row in plan.rows("unanswered-tasks")}
    for row in gaps:
        task = str(row["upper_item"])
        found = owners.get((task, str(row["jurisdiction"])), [])
        units: str | Label = "、".join(str(o["unit_name"]) for o in found) or UNKNOWN
        why: str | Label = bases[str(found[0]["owner"])] if found else ""
        kind = NOBODY if task in nobody else GAP
        cells = (kind, str(row["jurisdiction_name"]), plan.name(task), units, why)
        yield model.Row(cells=cells, nodes=(_id(row), node_id(task)))
    for row in shorts:
        cells = (SHORT, str(row["jurisdiction_name"]), str(row["indicator_name"]), "", str(row["arithmetic"]))
        yield model.Row(cells=cells, nodes=(_short_id(row),))
    for row in plan.rows("local-without-counterpart"):
        item = f"{row['lower_path']} {row['lower_title']}"
        yield model.Row(cells=(ROOTLESS, str(row["jurisdiction_name"] or ""), item, "", str(row["quote"])))
