"""What of an item is compared: its leaf items, zones of text and title span. No scoring lives here."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import zip_longest

from loaders.records import Item, Reading, Responsibility, Section

DUTY = re.compile(r"[(（]\s*(?:责\s*任|牵\s*头|配\s*合|主\s*办)\s*(?:单\s*位|部\s*门)[^()（）]*[)）]?")
"""A list of responsible units in parentheses: whose duty it is, not what the item is about."""
CITED = re.compile(r"《[^《》]*》")
SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
SENTENCE_END = re.compile(r"[。;；\n]")


@dataclass(frozen=True, slots=True)
class Zones:
    """The text of one item by how much it tells: normalised, without spaces."""

    title: str
    body: str
    cited: str
    """Titles of documents that the body cites: they say on what an item rests, seldom what it does."""
    context: str
    """Titles of the groups and sections above the item."""


def normalise(text: str) -> str:
    """The text in NFKC without any space (drafts are full of stray ones), for comparison only."""
    return SPACE.sub("", unicodedata.normalize("NFKC", text))


def leaves(reading: Reading) -> list[Item]:
    """The items that hold no other item, by parent or by span, in order of place and path."""
    items = sorted(reading.of(Item), key=lambda i: (i.start, -i.end, i.path))
    parents = {item.parent for item in items}
    return [
        item
        for item, after in zip_longest(items, items[1:])
        if item.id not in parents and (after is None or after.start >= item.end)
    ]


def tasks_of(reading: Reading) -> list[Item]:
    """What of an upper document can be answered: its tasks, and leaf measures outside any task."""
    tasks = [item for item in reading.of(Item) if item.kind == "task"]
    inside = {task.id for task in tasks}
    alone = [i for i in leaves(reading) if i.kind == "measure" and i.parent not in inside]
    return sorted((*tasks, *alone), key=lambda i: (i.start, i.path))


def _printed_end(quote: str, wanted: str) -> int | None:
    """Where `wanted` (normalised) ends at the head of `quote`, spaces aside; None if it is not there."""
    position = 0
    for offset, char in enumerate(quote):
        piece = normalise(char)
        if not wanted.startswith(piece, position):
            return None
        position += len(piece)
        if position == len(wanted):
            return offset + 1
    return None


def title_span(item: Item) -> tuple[int, int]:
    """The span of label and title in the source text.

    A title may hold repaired characters that the text has not: then the span is the first sentence.
    """
    label, title = normalise(item.label or ""), normalise(item.title)
    lead = len(item.quote) - len(item.quote.lstrip())
    for wanted in (label + title, title):
        end = _printed_end(item.quote, wanted)
        if end is not None:
            return item.start + lead, item.start + end
    place = item.quote.find(item.title)
    if 0 <= place <= lead + len(label) + 2:
        return item.start + lead, item.start + place + len(item.title)
    sentence = SENTENCE_END.search(item.quote, lead + 1)
    return item.start + lead, item.start + (sentence.start() if sentence else len(item.quote.rstrip()))


class Surroundings:
    """What stands above and inside the items of a reading, looked up once for all of them."""

    def __init__(self, reading: Reading) -> None:
        """Index items, sections and the units in duty lists."""
        self._items = {item.id: item for item in reading.of(Item)}
        self._sections = {section.id: section for section in reading.of(Section)}
        duties = (duty for duty in reading.of(Responsibility) if duty.basis == "list")
        self._duties = sorted((duty.start, duty.end) for duty in duties)

    def titles_above(self, item: Item) -> list[str]:
        """Titles of the items and sections that hold the item, the nearest first, the document's left out."""
        titles: list[str] = []
        parent = self._items.get(item.parent or "")
        while parent is not None:
            titles.append(parent.title)
            parent = self._items.get(parent.parent or "")
        section = self._sections.get(item.section or "")
        while section is not None and section.level > 0:
            if not item.title.startswith(section.title) and section.title not in titles:
                titles.append(section.title)
            section = self._sections.get(section.parent or "")
        return titles

    def zones(self, item: Item) -> Zones:
        """The zones of an item, with unit lists and names of responsible units left out."""
        text = list(item.quote)
        for start, end in self._duties[bisect_left(self._duties, (item.start, 0)) :]:
            if start >= item.end:
                break
            last = min(end, item.end)
            text[start - item.start : last - item.start] = " " * (last - start)
        body = DUTY.sub("。", "".join(text))
        cited = "".join(CITED.findall(body))
        body = normalise(CITED.sub(" ", body))
        title = normalise(item.title)
        body = body.removeprefix(normalise(item.label or "") + title)
        return Zones(
            title=title,
            body=body.lstrip("。,:;"),
            cited=normalise(cited),
            context="。".join(normalise(title) for title in self.titles_above(item)[:2]),
        )
