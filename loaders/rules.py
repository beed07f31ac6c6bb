"""Rules and lexicons as data: loading and checking them. The rules themselves stand in `lexicon/`.

A pattern rule is a YAML entry with `name`, `pattern`, whatever its reader needs besides, and the
examples `yes` (must match) and `no` (must not), which one test runs, all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its examples; `more` holds the further keys of the entry."""

    name: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)


class _Loader(yaml.CSafeLoader):
    """YAML in which `yes` and `no` are words: YAML 1.1 would read them as truth values."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def load(name: str) -> Any:
    """The content of `lexicon/<name>.yaml`."""
    with (RULES / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, _Loader)  # noqa: S506 - a safe loader with fewer types


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The pattern rules of `lexicon/<name>.yaml`, in the order of the file."""
    return tuple(
        Rule(
            name=entry["name"],
            pattern=re.compile(entry["pattern"], re.MULTILINE),
            yes=tuple(entry["yes"]),
            no=tuple(entry["no"]),
            more={k: v for k, v in entry.items() if k not in {"name", "pattern", "yes", "no"}},
        )
        for entry in load(name)["rules"]
    )


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """A word list of `lexicon/<name>.yaml`, longest first, so that alternatives match greedily."""
    return tuple(sorted(load(name)[key], key=lambda w: (-len(w), w)))


@cache
def any_of(name: str, key: str) -> str:
    """A word list as a pattern of alternatives, without a group around it."""
    return "|".join(re.escape(w) for w in words(name, key))
