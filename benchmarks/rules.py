"""Holds every pattern and every stage of reading against hostile text, and prints what is slow.

    python -m benchmarks.rules [--patterns] [--stages] [--only TEXT] [--size N] [--all]

Patterns (`benchmarks.patterns`) search lines of 20,000 characters made against each of them; stages read
whole hostile texts. For the worst line of each the time at a quarter, half and all of the size is
measured: a ratio of the last two near 2 is linear growth, near 4 quadratic. Times are processor seconds of
this process, the lesser of two runs. A run is cut off after a few seconds. Exit code 1 when a pattern needs
more than BOUND milliseconds or a slow one grows faster than linearly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.hostile import TEXTS
from benchmarks.patterns import Pattern, every_pattern, hostile_lines
from benchmarks.stages import read_in_stages, say, seconds

SIZE = 20_000
BOUND = 0.1
"""Seconds that the slowest pattern may need on a hostile line."""

STAGE_BOUND = 2.0
"""Seconds that a stage may need on a hostile text; above it, or above RATIO, it is marked."""

RATIO = 3.0
NOTICED = 0.2
"""Growth of what takes less than this part of its bound is noise and not judged."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one pattern or stage needed for its worst text, at a quarter, half and all of the size."""

    name: str
    recipe: str
    times: tuple[float, float, float]

    @property
    def growth(self) -> float:
        """The last ratio of times that was measured; 2 is linear."""
        quarter, half, whole = self.times
        return whole / half if whole < float("inf") else half / quarter

    def slow(self, bound: float) -> bool:
        """Whether it is over the bound or, where it can be judged, grows too fast."""
        return self.times[2] > bound or (self.times[2] > NOTICED * bound and self.growth > RATIO)

    def line(self, bound: float) -> str:
        """One line of the table."""
        shown = "".join(f"{t * 1000:>10.1f}" if t < float("inf") else f"{'cut off':>10}" for t in self.times)
        mark = "SLOW" if self.slow(bound) else "    "
        return f"{mark}{shown} {self.growth:6.2f}  {self.name:<58} {self.recipe[:90]}"


HEAD = "         n/4       n/2         n ms  ratio"


def measure_pattern(one: Pattern, size: int) -> Measured:
    """The worst of all hostile lines for a pattern: found at full size, measured at three sizes."""

    def search(line: str) -> Callable[[], object]:
        return lambda: one.run(line)

    worst = ("", -1.0)
    small = dict(hostile_lines(one, size // 4))
    for recipe, line in small.items():
        needed = seconds(search(line))
        if needed > worst[1]:
            worst = (recipe, needed)
    times: list[float] = []
    for part in (size // 4, size // 2, size):
        line = dict(hostile_lines(one, part))[worst[0]]
        cut = bool(times) and times[-1] == float("inf")
        times.append(float("inf") if cut else min(seconds(search(line)) for _ in range(2)))
    name = one.place if one.method == "finditer" else f"{one.place} ({one.method})"
    return Measured(name, worst[0], (times[0], times[1], times[2]))


def measure_text(name: str, limit: float = 60) -> Iterator[Measured]:
    """The stages of reading a hostile text at a quarter, half and all of its size."""
    size, make = TEXTS[name]
    runs: list[dict[str, float]] = []
    for part in (size // 4, size // 2, size):
        if runs and float("inf") in runs[-1].values():
            runs.append(runs[-1])
        else:
            runs.append(read_in_stages(make(part), limit))
    for stage in dict.fromkeys(stage for run in runs for stage in run):
        a, b, c = (run.get(stage, 0.0) for run in runs)
        yield Measured(stage, name, (max(a, 1e-9), max(b, 1e-9), max(c, 1e-9)))


def main() -> int:
    """Measure, print, and say by the exit code whether anything is slow."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--patterns", action="store_true", help="only the patterns")
    options.add_argument("--stages", action="store_true", help="only the stages of reading")
    options.add_argument("--only", default="", help="only patterns or texts whose name holds this")
    options.add_argument("--size", type=int, default=SIZE, help="characters of a hostile line")
    options.add_argument("--all", action="store_true", help="print the fast ones, too")
    given = options.parse_args()
    bad = 0
    if not given.stages:
        wanted = [p for p in every_pattern() if given.only in p.place]
        measured = sorted((measure_pattern(p, given.size) for p in wanted), key=lambda m: -m.times[2])
        bad += _print(f"{len(wanted)} patterns on {given.size:,} characters", measured, BOUND, 20, given.all)
    if not given.patterns:
        rows = [m for name in TEXTS if given.only in name for m in measure_text(name)]
        rows.sort(key=lambda m: -m.times[2])
        bad += _print(f"stages on {len(TEXTS)} texts", rows, STAGE_BOUND, 40, given.all)
    return 1 if bad else 0


def _print(title: str, rows: list[Measured], bound: float, top: int, everything: bool) -> int:
    slow = [row for row in rows if row.slow(bound)]
    say(f"{title}: {len(slow)} over {bound * 1000:.0f} ms or growing faster than linearly", HEAD)
    for i, row in enumerate(rows):
        if everything or i < top or row in slow:
            say(row.line(bound))
    say("")
    return len(slow)


if __name__ == "__main__":
    sys.exit(main())
