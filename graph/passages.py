"""Where a quote stands in its source text, with the text around it, and which repairs touch it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loaders.errors import StoreError
from loaders.records import AnyRecord, Repair

AROUND: Final = 60
"""Characters of the text shown on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote where it stands: offsets in code points of the source text, line and column from 1."""

    start: int
    end: int
    line: int
    column: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Touching:
    """A repair that touches a quote."""

    id: str
    raw: str
    repaired: str
    rule: str | None
    confidence: float
    decided: bool


def passage(text: str, record: AnyRecord, around: int = AROUND) -> Passage:
    """The quote of a record with the text around it; raises StoreError where it does not stand there."""
    start, end = record.start, record.end
    if text[start:end] != record.quote:
        raise StoreError(record.id, "does not stand where it says", "run `gangmu check`")
    return Passage(
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        column=start - (text.rfind("\n", 0, start) + 1) + 1,
        before=text[max(0, start - around) : start],
        quote=record.quote,
        after=text[end : end + around],
    )


def touches(repair: Repair, start: int, end: int) -> bool:
    """Whether what a repair changes lies in the span, or at its edge where it only adds.

    `raw` shows some text around the damage: what is alike in `raw` and `repaired` on both sides is not it.
    """
    before = _alike(repair.raw, repair.repaired)
    after = _alike(repair.raw[before:][::-1], repair.repaired[before:][::-1])
    first, last = repair.start + before, repair.end - after
    return start <= first <= end if first == last else first < end and start < last


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return n
    return min(len(one), len(other))
