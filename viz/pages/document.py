"""The page of one document: its items as they nest, their targets, and which of these do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph import iris
from queries.run import Row
from viz.pages import model
from viz.pages.model import Choice, Edge, Fact, Label, Node, Page
from viz.pages.plan import Plan, node_id, number, target_note, target_text

ITEMS = (
    Label("文件和条目", "Document and items"),
    Label("下一级", "Below them"),
    Label("再下一级", "Further below"),
)
TARGETS = Label("目标", "Targets")
HEADERS = (
    Label("编号", "Path"),
    Label("类型", "Kind"),
    Label("条目", "Item"),
    Label("目标", "Target"),
    Label("期限和承诺", "Deadline and commitment"),
    Label("责任单位", "Responsible units"),
    Label("原文", "Text"),
)


def default_document(plan: Plan) -> str:
    """The id of the document of which most was read."""
    counts: dict[str, float] = {}
    for row in plan.rows("contents"):
        if str(row["document"]) in plan.documents:
            counts[str(row["document"])] = counts.get(str(row["document"]), 0) + number(row["claim_count"])
    best = min(counts, key=lambda iri: (-counts[iri], iri))
    return str(plan.documents[best]["id"])


def document_page(plan: Plan, document_id: str) -> Page:
    """The page of the document with that id."""
    document = iris.document(document_id)
    items = [iri for iri in plan.items if plan.document(iri) == document]
    depths = {iri: _depth(plan, iri) for iri in items}
    columns = min(max(depths.values(), default=0) + 1, len(ITEMS))
    conflicts = [row for row in plan.rows("conflicts", document=document) if _inside(row, document)]
    nodes = [_document(plan, document)]
    loose = plan.targets.get(document, [])
    nodes += [_target(plan, target, document, columns, (), conflicts) for target in loose]
    nodes += [_item(plan, iri, document, min(depths[iri], columns - 1)) for iri in items]
    own = node_id(document)
    edges = [Edge(source=own, target=node_id(t), kind="target", strength=0.3) for t in loose]
    for iri in items:
        parent = plan.parent(iri)
        if parent:
            edges.append(Edge(source=node_id(parent), target=node_id(iri), kind="part", strength=0.3))
        for target in plan.targets.get(plan.records[iri]["id"], []):
            nodes.append(_target(plan, target, iri, columns, (node_id(plan.top(iri)),), conflicts))
            edges.append(Edge(source=node_id(iri), target=node_id(target), kind="target", strength=0.3))
    edges += [
        Edge(
            source=node_id(str(row["target"])),
            target=node_id(str(row["other_target"])),
            kind="conflict",
            strength=number(row["confidence"]),
        )
        for row in conflicts
    ]
    title = plan.title(document)
    return Page(
        name="document",
        title=Label(title, title),
        lead=Label(
            "这份文件的条目怎样一级级展开，定了哪些目标；互相矛盾的目标标有“!”，用橙色虚线连着，侧栏逐条列出。点一个方框看原文。",
            "How the items of this document unfold and which targets they set; targets that do not agree "
            "are marked “!”, joined by orange dashed lines and listed in the panel. Choose a box to read "
            "the text.",
        ),
        columns=(*ITEMS[:columns], TARGETS),
        nodes=tuple(nodes),
        edges=tuple(edges),
        headers=HEADERS,
        rows=tuple(_rows(plan, document, items)),
        overview=(*_disagreements(plan, conflicts), *_about(plan, document)),
        actions=tuple(
            Choice(value=node_id(iri), text=plan.name(iri)) for iri in items if plan.parent(iri) is None
        ),
    )


def _depth(plan: Plan, item: str) -> int:
    parent = plan.parent(item)
    return 0 if parent is None else 1 + _depth(plan, parent)


def _inside(row: Row, document: str) -> bool:
    return row["document"] == document and row["other_document"] == document


def _document(plan: Plan, document: str) -> Node:
    return Node(
        id=node_id(document),
        label=plan.title(document),
        kind="document",
        level=plan.level(document),
        column=0,
        block=True,
        facts=tuple(_about(plan, document)),
    )


def _item(plan: Plan, iri: str, document: str, column: int) -> Node:
    parent = plan.parent(iri)
    count = len(plan.targets.get(plan.records[iri]["id"], []))
    matches = (plan.match_fact(match, upward=True) for match in plan.by_lower.get(iri, []))
    return Node(
        id=node_id(iri),
        label=str(plan.items[iri]["title"]),
        kind=plan.kind(iri),
        level=plan.level(iri),
        column=column,
        notation=str(plan.items[iri]["path"]),
        badge=str(count) if count else "",
        anchor=node_id(parent or document),
        block=parent is None,
        rank=1,
        actions=(node_id(plan.top(iri)),),
        facts=(*plan.own_facts(iri), *matches),
    )


def _target(
    plan: Plan, iri: str, anchor: str, column: int, actions: tuple[str, ...], conflicts: list[Row]
) -> Node:
    facts = list(plan.target_facts([iri]))
    for row in conflicts:
        if iri in (row["target"], row["other_target"]):
            other = str(row["other_target"] if row["target"] == iri else row["target"])
            note = Label(
                f"{row['kind']} · 置信度 {number(row['confidence']):.2f}",
                f"confidence {number(row['confidence']):.2f}",
            )
            facts.append(
                Fact(
                    label=Label("与此矛盾", "Does not agree with"),
                    text=target_text(plan.records[other]),
                    note=note,
                    detail=str(row["explanation"]),
                    node=node_id(other),
                )
            )
    return Node(
        id=node_id(iri),
        label=_dated(plan.records[iri]),
        kind="target",
        level=plan.level(iri),
        column=column,
        anchor=node_id(anchor),
        rank=2,
        mark=any(iri in (row["target"], row["other_target"]) for row in conflicts),
        actions=actions,
        facts=tuple(facts),
    )


def _dated(record: dict[str, Any]) -> str:
    """A target behind the year that it is due in."""
    year = record["deadline_end"]
    return f"{year} {target_text(record)}" if year is not None else target_text(record)


def _disagreements(plan: Plan, conflicts: list[Row]) -> Iterator[Fact]:
    """Each pair of targets that do not agree, and why."""
    for row in conflicts:
        pair = [str(row["target"]), str(row["other_target"])]
        yield Fact(
            label=Label("矛盾", "Conflict"),
            text=" ↔ ".join(_dated(plan.records[iri]) for iri in pair),
            note=Label(
                f"置信度 {number(row['confidence']):.2f}", f"confidence {number(row['confidence']):.2f}"
            ),
            detail=str(row["explanation"]),
            node=node_id(pair[0]),
        )


def _about(plan: Plan, document: str) -> Iterator[Fact]:
    """What is known of the document, and what it declares of itself."""
    row = next(row for row in plan.rows("documents") if row["document"] == document)
    said = (
        (Label("文种", "Kind"), row["kind"]),
        (Label("地区", "Jurisdiction"), row["jurisdiction_name"]),
        (Label("发文机关", "Issuer"), row["issuer"]),
        (Label("发布单位", "Publisher"), row["publisher"]),
        (Label("发文字号", "Number"), row["number"]),
        (Label("日期", "Date"), row["date"]),
        (Label("文件", "File"), row["file"]),
    )
    yield from (Fact(label=label, text=str(value)) for label, value in said if value)
    trust = next(row for row in plan.rows("trust", document=document) if row["document"] == document)
    yield Fact(
        label=Label("可信状况", "Trust"),
        text=str(trust["trust"]),
        note=Label(
            f"修补 {trust['repaired']} 处，未决 {trust['undecided']} 处",
            f"{trust['repaired']} places repaired, {trust['undecided']} left open",
        ),
        detail=str(trust["reasons"] or ""),
    )
    for row in plan.rows("declared-found", document=document):
        found = "—" if row["found"] is None else row["found"]
        yield Fact(
            label=Label("自报与读到", "Declared and found"),
            text=str(row["declared_what"]),
            note=Label(f"自报 {row['declared']}，读到 {found}", f"declared {row['declared']}, found {found}"),
            evidence=plan.evidence(str(row["declaration"])),
        )


def _rows(plan: Plan, document: str, items: list[str]) -> Iterator[model.Row]:
    """A row for each item, and one more for each further target; targets outside items come first."""
    for target in plan.targets.get(document, []):
        yield _target_row(plan, target, ("", "", ""), "", (node_id(target),))
    for iri in items:
        head = (str(plan.items[iri]["path"]), str(plan.items[iri]["kind"]), str(plan.items[iri]["title"]))
        units = "、".join(str(row["unit_name"]) for row in plan.duties.get(iri, []))
        targets = plan.targets.get(plan.records[iri]["id"], [])
        yield model.Row(cells=(*head, "", "", units, str(plan.records[iri]["quote"])), nodes=(node_id(iri),))
        for target in targets:
            yield _target_row(plan, target, head, units, (node_id(target), node_id(iri)))


def _target_row(
    plan: Plan, target: str, head: tuple[str, str, str], units: str, nodes: tuple[str, ...]
) -> model.Row:
    record = plan.records[target]
    cells = (*head, target_text(record), target_note(record), units, str(record["quote"]))
    return model.Row(cells=cells, nodes=nodes)
