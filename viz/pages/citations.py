"""The page of citations: which document cites which, and which of the cited are in the graph."""

from __future__ import annotations

from typing import Any

from queries.names import short_id
from viz.pages.model import Edge, Fact, Label, Node, Page, Row
from viz.pages.plan import Plan
from viz.pages.words import LEVELS

HEADERS = (
    Label("引用文件", "Citing document"),
    Label("关系", "Relation"),
    Label("被引文件", "Cited document"),
    Label("次数", "Occurrences"),
    Label("原文", "Text"),
)
MISSING = Label("被引而图中没有的文件", "Cited, not in the graph")
CITED_BY = Label("被引用", "Cited by")
CITES = Label("引用", "Cites")


def citations_page(plan: Plan) -> Page:
    """The page: documents of the graph by level from left to right, what they cite besides at the right."""
    rows = [row for row in plan.rows("citations") if row["cited"] != row["document"]]
    relations = plan.both("citations", "citation", "relation")
    known = {str(row["document"]): row for row in plan.rows("documents")}
    codes = plan.both("documents", "document", "level")
    cited = dict.fromkeys(_cited(row) for row in rows)
    citing = dict.fromkeys(str(row["document"]) for row in rows)
    inside = [iri for iri in known if iri in citing or iri in cited or iri in plan.documents]
    levels = [level for level in LEVELS if any(_level(codes, iri) == level for iri in inside)]
    missing = [iri for iri in cited if iri not in known]
    titles = {iri: str(row["title"] or row["file"]) for iri, row in known.items()}
    titles |= {
        _cited(row): str(row["cited_title"] or row["cited_number"]) for row in rows if _cited(row) in missing
    }
    nodes = [
        Node(
            id=_id(iri),
            label=titles[iri],
            kind="document",
            level=_level(codes, iri),
            column=levels.index(_level(codes, iri)),
            rank=0,
            facts=tuple(_facts(plan, rows, relations, titles, iri)),
        )
        for iri in inside
    ]
    nodes += [
        Node(
            id=_id(iri),
            label=titles[iri],
            kind="document",
            level="unknown",
            column=len(levels),
            rank=1,
            facts=tuple(_facts(plan, rows, relations, titles, iri)),
        )
        for iri in missing
    ]
    return Page(
        name="citations",
        title=Label("引用：哪份文件依据哪份", "Citations: which document rests on which"),
        lead=Label(
            "图中的文件按省、市、县从左到右；最右是被引用而图中没有的文件。点一个方框看它引用谁、谁引用它和原文。",
            "Documents of the graph from province to county; at the right those that are cited and not in "
            "the graph. Choose a box to read what it cites and who cites it.",
        ),
        columns=(*(LEVELS[level] for level in levels), *((MISSING,) if missing else ())),
        nodes=tuple(nodes),
        edges=tuple(
            Edge(source=_id(str(row["document"])), target=_id(_cited(row)), kind="cites")
            for row in {(row["document"], _cited(row)): row for row in rows}.values()
        ),
        headers=HEADERS,
        rows=tuple(
            Row(
                cells=(
                    titles[str(row["document"])],
                    relations[str(row["citation"])],
                    titles[_cited(row)],
                    str(row["occurrences"]),
                    str(row["quote"] or ""),
                ),
                nodes=(_id(str(row["document"])), _id(_cited(row))),
            )
            for row in rows
        ),
    )


def _cited(row: dict[str, Any]) -> str:
    """What stands for the cited document: its IRI, or its title where it is not in the graph."""
    return str(row["cited"])


def _id(node: str) -> str:
    return short_id(node)


def _level(codes: dict[str, Label], document: str) -> str:
    """The level of a document by its name, 省级 for 省, as levels differ in their first character."""
    said = codes.get(document)
    return next((code for code, label in LEVELS.items() if said and label.zh[0] == said.zh[0]), "unknown")


def _facts(
    plan: Plan, rows: list[dict[str, Any]], relations: dict[str, Label], titles: dict[str, str], iri: str
) -> list[Fact]:
    found = []
    for row in rows:
        source, target = str(row["document"]), _cited(row)
        if iri in (source, target):
            other = target if iri == source else source
            found.append(
                Fact(
                    label=CITES if iri == source else CITED_BY,
                    text=titles[other],
                    note=relations[str(row["citation"])],
                    node=_id(other),
                    evidence=plan.evidence(str(row["citation"]))
                    if str(row["citation"]) in plan.records
                    else None,
                )
            )
    return found
