"""SPARQL 1.1 Protocol, query only: requests read, formats negotiated, errors as one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from graph.answers import GRAPHS, TABLES
from graph.describe_service import service
from loaders.errors import GangmuError, LimitError, UsageError
from queries.guard.lane import Busy, Lane
from queries.guard.limits import Limits
from queries.terms import is_iri
from viz.errors import in_words

MEDIA: Final = {
    **{media.partition(";")[0]: form for form, media in (*TABLES.items(), *GRAPHS.items())},
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "nt",
}
"""Media types that a client may ask for, and the form that each means."""
FORMS: Final = (*TABLES, *GRAPHS)
FORM_POST: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
PARAMETERS: Final = frozenset({"query", "default-graph-uri", "named-graph-uri", "format"})
METHODS: Final = "GET, HEAD, OPTIONS, POST"
BODY: Final = 256 * 1024
"""Bytes that a request's body may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the protocol: its query and dataset, and the form named by `format`, if any."""

    query: str
    graphs: tuple[str, ...]
    named: tuple[str, ...]
    form: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A response: status, media type, body and further headers."""

    status: int
    media: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class BadRequest(UsageError):
    """A request that is none of the protocol's; `status` is what HTTP calls it."""

    def __init__(self, problem: str, remedy: str, status: int = 400) -> None:
        """Used by `read`."""
        self.status = status
        super().__init__("request", problem, remedy)


def read(method: str, search: str, media: str, body: bytes) -> Asked | None:
    """What a request asks; null for a GET without any parameter, which asks for the service description.

    BadRequest: what the protocol (2.1) does not allow, an update (2.2), or a query that is no UTF-8.
    """
    kind = media.partition(";")[0].strip().lower()
    charset = _charset(media)
    if len(body) > BODY:
        raise BadRequest(f"has a body of more than {BODY} bytes", "ask in smaller steps", 413)
    pairs = _pairs(search)
    query: list[str] = [value for name, value in pairs if name == "query"]
    if method == "POST" and kind == FORM_POST:
        pairs += _pairs(_text(body, charset))
        query = [value for name, value in pairs if name == "query"]
    elif method == "POST" and kind == DIRECT:
        if query:
            raise BadRequest("has a query in its address and in its body", "send one")
        query = [_text(body, charset)]
    elif method == "POST":
        problem = f"has the media type “{kind}”"
        raise BadRequest(problem, f"send {FORM_POST} or {DIRECT}", 415)
    elif method != "GET":
        raise BadRequest(f"is a {method}", "use GET or POST", 405)
    names = {name for name, _ in pairs}
    if names & {"update", "using-graph-uri", "using-named-graph-uri"}:
        raise BadRequest("is an update, and the graph is read only", "ask with a query")
    if method == "GET" and not names:
        return None
    if len(query) != 1:
        raise BadRequest(f"has {len(query)} queries", "send one query")
    form = next((value for name, value in pairs if name == "format"), None)
    if form is not None and form not in FORMS:
        raise BadRequest(f"asks for the format “{form}”", f"use one of {', '.join(FORMS)}")
    for name, value in pairs:
        if name.endswith("-graph-uri") and not is_iri(value):
            raise BadRequest(f"names the graph “{value[:80]}”, which is no IRI", "give a full IRI")
    return Asked(
        query[0],
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        form,
    )


def accepted(accept: str, form: str | None) -> list[str]:
    """The forms that a client takes, the best first; BadRequest (406) where it takes none that there is."""
    if form is not None:
        return [form]
    wanted: list[tuple[float, int, list[str]]] = []
    for place, part in enumerate(accept.split(",") if accept.strip() else ["*/*"]):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            worth = float(weight)
        except ValueError:
            worth = 0.0
        if worth > 0:
            wanted.append((-worth, place, _forms(media)))
    found = list(dict.fromkeys(form for _, _, forms in sorted(wanted) for form in forms))
    if not found:
        raise BadRequest(f"accepts only “{accept[:80]}”", f"accept one of {', '.join(sorted(MEDIA))}", 406)
    return found


def _forms(media: str) -> list[str]:
    if media == "*/*":
        return ["json", "ttl", "xml", "nt"]
    if media.endswith("/*"):
        known = [form for name, form in MEDIA.items() if name.startswith(media[:-1])]
        return list(dict.fromkeys(known))
    return [MEDIA[media]] if media in MEDIA else []


def answer(lane: Lane, asked: Asked, accept: str, lang: str = "en") -> Answered:
    """The response to a query, or to what is wrong with it; never a part of an answer as if it were whole."""
    try:
        reply = lane.query(asked.query, accepted(accept, asked.form), graphs=asked.graphs, named=asked.named)
    except GangmuError as error:
        return refused(error, lang)
    headers = {"Vary": "Accept"}
    if reply.cut:
        headers["Gangmu-Truncated"] = f"{reply.cut}; rows={reply.head['rows']}"
    return Answered(200, str(reply.head["media"]), reply.body, headers)


def refused(error: GangmuError, lang: str = "en") -> Answered:
    """The response to what cannot be answered: one line of text that says what is wrong and what to do."""
    headers = {}
    status = 500
    if isinstance(error, Busy):
        status, headers = 429, {"Retry-After": str(error.retry_after)}
    elif isinstance(error, LimitError):
        status = 503 if "took longer" in error.problem else 400
        if "more than" in error.problem and "bytes" in error.problem:
            status = 413
    elif isinstance(error, BadRequest):
        status = error.status
        headers = {"Allow": METHODS} if status == 405 else {}
    elif isinstance(error, UsageError):
        status = 406 if "formats asked for" in error.problem else 400
    text = in_words(error, "zh" if lang == "zh" else "en")
    return Answered(status, "text/plain; charset=utf-8", f"{text}\n".encode(), headers)


def description(address: str, limits: Limits, isolated: bool, graphs: Sequence[str], quads: int) -> Answered:
    """The service description (SPARQL 1.1 Service Description) of the endpoint, in Turtle."""
    remarks = [
        f"A query may take {limits.seconds:g} s, {limits.length} characters and {limits.depth} levels of "
        f"brackets; an answer holds at most {limits.rows} rows and about {limits.size} bytes, and says so "
        "by the header Gangmu-Truncated where more was left out.",
        "The graph is read only. SERVICE is refused; "
        + (
            "queries run in a network namespace without network."
            if isolated
            else "this system gives no network namespace, so that the word is refused wherever it stands."
        ),
    ]
    return Answered(200, GRAPHS["ttl"], service(address, graphs, quads, remarks), {"Vary": "Accept"})


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise BadRequest("has parameters that are no UTF-8", "encode them as UTF-8") from error


def _text(body: bytes, charset: str) -> str:
    if charset not in ("", "utf-8", "utf8"):
        raise BadRequest(f"is encoded as {charset}", "encode it as UTF-8", 415)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("has a body that is no UTF-8", "encode it as UTF-8") from error


def _charset(media: str) -> str:
    for part in media.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""
