"""What a page is before it is HTML: its title, its template, its sections and what the template needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from viz.messages import Lang
from viz.pages.model import Label
from viz.web.charts import Chart
from viz.web.reviews import Reviews
from viz.web.source import Source
from viz.web.table import Section

Fill: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """For whom a page is made: the rows' source, the language, and what stands behind `?` in the address.

    `live` is false for static files, which have no server to ask. `reviews` takes decisions, where any are.
    """

    source: Source
    lang: Lang
    query: Mapping[str, str]
    live: bool
    reviews: Reviews | None = None

    def say(self, label: Label | tuple[str, str]) -> str:
        """The text in the page's language."""
        return label[1] if self.lang == "en" else label[0]


@dataclass(frozen=True, slots=True)
class View:
    """One page; `sections` are its data by their names in addresses, `fill` what its own template takes.

    `title` and `lead` are in the page's language. A `picture` writes a whole document of its own. `behind`
    has the questions, with what they were asked about, that the page rests on beside those of its sections.
    """

    title: str
    lead: str
    sections: Mapping[str, Section]
    template: str = "page.html"
    fill: Fill = field(default_factory=dict)
    picture: Callable[[], str] | None = None
    chart: Chart | None = None
    behind: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
