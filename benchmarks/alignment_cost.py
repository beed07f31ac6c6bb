"""How the cost of aligning grows: documents made from fragments, at three sizes, one upper plan."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold import written
from graph.align_parallel import align_all
from graph.resolve import date_of
from loaders.read import read_document, read_text
from loaders.records import Item, Reading

PLAN = Path(__file__).resolve().parent.parent / "data" / "corpus" / "000_5b418620c0e82b13.txt"
SIZES = (250, 500, 1000)
ITEMS = 24
"""Items of a generated document, as many as the shipped district plan has."""
NUMERALS = "一二三四五六七八九十"
PLACES = (
    "南昌市",
    "赣州市",
    "九江市",
    "景德镇市",
    "宜春市",
    "上饶市",
    "吉安市",
    "抚州市",
    "新余市",
    "萍乡市",
)


def make_text(number: int) -> str:
    """A plan of a city: headings, items made of fragments of the written cases, figures of its own."""
    chance = random.Random(number)  # noqa: S311 - the same documents on every run
    items = [item for one in written().values() for item in one.reading.of(Item)]
    sentences = [s for item in items for s in item.quote.split("。")[1:] if s.strip()]
    lines = [f"{PLACES[number % len(PLACES)]}2024年科技创新工作要点（第{number}号）", "", "2024年3月1日", ""]
    for group in range(4):
        lines.append(f"{NUMERALS[group]}、{chance.choice(items).title}")
        for n in range(ITEMS // 4):
            body = "。".join(chance.sample(sentences, 3))
            lines.append(f"{n + 1}.{chance.choice(items).title}。{body}。新增企业{chance.randint(2, 90)}家。")
    return "\n".join(lines) + "\n"


def make_readings(count: int) -> Iterator[Reading]:
    """Readings of that many generated documents, one at a time."""
    for number in range(count):
        text = make_text(number)
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield read_text(text, f"made-{number:04}.txt", digest)


@dataclass(frozen=True, slots=True)
class Cost:
    """What it cost to read and to align documents: seconds on the clock and of all processors."""

    items: int
    records: int
    read: float
    align: float
    align_processors: float


def measure(count: int) -> Cost:
    """What it costs to read that many documents on one core and to align them on all cores."""
    upper = read_document(PLAN)
    start = time.perf_counter()
    readings = list(make_readings(count))
    read = time.perf_counter()
    before = _processors()
    records = align_all(readings, upper, upper_date=date_of(upper.document))
    done = time.perf_counter()
    items = len({record.subject for record in records})
    return Cost(items, len(records), read - start, done - read, _processors() - before)


def _processors() -> float:
    """Seconds that this process and those that it has waited for have spent on processors."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def cost_table(sizes: Sequence[int] = SIZES) -> str:
    """The table: seconds, and the ratio of processor seconds to the size before; about 2 is linear.

    `align s` is what passed on the clock, on all cores; `cpu s` what it took of all processors together.
    """
    measure(2)
    heads = ("documents", "items", "records", "read s", "align s", "cpu s", "ratio", "MiB")
    lines = ["".join(f"{head:>10}" for head in heads)]
    before = 0.0
    for count in sizes:
        cost = measure(count)
        ratio = f"{cost.align_processors / before:.2f}" if before else ""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        seconds = [f"{value:.1f}" for value in (cost.read, cost.align, cost.align_processors)]
        cells = (count, cost.items, cost.records, *seconds, ratio, memory)
        lines.append("".join(f"{cell:>10}" for cell in cells))
        before = cost.align_processors
    return "\n".join(lines)
