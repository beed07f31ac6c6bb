"""PDF becomes text: characters by pdfium, tables where a page has ruling lines. Runs in the child."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from loaders.errors import InputError
from loaders.formats.blocks import Block, Converted, render
from loaders.formats.lines import Glyph, Line, Page, line_of
from loaders.formats.paragraphs import paragraphs
from loaders.formats.ruling import MAX_SEGMENTS, Grid, Segment, grids

MAX_PAGES = 1000
MAX_CHARS = 2_000_000
MAX_FORMS = 8
"""How deep forms may include forms; what lies deeper draws no table."""

_OCR = "read it with an OCR program first and give the text that it writes"


def convert(data: bytes) -> Converted:
    """The text of a PDF; InputError when it is encrypted, damaged, too long or scanned throughout."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("", "is encrypted", "remove the password and save it again") from error
        raise InputError("", "is no sound PDF", "get the file again, or save it as DOCX or text") from error
    count = len(document)
    if count > MAX_PAGES:
        raise InputError("", f"has {count:,} pages (at most {MAX_PAGES:,})", "split it")
    if count == 0:
        raise InputError("", "has no pages", "get the file again")
    notes: list[str] = []
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        notes.append("文件内含 JavaScript 脚本，未执行")
    pages, empty, broken, chars = [], 0, 0, 0
    for number in range(count):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            notes.append(f"第 {number + 1} 页损坏，未能读取")
            broken += 1
            continue
        found, glyphs = _page(page, number + 1, notes)
        page.close()
        chars += glyphs
        empty += glyphs == 0
        if chars > MAX_CHARS:
            raise InputError(f"page {number + 1}", f"has more than {MAX_CHARS:,} characters", "split it")
        pages.append(found)
    if broken == count:
        raise InputError(f"{count} of {count} pages", "are damaged", "get the file again")
    if empty + broken == count:
        raise InputError(f"{count} of {count} pages", "have no text: scanned, needs OCR", _OCR)
    return Converted(render(paragraphs(pages)), tuple(notes))


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in the page's own coordinates, and how it is turned (clockwise)."""

    turned: int
    left: float
    bottom: float
    right: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as the reader of the page sees it, from the upper left corner."""
        if self.turned == 90:
            return y - self.bottom, x - self.left
        if self.turned == 180:
            return self.right - x, y - self.bottom
        if self.turned == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box as seen: left, top, right, bottom."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _page(page: pdfium.PdfPage, number: int, notes: list[str]) -> tuple[Page, int]:
    """A page in reading order and the number of its characters; what is odd about it goes to the notes."""
    width, height = page.get_size()
    frame = Frame(page.get_rotation(), *page.get_bbox())
    glyphs, unmapped = _glyphs(page, frame)
    solid = sum(not g.char.isspace() for g in glyphs)
    if solid == 0:
        pictures = next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH])), None)
        notes.append(f"第 {number} 页没有文字：{'疑为扫描件，需要 OCR' if pictures else '空白页'}")
        return Page(width, height), 0
    if unmapped:
        notes.append(f"第 {number} 页有 {unmapped} 个字符的字体没有文字对照，已略去")
    segments = _segments(page, frame)
    if len(segments) > MAX_SEGMENTS:
        notes.append(f"第 {number} 页线条过多，未按表格读取")
        segments = []
    tables = grids(segments) if len(segments) > 4 else []
    return Page(width, height, _in_order(glyphs, tables)), solid


def _in_order(glyphs: list[Glyph], tables: list[Grid]) -> list[Line | Block]:
    """Lines in the order of the page's content; a table stands where its first character did."""
    parts: list[Line | Block] = []
    done: set[int] = set()
    row: list[Glyph] = []

    def flush() -> None:
        line = line_of(row)
        if line:
            parts.append(line)
        row.clear()

    for glyph in glyphs:
        inside = next((i for i, grid in enumerate(tables) if not glyph.made and grid.holds(glyph)), None)
        if inside is not None:
            flush()
            filled = None if inside in done else tables[inside].fill(glyphs)
            done.add(inside)
            if filled:
                parts.append(filled)
        elif glyph.char in "\r\n":
            flush()
        else:
            row.append(glyph)
    flush()
    return parts


def _glyphs(page: pdfium.PdfPage, frame: Frame) -> tuple[list[Glyph], int]:
    """The characters of a page in content order, and how many of them had no meaning to give."""
    text = page.get_textpage()
    box, found, unmapped = raw.FS_RECTF(), [], 0
    high = 0
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            unmapped += 1
            continue
        made = raw.FPDFText_IsGenerated(text, i) == 1
        raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(box))
        size = raw.FPDFText_GetFontSize(text, i) or 1.0
        char = "-" if code == 2 else chr(code)
        left, top, right, bottom = frame.box(box.left, box.bottom, box.right, box.top)
        found.append(Glyph(char, left, top, right, bottom, _height(size, bottom - top), made))
    text.close()
    return found, unmapped


def _height(size: float, tall: float) -> float:
    """The size of a letter on the page: font size may be 1 under a scaling matrix, so its box decides."""
    return tall if tall > 0 and not 0.6 <= size / tall <= 1.6 else size


def _segments(page: pdfium.PdfPage, frame: Frame) -> list[Segment]:
    """The straight segments of the page's paths, thin rectangles as what they look like: lines."""
    found: list[Segment] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for path, matrix in _paths(page):
        start = last = (0.0, 0.0)
        for i in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, i)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = frame.point(*matrix.on_point(x.value, y.value))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                found.append((*last, *point))
            if raw.FPDFPathSegment_GetClose(segment):
                found.append((*point, *start))
            last = point
            if len(found) > MAX_SEGMENTS:
                return found
    return found


def _paths(page: pdfium.PdfPage) -> Iterator[tuple[ctypes.c_void_p, pdfium.PdfMatrix]]:
    """The paths of a page, also those in forms that it includes, with the way to page coordinates."""
    stack = [(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, pdfium.PdfMatrix(), 0)]
    while stack:
        holder, count, get, outer, depth = stack.pop()
        for i in range(count(holder)):
            item = get(holder, i)
            kind = raw.FPDFPageObj_GetType(item)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
                continue
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, ctypes.byref(own))
            matrix = pdfium.PdfMatrix.from_raw(own).multiply(outer)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield item, matrix
            elif depth < MAX_FORMS:
                stack.append(
                    (item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, matrix, depth + 1)
                )
