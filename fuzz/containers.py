"""Sound DOCX and OFD containers around damaged parts; without them the fuzzer would only meet checksums."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

SPLIT = b"\x00"
"""The parts of a container stand in one input, parted by this byte."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_O = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = ("numbering", "styles", "footnotes")

DOCX = {
    "word/document.xml": f"""<w:document {_W}><w:body>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>
<w:r><w:t>培育企业。力争达到10家。</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>""",
    "word/numbering.xml": f"""<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>""",
    "word/styles.xml": f"""<w:styles {_W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr/>
</w:style></w:styles>""",
    "word/footnotes.xml": f"""<w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r></w:p>
</w:footnote></w:footnotes>""",
}
"""The parts of a small Word document, in the order in which an input holds them."""

OFD = {
    "Doc_0/Pages/Page_0/Content.xml": f"""<ofd:Page {_O}><ofd:Content><ofd:Layer>
<ofd:TextObject Boundary="30 40 150 8" Size="5" CTM="1 0 0 1 0 0">
<ofd:TextCode X="0" Y="5" DeltaX="g 3 5 5">科技创新。</ofd:TextCode></ofd:TextObject>
<ofd:PathObject Boundary="0 0 90 1">
<ofd:AbbreviatedData>M 0 0 L 90 0 C</ofd:AbbreviatedData></ofd:PathObject>
</ofd:Layer></ofd:Content></ofd:Page>""",
    "Doc_0/Document.xml": f"""<ofd:Document {_O}><ofd:CommonData><ofd:PageArea>
<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>
<ofd:Pages><ofd:Page ID="0" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>""",
    "OFD.xml": f"""<ofd:OFD {_O}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>
</ofd:OFD>""",
}
"""The parts of a small OFD document, in the order in which an input holds them."""


def _each(element: str) -> str:
    """An element for each kind of part."""
    return "".join(element.replace("KIND", kind) for kind in _KINDS)


_FRAME = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>
{_each(f'<Override PartName="/word/KIND.xml" ContentType="{_MAIN}.KIND+xml"/>')}</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
{_each(f'<Relationship Id="KIND" Type="{_OFFICE}/KIND" Target="KIND.xml"/>')}</Relationships>""",
}


def docx_of(data: bytes) -> bytes:
    """A Word document of the parts in `data`; parts that are not there are sound ones."""
    return _zip([*((name, part.encode()) for name, part in _FRAME.items()), *_filled(data, DOCX)])


def ofd_of(data: bytes) -> bytes:
    """As `docx_of`, an OFD document."""
    return _zip(_filled(data, OFD))


def joined(parts: dict[str, str]) -> bytes:
    """The input that stands for these parts."""
    return SPLIT.join(part.encode() for part in parts.values())


def _filled(data: bytes, parts: dict[str, str]) -> list[tuple[str, bytes]]:
    given = data.split(SPLIT)
    return [
        (name, given[i] if i < len(given) else part.encode()) for i, (name, part) in enumerate(parts.items())
    ]


def _zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts:
            file.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
