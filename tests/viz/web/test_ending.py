"""The server ends when it is told to, also while somebody waits for a long answer."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.viz.conftest import ROOT
from viz.web.ending import CUT_OFF

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""More rows than there is time for; by itself the endpoint would say so after its ten seconds."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_does_not_wait_for_the_last_answer(store_dir: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "gangmu", "serve", "--store", str(store_dir), "--port", "0"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stderr.readline())
        assert found is not None
        connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        connection.request("GET", "/zh/index.coverage.svg")  # its drawer is to be put away too
        assert connection.getresponse().read()
        heard: list[object] = []

        def ask() -> None:
            try:
                heard.append(connection.getresponse().status)
            except (RemoteDisconnected, ConnectionError) as error:
                heard.append(type(error))

        connection.request("GET", f"/sparql?query={quote(ENDLESS)}")
        waiting = threading.Thread(target=ask)
        waiting.start()
        threading.Event().wait(0.5)  # until the request is there
        server.send_signal(number)
        status = server.wait(60)
        waiting.join()
        said = server.stderr.read()
    ignored = signal.getsignal(number) is signal.SIG_IGN  # as a shell starts what runs beside it
    assert status in (128 + number, CUT_OFF, *([0] if ignored else []))
    assert len(heard) == 1
    assert heard[0] in (RemoteDisconnected, ConnectionResetError, 500)  # 503 is what comes in the end
    assert "Traceback" not in said
    assert "leaked" not in said
