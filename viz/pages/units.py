"""The page of responsibilities: who answers for what, and which targets that brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from queries.run import Row
from viz.pages import model
from viz.pages.model import Choice, Edge, EdgeKind, Fact, Label, Node, Page
from viz.pages.plan import Plan, node_id, target_note, target_text

TITLE = Label("责任分工：谁负责什么", "Responsibilities: who owns what")
LEAD = Label(
    "责任单位连着它负责的条目，条目连着其中的目标。单位名后的数字是它承担的条目数；"
    "一个条目有几个单位时，与每个单位都相连；窄屏上单位只列一次，点开可看它的全部条目。",
    "Responsible units are joined to the items they answer for, and items to their targets. The figure "
    "beside a unit counts its items; an item of several units is joined to each. On narrow screens a unit "
    "is listed once: choose it to see all its items.",
)
COLUMNS = (Label("责任单位", "Responsible units"), Label("条目", "Items"), Label("目标", "Targets"))
HEADERS = (
    Label("责任单位", "Unit"),
    Label("角色", "Role"),
    Label("条目", "Item"),
    Label("条目的目标", "Targets of the item"),
    Label("所在文件", "Document"),
    Label("原文写法", "As written"),
)
BUSIEST = 8
"""How many units the overview names."""


def units_page(plan: Plan) -> Page:
    """The page of all responsibilities of a store."""
    items = [item for item in plan.items if item in plan.duties]
    duties = [row for item in items for row in plan.duties[item]]
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in duties:
        by_unit[str(row["unit"])].append(row)
    known = {str(row["unit"]): row for row in plan.rows("units")}
    units = sorted(by_unit, key=lambda unit: (-len(by_unit[unit]), unit))
    nodes = []
    for document in dict.fromkeys(plan.document(item) for item in items):
        nodes.append(_document(plan, document))
        own = [item for item in items if plan.document(item) == document]
        nodes += [_item(plan, item) for item in own]
        nodes += [node for item in own for node in _targets(plan, item)]
    nodes += [_unit(plan, known[unit], by_unit[unit]) for unit in units]
    used = {action for node in nodes for action in node.actions}
    return Page(
        name="units",
        title=TITLE,
        lead=LEAD,
        columns=COLUMNS,
        nodes=tuple(nodes),
        edges=tuple(_edges(plan, duties)),
        headers=HEADERS,
        rows=tuple(_rows(plan, duties)),
        overview=tuple(_overview(plan.rows("unit-load"))),
        actions=tuple(
            Choice(value=node_id(iri), text=plan.name(iri)) for iri in plan.items if node_id(iri) in used
        ),
        places=tuple(Choice(value=p, text=p) for p in dict.fromkeys(plan.place(item) for item in items)),
    )


def _document(plan: Plan, document: str) -> Node:
    return Node(
        id=node_id(document),
        label=plan.title(document),
        kind="document",
        level=plan.level(document),
        column=1,
        block=True,
        places=(plan.places[document],),
        facts=(Fact(label=Label("地区", "Jurisdiction"), text=plan.places[document]),),
    )


def _unit(plan: Plan, unit: Row, duties: list[Row]) -> Node:
    """The node of a unit, beside the one in the middle of its items."""
    items = list(dict.fromkeys(str(row["item"]) for row in duties))
    facts = (
        [Fact(label=Label("其他写法", "Also written"), text=str(unit["aliases"]))] if unit["aliases"] else []
    )
    for row in duties:
        role = plan.roles[str(row["responsibility"])]
        facts.append(
            Fact(
                label=Label(f"负责（{role.zh}）", f"Answers for ({role.en})"),
                text=plan.name(str(row["item"])),
                node=node_id(str(row["item"])),
                evidence=plan.evidence(str(row["responsibility"])),
            )
        )
    return Node(
        id=node_id(str(unit["unit"])),
        label=str(unit["unit_name"]),
        kind="collective" if unit["collective"] else "unit",
        level=plan.level(items[0]),
        column=0,
        badge=str(len(items)),
        anchor=node_id(items[len(items) // 2]),
        actions=tuple(dict.fromkeys(action for item in items for action in plan.actions(item))),
        places=tuple(dict.fromkeys(plan.place(item) for item in items)),
        facts=tuple(facts),
    )


def _item(plan: Plan, item: str) -> Node:
    matches = (plan.match_fact(match, upward=True) for match in plan.by_lower.get(item, []))
    return Node(
        id=node_id(item),
        label=str(plan.items[item]["title"]),
        kind=plan.kind(item),
        level=plan.level(item),
        column=1,
        notation=str(plan.items[item]["path"]),
        anchor=node_id(plan.document(item)),
        actions=plan.actions(item),
        places=(plan.place(item),),
        facts=(*plan.own_facts(item), *matches),
    )


def _targets(plan: Plan, item: str) -> Iterator[Node]:
    for target in plan.targets.get(plan.records[item]["id"], []):
        facts = [*plan.target_facts([target]), *plan.duty_facts(plan.duties[item])]
        yield Node(
            id=node_id(target),
            label=target_text(plan.records[target]),
            kind="target",
            level=plan.level(target),
            column=2,
            anchor=node_id(item),
            actions=plan.actions(item),
            places=(plan.place(item),),
            facts=tuple(facts),
        )


def _edges(plan: Plan, duties: list[Row]) -> Iterator[Edge]:
    for row in duties:
        role = str(plan.records[str(row["responsibility"])]["role"])
        kind: EdgeKind = "lead" if role == "lead" else "support" if role == "support" else "responsible"
        strength = {"lead": 0.9, "support": 0.3}.get(role, 0.45)
        source, target = node_id(str(row["unit"])), node_id(str(row["item"]))
        yield Edge(source=source, target=target, kind=kind, strength=strength)
    for item in plan.duties:
        for target in plan.targets.get(plan.records[item]["id"], []):
            yield Edge(source=node_id(item), target=node_id(target), kind="target", strength=0.3)


def _rows(plan: Plan, duties: list[Row]) -> Iterator[model.Row]:
    for row in duties:
        item, key = str(row["item"]), str(row["responsibility"])
        targets = [plan.records[target] for target in plan.targets.get(plan.records[item]["id"], [])]
        said = "；".join(f"{target_text(record)}（{target_note(record)}）" for record in targets)
        yield model.Row(
            cells=(
                str(row["unit_name"]),
                plan.roles[key],
                plan.name(item),
                said,
                plan.title(str(row["document"])),
                str(row["quote"]),
            ),
            nodes=(node_id(str(row["unit"])), node_id(item)),
        )


def _overview(loads: list[Row]) -> Iterator[Fact]:
    """The units with most to answer for."""
    for row in loads[:BUSIEST]:
        note = Label(
            f"条目 {row['item_count']}，牵头 {row['lead_count']}，目标 {row['target_count']}，"
            f"文件 {row['document_count']}",
            f"{row['item_count']} items, {row['lead_count']} leads, {row['target_count']} targets, "
            f"{row['document_count']} documents",
        )
        unit = node_id(str(row["unit"]))
        yield Fact(label=Label("负荷", "Load"), text=str(row["unit_name"]), note=note, node=unit)
