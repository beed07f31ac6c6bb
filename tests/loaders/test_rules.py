"""Every rule of the lexicon keeps its own examples: all of them, counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import loaders.rules
from loaders.errors import InputError
from loaders.layout import lines
from loaders.rules import Rule, load, rules

FILES = ("repairs", "responsibilities", "declarations", "goals", "targets")
CASES = [(name, rule) for name in FILES for rule in rules(name)]


def test_all_rules_are_collected() -> None:
    entries = sum(len(load(name)["rules"]) for name in FILES)
    assert len(CASES) == entries >= 30


@pytest.mark.parametrize(("file", "rule"), CASES, ids=lambda c: c.name if isinstance(c, Rule) else c)
def test_a_rule_keeps_its_examples(file: str, rule: Rule) -> None:
    assert rule.yes, f"{file}: {rule.name} has no example that it must match"
    assert rule.no, f"{file}: {rule.name} has no example that it must not match"
    for text in rule.yes:
        assert rule.pattern.search(text), f"{file}: {rule.name} misses {text!r}"
    for text in rule.no:
        assert not rule.pattern.search(text), f"{file}: {rule.name} takes {text!r}"


def test_the_brand_pattern_keeps_its_examples() -> None:
    spec = load("repairs")["brands"]
    assert all(re.search(spec["pattern"], text) for text in spec["yes"])
    assert not any(re.search(spec["pattern"], text) for text in spec["no"])


def test_relations_of_citations_keep_their_examples() -> None:
    from loaders.citations import find_citations

    checked = 0
    for entry in load("citations")["relations"]:
        for text in entry["yes"]:
            found = find_citations(text, (0, len(text)), None, None)
            assert entry["relation"] in {c.relation for c in found}, text
            checked += 1
        for text in entry["no"]:
            found = find_citations(text, (0, len(text)), None, None)
            assert entry["relation"] not in {c.relation for c in found}, text
            checked += 1
    assert checked >= 8


def test_the_lexicon_has_no_file_without_a_reader() -> None:
    from loaders.rules import RULES

    known = {
        "repairs",
        "responsibilities",
        "declarations",
        "goals",
        "citations",
        "metadata",
        "outline",
        "targets",
        "units",
    }
    assert {p.stem for p in RULES.glob("*.yaml")} == known


def test_lines_know_where_they_stand() -> None:
    text = "  甲\n\n乙 \n"
    assert [(x.start, x.end, x.text) for x in lines(text)] == [(2, 3, "甲"), (5, 6, "乙")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "holds no rules"),
        ("- 1", "holds no rules"),
        ("words: [a]", "holds no rules"),
        ("rules: [1]", "is no rule"),
        ("rules: [{name: a, pattern: b, yes: c, no: []}]", "no list of texts"),
        ("rules: [{name: a, pattern: '(', yes: [], no: []}]", "no sound pattern"),
        ("rules: [", "no sound YAML"),
    ],
)
def test_a_wrong_file_of_rules_is_refused_with_its_name(
    content: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fresh.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(loaders.rules, "RULES", tmp_path)
    loaders.rules.load.cache_clear()
    try:
        with pytest.raises(InputError, match=problem) as caught:
            loaders.rules.rules("fresh")
    finally:
        loaders.rules.load.cache_clear()
    assert "fresh.yaml" in str(caught.value)
