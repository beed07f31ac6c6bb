"""Word files: pages, tables with set grids, links within the file. The same content gives the same bytes.

Tables are written as XML, as python-docx looks for every cell anew and a ledger has thousands of rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from viz.legal import clean

BODY_FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
MARGIN: Final = 1.5
"""Centimetres."""
TWIPS: Final = 567
"""Twentieths of a point in a centimetre."""
PAPERS: Final = {"A3": (42.0, 29.7), "A4": (29.7, 21.0)}
"""Long and short side, centimetres."""
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)

Cell = str | int
Link = tuple[str, str]
"""The name of a bookmark of this file, or an address with a slash, and the text that leads there."""


class WordFile:
    """A Word file in the making: headings, paragraphs and tables, one after the other."""

    def __init__(self, title: str, paper: str, *, landscape: bool = True) -> None:
        """An empty file with that title, on paper of PAPERS."""
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        self.document: Any = Document()
        self._bookmarks = 0
        section = self.document.sections[0]
        long, short = PAPERS[paper]
        width, height = (long, short) if landscape else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(width), Cm(height)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(MARGIN))
        self.room = width - 2 * MARGIN
        for style, font, size in (("Normal", BODY_FONT, 9), ("Heading 1", HEAD_FONT, 16)):
            self._style(style, font, size)
        self._style("Heading 2", HEAD_FONT, 12)
        self._count_pages(section.footer.paragraphs[0])
        core = self.document.core_properties
        core.title, core.author, core.comments = title, "", ""
        core.created = core.modified = datetime(2000, 1, 1)

    def _style(self, name: str, font: str, size: int) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        style = self.document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(kind), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            if fonts.get(qn(theme)) is not None:
                del fonts.attrib[qn(theme)]

    def _count_pages(self, paragraph: Any) -> None:
        """The number of each page and of all, in the middle at its foot."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for before, code in (("", "PAGE"), (" / ", "NUMPAGES")):
            paragraph.add_run(before)
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            paragraph._p.append(field)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading."""
        self.document.add_heading(clean(text), level)

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """A paragraph of plain text."""
        run = self.document.add_paragraph().add_run(clean(text))
        run.bold = bold

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self.document.add_page_break()

    def table(
        self,
        headings: Sequence[str],
        rows: Iterable[Sequence[Cell | Link]],
        widths: Sequence[float],
        *,
        names: Sequence[str] = (),
        bold_last: bool = False,
        size: float = 7.5,
    ) -> None:
        """A table whose grid takes the whole width in the proportion of `widths`, its header on every page.

        `names` are bookmarks at the rows, in their order.
        """
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from lxml.etree import SubElement

        known = cache(qn)

        def child(parent: Any, tag: str, **attributes: str) -> Any:
            return SubElement(parent, known(tag), {known(f"w:{k}"): v for k, v in attributes.items()})

        grid = [round(w / sum(widths) * self.room * TWIPS) for w in widths]
        table = OxmlElement("w:tbl")
        properties = child(table, "w:tblPr")
        child(properties, "w:tblW", w=str(sum(grid)), type="dxa")
        borders = child(properties, "w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            child(borders, f"w:{side}", val="single", sz="4", space="0", color="999999")
        child(properties, "w:tblLayout", type="fixed")
        margins = child(properties, "w:tblCellMar")
        for side in ("left", "right"):
            child(margins, f"w:{side}", w="50", type="dxa")
        columns = child(table, "w:tblGrid")
        for width in grid:
            child(columns, "w:gridCol", w=str(width))
        half_points = str(round(size * 2))

        def run_of(parent: Any, text: str, *, bold: bool, link: bool = False) -> None:
            run = child(parent, "w:r")
            properties = child(run, "w:rPr")
            if bold:
                child(properties, "w:b")
            if link:
                child(properties, "w:color", val="1F4E79")
            child(properties, "w:sz", val=half_points)
            child(properties, "w:szCs", val=half_points)
            if link:
                child(properties, "w:u", val="single")
            for number, part in enumerate(clean(text).split("\n")):
                if number:
                    child(run, "w:br")
                node = child(run, "w:t")
                node.text = part
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

        def row_of(cells: Sequence[Cell | Link], *, head: bool, bold: bool, name: str | None) -> None:
            row = child(table, "w:tr")
            properties = child(row, "w:trPr")
            child(properties, "w:cantSplit")
            if head:
                child(properties, "w:tblHeader")
            for column, (cell, width) in enumerate(zip(cells, grid, strict=True)):
                box = child(row, "w:tc")
                own = child(box, "w:tcPr")
                child(own, "w:tcW", w=str(width), type="dxa")
                if head:
                    child(own, "w:shd", val="clear", color="auto", fill="E4DCCB")
                paragraph = child(box, "w:p")
                child(child(paragraph, "w:pPr"), "w:spacing", before="0", after="0")
                if name is not None and column == 0:
                    self._bookmarks += 1
                    child(paragraph, "w:bookmarkStart", id=str(self._bookmarks), name=name)
                    child(paragraph, "w:bookmarkEnd", id=str(self._bookmarks))
                if isinstance(cell, tuple):
                    link = child(paragraph, "w:hyperlink")
                    if "/" in cell[0]:
                        place = self.document.part.relate_to(
                            cell[0], RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                        )
                        link.set(qn("r:id"), place)
                    else:
                        link.set(qn("w:anchor"), cell[0])
                    run_of(link, cell[1], bold=bold, link=True)
                elif cell != "":
                    run_of(paragraph, str(cell), bold=bold)

        row_of(headings, head=True, bold=True, name=None)
        listed = list(rows)
        for number, cells in enumerate(listed):
            last = bold_last and number == len(listed) - 1
            row_of(cells, head=False, bold=last, name=names[number] if number < len(names) else None)
        body = self.document.element.body
        body.insert(len(body) - 1, table)
        self.document.add_paragraph()

    def save(self, path: Path) -> None:
        """Writes the file, without the clock that ZIP entries carry."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        with zipfile.ZipFile(buffer) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in given.infolist():
                info = zipfile.ZipInfo(entry.filename, EARLIEST)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
                target.writestr(info, given.read(entry))
