"""The command as users run it, and a browser where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from viz.messages import LANGUAGE
from viz.pages.model import Choice, Edge, Evidence, Fact, Label, Node, Page, Row
from viz.pages.views import View, draw_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Chromium as root in a closed network: it asks nobody for anything of its own."""
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG", "PYTHONUTF8", "PYTHONIOENCODING", "COLUMNS", "GANGMU_STORE")

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "</script><script>window.hacked=1</script>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1",
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "\u2028window.hacked=1//\u2029",
    "' onmouseover='window.hacked=1",
)
"""Texts that run something wherever they are taken for HTML, a script or a template."""

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A test that switches the language leaves it as it was."""
    token = LANGUAGE.set(LANGUAGE.get())
    yield
    LANGUAGE.reset(token)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `python -m gangmu` with arguments in an empty folder; keywords are environment variables."""
    elsewhere = tmp_path_factory.mktemp("cwd")

    def gangmu(
        *args: object, stdin: bytes = b"", cwd: Path = elsewhere, **env: str
    ) -> subprocess.CompletedProcess[bytes]:
        clean = {name: value for name, value in os.environ.items() if name not in LOCALE}
        command = [sys.executable, "-W", "error", "-m", "gangmu", *map(str, args)]
        path = {"PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, cwd=cwd, env=clean | path | env, input=stdin, capture_output=True, check=False
        )

    return gangmu


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; GANGMU_REQUIRE_BROWSER=1 makes its absence a failure and not a skip."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("GANGMU_REQUIRE_BROWSER") == "1":
            pytest.fail("GANGMU_REQUIRE_BROWSER is set, and there is no chromium")
        pytest.skip("there is no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield instance
        instance.close()


@pytest.fixture(scope="session")
def hostile() -> Page:
    """A page whose every text is an attempt to run something."""
    ids = [f"{word}{n}" for n, word in enumerate(PAYLOADS)]
    nodes = []
    for n, word in enumerate(PAYLOADS):
        nodes.append(
            Node(
                id=ids[n],
                label=word,
                kind="task",
                level="city",
                column=n % 2,
                notation=word,
                badge=word,
                anchor=ids[n - 1] if n % 2 else None,
                actions=(word,),
                places=(word,),
                facts=(Fact(label=Label(word, word), text=word, detail=word, evidence=_evidence(word)),),
            )
        )
    first, second, third = PAYLOADS[:3]
    return Page(
        name=first,
        title=Label(first, second),
        lead=Label(second, third),
        columns=(Label(first, second), Label(second, third)),
        nodes=tuple(nodes),
        edges=tuple(Edge(source=a, target=b, kind="implements") for a, b in pairwise(ids)),
        headers=(Label(first, second), Label(third, first)),
        rows=tuple(Row(cells=(w, Label(w, w)), nodes=(i,)) for i, w in zip(ids, PAYLOADS, strict=True)),
        overview=nodes[0].facts,
        actions=tuple(Choice(value=word, text=word) for word in PAYLOADS),
        places=tuple(Choice(value=word, text=word) for word in PAYLOADS),
    )


def _evidence(word: str) -> Evidence:
    return Evidence(document=word, start=0, end=len(word), before=word, quote=word, after=word, rule=word)


@pytest.fixture(scope="session")
def pages(store: Store) -> dict[str, str]:
    """The HTML of every view of the shipped corpus."""
    views: tuple[View, ...] = ("alignment", "gaps", "units", "document")
    return {view: draw_page(store, view) for view in views}
