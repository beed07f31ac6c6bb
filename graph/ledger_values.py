"""What an office wrote in a cell of a ledger: one number with its time, or why it is none. Knows no files.

A number may have a bound (`超过118家`), words of course before it (`已认定118家`) and its time in front
(`2025年：118家`); whatever else is written is not one number, and nothing is guessed from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from graph.measures import convertible, plain
from graph.observations import FIRST_YEAR, LAST_YEAR, last_day
from loaders.records import Target

TIME: Final = re.compile(
    r"(?:截至|截止|至|到)?\s*(?P<year>(?:19|20)\d\d)"
    r"(?:\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?(?:年?[底末])?"
    r"|-(?P<month2>\d{1,2})(?:-(?P<day2>\d{1,2}))?|(?=\s*[:,;、]))\s*[:,;、]?\s*"
)
WORDS: Final = (
    *(
        "目前",
        "现",
        "全省",
        "全市",
        "全县",
        "全区",
        "共计",
        "共",
        "累计",
        "实际",
        "已经",
        "已",
        "完成",
        "实现",
    ),
    *("达到", "达", "为", "新认定", "认定", "新增", "建成", "引进", "引入", "培育", "入库", "登记"),
)
BOUNDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("超过", "突破", "超", "大于", ">"), ">"),
    **dict.fromkeys(("不低于", "不少于", "至少", "≥", ">="), ">="),
    **dict.fromkeys(("不超过", "≤", "<="), "<="),
    **dict.fromkeys(("不足", "少于", "低于", "小于", "<"), "<"),
    **dict.fromkeys(("约", "接近", "近", "≈", "~"), "~"),
    "=": "=",
}
AFTER: Final[Mapping[str, str]] = {"以上": ">=", "左右": "~", "以下": "<="}


def _any(words: Mapping[str, str] | Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


VALUE: Final = re.compile(
    rf"(?:{_any(WORDS)})*\s*(?P<bound>{_any(BOUNDS)})?\s*(?P<value>-?\d{{1,15}}(?:\.\d{{1,9}})?)\s*"
    rf"(?P<unit>[^\d\s,;。]*?)(?P<after>{_any(AFTER)})?\s*[。.]?"
)
GROUPED: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
DAY: Final = re.compile(r"(\d{4})(?:[年-](\d{1,2})(?:[月-](\d{1,2})日?|月)?|年)?")


class Said(NamedTuple):
    """A progress as a row of observations has it; `stamp` is a year, month or day."""

    year: str
    comparator: str
    value: str
    unit: str
    stamp: str


class Why(NamedTuple):
    """Why a cell was not taken, or is doubted."""

    zh: str
    en: str


def understood(text: str, target: Target, when: str) -> Said | Why:
    """The progress that a text states; without a time of its own it is of `when`. Else why it is none."""
    folded = GROUPED.sub("", unicodedata.normalize("NFKC", text).strip())
    stamp: str | None = when
    if time := TIME.match(folded):
        stamp = _stamp(time["year"], time["month"] or time["month2"], time["day"] or time["day2"])
        folded = folded[time.end() :]
    match = VALUE.fullmatch(folded)
    if match is None:
        return Why("不是一个数，没有收", "is not one number, and was not taken")
    if stamp is None:
        return Why("日历上没有这个时间，没有收", "is of no day of the calendar, and was not taken")
    unit = match["unit"] or target.unit
    if not convertible(unit, target.unit):
        wanted = target.unit or "无单位"
        return Why(f"单位与目标（{wanted}）不同，没有收", f"is in another unit than the target ({wanted})")
    signs = [BOUNDS[match["bound"]]] if match["bound"] else []
    signs += [AFTER[match["after"]]] if match["after"] else []
    if len(set(signs)) > 1:
        return Why("前后说法不一，没有收", "contradicts itself, and was not taken")
    value = plain(float(match["value"]))
    return Said(stamp[:4], signs[0] if signs else "=", value, unit or "个", stamp)


def dated(text: str) -> str | None:
    """A year, month or day as observations have it (2025, 2025-06, 2025-06-30); null where it is none."""
    match = DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return None if match is None else _stamp(*match.groups())


def later(stamp: str, than: str) -> bool:
    """Whether all of a time lies after another one: 2026-01 does after 2025, 2025 does not after 2025-06."""
    first = "-".join([*stamp.split("-"), "01", "01"][:3])
    return date.fromisoformat(first) > last_day(than)


def _stamp(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
