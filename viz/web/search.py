"""Search over items, targets, units and documents, also by the initials of their pinyin. No HTML here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from queries.names import fold
from viz.pages.model import Label
from viz.web.links import document_page, unit_page
from viz.web.source import Source

KINDS = {
    "document": Label("文件", "Document"),
    "unit": Label("责任单位", "Unit"),
    "item": Label("条目", "Item"),
    "target": Label("目标", "Target"),
}
ASKED = ("documents", "units", "plan-tree", "targets")
"""The questions whose rows can be found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its kind, name, where it stands, page and IRI, and how it is searched."""

    kind: str
    name: str
    where: str
    href: str
    iri: str
    folded: str
    initials: str


def index(source: Source) -> list[Entry]:
    """Everything that can be found, documents first."""
    titles = {str(r["document"]): str(r["title"] or r["file"]) for r in source.rows("documents", lang="zh")}
    found = [
        _entry("document", title, "", document_page(document), document)
        for document, title in titles.items()
        if document in source.documents
    ]
    for row in source.rows("units", lang="zh"):
        aliases = str(row["aliases"] or "")
        unit = str(row["unit"])
        found.append(_entry("unit", str(row["unit_name"]), aliases, unit_page(unit), unit, aliases))
    for row in source.rows("plan-tree", lang="zh"):
        document = str(row["document"])
        if row["path"] is not None and document in source.documents:
            name = f"{row['path']} {row['title']}"
            page, item = document_page(document, row["start"]), str(row["item"])
            found.append(_entry("item", name, titles[document], page, item))
    for row in source.rows("targets", lang="zh"):
        document = str(row["document"])
        if document in source.documents:
            name = f"{row['indicator_name']} {row['figure'] or ''} {row['deadline'] or ''}".strip()
            page, target = document_page(document, row["start"]), str(row["target"])
            found.append(_entry("target", name, titles[document], page, target))
    return found


def search(entries: list[Entry], wanted: str) -> list[Entry]:
    """The entries that hold every wanted word, in text or initials; those that begin with it come first."""
    words = [fold(word) for word in wanted.split()]
    hits = [e for e in entries if all(w in e.folded or (w.isascii() and w in e.initials) for w in words if w)]
    return sorted(
        hits, key=lambda e: not (words and (e.folded.startswith(words[0]) or e.initials.startswith(words[0])))
    )


def _entry(kind: str, name: str, where: str, href: str, iri: str, more: str = "") -> Entry:
    folded = f"{initials(name)} {initials(more)}".strip()
    return Entry(kind, name, where, href, iri, fold(f"{name}{more}"), folded)


def initials(text: str) -> str:
    """The first letters of the characters' commonest readings; letters and figures as they are."""
    return "".join(map(_initial, text))


@lru_cache(maxsize=50_000)
def _initial(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    if character.isascii():
        return character.lower() if character.isalnum() else ""
    return str("".join(lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")))
