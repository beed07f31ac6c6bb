"""How long a ledger of fifty thousand lines takes to write, and how much memory; one process a form.

    python -m benchmarks.ledger [--lines 50000] [--forms xlsx csv docx]

The lines are those of the shipped corpus over and over, each with a code and passage of its own. Seconds are
processor seconds; the clock shows more where other programs use the machine.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks.stages import say
from graph.build import build
from graph.desk import Desk
from graph.ledger import Ledger, Sheet, ledger
from graph.ledger_line import Line
from graph.ledger_tables import csv_rows
from graph.standing import standing
from graph.store import Store
from loaders.guard import guarded_csv
from viz.ledger_docx import write_docx
from viz.ledger_xlsx import write_xlsx

LIMITS = {"xlsx": (30, 1024)}
"""Seconds and MiB that a workbook of 50,000 lines may take."""
FORMS = ("xlsx", "csv", "docx")


def many(made: Ledger, count: int) -> Ledger:
    """The ledger with as many lines, each resting on a passage of its own."""

    def line(number: int, one: Line) -> Line:
        code = f"{number:08x}"
        return replace(one, code=code, evidence=replace(one.evidence, code=code))

    own = [line(n, one) for n, one in enumerate(islice(cycle(made.sheets[0].lines), count))]
    return replace(made, sheets=(Sheet(made.sheets[0].name, own),))


def measure(store: Path, form: str, count: int) -> None:
    """Writes one ledger in this process and prints seconds, the highest memory and the size of the file."""
    desk = Desk(Store.open(store))
    large = many(ledger(desk, standing(desk, ["ledger"])), count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{form}"
        start, used = time.perf_counter(), time.process_time()
        if form == "xlsx":
            write_xlsx(large, path)
        elif form == "docx":
            write_docx(large, path)
        else:
            path.write_text(guarded_csv(csv_rows(large)), encoding="utf-8-sig", newline="")
        seconds, used = time.perf_counter() - start, time.process_time() - used
        mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        limit = LIMITS.get(form)
        verdict = "" if limit is None else "ok" if used < limit[0] and mib < limit[1] else "TOO MUCH"
        size = path.stat().st_size / 2**20
        took = f"{used:>8.1f} s (clock {seconds:.1f} s){mib:>8.0f} MiB"
        say(f"{form:<6}{count:>8} lines{took}{size:>8.1f} MB on disk  {verdict}")


def main() -> None:
    """Builds the shipped corpus once and measures each form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--forms", nargs="+", default=["xlsx", "csv"], choices=FORMS)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(Path(given.one), given.forms[0], given.lines)
        return
    with tempfile.TemporaryDirectory() as folder:
        build([], Path(folder) / "store")
        for form in given.forms:
            command = [sys.executable, "-m", "benchmarks.ledger", "--one", f"{folder}/store"]
            command += ["--forms", form, "--lines", str(given.lines)]
            subprocess.run(command, check=True)  # noqa: S603 - this very program


if __name__ == "__main__":
    main()
