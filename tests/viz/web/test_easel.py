"""Charts are drawn beside the server: by another process, so many at once, the rest are told to come back."""

from __future__ import annotations

import os
import time
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

import pytest

from loaders.errors import LimitError
from viz.web.easel import WAITING, Easel


def where() -> bytes:
    return str(os.getpid()).encode()


def once_there(gate: Path) -> bytes:
    while not gate.exists():
        time.sleep(0.01)
    return b"drawn"


def killed(server: int) -> bytes:
    return b"drawn here" if os.getpid() == server else os.abort()


def test_a_chart_is_drawn_by_one_process_beside_the_server() -> None:
    easel = Easel()
    drawn = [easel(where) for _ in range(3)]
    easel.close()
    assert len(set(drawn)) == 1
    assert drawn[0] != where()


def test_a_process_that_dies_is_replaced() -> None:
    easel = Easel()
    assert easel(partial(killed, os.getpid())) == b"drawn here"
    assert easel(where) != where()
    easel.close()
    assert easel(where) == where()


def test_so_many_charts_at_once_and_the_rest_are_told_to_come_back(tmp_path: Path) -> None:
    easel, gate = Easel(), tmp_path / "gate"
    with ThreadPoolExecutor(WAITING + 1) as pool:
        asked = [pool.submit(easel, partial(once_there, gate)) for _ in range(WAITING + 1)]
        refused, _ = wait(asked, 60, FIRST_EXCEPTION)
        gate.touch()
        assert len(refused) == 1
        with pytest.raises(LimitError, match="others before it"):
            refused.pop().result()
        assert sum(not one.exception() for one in asked) == WAITING
    easel.close()
