"""HTML becomes text: metadata block, title, main text, tables. Runs in the child.

The page is decoded here, cleaned and read for structure by selectolax (`page`, `fields`), its main
text found by resiliparse; trafilatura, then the whole page, stand in where that loses sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from resiliparse.extract.html2text import extract_plain_text

from loaders.decode import decode_any
from loaders.errors import InputError
from loaders.formats.blocks import Block, Converted, Table, collapse, render, table
from loaders.formats.fields import TITLES, Field, conflicts, take_fields
from loaders.formats.markup import number_lists, take_tables
from loaders.formats.page import BLOCKS, EDGE, WORDS, Page

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([A-Za-z0-9_-]{2,20})", re.I)
_WRAPPED = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef])[ \t]*\r?\n[ \t]*(?=[\u3001-\u9fff\uff00-\uffef])")
_KIND = re.compile(rf"(?:{'|'.join(WORDS['kinds'])})\W*$")
_METAS = (("pubdate", "发布日期"), ("contentsource", "来源"))
_ENOUGH = 0.95
_MAX_CHECKED = 2000


def convert(data: bytes) -> Converted:
    """The text of a web page; InputError when it holds none."""
    hint = _CHARSET.search(data[:4096])
    decoded = decode_any(data, "", hint.group(1).decode() if hint else None)
    notes = []
    if decoded.encoding not in {"utf-8", "gb18030", "utf-16", "utf-32"}:
        notes.append(f"按 {'Big5' if decoded.encoding in {'big5hkscs', 'cp950'} else decoded.encoding} 解码")
    if decoded.replaced:
        notes.append(f"解码时有 {decoded.replaced} 个字符无法识别，已用 U+FFFD 代替")
    source = decoded.text.removeprefix("\ufeff").replace("\x00", "")
    if not re.search(r"<pre\b|white-space\s*:\s*pre", source, re.I):
        source = _WRAPPED.sub("", source)
    page = Page(source)
    if not page.leaves:
        raise InputError("", "holds no text", "save the page when it has loaded, or as PDF")
    fields = take_fields(page)
    notes += conflicts(fields)
    title = _title(page, fields)
    mark = next((m for m in "⟦⦃⧼⟪⌈" if m not in page.flat), "\ue000")
    number_lists(page)
    tables = take_tables(page, mark)
    page.read()
    text, said = _main_text(page)
    notes.extend(said)
    blocks = _blocks(text, mark, tables)
    lost = len(tables) - len(set(re.findall(rf"{mark}(\d+)", text)))
    if lost:
        notes.append(f"有 {lost} 个表格在正文之外，未收入")
    if title and not _holds(blocks, title):
        blocks.insert(0, title)
    head = _head(page, fields, notes)
    return Converted(render([*head, *blocks]), tuple(notes))


def _head(page: Page, fields: list[Field], notes: list[str]) -> list[Block]:
    """The fields as lines `标签: 值`; what the page tells only to machines stands in where it prints none."""
    shown = [(field.label, field.value) for field in fields if field.label not in TITLES]
    for name, label in _METAS:
        stated = {"来源", "发布机构", "信息来源"} if label == "来源" else {"发布日期", "发布时间"}
        if page.metas.get(name) and not stated & {one for one, _ in shown}:
            shown.append((label, page.metas[name][:100]))
            notes.append(f"“{label}”取自网页 meta 标记，页面未印出")
    rows = tuple((f"{label}: {value}",) for label, value in shown)
    return [Table(rows)] if rows else []


def _title(page: Page, fields: list[Field]) -> str | None:
    """The title that the page gives its document, wherever it says so."""
    heads = [collapse(page.text(item).replace(EDGE, " ")) for item in page.root.below("h1")]
    found = [
        page.metas.get("articletitle", ""),
        *(field.value for field in fields if field.label in TITLES),
        *(head for head in heads if len(heads) == 1 or _KIND.search(head)),
        *(part for part in re.split(r"[-_|—–]", page.window_title)[:1] if _KIND.search(part.strip())),
    ]
    return next((collapse(one) for one in found if len(one.strip()) >= 6), None)


def _holds(blocks: list[Block], title: str) -> bool:
    """Whether the title stands near the head of the text, alone or within a longer line."""
    bare = re.sub(r"\s", "", title)
    lines = [line for block in blocks[:15] if isinstance(block, str) for line in block.splitlines()]
    joined = "".join(re.sub(r"\s", "", line) for line in lines)
    return bare in joined


def _main_text(page: Page) -> tuple[str, list[str]]:
    """The main text, and what a person must know of how it was told apart from the page around it."""
    html = page.tree.html or ""
    wanted = _sentences(page)
    best, most = "", -1.0
    extractors: tuple[Callable[[str], str], ...] = (_resiliparse, _trafilatura)
    for extract in extractors:
        text = extract(html)
        share = _share(wanted, text)
        if share > most + 0.05:
            best, most = text, share
        if most >= _ENOUGH and best.strip():
            return best, _left_out(wanted, best)
    return _everything(page), ["正文范围不能确定，保留了整页文字"]


def _resiliparse(html: str) -> str:
    found = extract_plain_text(
        html, main_content=True, preserve_formatting=True, list_bullets=False, alt_texts=False
    )
    return str(found)


def _trafilatura(html: str) -> str:
    from trafilatura import extract

    found = extract(
        html, include_comments=False, include_tables=True, favor_recall=True, include_formatting=False
    )
    return found or ""


def _sentences(page: Page) -> list[str]:
    """The pieces of the page that can only belong to a document: long, and not links."""
    found = []
    for leaf in page.leaves:
        text = re.sub(r"\s", "", page.text(leaf))
        if len(text) >= 12 and re.search(r"[。；]", text) and not any(x.tag == "a" for x in leaf.up()):
            found.append(text)
    return found[:_MAX_CHECKED]


def _left_out(wanted: list[str], text: str) -> list[str]:
    """A note on the sentences of the page that a main text does not hold."""
    bare = re.sub(r"\s", "", text)
    lost = [piece for piece in wanted if piece not in bare]
    return [f"正文之外有 {len(lost)} 段文字未收入，如“{lost[0][:30]}”"] if lost else []


def _share(wanted: list[str], text: str) -> float:
    """How much of the wanted pieces a text holds."""
    bare = re.sub(r"\s", "", text)
    total = sum(map(len, wanted))
    return sum(len(piece) for piece in wanted if piece in bare) / total if total else float(bool(bare))


def _everything(page: Page) -> str:
    """The whole page, a line for each block."""
    out: list[str] = []
    last = 0
    for leaf in page.leaves:
        between = page.flat[last : leaf.start]
        around = next((x for x in leaf.up() if x.tag in BLOCKS), page.root)
        new = "\n" in between or not (around.start <= last - 1 and last <= around.end)
        inner = any(x.tag in BLOCKS and last <= x.end <= leaf.start for x in around.children)
        out.append(("\n" if out and (new or inner) else "") + page.text(leaf))
        last = leaf.end
    return "".join(out)


def _blocks(text: str, mark: str, tables: list[Block]) -> list[Block]:
    """The lines of a text as paragraphs, tables where their marks stand, runs of `|` rows as tables."""
    blocks: list[Block] = []
    rows: list[list[str]] = []

    def flush() -> None:
        block = table(rows) if len(rows) > 1 or (rows and len(rows[0]) > 2) else None
        if block:
            blocks.append(block)
        elif rows:
            blocks.append(" ".join(rows[0]))
        rows.clear()

    for line in text.splitlines():
        for part in re.split(rf"({mark}\d+{mark})", line):
            if re.fullmatch(rf"{mark}\d+{mark}", part):
                flush()
                blocks.append(tables[int(part.strip(mark))])
            elif part.count("|") >= 2:
                cells = [
                    collapse(cell) for cell in part.strip().removeprefix("|").removesuffix("|").split("|")
                ]
                if not all(re.fullmatch(r":?-*:?", cell) for cell in cells):
                    rows.append(cells)
            elif collapse(part):
                flush()
                blocks.append(collapse(part.replace("\t", " ")))
    flush()
    return blocks
