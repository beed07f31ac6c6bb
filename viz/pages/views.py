"""From the name of a view to its page. What is on each page is said in its own module."""

from __future__ import annotations

from typing import Literal, TypeAlias

from graph.standing import as_it_is, standing_of
from graph.store import Store
from ontology.terms import VERSION
from viz.pages.alignment import alignment_page
from viz.pages.citations import citations_page
from viz.pages.document import default_document, document_page
from viz.pages.foot import foot_of
from viz.pages.gaps import gaps_page
from viz.pages.plan import Plan
from viz.pages.units import units_page
from viz.pages.write import page_html

View: TypeAlias = Literal["alignment", "gaps", "units", "citations", "document"]


def draw_page(store: Store, view: View, document: str | None = None, lang: str = "zh") -> str:
    """The HTML of a view of the store; `document` is the id of the one to draw."""
    plan = Plan(store)
    if view == "alignment":
        page = alignment_page(plan)
    elif view == "gaps":
        page = gaps_page(plan)
    elif view == "units":
        page = units_page(plan)
    elif view == "citations":
        page = citations_page(plan)
    else:
        page = document_page(plan, document or default_document(plan))
    words = ("draw", view, *(("--document", document) if document else ()))
    language = () if lang == "zh" else ("--lang", lang)
    standing = standing_of(store, (*language, *as_it_is(store, *words)))
    return page_html(page, lang, version=VERSION, foot=foot_of(standing))
