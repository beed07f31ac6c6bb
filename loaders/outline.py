"""The tree of headings of a body, and of the runs 一是…二是… inside its paragraphs.

Which node becomes an item is decided in `items`; nothing is said here of what a heading means.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.labels import ANY_ORDINAL, Style, labels, ordinal, spoken_lines
from loaders.layout import Line, lines
from loaders.rules import any_of, load

TITLE = 45
"""A heading is shorter than this; a longer first sentence is a paragraph with a label."""

WHOLE = 600
"""A line of this length with 一、 and 二、 in it is a document whose line breaks are lost."""

SENTENCE_HEADING = 26
"""In 一是…, a first sentence up to this length is the heading; of a longer one, its first clause is."""

_INNER_LABEL = re.compile(
    rf"(?<=[。;!?”) ])(?:(?:{ANY_ORDINAL})、|\((?:{ANY_ORDINAL})\)|\d{{1,2}}\.(?=[\u4e00-\u9fff]))(?=\S)"
)
_RUN_ON = re.compile(rf"(?<=[)〕\]】])(?:{ANY_ORDINAL})、[\u4e00-\u9fff][\u4e00-\u9fff,、“”]{{3,30}}。?$")
_OWNED = re.compile(r"(?:单位|部门|责任|牵头) ?:")
_OWNED_RUN_ON = re.compile(
    r"(?:责任|牵头)(?:单位|部门) ?:[^。\n()]{2,300}。 ?"
    rf"(?:(?:{ANY_ORDINAL})、|\((?:{ANY_ORDINAL})\)|\d{{1,2}}\.(?=[\u4e00-\u9fff]))"
)
_BREAK = re.compile(r"(?P<title>[\u4e00-\u9fff、]{2,30}) (?=[\u4e00-\u9fff“])")
_RUN_IN = re.compile(r"(?:第[^,。;\n]{1,4}部分,|在)(?P<title>[^,。;]{2,30}?)方面(?=,)")
_COLON = re.compile(r"(?P<title>[\u4e00-\u9fff、“”]{2,12}):(?=[\u4e00-\u9fff“])")
_BRACKETED = re.compile(r"【(?P<title>[^【】\n]{2,30})】")
"""A title in brackets before its paragraph: 1.【建设平台】加快…"""

_RUN_IN_STYLES = frozenset({"paren-han", "number", "paren-number", "circle"})
_OWNED_END = re.compile(r"[(\[〔【](?:责任|牵头)(?:单位|部门) ?:[^\n]{2,600}[)\]〕】]。?$", re.MULTILINE)
_CLOSING = re.compile(load("outline")["closing"], re.MULTILINE)
_RESTART = re.compile(any_of("outline", "restarts"))


@dataclass(slots=True)
class Node:
    """A labelled place of the body, in view offsets.

    `start` is where the label begins, `head_end` where the heading ends, `end` where everything
    below it ends. `heading` is false for a labelled sentence that is no heading.
    """

    style: str
    label: str | None
    number: int | None
    start: int
    title_start: int
    head_end: int
    end: int
    depth: int
    parent: Node | None
    heading: bool = True
    lost_stop: bool = False
    children: list[Node] = field(default_factory=list)

    def ancestors(self) -> Iterator[Node]:
        """The nodes above, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def parse_outline(text: str, body: tuple[int, int], damaged: bool) -> list[Node]:
    """The nodes of the body in order.

    `damaged` allows the guess that a heading lost its full stop (2.推动产业创新赋能实施…).
    """
    nodes: list[Node] = []
    stack: list[tuple[Style, Node]] = []
    paragraphs = list(_paragraphs(text, body))
    spoken = spoken_lines(paragraphs)
    last: int | None = None  # the number of the last heading 1. 2. 3., which may run on across sections
    for line in paragraphs:
        for style, start, match, stop in labels(line, line.start in spoken, last):
            while (
                stack
                and stack[-1][0].name != style.name
                and (stack[-1][0].rank > style.rank or any(s.name == style.name for s, _ in stack))
            ):
                stack.pop()
            if stack and stack[-1][0].name == style.name:
                stack.pop()
            parent = stack[-1][1] if stack else None
            node = Node(
                style=style.name,
                label=match.group().strip() or None,
                number=ordinal(match.group("n")),
                start=start,
                title_start=start + match.end() - match.start(),
                head_end=stop,
                end=stop,
                depth=len(stack) + 1,
                parent=parent,
            )
            if parent is not None:
                parent.children.append(node)
            stack.append((style, node))
            nodes.append(node)
            last = node.number if node.style == "number" else last
    _set_ends(text, nodes, body)
    _close_last(text, nodes)
    for node in nodes:
        _set_heading(text, node, damaged)
    return nodes


def _paragraphs(text: str, body: tuple[int, int]) -> Iterator[Line]:
    """The lines of the body, cut where a heading runs on behind a list of units (…〕三、…).

    One that holds a whole document, or an item behind another one's units, is cut before each of its labels.
    """
    for line in lines(text, *body):
        if _OWNED_RUN_ON.search(line.text):
            yield from _cut(line)
            continue
        late = _RUN_ON.search(line.text)
        if late and _OWNED.search(line.text, 0, late.start()):
            yield Line(line.start, line.start + late.start(), line.text[: late.start()])
            yield Line(line.start + late.start(), line.end, line.text[late.start() :])
            continue
        if len(line.text) < WHOLE or not all(f"{ordinal}、" in line.text for ordinal in "一二"):
            yield line
        else:
            yield from _cut(line)


def _cut(line: Line) -> Iterator[Line]:
    """The parts of a line before and between the labels in it."""
    cuts = [0, *(m.start() for m in _INNER_LABEL.finditer(line.text)), len(line.text)]
    for a, b in pairwise(cuts):
        part = line.text[a:b]
        lead = len(part) - len(part.lstrip())
        if part.strip():
            yield Line(line.start + a + lead, line.start + a + lead + len(part.strip()), part.strip())


def _set_ends(text: str, nodes: list[Node], body: tuple[int, int]) -> None:
    """Each node reaches to the next that is not below it or a closing line; a run to its paragraph's end."""
    closings = [m.start() for m in _CLOSING.finditer(text, *body)]
    stops = [body[1]] * len(nodes)
    waiting: list[int] = []
    for i, node in enumerate(nodes):
        while waiting and nodes[waiting[-1]].depth >= node.depth:
            stops[waiting.pop()] = node.start
        waiting.append(i)
    for node, stop in zip(nodes, stops, strict=True):
        after = bisect_right(closings, node.start)
        stop = min([stop, *closings[after : after + 1]])
        if node.parent is not None and node.parent.end > node.start:  # else behind its closing line
            stop = min(stop, node.parent.end)
        if node.style == "run" and not _starts_line(text, node.start):
            stop = min(stop, node.head_end)
        while stop > node.start and text[stop - 1].isspace():
            stop -= 1
        node.end = stop


def _close_last(text: str, nodes: list[Node]) -> None:
    """Where every leaf ends with the list of its units, the last one does too: what follows speaks of all."""
    leaves = [node for node in nodes if not node.children and node.style != "run"]
    if len(leaves) < 4:
        return
    lists = [list(_OWNED_END.finditer(text, node.start, node.end)) for node in leaves]
    owned = sum(
        bool(found) and found[-1].end() == leaf.end for leaf, found in zip(leaves, lists, strict=True)
    )
    last, found = leaves[-1], lists[-1]
    if owned < 0.8 * (len(leaves) - 1) or not found:
        return
    for node in (last, *(a for a in last.ancestors() if a.end == last.end)):
        node.end = found[-1].end()


def _starts_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _set_heading(text: str, node: Node, damaged: bool) -> None:
    """Find where the heading ends, or that the label leads a plain sentence."""
    run_in = _RUN_IN.match(text, node.start)
    if run_in and node.style.endswith("-run"):
        node.title_start, node.head_end = run_in.span("title")
        return
    line_end = text.find("\n", node.title_start, node.end)
    line_end = node.end if line_end < 0 else line_end
    line = text[node.title_start : line_end]
    bracketed = _BRACKETED.match(line)
    if bracketed:
        node.head_end, node.title_start = (
            node.title_start + bracketed.end("title"),
            node.title_start + bracketed.start("title"),
        )
        return
    stop = line.find("。")
    colon = _COLON.match(line) if node.style in _RUN_IN_STYLES else None
    if colon and (node.end > line_end or len(line) > colon.end()):
        node.head_end = node.title_start + colon.end("title")
        return
    space = _BREAK.match(line)
    if space and (stop < 0 or space.end("title") < stop):
        node.head_end = node.title_start + space.end("title")
        return
    if stop < 0:
        title, follows = line.rstrip(" ;:,"), line_end < node.end or bool(node.children)
        node.head_end = node.title_start + len(title)
        node.heading = len(title) <= TITLE and (follows or not re.search(r"[,;]|\d", title))
        if node.style == "run":
            _cut_at_clause(title, node)
        elif damaged and not node.heading:
            _cut_at_restart(title, node)
        return
    title = line[:stop]
    node.head_end = node.title_start + stop
    if node.style == "run":
        if len(title) > SENTENCE_HEADING or title.count(",") > 1:
            _cut_at_clause(title, node)
        return
    rest = text[node.head_end + 1 : node.end].strip()
    node.heading = bool(rest) and len(title) <= TITLE
    if damaged and (len(title) > 22 or title.count(",") > 1):
        _cut_at_restart(title, node)


def _cut_at_clause(title: str, node: Node) -> None:
    """In a run the heading is the first clause: 一是强化…核心地位,统筹资源…"""
    cut = re.search(r"[,;:。]", title)
    if cut:
        node.head_end = node.title_start + cut.start()
    node.heading = True


def _cut_at_restart(title: str, node: Node) -> None:
    """A heading without its full stop ends where the next verb begins: 强化监控分析|认真落实…"""
    clause = re.split(r"[,;:、]", title, maxsplit=1)[0]
    cut = next((m.start() for m in _RESTART.finditer(clause, 4)), None)
    if cut is not None and cut <= 14 and len(title) - cut >= 6 and _RESTART.match(clause):
        node.head_end = node.title_start + cut
        node.heading = node.lost_stop = True
