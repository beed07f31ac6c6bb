"""What the rule that made a claim says of itself. The rules stand in loaders/, graph/ and the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from loaders import rules
from loaders.records import AnyRecord, Repair
from loaders.view import View

NOTES: Final = Path(__file__).with_name("rule_notes.yaml")


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule's name, what it does in words, and the note beside its pattern in the lexicon; null without."""

    name: str
    zh: str | None
    en: str | None
    lexicon: str | None


def rule_note(name: str, record: AnyRecord | None = None, text: str = "") -> RuleNote:
    """The note of a rule; of lexicon rules of one name that which fits the record in its source text."""
    words = _words(name)
    return RuleNote(name, words.get("zh"), words.get("en"), _of_lexicon(name, record, text))


def _words(name: str) -> dict[str, str]:
    notes = _notes()
    if name in notes:
        return notes[name]
    starts = [key for key in notes if key.endswith("*") and name.startswith(key[:-1])]
    return notes[max(starts, key=len)] if starts else {}


@cache
def _notes() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(NOTES.read_text(encoding="utf-8"))
    return loaded


def _of_lexicon(name: str, record: AnyRecord | None, text: str) -> str | None:
    if name.startswith("cited_"):
        relation = name.removeprefix("cited_")
        entries = rules.load("citations")["relations"]
        return next((_note(e) for e in entries if e["relation"] == relation), None)
    notes = {_note(rule.more) for rule in _named(name) if _fits(rule, record, text)} - {None}
    return notes.pop() if len(notes) == 1 else None


def _named(name: str) -> Iterator[rules.Rule]:
    for file in ("repairs", "responsibilities", "goals"):
        yield from (rule for rule in rules.rules(file) if rule.name == name)


def _note(entry: dict[str, Any]) -> str | None:
    return str(entry["note"]) if entry.get("note") else None


def _fits(rule: rules.Rule, record: AnyRecord | None, text: str) -> bool:
    """Whether the rule is the one: rules of repairs share names, so their pattern must match at the place."""
    if not isinstance(record, Repair):
        return True
    matches = rule.pattern.finditer(View(text).text)
    return any(record.start <= m.start(1) and m.end(1) <= record.end for m in matches)
