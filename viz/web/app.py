"""The explorer over HTTP: routes and headers. Pages are made by `site`, queries run in worker processes.

Nothing is written but reviewers' decisions, which come from forms of our own pages; no cookie is set, and no
page may ask another host for anything. The name that a browser calls the server by must be one of those
allowed, so that no page of another site can speak with it through a name of its own (DNS rebinding).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from loaders.errors import GangmuError
from viz.messages import Lang
from viz.web import api, sparql
from viz.web.charts import MEDIA
from viz.web.current import Current
from viz.web.deck import Deck
from viz.web.hasty import SECONDS
from viz.web.site import HTML, Page, static

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CHART = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
"""The policy of a chart: it stands in our pages, and loads and runs nothing."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser would not say that a form is our own
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FORM = 64 * 1024
"""Bytes of a form at most."""
LOCAL = ("127.0.0.1", "localhost", "[::1]")
"""The names that a server on this machine is called by."""


def application(deck: Deck | Current, hosts: Sequence[str] = LOCAL) -> Starlette:
    """The application over a deck; `hosts` are the names that it answers to."""

    def now() -> Deck:
        return deck if isinstance(deck, Deck) else deck()

    def respond(status: int, media: str, body: bytes, **more: str) -> Response:
        headers = {**HEADERS, **{name.replace("_", "-"): value for name, value in more.items()}}
        return Response(body, status, headers, media)

    def shown(page: Page) -> Response:
        more = {} if page.name is None else {"Content_Disposition": _attachment(page.name)}
        if page.media == MEDIA:
            more["Content_Security_Policy"] = CHART
        return respond(page.status, page.media, page.body, **more)

    def home(_: Request) -> Response:
        return RedirectResponse("zh/index.html", headers=HEADERS)

    def page(request: Request) -> Response:
        address = request.path_params["address"]
        return shown(now().page(address, dict(request.query_params)))

    def plain(status: int, text: str) -> Response:
        return respond(status, "text/plain; charset=utf-8", f"{text}\n".encode())

    async def decide(request: Request) -> Response:
        lang: Lang = "en" if request.path_params["lang"] == "en" else "zh"
        if not _own(request):
            return plain(403, "a form of another site")
        body = await _body(request, FORM)
        if len(body) > FORM:
            return plain(413, "too long")
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        onward, refused = await run_in_threadpool(now().decide, lang, form)
        if refused is not None:
            return shown(refused)
        return RedirectResponse(onward, status_code=303, headers=HEADERS)

    def files(request: Request) -> Response:
        return shown(static(request.path_params["name"]))

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, await _body(request, sparql.BODY))

    def _answer(request: Request, body: bytes) -> Response:
        lang = "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
        accept = request.headers.get("accept", "")
        method = "GET" if request.method == "HEAD" else request.method
        if method == "OPTIONS":
            return respond(204, "text/plain", b"", Allow=sparql.METHODS)
        try:
            media = request.headers.get("content-type", "")
            asked = sparql.read(method, request.url.query, media, body)
            if asked is None:
                if "text/html" in accept:
                    return RedirectResponse("zh/query.html", headers=HEADERS)
                found = now().described(str(request.url.replace(query="", fragment="")))
            else:
                found = sparql.answer(now().strangers, asked, accept, lang)
        except GangmuError as error:
            found = sparql.refused(error, lang)
        return respond(found.status, found.media, found.body, **dict(found.headers))

    def queries(_: Request) -> Response:
        return respond(200, "application/json", api.as_json(api.listed()))

    def openapi(request: Request) -> Response:
        address = str(request.base_url).rstrip("/")
        return respond(200, "application/json", api.as_json(api.openapi(address)))

    def question(request: Request) -> Response:
        given: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            given.setdefault(name, []).append(value)
        try:
            media, body = api.answered(now().source, request.path_params["name"], given)
        except GangmuError as error:
            found = sparql.refused(error)
            return respond(found.status, found.media, found.body, **dict(found.headers))
        return respond(200, media, body)

    async def missing(request: Request, _: Exception) -> Response:
        page = await run_in_threadpool(now().page, f"zh{request.url.path}", {})
        return shown(page)

    def late(_: Request, __: Exception) -> Response:
        return plain(408, "the request did not arrive in time")

    return Starlette(
        routes=[
            Route("/", home),
            Route("/sparql", endpoint, methods=["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]),
            Route("/api/queries", queries),
            Route("/api/queries/{name}", question),
            Route("/api/openapi.json", openapi),
            Route("/static/{name}", files),
            Route("/{lang}/review.html", decide, methods=["POST"]),
            Route("/{address:path}", page),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4),
        ],
        exception_handlers={404: missing, _Late: late, ClientDisconnect: late},
    )


class _Late(Exception):
    """A body that did not arrive in time."""


async def _body(request: Request, most: int) -> bytes:
    """The body of a request; of one longer than `most` bytes the beginning, longer than that too.

    Raises _Late where it does not arrive in time, ClientDisconnect where the client has gone.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    break
    except TimeoutError as error:
        raise _Late from error
    return bytes(body)


def _own(request: Request) -> bool:
    """Whether a page of this server sent the form: browsers say of each POST where it comes from."""
    origin = request.headers.get("origin", "")
    return urlsplit(origin).netloc == request.headers.get("host", "") != ""


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


__all__: list[Any] = ["HTML", "application"]
