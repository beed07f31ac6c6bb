"""OFD files (GB/T 33190): text by position, templates, tables by drawn lines, hostile parts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from loaders.errors import InputError
from loaders.formats.source import read_source

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROOT = (
    f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody>'
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{}</ofd:DocBody></ofd:OFD>"
)


def text(x: float, y: float, content: str, size: float = 5, extra: str = "", delta: str = "") -> str:
    """A text object whose letters stand `size` apart."""
    delta = delta or " ".join([str(size)] * (len(content) - 1))
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 {size * 1.5}" Font="3" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{delta}">{content}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    box = f"{x0} {y0} {max(x1 - x0, 1)} {max(y1 - y0, 1)}"
    path = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="2" Boundary="{box}">{path}</ofd:PathObject>'


def page(*objects: str, template: str = "") -> str:
    layer = f'<ofd:Layer ID="9">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {NS}>{template}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def ofd(
    *pages: str, extra: str = "", parts: dict[str, str] | None = None, base: str = "Pages/Page_{}/Content.xml"
) -> bytes:
    """The bytes of an OFD file of these pages."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="{base.format(i)}"/>' for i in range(len(pages)))
    document = (
        f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{extra}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    files = {"OFD.xml": ROOT.format(""), "Doc_0/Document.xml": document}
    files |= {f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files | (parts or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def read(folder: Path, data: bytes) -> tuple[list[str], tuple[str, ...]]:
    path = folder / "函.ofd"
    path.write_bytes(data)
    found = read_source(path)
    assert found.format == "ofd"
    assert found == read_source(path)
    return found.text.rstrip("\n").split("\n\n"), found.notes


def test_text_is_read_by_position_and_joined(tmp_path: Path) -> None:
    data = ofd(
        page(
            text(30, 80, "快科技创新。", 6),
            text(42, 60, "为贯彻落实国家和省市关于科技创新的决", 6),
            text(30, 70, "策部署，深入实施创新驱动发展战略，坚持加", 6),
            text(110, 40, "的函", 5, delta="5"),
            text(60, 40, "关于加快科技创新", 5, delta="g 3 5 5 5 5 5"),
            text(42, 90, "此函。", 6),
            text(42, 100, "2023", 6, extra='CTM="1 0 0 1 0 0"', delta="3 3 3"),
            text(54, 100, "年7月", 6, delta="6 3"),
            text(30, 110, "各有关单位要结合职责分工细化工作举措。", 6),
        )
    )
    assert read(tmp_path, data) == (
        [
            "关于加快科技创新 的函",
            "为贯彻落实国家和省市关于科技创新的决策部署，深入实施创新驱动发展战略，坚持加快科技创新。",
            "此函。",
            "2023年7月",
            "各有关单位要结合职责分工细化工作举措。",
        ],
        (),
    )


def test_drawn_tables_and_scaled_text(tmp_path: Path) -> None:
    rules = [line(30, y, 130, y) for y in (50, 60, 70)] + [line(x, 50, x, 70) for x in (30, 80, 130)]
    scaled = '<ofd:TextObject ID="1" Boundary="35 52 40 6" Font="3" Size="12" CTM="0.3528 0 0 0.3528 0 0">'
    cells = (
        f'{scaled}<ofd:TextCode X="0" Y="12" DeltaX="12">指标</ofd:TextCode></ofd:TextObject>',
        text(85, 52, "2025年", 4, delta="2 2 2 2"),
        text(35, 62, "企业", 4),
        text(85, 62, "2000家", 4, delta="2 2 2 2"),
    )
    assert read(tmp_path, ofd(page(*rules, *cells)))[0] == ["指标\t2025年\n企业\t2000家"]


def test_templates_signatures_and_pages_without_text(tmp_path: Path) -> None:
    template = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>'
    data = ofd(
        page(text(30, 60, "一、总体要求"), template='<ofd:Template TemplateID="7"/>'),
        page(),
        extra=template,
        parts={
            "Doc_0/Tpls/T.xml": page(text(60, 30, "蚌山区政府文件")),
            "OFD.xml": ROOT.format("<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"),
        },
    )
    assert read(tmp_path, data) == (
        ["蚌山区政府文件", "一、总体要求"],
        ("文件有电子签章，未验证", "第 2 页没有文字：疑为扫描件，需要 OCR"),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (ofd(page()), "scanned, needs OCR"),
        (
            ofd(page(text(1, 1, "文字")), parts={"Doc_0/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "DOCTYPE",
        ),
        (ofd(page(text(1, 1, "文字")), base="../../../Page_{}.xml"), "outside of the file"),
        (ofd(page(text(1, 1, "文字")), base="Nowhere_{}.xml"), r"Nowhere_0\.xml: is missing"),
        (ofd("<ofd:Page>"), r"Content\.xml: is no sound XML"),
        (
            ofd(page(text(1, 1, "文字")), parts={"OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody/></ofd:OFD>"}),
            "names no document",
        ),
        (ofd(page(text(1, 1, "文字")))[:-60], "is no sound archive"),
    ],
)
def test_bad_files_are_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        read(tmp_path, data)
    assert "\n" not in str(caught.value)
    assert "函.ofd" in str(caught.value)


def test_numbers_that_are_none_do_not_stop_the_reading(tmp_path: Path) -> None:
    odd = text(30, 60, "总体要求", delta="x g 9 inf 1e999").replace('Boundary="30', 'Boundary="nan')
    assert read(tmp_path, ofd(page(odd)))[0]
