"""Dates and years as plans write them. Nothing about deadlines of targets lives here."""

from __future__ import annotations

import datetime
import re

from loaders.sieve import sieve

_YEAR_DIGITS = str.maketrans("零〇○ΟO一二三四五六七八九", "00000123456789")
_DATE = sieve(re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?!\d)"))
_CHINESE_DATE = sieve(
    re.compile(
        r"([一二][〇零○ΟO一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
    )
)


def iso(year: str | int, month: str | int, day: str | int) -> str | None:
    """The ISO date, or None where the calendar has no such day."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first whole date of `text` as (ISO date, start, end); either script."""
    from loaders.numerals import ORDINALS

    for match in _DATE.finditer(text):
        date = iso(*match.groups())
        if date:
            return date, match.start(), match.end()
    for match in _CHINESE_DATE.finditer(text):
        year, month, day = match.groups()
        date = iso(year.translate(_YEAR_DIGITS), ORDINALS.get(month, 0), ORDINALS.get(day, 0))
        if date:
            return date, match.start(), match.end()
    return None


def split_date_digits(year: str, digits: str) -> list[tuple[int, int, int]]:
    """Every calendar day that `year` and 2 to 4 further digits can mean: ('2020', '424') is one day."""
    days = []
    for cut in (1, 2):
        month, day = digits[:cut], digits[cut:]
        if 1 <= len(day) <= 2 and not month.startswith("0") and not day.startswith("0"):
            found = iso(year, month, day)
            if found:
                days.append((int(year), int(month), int(day)))
    if len(digits) == 4 and digits[0] == "0" and iso(year, digits[:2], digits[2:]):
        days.append((int(year), int(digits[:2]), int(digits[2:])))
    return days
