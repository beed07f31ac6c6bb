"""Automatic numbers of Word lists, as Word prints them. Text of paragraphs is not read here.

ECMA-376 part 1, 17.9: a `w:num` points to a `w:abstractNum`, whose levels say where counting starts,
in which numerals (17.18.59) and with what around it (`%1` is the number of the first level).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_LEVELS = 9


def chinese(n: int, digits: str = _DIGITS, tens: str = "十", unit: tuple[str, str] = ("百", "千")) -> str:
    """A number below ten thousand in Chinese numerals, as 十一, 二十, 一百零五."""
    if not 0 < n < 10_000:
        return "".join(digits[int(d)] for d in str(n)) if n >= 0 else str(n)
    out, zero = "", False
    for power, name in ((1000, unit[1]), (100, unit[0]), (10, tens), (1, "")):
        digit = n // power % 10
        if digit == 0:
            zero = bool(out)
            continue
        out += ("零" if zero else "") + digits[digit] + name
        zero = False
    return out[1:] if digits == _DIGITS and 10 <= n < 20 else out


def _letters(n: int) -> str:
    """A, B … Z, AA, BB …: Word repeats the letter."""
    return chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    ):
        out += sign * (n // value)
        n %= value
    return out


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _plain_digits(n: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(n))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    "decimalEnclosedCircle": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"),
    "decimalEnclosedCircleChinese": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _cycle("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _cycle("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "numberInDash": lambda n: f"- {n} -",
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": lambda n: chinese(n, _FORMAL, "拾", ("佰", "仟")),
    "ideographLegalTraditional": lambda n: chinese(n, "零壹貳參肆伍陸柒捌玖", "拾", ("佰", "仟")),
    "ideographDigital": _plain_digits,
    "japaneseDigitalTenThousand": _plain_digits,
    "taiwaneseDigital": _plain_digits,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _cycle("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "none": lambda _: "",
}
"""How each numeral format writes a number; a format that is not here is written in digits."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        """The lists that numbering.xml defines; none for a document without it."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._nums: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        names: dict[str, str] = {}
        for item in root.findall(f"{W}abstractNum"):
            key = item.get(f"{W}abstractNumId") or ""
            self._abstract[key] = {_ilvl(level): _level(level) for level in item.findall(f"{W}lvl")}
            for name, into in (("styleLink", names), ("numStyleLink", linked)):
                link = _value(item, name)
                if link:
                    into[link if name == "styleLink" else key] = key if name == "styleLink" else link
        for key, style in linked.items():
            if not self._abstract[key] and style in names:
                self._abstract[key] = self._abstract[names[style]]
        for item in root.findall(f"{W}num"):
            abstract = _value(item, "abstractNumId") or ""
            levels, starts = dict(self._abstract.get(abstract, {})), {}
            for override in item.findall(f"{W}lvlOverride"):
                at = _ilvl(override)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = _value(override, "startOverride")
                if start is not None:
                    starts[at] = number_in(start, 1)
            self._nums[item.get(f"{W}numId") or ""] = (abstract, levels, starts)

    def level_of_style(self, num: str, style: str) -> int:
        """The level of a list that a paragraph style is tied to, else the first."""
        levels = self._nums.get(num, ("", {}, {}))[1]
        return next((at for at, level in levels.items() if level.style == style), 0)

    def next(self, num: str, at: int) -> str:
        """The label of the next paragraph of list `num` at level `at`, with what divides it from the text."""
        if num not in self._nums or not 0 <= at < _LEVELS:
            return ""
        abstract, levels, starts = self._nums[num]
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if at in starts and (num, at) not in self._restarted:
            self._restarted.add((num, at))
            counts[at] = starts[at]
        else:
            counts[at] = level.start if counts[at] is None else (counts[at] or 0) + 1
        for deeper in range(at + 1, _LEVELS):
            rule = levels.get(deeper, Level()).restart
            if rule is None or (rule != 0 and at < rule):
                counts[deeper] = None
        for higher in range(at):
            if counts[higher] is None:
                counts[higher] = levels.get(higher, Level()).start
        return _label(level, levels, counts)


def _label(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    if level.form == "bullet" or not level.text:
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        form = "decimal" if level.legal else levels.get(at, Level()).form
        return FORMATS.get(form, str)(counts[at] or 0)

    label = re.sub(r"%([1-9])", number, level.text).strip()
    apart = label[-1:].isascii() and level.suffix != "nothing"
    return f"{label} " if label and apart else label


def _level(item: etree._Element) -> Level:
    restart = _value(item, "lvlRestart")
    return Level(
        start=number_in(_value(item, "start"), 1),
        form=_value(item, "numFmt") or "decimal",
        text=_value(item, "lvlText") or "",
        suffix=_value(item, "suff") or "tab",
        legal=item.find(f"{W}isLgl") is not None,
        restart=None if restart is None else number_in(restart, 0),
        style=_value(item, "pStyle"),
    )


def _ilvl(item: etree._Element) -> int:
    return number_in(item.get(f"{W}ilvl"), 0)


def _value(item: etree._Element, name: str) -> str | None:
    found = item.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def number_in(text: str | None, otherwise: int) -> int:
    """A small whole number as an attribute writes it."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise
