"""What the commands `ask`, `query`, `draw`, `export` and `check` say; `messages` holds all together."""

from __future__ import annotations

from typing import Final

ASK_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help.ask": (
        "回答一个现成的问题；不给名字时列出全部问题。\n\n"
        "问题的参数写作 --参数 值，例如 gangmu ask unit-targets --unit 区科技局；"
        "gangmu ask 名字 --help 列出它的参数。",
        "Answer a question of the catalogue; without a name, list all questions.\n\n"
        "Parameters are given as --name value, for instance gangmu ask unit-targets --unit 区科技局; "
        "gangmu ask NAME --help lists them.",
    ),
    "help.ask.name": ("问题的名字。", "Name of the question."),
    "help.query": (
        "运行自己写的 SPARQL 查询：只读，不联网，超时即停。",
        "Run a SPARQL query of your own: read only, without network, stopped when its time is up.",
    ),
    "help.query.timeout": ("最多运行多少秒。", "Seconds that it may take at most."),
    "help.query.sparql": ("查询；- 表示从标准输入读。", "The query; - reads standard input."),
    "help.query.file": ("查询所在的文件。", "File that holds the query."),
    "help.check": (
        "检查图是否合乎自己的规则（不合则退出码为 1），并列出需要人看的地方。",
        "Check the graph against its own shapes (exit code 1 if it breaks them) and list what a person "
        "should look at.",
    ),
    "help.draw": (
        "画出可以点看的网页，一页一个文件，不联网。\n\n"
        "alignment 省、市、县上下对应；gaps 缺口；units 谁负责什么；citations 谁引用谁；"
        "document 一份文件的结构。",
        "Draw an interactive page, one file each, that needs no network.\n\n"
        "alignment: province to city to district; gaps: what is left undone; units: who owns what; "
        "citations: which document cites which; document: how one document is built.",
    ),
    "help.draw.view": ("画哪一种。", "Which page."),
    "help.draw.output": (
        "网页文件；不给时如 alignment.html。",
        "The file; alignment.html and the like if not given.",
    ),
    "help.export": (
        "把图导出为其他格式。\n\n整张图：ttl、trig、nq、jsonld。网络：graphml、gexf。对应表：sssom。目标与实际值："
        "cube。CSV 表格文件夹：tables。数据集说明：dcat、void。一份文件的规划：stratml、stratml2（含指标）。",
        "Export the graph in another format.\n\nThe whole graph: ttl, trig, nq, jsonld. The network: "
        "graphml, gexf. The alignments: sssom. Targets and actual values: cube. A folder of CSV tables: "
        "tables. What the data set is: dcat, void. One document's plan: stratml, stratml2 (with indicators).",
    ),
    "help.export.form": ("导出成什么。", "What to export."),
    "help.export.document": (
        "哪份文件（编号、文件名或标题的一部分）；stratml、stratml2 要给，别的不要。",
        "Which document (its id, file name, or part of its title): stratml and stratml2 need it, no other.",
    ),
    "draw.document": ("画的是 {drawn}", "drew {drawn}"),
    "draw.others": ("用 --document 可画：{names}", "--document draws another: {names}"),
    "finding.trust": ("可信状况", "Trust"),
    "finding.declaration": ("自报数目", "Declared count"),
    "finding.repair": ("修补未定", "Open repair"),
    "finding.conflict": ("目标矛盾", "Conflict"),
    "finding.cross_conflict": ("文件间矛盾", "Conflict across documents"),
    "finding.unit_name": ("单位名称", "Unit name"),
    "finding.indicator_name": ("指标名称", "Indicator name"),
    "finding.no_owner": ("无责任单位", "No owner"),
    "finding.metadata": ("文件信息不全", "Document incomplete"),
    "finding.loose_unit": ("单位无所属条目", "Units without item"),
    "finding.failed_input": ("未读成的文件", "Input that failed"),
    "finding.abstention": ("未作对应", "No counterpart"),
    "finding.leftover": ("未读文字", "Left over"),
    "check.passage": ("第 {start}–{end} 字：{text}", "characters {start}–{end}: {text}"),
    "ask.title": ("可以问的问题", "Questions of the catalogue"),
    "ask.name": ("名字", "Name"),
    "ask.question": ("问题", "Question"),
    "ask.parameters": ("参数", "Parameters"),
    "ask.default": ("默认", "Default"),
    "ask.every": ("全部", "every one"),
    "ask.columns": ("列：{names}", "Columns: {names}"),
    "ask.rows": ("{n} 行", "{n} rows"),
    "query.cut": (
        "结果太大，只取了前 {n} 行",
        "the answer is too large: only its first {n} rows were taken",
    ),
    "ask.empty": ("没有结果", "no results"),
    "ask.hidden": (
        "未显示的列：{names}（用 --columns 选，或用 --format csv、json）",
        "columns not shown: {names} (choose with --columns, or use --format csv or json)",
    ),
    "check.ok": ("图合乎自己的规则。", "The graph keeps its own shapes."),
    "check.violations": ("图有 {n} 处不合规则：", "The graph breaks its shapes in {n} places:"),
    "check.findings": ("需要人看的地方 {n} 处：", "{n} places for a person to look at:"),
    "check.kind": ("类别", "Kind"),
    "check.document": ("文件", "Document"),
    "check.message": ("说明", "What"),
}
