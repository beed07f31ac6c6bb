"""When two texts, numbers or spans count as the same. Which records are compared is not known here.

How a text is typed does not count (width, spaces, shape of quotation marks, dashes and brackets), what it
says does.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

Rec: TypeAlias = Mapping[str, Any]
"""A record as its JSON object."""
Span: TypeAlias = tuple[int, int]

SAME_SPAN = 0.5
"""Intersection over union from which on two items are the same stretch of text."""
INSIDE = 0.9
"""Share of a predicted item that must lie in the gold item for it to be a part of it."""
TOLERANCE = 1e-9

_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("‐‑‒–—―−~", "-"),
        **dict.fromkeys("〔【", "["),
        **dict.fromkeys("〕】", "]"),
    }
)
_TITLE_MARKS = re.compile("[《》〈〉<>]")
_NO_LETTER = re.compile(r"[^\w%&]")
_CLOSING = "。.;,:"
_UNITS = {"个百分点": "百分点", "percent": "%", "": None}


def plain(text: str | None) -> str | None:
    """The text without what only typing decides, and without a closing mark at its end."""
    if text is None:
        return None
    typed = unicodedata.normalize("NFKC", text).translate(_TYPED)
    return re.sub("-+", "-", "".join(typed.split())).rstrip(_CLOSING)


def verbatim(text: str | None) -> str | None:
    """The text without white space, widths folded: a number or code, in which every mark counts."""
    return None if text is None else "".join(unicodedata.normalize("NFKC", text).split())


def plain_title(text: str | None) -> str | None:
    """As `plain`, the marks around titles left out."""
    return None if text is None else _TITLE_MARKS.sub("", plain(text) or "")


def plain_unit(text: str | None) -> str | None:
    """A unit of measurement; an empty one is none."""
    unit = plain(text)
    return None if unit is None else _UNITS.get(unit, unit)


def likeness(one: str | None, two: str | None) -> float:
    """How alike two wordings are: Dice's coefficient over pairs of neighbouring characters, 0 to 1."""
    a, b = _pairs(one), _pairs(two)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _pairs(text: str | None) -> Counter[str]:
    letters = _NO_LETTER.sub("", plain(text) or "").lower()
    if len(letters) == 1:
        return Counter(letters)
    return Counter(a + b for a, b in pairwise(letters))


def allowed(gold: Rec, field: str, fix: Callable[[Any], Any] = lambda value: value) -> list[Any]:
    """The values that are right for a field: the gold one and those of `<field>_alt`."""
    return [fix(value) for value in (gold.get(field), *(gold.get(f"{field}_alt") or ()))]


def same_number(one: float | None, two: float | None) -> bool:
    """Whether two numbers are equal but for rounding; None equals None only."""
    if one is None or two is None:
        return one is two
    return math.isclose(one, two, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def span_of(record: Rec | None) -> Span | None:
    """Where a record stands; None where it does not say or the span is empty."""
    if record is None:
        return None
    start, end = record.get("start"), record.get("end")
    return (start, end) if start is not None and end is not None and start < end else None


def shared(one: Rec | None, two: Rec | None) -> int:
    """How many characters two records have in common."""
    a, b = span_of(one), span_of(two)
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def agreement(one: Rec | None, two: Rec | None) -> float:
    """Intersection over union of two records' spans."""
    common = shared(one, two)
    if not common or one is None or two is None:
        return 0.0
    return float(common / (one["end"] - one["start"] + two["end"] - two["start"] - common))


def same_item(gold: Rec | None, predicted: Rec | None) -> bool:
    """Whether a predicted item is the gold one or a finer cut of it; a wider group is not."""
    common = shared(gold, predicted)
    if not common or predicted is None:
        return False
    inside = common / (predicted["end"] - predicted["start"])
    return agreement(gold, predicted) >= SAME_SPAN or inside >= INSIDE


def near(
    ones: Sequence[Span | None], twos: Sequence[Span | None], slack: int = 0
) -> Iterator[tuple[int, int]]:
    """Index pairs of spans that touch, or that at most `slack` characters divide."""
    placed = sorted((span, at) for at, span in enumerate(twos) if span is not None)
    starts = [span[0] for span, _ in placed]
    longest = max((end - start for (start, end), _ in placed), default=0)
    for at, span in enumerate(ones):
        if span is None:
            continue
        first = bisect_left(starts, span[0] - slack - longest)
        last = bisect_right(starts, span[1] + slack)
        for other, index in placed[first:last]:
            if other[1] + slack >= span[0]:
                yield at, index
