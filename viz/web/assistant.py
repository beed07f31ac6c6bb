"""Tools, resources and prompts for assistants, by the Model Context Protocol; read only, by the guard."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from loaders.errors import GangmuError
from viz.errors import in_words
from viz.messages import Lang
from viz.web import api
from viz.web.deck import Deck
from viz.web.tools import Assistant

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
        return " ".join(text.split())

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

    @made.tool(description=said(Assistant.compare_plans.__doc__ or ""), annotations=reads)
    def compare_plans(before: str, after: str) -> str:
        return guarded(lambda: does.compare_plans(before, after))

    @made.tool(description=said(Assistant.compare_places.__doc__ or ""), annotations=reads)
    def compare_places(jurisdictions: list[str]) -> str:
        return guarded(lambda: does.compare_places(jurisdictions))

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
