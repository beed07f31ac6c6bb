"""Commands that show the graph in a browser: serve, publish. Pages are made in viz/web."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
import webbrowser
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from loaders.errors import StoreError, UsageError
from viz.cli_common import DEFAULT_STORE, ExpectOption, StoreOption, tell
from viz.cli_review import ReviewsOption
from viz.messages import LANGUAGE, say

CONNECTIONS = 200
"""Connections at once; further ones are told to come back (503)."""
KEEP_ALIVE = 5
"""Seconds that an idle connection is kept."""
HEAD = 80 * 1024
"""Bytes of a request's line and headers: a query of the length allowed, with its letters escaped, fits."""
OPEN_HOSTS = ("", "0.0.0.0", "::")  # noqa: S104 - recognised, to be asked for the names that it answers to


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65_535)] = 8000,
    name: Annotated[list[str] | None, typer.Option("--name", metavar="NAME")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,
    reviews: ReviewsOption = None,
    reviewing: Annotated[bool | None, typer.Option("--review/--no-review")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Serve the pages and the endpoint until interrupted."""
    import uvicorn

    from viz.errors import in_words
    from viz.web.app import LOCAL, application
    from viz.web.current import Current
    from viz.web.deck import Deck
    from viz.web.ending import Ending
    from viz.web.hasty import Hasty

    if host in OPEN_HOSTS and not name:
        raise UsageError(f"--host {host}", "answers to every machine", "name what it is called by --name")
    try:
        listener = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        problem = f"cannot listen there ({error.strerror or error})"
        raise UsageError(f"{host}:{port}", problem, "choose another --port, or stop what uses it") from error
    begun, lang = time.monotonic(), LANGUAGE.get()
    open_ = host in ("127.0.0.1", "localhost", "::1") if reviewing is None else reviewing

    def told(made: Deck | StoreError) -> None:
        if isinstance(made, Deck):
            made.warm(lang)
            tell(say("serve.replaced", content=made.store.manifest.content[:16]))
        else:
            tell(say("serve.unreadable", problem=in_words(made, LANGUAGE.get())))

    deck = Current(store, lambda: Deck(store, reviews=reviews, open_=open_), told)

    def ready() -> None:
        LANGUAGE.set(lang)  # a thread begins with none of the values of its starter
        tell(say("serve.warm", seconds=f"{time.monotonic() - begun:.0f}"))

    deck().warm(lang, ready)
    own = f"[{host}]" if ":" in host else host
    address = f"http://{own if host not in OPEN_HOSTS else 'localhost'}:{listener.getsockname()[1]}/"
    hosts = [*LOCAL, *(name or ()), *([own] if host not in OPEN_HOSTS else [])]
    start = f"{address}{LANGUAGE.get()}/index.html"
    tell(say("serve.ready", address=start))
    if not deck().strangers.isolated:
        tell(say("serve.open"))
    config = uvicorn.Config(
        application(deck, hosts),
        log_level="warning",
        server_header=False,
        ws="none",
        http=Hasty,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE,
        h11_max_incomplete_event_size=HEAD,
    )
    if browser and sys.stderr.isatty():
        threading.Timer(0.8, webbrowser.open, [start]).start()
    signal.signal(signal.SIGTERM, _told_to_end)
    try:
        Ending(config, deck.close).run([listener])
    finally:
        deck.close()
        listener.close()


def _told_to_end(number: int, _: object) -> None:
    """Ends the process as Ctrl-C does, with everything put away; the usual exit code of a signal."""
    raise SystemExit(128 + number)


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the pages as files."""
    from graph import standing as ground
    from graph.store import Store
    from viz.web.publish import publish as write

    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    count, size = write(opened, folder)
    tell(say("publish.done", path=folder, n=count, size=f"{size / 1e6:.1f}"))


def mcp(store: StoreOption = DEFAULT_STORE) -> None:
    """Speak the Model Context Protocol on standard input and output, until the client leaves."""
    try:
        from viz.web.assistant import server
        from viz.web.deck import Deck

        import_module("mcp.server.mcpserver")
    except ImportError as error:
        remedy = "install it: pip install 'gangmu[mcp]'"
        raise UsageError("gangmu mcp", f"needs a package that is missing ({error.name})", remedy) from error
    deck = Deck(store)
    try:
        server(deck, LANGUAGE.get()).run("stdio")
    finally:
        deck.close()
