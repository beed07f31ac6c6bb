"""Clients that behave badly over a real connection: slow, endless, broken; others are answered meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
import uvicorn
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from viz.web import app
from viz.web.deck import Deck
from viz.web.hasty import Hasty


class Impatient(Hasty):
    """Waits but a moment, as a test should."""

    seconds = 0.5


@pytest.fixture(scope="module")
def port(deck: Deck) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app.application(deck), log_level="critical", ws="none", lifespan="off", http=Impatient
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield int(listener.getsockname()[1])
    server.should_exit = True
    thread.join()
    listener.close()


def honest(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/static/site.css")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize(
    "said",
    [b"", b"GET /zh/index.html HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"GET /static/site.css HT"],
)
def test_who_does_not_finish_a_request_is_let_go(port: int, said: bytes) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(30)]
    for connection in slow:
        connection.sendall(said)
    assert honest(port) == 200
    for connection in slow:
        while connection.recv(65_536):
            pass  # until the server closes it; a timeout would fail
        connection.close()


def test_a_second_request_must_be_finished_too(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"GET /static/site.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
        time.sleep(0.2)
        connection.sendall(b"GET /static/site.css HTTP/1.1\r\nHo")
        while connection.recv(65_536):
            pass


QUERY = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
FORM = (
    b"POST /zh/review.html HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)


@pytest.mark.parametrize("head", [QUERY, FORM])
def test_a_body_that_does_not_come_is_not_waited_for(
    port: int, monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(app, "SECONDS", 0.5)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head + b"Content-Length: 100\r\n\r\nASK")
        assert connection.recv(12) == b"HTTP/1.1 408"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head + b"Content-Length: 99999999999\r\n\r\n")
        for _ in range(40):
            connection.sendall(b"x" * 10_000)
        assert connection.recv(12) == b"HTTP/1.1 413"


@pytest.mark.parametrize("head", [QUERY, FORM])
def test_who_leaves_before_the_body_is_sent_is_no_error(
    port: int, caplog: pytest.LogCaptureFixture, head: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head + b"Content-Length: 100\r\n\r\nASK")
    assert honest(port) == 200
    assert caplog.records == []


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00",
        b"GET /\xff\xfe HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    ],
)
def test_what_is_no_http_ends_the_connection_alone(port: int, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(said)
        connection.recv(65_536)
    assert honest(port) == 200


def test_head_and_options(port: int, client: TestClient) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(
            b"HEAD /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        said = b""
        while part := connection.recv(65_536):
            said += part
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"sparql-results+json" in head
    assert body == b""
    options = client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert client.put("/sparql", content="").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.head("/zh/index.html").status_code == 200


def test_the_description_of_the_catalogue_is_valid_openapi(client: TestClient) -> None:
    validate(client.get("/api/openapi.json").json())
