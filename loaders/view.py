"""A reading view of a source text, tied to it character by character. No rule lives here.

Readers work on a view in which widths are folded and decided repairs are applied; every span of
the view leads back to the span of the source text that it stands for, which is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_FOLD = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},  # full-width ASCII
    0x3000: " ",
    0x00A0: " ",
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    0x2013: "-",
    0x2014: "-",
    0x2015: "-",
    0x2212: "-",
    0xFF5E: "~",
    0x301C: "~",
    0xFE63: "-",
    0xFF65: "·",
    0x2022: "·",
    0xFF61: "。",
    0xFEFF: " ",
    0x2215: "/",
}
_WIDE = {chr(code): char for code, char in _FOLD.items()}


def fold(source: str, forms: Mapping[int, str] = {}) -> str:
    """The text with widths folded, one character for one; `forms` folds further ones.

    Only the characters that stand in the text are looked for: most texts hold a dozen wide ones.
    """
    folded = source.replace("\r\n", " \n").replace("\r", "\n")
    for char in _WIDE.keys() & set(folded):
        folded = folded.replace(char, _WIDE[char])
    return folded.translate(forms) if forms else folded


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `source[start:end]` by `text` in the view; `start == end` inserts."""

    start: int
    end: int
    text: str


class View:
    """The text that readers match on; `text` and the way back to the source.

    Shapes: `text` has one character for each entry of the two offset lists. Folding keeps the
    number of characters, edits do not.
    """

    def __init__(self, source: str, edits: Iterable[Edit] = (), forms: Mapping[int, str] = {}) -> None:
        """The view of `source` under non-overlapping `edits`, in any order.

        `forms` folds further characters, one for one: traditional to simplified ones.
        """
        self.source = source
        folded = fold(source, forms)
        parts: list[str] = []
        plain: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for edit in sorted(edits):
            if edit.start < at:
                continue  # an edit inside another one: the outer one stands
            parts.append(folded[at : edit.start])
            starts.extend(range(at, edit.start))
            ends.extend(range(at + 1, edit.start + 1))
            plain.append(source[at : edit.start])
            parts.append(edit.text)
            plain.append(edit.text)
            starts.extend([edit.start] * len(edit.text))
            ends.extend([edit.end] * len(edit.text))
            at = edit.end
        parts.append(folded[at:])
        plain.append(source[at:])
        starts.extend(range(at, len(source)))
        ends.extend(range(at + 1, len(source) + 1))
        self.text = "".join(parts)
        self._plain = "".join(plain)
        self._starts = starts
        self._ends = ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a non-empty view span, white space at both ends left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            raise ValueError(f"an empty view span at {start} has no source span")
        first, last = self._starts[start], self._ends[end - 1]
        if first == last:  # only inserted characters: take the neighbour they were inserted before
            last = first + 1 if first < len(self.source) else first
            first = min(first, last - 1)
        return first, last

    def quote(self, start: int, end: int) -> tuple[str, int, int]:
        """Quote, start and end in the source text: the evidence of a view span."""
        first, last = self.span(start, end)
        return self.source[first:last], first, last

    def words(self, start: int, end: int) -> str:
        """The words of a view span as a reader would copy them: repaired, not folded, on one line."""
        return " ".join(self._plain[start:end].split())

    def folded(self, start: int, end: int) -> str:
        """The words of a view span as rules see them: repaired, folded, without white space."""
        return "".join(self.text[start:end].split())

    @cached_property
    def _index(self) -> dict[int, int]:
        return {source: view for view, source in reversed(list(enumerate(self._starts)))}

    def at(self, source_offset: int) -> int:
        """The first view offset that stands for a source character at or after `source_offset`."""
        while source_offset < len(self.source):
            if source_offset in self._index:
                return self._index[source_offset]
            source_offset += 1
        return len(self.text)
