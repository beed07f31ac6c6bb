"""What was not understood: passages with a figure or a unit's name that ended in no record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.layout import lines
from loaders.records import AnyRecord, Citation, Declaration, Responsibility, Target
from loaders.rules import any_of
from loaders.spans import Spans
from loaders.view import View

_FIGURE = re.compile(
    rf"(?<!\d)\d{{1,12}}(?:\.\d{{1,8}})?(?:{any_of('targets', 'scales')})?(?:{any_of('targets', 'units')})"
)
_UNIT_LIST = re.compile(r"(?:责任|牵头|配合)(?:单位|部门) ?:")
_CUT = re.compile(r"[,。;\n]")


def find_leftovers(
    view: View, body: tuple[int, int], records: Sequence[AnyRecord]
) -> Iterator[tuple[int, int]]:
    """Source spans of the clauses with a figure, and of the unit lists, of which no record speaks."""
    speaking = (Target, Responsibility, Citation, Declaration)
    spoken = Spans((r.start, r.end) for r in records if isinstance(r, speaking))
    for line in lines(view.text, *body):
        at = line.start
        while at < line.end:
            cut = _CUT.search(view.text, at, line.end)
            stop = cut.end() if cut else line.end
            lost = (m for pattern in (_FIGURE, _UNIT_LIST) for m in pattern.finditer(view.text, at, stop))
            if any(not spoken.touch(*_near(view, match)) for match in lost):
                yield view.span(at, stop)
            at = stop


def _near(view: View, match: re.Match[str]) -> tuple[int, int]:
    """The source span of a figure, or of a unit list with what follows its label."""
    wide = 8 if match.group().endswith(":") else 0
    return view.span(match.start(), min(len(view.text), match.end() + wide))
