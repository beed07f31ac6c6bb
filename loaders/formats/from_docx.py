"""DOCX becomes text, as it would be printed without headers and footers. Runs in the child.

Tracked deletions and hidden text are left out, insertions are in; numbers that Word adds are written
out by `numbering`; footnotes and endnotes follow the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from loaders.errors import InputError
from loaders.formats.archives import Archive, parse_xml
from loaders.formats.blocks import Block, Converted, Table, render, table, unwrap
from loaders.formats.numbering import Numbering, W, number_in

_SAVE = "open it in Word or WPS and save it again"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LEFT_OUT = {f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delText", "rt", "comment")}
_BREAKS = {f"{W}br", f"{W}cr"}


def convert(data: bytes) -> Converted:
    """The text of a DOCX file; InputError when it is damaged, unsafe or holds no text."""
    archive = Archive(data)
    archive.check_xml()
    archive.xml("word/document.xml")
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise InputError("", "is a Word document with macros, which is not read", "save it as DOCX")
    try:
        document = Document(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # python-docx throws whatever it stumbles over
        raise InputError("", f"is no sound DOCX ({type(error).__name__})", _SAVE) from error
    body = getattr(document.element, "body", None)
    if body is None:
        raise InputError("", "is no sound DOCX (no body)", _SAVE)
    reader = _Reader(document)
    blocks = list(reader.blocks(body))
    for kind, label in ((RELATIONSHIP_TYPE.FOOTNOTES, "注"), (RELATIONSHIP_TYPE.ENDNOTES, "尾注")):
        blocks.extend(reader.notes_of(kind, label))
    return Converted(render(blocks), tuple(reader.remarks()))


class _Reader:
    """Walks the parts of one document; counts what is left out."""

    def __init__(self, document: object) -> None:
        self._part = document.part  # type: ignore[attr-defined]
        self._numbering = Numbering(self._related(RELATIONSHIP_TYPE.NUMBERING))
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        styles = self._related(RELATIONSHIP_TYPE.STYLES)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            key = style.get(f"{W}styleId") or ""
            self._styles[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._default = key
        self._boxes: list[etree._Element] = []
        self._deleted = self._hidden = self._chunks = 0

    def remarks(self) -> Iterator[str]:
        """What a person must know, in Chinese."""
        if self._deleted:
            yield f"有 {self._deleted} 处修订标记的删除内容，已略去"
        if self._hidden:
            yield f"有 {self._hidden} 处隐藏文字，已略去"
        if self._chunks:
            yield f"有 {self._chunks} 处嵌入的外部文档，未读取"

    def blocks(self, holder: etree._Element) -> Iterator[Block | None]:
        """The paragraphs and tables below an element, in document order."""
        for child in holder:
            if child.tag == f"{W}p":
                yield self.paragraph(child)
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}altChunk":
                self._chunks += 1
            elif child.tag in {f"{W}del", f"{W}moveFrom"}:
                self._deleted += 1
            elif isinstance(child.tag, str) and child.tag != f"{W}sectPr":
                yield from self.blocks(_preferred(child))

    def paragraph(self, paragraph: etree._Element) -> str:
        """The text of a paragraph with its number."""
        text = "".join(self._text(paragraph))
        return self._label(paragraph) + text.lstrip() if text.strip() else ""

    def notes_of(self, kind: str, label: str) -> Iterator[Block]:
        """The footnotes or endnotes, numbered as they are printed."""
        root = self._related(kind)
        number = 0
        for note in root if root is not None else ():
            if note.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
                continue
            number += 1
            text = "".join(part for part in self._flat(note))
            if text.strip():
                yield f"{label}{number}：{text.strip()}"

    def _related(self, kind: str) -> etree._Element | None:
        """The root of the part that the document points to by a relationship type."""
        for relation in self._part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                return parse_xml(relation.target_part.blob, str(relation.target_part.partname))
        return None

    def _text(self, item: etree._Element) -> Iterator[str]:
        """The pieces of visible text below an element."""
        for child in item:
            tag = child.tag
            if tag in {f"{W}t", f"{_M}t"}:
                yield child.text or ""
            elif tag in {f"{W}del", f"{W}moveFrom"}:
                self._deleted += 1
            elif tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            elif tag == f"{W}r" and self._is_hidden(child):
                self._hidden += 1
            elif tag == f"{W}tab":
                yield " "
            elif tag in _BREAKS:
                yield "" if child.get(f"{W}type") in {"page", "column"} else "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                yield _symbol(child.get(f"{W}char"))
            elif tag == f"{W}txbxContent":
                self._boxes.append(child)
            else:
                yield from self._text(_preferred(child))

    def _is_hidden(self, run: etree._Element) -> bool:
        vanish = run.find(f"{W}rPr/{W}vanish")
        return vanish is not None and vanish.get(f"{W}val", "1") not in {"0", "false", "off"}

    def _label(self, paragraph: etree._Element) -> str:
        """The number of a paragraph, its own or its style's; counting goes on with each call."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else self._default
        num, level = _num_pr(paragraph.find(f"{W}pPr/{W}numPr"))
        tied = None
        seen: set[str] = set()
        while (num is None or level is None) and name and name not in seen and name in self._styles:
            seen.add(name)
            theirs, at = _num_pr(self._styles[name].find(f"{W}pPr/{W}numPr"))
            if num is None and theirs is not None:
                num, tied = theirs, name
            level = at if level is None else level
            based = self._styles[name].find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None
        if num is None or num == "0":
            return ""
        if level is None:
            level = self._numbering.level_of_style(num, tied) if tied else 0
        return self._numbering.next(num, level)

    def _table(self, item: etree._Element) -> Iterator[Block | None]:
        """The rows of a table; a box of one cell, or cells that hold whole texts, are paragraphs."""
        rows: list[list[str]] = []
        texts: list[Block | None] = []
        for row in _below(item, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._deleted += 1
                continue
            cells: list[str] = []
            for cell in _below(row, f"{W}tc"):
                blocks = list(self.blocks(cell))
                texts.extend(blocks)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(f"{W}val") != "restart"
                cells.append("" if goes_on else " ".join(filter(None, map(_as_cell, blocks))))
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = number_in(span.get(f"{W}val"), 1) if span is not None else 1
                cells.extend([""] * (min(wide, 64) - 1))
            rows.append(cells)
        filled = [[cell for cell in row if cell] for row in rows]
        if all(len(row) <= 1 for row in filled):
            yield from texts
        else:
            yield table(rows)

    def _flat(self, holder: etree._Element) -> Iterator[str]:
        for paragraph in holder.iter(f"{W}p"):
            yield from self._text(paragraph)
            yield " "


def _below(holder: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows or cells of a holder, also inside content controls."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _below(child, tag)


def _preferred(item: etree._Element) -> etree._Element:
    """Of alternative contents the first choice; any other element itself."""
    if item.tag != f"{_MC}AlternateContent":
        return item
    choice = item.find(f"{_MC}Choice")
    return choice if choice is not None else item


def _as_cell(block: Block | None) -> str:
    """A block inside a cell, on one line."""
    if isinstance(block, Table):
        return " ".join(cell for row in block.rows for cell in row if cell)
    return unwrap(block or "")


def _num_pr(item: etree._Element | None) -> tuple[str | None, int | None]:
    """The list and level that a numPr names."""
    if item is None:
        return None, None
    num, level = item.find(f"{W}numId"), item.find(f"{W}ilvl")
    return (
        num.get(f"{W}val") if num is not None else None,
        number_in(level.get(f"{W}val"), 0) if level is not None else None,
    )


def _symbol(code: str | None) -> str:
    """A symbol that a font draws: nothing where it stands in a private area."""
    try:
        char = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= char <= "\uf8ff" else char
