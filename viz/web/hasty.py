"""Connections that do not say what they want in time are closed. Knows no route."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS: Final = 10.0
"""How long the line and headers of a request, or a body, may take to arrive."""


class Hasty(H11Protocol):
    """uvicorn's protocol of a connection, which waits for ever for the end of the headers, with a limit."""

    seconds = SECONDS
    _deadline: asyncio.TimerHandle | None = None
    _last: object = None

    def connection_made(self, transport: Any) -> None:
        """Begin to count."""
        super().connection_made(transport)
        self._count()

    def data_received(self, data: bytes) -> None:
        """Begin to count where another request begins on the same connection."""
        if self.cycle is not None and self.cycle.response_complete and self._last is not self.cycle:
            self._count()
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop counting."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def _count(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._last = self.cycle
        self._deadline = self.loop.call_later(self.seconds, self._late)

    def _late(self) -> None:
        """Close the connection unless a request has begun since the one before."""
        if self.cycle is self._last:
            self.transport.close()
