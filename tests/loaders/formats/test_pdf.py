"""PDFs: lines that the layout broke become paragraphs again; tables, running heads, scans, hostile files.

The files are written by hand, character codes being Unicode, with a font of one shape: a box.
"""

from __future__ import annotations

import io
import re
import zlib
from functools import cache
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

from loaders.corpus import CORPUS
from loaders.errors import InputError
from loaders.formats.blocks import collapse
from loaders.formats.lines import Glyph, line_of
from loaders.formats.source import SourceText, read_source

WIDTH, HEIGHT = 595, 842
LEFT, TOP, COLUMNS, SIZE, STEP = 80, 110, 28, 16, 28
ROWS = 22


def width(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
    return head + b"\nstream\n" + packed + b"\nendstream"


@cache
def unicode_map() -> bytes:
    """A ToUnicode map that gives every code its own character."""
    ranges = [f"<{i:02x}00> <{i:02x}ff> <{i:02x}00>" for i in range(256)]
    blocks = "\n".join(
        f"{len(part)} beginbfrange\n{chr(10).join(part)}\nendbfrange"
        for part in (ranges[i : i + 100] for i in range(0, 256, 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {blocks} endcmap end end"
    ).encode()


@cache
def box_font() -> bytes:
    """A font whose one letter is a box: what a PDF says is in its codes, not in its shapes."""
    pen = TTGlyphPen(None)
    for point in [(50, -50), (50, 800), (950, 800), (950, -50)]:
        (pen.lineTo if pen.points else pen.moveTo)(point)
    pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap({0x4E00: "box"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 50)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": "Song", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


class Pdf:
    """Pages of text, lines and boxes; x from the left, y from above."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.extra = ""
        self.turns: dict[int, int] = {}
        self.form: list[str] = []

    def page(self) -> None:
        self.pages.append([])

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        codes = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F1 {size} Tf {x:.2f} {HEIGHT - y:.2f} Td <{codes}> Tj ET")

    def centred(self, y: float, text: str, size: float) -> None:
        self.text(LEFT + (COLUMNS * SIZE - sum(map(width, text)) * size) / 2, y, text, size)

    def turned(self, turn: int) -> None:
        """Turn the last page as a scanner or Word does: its content one way, its display the other."""
        turning = {
            90: f"0 1 -1 0 {HEIGHT} 0 cm",
            180: f"-1 0 0 -1 {WIDTH} {HEIGHT} cm",
            270: f"0 -1 1 0 0 {WIDTH} cm",
        }
        self.pages[-1] = [f"q {turning[turn]}", *self.pages[-1], "Q"]
        self.turns[len(self.pages) - 1] = turn

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1].append(f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")

    def bar(self, x: float, y: float, wide: float, high: float) -> None:
        self.pages[-1].append(f"{x} {HEIGHT - y - high} {wide} {high} re f")

    def picture(self) -> None:
        self.pages[-1].append("q 100 0 0 100 50 50 cm /Im1 Do Q")

    def box(self, page: int) -> str:
        """The page's size and how it is turned."""
        turn = self.turns.get(page, 0)
        size = f"{HEIGHT} {WIDTH}" if turn in {90, 270} else f"{WIDTH} {HEIGHT}"
        return f"[0 0 {size}] /Rotate {turn}"

    def bytes(self) -> bytes:
        kids = " ".join(f"{11 + 2 * i} 0 R" for i in range(len(self.pages)))
        objects = [
            f"<< /Type /Catalog /Pages 2 0 R {self.extra} >>".encode(),
            f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>".encode(),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R]"
            b" /ToUnicode 6 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /FontDescriptor 5 0 R /DW 1000"
            b" /W [32 126 500] /CIDToGIDMap 8 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 9 0 R >>",
            stream(unicode_map()),
            stream(
                b"0",
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                "/BitsPerComponent 8",
            ),
            stream(b"\x00\x01" * 0x10000),
            stream(box_font()),
            stream(
                "\n".join(self.form).encode(),
                "/Type /XObject /Subtype /Form /BBox [-900 -900 900 900] /Matrix [1 0 0 1 5 7]",
            ),
        ]
        for i, content in enumerate(self.pages):
            objects += [
                f"<< /Type /Page /Parent 2 0 R /MediaBox {self.box(i)} /Contents {12 + 2 * i} 0 R"
                " /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 7 0 R /Fm1 10 0 R >> >> >>".encode(),
                stream("\n".join(content).encode()),
            ]
        out, offsets = b"%PDF-1.7\n", []
        for number, body in enumerate(objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        size = len(objects) + 1
        trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
        return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()

    def read(self, folder: Path, name: str = "方案.pdf") -> SourceText:
        (folder / name).write_bytes(self.bytes())
        return read_source(folder / name)


def wrap(text: str, indent: int) -> list[str]:
    """Lines of COLUMNS wide characters; closing marks hang back, words of Latin letters stay whole."""
    lines, line = [], " " * indent
    units = re.findall(r"(?:[!-~]+|.)[，。；：、）》”]*", text)
    used = float(indent)
    for unit in units:
        wide = sum(map(width, unit))
        if used + wide > COLUMNS:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + unit, used + wide
    return [*lines, line]


def typeset(paragraphs: list[str], indent: int = 2, head: str = "", foot: str = "— {} —") -> Pdf:
    """A document as an office prints it, with running heads and page numbers."""
    pdf = Pdf()
    row = ROWS
    for paragraph in paragraphs:
        for line in wrap(paragraph, indent):
            if row == ROWS:
                pdf.page()
                row = 0
                if head:
                    pdf.text(LEFT, 50, head, 10)
                if foot:
                    pdf.centred(HEIGHT - 50, foot.format(len(pdf.pages)), 14)
            text = line.lstrip(" ")
            pdf.text(LEFT + (len(line) - len(text)) * SIZE, TOP + row * STEP, text)
            row += 1
    return pdf


def paragraphs(found: SourceText) -> list[str]:
    return found.text.rstrip("\n").split("\n\n")


def shipped(path: Path) -> list[str]:
    lines = [line for line in map(collapse, path.read_text(encoding="utf-8").splitlines()) if line]
    return [line.replace(" ", "") if not line.isascii() else line for line in lines]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda p: p.name)
def test_shipped_documents_come_back_from_paper(tmp_path: Path, path: Path) -> None:
    lines = shipped(path)
    pdf = typeset(lines, head="南昌市科学技术局文件汇编")
    found = pdf.read(tmp_path)
    assert len(pdf.pages) >= 3
    assert paragraphs(found) == lines
    assert found.notes == ()
    assert found == read_source(tmp_path / "方案.pdf")


def test_without_indents_the_end_of_a_sentence_ends_a_paragraph(tmp_path: Path) -> None:
    lines = [
        "为贯彻落实党中央、国务院和省委、省政府关于科技创新的决策部署，深入实施创新驱动发展战略，制定本方案。",
        "到2025年，全市高新技术企业达到2000家，研发经费投入强度达到2.2%，技术合同成交额突破300亿元。",
        "一、总体要求",
        "各县区要加强组织领导，健全工作机制，细化工作举措，形成工作合力，确保各项任务落到实处取得成效。",
    ]
    assert paragraphs(typeset(lines, indent=0).read(tmp_path)) == lines


def test_a_title_on_two_lines_is_one(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page()
    pdf.centred(120, "南昌市人民政府办公室关于印发", 22)
    pdf.centred(155, "南昌市科技创新行动方案的通知", 22)
    pdf.centred(200, "洪府办发〔2023〕12号", 16)
    body = ["各县区要加强组织领导，健全工作机制，细化工作举措，形成工作合力。"] * 4
    pdf.pages += typeset(["一、总体要求", *body]).pages
    assert paragraphs(pdf.read(tmp_path))[:3] == [
        "南昌市人民政府办公室关于印发南昌市科技创新行动方案的通知",
        "洪府办发〔2023〕12号",
        "一、总体要求",
    ]


TABLE = [
    ["序号", "指标", "2025年"],
    ["1", "研发经费投入强度占地区生产总值的比重", "2.2%"],
    ["2", "", "2000家"],
]


def ruled(pdf: Pdf, bars: bool) -> None:
    """Draw TABLE with lines or thin bars, the second cell of the last row merged with the one above."""
    columns, rows = [80, 130, 330, 430], [300, 330, 380, 410]
    for y in rows:
        ends = [(80, 130), (330, 430)] if y == 380 else [(80, 430)]
        for x0, x1 in ends:
            if bars:
                pdf.bar(x0, y, x1 - x0, 0.7)
            else:
                pdf.line(x0, y, x1, y)
    for x in columns:
        if bars:
            pdf.bar(x, 300, 0.7, 110)
        else:
            pdf.line(x, 300, x, 410)
    for i, row in enumerate(TABLE):
        for j, cell in enumerate(row):
            for k in range(0, len(cell), 15):
                pdf.text(columns[j] + 5, rows[i] + 18 + k, cell[k : k + 15], 12)


@pytest.mark.parametrize("bars", [False, True])
def test_ruled_tables_are_rows_of_cells_where_they_stand(tmp_path: Path, bars: bool) -> None:
    pdf = Pdf()
    pdf.page()
    pdf.text(LEFT, 200, "主要指标如下：")
    ruled(pdf, bars)
    pdf.text(LEFT, 500, "以上指标按年度考核。")
    assert paragraphs(pdf.read(tmp_path)) == [
        "主要指标如下：",
        "序号\t指标\t2025年\n1\t研发经费投入强度占地区生产总值的比重\t2.2%\n2\t\t2000家",
        "以上指标按年度考核。",
    ]


def test_tables_that_a_form_draws(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page()
    ruled(pdf, False)
    rules = [item for item in pdf.pages[0] if item.endswith(" S")]
    pdf.pages[0] = [item for item in pdf.pages[0] if item not in rules]
    pdf.form = ["q 1 0 0 1 -25 -37 cm", *rules, "Q"]
    pdf.pages[0].append("q 1 0 0 1 20 30 cm /Fm1 Do Q")
    rows = "序号\t指标\t2025年\n1\t研发经费投入强度占地区生产总值的比重\t2.2%\n2\t\t2000家"
    assert paragraphs(pdf.read(tmp_path)) == [rows]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_are_turned_are_read_as_they_are_seen(tmp_path: Path, turn: int) -> None:
    pdf = typeset(["一、总体要求", "各县区要加强组织领导，健全工作机制，细化工作举措，形成工作合力。"])
    ruled(pdf, False)
    pdf.turned(turn)
    assert paragraphs(pdf.read(tmp_path)) == [
        "一、总体要求",
        "各县区要加强组织领导，健全工作机制，细化工作举措，形成工作合力。",
        "序号\t指标\t2025年\n1\t研发经费投入强度占地区生产总值的比重\t2.2%\n2\t\t2000家",
    ]


def test_a_box_and_an_underline_are_no_table(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page()
    for x0, y0, x1, y1 in [(70, 80, 500, 80), (70, 300, 500, 300), (70, 80, 70, 300), (500, 80, 500, 300)]:
        pdf.line(x0, y0, x1, y1)
    pdf.line(80, 125, 200, 125)
    pdf.text(LEFT, 120, "专栏1 重点工程")
    assert paragraphs(pdf.read(tmp_path)) == ["专栏1 重点工程"]


def test_page_numbers_go_and_figures_stay(tmp_path: Path) -> None:
    for foot in ("{}", "- {} -", "第{}页", "第 {} 页 共 3 页", "{}/3"):
        lines = ["各项目标如下，请各单位按照职责分工抓好落实，确保如期完成全年目标任务。"] * 40
        assert paragraphs(typeset(lines, foot=foot).read(tmp_path)) == lines
    pdf = Pdf()
    pdf.page()
    pdf.text(LEFT, 400, "研发投入")
    pdf.text(LEFT, 440, "2025")
    assert paragraphs(pdf.read(tmp_path)) == ["研发投入", "2025"]


def test_a_list_of_names_is_no_paragraph(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page()
    names = [
        "南昌市科学技术局",
        "九江市科学技术局",
        "赣州市科学技术局",
        "吉安市科学技术局",
        "宜春市科学技术局",
    ]
    for i, name in enumerate(names):
        pdf.text(LEFT, 200 + i * STEP, name)
    assert paragraphs(pdf.read(tmp_path)) == names


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    pdf = typeset(["一、总体要求"])
    pdf.page()
    pdf.picture()
    pdf.page()
    found = pdf.read(tmp_path)
    assert found.notes == ("第 2 页没有文字：疑为扫描件，需要 OCR", "第 3 页没有文字：空白页")


def test_scans_and_empty_files_say_ocr(tmp_path: Path) -> None:
    scan, empty = Pdf(), Pdf()
    scan.page()
    scan.picture()
    scan.page()
    scan.picture()
    empty.page()
    for pdf in (scan, empty):
        with pytest.raises(InputError, match="scanned, needs OCR"):
            pdf.read(tmp_path)


def test_scripts_are_never_run_and_named(tmp_path: Path) -> None:
    pdf = typeset(["一、总体要求"])
    script = "<< /S /JavaScript /JS (app.alert\\(1\\); while\\(true\\){}) >>"
    pdf.extra = f"/OpenAction {script} /Names << /JavaScript << /Names [(a) {script}] >> >>"
    found = pdf.read(tmp_path)
    assert found.text == "一、总体要求\n"
    assert found.notes == ("文件内含 JavaScript 脚本，未执行",)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"xref", b"", "is no sound PDF"),
        (b"/Pages 2 0 R", b"/Pages 9 9 R", "scanned, needs OCR"),
        (b"/Kids [11 0 R", b"/Kids [2 0 R", "are damaged"),
    ],
)
def test_broken_files_are_one_line(tmp_path: Path, old: bytes, new: bytes, problem: str) -> None:
    data = typeset(["一、总体要求"]).bytes()
    assert old in data
    path = tmp_path / "坏.pdf"
    path.write_bytes(data.replace(old, new) if new else data[: data.index(old)][:300])
    with pytest.raises(InputError, match=problem) as caught:
        read_source(path)
    assert "\n" not in str(caught.value)
    assert "坏.pdf" in str(caught.value)


def test_a_broken_page_is_noted_and_the_others_read(tmp_path: Path) -> None:
    pdf = typeset(["一、总体要求"])
    pdf.page()
    path = tmp_path / "坏.pdf"
    path.write_bytes(pdf.bytes().replace(b"/Kids [11 0 R 13 0 R]", b"/Kids [11 0 R 99 0 R]"))
    found = read_source(path)
    assert found.text == "一、总体要求\n"
    assert found.notes == ("第 2 页损坏，未能读取",)


def test_what_counts_as_a_space() -> None:
    def line(gap: float, after: str) -> str:
        glyphs = [Glyph(c, 10.0 * i, 0, 10.0 * i + 10, 10, 10) for i, c in enumerate("市科技局")]
        glyphs.append(Glyph(" ", 40, 0, 40 + gap, 10, 10, made=True))
        glyphs.append(Glyph(after, 40 + gap, 0, 50 + gap, 10, 10))
        found = line_of(glyphs)
        assert found
        return found.text

    assert line(2.5, "市") == "市科技局 市"
    assert line(1.0, "市") == "市科技局市"
    assert line(2.5, "5") == "市科技局5"
    assert line(6.0, "5") == "市科技局 5"


def bomb(mebibytes: int) -> bytes:
    """A deflated stream of spaces, one flushed block repeated."""
    packer = zlib.compressobj()
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * mebibytes + packer.flush()


def test_a_bomb_ends_the_child_and_not_the_parent(tmp_path: Path) -> None:
    pdf = typeset(["一、总体要求"])
    data, packed = pdf.bytes(), bomb(2000)
    start = data.index(b"<< /Length", data.index(b"12 0 obj"))
    stop = data.index(b"endobj", start)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (len(packed), packed)
    path = tmp_path / "坏.pdf"
    path.write_bytes(data[:start] + stream + data[stop:])
    with pytest.raises(InputError, match=r"坏\.pdf: its reader stopped") as caught:
        read_source(path)
    assert "\n" not in str(caught.value)
