"""How the cost of aligning grows: documents made from fragments, at three sizes, one upper plan."""

from __future__ import annotations

import hashlib
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.gold import written
from graph.align import align
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


def measure(count: int) -> tuple[int, int, float, float]:
    """Items, alignments, seconds of reading and seconds of aligning that many documents."""
    upper = read_document(PLAN)
    start = time.perf_counter()
    readings = list(make_readings(count))
    read = time.perf_counter()
    records = align(readings, upper, upper_date=date_of(upper.document))
    done = time.perf_counter()
    items = len({record.subject for record in records})
    return items, len(records), read - start, done - read


def cost_table() -> str:
    """The table: seconds, and the ratio to the size before; about 2 is linear."""
    measure(2)
    lines = [
        f"{'documents':>9} {'items':>7} {'records':>8} {'read s':>8} {'align s':>8} {'ratio':>6} {'MiB':>6}"
    ]
    before = 0.0
    for count in SIZES:
        items, records, reading, aligning = measure(count)
        ratio = f"{aligning / before:.2f}" if before else ""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        lines.append(
            f"{count:>9} {items:>7} {records:>8} {reading:>8.1f} {aligning:>8.1f} {ratio:>6} {memory:>6}"
        )
        before = aligning
    return "\n".join(lines)
