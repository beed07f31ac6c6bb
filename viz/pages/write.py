"""A page becomes one HTML file: pyvis fills our own template, nothing is fetched. No content is made here.

pyvis 0.3.2 is used for what it does well (nodes, edges and options for vis-network, and the script
itself); its own template, which loads files of other hosts and runs titles as HTML, is never read.
Nodes and edges are put in whole lists, as its `add_edge` searches the list of nodes for each edge.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from viz.pages.layout import COLUMN_GAP, COLUMN_WIDTH, ROW, Layout, arrange
from viz.pages.model import Edge, Evidence, Fact, Label, Node, Page
from viz.pages.words import KINDS, LEVELS, LINES, WORDS

TEMPLATES = Path(__file__).parent.parent / "templates"
LIMIT = 300
"""Nodes drawn at once."""
SCRIPTS = ("paint.js", "picture.js", "page.js")
CONFLICT = "#c2410c"
VIS = "lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True, slots=True)
class Behind:
    """A question behind a picture: its title, the page where it is asked, and its SPARQL."""

    title: Label
    href: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds a page that is one of many: where their files are, what they are called, what leads on.

    `root` leads to the folder that holds all pages, `home` to the folder of the language, `here` is the
    page's own name there; `steps` are the addresses and names of what can be opened from here, `files` the
    addresses of the table by format, `behind` the questions that the picture rests on.
    """

    root: str
    home: str
    nav: Sequence[tuple[str, Label]]
    here: str = ""
    steps: Sequence[tuple[str, Label, str]] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    behind: Sequence[Behind] = ()


STATIC = ("vis-network.min.js", *SCRIPTS)
"""The scripts of a page in a frame, as files beside all pages."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What a page rests on: a line, and labels with texts, each in both languages; and a command."""

    line: Label
    rows: Sequence[tuple[Label, Label]]
    command: str


def page_html(
    page: Page,
    lang: str = "zh",
    *,
    version: str = "",
    frame: Frame | None = None,
    foot: Foot | None = None,
) -> str:
    """The HTML text of the page, to be written as UTF-8; the same page gives the same text.

    In a frame its scripts and styles are linked files (`asset`), and it leads to the other pages.
    """
    from pyvis.network import Network

    layout = arrange(page.nodes, len(page.columns))
    network = Network(directed=True, cdn_resources="in_line")
    pyvis_templates = network.template_dir
    network.set_template_dir(str(TEMPLATES), "page.html")
    network.nodes = [_node(node, layout) for node in page.nodes]
    network.node_ids = [node.id for node in page.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    drawn = sorted(page.edges, key=lambda edge: edge.kind == "conflict")
    network.edges = [_edge(number, edge, layout) for number, edge in enumerate(drawn)]
    network.options = _options()
    scripts = [_text(Path(pyvis_templates) / VIS), *(_text(TEMPLATES / f) for f in SCRIPTS)]
    style = _text(TEMPLATES / "page.css")
    environment = network.templateEnv
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["embed"] = embed
    environment.globals.update(
        page=page,
        lang=lang,
        version=version,
        words=WORDS,
        kinds={kind: KINDS[kind] for kind in KINDS if any(n.kind == kind for n in page.nodes)},
        levels={level: LEVELS[level] for level in LEVELS if any(n.level == level for n in page.nodes)},
        spares=any(edge.spare for edge in page.edges) or any(row.spare for row in page.rows),
        lines={kind: LINES[kind] for kind in LINES if any(e.kind == kind for e in page.edges)},
        details=_details(page, layout),
        csp=policy(scripts, [style]) if frame is None else OWN_FILES,
        frame=frame,
        foot=foot,
        linked=STATIC,
        scripts=scripts,
        style=style,
    )
    html: str = network.generate_html()
    return html


OWN_FILES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The content security policy of a page whose scripts and styles are files beside it."""


def asset(name: str) -> bytes:
    """A script or style that pages in a frame link to: vis-network as pyvis ships it, or one of our own."""
    if name == STATIC[0]:
        import pyvis

        return (Path(pyvis.__file__).parent / "templates" / VIS).read_bytes()
    return (TEMPLATES / name).read_bytes()


def embed(value: object) -> str:
    """JSON that may stand inside a script element: no `<`, `>`, `&` nor line separators left in it."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing that HTML reads is left in it


def policy(scripts: list[str], styles: list[str]) -> str:
    """The content security policy: these scripts and styles by their hashes, and nothing else."""
    allowed = {"script-src": scripts, "style-src": styles}
    rules = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    rules += [f"{name} {' '.join(map(_hash, texts))}" for name, texts in allowed.items()]
    return "; ".join(rules)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _text(path: Path) -> str:
    """The file as it may stand inside a script or style element; line ends as HTML reads them."""
    from markupsafe import Markup

    return Markup(path.read_text(encoding="utf-8"))  # noqa: S704 - our own files and vis-network's


def _node(node: Node, layout: Layout) -> dict[str, Any]:
    left, top, width = layout.places[node.id].wide
    return {"id": node.id, "label": node.label, "shape": "custom", "x": left + width / 2, "y": top + ROW / 2}


def _edge(number: int, edge: Edge, layout: Layout) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "id": number,
        "from": edge.source,
        "to": edge.target,
        "width": round(1 + 3 * max(0.0, min(1.0, edge.strength)), 2),
        "dashes": LINES[edge.kind].dashes,
        "spare": edge.spare,
    }
    if edge.kind == "conflict":
        drawn |= _arc(edge, layout)
    return drawn


def _arc(edge: Edge, layout: Layout) -> dict[str, Any]:
    """A line within a column swings out into the gap to its left, as far as the gap is wide."""
    ends = sorted((edge.source, edge.target), key=lambda key: -layout.places[key].wide[1])
    distance = layout.places[ends[0]].wide[1] - layout.places[ends[1]].wide[1]
    roundness = round(min(1.0, (COLUMN_WIDTH + COLUMN_GAP) / max(distance, 1)), 3)
    smooth = {"enabled": True, "type": "curvedCW", "roundness": roundness}
    return {"from": ends[0], "to": ends[1], "colour": CONFLICT, "smooth": smooth}


def _options() -> dict[str, Any]:
    """vis-network's options: no physics, no moving of nodes; the page itself scrolls and zooms."""
    return {
        "autoResize": False,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "dragNodes": False,
            "dragView": False,
            "zoomView": False,
            "hover": True,
            "selectConnectedEdges": False,
            "keyboard": {"enabled": False},
        },
        "edges": {
            "arrows": {},
            "smooth": {
                "enabled": True,
                "type": "cubicBezier",
                "forceDirection": "horizontal",
                "roundness": 0.45,
            },
            "chosen": False,
        },
        "nodes": {"chosen": False},
    }


def _details(page: Page, layout: Layout) -> dict[str, Any]:
    return {
        "limit": LIMIT,
        "row": ROW,
        "step": COLUMN_WIDTH + COLUMN_GAP,
        "size": {"wide": layout.wide, "narrow": layout.narrow},
        "columns": page.columns,
        "overview": [_fact(fact) for fact in page.overview],
        "order": list(layout.places),
        "nodes": {node.id: _detail(node, layout) for node in page.nodes},
        "words": WORDS,
        "kinds": KINDS,
        "levels": LEVELS,
    }


def _detail(node: Node, layout: Layout) -> Mapping[str, Any]:
    place = layout.places[node.id]
    return {
        "kind": node.kind,
        "level": node.level,
        "column": node.column,
        "notation": node.notation,
        "badge": node.badge,
        "anchor": node.anchor,
        "rank": node.rank,
        "mark": node.mark,
        "actions": node.actions,
        "places": node.places,
        "wide": place.wide,
        "narrow": place.narrow,
        "facts": [_fact(fact) for fact in node.facts],
    }


def _fact(fact: Fact) -> Mapping[str, Any]:
    return {
        "label": fact.label,
        "text": fact.text,
        "note": fact.note,
        "detail": fact.detail,
        "node": fact.node,
        "spare": fact.spare,
        "evidence": _evidence(fact.evidence) if fact.evidence else None,
    }


def _evidence(evidence: Evidence) -> Mapping[str, Any]:
    return {
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "before": evidence.before,
        "quote": evidence.quote,
        "after": evidence.after,
        "rule": evidence.rule,
    }
