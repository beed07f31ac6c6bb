"""Actual values: every row is validated, an error names FILE:LINE:column, and nothing is half-taken."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from graph.measures import amount, convertible, in_unit, plain
from graph.observations import COLUMNS, TABLE, last_day, parse, read_file, shipped
from loaders.errors import InputError

HEAD = ",".join(COLUMNS)
GOOD = "技术合同成交额,江西省,2025,=,2000,亿元,省政府工作报告,2026,"


def rows(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines, "")).encode()


def test_the_shipped_table_is_as_it_was_handed_over() -> None:
    known = "4adaa858b45a729c80ee300318aae49c36937be36839b1cf3c93abce76459c7f"
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() == shipped().sha256 == known
    assert len(shipped().rows) == 10
    first, *_, last = shipped().rows
    assert (first.indicator, first.place, first.year, first.comparator) == (
        *("综合科技创新水平指数", "360000"),
        *(2023, "="),
    )
    assert (first.value, first.unit, first.row) == (60.27, "%", 1)
    assert (last.indicator, last.row, last.note) == ("国家高新技术企业数", 10, None)


def test_names_are_resolved() -> None:
    lines = (
        GOOD,
        "tech-contracts,360100,2025,>,100,万元,洪科,2026-01,注",
        "技术合同登记额,江西省南昌市西湖区,２０２５,≥,38.5,亿元,区发改委,2026-01-31,",
        "技术合同登记额,西湖区,2024,~,-3,亿元,“甲,乙”,2025,",
    )
    quoted = rows(*lines).replace("“甲,乙”".encode(), '"“甲,乙”"'.encode())
    found = parse(b"\xef\xbb\xbf" + quoted, "a.csv")
    assert {o.indicator for o in found} == {"技术合同登记额"}
    assert [o.place for o in found] == ["360000", "360100", "360103", "360103"]
    assert [o.comparator for o in found] == ["=", ">", ">=", "~"]
    assert [o.value for o in found] == [2000.0, 100.0, 38.5, -3.0]
    assert [o.row for o in found] == [1, 2, 3, 4]
    assert found[3].source == "“甲,乙”"


def test_what_excel_writes_in_china_is_read() -> None:
    text = rows(GOOD).decode().replace("\n", "\r\n")
    assert parse(text.encode("gb18030"), "a.csv")[0].value == 2000.0


def test_a_name_that_only_a_document_uses_is_taken_where_it_is_known() -> None:
    line = "引进高层次人才数,西湖区,2025,=,12,名,区人社局,2026-01,"
    assert parse(rows(line), "a.csv", {"引进高层次人才数"})[0].indicator == "引进高层次人才数"
    assert parse(rows(line), "a.csv")[0].indicator == "引进高层次人才数"
    with pytest.raises(InputError, match=r"a\.csv:2:indicator: no indicator .*; perhaps 引进高技能人才数"):
        parse(rows(line), "a.csv", {"引进高技能人才数"})


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("技术合同总数,江西省,2025,=,1,亿元,报告,2026,", "indicator", "no indicator “技术合同总数”; perhaps"),
        ("技术合同成交额,江西,2025,=,1,亿元,报告,2026,", "jurisdiction", "no place “江西”; perhaps"),
        ("技术合同成交额,江西省,25,=,1,亿元,报告,2026,", "year", "“25” is no year; write four digits"),
        ("技术合同成交额,江西省,9999,=,1,亿元,报告,2026,", "year", "“9999” is no year"),
        (
            "技术合同成交额,江西省,2025,不低于,1,亿元,报告,2026,",
            "comparator",
            "“不低于” is no comparator; write one of",
        ),
        ("技术合同成交额,江西省,2025,range,1,亿元,报告,2026,", "comparator", "“range” is no comparator"),
        (
            '技术合同成交额,江西省,2025,=,"1,800",亿元,报告,2026,',
            "value",
            "“1,800” is no number; write it like 1800",
        ),
        ("技术合同成交额,江西省,2025,=,nan,亿元,报告,2026,", "value", "“nan” is no number"),
        ("技术合同成交额,江西省,2025,=,1e9,亿元,报告,2026,", "value", "“1e9” is no number"),
        ("技术合同成交额,江西省,2025,=,1800亿元,亿元,报告,2026,", "value", "its unit in the column unit"),
        (
            "技术合同成交额,江西省,2025,=,1,家,报告,2026,",
            "unit",
            "“家” does not suit 技术合同登记额; write it in 亿元",
        ),
        ("技术合同成交额,江西省,2025,=,1,,报告,2026,", "unit", "is empty; fill it in"),
        ("技术合同成交额,江西省,2025,=,1,亿元, ,2026,", "source", "is empty; fill it in"),
        ("技术合同成交额,江西省,2025,=,1,亿元,报告,2026-02-30,", "source_date", "“2026-02-30” is no date"),
        ("技术合同成交额,江西省,2025,=,1,亿元,报告,2026-13,", "source_date", "“2026-13” is no date"),
        (
            "技术合同成交额,江西省,2025,=,1,亿元,报告,2024-12-31,",
            "source_date",
            "a forecast is no actual value",
        ),
        (
            "技术合同成交额,江西省,2025,=,1,亿元,报告",
            "source_date",
            "the row has 7 cells, not 9; quote cells",
        ),
        ("技术合同成交额,江西省,2025,=,1,亿元,报告,2026,注,多", "note", "the row has 10 cells, not 9"),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(line: str, column: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(rows(GOOD, "", line), "data/a.csv", ())
    message = str(caught.value)
    assert message.startswith(f"data/a.csv:4:{column}: ")
    assert words in message


def test_a_place_of_several_is_never_guessed() -> None:
    with pytest.raises(InputError, match=r"a\.csv:2:jurisdiction: “朝阳区” are|no place “朝阳区”"):
        parse(rows("技术合同成交额,朝阳区,2025,=,1,亿元,报告,2026,"), "a.csv")


def test_all_wrong_places_are_named() -> None:
    bad = [f"技术合同成交额,江西省,{year},=,x,亿元,报告,2026," for year in range(2015, 2021)]
    with pytest.raises(InputError) as caught:
        parse(rows(GOOD, *bad), "a.csv")
    assert "a.csv:3:value: “x” is no number (wrong too: 4:value, 5:value, 6:value and 2 more)" in str(
        caught.value
    )


def test_lines_are_counted_over_cells_of_several_lines() -> None:
    two = '技术合同成交额,江西省,2024,=,1,亿元,"报告\n第二行",2026,'
    with pytest.raises(InputError, match=r"^a\.csv:4:year: "):
        parse(rows(two, GOOD.replace("2025", "x")), "a.csv")


def test_the_same_row_twice_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"a\.csv:4:indicator: says the same as line 2; leave one of them out"
    ):
        parse(
            rows(GOOD, GOOD.replace("2025", "2024"), GOOD.replace("技术合同成交额", "技术合同登记额")),
            "a.csv",
        )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,2\n", r"a\.csv:1: lacks the columns indicator, jurisdiction"),
        (f"{HEAD},extra\n".encode(), r"a\.csv:1: has the columns extra; let its first line be indicator,"),
        (f"{HEAD},note\n".encode(), r"a\.csv:1: has a column twice"),
        (f"{HEAD}\n\n".encode(), r"a\.csv:2: holds no row"),
        (rows('技术合同成交额,"江西省'), r"a\.csv:2: is no CSV"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, r"^a\.csv"),
    ],
)
def test_files_that_are_no_table(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(content, "a.csv")


def test_a_missing_or_empty_file(tmp_path: Path) -> None:
    for name, content in (("none.csv", None), ("empty.csv", b"")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=name):
            read_file(tmp_path / name, name)


def test_the_same_statement_has_the_same_key_in_every_file() -> None:
    (one,) = parse(rows(GOOD), "a.csv")
    (two,) = parse(rows(GOOD.replace("2000", "2000.0").replace("江西省", "360000") + "另注"), "b.csv")
    (three,) = parse(rows(GOOD.replace("2000", "2001")), "a.csv")
    assert one.key == two.key != three.key


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-02-03", date(2024, 2, 3))],
)
def test_a_date_means_its_last_day(text: str, day: date) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("万元", "亿元", True),
        ("家", "个", True),
        ("家", None, True),
        ("万", "个", True),
        ("万人", "人", True),
        ("%", "个百分点", False),
        ("人", "人次", False),
        ("亿元", "家", False),
        (None, "%", False),
        ("亩", "公顷", False),
    ],
)
def test_units_that_convert(one: str | None, other: str | None, fits: bool) -> None:
    assert convertible(one, other) is convertible(other, one) is fits


def test_scales_are_exact() -> None:
    assert amount(38.5, "亿元") == amount(385000, "万元")
    assert plain(in_unit(amount(0.1, "亿元"), "万元")) == "1000"
    assert [plain(x) for x in (1800.0, 69.63, -0.0, 1e-7)] == ["1800", "69.63", "0", "0.0000001"]
