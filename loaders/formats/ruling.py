"""Ruling lines become grids, glyphs in grids become tables. Where the lines come from is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from loaders.formats.blocks import Block, table, unwrap
from loaders.formats.lines import Glyph, Line, lines_by_position

MAX_SEGMENTS = 6000
"""Ruling segments of a page beyond which it is a drawing, not a table."""

Segment = tuple[float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Grid:
    """A table's cells by row (None: no cell begins there), each a box x0, top, x1, bottom."""

    rows: tuple[tuple[Box | None, ...], ...]

    @cached_property
    def box(self) -> Box:
        """The box around all cells."""
        cells = [cell for row in self.rows for cell in row if cell]
        return (
            min(c[0] for c in cells),
            min(c[1] for c in cells),
            max(c[2] for c in cells),
            max(c[3] for c in cells),
        )

    def holds(self, line: Line | Glyph) -> bool:
        """Whether the middle of a line or glyph lies in the grid."""
        return _inside(self.box, (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2)

    def fill(self, glyphs: Sequence[Glyph]) -> Block | None:
        """The table that the glyphs make; a merged cell's text stands where the cell begins."""
        solid = [g for g in glyphs if not g.char.isspace() and self.holds(g)]
        rows = []
        for row in self.rows:
            texts = []
            for cell in row:
                inside = [g for g in solid if cell and _inside(cell, *g.middle)]
                texts.append(unwrap("\n".join(line.text for line in lines_by_position(inside))))
            rows.append(texts)
        return table(rows)


def grids(segments: Sequence[Segment]) -> list[Grid]:
    """The grids that straight segments (x0, y0, x1, y1) draw, from above; a lone box is none."""
    edges = [edge for segment in segments if (edge := _edge(segment))]
    if sum(edge["orientation"] == "v" for edge in edges) < 2 or len(edges) < 5 or len(edges) > MAX_SEGMENTS:
        return []
    from pdfplumber import table as plumber  # the same algorithm, on lines of any origin
    from pdfplumber.utils.geometry import filter_edges

    merged = filter_edges(plumber.merge_edges(edges, 3, 3, 3, 3), min_length=3)
    crossings = plumber.edges_to_intersections(merged, 3, 3)
    found = []
    for cells in plumber.cells_to_tables(plumber.intersections_to_cells(crossings)):
        rows = _rows(cells)
        if len(cells) >= 3 and len(rows) >= 2 and max(sum(c is not None for c in row) for row in rows) >= 2:
            found.append(Grid(rows))
    return sorted(found, key=lambda g: (g.box[1], g.box[0]))


def _rows(cells: Sequence[Box]) -> tuple[tuple[Box | None, ...], ...]:
    """The cells by row and column; a place where none begins is None."""
    columns = sorted({cell[0] for cell in cells})
    rows: dict[float, dict[float, Box]] = {}
    for cell in cells:
        rows.setdefault(cell[1], {})[cell[0]] = cell
    return tuple(tuple(rows[top].get(left) for left in columns) for top in sorted(rows))


def _edge(segment: Segment) -> dict[str, Any] | None:
    """An edge as pdfplumber describes it; None for what is neither level nor upright."""
    x0, y0, x1, y1 = segment
    level, upright = abs(y1 - y0) <= 1, abs(x1 - x0) <= 1
    if level == upright:
        return None
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if level:
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
        "orientation": "h" if level else "v",
        "object_type": "line",
    }


def _inside(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]
