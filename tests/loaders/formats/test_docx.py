"""Word documents as they would be printed: numbers that Word adds, tables, notes; no tracked deletions."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from loaders.corpus import CORPUS
from loaders.errors import InputError
from loaders.formats.blocks import collapse
from loaders.formats.numbering import FORMATS, chinese
from loaders.formats.source import SourceText, read_source

W = nsdecls("w")
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


class Writer:
    """A Word document with lists of its own."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self.numbering = self.document.part.numbering_part.element
        self.lists = 0

    def list(self, *levels: tuple[str, str], start: int = 1, extra: str = "") -> int:
        """The id of a new list whose levels count in a format with a text around it."""
        self.lists += 1
        number = 500 + self.lists
        inner = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate(levels)
        )
        abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{inner}</w:abstractNum>')
        self.numbering.find(qn("w:num")).addprevious(abstract)
        self.again(number, number)
        return number

    def again(self, number: int, abstract: int, override: str = "") -> int:
        """The id of a second instance of a list."""
        self.numbering.append(
            parse_xml(
                f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        )
        return number

    def add(self, text: str, number: int | None = None, level: int = 0, style: str | None = None) -> None:
        paragraph = self.document.add_paragraph(text, style=style)
        if number is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
            )

    def insert(self, xml: str) -> None:
        """Append raw content to the last paragraph."""
        wrapped = parse_xml(f"<w:p {W}>{xml}</w:p>")
        for child in list(wrapped):
            self.document.paragraphs[-1]._p.append(child)

    def read(self, folder: Path, name: str = "方案.docx") -> SourceText:
        self.document.save(str(folder / name))
        return read_source(folder / name)


def paragraphs(found: SourceText) -> list[str]:
    return found.text.rstrip("\n").split("\n\n")


def test_numbers_that_word_adds_are_written_out(tmp_path: Path) -> None:
    w = Writer()
    plan = w.list(
        ("chineseCountingThousand", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimalEnclosedCircle", "%4"),
    )
    for text, level in [
        ("总体要求", 0),
        ("指导思想", 1),
        ("基本原则", 1),
        ("重点任务", 0),
        ("培育企业", 1),
        ("做大", 2),
        ("做强", 2),
        ("子项", 3),
        ("建设平台", 1),
        ("新建", 2),
    ]:
        w.add(text, plan, level)
    assert paragraphs(w.read(tmp_path)) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "二、重点任务",
        "（一）培育企业",
        "1. 做大",
        "2. 做强",
        "①子项",
        "（二）建设平台",
        "1. 新建",
    ]


def test_levels_within_numbers_starts_restarts_and_styles(tmp_path: Path) -> None:
    w = Writer()
    legal = w.list(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), extra="<w:isLgl/>")
    w.add("总则", legal)
    w.add("目的", legal, 1)
    w.add("范围", legal, 1)
    late = w.list(("decimal", "%1）"), start=5)
    w.add("从五起", late)
    again = w.again(900, late, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/></w:lvlOverride>')
    w.add("从二起", again)
    w.add("从三起", again)
    bullets = w.list(("bullet", "\uf06c"))
    w.add("项目符号", bullets)
    w.add("正文", 0)
    style = w.document.styles.add_style("一级", WD_STYLE_TYPE.PARAGRAPH)
    tied = w.list(("ideographTraditional", "%1、"))
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="{tied}"/></w:numPr>'))
    child = w.document.styles.add_style("二级", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = style
    w.add("样式编号", style="一级")
    w.add("继承编号", style="二级")
    assert paragraphs(w.read(tmp_path)) == [
        "第1章总则",
        "1.1 目的",
        "1.2 范围",
        "5）从五起",
        "2）从二起",
        "3）从三起",
        "项目符号",
        "正文",
        "甲、样式编号",
        "乙、继承编号",
    ]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCountingThousand", 20, "二十"),
        ("japaneseCounting", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 3, "c"),
        ("upperRoman", 9, "IX"),
        ("lowerRoman", 14, "xiv"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("ideographTraditional", 11, "11"),
    ],
)
def test_numerals(form: str, number: int, written: str) -> None:
    assert FORMATS[form](number) == written


def test_chinese_numerals_agree_with_cn2an() -> None:
    import cn2an

    assert all(cn2an.cn2an(chinese(n), "normal") == n for n in range(1, 10_000, 7))


def test_tables_revisions_notes_boxes_and_controls(tmp_path: Path) -> None:
    w = Writer()
    w.document.sections[0].header.paragraphs[0].text = "页眉"
    w.document.sections[0].footer.paragraphs[0].text = "页脚"
    w.add("到2025年")
    w.insert(
        '<w:del w:id="1" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>达到100家。</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:br/></w:r><w:r><w:t>换行</w:t></w:r>"
    )
    table = w.document.add_table(3, 3)
    for i, row in enumerate([("指标", "单位", "2025年"), ("研发\n投入", "%", "2.2"), ("", "亿元", "100")]):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    box = w.document.add_table(1, 1)
    box.cell(0, 0).text = "专栏1"
    box.cell(0, 0).add_paragraph("工程内容。")
    control = parse_xml(
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件中</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    w.document.element.body.insert(0, control)
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>口径为规上企业。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        w.document.part.package,
    )
    w.document.part.relate_to(part, NOTES)
    found = w.read(tmp_path)
    assert paragraphs(found) == [
        "控件中",
        "到2025年达到100家。",
        "换行",
        "指标\t单位\t2025年\n研发投入\t%\t2.2\n\t亿元\t100",
        "专栏1",
        "工程内容。",
        "注1：口径为规上企业。",
    ]
    assert found.notes == ("有 1 处修订标记的删除内容，已略去", "有 1 处隐藏文字，已略去")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda p: p.name)
def test_shipped_documents_come_back_from_word(tmp_path: Path, path: Path) -> None:
    lines = [line for line in map(collapse, path.read_text(encoding="utf-8").splitlines()) if line]
    w = Writer()
    for line in lines:
        w.add(line)
    first, second = w.read(tmp_path), read_source(tmp_path / "方案.docx")
    assert paragraphs(first) == lines
    assert first == second


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    """A DOCX with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return out.getvalue()


def sound() -> bytes:
    w = Writer()
    w.add("一、总体要求")
    out = io.BytesIO()
    w.document.save(out)
    return out.getvalue()


XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
)
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"word/document.xml": XXE}, r"word/document\.xml: declares a DOCTYPE"),
        (
            {"word/document.xml": XXE.decode().replace('1.0"', '1.0" encoding="utf-16"').encode("utf-16")},
            "DOCTYPE",
        ),
        ({"word/extra.xml": LAUGHS}, r"word/extra\.xml: declares a DOCTYPE"),
        ({"word/document.xml": b"<w:document"}, r"word/document\.xml: is no sound XML"),
        ({"word/document.xml": b"<x>" * 100_000 + b"</x>" * 100_000}, "is no sound XML"),
        ({"word/media/bomb.bin": bytes(40 * 1024 * 1024)}, r"bomb\.bin: unpacks to more than 200 times"),
        ({"../evil.xml": b"<x/>"}, r"\.\./evil\.xml: has a name that leads out"),
        ({"word/document.xml": b'<w:document xmlns:w="urn:another"/>'}, r"is no sound DOCX \(no body\)"),
        ({"[Content_Types].xml": b"<x/>"}, r"坏\.docx: is no sound DOCX"),
    ],
)
def test_hostile_documents_are_one_line(tmp_path: Path, change: dict[str, bytes], problem: str) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(repacked(sound(), change))
    with pytest.raises(InputError, match=problem) as caught:
        read_source(path)
    assert "\n" not in str(caught.value)
    assert "坏.docx" in str(caught.value)


@pytest.mark.parametrize("keep", [10, 200, 2000, -30])
def test_truncated_documents_are_one_line(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "短.docx"
    path.write_bytes(sound()[:keep])
    with pytest.raises(InputError, match=r"is no sound archive|is cut short|is not DOCX") as caught:
        read_source(path)
    assert "\n" not in str(caught.value)


def test_a_document_without_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no text"):
        Writer().read(tmp_path)
