"""Which findings were handled, by whom, when and why, in a CSV file of the user's, no part of a store.

The file stands beside the store (`store.findings.csv` for `store`), or where the user says; a build replaces
the store and never touches it. Each row is a decision, the last one about a finding holds, none is removed:

    finding, action (handled or reopened), who, when (a date), why, about (what the finding said, for readers)

Texts that a spreadsheet would take for formulas are guarded by an apostrophe (loaders/guard.py), and read
back without it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from graph.audit import Mark
from loaders.decode import decode, read_bytes
from loaders.errors import InputError, UsageError
from loaders.guard import guarded_csv, unguarded

Action: TypeAlias = Literal["handled", "reopened"]
COLUMNS: Final = ("finding", "action", "who", "when", "why", "about")
ID: Final = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the file."""

    finding: str
    action: Action
    who: str
    when: str
    why: str
    about: str

    def cells(self) -> list[str]:
        """The row in the order of COLUMNS."""
        return [self.finding, self.action, self.who, self.when, self.why, self.about]


def beside(store_dir: Path) -> Path:
    """Where the decisions about a store stand unless the user names a file."""
    place = store_dir.resolve()
    return place.with_name(f"{place.name}.findings.csv")


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a file, none where there is no file; raises InputError for a wrong row."""
    if not path.exists():
        return []
    text = decode(read_bytes(path), str(path)).removeprefix("\ufeff")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(str(path), f"is no CSV ({error})", "quote the cell") from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise InputError(
            f"{path}:1", "is no list of handled findings", f"let its first line be {','.join(COLUMNS)}"
        )
    return [_decision(path, n, row) for n, row in enumerate(rows[1:], 2) if any(c.strip() for c in row)]


def _decision(path: Path, line: int, row: Sequence[str]) -> Decision:
    cells = [unguarded(cell) for cell in row]
    if len(cells) != len(COLUMNS):
        raise InputError(
            f"{path}:{line}",
            f"the row has {len(cells)} cells, not {len(COLUMNS)}",
            "quote cells with commas",
        )
    finding, action, who, when, why, about = cells
    if not ID.fullmatch(finding):
        raise InputError(f"{path}:{line}", f"“{finding}” is no id of a finding", "see `gangmu audit`")
    for known in get_args(Action):
        if action == known:
            return Decision(finding, known, who, _day(when, f"{path}:{line}"), why, about)
    raise InputError(f"{path}:{line}", f"“{action}” is no action", "write handled or reopened")


def _day(text: str, where: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(where, f"“{text}” is no date", "write it like 2026-03-01") from None


def marks(decisions: Sequence[Decision]) -> dict[str, Mark]:
    """The findings that are handled by the last decision about each, in the order of the file."""
    found: dict[str, Mark] = {}
    for d in decisions:
        found.pop(d.finding, None)
        if d.action == "handled":
            found[d.finding] = Mark(d.who, d.when, d.why)
    return found


def decide(
    decisions: Sequence[Decision], finding: str, about: str, action: Action, who: str, when: str, why: str
) -> str:
    """The text of the file with one more decision; raises UsageError where a reason or name is missing."""
    if not who.strip() or not why.strip():
        raise UsageError("audit", "a decision needs who made it and why", "give --by NAME and --why TEXT")
    try:
        day = date.fromisoformat(when).isoformat()
    except ValueError:
        raise UsageError(f"--on {when}", f"“{when}” is no date", "write it like 2026-03-01") from None
    new = Decision(finding, action, who.strip(), day, why.strip(), about)
    return guarded_csv([COLUMNS, *(d.cells() for d in (*decisions, new))])
