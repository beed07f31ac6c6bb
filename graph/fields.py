"""The fields of policy that items belong to, told from their own words. Makes records, no triples.

An item belongs to every field that its heading names. Where the heading names none, it belongs to the field
that its own text, without that of the items inside it, names most often, if that is at least twice. Names of
responsible units and cited titles count for nothing; where nothing tells, an item belongs to no field.
The words are data: data/thesaurus/fields.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from graph.align_text import CITED, DUTY, normalise, title_span
from graph.align_thesaurus import FOLDER, Concept, Mention, Thesaurus, read_yaml, thesaurus
from loaders.errors import InputError
from loaders.records import AnyRecord, FieldAssignment, Item, Reading, Responsibility

FILE: Final = FOLDER / "fields.yaml"
HEADING_RULE: Final = "field_heading"
TEXT_RULE: Final = "field_text"
LEAST: Final = 2
"""Words of a field that a text must have where its heading has none: one alone may stand there by chance."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field (its notation in the ontology): the concepts and words that show it, and examples."""

    field: str
    concepts: tuple[str, ...]
    words: tuple[str, ...]
    traps: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@cache
def fields() -> tuple[FieldWords, ...]:
    """The fields of the word list; raises InputError for a malformed one."""
    return tuple(_entry(entry) for entry in read_yaml(FILE)["fields"])


def _entry(entry: dict[str, Any]) -> FieldWords:
    try:
        return FieldWords(
            field=entry["field"],
            concepts=tuple(entry["concepts"]),
            words=tuple(entry["words"]),
            traps=tuple(entry.get("except", ())),
            yes=tuple(entry["yes"]),
            no=tuple(entry["no"]),
        )
    except (KeyError, TypeError) as error:
        problem = f"malformed entry ({error!r})"
        raise InputError(f"{FILE}, field {entry!r:.60}", problem, "see README.md beside it") from error


@cache
def finder() -> Thesaurus:
    """Finds the words of every field."""
    known = thesaurus().concepts
    return Thesaurus(
        tuple(
            Concept(
                id=f.field,
                zh="",
                en="",
                terms=tuple(
                    dict.fromkeys((*f.words, *(t for concept in f.concepts for t in known[concept].terms)))
                ),
                broader=(),
                related={},
                weight=1.0,
                traps=tuple(
                    dict.fromkeys((*f.traps, *(t for concept in f.concepts for t in known[concept].traps)))
                ),
                yes=f.yes,
                no=f.no,
            )
            for f in fields()
        )
    )


def classified(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the field assignments of each item behind it; those they hold are made anew."""
    return [_classified(reading) for reading in readings]


def _classified(reading: Reading) -> Reading:
    items = sorted(reading.of(Item), key=lambda i: (i.start, -i.end, i.path))
    duties = [(d.start, d.end) for d in reading.of(Responsibility)]
    records: list[AnyRecord] = []
    for record in reading.records:
        if not isinstance(record, FieldAssignment):
            records.append(record)
        if isinstance(record, Item):
            records += _assignments(record, items, duties)
    return replace(reading, records=tuple(records))


def _assignments(
    item: Item, items: Sequence[Item], duties: Sequence[tuple[int, int]]
) -> Iterator[FieldAssignment]:
    """The fields of one item, each resting on the first word that shows it."""
    text = _own_text(item, items, duties)
    start, end = title_span(item)
    heading = _mentions(text, 0, end - item.start)
    if heading:
        firsts = {mention.concept: mention for mention in reversed(heading)}
        for field in sorted(firsts):
            yield _assignment(item, firsts[field], HEADING_RULE)
        return
    body = _mentions(text, start - item.start, len(text))
    counts = Counter(mention.concept for mention in body)
    most = max(counts.values(), default=0)
    if most >= LEAST:
        yield _assignment(item, next(m for m in body if counts[m.concept] == most), TEXT_RULE)


def _own_text(item: Item, items: Sequence[Item], duties: Sequence[tuple[int, int]]) -> str:
    """The text of an item, as long as it is; items inside it, duties and cited titles are blank."""
    text = list(item.quote)
    inner = [(i.start, i.end) for i in items if i.id != item.id and _inside(i, item)]
    printed = [m.span() for pattern in (DUTY, CITED) for m in pattern.finditer(item.quote)]
    spans = [(s - item.start, e - item.start) for s, e in (*inner, *duties)]
    for start, end in (*spans, *printed):
        low, high = max(start, 0), min(end, len(text))
        if low < high:
            text[low:high] = "\n" * (high - low)
    return "".join(text)


def _inside(inner: Item, outer: Item) -> bool:
    return inner.start >= outer.start and inner.end <= outer.end and inner.quote != outer.quote


def _mentions(text: str, start: int, end: int) -> list[Mention]:
    """The mentions in a part of a text, with offsets into the text as it is printed."""
    pieces: list[str] = []
    places: list[int] = []
    for offset in range(max(start, 0), min(end, len(text))):
        piece = "。" if text[offset] == "\n" else normalise(text[offset])
        pieces.append(piece)
        places += [offset] * len(piece)
    found = finder().mentions("".join(pieces))
    return [replace(m, start=places[m.start], end=places[m.end - 1] + 1) for m in found]


def _assignment(item: Item, mention: Mention, rule: str) -> FieldAssignment:
    document, _, key = item.id.split(":", 2)
    return FieldAssignment(
        id=f"{document}:field:{key}-{mention.concept}",
        document=item.document,
        quote=item.quote[mention.start : mention.end],
        start=item.start + mention.start,
        end=item.start + mention.end,
        rule=rule,
        item=item.id,
        field=mention.concept,
        word=mention.term,
    )
