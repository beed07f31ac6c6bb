"""Scores without the words that the thesaurus may have from the very document that is scored."""

from __future__ import annotations

from benchmarks.alignment_figures import Case, cases
from benchmarks.alignment_methods import Method
from benchmarks.gold import Annotated
from graph.align_text import normalise
from graph.align_thesaurus import GAP, shipped_thesaurus, with_thesaurus


def own_words(name: str, texts: dict[str, str]) -> frozenset[str]:
    """The terms of the thesaurus that stand in one of the texts (by its name) and in no other one."""
    others = "\n".join(text for other, text in texts.items() if other != name)
    terms = {term for concept in shipped_thesaurus().concepts.values() for term in concept.terms}
    return frozenset(t for t in terms if GAP not in t and t in texts[name] and t not in others)


def without_own_words(method: Method, upper: Annotated, lower: dict[str, Annotated]) -> list[Case]:
    """The cases, each document scored without the terms that no other one has.

    That is severe: most of them are common words of the field that would stand in the thesaurus all the same.
    """
    texts = {name: normalise(one.reading.text) for name, one in lower.items()}
    texts["upper"] = normalise(upper.reading.text)
    found = []
    for name, one in lower.items():
        with with_thesaurus(shipped_thesaurus().without(own_words(name, texts))):
            found += cases(method, upper, {name: one})
    return found
