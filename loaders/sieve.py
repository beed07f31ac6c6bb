"""Patterns that are not tried where they cannot match. What a match needs is told from the pattern itself.

Most rules need a certain word (牵头, 突破, 前列), and most passages hold none: looking for a word costs
a hundredth of trying a rule at every character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

MANY = 16
"""A pattern that needs one of more words than this is tried everywhere: looking would cost as much."""

Words: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Sieve:
    """A pattern with words of which every match holds at least one; without words it is always tried."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` holds one of the words."""
        for word in self.words:
            if text.find(word, start, end) >= 0:
                return True
        return not self.words

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """As the pattern's own method."""
        stop = len(text) if end is None else end
        return self.pattern.finditer(text, start, stop) if self.may_match(text, start, stop) else iter(())


def sieve(pattern: re.Pattern[str]) -> Sieve:
    """The pattern with the words that its matches need, as its parse tree tells."""
    needed = None
    if not pattern.flags & re.IGNORECASE:
        needed = _sequence(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return Sieve(pattern, tuple(sorted(needed or (), key=lambda word: (-len(word), word))))


def _sequence(items: Iterable[tuple[Any, Any]]) -> Words | None:
    """What a sequence needs: the fewest words that one of its parts needs, longer ones first."""
    found: list[Words] = []
    run = ""
    for code, value in _flat(items):
        if code is codes.LITERAL:
            run += chr(value)
            continue
        found += [frozenset({run})] if run else []
        run = ""
        needed = _part(code, value)
        found += [needed] if needed else []
    found += [frozenset({run})] if run else []
    return min(found, key=lambda words: (len(words), -min(map(len, words)), sorted(words)), default=None)


def _flat(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """The parts of a sequence, those in plain brackets too, so that a word across brackets stays one."""
    for code, value in items:
        if code is codes.SUBPATTERN and not (value[1] | value[2]) & re.IGNORECASE:
            yield from _flat(value[3])
        else:
            yield code, value


def _part(code: Any, value: Any) -> Words | None:
    """What one part of a sequence needs; None where that cannot be said in a few words."""
    if code is codes.ATOMIC_GROUP:
        return _sequence(value)
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return _sequence(value[2]) if value[0] else None
    if code is codes.BRANCH:
        return _union(_sequence(branch) for branch in value[1])
    if code is codes.IN:
        return _union(frozenset({chr(v)}) if c is codes.LITERAL else None for c, v in value)
    return None


def _union(parts: Iterable[Words | None]) -> Words | None:
    """What a choice needs: whatever one of its branches needs."""
    every: set[str] = set()
    for words in parts:
        if words is None:
            return None
        every |= words
    return frozenset(every) if 0 < len(every) <= MANY else None
