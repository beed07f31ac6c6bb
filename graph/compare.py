"""Two documents of one store side by side: what was raised, lowered, dropped, handed to another unit.

Two versions of a document, or this year's plan and last year's: what is the same thing said anew is found by
diff_match.py and said by diff.py, as between two stores; only which documents are compared is the user's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from graph.diff import changes_of
from graph.diff_match import pair_of, plans
from graph.diff_say import Change, Kind
from graph.store import Store
from loaders.errors import UsageError

FIRST: Final[Sequence[Kind]] = ("target_raised", "target_lowered", "target_removed", "unit_handed_over")
"""What auditors ask for first."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one document (id) in another, the changes in the order of the second."""

    before: str
    after: str
    title_before: str
    title_after: str
    shift: int
    changes: tuple[Change, ...]
    counts: dict[str, int]
    quotes: dict[str, str]
    """What the items and targets of the changes say, by id."""

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        return asdict(self)


def compare(store: Store, before: str, after: str) -> Comparison:
    """What became of a document (id) in another; raises UsageError where both are one."""
    if before == after:
        raise UsageError(f"document {before}", "is compared with itself", "name two documents")
    found = plans(store)
    one, two = found[before], found[after]
    pair = pair_of(one, two)
    changes = tuple(changes_of(pair))
    counted = Counter(change.kind for change in changes)
    first = {kind: counted[kind] for kind in FIRST if counted[kind]}
    wanted = {i for change in changes for i in (change.before, change.after) if i is not None}
    records = [r for plan in (one, two) for r in (*plan.items, *plan.targets) if r.id in wanted]
    return Comparison(
        before=before,
        after=after,
        title_before=one.document.title or one.document.source_file,
        title_after=two.document.title or two.document.source_file,
        shift=pair.shift,
        changes=changes,
        counts={str(kind): n for kind, n in (first | counted).items()},
        quotes={record.id: record.quote for record in records},
    )
