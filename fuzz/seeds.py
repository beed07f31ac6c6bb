"""First inputs for the fuzzer, made from corpus, queries and lexicon; and words to mutate with."""

from __future__ import annotations

from pathlib import Path

from fuzz.containers import DOCX, OFD, docx_of, joined
from loaders.corpus import CORPUS
from loaders.rules import RULES, any_of

ROOT = Path(__file__).resolve().parent.parent
PIECE = 400
"""Characters of a seed of text: small ones are mutated faster."""


def seeds(name: str) -> list[bytes]:
    """The first inputs of a target."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    pieces = [one[at : at + PIECE] for one in texts for at in range(0, len(one), PIECE)]
    if name == "text":
        return [one.encode() for one in pieces]
    if name == "decode":
        encodings = ("utf-8", "gb18030", "utf-16", "big5hkscs", "utf-8-sig")
        return [one[:80].encode(encoding, "ignore") for one in pieces for encoding in encodings]
    if name == "html":
        return [_page(one).encode() for one in pieces[::3]]
    if name == "docx":
        return [joined(DOCX)]
    if name == "ofd":
        return [joined(OFD)]
    if name == "archive":
        return [docx_of(joined(DOCX))]
    if name == "pdf":
        return [PDF.encode()]
    if name == "doc":
        return ["|指标|单位|\n|企业|家|\n\n一、科技\n".encode(), *(one[:200].encode() for one in pieces[::5])]
    if name == "header":
        return [path.read_bytes() for path in sorted((ROOT / "queries").rglob("*.rq"))]
    if name == "lexicon":
        return [path.read_bytes() for path in sorted(RULES.glob("*.yaml"))]
    return [one[:60].encode() for one in pieces]


def _page(text: str) -> str:
    rows = "".join(f"<tr><td>{cell}</td><td colspan=2>家</td></tr>" for cell in text.split("\n")[:2])
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        "<html><head><meta charset=utf-8><title>通知</title><meta name=PubDate content=2023-04-11></head>"
        f"<body><div>索引号：<b>A1</b></div><h1>方案</h1><ol><li>甲</ol><table>{rows}</table>{body}</body></html>"
    )


def dictionary() -> str:
    """Words for the mutator, in libFuzzer's form: the genre's own words, tags and attributes."""
    lists = (("outline", "kinds"), ("targets", "units"), ("targets", "facts"))
    genre = "|".join(any_of(*pair) for pair in lists).replace("\\", "")
    return "".join(f'"{_escaped(word)}"\n' for word in dict.fromkeys([*WORDS.split(), *genre.split("|")]))


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


WORDS = """
一、 （一） (1) 1. ① 第一章 一是 二是 。 ； ， “ ” 《 》 〔2022〕 2025年 20226月 十四五 达到 力争
确保 不低于 突破 零的突破 翻一番 分别 增长 占 年均 责任单位： 牵头单位： 配合单位： （责任单位：
市科技局 各县（区） 由 负责 根据 贯彻落实 与 相衔接 明确了 项任务 Bat365 | % <table> <tr> <td> </td>
</table> <p> <ol> <li> <div> colspan=9 rowspan=9 <pre> style=display:none &nbsp; <!-- --> <w:p>
<w:r> <w:t> <w:tbl> <w:tc> <w:tr> <w:numId <w:ilvl <w:del> <w:ins> w:val="1" <w:gridSpan <w:vMerge
<w:br/> <w:lvlOverride <w:sdt> <ofd:TextObject <ofd:TextCode DeltaX=" DeltaY=" CTM=" Boundary="
<ofd:PathObject <ofd:AbbreviatedData> g M L C Q B A 1e9 -1 nan inf #+ title: params: columns: group:
view: summary: VALUES pattern: yes: no: rules: name: (?<= (?! [^ {2,4} *? obj endobj stream BT ET Tj
"""

PDF = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 64>>stream
BT /F 12 Tf 20 150 Td (1. Plan of 10 firms) Tj 0 -20 Td (2025) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
