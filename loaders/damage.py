"""A damaged place of a source text, as its finders report it. Finding lives in `repair` and `brands`."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.view import Edit

CONTEXT = 4
"""Characters of the line shown on both sides of a repaired place."""


@dataclass(frozen=True, slots=True, order=True)
class Damage:
    """A damaged place: `source[start:end]` should read `text`."""

    start: int
    end: int
    text: str
    rule: str
    confidence: float
    decided: bool = True

    def edit(self) -> Edit:
        """The edit of the reading view."""
        return Edit(self.start, self.end, self.text)

    def shown(self, source: str) -> tuple[int, int, str, str]:
        """Start, end, raw and repaired text with some context of the same line."""
        first = self.start
        while first > max(0, self.start - CONTEXT) and source[first - 1] != "\n":
            first -= 1
        last = self.end
        while last < min(len(source), self.end + CONTEXT) and source[last] != "\n":
            last += 1
        raw = source[first:last]
        return first, last, raw, source[first : self.start] + self.text + source[self.end : last]
