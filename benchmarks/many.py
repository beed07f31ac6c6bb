"""Prints how long many documents take to read with one process and with more, in one run.

    python -m benchmarks.many [--documents N] [--workers N] [--rounds N] [PATH …]

The documents are those of `benchmarks.reading`, written to a temporary folder. Wall clock, because several
processes are compared, the best round of each; on a machine that does something else the ratio says little,
so the share of the cores that these processes got is printed beside it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.reading import variants
from benchmarks.stages import say
from loaders.corpus import find_documents
from loaders.pool import cores, read_each

DOCUMENTS = 1000
ROUNDS = 2


def measured(paths: list[Path], workers: int) -> tuple[float, float]:
    """Seconds of the clock, and of the processors in this process and those it started, to read all."""
    wall, spent = time.perf_counter(), _spent()
    count = sum(1 for _ in read_each(paths, workers))
    assert count == len(paths)
    return time.perf_counter() - wall, _spent() - spent


def _spent() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--documents", type=int, default=DOCUMENTS, help="how many texts")
    options.add_argument("--workers", type=int, default=cores(), help="how many processes against one")
    options.add_argument("--rounds", type=int, default=ROUNDS, help="how often each reads them all")
    options.add_argument("paths", nargs="*", type=Path, help="documents or folders instead of the corpus")
    given = options.parse_args()
    texts = variants([p for p in find_documents(given.paths) if p.suffix == ".txt"], given.documents)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:05}.txt" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.data)
        say(f"{len(paths)} documents", "workers    seconds   documents/s   processor seconds   cores used")
        best: dict[int, float] = {}
        for _ in range(given.rounds):
            for workers in (1, given.workers):
                wall, spent = measured(paths, workers)
                best[workers] = min(wall, best.get(workers, wall))
                say(f"{workers:7} {wall:10.1f} {len(paths) / wall:13.1f} {spent:19.1f} {spent / wall:12.2f}")
    say(f"{given.workers} processes against one: {best[1] / best[given.workers]:.2f} times as fast")


if __name__ == "__main__":
    main()
