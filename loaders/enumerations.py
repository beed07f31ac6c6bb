"""Enumerations that write their noun once: `1个国家级、3个省级创新平台`, `新增8家、10家创新平台`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders import indicators
from loaders.found import Found
from loaders.rules import any_of

_AND = re.compile(r"[、和及与]")
_VERB = rf"(?:{any_of('targets', 'verbs')})"
_OPEN = re.compile(rf"(?P<verb>{_VERB}?)(?P<level>(?:{indicators.LEVEL})?)")
"""A name without a noun: a verb, a level, or both."""


def complete(text: str, targets: Sequence[Found]) -> Iterator[Found]:
    """The targets of a sentence; a name without its noun takes it from the next of the enumeration."""
    noun, later = "", None
    done: list[Found] = []
    for target in reversed(targets):
        joined = later is not None and _AND.fullmatch(text[target.end : later.start].strip() or "、")
        bare = _OPEN.fullmatch(target.written)
        if not joined or later is None or later.start - target.end > 1:
            noun = ""
        if bare and noun and target.unit == (later.unit if later else None):
            written = target.written + (indicators.noun(noun) if bare.group("level") else noun)
            name = indicators.canonical(written, target.unit, target.growth)
            target = replace(target, written=written, indicator=name)
        elif not bare:
            noun = target.written
        later = target
        done.append(target)
    yield from reversed(done)
