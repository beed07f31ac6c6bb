"""What an item is about: weights of concepts and of unknown words in its zones. No comparing lives here."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from dataclasses import field as dict_field
from functools import cache
from itertools import zip_longest

from graph.align_text import Zones
from graph.align_thesaurus import FOLDER, Mention, generic_words, read_yaml, thesaurus

MANNER = re.compile(
    r"(?:^|(?<=[。,;:!?]))(?:紧紧|紧密|充分|主要|坚持|重点)?"
    r"(?:围绕|聚焦|依托|按照|根据|结合|借助|瞄准|针对|立足|以(?=[^。,;]*为))[^。,;:!?]*(?=,)"
)
"""A clause that says how or for what, before another one; the act and its object stand in the latter."""
LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
NEAR = re.compile(r"[的之等和与及“”\"'()]{0,2}")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the score, read from `data/thesaurus/weights.yaml` (which says what each means)."""

    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """The weight of that name."""
        return self.values[name]


@cache
def shipped_weights() -> Weights:
    """The weights of `weights.yaml`."""
    content = read_yaml(FOLDER / "weights.yaml")["score"]
    return Weights({name: float(value) for name, value in content.items()})


_OTHERS: ContextVar[Weights | None] = ContextVar("weights", default=None)


def weights() -> Weights:
    """The weights in use: the shipped ones, or those of `with_weights`."""
    return _OTHERS.get() or shipped_weights()


@contextmanager
def with_weights(**others: float) -> Iterator[None]:
    """Other weights for a while, to see what each gives; a name that is no weight raises KeyError."""
    shipped = shipped_weights()
    changed = {name: value for name, value in others.items() if shipped[name] is not None}
    token = _OTHERS.set(Weights({**shipped.values, **changed}))
    try:
        yield
    finally:
        _OTHERS.reset(token)


@dataclass(slots=True)
class Content:
    """What a text is about."""

    mass: dict[str, float] = dict_field(default_factory=dict)
    """Weight by concept."""
    title: dict[str, float] = dict_field(default_factory=dict)
    """Weight by concept in the title alone, each at most 1."""
    unknown: float = 0.0
    """Weight of the words that are neither in the thesaurus nor generic."""
    terms: dict[str, list[str]] = dict_field(default_factory=dict)
    """The words by which each concept was found, as printed, the title's first."""


def counted(text: str) -> tuple[dict[str, float], list[Mention]]:
    """How often each concept is meant in a normalised text, and where.

    Chinese noun phrases end with their head: a concept right before another one (`数字经济产业园`) only
    modifies it. A clause of manner (`围绕产业链…`) names what the act serves. Both count less.
    """
    w = weights()
    mentions = thesaurus().mentions(text)
    manner = [match.span() for match in MANNER.finditer(text)]
    counts: dict[str, float] = defaultdict(float)
    following: Mention | None
    for mention, following in zip_longest(mentions, mentions[1:]):
        weight = 1.0
        if following is not None and following.concept != mention.concept and following.end > mention.end:
            between = text[mention.end : following.start]
            if following.start <= mention.end or (len(between) <= 1 and NEAR.fullmatch(between)):
                weight *= w["modifier"]
        if any(start <= mention.start < end for start, end in manner):
            weight *= w["manner"]
        counts[mention.concept] += weight
    return dict(counts), mentions


def unknown_letters(text: str, mentions: list[Mention]) -> int:
    """How many characters of a text belong neither to a concept nor to a generic word."""
    rest = list(text)
    for mention in mentions:
        rest[mention.start : mention.end] = "|" * (mention.end - mention.start)
    return len(LETTERS.sub("", generic_words().sub("|", "".join(rest))))


def weigh(zones: Zones) -> Content:
    """What an item is about, by zone: the title names the object, the body fills it in.

    Repetition counts by its logarithm. Unknown words weigh too, or a single known word in a text
    about something else would pass for its whole content.
    """
    w = weights()
    content = Content()
    mass: dict[str, float] = defaultdict(float)
    for text, name in (
        (zones.title, "title"),
        (zones.body, "body"),
        (zones.cited, "cited"),
        (zones.context, "context"),
    ):
        counts, mentions = counted(text)
        for concept, count in counts.items():
            amount = math.log2(1 + count) if name == "body" else min(1.0, count)
            mass[concept] += w[name] * amount
        for mention in mentions:
            words = content.terms.setdefault(mention.concept, [])
            if mention.term not in words:
                words.append(mention.term)
        if name == "title":
            content.title = {concept: min(1.0, count) for concept, count in counts.items()}
            content.unknown += w["unknown_title"] * min(1.0, unknown_letters(text, mentions) / 6)
        elif name == "body":
            content.unknown += w["unknown_body"] * math.log2(1 + unknown_letters(text, mentions) / 30)
    content.mass = dict(mass)
    return content


def words_only(text: str) -> str:
    """A text with generic words cut out, for the comparison by characters."""
    return generic_words().sub(" ", text)
