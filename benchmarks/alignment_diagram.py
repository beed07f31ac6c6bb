"""The reliability diagram as a picture: what was said beside what held, with how many proposals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.alignment_figures import Bin

SIDE = 320
"""Width and height of the plot in pixels."""


def chart(bins: Sequence[Bin], title: str) -> Any:
    """A chart: a point a step, its size by the number of proposals; the line is right calibration."""
    import altair

    data: Any = altair.Data

    steps = data(
        values=[
            {"said": round(b.confidence, 4), "held": round(b.held, 4), "proposals": b.proposals} for b in bins
        ]
    )
    share = altair.Scale(domain=[0, 1])
    even = altair.Chart(data(values=[{"said": 0, "held": 0}, {"said": 1, "held": 1}]))
    line = even.mark_line(strokeDash=[5, 4], color="#888").encode(
        x=altair.X("said:Q", scale=share), y=altair.Y("held:Q", scale=share)
    )
    base = altair.Chart(steps).encode(
        x=altair.X("said:Q", scale=share, title="confidence that was said (mean of the step)"),
        y=altair.Y("held:Q", scale=share, title="share that annotators accept"),
    )
    size = altair.Size("proposals:Q", scale=altair.Scale(domainMin=0, range=[20, 700]), legend=None)
    points = base.mark_circle(opacity=0.85, color="#1f5fa8").encode(size=size)
    words = base.mark_text(dx=18, dy=14).encode(text="proposals:Q")
    return (line + points + words).properties(width=SIDE, height=SIDE, title=title)


def write_diagram(bins: Sequence[Bin], title: str, path: Path) -> None:
    """Writes the chart; the ending of the path says the form (svg, png)."""
    chart(bins, title).save(str(path))
