"""What governs the next figure of a sentence: years, a word of commitment, the name before it.

Which figures are targets is decided in `targets`; the words stand in `lexicon/targets.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.quantities import Quantity, Years
from loaders.records import Comparator, Modality
from loaders.rules import any_of, load, words

MODAL = re.compile(any_of("targets", "modalities"))
PACE = re.compile(r";|每年|每(?:[一二两三四五六\d]?个?月|季度?|周)")
THIS_YEAR = re.compile(load("targets")["this_year"])
SPAN = re.compile(load("targets")["span"])
_NOW = frozenset(words("targets", "now"))


@dataclass(slots=True)
class State:
    """What governs the next figure of a sentence; `lasting` and `names` live as long as the paragraph."""

    years: Years | None
    names: list[str]
    lasting: Years | None = None
    word: str | None = None
    word_before_years: bool = False
    new_window: bool = False
    every_year: bool = False
    verb: str | None = None
    verb_unit: str | None = None
    name: str | None = None
    subject: str | None = None
    grew: bool = False
    baseline: tuple[int | None, float | None] | None = None
    seen: list[Years] = field(default_factory=list)
    paired: list[Years] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    pairing: Comparator | None = None
    whole: str | None = None
    aside: tuple[int, Years | None] | None = None
    floor: tuple[int, str | None, Comparator] | None = None
    this_year: bool = False

    def enter_years(self, years: Years, lasting: bool = True) -> None:
        """A year or window of years begins; a `lasting` one governs the sentences behind as well."""
        self.lasting = years if lasting else self.lasting
        if self.word is not None and not self.seen:
            self.word_before_years = True
        elif self.word is not None and not self.word_before_years:
            self.new_window = True
        joined = self.seen and years.start - self.seen[-1].end <= 1
        self.paired = [*self.paired, years] if joined else [years]
        self.seen.append(years)
        self.years, self.every_year, self.this_year = years, False, False

    def enter_aside(self, years: Years, end: int) -> None:
        """A year in brackets, which says nothing of what follows them: 支出(扣除2022年…)增长3%."""
        if self.aside is None:
            self.aside = (end, self.years)
        self.years = years

    def leave_aside(self, at: float) -> None:
        """Behind the brackets the year before them governs again."""
        if self.aside is not None and at >= self.aside[0]:
            self.years, self.aside = self.aside[1], None

    def enter_word(self, word: str) -> None:
        """确保, 力争, 每年, 全年 or a semicolon."""
        if word == ";":
            self.every_year, self.verb = False, None
        elif THIS_YEAR.fullmatch(word):
            self.this_year = True
            if word in _NOW:
                self.years = self.lasting = None
        elif SPAN.fullmatch(word):
            self.years, self.lasting, self.every_year = None, None, False
        elif SPAN.match("," + word, 1):
            self.every_year = False
        elif word == "每年":
            self.every_year = True
        elif word.startswith("每"):
            self.every_year = False
        else:
            self.word, self.new_window, self.word_before_years = word, False, False

    def floored(self, text: str, quantity: Quantity) -> bool:
        """Whether a figure follows one with a floor in an enumeration: 不少于500万元、300万元."""
        if self.floor is None or text[self.floor[0] : quantity.start] != "、":
            return False
        return quantity.unit == self.floor[1]

    def modality(self, own_indicator: bool) -> tuple[Modality, str | None]:
        """The commitment of a figure and the word that gives it."""
        if self.word is None or (self.new_window and own_indicator):
            return "计划", None
        return ("确保" if self.word == "确保" else "力争"), self.word
