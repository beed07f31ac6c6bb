"""Rules and lexicons as data: loading and checking them. The rules themselves stand in `lexicon/`.

A pattern rule is a YAML entry with `name`, `pattern`, whatever its reader needs besides, and the
examples `yes` (must match) and `no` (must not), which one test runs, all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from loaders.errors import InputError
from loaders.sieve import Sieve, sieve

RULES = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its examples; `more` holds the further keys of the entry."""

    name: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)
    sieve: Sieve = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """See what a match needs."""
        object.__setattr__(self, "sieve", sieve(self.pattern))

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in `text[start:end]`; where it lacks what a match needs, the pattern is not tried."""
        return self.sieve.finditer(text, start, end)


class _Loader(yaml.CSafeLoader):
    """YAML in which `yes` and `no` are words: YAML 1.1 would read them as truth values."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def load(name: str) -> Any:
    """The content of `lexicon/<name>.yaml`."""
    path = RULES / f"{name}.yaml"
    try:
        found = yaml.load(path.read_bytes(), _Loader)  # noqa: S506 - a safe loader with fewer types
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "restore the file") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(str(path), f"is no sound YAML ({first})", "mend the file") from error
    if not isinstance(found, dict):
        raise InputError(str(path), "holds no rules", "write `rules:` and word lists into it")
    return found


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The pattern rules of `lexicon/<name>.yaml`, in their order; raises InputError for a wrong one."""
    entries = load(name).get("rules")
    place = str(RULES / f"{name}.yaml")
    if not isinstance(entries, list):
        raise InputError(place, "holds no rules", "write `rules:` and word lists into it")
    return tuple(_rule(f"{place}: {i}", entry) for i, entry in enumerate(entries, 1))


def _rule(place: str, entry: object) -> Rule:
    """One entry, checked."""
    if not isinstance(entry, dict) or not {"name", "pattern", "yes", "no"} <= set(entry):
        raise InputError(place, "is no rule", "give name, pattern, yes and no")
    name, pattern, examples = entry["name"], entry["pattern"], (entry["yes"], entry["no"])
    if not isinstance(name, str) or not isinstance(pattern, str):
        raise InputError(place, "has a name or pattern that is no text", "put it in quotation marks")
    if not all(isinstance(one, list) and all(isinstance(e, str) for e in one) for one in examples):
        raise InputError(place, "has examples that are no list of texts", "put each in quotation marks")
    more = {str(k): v for k, v in entry.items() if k not in {"name", "pattern", "yes", "no"}}
    try:
        compiled = re.compile(pattern, re.MULTILINE)
        return Rule(name, compiled, tuple(entry["yes"]), tuple(entry["no"]), more)
    except (re.error, RecursionError, OverflowError) as error:
        raise InputError(place, f"has no sound pattern ({error})", "mend the pattern") from error


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """A word list of `lexicon/<name>.yaml`, longest first, so that alternatives match greedily."""
    return tuple(sorted(load(name)[key], key=lambda w: (-len(w), w)))


@cache
def any_of(name: str, key: str) -> str:
    """A word list as a pattern of alternatives, without a group around it."""
    return "|".join(re.escape(w) for w in words(name, key))
