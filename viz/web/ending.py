"""A server that ends soon when it is told to: who waits for a long answer is let go. Knows no route."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from uvicorn import Config, Server

SECONDS: Final = 3.0
"""How long answers that have begun may take to end, and how long the process may take after that."""
CUT_OFF: Final = 130
"""The exit code of a process that a signal ended, where threads of its own keep it from ending by itself."""


class Ending(Server):
    """uvicorn's server, which by itself waits for the last answer, be it minutes."""

    def __init__(self, config: Config, close: Callable[[], None]) -> None:
        """`close` ends what answers; it is called once no answer is waited for any more."""
        super().__init__(config)
        self._close = close

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wait for the answers that have begun, but not for long, then end what makes them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                await super().shutdown(sockets)
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # an answer cut off is no error
        self._close()
        last = threading.Timer(SECONDS, os._exit, [CUT_OFF])  # a page being made here cannot be stopped
        last.daemon = True
        last.start()
