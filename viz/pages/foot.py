"""What a page rests on, as the foot of the page says it in both languages. Computes nothing."""

from __future__ import annotations

from graph.standing import Standing
from viz.pages.model import Label
from viz.pages.write import Foot
from viz.standing_words import standing_line, standing_rows


def foot_of(standing: Standing) -> Foot:
    """The foot of a page with this standing."""
    zh, en = standing_rows(standing, "zh"), standing_rows(standing, "en")
    return Foot(
        line=Label(standing_line(standing, "zh"), standing_line(standing, "en")),
        rows=[
            (Label(label, name), Label(text, said))
            for (label, text), (name, said) in zip(zh, en, strict=True)
        ],
        command=standing.command,
    )
