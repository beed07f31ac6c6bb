"""A pattern behind a sieve finds what it finds without one, and is not tried where it cannot match."""

from __future__ import annotations

import re

import pytest

from benchmarks.patterns import every_pattern
from loaders.corpus import find_documents
from loaders.read import prepare
from loaders.sieve import sieve

SIEVES = [sieve(one.pattern) for one in every_pattern() if isinstance(one.pattern.pattern, str)]
TRIED = [one for one in SIEVES if one.words]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?:实现)?(?:了)?零(?:的)?突破", {"突破"}),
        (r"“主引()$", {"“主引"}),
        (r"(?:院士|专家)工作(战)", {"工作战"}),
        (r"由(.{3,9}?)(?:负责|牵头)", {"由"}),
        (r"翻[一二]番", {"番"}),
        (r"(?:同|与)步", {"步"}),
        (r"(?:甲|乙)+", {"甲", "乙"}),
        (r"(?:甲|乙)*", set()),
        (r"甲|\d", set()),
        (r"(?<=甲)\d(?=乙)", set()),
        (r"[^甲]\w", set()),
        (r"(?i:ab)", set()),
        (r"", set()),
    ],
)
def test_the_words_of_a_pattern(pattern: str, words: set[str]) -> None:
    assert set(sieve(re.compile(pattern)).words) == words


def test_no_match_is_lost() -> None:
    assert len(TRIED) >= 100
    texts = [prepare(path.read_text(encoding="utf-8")).view.text for path in find_documents()]
    found = 0
    for one in TRIED:
        for line in "\n".join(texts).split("\n"):
            behind = [m.span() for m in one.finditer(line)]
            assert behind == [m.span() for m in one.pattern.finditer(line)], one
            found += len(behind)
    assert found >= 5_000


def test_a_stretch_is_searched_and_no_more() -> None:
    one = sieve(re.compile("甲乙"))
    assert [m.span() for m in one.finditer("甲乙甲乙", 1)] == [(2, 4)]
    assert not one.may_match("甲乙甲乙", 1, 3)
    assert list(one.finditer("甲乙", 0, 1)) == []
