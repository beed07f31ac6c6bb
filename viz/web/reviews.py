"""Reviewers at the browser: what waits for a decision, what was decided, and the taking of one. No HTML.

Decisions go to the same files as the terminal's (`gangmu review`) and take effect with the next build.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graph import iris
from graph.review import Standing
from graph.review_queue import Pending, Queue, Side
from graph.reviews import SUFFIX, Decision
from graph.store import Store
from loaders.errors import UsageError

NOBODY: Final = "—"
"""A reviewer who has decided nothing: for whom everything waits."""
LONGEST: Final = 2_000
"""Characters of a comment, LONGEST_NAME of a name; more is no remark on two passages."""
LONGEST_NAME: Final = 60
_BACK: Final = re.compile(r"review\.html|task/[A-Za-z0-9._-]+(?:/[0-9]+)?\.html")


class Reviews:
    """The queue of a store and the folder of its reviewers' decisions; safe to be used by several threads."""

    def __init__(self, store: Store, folder: Path) -> None:
        """The store is read when the first page needs it."""
        self.store, self.folder = store, folder
        self._queue: Queue | None = None
        self._decided: tuple[object, dict[str, list[Standing]]] | None = None
        self._lock = threading.Lock()

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Something that is another as soon as a decision was added."""
        found = ((path.name, path.stat()) for path in sorted(self.folder.glob(f"*{SUFFIX}")))
        return tuple((name, state.st_mtime_ns, state.st_size) for name, state in found)

    def queue(self, reviewer: str) -> Queue:
        """The queue in a reviewer's hands."""
        with self._lock:
            if self._queue is None:
                self._queue = Queue(self.store, self.folder, NOBODY)
        return self._queue.by(reviewer)

    def pending(self, reviewer: str) -> list[Pending]:
        """What waits for this reviewer, the most uncertain first; nothing where nothing was aligned."""
        return self.queue(reviewer or NOBODY).pending() if self.store.manifest.upper else []

    def decided(self) -> dict[str, list[Standing]]:
        """The decisions that were not taken back, by the IRI of the lower item, the newest last."""
        stamp = self.stamp()
        if not stamp or not self.store.manifest.upper:
            return {}
        if self._decided is None or self._decided[0] != stamp:
            found: dict[str, list[Standing]] = {}
            for standing in self.queue(NOBODY).standings():
                if standing.state != "superseded":
                    found.setdefault(iris.record(standing.subject), []).append(standing)
            self._decided = (stamp, found)
        return self._decided[1]

    def take(self, form: Mapping[str, str]) -> Decision:
        """Keeps the decision that a form says; raises UsageError for one that says none.

        Fields: `reviewer`, `subject` (record id of the lower item), `verdict` (accepted, rejected, none),
        `upper` (record id of an upper item), `other` (a path such as `4.2`, which goes before), `comment`.
        """
        name, comment = form.get("reviewer", "").strip(), form.get("comment", "").strip()
        if not name or len(name) > LONGEST_NAME or name == NOBODY:
            raise UsageError("review", "names no reviewer", "type your name")
        if len(comment) > LONGEST:
            raise UsageError(
                "review", "has a comment that is too long", f"keep it below {LONGEST} characters"
            )
        if not self.store.manifest.upper:
            raise UsageError("review", "has nothing to decide", "build with a plan above the others")
        queue = self.queue(name)
        pending = queue.one(form.get("subject", ""))
        verdict = form.get("verdict", "")
        if verdict == "none":
            return queue.decide(pending, "accepted", None, comment)
        upper = _upper(queue, form)
        if verdict == "accepted":
            return queue.decide(pending, "accepted", upper, comment)
        if verdict == "rejected":
            return queue.decide(pending, "rejected", upper, comment)
        raise UsageError("review", "says no decision", "accept, reject, or say that none corresponds")


def _upper(queue: Queue, form: Mapping[str, str]) -> Side:
    other = form.get("other", "").split()
    found = queue.find(other[0]) if other else queue.side(form.get("upper", ""))
    if found is None:
        named = other[0] if other else form.get("upper", "")
        raise UsageError(
            f"task {named}", "is no item of the upper plan", "choose one on the page matrix.html"
        )
    return found


def back(address: str) -> str:
    """The page to go back to after a decision: the one that the form stood on, if it is one of ours."""
    return address if _BACK.fullmatch(address) else "review.html"
