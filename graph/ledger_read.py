"""A ledger that an office filled in becomes observations, each bound to the target of its row.

Only 进展情况 becomes an actual value, and only where it is written as one number (`118`, `118家`), if need be
with a bound (`超过118家`) and its time in front (`2025年：118家`). Whatever else is written there is told and
not taken: nothing is guessed from words, rates or states, nothing is judged. A row is known by the code in
its cell 依据; its target has to read in the ledger as in the graph, so that no value lands on another target.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.ledger_columns import COLUMNS, FILLED_BY, FILLED_TO, NOTES, TOTAL, code_of, target_cells
from graph.measures import convertible, plain
from graph.observations import COLUMNS as OBSERVED
from graph.observations import TARGET
from loaders.errors import InputError
from loaders.records import Item, Reading, Target
from loaders.workbook import Cell, Table, read_tables

HEADINGS: Final = {heading: key for key, heading in COLUMNS}
CODE: Final = re.compile(r"〔([0-9a-f]{8})〕")
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


@dataclass(frozen=True, slots=True)
class Untaken:
    """A cell that was filled in and not taken as a value, and why."""

    cell: str
    text: str
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What a ledger holds: the rows of observations as CSV, and the cells that were not taken."""

    content: bytes
    rows: int
    untaken: tuple[Untaken, ...]


def is_ledger(path: Path) -> bool:
    """Whether a file that is no workbook begins with the headings of a ledger."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(4096)
    return f",{dict(COLUMNS)['progress']},".encode() in head


def read_ledger(
    path: Path, readings: Sequence[Reading], as_of: str, by: str | None = None, day: str | None = None
) -> Filled:
    """What an office filled in; `by` and `day` go before what the sheet 说明 says.

    Raises InputError with FILE: SHEET!CELL where a code or target is not the graph's, or nothing is there.
    """
    tables = read_tables(path)
    notes = _notes(tables)
    when = _day(day or notes.get(FILLED_TO) or as_of, str(path))
    who = by or notes.get(FILLED_BY) or "单位填报"
    known = _known(readings)
    rows: dict[tuple[str, ...], list[str]] = {}
    untaken: list[Untaken] = []
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    for table in tables:
        for found in _filled(table, path, known, when):
            if isinstance(found, Untaken):
                untaken.append(found)
                continue
            target, place, cell, said, note = found
            year, comparator, value, unit, source_date = said
            source = f"{who}（{path.name} {table.name}!{cell}，{sha256}）"
            key = (target.id, year, comparator, value, unit, source_date)
            rows.setdefault(
                key,
                [
                    target.indicator,
                    place,
                    year,
                    comparator,
                    value,
                    unit,
                    source,
                    source_date,
                    note,
                    target.id,
                ],
            )
    if not rows:
        if not untaken:
            raise InputError(str(path), "holds no progress", "write in 进展情况* a number such as 118家")
        first = untaken[0]
        cell, text, reason = first.cell, first.text[:40], first.why_en
        raise InputError(
            str(path),
            f"holds no progress that could be taken ({cell}: “{text}” {reason})",
            "write in 进展情况* a number such as 118家",
        )
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*OBSERVED, TARGET])
    writer.writerows(rows.values())
    return Filled(buffer.getvalue().encode(), len(rows), tuple(untaken))


def _known(readings: Sequence[Reading]) -> dict[str, tuple[Target | None, str | None]]:
    """The target and place of each code; a code of an item has no target."""
    found: dict[str, tuple[Target | None, str | None]] = {}
    for reading in readings:
        place = reading.document.jurisdiction_code
        found |= {code_of(item.id): (None, place) for item in reading.of(Item)}
        found |= {code_of(target.id): (target, place) for target in reading.of(Target)}
    return found


_Taken = tuple[Target, str, str, tuple[str, str, str, str, str], str]


def _filled(
    table: Table, path: Path, known: Mapping[str, tuple[Target | None, str | None]], when: str
) -> Iterator[_Taken | Untaken]:
    header = _header(table)
    if header is None:
        return
    start, columns = header
    for row in table.rows[start + 1 :]:
        cells = {key: row[column] for key, column in columns.items() if column in row}
        progress = cells.get("progress")
        if progress is None or cells.get("number", Cell("", "")).text == TOTAL:
            continue
        where = f"{table.name}!{progress.address}"
        basis = cells.get("basis")
        code = None if basis is None else CODE.search(basis.text)
        if code is None:
            yield Untaken(where, progress.text, "依据一栏没有编号", "its row has no code in 依据")
            continue
        if code[1] not in known:
            place = f"{path}: {table.name}!{basis.address if basis else ''}"
            raise InputError(place, f"no target of the graph has the code {code[1]}", "write the ledger anew")
        target, jurisdiction = known[code[1]]
        if target is None or jurisdiction is None:
            yield Untaken(where, progress.text, "本条没有量化目标", "its row has no target with a figure")
            continue
        _same(target, cells, f"{path}: {table.name}")
        said = understood(progress.text, target, when)
        if isinstance(said, tuple) and len(said) == 2:
            yield Untaken(where, progress.text, *said)
            continue
        labels = {"rate": "完成率", "state": "状态", "problems": "存在问题", "next_steps": "下一步措施"}
        reported = [f"{label}：{cells[key].text}" for key, label in labels.items() if key in cells]
        note = "；".join([f"填报原文：{progress.text}", *reported])
        assert len(said) == 5  # what is not understood is dealt with above
        yield target, jurisdiction, progress.address, said, note


def _same(target: Target, cells: Mapping[str, Cell], where: str) -> None:
    """Raises InputError where the row does not ask for what the target of its code asks for."""
    expected = target_cells(target)
    for key in ("indicator", "value", "unit", "deadline"):
        cell = cells.get(key)
        if _folded("" if cell is None else cell.text) != _folded(expected[key]):
            place = f"{where}!{cell.address}" if cell is not None else where
            raise InputError(
                place,
                f"is not what the target of its row says in the graph (“{expected[key]}”)",
                "leave the columns of the target as they were, or write the ledger anew",
            )


def understood(text: str, target: Target, when: str) -> tuple[str, str, str, str, str] | tuple[str, str]:
    """Year, comparator, value, unit and date of a progress that is one number; else why it is none."""
    folded = GROUPED.sub("", unicodedata.normalize("NFKC", text).strip())
    stamp = when
    if time := TIME.match(folded):
        month, day = time["month"] or time["month2"], time["day"] or time["day2"]
        stamp = "-".join(filter(None, (time["year"], month and f"{int(month):02}", day and f"{int(day):02}")))
        folded = folded[time.end() :]
    match = VALUE.fullmatch(folded)
    if match is None:
        return "不是一个数，没有收", "is not one number, and was not taken"
    unit = match["unit"] or target.unit
    if not convertible(unit, target.unit):
        wanted = target.unit or "无单位"
        return f"单位与目标（{wanted}）不同，没有收", f"is in another unit than the target ({wanted})"
    signs = [BOUNDS[match["bound"]]] if match["bound"] else []
    signs += [AFTER[match["after"]]] if match["after"] else []
    if len(set(signs)) > 1:
        return "前后说法不一，没有收", "contradicts itself, and was not taken"
    value = plain(float(match["value"]))
    return stamp[:4], signs[0] if signs else "=", value, unit or "个", stamp


def _header(table: Table) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each key; null where the table is no ledger."""
    for number, row in enumerate(table.rows[:20]):
        columns = {HEADINGS[c.text]: n for n, c in row.items() if c.text in HEADINGS}
        if {"progress", "basis", "indicator", "value"} <= set(columns):
            return number, columns
    return None


def _notes(tables: Sequence[Table]) -> dict[str, str]:
    """What the office wrote on the sheet 说明."""
    return {
        row[0].text: row[1].text
        for table in tables
        if table.name == NOTES
        for row in table.rows
        if 0 in row and 1 in row
    }


def _day(text: str, file: str) -> str:
    """A year, month or day as observations have it: 2025, 2025-06, 2025-06-30."""
    match = DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise InputError(
            f"{file}: {NOTES}", f"“{text}” is no date", "write it like 2026, 2026-03 or 2026-03-01"
        )
    return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
