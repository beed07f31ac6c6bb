"""Which parts of a sentence tell what has been: 据统计, 近年来, up to 力争.

The words stand in `lexicon/targets.yaml`; words of the clause itself (已有, 荣获) are in `aims`.
"""

from __future__ import annotations

import re
from itertools import islice

from loaders.rules import load

MANY = 8
"""So many such parts of a sentence are looked at."""

_TOLD = re.compile(load("targets")["told"])
_PROGRESS = re.compile(load("targets")["progress"])
_TURNS = re.compile(load("targets")["turns"])


def told_in(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The parts of the sentence `text[start:end]` whose figures say what has been, in order.

    A share of a task that is done (占任务的90%) tells it of the whole sentence.
    """
    if _PROGRESS.search(text, start, end):
        return ((start, end),)
    found = []
    for match in islice(_TOLD.finditer(text, start, end), MANY):
        turn = _TURNS.search(text, match.end(), end)
        found.append((match.start(), turn.start() if turn else end))
    return tuple(found)
