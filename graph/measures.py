"""Units of measurement as plans write them: a scale (万, 亿) before a base. No triples are made here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ontology import vocab

SCALES: Final = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
SCALE_NAMES: Final = {
    "": "",
    "千": "thousand ",
    "万": "ten thousand ",
    "百万": "million ",
    "千万": "ten million ",
    "亿": "hundred million ",
    "万亿": "trillion ",
}
SCALED = re.compile("(万亿|千万|百万|亿|万|千)?(.*)", re.DOTALL)
COUNTED: Final = {
    "个": "things",
    "人": "people",
    "人次": "attendances",
    "件": "pieces",
    "名": "persons",
    "场": "events",
    "家": "firms or bodies",
    "座": "structures",
    "户": "households",
    "所": "institutions",
    "批": "batches",
    "支": "teams",
    "期": "issues",
    "条": "entries",
    "次": "times",
    "项": "projects or items",
}
"""Counting words, with what they count."""
BASES: Final = {
    "%": ("percent", "percent", vocab.unit_PERCENT),
    "个百分点": ("percentage-point", "percentage points", None),
    "元": ("yuan", "yuan", vocab.unit_CCY_CNY),
    **{word: (word, f"{english} ({word})", vocab.unit_NUM) for word, english in COUNTED.items()},
}
"""Base as written: its slug, English name and the QUDT unit that it is."""
NUMBER_WORDS: Final = frozenset({"个", "人", "件", "名", "家", "项"})
"""Counting words that one indicator may be counted with in turn: 2个 and 2家 of it are as many."""


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """A unit as written, with the base it is a multiple of.

    `qudt` is the QUDT unit of the base; `base` is the base as written, null where the unit is one.
    """

    slug: str
    name_zh: str
    name_en: str
    multiplier: int
    base: str | None
    qudt: str | None

    @property
    def dimension(self) -> str:
        """Equal for units whose values can be compared after scaling."""
        return self.base or self.name_zh


def measure_unit(written: str) -> MeasureUnit:
    """The unit of that writing; one that is not listed stands for itself.

    A scale alone (24万) is a unit of its own beside 万个: one unit has one name.
    """
    match = SCALED.fullmatch(written)
    scale, base = (match[1] or "", match[2]) if match else ("", written)
    if scale and not base:
        name = SCALE_NAMES[scale].strip()
        return MeasureUnit(str(SCALES[scale]), written, name, SCALES[scale], "个", vocab.unit_NUM)
    slug, english, qudt = BASES.get(base, (base, base, None))
    if not scale:
        return MeasureUnit(slug, written, english, 1, None, qudt)
    name = SCALE_NAMES[scale] + english
    return MeasureUnit(f"{SCALES[scale]}-{slug}", written, name, SCALES[scale], base, qudt)


def convertible(one: str | None, other: str | None) -> bool:
    """Whether amounts of one indicator in these units (as written, null: none) can be compared.

    Scales do not matter (万元, 亿元); NUMBER_WORDS stand for each other and for no unit; nothing else does.
    """
    return _kind(one) == _kind(other)


def _kind(written: str | None) -> str:
    dimension = "个" if written is None else measure_unit(written).dimension
    return "个" if dimension in NUMBER_WORDS else dimension


def amount(value: float, unit: str | None) -> Decimal:
    """The value in the base of its unit, exactly: 1.5 亿元 is 150000000."""
    return Decimal(repr(value)) * (1 if unit is None else measure_unit(unit).multiplier)


def in_unit(base: Decimal, unit: str | None) -> Decimal:
    """An amount in the base of a unit, said in that unit; exact, as scales are powers of ten."""
    return base / (1 if unit is None else measure_unit(unit).multiplier)


def plain(number: Decimal | float) -> str:
    """The number without exponent and trailing zeros: 1800, 69.63."""
    digits = format(number if isinstance(number, Decimal) else Decimal(repr(number)), "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in {"-0", ""} else digits
