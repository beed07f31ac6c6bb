"""The frame of a document becomes records: itself, its sections, its items. What they say is in `claims`."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders import records as rec
from loaders.items import PlanItem, printed_path
from loaders.metadata import Metadata, one_line
from loaders.outline import Node
from loaders.trust import Judgement
from loaders.view import View


def digest(*parts: object) -> str:
    """Eight hexadecimal digits that stand for `parts`."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:8]


class Frame:
    """The records of one document in the making.

    Ids are `<document>:<type>:<key>`; keys come from what a record says (its path, its words), not
    from a running number, so that an edit elsewhere leaves them as they are; what says the same
    twice is told apart by `~2`, `~3` … in document order.
    """

    def __init__(
        self, text: str, view: View, name: str, sha256: str, meta: Metadata, trust: Judgement
    ) -> None:
        """Begin with the document record itself."""
        self.text, self.view, self.meta = text, view, meta
        self._keys: Counter[str] = Counter()
        self._records: list[rec.AnyRecord] = []
        self._nodes: list[Node] = []
        self._starts: list[int] = []
        self._sections: dict[int, rec.Section] = {}
        self._items: dict[int, rec.Item] = {}
        place = meta.place.jurisdiction
        self._document = document_id(meta, place.code if place else None, sha256)
        quote, start, end = view.quote(*(meta.title_span or self._first_line()))
        self._records.append(
            rec.Document(
                id=self._document,
                document=self._document,
                quote=quote,
                start=start,
                end=end,
                rule=f"title_{meta.title_basis or 'absent'}",
                title=meta.title,
                kind=meta.kind,
                interprets=meta.interprets,
                issuer=meta.issuer,
                publisher=meta.publisher,
                jurisdiction=place.full_name if place else None,
                jurisdiction_code=place.code if place else None,
                code_year=place.code_year if place else None,
                level=place.level if place else None,
                date=meta.date,
                date_basis=meta.date_basis,
                number=meta.number,
                index_number=meta.index_number,
                period_start=meta.period[0] if meta.period else None,
                period_end=meta.period[1] if meta.period else None,
                source_file=name,
                sha256=sha256,
                trust=trust[0],
                trust_reasons=trust[1],
                jurisdiction_basis=meta.place.basis,
                issuer_basis=meta.issuer_basis,
                title_basis=meta.title_basis,
            )
        )

    def _first_line(self) -> tuple[int, int]:
        match = re.search(r"\S[^\n]*", self.view.text)
        assert match is not None  # decode() lets no blank text pass
        return match.span()

    def _id(self, kind: str, key: str) -> str:
        base = f"{self._document}:{kind}:{key}"
        self._keys[base] += 1
        return base if self._keys[base] == 1 else f"{base}~{self._keys[base]}"

    def of(self, kind: type[rec.R]) -> list[rec.R]:
        """The records of one class so far."""
        return [r for r in self._records if isinstance(r, kind)]

    def finish(self) -> tuple[rec.AnyRecord, ...]:
        """All records: the document, then the others in the order of the text."""
        order = {
            kind: i
            for i, kind in enumerate(
                (
                    "section",
                    "item",
                    "target",
                    "goal",
                    "responsibility",
                    "citation",
                    "declaration",
                    "repair",
                    "conflict",
                )
            )
        }
        first, *others = self._records
        return (first, *sorted(others, key=lambda r: (r.start, order[r.type], r.end, r.id)))

    def sections(self, titles: Sequence[tuple[int, int]], nodes: Sequence[Node]) -> None:
        """Titles and headings; what hangs below a title has the last one before it as parent."""
        roots: list[tuple[int, str]] = []
        for span in titles:
            quote, start, end = self.view.quote(*span)
            words = one_line(self.view.words(*span))
            root = self._id("section", f"title-{digest(words)}")
            roots.append((start, root))
            self._records.append(
                rec.Section(
                    id=root, document=self._document, quote=quote, start=start, end=end,
                    rule="title", label=None, title=words, level=0, parent=None,
                )
            )  # fmt: skip
        ids: dict[int, str] = {}
        self._nodes, self._starts = list(nodes), [node.start for node in nodes]
        for node in nodes:
            if not node.heading:
                continue
            quote, start, end = self.view.quote(node.start, node.head_end)
            key = printed_path(node) or digest(self.view.words(node.title_start, node.head_end))
            title = next((title for at, title in reversed(roots) if at <= start), None)
            parent = next((ids[id(a)] for a in node.ancestors() if id(a) in ids), title)
            section = rec.Section(
                id=self._id("section", key),
                document=self._document,
                quote=quote,
                start=start,
                end=end,
                rule=f"heading_{node.style}",
                label=node.label,
                title=self.view.words(node.title_start, node.head_end),
                level=node.depth,
                parent=parent,
            )
            ids[id(node)] = section.id
            self._records.append(section)
            self._sections[id(node)] = section
            if node.lost_stop:
                self._lost_stop(node)

    def _lost_stop(self, node: Node) -> None:
        at = self.view.span(node.head_end - 1, node.head_end)[1]
        raw = self.text[at - 6 : at + 2]
        self._records.append(
            rec.Repair(
                id=self._id("repair", digest("lost_punctuation", raw)), document=self._document,
                quote=raw, start=at - 6, end=at + 2, rule="lost_punctuation", raw=raw,
                repaired=self.text[at - 6 : at] + "。" + self.text[at : at + 2], confidence=0.9, decided=True,
            )
        )  # fmt: skip

    def items(self, items: Sequence[PlanItem]) -> None:
        """The items, each with its parent item and the section that it stands in."""
        ids: dict[int, str] = {}
        for item in items:
            quote, start, end = self.view.quote(item.start, item.end)
            record = rec.Item(
                id=self._id("item", item.path),
                document=self._document,
                quote=quote,
                start=start,
                end=end,
                rule="item_heading" if item.node else "item_clause",
                kind=item.kind,
                label=item.label,
                path=item.path,
                title=self.view.words(*item.title),
                parent=ids.get(id(item.parent)) if item.parent else None,
                section=self._section_at(item.start + 1),
            )
            ids[id(item)] = record.id
            self._records.append(record)
            if item.node is not None and item.node.start == item.start:
                self._items[id(item.node)] = record

    def _around(self, at: int) -> Iterator[Node]:
        """The nodes around a view offset, the innermost first."""
        i = bisect_right(self._starts, at) - 1
        node = self._nodes[i] if i >= 0 else None
        while node is not None:
            if node.start <= at < node.end:
                yield node
            node = node.parent

    def _section_at(self, at: int) -> str | None:
        """The innermost section around a view offset."""
        found = (self._sections.get(id(node)) for node in self._around(at))
        return next((section.id for section in found if section), None)

    def _item_at(self, at: int) -> str | None:
        """The innermost item with a heading of its own around a view offset."""
        found = (self._items.get(id(node)) for node in self._around(at))
        return next((item.id for item in found if item), None)

    def stretches(self, body: tuple[int, int]) -> Iterator[tuple[tuple[int, int], list[str]]]:
        """The body cut at every label and heading, with the titles above each stretch, nearest first."""
        cuts = {body[0], body[1]}
        nodes = [node for node in self._nodes if node.style != "row"]  # a table is read as a whole
        for node in nodes:
            cuts |= {node.title_start, node.end}
            cuts |= {node.head_end} if node.heading else set()
        labels = {node.title_start: node.start for node in nodes}
        for start, end in pairwise(sorted(c for c in cuts if body[0] <= c <= body[1])):
            stop = labels.get(end, end)
            found = (self._sections.get(id(node)) for node in self._around(start))
            yield (start, stop if stop > start else end), [section.title for section in found if section]

    def listed(self) -> dict[str, int]:
        """How many parts and considerations the outline holds, where it holds any."""
        parts = Counter("part" for node in self._nodes if node.heading and node.style.startswith("part"))
        for node in self._nodes:
            section = self._sections.get(id(node))
            if section and "考虑" in section.title and node.children:
                parts["consideration"] = len(node.children)
        return dict(parts)


def document_id(meta: Metadata, code: str | None, sha256: str) -> str:
    """The id of a document: place, year, and a digest of issuer, number, date and title.

    It does not depend on the file's name; where nothing tells it from others, its bytes stand in.
    """
    said = (meta.issuer, meta.number, meta.date, meta.title)
    named = code is not None or meta.issuer is not None or meta.number is not None
    key = digest(*said) if named and any(said[1:]) else sha256[:8]
    year = (meta.date or "")[:4] or (str(meta.period[0]) if meta.period else "0000")
    return f"{code or '000000'}-{year}-{key}"
