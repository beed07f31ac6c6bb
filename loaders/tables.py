"""Tables of indicators: 指标, 单位, 2020年, 2025年, 属性. Tables of other things are left as text.

A table is a run of lines whose cells are parted by tabulators (as the formats write them) or by `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders import indicators
from loaders.clauses import GROWTH
from loaders.found import Found
from loaders.layout import Line, lines
from loaders.records import Comparator

FAR = 3
"""The first of several years is where a plan starts from, if the last one is so many years later."""

_YEAR = re.compile(r"((?:19|20)\d\d) ?年?")
_NAME_HEAD = re.compile(r"指标|目标名称|项目名称|目标内容")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_VALUE = re.compile(
    r"^(?P<sign>≥|>=|>|≤|<=|<|=|不低于|不少于|超过|突破|达到|约|不超过)? ?"
    r"[\[〔]?(?P<low>\d+(?:,\d{3})*(?:\.\d+)?)(?:[-~至](?P<high>\d+(?:\.\d+)?))? ?"
    r"(?P<unit>[^\d\s\])〕以左]{0,5})[\]〕]?(?P<after>以上|以内|左右)?$"
)
_SIGNS: dict[str, Comparator] = {
    **dict.fromkeys(("≥", ">=", "不低于", "不少于", "达到", "以上"), ">="),
    **dict.fromkeys((">", "超过", "突破"), ">"),
    **dict.fromkeys(("≤", "<=", "不超过", "以内"), "<="),
    "<": "<",
    **dict.fromkeys(("约", "左右"), "~"),
    "=": "=",
}
_UNIT_IN_NAME = re.compile(r"\((?P<unit>%|‰|[^()]{1,6})\)$")
_BASELINE = re.compile(r"基期|现状|基准|完成值|实际")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row in view offsets."""

    start: int
    end: int
    text: str


def find_tables(text: str, start: int, end: int) -> Iterator[list[list[Cell]]]:
    """The tables of `text[start:end]`: at least two rows of three cells or more, one after the other."""
    rows: list[list[Cell]] = []
    if text.find("\t", start, end) < 0 and text.find("|", start, end) < 0:
        return
    for line in lines(text, start, end):
        cells = _cells(line)
        if len(cells) >= 3:
            rows.append(cells)
        else:
            if len(rows) >= 2:
                yield rows
            rows = []
    if len(rows) >= 2:
        yield rows


def _cells(line: Line) -> list[Cell]:
    mark = "\t" if "\t" in line.text else "|"
    cells, at = [], line.start
    for part in line.text.split(mark):
        lead = len(part) - len(part.lstrip())
        cells.append(Cell(at + lead, at + lead + len(part.strip()), part.strip()))
        at += len(part) + 1
    if mark == "|":
        cells = cells[1 if cells and not cells[0].text else 0 :]
        cells = cells[: -1 if cells and not cells[-1].text else None]
    return cells


def table_targets(rows: list[list[Cell]]) -> Iterator[Found]:
    """The targets of a table with a column of indicators and one of years; none of another table."""
    head = rows[0]
    name_at = next((i for i, c in enumerate(head) if _NAME_HEAD.search(c.text)), None)
    unit_at = next((i for i, c in enumerate(head) if _UNIT_HEAD.match(c.text)), None)
    years = {i: int(m.group(1)) for i, c in enumerate(head) if (m := _YEAR.search(c.text))}
    if name_at is None or not years:
        return
    first, last = min(years.values()), max(years.values())
    past = {
        i for i, y in years.items() if (y == first and last - first >= FAR) or _BASELINE.search(head[i].text)
    }
    for row in rows[1:]:
        if len(row) == len(head):
            yield from _row(row, name_at, unit_at, years, past)


def _row(
    row: list[Cell], name_at: int, unit_at: int | None, years: dict[int, int], past: set[int]
) -> Iterator[Found]:
    name = row[name_at].text
    in_name = _UNIT_IN_NAME.search(name)
    bare = _UNIT_IN_NAME.sub("", name) if in_name else name
    column = row[unit_at].text if unit_at is not None else ""
    baseline = next(
        ((years[i], _number(m.group("low"))) for i in sorted(past) if (m := _VALUE.match(row[i].text))), None
    )
    for i, year in sorted(years.items()):
        match = _VALUE.match(row[i].text)
        if i in past or not match or not bare:
            continue
        unit = match.group("unit") or (column if column not in {"-", "/", ""} else None)
        unit = unit or (in_name.group("unit") if in_name else None)
        growth = unit == "%" and bool(GROWTH.search(bare))
        high = match.group("high")
        sign = _SIGNS.get(match.group("sign") or match.group("after") or "=", "=")
        yield Found(
            start=row[name_at].start,
            end=row[i].end,
            figure=(row[i].start, row[i].end),
            written=bare,
            indicator=indicators.canonical(bare, unit, growth),
            comparator="range" if high else sign,
            value=_number(match.group("low")),
            value_max=_number(high) if high else None,
            unit=unit,
            growth=growth,
            per_year="年均" in bare,
            years=(year, year),
            modality="计划",
            modality_word=None,
            qualitative=False,
            scope=None,
            baseline=baseline,
        )


def _number(text: str) -> float:
    return float(text.replace(",", ""))
