"""The words that compare a figure with what is to be reached: 达到, 超过, 以上.

They stand in `lexicon/targets.yaml`.
"""

from __future__ import annotations

import re

from loaders.records import Comparator
from loaders.rules import load

_LISTS = load("targets")["comparators"]
_GUARDS: dict[str, str] = load("targets")["no_comparator_behind"]

BEFORE: dict[str, Comparator] = {word: sign for sign, found in _LISTS["before"].items() for word in found}
"""The sign of a word before its figure."""

AFTER: dict[str, Comparator] = {word: sign for sign, found in _LISTS["after"].items() for word in found}
"""The sign of a word behind its figure."""


def _longest_first(words: dict[str, Comparator]) -> list[str]:
    return sorted(words, key=lambda w: (-len(w), w))


BEFORE_WORDS = _longest_first(BEFORE)
ANY_BEFORE = "|".join((f"(?<![{_GUARDS[w]}])" if w in _GUARDS else "") + re.escape(w) for w in BEFORE_WORDS)
"""A pattern of alternatives, without a group: no 下达 for 达, no 通过 for 过."""

AFTER_FIGURE = re.compile("|".join(map(re.escape, _longest_first(AFTER))))
