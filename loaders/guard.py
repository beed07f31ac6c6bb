"""CSV cells that no spreadsheet takes for a formula, and the way back. Nothing else is known here.

A text that begins with one of FORMULA gets an apostrophe in front; so does one that begins with an apostrophe
itself, so that taking one apostrophe from the front of a cell gives back every text as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
"""What spreadsheets take for the beginning of a formula, also in full width or guarded."""
MARK: Final = "'"


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file; `unguarded` gives it back."""
    return MARK + text if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """The text that a guarded cell stands for."""
    return cell.removeprefix(MARK)


def guarded_csv(rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 text of guarded cells; the headings are rows like others."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue()
