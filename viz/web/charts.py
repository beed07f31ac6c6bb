"""Charts as SVG files that pages show: drawn on the server by Vega-Lite, cleaned to shapes, texts and links.

A chart is drawn when its own address is asked for, so that no page waits for it; its links lead on from the
page around it. Each has a title, each mark a name that is read aloud, and the page has the same as a table.
Nothing of a chart but its texts comes from documents, and texts reach it as data.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from viz.legal import clean
from viz.web.spread import spread

Datum = Mapping[str, Any]
INK, SOFT, RULE = "#1f2a33", "#55616b", "#ddd6c9"
PALETTE: Final = ("#9b2d1f", "#0d6565", "#33508f", "#8a6400", "#6c4587", "#4a7a4a", "#333333", "#c2410c")
SHAPES: Final = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "wedge",
)
FONT: Final = "system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "{http://www.w3.org/1999/xlink}href"
TAGS: Final = frozenset({"svg", "g", "path", "line", "rect", "text", "tspan", "a", "title"})
HERE: Final = "https://pages.invalid/"
"""Stands before our own addresses on their way through the converter, which makes relative ones absolute."""
KEPT: Final = frozenset(
    {
        *("x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "d", "width", "height", "viewBox", "transform"),
        *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"),
        *("text-anchor", "font-size", "font-weight", "font-family", "display", "role"),
        *("aria-label", "aria-hidden", "aria-roledescription", "stroke-miterlimit"),
    }
)
"""Attributes that only say how something looks or what it is called; none runs or loads anything."""
MEDIA: Final = "image/svg+xml"
TALL, PADDING = 130, 12
"""Height of a panel of `points`, and what is left free above and below in it, in pixels."""
_drawing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture in a page: what draws its SVG, what it shows, and the section (id) whose table says the same.

    Its address is that of the section, with the ending `svg`.
    """

    draw: Callable[[], bytes]
    caption: str
    table: str


def bars(title: str, words: Mapping[str, str], rows: Sequence[Datum], order: Sequence[str]) -> bytes:
    """Stacked bars: a row a `name`, a piece a `kind` in the order given, as long as `n`; linked by `href`.

    `words` has the names of `name`, `n` and `kind`. The number stands in each piece, beside its shade.
    """
    import altair as alt

    shades = ["#8fc4bd", "#e2e9eb", "#ffffff", "#f2d9a0"][: len(order)]
    numbered = [{**row, "k": order.index(str(row["kind"]))} for row in rows]
    base = alt.Chart(_data(numbered)).encode(
        x=alt.X("n:Q", stack="zero", title=words["n"], axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        order=alt.Order("k:Q"),
        href=alt.Href("href:N"),
        description=alt.Description("said:N"),
    )
    drawn = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        color=alt.Color(
            "kind:N", sort=list(order), title=words["kind"], scale=alt.Scale(domain=list(order), range=shades)
        )
    )
    figures = (
        base.transform_filter("datum.n > 0")
        .mark_text(color=INK, fontSize=11, aria=False)
        .encode(x=alt.X("n:Q", stack="zero", bandPosition=0.5), text="n:Q", href=alt.Href())
    )
    return _svg(alt.layer(drawn, figures).properties(width=820, height=alt.Step(24)), title)


def points(title: str, words: Mapping[str, str], rows: Sequence[Datum]) -> bytes:
    """Time lines, one an `indicator`: points at `year` and `value`, a shape and colour a `place`.

    What is `actual` is filled, what is aimed at is hollow; linked by `href`.
    """
    import altair as alt

    places = list(dict.fromkeys(str(row["place"]) for row in rows))
    shapes = [SHAPES[n % len(SHAPES)] for n in range(len(places))]
    colours = [PALETTE[n % len(PALETTE)] for n in range(len(places))]
    hollow = alt.Legend(symbolFillColor="transparent", symbolStrokeWidth=2)
    years = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    height = alt.Scale(zero=False, nice=False, padding=PADDING)
    base = alt.Chart().encode(
        x=years,
        y=alt.Y("value:Q", title=None, scale=height, axis=alt.Axis(tickCount=5)),
        shape=alt.Shape(
            "place:N", title=words["place"], legend=hollow, scale=alt.Scale(domain=places, range=shapes)
        ),
        href=alt.Href("href:N"),
        description=alt.Description("said:N"),
    )
    stroke = alt.Stroke(
        "place:N", title=words["place"], legend=hollow, scale=alt.Scale(domain=places, range=colours)
    )
    fill = alt.Fill(
        "sort:N",
        title=words["sort"],
        legend=alt.Legend(symbolStrokeColor=SOFT, symbolStrokeWidth=1.5),
        scale=alt.Scale(domain=[words["aim"], words["actual"]], range=["transparent", SOFT]),
    )
    drawn = base.mark_point(size=90, strokeWidth=2, opacity=1).encode(stroke=stroke, fill=fill)
    figures = (
        alt.Chart()
        .transform_filter("datum.figure != null")
        .mark_text(dx=9, align="left", fontSize=10, color=INK, aria=False)
        .encode(x=years, y=alt.Y("at:Q", title=None, scale=height), text="figure:N")
    )
    made = (
        alt.layer(drawn, figures, data=_data(spread(rows, (TALL - 2 * PADDING) / 12)))
        .properties(width=330, height=TALL)
        .facet(alt.Facet("indicator:N", title=None, sort=None, header=alt.Header(labelLimit=330)), columns=3)
        .resolve_scale(y="independent", x="independent")
    )
    return _svg(made, title)


def _data(rows: Sequence[Datum]) -> Any:
    from altair import InlineData

    return InlineData(values=[{k: _said(k, v) for k, v in row.items()} for row in rows])


def _said(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return HERE + value if name == "href" else clean(value)


def _svg(chart: Any, title: str) -> bytes:
    configured = chart.configure(
        font=FONT,
        axis={"labelColor": INK, "titleColor": SOFT, "gridColor": "#eee8dc", "domainColor": RULE},
        legend={"orient": "top", "labelColor": INK, "titleColor": SOFT, "labelLimit": 260},
        view={"stroke": RULE},
        header={"labelColor": INK, "labelFontWeight": "bold"},
        background="#ffffff",
    )
    told = json.dumps(configured.to_dict(validate=False), ensure_ascii=False, sort_keys=True)
    return cleaned(told, title, sized=False)


def cleaned(specification: str, title: str, *, sized: bool = True) -> bytes:
    """The SVG (UTF-8) of a chart in Vega-Lite's words (JSON), of shapes, texts and links to our pages alone.

    `title` is what is read aloud for the whole; without `sized` it is as wide as where it stands.
    """
    with _drawing:  # whoever asks for the same meanwhile gets what was drawn
        return _drawn(specification, title, sized)


@lru_cache(maxsize=64)
def _drawn(specification: str, title: str, sized: bool) -> bytes:
    import vl_convert
    from lxml import etree

    drawn = vl_convert.vegalite_to_svg(json.loads(specification), allowed_base_urls=[])
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(drawn.encode(), parser)
    _keep(root)
    root.set("role", "group")
    root.set("aria-label", title)
    if not sized:
        root.attrib.pop("width", None)
        root.attrib.pop("height", None)
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, encoding="utf-8")
    return written


def _keep(element: Any) -> None:
    """Drops whatever is no shape, text or link to a page of ours; names each link as its shape is named."""
    from lxml import etree

    for child in list(element):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in TAGS:
            element.remove(child)
        else:
            _keep(child)
    local = element.get(XLINK) if etree.QName(element).localname == "a" else None
    for name in list(element.attrib):
        if name not in KEPT:
            del element.attrib[name]
    if local is not None:
        named = next((e.get("aria-label") for e in element.iter() if e.get("aria-label")), None)
        own = local.removeprefix(HERE)
        if own == local or ":" in own or own.startswith("/") or named is None:
            return
        element.set("href", own)
        element.set("target", "_top")  # the page around the chart, not the chart
        element.set("aria-label", named)
