"""Sets of spans that answer quickly whether they cover or touch a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Spans:
    """Spans of a text, merged where they overlap; each look-up takes logarithmic time."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """The union of `spans` (start, end), in any order."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def cover(self, at: int) -> bool:
        """Whether the character at `at` lies in one of them."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self._ends[i]

    def touch(self, start: int, end: int) -> bool:
        """Whether `start:end` shares a character with one of them."""
        i = bisect_right(self._starts, end - 1) - 1
        return i >= 0 and start < self._ends[i]
