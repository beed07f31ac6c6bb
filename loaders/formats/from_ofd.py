"""OFD (GB/T 33190) becomes text: TextCode by position, tables by drawn lines. Runs in the child.

OFD.xml names the documents, Document.xml the pages and templates, Content.xml the text objects.
Signatures, annotations, images and attachments are not read; the notes say where there are any.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from loaders.errors import InputError
from loaders.formats.archives import Archive
from loaders.formats.blocks import Block, Converted, render
from loaders.formats.lines import Glyph, Line, Page, lines_by_position
from loaders.formats.paragraphs import paragraphs
from loaders.formats.ruling import MAX_SEGMENTS, Segment, grids

MAX_PAGES = 2000
_POINTS = 72 / 25.4  # OFD measures in millimetres
_DAMAGED = "get the file again, or save it as PDF"
_ARITY = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Matrix = tuple[float, float, float, float, float, float]


def convert(data: bytes) -> Converted:
    """The text of an OFD file; InputError when it is damaged, unsafe or has no text."""
    archive = Archive(data)
    archive.check_xml()
    notes: list[str] = []
    pages: list[Page] = []
    for body in _all(archive.xml("OFD.xml"), "DocBody"):
        root = _one_text(body, "DocRoot")
        if root is None:
            raise InputError("OFD.xml", "names no document", _DAMAGED)
        if _one_text(body, "Signatures"):
            notes.append("文件有电子签章，未验证")
        _document(archive, _join("", root), pages, notes)
    if not any(page.parts for page in pages):
        raise InputError(f"{len(pages)} pages", "have no text: scanned, needs OCR", "read it by OCR first")
    return Converted(render(paragraphs(pages)), tuple(notes))


def _document(archive: Archive, name: str, pages: list[Page], notes: list[str]) -> None:
    """Append the pages of one document of the file."""
    root = archive.xml(name)
    area = next(_all(root, "PageArea"), None)
    templates = {t.get("ID"): _join(name, t.get("BaseLoc")) for t in _all(root, "TemplatePage")}
    if next(_all(root, "Attachments"), None) is not None:
        notes.append("文件带附件，未读取")
    holder = next(_all(root, "Pages"), None)
    for page in _all(holder, "Page") if holder is not None else ():
        if len(pages) >= MAX_PAGES:
            raise InputError(name, f"has more than {MAX_PAGES:,} pages", "split it")
        part = _join(name, page.get("BaseLoc"))
        content = archive.xml(part)
        used = [templates.get(t.get("TemplateID")) for t in _all(content, "Template")]
        found = _page([*(archive.xml(t) for t in used if t), content], _box(content, area))
        if not found.parts:
            notes.append(f"第 {len(pages) + 1} 页没有文字：疑为扫描件，需要 OCR")
        pages.append(found)


def _page(contents: list[etree._Element], box: tuple[float, float]) -> Page:
    """A page's lines and tables from above; templates lie under the page's own content."""
    glyphs: list[Glyph] = []
    segments: list[Segment] = []
    for content in contents:
        for item in content.iter("{*}TextObject"):
            glyphs.extend(_glyphs(item))
        for item in content.iter("{*}PathObject"):
            if len(segments) <= MAX_SEGMENTS:
                segments.extend(_segments(item))
    tables = grids(segments) if 4 < len(segments) <= MAX_SEGMENTS else []
    outside = [g for g in glyphs if not any(grid.holds(g) for grid in tables)]
    placed: list[tuple[float, Line | Block]] = [(line.top, line) for line in lines_by_position(outside)]
    for grid in tables:
        block = grid.fill(glyphs)
        if block:
            placed.append((grid.box[1], block))
    placed.sort(key=lambda p: p[0])
    return Page(*box, [part for _, part in placed])


def _glyphs(item: etree._Element) -> Iterator[Glyph]:
    """The characters of a text object, each in its box on the page."""
    left, top, *_ = _numbers(item.get("Boundary"), 4)
    matrix = _matrix(item)
    size = _number(item.get("Size")) or 3.0
    scale = abs(matrix[3]) or abs(matrix[1]) or 1.0
    wide = size * (_number(item.get("HScale")) or 1.0)
    x = y = 0.0
    for code in _all(item, "TextCode"):
        x = _number(code.get("X"), x)
        y = _number(code.get("Y"), y)
        chars = (code.text or "").replace("\n", "").replace("\r", "")
        steps_x, steps_y = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        at_x, at_y = x, y
        for i, char in enumerate(chars):
            width = wide * (0.5 if char.isascii() else 1.0)
            px, py = _apply(matrix, at_x, at_y)
            qx, _ = _apply(matrix, at_x + width, at_y)
            px, qx, py = (left + px) * _POINTS, (left + qx) * _POINTS, (top + py) * _POINTS
            high = size * scale * _POINTS
            if not char.isspace():
                yield Glyph(char, px, py - 0.85 * high, max(px, qx), py + 0.15 * high, high)
            if i < len(steps_x):
                at_x += steps_x[i]
            elif not steps_y:
                at_x += width
            if i < len(steps_y):
                at_y += steps_y[i]


def _segments(item: etree._Element) -> Iterator[Segment]:
    """The straight segments of a path object."""
    left, top, *_ = _numbers(item.get("Boundary"), 4)
    matrix = _matrix(item)
    start = last = (0.0, 0.0)
    path = next(_all(item, "AbbreviatedData"), None)
    words = iter(((path.text if path is not None else "") or "").split())
    for word in words:
        arity = _ARITY.get(word)
        if arity is None:
            return
        values = [_number(next(words, "0")) for _ in range(arity)]
        if word == "C":
            point = start
        else:
            px, py = _apply(matrix, values[-2], values[-1])
            point = ((left + px) * _POINTS, (top + py) * _POINTS)
        if word in "SM":
            start = point
        elif word in "LC":
            yield (*last, *point)
        last = point


def _deltas(text: str | None) -> list[float]:
    """The steps of DeltaX and DeltaY; `g 3 2.5` repeats 2.5 three times."""
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            times, step = int(_number(next(words, "0"))), _number(next(words, "0"))
            found.extend([step] * max(0, min(times, 100_000)))
        else:
            found.append(_number(word))
    return found


def _matrix(item: etree._Element) -> Matrix:
    a, b, c, d, e, f = _numbers(item.get("CTM") or "1 0 0 1 0 0", 6)
    return a, b, c, d, e, f


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _numbers(text: str | None, count: int) -> list[float]:
    found = [_number(word) for word in (text or "").split()[:count]]
    return found + [0.0] * (count - len(found))


def _number(word: str | None, otherwise: float = 0.0) -> float:
    """The number that an attribute holds; `otherwise` where it holds none."""
    found = re.fullmatch(r"\s*([-+]?(?:\d{1,9}\.?\d{0,9}|\.\d{1,9})(?:[eE][-+]?\d)?)\s*", word or "")
    return float(found.group(1)) if found else otherwise


def _box(content: etree._Element, area: etree._Element | None) -> tuple[float, float]:
    """Width and height of a page in points."""
    for holder in (next(_all(content, "Area"), None), area):
        box = _one_text(holder, "PhysicalBox") if holder is not None else None
        if box:
            _, _, width, height = _numbers(box, 4)
            return width * _POINTS, height * _POINTS
    return 210 * _POINTS, 297 * _POINTS


def _join(base: str, location: str | None) -> str:
    """The entry that a location in `base` names; InputError for one outside of the file."""
    if not location:
        raise InputError(base or "OFD.xml", "names a part without a place", _DAMAGED)
    location = location.strip()
    folder = "" if location.startswith("/") else posixpath.dirname(base)
    path = posixpath.normpath(posixpath.join(folder, location.lstrip("/")))
    if path.startswith(".."):
        raise InputError(base, "names a part outside of the file", "do not trust the file")
    return path


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements below `root` of a name, in whatever name space the file's version has."""
    yield from root.iter(f"{{*}}{name}")


def _one_text(root: etree._Element, name: str) -> str | None:
    found = next(_all(root, name), None)
    return found.text.strip() if found is not None and found.text else None
