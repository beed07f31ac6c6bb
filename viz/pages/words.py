"""The words of the pages in both languages: kinds, levels, lines and everything a button says."""

from __future__ import annotations

from typing import Final, NamedTuple

from viz.pages.model import EdgeKind, Label, NodeKind


class Line(NamedTuple):
    """A kind of line: its name and its dashes (false: drawn through)."""

    label: Label
    dashes: bool


KINDS: Final[dict[NodeKind, Label]] = {
    "document": Label("文件", "Document"),
    "action": Label("行动", "Action"),
    "task": Label("任务", "Task"),
    "measure": Label("举措", "Measure"),
    "safeguard": Label("保障", "Safeguard"),
    "target": Label("目标", "Target"),
    "unit": Label("责任单位", "Responsible unit"),
    "collective": Label("集体单位", "Collective unit"),
    "none": Label("没有上级对应", "No counterpart"),
    "gap": Label("缺口", "Gap"),
    "thing": Label("其他", "Other"),
}

LEVELS: Final[dict[str, Label]] = {
    "country": Label("国家", "Country"),
    "province": Label("省", "Province"),
    "city": Label("市", "City"),
    "county": Label("县（区）", "County or district"),
    "township": Label("乡镇（街道）", "Township"),
    "unknown": Label("层级不明", "Level unknown"),
}

LINES: Final[dict[EdgeKind, Line]] = {
    "implements": Line(Label("落实", "implements"), False),
    "relates": Line(Label("相关", "relates to"), True),
    "part": Line(Label("包含", "contains"), False),
    "target": Line(Label("定有目标", "sets a target"), False),
    "lead": Line(Label("牵头", "leads"), False),
    "responsible": Line(Label("责任", "answers for"), False),
    "support": Line(Label("配合", "supports"), True),
    "cites": Line(Label("引用", "cites"), True),
    "gap": Line(Label("未见对应", "uncovered"), True),
    "owner": Line(Label("可能承担", "might own it"), True),
    "joined": Line(Label("同在一行", "joined by a row"), False),
    "conflict": Line(Label("矛盾", "conflicts with"), True),
}

WORDS: Final[dict[str, Label]] = {
    "brand": Label("纲目", "Gangmu"),
    "motto": Label("纲举目张，句句有据", "Every statement with its evidence"),
    "language": Label("English", "中文"),
    "skip": Label("跳到表格", "Skip to the table"),
    "search": Label("搜索", "Search"),
    "search-hint": Label("名称、指标、单位、原文…", "Name, indicator, unit, quoted text…"),
    "action": Label("行动", "Action"),
    "place": Label("地区", "Jurisdiction"),
    "spares": Label("显示备选", "Show alternatives"),
    "all": Label("全部", "All"),
    "reset": Label("清除筛选", "Clear"),
    "zoom-in": Label("放大", "Zoom in"),
    "zoom-out": Label("缩小", "Zoom out"),
    "legend": Label("图例", "Legend"),
    "legend-kinds": Label("形状：类型", "Shape: kind"),
    "legend-levels": Label("颜色：层级", "Colour: level"),
    "legend-lines": Label("连线", "Lines"),
    "picture": Label(
        "图：可用方向键在节点间移动，回车看依据，加减号缩放；同样的内容见下方表格",
        "Picture: arrow keys move between nodes, Enter opens the evidence, plus and minus zoom; "
        "the table below has the same content",
    ),
    "panel": Label("依据", "Evidence"),
    "panel-empty": Label("点一个方框，这里显示它的依据原文。", "Choose a box to read its evidence here."),
    "panel-keys": Label(
        "也可以用键盘：方向键移动，Esc 取消选择。", "By keyboard: arrow keys move, Esc clears."
    ),
    "close": Label("关闭", "Close"),
    "in-table": Label("看表格中的行", "Show its row in the table"),
    "link": Label("此项链接", "Link to this"),
    "source": Label("出处", "Source"),
    "characters": Label("第 {start}–{end} 字", "characters {start}–{end}"),
    "rule": Label("规则 {rule}", "rule {rule}"),
    "matches": Label("找到 {n} 项", "{n} found"),
    "shown": Label("图中 {shown} 项，共 {all} 项", "{shown} of {all} shown"),
    "left-out": Label(
        "一次最多画 {limit} 项，未画出 {n} 项（{kinds}）；用上面的筛选缩小范围，或看下方表格。",
        "At most {limit} boxes are drawn at once; {n} were left out ({kinds}). "
        "Narrow the filters above, or read the table below.",
    ),
    "not-found": Label("没有找到", "Nothing found"),
    "unknown": Label("这一页没有 {id}", "{id} is not on this page"),
    "unit-items": Label("共 {n} 个条目", "{n} items"),
    "nothing": Label("没有符合筛选的内容。", "Nothing matches the filters."),
    "empty": Label("没有可画的内容。", "There is nothing to draw."),
    "table": Label("同样的内容：表格", "The same content as a table"),
    "files": Label("下载", "Files"),
    "behind": Label("所用的查询", "The queries behind it"),
    "rows": Label("{shown} 行，共 {all} 行", "{shown} of {all} rows"),
    "more": Label("展开", "More"),
    "less": Label("收起", "Less"),
    "show": Label("图", "Show"),
    "open-next": Label("从这里打开", "Open from here"),
    "standing": Label("依据与复现", "What this page rests on, and how to make it again"),
    "noscript": Label(
        "浏览器没有运行脚本，图画不出来；下面的表格有同样的内容。",
        "Scripts are off, so there is no picture; the table below has the same content.",
    ),
    "footer": Label(
        "由纲目生成；本页不向任何主机请求内容。", "Made by Gangmu. This page asks no host for anything."
    ),
}
