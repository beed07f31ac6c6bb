"""Pages in the manner of government sites: fields on top, title, main text, tables; nothing around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import InputError
from loaders.formats.source import SourceText, read_source
from loaders.read import read_document

TITLE = "南昌市科技创新行动方案"
BODY = (
    "<p>一、总体要求</p>"
    "<p>为贯彻落实省委、省政府决策部署，推动科技创新高质量发展，结合我市实际制定本方案，请认真执行。</p>"
    "<p>（一）培育企业。到2025年，高新技术企业达到2000家。（责任单位：市科技局、市发改委）</p>"
    "<p>二、保障措施</p><p>各县区要高度重视，加强组织领导，确保各项任务落到实处，取得实际成效。</p>"
)
TEXT = [
    TITLE,
    "一、总体要求",
    "为贯彻落实省委、省政府决策部署，推动科技创新高质量发展，结合我市实际制定本方案，请认真执行。",
    "（一）培育企业。到2025年，高新技术企业达到2000家。（责任单位：市科技局、市发改委）",
    "二、保障措施",
    "各县区要高度重视，加强组织领导，确保各项任务落到实处，取得实际成效。",
]

BLOCKS = {
    "a definition list": (
        "<h1>{title}</h1><dl><dt>索引号</dt><dd>AYX-2024-0268</dd><dt>发文字号</dt><dd>洪府发〔2024〕3号</dd>"
        "<dt>发布机构</dt><dd>南昌市人民政府</dd><dt>成文日期</dt><dd>2024年6月25日</dd></dl>",
        [
            "索引号: AYX-2024-0268",
            "发文字号: 洪府发〔2024〕3号",
            "发布机构: 南昌市人民政府",
            "成文日期: 2024年6月25日",
        ],
    ),
    "list items, labels with inner spaces, an empty value, the title as a field": (
        "<ul><li><b>索&nbsp;引&nbsp;号：</b>AYX-1</li><li><b>信息索取号：</b><span>716596591/2023-04290</span></li>"
        "<li><b>发&emsp;文&emsp;字&emsp;号：</b></li><li><b>发布机构：</b>南昌市人民政府</li>"
        "<li><b>名　　称：</b>{title}</li></ul>",
        ["索引号: AYX-1", "信息索取号: 716596591/2023-04290", "发布机构: 南昌市人民政府"],
    ),
    "spans below the title, with counters and buttons": (
        "<h2>{title}</h2><p><span>来源：</span><span>市科技局</span>　<span>发布时间：</span>"
        "<span>2024-06-25 10:11</span> <span>访问量：</span><span id=c>33</span> <a>打印</a> <a>关闭</a></p>",
        ["来源: 市科技局", "发布时间: 2024-06-25 10:11"],
    ),
    "one line divided by |": (
        "<p>公开方式:主动公开 | 有效期:长期有效 | 信息索取号:716596591/2023-04290</p><h3>{title}</h3>"
        "<p>来源:南昌市科技局|发布时间:2023-01-18 11:09|访问量:</p>",
        [
            "公开方式: 主动公开",
            "有效期: 长期有效",
            "信息索取号: 716596591/2023-04290",
            "来源: 南昌市科技局",
            "发布时间: 2023-01-18 11:09",
        ],
    ),
    "a table of cells without colons": (
        "<table><tr><td>索引号</td><td>A-2</td><td>发布机构</td><td>南昌市科技局</td></tr>"
        "<tr><td>生成日期</td><td>2024-06-26</td><td>文号</td><td></td></tr></table><h1>{title}</h1>",
        ["索引号: A-2", "发布机构: 南昌市科技局", "生成日期: 2024-06-26"],
    ),
    "a table whose first row is labels": (
        "<table><tr><th>索引号</th><th>发文字号</th><th>发布机构</th></tr>"
        "<tr><td>A-1</td><td>洪府发〔2024〕3号</td><td>南昌市政府</td></tr></table><h1>{title}</h1>",
        ["索引号: A-1", "发文字号: 洪府发〔2024〕3号", "发布机构: 南昌市政府"],
    ),
    "boxes in boxes, a broken value": (
        '<div><div class="row"><div class="l">索引号：</div><div class="r">A-1</div></div>'
        '<div class="row"><div class="l">发文机关：</div><div class="r">南昌市<br>人民政府</div></div></div>'
        "<h1>{title}</h1>",
        ["索引号: A-1", "发文机关: 南昌市人民政府"],
    ),
}


def read(tmp_path: Path, page: str, encoding: str = "utf-8", name: str = "page.html") -> SourceText:
    path = tmp_path / name
    path.write_bytes(page.encode(encoding))
    return read_source(path)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>页面</title>{head}</head><body>{body}</body></html>"


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("which", BLOCKS)
def test_fields_come_first_in_every_manner_of_printing_them(tmp_path: Path, which: str) -> None:
    block, fields = BLOCKS[which]
    found = read(tmp_path, page(f"<div>{block.format(title=TITLE)}<div>{BODY}</div></div>"))
    assert lines(found.text) == fields + TEXT
    assert found.text.startswith("\n".join(fields) + "\n\n" + TITLE + "\n\n")
    assert found.format == "html"
    assert found.notes == ()


def test_the_readers_understand_the_fields(tmp_path: Path) -> None:
    block = BLOCKS["a definition list"][0].format(title=TITLE)
    path = tmp_path / "page.html"
    path.write_text(page(block + BODY), encoding="utf-8")
    document = read_document(path).document
    assert document.title == TITLE
    assert document.index_number == "AYX-2024-0268"
    assert document.number == "洪府发〔2024〕3号"
    assert document.publisher == "南昌市人民政府"
    assert document.date == "2024-06-25"


def test_a_block_printed_twice_with_other_values_keeps_both_and_says_so(tmp_path: Path) -> None:
    first = "<p>索引号：A-1　发布机构：南昌市科技局　生成日期：2024-06-25</p>"
    second = "<table><tr><td>索引号</td><td>A-2</td><td>生成日期</td><td>2024-06-25</td></tr></table>"
    found = read(tmp_path, page(f"{first}<h1>{TITLE}</h1>{second}{BODY}"))
    assert lines(found.text)[:4] == [
        "索引号: A-1",
        "发布机构: 南昌市科技局",
        "生成日期: 2024-06-25",
        "索引号: A-2",
    ]
    assert found.notes == ("元数据“索引号”印了 2 次而值不同：A-1；A-2",)


def test_labels_in_the_document_itself_stay_there(tmp_path: Path) -> None:
    table = (
        "<table><tr><td>序号</td><td>文件名称</td><td>文号</td><td>发布机构</td></tr>"
        "<tr><td>1</td><td>科技规划</td><td>洪府发〔2020〕1号</td><td>市政府</td></tr></table>"
    )
    late = f"{table}<p>时间：2023年1月至12月，各单位要抓紧推进，确保完成年度目标任务。</p>"
    found = read(tmp_path, page(f"<h1>{TITLE}</h1><div>{BODY}{late}</div>"))
    assert lines(found.text)[: len(TEXT)] == TEXT
    assert "序号\t文件名称\t文号\t发布机构\n1\t科技规划\t洪府发〔2020〕1号\t市政府\n" in found.text
    assert "时间：2023年1月至12月" in found.text


def test_nothing_around_the_document_is_left(tmp_path: Path) -> None:
    around = (
        '<div class="header"><ul class="nav"><li><a>首页</a></li><li><a>政务公开</a></li></ul></div>'
        "<div>您现在所在的位置：<a>首页</a> &gt; <a>政务公开</a></div><script>var x = '脚本。';</script>"
        '<div style="display: none">隐藏的文字。</div><p hidden>又一段隐藏的文字。</p>'
    )
    below = (
        '<div class="xgxx"><h3>相关信息</h3><ul><li><a>关于某事的通知</a></li></ul></div>'
        '<div class="footer">主办：南昌市人民政府办公室 赣ICP备123号</div>'
    )
    found = read(tmp_path, page(f"{around}<h1>{TITLE}</h1><div>{BODY}</div>{below}"))
    assert lines(found.text) == TEXT


def test_old_pages_in_tables_for_layout(tmp_path: Path) -> None:
    inner = (
        f"<table><tr><td align=center><strong>{TITLE}</strong></td></tr>"
        f"<tr><td>来源：市科技局 发布时间：2024-06-25</td></tr>"
        f"<tr><td>{BODY}<table><tr><td>指标</td><td>2025年</td></tr><tr><td>企业</td><td>2000家</td></tr></table>"
        "</td></tr></table>"
    )
    found = read(
        tmp_path, page(f"<table width=100%><tr><td><img src=logo></td></tr><tr><td>{inner}</td></tr></table>")
    )
    fields = ["来源: 市科技局", "发布时间: 2024-06-25"]
    assert lines(found.text) == [*fields, *TEXT, "指标\t2025年", "企业\t2000家"]


def test_tables_lists_and_breaks(tmp_path: Path) -> None:
    more = (
        "<p>第一行。<br>第二行。</p><p>科技\n创新 R&amp;D\n投入</p>"
        "<ol start=3><li>培育企业。</li><li>4. 建设平台。</li></ol>"
        '<ol style="list-style-type: cjk-ideographic"><li>加强领导。</li></ol>'
        "<table><tr><th>序号</th><th>指 标</th><th>单位</th></tr>"
        "<tr><td>1</td><td rowspan=2>研发\n投入</td><td>亿元</td></tr><tr><td>2</td><td>%</td></tr>"
        "<tr><td colspan=2>合计</td><td><p>甲</p><p>乙</p></td></tr></table>"
        "<p>| 指标 | 2025年 |</p><p>| --- | --- |</p><p>| 企业数 | 2000 |</p>"
    )
    found = read(tmp_path, page(f"<h1>{TITLE}</h1><div>{BODY}{more}</div>"))
    assert found.text.split("\n\n")[len(TEXT) :] == [
        "第一行。",
        "第二行。",
        "科技创新 R&D 投入",
        "3. 培育企业。",
        "4. 建设平台。",
        "一、加强领导。",
        "序号\t指 标\t单位\n1\t研发投入\t亿元\n2\t\t%\n合计\t\t甲 乙",
        "指标\t2025年\n企业数\t2000\n",
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "gb2312"),
        ("gbk", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8-sig", "gbk"),
        ("utf-16", "utf-8"),
        ("gb18030", ""),
    ],
)
def test_the_bytes_decide_the_encoding_not_what_the_page_declares(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    found = read(tmp_path, page(f"<h1>{TITLE}</h1>{BODY}", head), encoding)
    assert lines(found.text) == TEXT
    assert found.notes == ()


def test_big5_that_would_pass_for_gb18030(tmp_path: Path) -> None:
    body = "<p>為貫徹落實國家發展計畫，推進科技創新，結合本市實際，特制定本方案，請認真執行。</p>"
    source = page(f"<h1>關於印發實施方案的通知</h1>{body}")
    source.encode("big5hkscs").decode("gb18030")  # it does
    found = read(tmp_path, source, "big5hkscs")
    assert found.text.startswith("關於印發實施方案的通知\n\n為貫徹落實國家發展計畫")
    assert found.notes == ("按 Big5 解码",)


def test_unreadable_characters_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page(f"<h1>{TITLE}</h1>{BODY}X").encode().replace(b"X", b"\xe4\xb8"))
    found = read_source(path)
    assert found.notes == ("解码时有 1 个字符无法识别，已用 U+FFFD 代替",)


def test_what_stands_apart_is_named_and_a_page_without_a_centre_is_kept_whole(tmp_path: Path) -> None:
    aside = "<aside><p>本网站声明：转载请注明出处。</p></aside>"
    found = read(tmp_path, page(f"<h1>{TITLE}</h1><div>{BODY * 3}</div>{aside}"))
    assert found.notes == ("正文之外有 1 段文字未收入，如“本网站声明：转载请注明出处。”",)
    assert "转载" not in found.text
    parts = [f'<div class="comment">第{i}条，各有关单位要抓好落实，确保完成任务。</div>' for i in range(9)]
    found = read(tmp_path, page(f"<h1>{TITLE}</h1>" + "".join(parts)))
    assert lines(found.text) == [TITLE, *(part.split(">")[1].split("<")[0] for part in parts)]


def test_a_title_and_a_source_that_only_the_head_knows(tmp_path: Path) -> None:
    head = (
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2023-05-06 10:00">'
        '<meta name="ContentSource" content="市科技局">'
    )
    found = read(tmp_path, page(BODY, head))
    assert lines(found.text) == ["发布日期: 2023-05-06 10:00", "来源: 市科技局", *TEXT]
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<div>" * 100_000 + "文字" + "</div>" * 100_000, "nested too deeply"),
        ("<p>" * 2_000 + "<i>" * 3_000 + "文字", "nested too deeply"),
        ("<script>document.write('文字')</script>", "holds no text"),
        ("<p> </p>" * 1000, "holds no text"),
    ],
)
def test_hostile_and_empty_pages_are_one_line(tmp_path: Path, body: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        read(tmp_path, page(body).replace("<title>页面</title>", ""))
    assert "\n" not in str(caught.value)
    assert "page.html" in str(caught.value)


def test_the_same_page_gives_the_same_text(tmp_path: Path) -> None:
    source = page(BLOCKS["one line divided by |"][0].format(title=TITLE) + BODY * 3)
    first, second = read(tmp_path, source), read(tmp_path, source, name="别名.htm")
    assert (first.text, first.sha256, first.notes) == (second.text, second.sha256, second.notes)


def test_a_span_with_a_control_character_counts_as_written(tmp_path: Path) -> None:
    row = "<tr><td colspan='2\x1f'>合计</td><td>丙</td></tr><tr><td colspan='２'>甲</td><td>乙</td></tr>"
    found = read(tmp_path, page(f"<h1>{TITLE}</h1><div>{BODY}<table>{row}</table></div>"))
    assert "合计" in found.text
    assert "甲" in found.text
