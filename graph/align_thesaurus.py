"""The domain thesaurus: reads `data/thesaurus`, finds concepts in texts. No scoring lives here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from operator import add
from pathlib import Path
from typing import Any, Final

from loaders.errors import InputError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "thesaurus"
NO_CONCEPTS = ("fields.yaml", "generic.yaml", "weights.yaml")
TRAP = ""
"""The concept of a word that takes its place and means nothing."""
NONE: Final[Mapping[int, dict[str, list[str]]]] = {}
GAP = "…"
GAP_PATTERN = "[^。,;:、!?“”]{0,8}?"
"""A gap stays inside its clause."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its names, the terms that mean it, and its neighbours."""

    id: str
    zh: str
    en: str
    terms: tuple[str, ...]
    broader: tuple[str, ...]
    related: Mapping[str, float]
    weight: float
    """How much it tells of a content: an act that many objects share tells less than its object."""
    traps: tuple[str, ...]
    """Longer words that only look as if they held a term."""
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term of a concept found in a text (offsets into the normalised text)."""

    concept: str
    term: str
    start: int
    end: int


class Thesaurus:
    """The concepts and an index that finds them in time linear in the text."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        """Index the terms by their first two characters and their length."""
        self.concepts: Mapping[str, Concept] = {c.id: c for c in concepts}
        self._gapped: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        self._plain: dict[str, dict[int, dict[str, list[str]]]] = {}
        for concept in concepts:
            for term in concept.terms:
                if GAP in term:
                    pattern = re.compile(GAP_PATTERN.join(re.escape(p) for p in term.split(GAP)))
                    self._gapped.setdefault(term[:2], []).append((pattern, concept.id))
                else:
                    self._index(term, concept.id)
            for trap in concept.traps:
                self._index(trap, TRAP)
        self._heads = self._plain.keys() | self._gapped.keys()

    def _index(self, term: str, concept: str) -> None:
        by_length = self._plain.setdefault(term[:2], {})
        by_length.setdefault(len(term), {}).setdefault(term, []).append(concept)

    def without(self, terms: Collection[str]) -> Thesaurus:
        """The same concepts with these terms left out."""
        kept = (replace(c, terms=tuple(t for t in c.terms if t not in terms)) for c in self.concepts.values())
        return Thesaurus(tuple(kept))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in a normalised text, in order.

        A mention inside a longer one does not count, nor does one that overlaps an earlier mention of the
        same concept. A term with a gap swallows nothing: what stands in its gap is a content of its own.
        """
        found: list[tuple[Mention, bool]] = []
        heads = self._heads
        for start, head in enumerate(map(add, text, text[1:])):
            if head not in heads:
                continue
            for length, terms in self._plain.get(head, NONE).items():
                term = text[start : start + length]
                for concept in terms.get(term, ()):
                    found.append((Mention(concept, term, start, start + length), True))
            for pattern, concept in self._gapped.get(head, ()):
                if match := pattern.match(text, start):
                    found.append((Mention(concept, match.group(), start, match.end()), False))
        found.sort(key=lambda f: (f[0].start, -f[0].end, f[0].concept))
        kept: list[Mention] = []
        reach: dict[str, int] = {}
        span = 0, 0
        for mention, swallows in found:
            if mention.end <= span[1] and mention.end - mention.start < span[1] - span[0]:
                continue
            if swallows and mention.end > span[1]:
                span = mention.start, mention.end
            if mention.concept != TRAP and mention.start >= reach.get(mention.concept, 0):
                reach[mention.concept] = mention.end
                kept.append(mention)
        return kept

    def kinship(self, concept: str, other: str) -> float:
        """How far a text about `other` covers what is said about `concept` (1 for the same, 0 for none).

        One step up or down the `broader` ladder counts half; `related` holds its own share.
        """
        if concept == other:
            return 1.0
        mine, theirs = self.concepts[concept], self.concepts[other]
        related = max(mine.related.get(other, 0.0), theirs.related.get(concept, 0.0))
        return max(related, 0.5 if other in mine.broader or concept in theirs.broader else 0.0)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file, every scalar as text (`yes` is a key here, not a truth)."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a base loader builds text only)
    except (OSError, yaml.YAMLError) as error:
        raise InputError(
            str(path), f"cannot be read ({error})", "restore the file from the repository"
        ) from error


def read_concepts(folder: Path) -> Iterator[Concept]:
    """The concepts of every file of the folder, in order of file name and place."""
    for path in sorted(folder.glob("*.yaml")):
        if path.name in NO_CONCEPTS:
            continue
        for entry in read_yaml(path):
            try:
                yield Concept(
                    id=entry["id"],
                    zh=entry["zh"],
                    en=entry["en"],
                    terms=tuple(entry["terms"]),
                    broader=tuple(entry.get("broader", ())),
                    related={k: float(v) for k, v in entry.get("related", {}).items()},
                    weight=float(entry.get("weight", 1)),
                    traps=tuple(entry.get("except", ())),
                    yes=tuple(entry["yes"]),
                    no=tuple(entry["no"]),
                )
            except (KeyError, TypeError, ValueError) as error:
                raise InputError(
                    f"{path}, concept {entry!r:.60}",
                    f"malformed entry ({error!r})",
                    "see README.md beside it",
                ) from error


@cache
def shipped_thesaurus() -> Thesaurus:
    """The thesaurus of `data/thesaurus`."""
    return Thesaurus(tuple(read_concepts(FOLDER)))


_OTHER: ContextVar[Thesaurus | None] = ContextVar("thesaurus", default=None)


def thesaurus() -> Thesaurus:
    """The thesaurus in use: the shipped one, or that of `with_thesaurus`."""
    return _OTHER.get() or shipped_thesaurus()


@contextmanager
def with_thesaurus(other: Thesaurus) -> Iterator[None]:
    """Another thesaurus for a while, to see what each part of it gives."""
    token = _OTHER.set(other)
    try:
        yield
    finally:
        _OTHER.reset(token)


@cache
def generic_words() -> re.Pattern[str]:
    """A pattern of the words that say nothing about content, longer ones first."""
    content = read_yaml(FOLDER / "generic.yaml")
    return any_of(content["words"])


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """The fields of government, each with the words by which a text shows it."""
    return {name: tuple(words) for name, words in read_yaml(FOLDER / "generic.yaml")["fields"].items()}


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the words, longer ones first."""
    return re.compile("|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))))
