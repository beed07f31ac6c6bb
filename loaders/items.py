"""Which places of an outline are actions, tasks, measures and safeguards. Their targets live elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.numerals import number
from loaders.outline import Node
from loaders.records import ItemKind
from loaders.rules import any_of, load
from loaders.view import View

_ORDER: tuple[ItemKind, ...] = ("safeguard", "measure", "task")
_FRAME = re.compile(any_of("outline", "frame"))
_NAMED = {kind: re.compile("|".join(map(re.escape, load("outline")["item_kinds"][kind]))) for kind in _ORDER}
_ACTION = re.compile(r"(?<!三年)行动$")
_LISTED = re.compile(
    r"(?:提出|明确|包括|采取)(?P<list>[^。;,]{4,80}?)等(?P<n>[一二三四五六七八九十两\d]+)(?:条|项|个|大)?(?:措施|保障|要求)"
)
_OWNED = re.compile(r"(?:责任|牵头|落实)(?:单位|部门) ?:")
"""What has an owner is to be done, also where its heading only states aims."""

_NUMBERED = frozenset({"article", "number", "paren-number", "circle"})
_JOINED = re.compile(r"(?:打造|带动|促进)")
_MANNER = re.compile(
    r"^(?:围绕|以.+(?:为|作)|按照.+(?:要求|原则|部署)$|根据|立足|针对|依托|结合|通过|聚焦.+(?:需求|方向)$)"
)
_RESULT = re.compile(
    r"^(?:加快形成|形成|促进|实现|推动形成|不断完善|为.+(?:提供|奠定)|使|确保|从而|进而)|(?:落地|见效|落地转化|落地生根|落地见效)$"
)


@dataclass(slots=True)
class PlanItem:
    """An item found in the outline, in view offsets; `node` is its heading, if it has one."""

    kind: ItemKind
    path: str
    label: str | None
    title: tuple[int, int]
    start: int
    end: int
    parent: PlanItem | None
    node: Node | None


def find_items(view: View, nodes: list[Node], is_reading: bool) -> list[PlanItem]:
    """The items in document order.

    `is_reading` says that the document explains a plan (解读): there a task without parts of its own
    is a summary, and its clauses are the measures. Elsewhere only leaves and the groups above them
    are items. A plan of actions numbers them 1, 1.1, 1.1.1; another one by its printed labels.
    """
    actions = _actions(view, nodes)
    found: dict[int, PlanItem] = {}
    items: list[PlanItem] = []
    safeguards = 0
    for node in nodes:
        kind = _kind(view, node, actions)
        if kind is None:
            continue
        parent = next((found[id(a)] for a in node.ancestors() if id(a) in found), None)
        title = (node.title_start, node.head_end)
        if id(node) in actions:
            path = str(actions[id(node)])
        elif actions and parent is not None and any(id(a) in actions for a in node.ancestors()):
            path = f"{parent.path}.{_place(node)}"
        else:
            path = printed_path(node)
        item = PlanItem(kind, path, node.label, title, node.start, node.end, parent, node)
        found[id(node)] = item
        items.append(item)
        if is_reading and kind == "task" and not node.children and node.parent and id(node.parent) in actions:
            items.extend(_clauses(view, item))
    if is_reading:
        for node in nodes:
            if _NAMED["safeguard"].search(view.text[node.title_start : node.head_end]) and not node.children:
                for item in _listed(view, node, safeguards):
                    safeguards += 1
                    items.append(item)
    return sorted(items, key=lambda i: (i.start, -i.end))


def printed_path(node: Node) -> str:
    """The labels from the top down to the node, without their dots: 二(一)1."""
    chain = [node, *node.ancestors()][::-1]
    parts = []
    for step in chain:
        label = step.label or ""
        if step.style == "han":
            parts.append(re.sub(r"、.*", "", label) or _han(step.number))
        elif step.style == "run":
            parts.append(f".{step.number}" if parts and parts[-1][-1:].isdigit() else str(step.number))
        else:
            parts.append(re.sub(r"[.、,: ]+$", "", label))
    return "".join(parts)


def _han(value: int | None) -> str:
    from loaders.numerals import ORDINALS

    return next((name for name, n in ORDINALS.items() if n == value), "")


def _place(node: Node) -> int:
    siblings = node.parent.children if node.parent else [node]
    return siblings.index(node) + 1


def _actions(view: View, nodes: list[Node]) -> dict[int, int]:
    """The nodes that are actions, numbered: at least two siblings whose titles end with 行动."""
    groups: dict[int, list[Node]] = {}
    for node in nodes:
        title = view.text[node.title_start : node.head_end]
        if node.heading and node.style != "run" and _ACTION.search(title):
            groups.setdefault(id(node.parent), []).append(node)
    chosen = max(groups.values(), key=len, default=[])
    return {id(node): i for i, node in enumerate(chosen, 1)} if len(chosen) >= 2 else {}


def _title(view: View, node: Node) -> str:
    return view.text[node.title_start : node.head_end]


def _kind(view: View, node: Node, actions: dict[int, int]) -> ItemKind | None:
    """The kind of the item that a node is, or None where it frames, aims or enumerates."""
    if id(node) in actions:
        return "action"
    steps = [id(a) for a in node.ancestors()]
    action_at = next((i for i, step in enumerate(steps) if step in actions), None)
    if action_at is not None:
        return "task" if action_at == 0 else "measure"
    above = [_title(view, a) for a in node.ancestors()]
    own = _title(view, node)
    if any(_FRAME.search(title) for title in above) or (node.depth == 1 and _FRAME.search(own)):
        owned = not node.children and _OWNED.search(view.text, node.start, node.end)
        return "measure" if owned else None
    if actions and node.style in {"run", "part-run"}:
        return None
    group = any(child.style != "run" or _starts_paragraph(view, child) for child in node.children)
    grouped = group and (node.style not in _NUMBERED or _is_group(own))
    if not above and (grouped or _FRAME.search(own)):
        return None
    if node.style == "run" and not _starts_paragraph(view, node):
        return None
    named: ItemKind = next(
        (kind for title in above or [own] for kind in _ORDER if _NAMED[kind].search(title)), "measure"
    )
    return "task" if group and named == "measure" else named


def _is_group(title: str) -> bool:
    return any(p.search(title) for p in _NAMED.values())


def _starts_paragraph(view: View, node: Node) -> bool:
    """Whether a step is a paragraph of its own, as all steps beside it are."""
    steps = [n for n in node.parent.children if n.style == "run"] if node.parent else [node]
    return all(_opens(view, step) for step in steps or [node])


def _opens(view: View, node: Node) -> bool:
    return not view.text[view.text.rfind("\n", 0, node.start) + 1 : node.start].strip()


def _clauses(view: View, task: PlanItem) -> Iterator[PlanItem]:
    """The measures of a summarised task: the clauses with an act of their own.

    A clause of manner (围绕…, 以…为基础) or of result (促进…, 实现…) belongs to its neighbour; 打造… and
    what the …作用 of the clause before is for are read with that clause.
    """
    spans: list[list[int]] = []
    for start, end in split_clauses(view.text, task.title[1], task.end):
        clause = view.text[start:end]
        before = view.text[spans[-1][0] : spans[-1][1]] if spans else ""
        if spans and (clause.startswith("打造") or (before.endswith("作用") and _JOINED.match(clause))):
            spans[-1][1] = end
        elif not (_MANNER.match(clause) and not _acts(clause)) and not _RESULT.search(clause):
            spans.append([start, end])
    for i, (start, end) in enumerate(spans, 1):
        yield PlanItem("measure", f"{task.path}.{i}", None, (start, end), start, end, task, None)


def _acts(clause: str) -> bool:
    """Whether a clause that begins with a manner has its own act: 按照…的方式组建一批…"""
    return bool(re.search(r"的?方式(?:组建|建设|实施|推进)", clause))


def split_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of `text[start:end]` between ,;。 outside brackets and quotation marks."""
    depth, begin = 0, start
    for at in range(start, end + 1):
        char = text[at] if at < end else "。"
        depth += (char in "(《“") - (char in ")》”")
        if char in ",;。\n" and (depth <= 0 or at == end):
            if text[begin:at].strip():
                yield begin, at
            begin = at + 1


def _listed(view: View, node: Node, before: int) -> Iterator[PlanItem]:
    """The safeguards that a reading names in one sentence: 提出强化…、强化…等三条措施."""
    match = _LISTED.search(view.text, node.head_end, node.end)
    if not match:
        return
    start = match.start("list")
    parts = match.group("list").split("、")
    if number(match.group("n")) is None:
        return
    for i, part in enumerate(parts, before + 1):
        end = start + len(part)
        yield PlanItem("safeguard", f"S{i}", None, (start, end), start, end, None, node)
        start = end + 1
