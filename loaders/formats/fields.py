"""The metadata block of a government page: 索引号, 文号, 发布机构 … The body of the page is not read here.

Blocks come as tables, definition lists, list items, spans, or one line divided by `|`; labels hold
spaces; some are printed twice. A label counts only outside of the document's own paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.formats.page import BLOCKS, EDGE, WORDS, Item, Page
from loaders.rules import load

LABELS = tuple("".join(w.split()) for found in load("metadata")["labels"].values() for w in found)
"""The labels that `loaders.metadata` reads, as its lexicon has them."""

CERTAIN = frozenset(LABELS) - frozenset(WORDS["doubtful"])
"""Labels that make a block when they stand alone; the others need a second one beside them."""

TITLES = frozenset(WORDS["titles"])
"""Labels whose value is the document's title."""

FURNITURE = frozenset(WORDS["furniture"])
"""What stands beside the labels of a block without saying anything about the document."""

_ALL = sorted({*LABELS, *WORDS["kept"], *TITLES, *FURNITURE}, key=lambda w: (-len(w), w))
_GAP = rf"[\s{EDGE}]*"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s{EDGE}|;；【\[(（]))(?P<label>{'|'.join(_GAP.join(map(re.escape, w)) for w in _ALL)})"
    rf"(?P<end>[\s{EDGE}】\]]*[:：]|(?=[\s]*[{EDGE}|\n]))"
)
_MAX_VALUE = 150
_NEAR = 160
_SENTENCE = 30


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value as the page prints them, white space collapsed."""

    label: str
    value: str


@dataclass(slots=True)
class _Hit:
    label: str
    start: int
    end: int
    leaf: Item
    colon: bool
    value: str = ""
    place: tuple[int, int] = (0, 0)


def take_fields(page: Page) -> list[Field]:
    """The fields of a page's metadata blocks, in order; the blocks are removed from the page."""
    hits = list(_hits(page))
    for i, hit in enumerate(hits):
        stop = hits[i + 1].start if i + 1 < len(hits) else len(page.flat)
        _read_value(page, hit, stop)
    _read_columns(page, hits)
    found: list[Field] = []
    doomed: list[Item] = []
    for cluster in _clusters(page, hits):
        for hit in cluster:
            field = Field(hit.label, hit.value)
            if hit.label not in FURNITURE and hit.value and field not in found:
                found.append(field)
        doomed.extend(_cover(page, cluster))
    gone: set[int] = set()
    for item in doomed:
        if id(item) not in gone and not any(id(outer) in gone for outer in item.up()):
            gone.add(id(item))
            item.node.decompose()
    if doomed:
        page.read()
    return found


def conflicts(fields: list[Field]) -> list[str]:
    """Notes, in Chinese, on labels that a page prints with different values."""
    notes = []
    for label in dict.fromkeys(field.label for field in fields):
        values = [field.value for field in fields if field.label == label]
        first = values[0]
        if any(not (v.startswith(first) or first.startswith(v)) for v in values[1:]):
            notes.append(f"元数据“{label}”印了 {len(values)} 次而值不同：{'；'.join(values)}")
    return notes


def _hits(page: Page) -> Iterator[_Hit]:
    """The labels that stand before the first sentence of the document or after its last."""
    sentences = [x for x in page.leaves if x.end - x.start >= _SENTENCE and "。" in page.text(x)]
    first = sentences[0].start if sentences else len(page.flat)
    last = sentences[-1].end if sentences else 0
    for match in _LABEL.finditer(page.flat):
        if first <= match.start() < last:
            continue
        leaf = page.leaf_at(match.end("label") - 1)
        if leaf is not None:
            label = re.sub(rf"[\s{EDGE}]", "", match.group("label"))
            colon = match.group("end").endswith((":", "："))
            yield _Hit(label, match.start("label"), match.end(), leaf, colon)


def _read_value(page: Page, hit: _Hit, stop: int) -> None:
    """Fill in the value: what follows in the label's own element, else in the next one beside it."""
    rest_end = min(stop, hit.leaf.end)
    if _clean(page.flat[hit.end : rest_end]):
        around = next((x for x in hit.leaf.up() if x.tag in BLOCKS), page.root)
        start, end, whole = hit.end, min(stop, around.end), False
    else:
        node = hit.leaf
        for outer in hit.leaf.up():
            if outer.tag in {"tr", "body", "html"} or _clean(page.flat[max(node.end, hit.end) : outer.end]):
                break
            if _clean(page.flat[outer.start : hit.start]):  # the last label of a line: it has no value
                return
            node = outer
            if outer.tag in {"td", "th", "dt", "li"}:
                break
        beside = _next_with_text(page, node, hit.end)
        if beside is None or node.parent is None:
            return
        start = max(beside.start, hit.end)
        whole = beside.tag in BLOCKS
        end = min(stop, beside.end if whole else node.parent.end)
    text = page.flat[start:end].lstrip(f" {EDGE}\n")
    start = end - len(text)
    text = re.split(r"[|]" if whole else r"[\n|]", text)[0]
    value = _clean(text.replace("\n", ""))
    if len(value) <= _MAX_VALUE and "。" not in value:
        hit.value, hit.place = value, (start, start + len(text))


def _next_with_text(page: Page, node: Item, after: int) -> Item | None:
    """The next element or text beside `node` that holds something."""
    if node.parent is None:
        return None
    later = (x for x in node.parent.children if x.start >= node.end)
    return next((x for x in later if _clean(page.flat[max(x.start, after) : x.end])), None)


def _read_columns(page: Page, hits: list[_Hit]) -> None:
    """Values of a table whose first row is labels: they stand in the row below."""
    rows: dict[int, tuple[Item, list[tuple[_Hit, Item]]]] = {}
    for hit in hits:
        cell = next((x for x in hit.leaf.up() if x.tag in {"td", "th"}), None)
        if not hit.value and cell is not None and cell.parent is not None:
            rows.setdefault(id(cell.parent), (cell.parent, []))[1].append((hit, cell))
    for row, labels in rows.values():
        cells = [x for x in row.children if x.tag in {"td", "th"}]
        filled = sum(bool(_clean(page.text(cell))) for cell in cells)
        if len(labels) < max(2, filled) or row.parent is None:
            continue
        below = next((x for x in row.parent.children if x.tag == "tr" and x.start >= row.end), None)
        values = [x for x in below.children if x.tag in {"td", "th"}] if below else []
        for hit, cell in labels:
            at = cells.index(cell)
            if at < len(values) and len(_clean(page.text(values[at]))) <= _MAX_VALUE:
                hit.value = _clean(page.text(values[at]))
                hit.place = (values[at].start, values[at].end)


def _clusters(page: Page, hits: list[_Hit]) -> Iterator[list[_Hit]]:
    """Labels that stand together and make a block."""
    cluster: list[_Hit] = []
    end = 0
    for hit in hits:
        between = re.sub(rf"[\s{EDGE}]", "", page.flat[end : hit.start])
        if cluster and len(between) > _NEAR:
            if _is_block(page, cluster):
                yield cluster
            cluster = []
        cluster.append(hit)
        end = max(hit.end, hit.place[1])
    if cluster and _is_block(page, cluster):
        yield cluster


def _is_block(page: Page, cluster: list[_Hit]) -> bool:
    """Whether labels are a metadata block: certain ones, or several; without colons only in their table."""
    said = {hit.label for hit in cluster if hit.label not in FURNITURE and hit.value}
    if not said:
        return False
    if not any(hit.colon for hit in cluster):
        table = next((x for x in cluster[0].leaf.up() if x.tag in {"table", "dl", "ul"}), None)
        if table is not None:
            cells = sum(bool(_clean(page.text(x))) for x in table.below("td", "th", "dt", "dd", "li"))
            return len(cluster) >= 2 and len(cluster) * 3 >= cells
        return len(said) >= 2
    return bool(said & CERTAIN) or len({hit.label for hit in cluster}) >= 2


def _cover(page: Page, cluster: list[_Hit]) -> list[Item]:
    """The largest elements that hold parts of a block and nothing else."""
    found = []
    for hit in cluster:
        fitting: Item | None = None
        for item in hit.leaf.up():
            if item.tag in {"body", "html"} or next(item.below("h1", "h2"), None) is not None:
                break
            inside = [h for h in cluster if item.start <= h.start < item.end]
            size = sum(len(h.label) + len(h.value) for h in inside)
            bare = re.sub(rf"[\s{EDGE}:：|]", "", page.text(item)[: 4 * size + 400])
            if len(bare) > 1.2 * size + 12:
                break
            fitting = item
        if fitting is not None:
            found.append(fitting)
    return found


def _clean(text: str) -> str:
    """A value as a person would copy it."""
    return " ".join(text.replace(EDGE, " ").split()).strip(" |:：;；")
