"""A web page as a light tree whose every element spans one flat text. What the text says is not known here.

The flat text holds EDGE where an element begins or ends and a line break for `<br>`; white space is
collapsed as a browser does. One walk without recursion builds it, so that a page's size bounds the work.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from loaders.errors import InputError

EDGE = "\x1f"
MAX_DEPTH = 400
MAX_NODES = 1_000_000

WORDS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "page.yaml").read_text(encoding="utf-8")
)
"""The words of pages, as page.yaml groups them."""

BLOCKS = frozenset(WORDS["blocks"])
"""Elements that begin a line of their own."""

_DROP = frozenset({*WORDS["unseen"], "-comment"})
_NAMED = re.compile(rf"(?:^|[-_\s])(?:{'|'.join(WORDS['surroundings'])})(?:[-_\s]|$)", re.I)
_WHERE = re.compile(rf"[\s{EDGE}]*(?:[您你])?(?:现在|当前|目前)?(?:所在)?的?位置[\s{EDGE}]*[:：]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_OPENING = re.compile(r"<(/?)(?:div|span|font|b|i|table|blockquote|ul|ol|section|center|em|strong|a)\b", re.I)


@dataclass(slots=True, eq=False)
class Item:
    """An element, or a piece of text (tag `-text`), with its span of the flat text."""

    node: LexborNode
    tag: str
    parent: Item | None
    start: int
    end: int = 0
    children: list[Item] = field(default_factory=list)

    def below(self, *tags: str) -> Iterator[Item]:
        """The elements of these tags below this one, in document order."""
        stack = self.children[::-1]
        while stack:
            item = stack.pop()
            if item.tag in tags:
                yield item
            stack.extend(item.children[::-1])

    def up(self) -> Iterator[Item]:
        """The elements around this one, from the inside."""
        item = self.parent
        while item is not None:
            yield item
            item = item.parent


class Page:
    """A parsed page without what nobody sees: scripts, hidden elements, navigation and footers."""

    def __init__(self, source: str) -> None:
        """The page of an HTML text; InputError when it is nested so deeply that no person wrote it."""
        _check_depth(source)
        self.tree = LexborHTMLParser(source)
        self.metas = _metas(self.tree)
        title = self.tree.css_first("title")
        self.window_title = " ".join(title.text().split()) if title else ""
        self.read()
        if self._drop_named():
            self.read()

    def read(self) -> None:
        """Build items and flat text from the tree as it now is."""
        pieces: list[str] = []
        self.leaves: list[Item] = []
        at = count = 0
        root = self.tree.root
        if root is None:
            raise InputError("", "holds no text", "get the page again")
        self.root = Item(root, "html", None, 0)
        doomed: list[LexborNode] = []
        stack: list[tuple[Item, LexborNode | None]] = [(self.root, root.child)]
        while stack:
            parent, node = stack.pop()
            if node is None:
                pieces.append(EDGE)
                at += 1
                parent.end = at
                continue
            stack.append((parent, node.next))
            tag = node.tag or ""
            count += 1
            if len(stack) > MAX_DEPTH or count > MAX_NODES:
                raise InputError("", "is nested too deeply or too large a page", "save the document as text")
            if tag in _DROP or (tag != "-text" and _hidden(node)):
                doomed.append(node)
            elif tag == "-text":
                text = re.sub(r"\s+", " ", node.text_content or "").replace(EDGE, "")
                if text:
                    leaf = Item(node, tag, parent, at, at + len(text))
                    parent.children.append(leaf)
                    self.leaves.append(leaf)
                    pieces.append(text)
                    at += len(text)
            elif tag == "br":
                pieces.append("\n")
                at += 1
            else:
                item = Item(node, tag, parent, at)
                parent.children.append(item)
                pieces.append(EDGE)
                at += 1
                stack.append((item, node.child))
        self.flat = "".join(pieces)
        self._starts = [leaf.start for leaf in self.leaves]
        for node in doomed:
            node.decompose()

    def text(self, item: Item) -> str:
        """The flat text of an element."""
        return self.flat[item.start : item.end]

    def leaf_at(self, offset: int) -> Item | None:
        """The piece of text that holds an offset of the flat text."""
        at = bisect_right(self._starts, offset) - 1
        return self.leaves[at] if at >= 0 and offset < self.leaves[at].end else None

    def _drop_named(self) -> bool:
        """Remove elements that are called navigation or footer, unless they hold much of the page."""
        total = max(1, sum(leaf.end - leaf.start for leaf in self.leaves))
        doomed: list[Item] = []
        stack = [self.root]
        while stack:
            item = stack.pop()
            if item.tag in BLOCKS and item.tag != "body" and item.end - item.start < 0.3 * total + 60:
                names = item.node.attributes
                called = f"{names.get('class') or ''} {names.get('id') or ''}"
                text = self.text(item)
                named = _NAMED.search(called) and "。" not in text
                if item.tag == "footer" or named or (len(text) < 200 and _WHERE.match(text)):
                    doomed.append(item)
                    continue
            stack.extend(item.children)
        for item in doomed:
            item.node.decompose()
        return bool(doomed)


def _check_depth(source: str) -> None:
    """InputError for a page whose elements are opened thousands deep, before a parser suffers from it."""
    depth = 0
    for match in _OPENING.finditer(source):
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > 12 * MAX_DEPTH:
            raise InputError(
                f"character {match.start() + 1}", "is nested too deeply", "save the page as text"
            )


def _hidden(node: LexborNode) -> bool:
    names = node.attributes
    return "hidden" in names or bool(_HIDDEN.search(names.get("style") or ""))


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's `<meta name= content=>` by lower-case name, the first of each that is not empty."""
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        names = node.attributes
        value = " ".join((names.get("content") or "").split())
        if names.get("name") and value:
            found.setdefault(str(names["name"]).lower(), value)
    return found
