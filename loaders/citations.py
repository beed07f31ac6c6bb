"""Documents that a document cites by title, with their numbers and what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.records import Relation
from loaders.rules import load, words

_NUMBER = re.compile(
    r" {0,4}(?:\( {0,4})?(?P<n>[\u4e00-\u9fff]{1,10}[〔\[【]?(?:19|20)\d\d[〕\]】] ?\d{1,4} ?号"
    r"|[\u4e00-\u9fff、]{2,24}(?:公告|令)(?:19|20)\d\d年第\d{1,4}号)"
)
_TITLE_MARK = re.compile(r"[《》\n]")
_CLOSED_SOON = re.compile(r"[^《》。;:]{0,60}》")
BEFORE, AFTER = 400, 200
"""How many characters of the sentence before and after a title are searched for what it says of it."""

_RELATIONS: list[tuple[Relation, re.Pattern[str], re.Pattern[str]]] = [
    (r["relation"], re.compile(r["before"]), re.compile(r["after"])) for r in load("citations")["relations"]
]


@dataclass(frozen=True, slots=True)
class Cited:
    """One title at its first place: view offsets of the quote and of the words between the marks."""

    start: int
    end: int
    inner: tuple[int, int]
    title: str
    number: str | None
    relation: Relation
    occurrences: int


def titles_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The outermost 《…》 of the text, nested marks included; an unclosed one ends with its line.

    One that the lines of a title part is closed soon after, without a sentence or another title between.
    """
    stop = len(text) if end is None else end
    if text.find("《", start, stop) < 0:
        return
    depth, begin = 0, start
    for mark in _TITLE_MARK.finditer(text, start, stop):
        char = mark.group()
        if char == "《":
            if depth == 0:
                begin = mark.start()
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                yield begin, mark.end()
        elif char == "\n" and depth and not _CLOSED_SOON.match(text, mark.end(), stop):
            depth = 0


def find_citations(
    text: str, span: tuple[int, int], own_title: str | None, interprets: str | None
) -> list[Cited]:
    """The cited titles of `text[span]`, one record each, in the order of their first places.

    `《方案》` alone is the document under discussion: the one that a reading explains, else itself.
    """
    found: dict[str, Cited] = {}
    for start, end in titles_in(text, *span):
        inner = (start + 1, end - 1)
        title = " ".join(text[slice(*inner)].split())
        if not _is_document(title):
            continue
        relation = _relation(text, start, end)
        title, relation = _meant(title, relation, own_title, interprets, found)
        match = _NUMBER.match(text, end)
        number = _clean(match.group("n")) if match else None
        known = found.get(title)
        found[title] = (
            Cited(start, end, inner, title, number, relation, 1)
            if known is None
            else replace(
                known,
                number=known.number or number,
                relation=known.relation if known.relation != "cites" else relation,
                occurrences=known.occurrences + 1,
            )
        )
    return list(found.values())


def _is_document(title: str) -> bool:
    """Whether 《…》 names a document of government: no certificate, contract, book or broadcast."""
    spec = load("citations")
    bare = re.sub(r"(?<! ) *\([^()]{0,60}\)$", "", title)
    if not bare or bare in spec["not_documents"] or bare.endswith(tuple(spec["not_documents_end"])):
        return False
    return len(bare) > 6 or bare.endswith(tuple(spec["document_ends"]))


def _meant(
    title: str, relation: Relation, own: str | None, interprets: str | None, found: dict[str, Cited]
) -> tuple[str, Relation]:
    """The document that a title stands for: 《方案》 this one, 《纲要草案》 one cited before."""
    if title in words("citations", "self_names") or title == interprets:
        if interprets:
            return interprets, "interprets"
        if own:
            return own, "self"
    if own and _bare(title) == _bare(own) and not _years(title) - _years(own):
        return own, "self"
    if len(title) <= 8:
        full = [known for known in found if known != title and _bare(known).endswith(_bare(title))]
        if len(full) == 1:
            return full[0], relation
    return title, relation


def _clean(number: str) -> str:
    """A document number as it is printed: 赣发〔2022〕23号."""
    return re.sub(r"[〔\[【]?((?:19|20)\d\d)[〕\]】] ?(\d+) ?号", r"〔\1〕\2号", number)


def _years(title: str) -> set[str]:
    """The years in a title: 行动计划(2006-2008年) is not the one of 2011."""
    return set(re.findall(r"(?:19|20)\d\d", title))


def _bare(title: str) -> str:
    """A title without what copies leave out or add: marks, years, 的."""
    return re.sub(r"[\s()（）《》的~—–－～-]|\d{4}年?", "", title)


def _relation(text: str, start: int, end: int) -> Relation:
    """What the sentence says of the title; titles that follow one another share what leads them."""
    near, far = max(0, start - BEFORE), min(len(text), end + AFTER)
    begin = max(near, *(text.rfind(mark, near, start) + 1 for mark in "。;\n"))
    stop = min((at for at in (text.find(m, end, far) for m in "。\n") if at >= 0), default=far)
    before = re.sub(r"《[^《》]*》(?:\([^()]*\))?[、和及]?", "", text[begin:start])
    after = re.sub(r"^(?:\([^()]*\))?(?:[、和及]?《[^《》]*》(?:\([^()]*\))?)*", "", text[end:stop])
    for relation, lead, trail in _RELATIONS:
        if lead.search(before) and trail.search(after):
            return relation
    return "cites"
