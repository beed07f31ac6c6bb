"""The MCP server, spoken to by the official client over standard input and output."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from graph.build import build
from graph.store import Store
from tests.queries.conftest import CASES

ROOT = Path(__file__).resolve().parents[3]
TOOLS = {"schema", "find", "get", "list_questions", "ask", "sparql", "why", "compare_plans", "compare_places"}


def talk(store: Path, speak: Callable[[Any], Awaitable[None]]) -> None:
    """Starts the command, and says to it what `speak` says."""

    async def run() -> None:
        arguments = ["-m", "gangmu", "mcp", "--store", str(store), "--lang", "en"]
        command = StdioServerParameters(command=sys.executable, args=arguments, env={"PYTHONPATH": str(ROOT)})
        with anyio.fail_after(90):
            async with Client(stdio_client(command)) as client:
                await speak(client)

    with ThreadPoolExecutor(1) as aside:  # the browser of other tests holds an event loop in this thread
        aside.submit(anyio.run, run).result()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_client_finds_its_way_to_the_evidence(store_dir: Path) -> None:
    async def speak(client: Any) -> None:
        async def call(tool: str, /, **arguments: Any) -> Any:
            answer = await client.call_tool(tool, arguments)
            assert not answer.is_error, answer.content[0].text
            return json.loads(answer.content[0].text)

        async def refused(tool: str, /, **arguments: Any) -> str:
            answer = await client.call_tool(tool, arguments)
            assert answer.is_error
            return str(answer.content[0].text)

        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        assert all(tool.annotations.read_only_hint for tool in tools)
        assert not [tool.name for tool in tools if re.search(r'"|\s{2}|^$', tool.description)]
        schema = await call("schema")
        assert any(term.get("label_zh") == "目标" for term in schema["terms"])
        assert len(await call("list_questions")) >= 33
        found = await call("find", words="gxjsqy")
        assert found["total"] > 0
        gaps = await call("ask", name="uncovered-tasks", parameters={"jurisdiction": "西湖区"})
        assert gaps["rows"]
        assert all(row["quote"] and row["document"] for row in gaps["rows"])
        targets = await call(
            "ask", name="targets", parameters={"jurisdiction": ["西湖区", "南昌市"], "lang": "en"}
        )
        assert targets["total"] == len(targets["rows"])
        chain = await call("why", claim=targets["rows"][0]["target"])
        assert chain["sources"][0]["passage"]["quote"] == targets["rows"][0]["quote"]
        thing = await call("get", thing=targets["rows"][0]["target"])
        assert thing["evidence"]
        assert "gm:Target" in thing["turtle"]
        compared = await call("compare_places", jurisdictions=["西湖区", "赣州市"])
        assert {row["jurisdiction_name"] for row in compared["tasks"]["rows"]} == {"西湖区", "赣州市"}
        assert compared["shared_targets"]
        many = await call("sparql", query="SELECT * { ?s ?p ?o }")
        assert many["truncated"]
        assert len(many["rows"]) == 200
        few = await call("sparql", query="SELECT ?a { ?a a gm:Action }")
        assert (few["total"], few["truncated"]) == (6, False)
        assert "asks another endpoint" in await refused(
            "sparql", query="ASK { SERVICE <http://127.0.0.1/> {} }"
        )
        assert "read only" in await refused("sparql", query="DROP ALL")
        assert "no query" in await refused("ask", name="nothing")
        assert "two places" in await refused("compare_places", jurisdictions=["西湖区"])

    talk(store_dir, speak)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The plans of one place for two years."""
    folder = tmp_path_factory.mktemp("years")
    build([CASES / "2023.txt", CASES / "2024.txt"], folder / "store")
    return Store.open(folder / "store")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_plans_are_compared_with_both_passages(years: Store) -> None:
    first, second = (document.id for document in years.manifest.documents)

    async def speak(client: Any) -> None:
        answer = await client.call_tool("compare_plans", {"before": first, "after": second})
        assert not answer.is_error
        found = json.loads(answer.content[0].text)
        assert (found["before"]["document"], found["after"]["document"]) == (first, second)
        assert found["total"] == len(found["changes"]) == sum(found["counts"].values()) > 0
        assert {"target_raised", "target_lowered"} & set(found["counts"])
        quoted = [change[side] for change in found["changes"] for side in ("before", "after") if change[side]]
        assert len(quoted) > len(found["changes"])
        for passage in quoted:
            text = years.text(passage["document"])
            assert text[passage["start"] : passage["end"]] == passage["quote"]
        for other in (first, "nothing", ""):
            refused = await client.call_tool("compare_plans", {"before": first, "after": other})
            assert refused.is_error

    talk(years.directory, speak)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_resources_and_prompts(store_dir: Path) -> None:
    async def speak(client: Any) -> None:
        listed = (await client.list_resources()).resources
        assert {str(resource.uri) for resource in listed} == {"gangmu://schema", "gangmu://queries"}
        queries = await client.read_resource("gangmu://queries")
        assert len(json.loads(queries.contents[0].text)) >= 33
        text = await client.read_resource("gangmu://document/360103-2024-bb246032")
        assert "区域科创中心" in text.contents[0].text
        prompts = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
        assert set(prompts) == {"找缺口", "查责任单位", "核对目标值"}
        for name, argument in (
            ("找缺口", "jurisdiction"),
            ("查责任单位", "subject"),
            ("核对目标值", "indicator"),
        ):
            said = await client.get_prompt(name, {argument: "西湖区"})
            assert "西湖区" in said.messages[0].content.text
            assert "{" not in said.messages[0].content.text

    talk(store_dir, speak)
