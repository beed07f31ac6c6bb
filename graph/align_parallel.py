"""Aligns many documents on all cores: every process takes some of them. What is aligned is align.py's.

Each document is aligned alone, so that the answers are the same however they are shared out. The others
are our own interpreter and code, started anew (a fork would copy threads and locks), which read and write
pickles in a folder of this process. A process that fails only costs time: its share is done here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from graph.align import align
from graph.align_embedding import Encoder
from loaders.child import command
from loaders.pool import cores
from loaders.records import Alignment, Reading

WORTH: Final = 60
"""Documents from which on another process is worth its start."""
MOST: Final = 8


def align_all(
    lower: Sequence[Reading],
    upper: Reading,
    *,
    upper_date: str | None,
    coefficients: Mapping[str, float] | None = None,
    encoder: Encoder | None = None,
    processes: int | None = None,
) -> list[Alignment]:
    """What `align` gives, by as many processes as there are cores (or `processes`) where that is worth it.

    A model of the user's own (`encoder`) uses the cores itself: then everything is done here.
    """
    count = min(processes or cores(), MOST, max(1, 2 * len(lower) // WORTH))
    if encoder is not None or count < 2:
        return align(lower, upper, upper_date=upper_date, coefficients=coefficients, encoder=encoder)
    ordered = sorted(lower, key=lambda reading: reading.document.id)
    shares = [ordered[n::count] for n in range(count)]
    found: list[Alignment] = []
    with tempfile.TemporaryDirectory(prefix="gangmu-align-") as folder:
        children = []
        for number, share in enumerate(shares[1:], 1):
            task, answer = Path(folder) / f"{number}.task", Path(folder) / f"{number}.answer"
            with task.open("wb") as file:
                pickle.dump((share, upper, upper_date, coefficients), file, protocol=5)
            children.append((_start(task, answer), share, answer))
        try:
            found += align(shares[0], upper, upper_date=upper_date, coefficients=coefficients)
            for child, share, answer in children:
                done = _answer(answer) if child.wait() == 0 else None
                if done is None:
                    done = align(share, upper, upper_date=upper_date, coefficients=coefficients)
                found += done
        finally:
            for child, _, _ in children:
                if child.poll() is None:
                    child.kill()
                    child.wait()
    place = {reading.document.id: n for n, reading in enumerate(ordered)}
    return sorted(found, key=lambda record: place[record.document])


def _start(task: Path, answer: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  the command is our own interpreter and module
        command(__name__, str(task), str(answer)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )


def _answer(path: Path) -> list[Alignment] | None:
    try:
        with path.open("rb") as file:
            answer: list[Alignment] = pickle.load(file)  # noqa: S301  written by our own child
    except (OSError, pickle.UnpicklingError, EOFError):
        return None
    return answer


def main(task: str, answer: str) -> None:
    """What a child does: align the share in the file `task` and write the records into `answer`."""
    with Path(task).open("rb") as file:
        loaded: Any = pickle.load(file)  # noqa: S301  written by our own parent
    share, upper, upper_date, coefficients = loaded
    records = align(share, upper, upper_date=upper_date, coefficients=coefficients)
    with Path(answer).open("wb") as file:
        pickle.dump(records, file, protocol=5)
