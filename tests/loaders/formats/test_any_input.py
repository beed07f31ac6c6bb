"""What holds of any input: texts come back from their encodings, converters end in text or InputError."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.decode import decode_any
from loaders.errors import InputError
from loaders.formats import archives, from_html, from_ofd, from_pdf
from loaders.formats.blocks import Converted, Table, collapse, render, table, unwrap
from loaders.formats.detect import ENDINGS, detect

FREQUENT = st.text(
    st.sampled_from("的和在是有为市县区政府科技创新方案一二三，。、（）0123456789 \nABC"), min_size=40
)


def unhurried(examples: int = 100) -> settings:
    """The settings of all tests here: a busy machine is no failure."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "<div>",
                "</div>",
                "<table>",
                "</table>",
                "<tr>",
                "</tr>",
                "<td>",
                "</td>",
                "<td colspan=3>",
                "<br>",
            ),
            *(
                "<ol>",
                "<li>",
                "</ol>",
                "<p>",
                "</p>",
                "<h1>",
                "</h1>",
                "<dl>",
                "<dt>",
                "</dt>",
                "<dd>",
                "<span>",
            ),
            *(
                "<td rowspan=9>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<b hidden>",
                "</b>",
                "|",
                "：",
                "&nbsp;",
            ),
            *(
                "索引号",
                "索 引 号：",
                "来源:",
                "发布时间：",
                "文号",
                "访问量：",
                "2023-01-01",
                "某某实施方案",
            ),
            *(
                "为贯彻落实国家和省市关于科技创新的决策部署，制定本方案，请各单位认真执行。",
                "一、",
                "\n",
                "\x00",
                "\x1f",
            ),
        ]
    ),
    max_size=60,
)


@unhurried()
@given(FREQUENT, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_texts_come_back_from_their_encodings(text: str, encoding: str) -> None:
    found = decode_any(text.encode(encoding), "a.txt")
    assert (found.text, found.replaced) == (text, 0)


@unhurried()
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with suppress(InputError):
        found = decode_any(data, "a.txt")
        assert found.replaced <= found.text.count("\ufffd")


@unhurried()
@given(st.text(max_size=60))
def test_white_space_is_collapsed_once_and_for_all(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)
    assert unwrap(unwrap(text)) == unwrap(text)


@unhurried()
@given(st.lists(st.lists(st.text(max_size=9), min_size=2, max_size=4), min_size=1, max_size=5))
def test_tables_keep_rows_and_columns(rows: list[list[str]]) -> None:
    block = table(rows)
    kept = [[collapse(cell) for cell in row] for row in rows if any(collapse(cell) for cell in row)]
    assert (block is None) == (not kept)
    if isinstance(block, Table):
        lines = render(["标题", block]).removesuffix("\n").split("\n\n", 1)[1].split("\n")
        assert [
            (line.split("\t") + [""] * 4)[: len(row)] for line, row in zip(lines, kept, strict=True)
        ] == kept


def ends_well(convert: Callable[[bytes], Converted], data: bytes) -> None:
    """Whether a converter gives the same clean text twice, or InputError."""
    try:
        found = convert(data)
    except InputError:
        return
    assert found == convert(data)
    assert found.text.endswith("\n")
    assert not any(line != line.rstrip() for line in found.text.split("\n"))
    assert "\n\n\n" not in found.text
    found.text.encode()


@unhurried(150)
@given(PIECES)
def test_pages_of_any_pieces(pieces: list[str]) -> None:
    ends_well(from_html.convert, ("<html><body>" + "".join(pieces)).encode())


@unhurried(60)
@given(st.binary(max_size=400))
def test_pdfs_of_any_bytes(data: bytes) -> None:
    ends_well(from_pdf.convert, b"%PDF-1.4\n" + data)


@unhurried()
@given(st.binary(max_size=200), st.text(max_size=12))
def test_any_bytes_under_any_name_are_something_or_refused(data: bytes, name: str) -> None:
    with suppress(InputError):
        assert detect(data, name, name).format in set(ENDINGS.values())


@unhurried()
@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=8), st.binary(max_size=40)), max_size=4),
    st.integers(0, 80),
)
def test_archives_of_any_names_and_damage(entries: list[tuple[str, bytes]], cut: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in dict(entries).items():
            new.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode()), content)
    data = out.getvalue()
    for damaged in (data, data[: len(data) - cut], data[cut:]):
        try:
            names = archives.listing(damaged).names
        except InputError:
            continue
        assert all(".." not in name.split("/") and not name.startswith("/") for name in names)


@unhurried(60)
@given(
    st.lists(st.sampled_from(["<a/>", "<ofd:TextObject/>", "g 9 9", "Boundary='1 2'", "<", "文"]), max_size=9)
)
def test_ofd_files_of_any_content(pieces: list[str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("OFD.xml", "<a><DocBody><DocRoot>D.xml</DocRoot></DocBody></a>")
        new.writestr("D.xml", "<a><Pages><Page BaseLoc='C.xml'/></Pages></a>")
        new.writestr("C.xml", f"<a>{''.join(pieces)}</a>")
    ends_well(from_ofd.convert, out.getvalue())


@pytest.mark.parametrize("text", ["<a>" * 50 + "</a>" * 50])
def test_the_pieces_are_not_refused_for_their_depth(text: str) -> None:
    assert from_html.convert(f"<html><body>{text}<p>文字。</p>".encode()).text == "文字。\n"
