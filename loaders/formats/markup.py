"""Lists and tables of a web page: numbers that a browser adds are written out, data tables taken out."""

from __future__ import annotations

import re

from loaders.formats.blocks import Block, table, unwrap
from loaders.formats.numbering import FORMATS
from loaders.formats.page import EDGE, Item, Page

_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-latin": "lowerLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
    "none": "none",
}
_LABELLED = re.compile(r"[\s(（第]*(?:\d|[一二三四五六七八九十]+[、)）.．章节条]|[①-⑳])")
_MAX_CELL = 1500
_MAX_SPAN = 64
_MAX_COLUMNS = 256


def number_lists(page: Page) -> None:
    """Write the number of each item of an ordered list in front of it, where it does not stand there."""
    for holder in page.root.below("ol"):
        form = _form(holder)
        names = holder.node.attributes
        number = _int(names.get("start"), 1)
        for item in holder.children:
            if item.tag != "li":
                continue
            number = _int(item.node.attributes.get("value"), number)
            label = FORMATS[form](number)
            first = item.node.first_child
            if label and first is not None and not _LABELLED.match(page.text(item).replace(EDGE, "")):
                first.insert_before(f"{label}、" if form.startswith(("chinese", "ideo")) else f"{label}. ")
            number += 1


def take_tables(page: Page, mark: str) -> list[Block]:
    """The data tables of a page; each is replaced by its number between marks, tables for layout stay."""
    found: list[Block] = []
    for item in list(page.root.below("table")):
        if next(item.below("table"), None) is not None:
            continue
        block = table(_rows(page, item)) if _is_data(page, item) else None
        if block is not None and not isinstance(block, str):
            item.node.insert_before(f"{mark}{len(found)}{mark}")
            item.node.decompose()
            found.append(block)
    return found


def _is_data(page: Page, item: Item) -> bool:
    """Whether a table holds data: rows and columns of short cells, and no heading of the page."""
    rows = list(item.below("tr"))
    cells = list(item.below("td", "th"))
    wide = max((sum(c.tag in {"td", "th"} for c in row.children) for row in rows), default=0)
    if len(rows) < 2 or wide < 2 or next(item.below("h1"), None) is not None:
        return False
    sizes = sorted(len(page.text(cell).replace(EDGE, "").strip()) for cell in cells)
    return sizes[len(sizes) // 2] <= 80 and sizes[-1] <= _MAX_CELL


def _rows(page: Page, item: Item) -> list[list[str]]:
    """The cells by row; a cell that spans several leaves empty ones behind, so that columns stay aligned."""
    rows: list[list[str]] = []
    held: dict[int, int] = {}  # column: rows that a cell above still covers
    for row in item.below("tr"):
        out: list[str] = []
        for cell in row.children:
            if cell.tag not in {"td", "th"}:
                continue
            while held.get(len(out), 0) > 0:
                held[len(out)] -= 1
                out.append("")
            names = cell.node.attributes
            across = max(1, min(_int(names.get("colspan"), 1), _MAX_SPAN))
            down = max(1, min(_int(names.get("rowspan"), 1), 1000))
            text = re.sub(rf"{EDGE}+", "", page.text(cell)) if not _has_blocks(cell) else _parted(page, cell)
            for i in range(min(across, _MAX_COLUMNS - len(out))):
                held[len(out)] = down - 1
                out.append(unwrap(text) if i == 0 else "")
        while held.get(len(out), 0) > 0:
            held[len(out)] -= 1
            out.append("")
        rows.append(out)
    return rows


def _has_blocks(cell: Item) -> bool:
    return next(cell.below("p", "div", "li"), None) is not None


def _parted(page: Page, cell: Item) -> str:
    """The text of a cell of several paragraphs, a space between them."""
    parts = [page.text(x).replace(EDGE, "") for x in cell.below("p", "div", "li") if not _has_blocks(x)]
    joined = " ".join(part.replace("\n", "") for part in parts if part.strip())
    whole = page.text(cell).replace(EDGE, "")
    return joined if len(re.sub(r"\s", "", joined)) == len(re.sub(r"\s", "", whole)) else whole


def _form(holder: Item) -> str:
    names = holder.node.attributes
    style = re.search(r"list-style(?:-type)?\s*:\s*([a-z-]+)", names.get("style") or "")
    if style and style.group(1) in _STYLES:
        return _STYLES[style.group(1)]
    return _TYPES.get(names.get("type") or "", "decimal")


def _int(text: str | None, otherwise: int) -> int:
    figure = re.fullmatch(r"\s*([0-9]{1,5})\s*", text or "")
    return int(figure[1]) if figure else otherwise
