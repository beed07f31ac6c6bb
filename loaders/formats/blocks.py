"""The text that every converter writes: paragraphs and tables. No format is known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.errors import InputError

MAX_TEXT = 8_000_000
"""Characters that a document may give: far more than the longest plan."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_WIDE = r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, in reading order; a row keeps empty cells so that columns stay aligned."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Table
"""A paragraph (a line break inside it starts a new one) or a table."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a converter returns: the source text and what a person must know about it, in Chinese."""

    text: str
    notes: tuple[str, ...] = ()


def collapse(text: str) -> str:
    """The text on one line: white space runs as one space, control characters left out."""
    return " ".join(_CONTROL.sub("", text).split())


def unwrap(text: str) -> str:
    """As `collapse`, for text that a layout broke: a break beside a wide character is no space."""
    return collapse(_SPACE.sub(_unbroken, text.strip()))


def _unbroken(space: re.Match[str]) -> str:
    """The white space between two words as it is, nothing for a break beside a wide character."""
    if "\n" not in space.group():
        return space.group()
    text = space.string
    return "" if is_wide(text[space.start() - 1]) or is_wide(text[space.end()]) else space.group()


def is_wide(char: str) -> bool:
    """Whether a character is Chinese, or punctuation as Chinese uses it."""
    return re.match(_WIDE, char) is not None


def table(rows: Iterable[Sequence[str]]) -> Block | None:
    """A table of rows that hold something; one column is paragraphs; None when nothing is left."""
    kept = [tuple(collapse(cell) for cell in row) for row in rows]
    kept = [row for row in kept if any(row)]
    if not kept:
        return None
    if all(len(row) == 1 for row in kept):
        return "\n".join(row[0] for row in kept)
    return Table(tuple(kept))


def render(blocks: Iterable[Block | None]) -> str:
    """The source text: blocks divided by an empty line, one line a paragraph or row, cells by TAB."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            parts.append("\n".join("\t".join(row).rstrip() for row in block.rows))
        elif block:
            parts.extend(line for line in map(collapse, block.splitlines()) if line)
    text = "\n\n".join(parts) + "\n"
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(text) > MAX_TEXT:
        raise InputError("", f"holds {len(text):,} characters (at most {MAX_TEXT:,})", "split the document")
    if not any(char.isalnum() for char in text):
        raise InputError("", "holds no text", "give a document with text in it")
    return text
