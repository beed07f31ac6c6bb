"""Tools, resources and prompts for assistants, by the Model Context Protocol; read only, by the guard.

Every row that a tool returns carries the quote, the document and the characters that say it, where the graph
has them; what was left out is said by `truncated`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from graph.store import read_turtle
from graph.why import why
from loaders.errors import GangmuError, UsageError
from ontology import terms, vocab
from queries.names import as_iris, short_id
from queries.run import Answer, find
from viz.errors import in_words
from viz.messages import Lang
from viz.web import api
from viz.web.deck import Deck
from viz.web.search import Entry, index, search

ONTOLOGY: Final = Path(terms.__file__).with_name("gangmu.ttl")
ROWS: Final = 200
"""Rows that one answer of a tool holds: what an assistant can read at once."""
FOUND: Final = 40
INSTRUCTIONS: Final = (
    "Gangmu is a knowledge graph of plans of Chinese "
    "governments: actions, tasks, measures, targets, responsible "
    "units, and which local items answer which tasks of the "
    "upper plan. Begin with `list_questions` and `ask`; "
    "use `sparql` only for what the catalogue lacks, after "
    "`schema`. Always give the quote and the document with "
    "a statement; alignments are proposals with a confidence. 每条陈述都要附原文和出处。"
)
PROMPTS: Final = {
    "找缺口": (
        "Find the gaps of a jurisdiction against the upper plan",
        "请查清 {jurisdiction} 对上级方案有哪些缺口：先用 ask 问 "
        "uncovered-tasks（jurisdiction={jurisdiction}），再问 "
        "target-gaps 和 local-without-counterpart。逐项列出任务编号、标题和上级原文，"
        "说明“未见对应”是机器没有提出对应，"
        "不等于没有开展；疑似有对应的，用 find 和 why 给出原文核对。",
    ),
    "查责任单位": (
        "Find who is responsible",
        "请查 {subject} 由谁负责：用 ask 问 unit-items、unit-targets、"
        "target-owners（名称可用 find 先找）。按牵头、责任、"
        "配合分列单位，逐条附原文、文件和字符位置；没有写明责任单位的，照实说没有。",
    ),
    "核对目标值": (
        "Check the value of a target",
        "请核对“{indicator}”的目标值：用 ask 问 "
        "indicator-across（indicator={indicator}）和 conflicts。把省、市、县的值、"
        "比较方式、期限、承诺并列成表，每格附原文；不一致的说明差在哪里，并用 why 追到原文。",
    ),
}
"""Name of a prompt to its description and its text; the braces hold its one argument."""


class Assistant:
    """What the tools do, without the protocol. GangmuError as the parts that are called."""

    def __init__(self, deck: Deck) -> None:
        """`deck` runs all queries."""
        self.deck = deck

    @cached_property
    def _index(self) -> list[Entry]:
        return index(self.deck.source)

    def schema(self) -> dict[str, Any]:
        """Classes and properties with their definitions, the "
        "prefixes, and how much of each class there is."""
        known: dict[str, dict[str, str]] = {}
        for subject, predicate, value in read_turtle(ONTOLOGY):
            language = getattr(value, "language", None)
            if language and predicate in (vocab.rdfs_label, vocab.skos_definition):
                kind = "label" if predicate == vocab.rdfs_label else "definition"
                known.setdefault(subject, {})[f"{kind}_{language}"] = getattr(value, "value", "")
        counts = self.deck.source.answer("contents", lang="en")
        return {
            "prefixes": dict(vocab.PREFIXES),
            "terms": [{"iri": iri, **texts} for iri, texts in sorted(known.items())],
            "contents": counts.dicts(),
            "note": "The default graph is the union of all graphs. SERVICE and updates are refused.",
        }

    def find(self, words: str) -> dict[str, Any]:
        """Documents, units, items and targets whose names hold the "
        "words, or the initials of their pinyin."""
        hits = search(self._index, words) if words.strip() else []
        shown = [
            {"kind": hit.kind, "name": hit.name, "where": hit.where, "page": hit.href} for hit in hits[:FOUND]
        ]
        return {"found": shown, "total": len(hits), "truncated": len(hits) > FOUND}

    def get(self, thing: str) -> dict[str, Any]:
        """Everything that the graph says of a thing (an IRI, or the "
        "end of one), as Turtle, with evidence."""
        iri = next((iri for iri in as_iris(thing) if self.deck.store.about([iri])), None)
        if iri is None:
            raise UsageError(f"thing {thing}", "is not in this graph", "search for it first")
        try:
            evidence: Any = why(self.deck.store, short_id(iri)).as_dict()["sources"]
        except GangmuError:
            evidence = None  # a document, a unit or another thing that is no claim
        return {"iri": iri, "turtle": self.deck.store.about([iri]).decode(), "evidence": evidence}

    def list_questions(self) -> list[dict[str, Any]]:
        """Every question of the catalogue: name, what it asks in both languages, and its parameters."""
        return [
            {
                "name": query["name"],
                "title": query["title"],
                "summary": query["summary"],
                "parameters": [{"name": p["name"], "kind": p["kind"]} for p in query["parameters"]],
            }
            for query in api.listed()
        ]

    def ask(self, name: str, parameters: dict[str, str | int | list[str]] | None = None) -> dict[str, Any]:
        """What a question of the catalogue returns; things go by their names (西湖区, 区科协) or IRIs."""
        find(name)
        return _rows(self.deck.named.ask(name, parameters or {}), None)

    def sparql(self, query: str) -> dict[str, Any]:
        """What a SPARQL query returns, within limits of time, "
        "memory and rows; read only, without network."""
        return _rows(*self.deck.strangers.rows(query))

    def why(self, claim: str) -> dict[str, Any]:
        """From a claim (id or IRI) to the sentence in the file: "
        "rule, run, document, characters, repairs."""
        return why(self.deck.store, claim).as_dict()

    def compare(self, jurisdictions: list[str]) -> dict[str, Any]:
        """How places answer the upper plan, task by task, and their "
        "targets for the indicators they share."""
        if len(jurisdictions) < 2:
            raise UsageError("compare", "needs two places or more", "name them, as 南昌市 and 西湖区")
        cells = self.deck.named.ask("alignment-matrix", {"jurisdiction": jurisdictions})
        targets = self.deck.named.ask("targets", {"jurisdiction": jurisdictions}).dicts()
        places: dict[object, set[object]] = {}
        for row in targets:
            places.setdefault(row["indicator_name"], set()).add(row["jurisdiction_name"])
        shared = [row for row in targets if len(places[row["indicator_name"]]) > 1]
        return {"tasks": _rows(cells, None), "shared_targets": shared[:ROWS], "truncated": len(shared) > ROWS}

    def document(self, document: str) -> str:
        """The text of a document (id), as offsets of the evidence count it."""
        return self.deck.store.text(document)


def _rows(answer: Answer, cut: str | None) -> dict[str, Any]:
    rows = answer.dicts()
    return {
        "rows": rows[:ROWS],
        "total": None if cut else len(rows),
        "truncated": bool(cut) or len(rows) > ROWS,
    }


def server(deck: Deck, lang: Lang) -> Any:
    """The MCP server over a deck; its errors are in the language."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

    from ontology.terms import VERSION

    made = MCPServer(
        "gangmu", title="纲目 Gangmu", instructions=INSTRUCTIONS, version=VERSION, log_level="ERROR"
    )
    does = Assistant(deck)
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    def said(text: str) -> str:
        return text.strip().replace("\n", " ")

    def guarded(run: Callable[[], Any]) -> str:
        try:
            return json.dumps(run(), ensure_ascii=False)
        except GangmuError as error:
            raise ToolError(in_words(error, lang)) from error

    @made.tool(description=said(Assistant.schema.__doc__ or ""), annotations=reads)
    def schema() -> str:
        return guarded(does.schema)

    @made.tool(name="find", description=said(Assistant.find.__doc__ or ""), annotations=reads)
    def find_(words: str) -> str:
        return guarded(lambda: does.find(words))

    @made.tool(description=said(Assistant.get.__doc__ or ""), annotations=reads)
    def get(thing: str) -> str:
        return guarded(lambda: does.get(thing))

    @made.tool(description=said(Assistant.list_questions.__doc__ or ""), annotations=reads)
    def list_questions() -> str:
        return guarded(does.list_questions)

    @made.tool(description=said(Assistant.ask.__doc__ or ""), annotations=reads)
    def ask(name: str, parameters: dict[str, str | int | list[str]] | None = None) -> str:
        return guarded(lambda: does.ask(name, parameters))

    @made.tool(description=said(Assistant.sparql.__doc__ or ""), annotations=reads)
    def sparql(query: str) -> str:
        return guarded(lambda: does.sparql(query))

    @made.tool(name="why", description=said(Assistant.why.__doc__ or ""), annotations=reads)
    def why_(claim: str) -> str:
        return guarded(lambda: does.why(claim))

    @made.tool(description=said(Assistant.compare.__doc__ or ""), annotations=reads)
    def compare(jurisdictions: list[str]) -> str:
        return guarded(lambda: does.compare(jurisdictions))

    @made.resource("gangmu://schema", name="schema", mime_type="application/json")
    def schema_resource() -> str:
        return json.dumps(does.schema(), ensure_ascii=False)

    @made.resource("gangmu://queries", name="queries", mime_type="application/json")
    def queries_resource() -> str:
        return json.dumps(api.listed(), ensure_ascii=False)

    @made.resource("gangmu://document/{document}", name="document", mime_type="text/plain")
    def document_resource(document: str) -> str:
        return does.document(document)

    @made.prompt(name="找缺口", description=PROMPTS["找缺口"][0])
    def gaps(jurisdiction: str) -> str:
        return PROMPTS["找缺口"][1].format(jurisdiction=jurisdiction)

    @made.prompt(name="查责任单位", description=PROMPTS["查责任单位"][0])
    def owners(subject: str) -> str:
        return PROMPTS["查责任单位"][1].format(subject=subject)

    @made.prompt(name="核对目标值", description=PROMPTS["核对目标值"][0])
    def values(indicator: str) -> str:
        return PROMPTS["核对目标值"][1].format(indicator=indicator)

    return made
