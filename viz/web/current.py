"""The deck of the store in a directory as it is now: another one once a build has put another in place."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from graph.store import identity
from loaders.errors import StoreError
from viz.web.deck import Deck

GRACE: Final = 30.0
"""Seconds that requests which began on the store before are given to end."""
Told = Callable[[Deck | StoreError], None]


class Current:
    """Answers from the newest store; `close` ends the workers of all."""

    def __init__(self, directory: Path, make: Callable[[], Deck], told: Told) -> None:
        """`make` opens the store; `told` hears of each new deck, or why a new store cannot be read (once)."""
        self._directory, self._make, self._told = directory, make, told
        self._seen = identity(directory)
        self._deck = make()
        self._before: list[tuple[Deck, threading.Timer]] = []
        self._lock = threading.Lock()

    def __call__(self) -> Deck:
        """The deck of the store that is in place; the one before where the new one cannot be read."""
        seen = identity(self._directory)
        if seen in (None, self._seen):  # null in the midst of a switch
            return self._deck
        with self._lock:
            if seen != self._seen:
                self._seen = seen
                try:
                    made = self._make()
                except StoreError as error:
                    self._told(error)
                else:
                    timer = threading.Timer(GRACE, self._deck.close)
                    timer.daemon = True
                    timer.start()
                    self._before.append((self._deck, timer))
                    self._deck = made
                    self._told(made)
        return self._deck

    def close(self) -> None:
        """End the workers."""
        for deck, timer in self._before:
            timer.cancel()
            deck.close()
        self._deck.close()
