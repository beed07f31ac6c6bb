"""What the command line says, in both languages; pages have their words in `pages/words`. Prints nothing.

Keys of help texts are `help.COMMAND` and `help.COMMAND.PARAMETER`, or `help.*.PARAMETER` where commands
share one. A test holds every command and parameter against them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Final, Literal, TypeAlias

from viz.messages_desk import DESK_MESSAGES
from viz.messages_graph import GRAPH_MESSAGES
from viz.messages_review import REVIEW_MESSAGES

Lang: TypeAlias = Literal["zh", "en"]
LANGUAGE: ContextVar[Lang] = ContextVar("language", default="zh")

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help": (
        "纲目：读政府规划文件，建成有据可查的知识图谱，看省、市、县怎样上下衔接。",
        "Gangmu reads plans of Chinese governments into a knowledge graph in which every statement has "
        "its evidence, and shows how provincial, city and district plans are tied together.",
    ),
    "help.epilog": (
        "先建图，再提问：gangmu build，gangmu ask，gangmu draw alignment。\n\n"
        "退出码：0 完成，1 检查未通过，2 用法有误，3 输入缺失或读不了，4 超出限度。",
        "Build first, then ask: gangmu build, gangmu ask, gangmu draw alignment.\n\n"
        "Exit codes: 0 done, 1 a check failed, 2 usage, 3 input missing or unreadable, 4 over a limit.",
    ),
    "help.*.lang": (
        "界面语言；不给时看 LC_ALL、LC_MESSAGES、LANG，再不然用中文。",
        "Language; else LC_ALL, LC_MESSAGES, LANG, else Chinese.",
    ),
    "help.*.version": ("显示版本后退出。", "Show the version and exit."),
    "help.*.install_completion": ("为当前 shell 安装命令补全。", "Install completion for the current shell."),
    "help.*.show_completion": (
        "显示当前 shell 的补全脚本。",
        "Show the completion script of the current shell.",
    ),
    "help.*.help": ("显示帮助后退出。", "Show this help and exit."),
    "help.*.store": ("图所在的文件夹。", "Folder of the graph."),
    "help.*.json": ("输出 JSON，供程序读取。", "Print JSON, for programs."),
    "help.*.output": ("写入文件；写完才替换旧文件。", "Write to a file, which is replaced as a whole."),
    "help.*.format": (
        "输出格式；不给时看文件名，再不然是表格。CSV 文件带 BOM，便于 Excel 打开。",
        "Output format; else by the file's name, else a table. A CSV file begins with a BOM, for Excel.",
    ),
    "help.*.columns": (
        "只要这些列，用逗号分开，按此顺序。",
        "Only these columns, in this order, separated by commas.",
    ),
    "help.build": (
        "读文件，建图，列出读到了什么。",
        "Read documents, build the graph and list what was found.",
    ),
    "help.build.paths": (
        "文件或文件夹；不给时读随附的五份文件。",
        "Documents or folders of documents; the five that come with Gangmu if none is given.",
    ),
    "help.build.workers": (
        "同时读文件的进程数；不给时按可用的处理器核数，最多八个。结果与进程数无关。",
        "Processes that read: one a usable core, eight at most, if not given. The graph is always the same.",
    ),
    "help.records": (
        "以 JSON Lines 输出读到的全部记录，一行一条，按文件顺序。",
        "Print everything that was read as JSON Lines, one record a line, in document order.",
    ),
    "help.records.type": (
        "只要这一类：document、item、target 等。",
        "Only this type: document, item, target and so on.",
    ),
    "help.*.document": (
        "文件编号、文件名，或标题的一部分。",
        "Id of a document, its file name, or a part of its title.",
    ),
    "help.text": (
        "原样输出一份文件的原文，依据的位置即指其中第几字。",
        "Print the source text of a document byte for byte; offsets of evidence count its characters.",
    ),
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
    "help.serve": (
        "在浏览器里看这张图：网页，/sparql 端点，/api/queries。只在本机，不联网；Ctrl-C 停止。",
        "Show the graph in a browser: pages, the endpoint /sparql, and /api/queries. On this machine only, "
        "without internet; Ctrl-C ends it.",
    ),
    "help.serve.host": (
        "在哪个地址上听；不给时只有本机能连。",
        "Address to listen on; this machine only by default.",
    ),
    "help.serve.port": ("端口；0 表示任选一个空的。", "Port; 0 takes any that is free."),
    "help.serve.name": (
        "浏览器用什么名字找它，可以给几个；不在其列的名字一律拒绝。",
        "Name that browsers call it by, may be given several times; other names are refused.",
    ),
    "help.serve.browser": ("是否打开浏览器。", "Whether to open a browser."),
    "help.serve.review": (
        "是否可以在网页上核对对应；不说时只在本机可以。",
        "Whether matches can be reviewed on the pages; where nothing is said, on this machine only.",
    ),
    "help.publish": (
        "把同样的网页写成文件：不用服务器，放在 U 盘上也能打开。",
        "Write the same pages as files that open without a server, from a memory stick too.",
    ),
    "help.publish.folder": (
        "写到哪个文件夹；整个写成后才替换。",
        "Folder to write, which is replaced as a whole.",
    ),
    "help.mcp": (
        "给智能助手用：按 MCP 协议在标准输入输出上问答，只读；需要 pip install 'gangmu[mcp]'。",
        "For assistants: answers by the Model Context Protocol on standard input and output, read only; "
        "needs pip install 'gangmu[mcp]'.",
    ),
    "serve.ready": ("请打开 {address}（Ctrl-C 停止）", "Open {address} (Ctrl-C ends it)"),
    "serve.warm": ("各页已备好（{seconds} 秒）", "All pages are ready ({seconds} s)"),
    "serve.open": (
        "本系统没有网络命名空间：含 SERVICE 一词的查询一律拒绝。",
        "This system gives no network namespace: queries that hold the word SERVICE are refused.",
    ),
    "serve.replaced": (
        "图已换成新的（{content}），从现在起按它回答。",
        "Another graph is in place ({content}); answers come from it from now on.",
    ),
    "serve.unreadable": (
        "新的图打不开，仍按原来的回答：{problem}",
        "The new graph cannot be opened, the one before still answers: {problem}",
    ),
    "publish.done": ("已写入 {path}：{n} 个文件，{size} MB", "{path} is written: {n} files, {size} MB"),
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
    "help.account": (
        "逐字交代一份文件：哪些字进了记录，哪些略过、为什么，哪些有数值或单位名称却没有读成记录。",
        "Account for every character of a document: what is in a record, what was passed over and why, and "
        "which passages hold a figure or an office and ended in no record.",
    ),
    "help.account.paths": (
        "文件或文件夹；不给时是随附的五份文件。",
        "Documents or folders of documents; the five that come with Gangmu if none is given.",
    ),
    "help.annotate": (
        "写出一份文件的标注初稿，供人改正：JSON Lines，一行一条，存疑处带 check。\n\n"
        "改好后用 gangmu evaluate 算分；没有核对过的类型，从第一行的 annotated 里删去。",
        "Write a first gold file for a document, to be corrected: JSON Lines, one record a line, with "
        "`check` where a person should look.\n\n"
        "Then score with gangmu evaluate; take types that you did not check out of `annotated` on line 1.",
    ),
    "help.annotate.document": ("要标注的文件。", "The document to annotate."),
    "help.annotate.output": (
        "写入新文件；已有的文件不会被覆盖。",
        "Write to a new file; one that exists is never replaced.",
    ),
    "help.evaluate": (
        "拿读到的内容与人工标注比，算出准确率、召回率和 F1；加 --errors 逐条列出漏读、多读和读错。",
        "Score what is read against what a person annotated: precision, recall, F1; with --errors every "
        "miss, every false hit and every field read differently.",
    ),
    "help.evaluate.gold": (
        "标注文件；gangmu annotate 写出初稿。",
        "Gold files; gangmu annotate writes a first one.",
    ),
    "help.evaluate.documents": (
        "被标注的文件或其所在文件夹；不给时在标注文件旁、当前文件夹和随附文件里找。",
        "The annotated documents or their folders; else beside the gold file, here, and among those that "
        "come with Gangmu.",
    ),
    "help.evaluate.store": (
        "不重读文件，改评这个图里的记录。",
        "Score the records of this graph instead of reading the documents anew.",
    ),
    "help.evaluate.records": (
        "不重读文件，改评这个 JSON Lines 文件里的记录。",
        "Score the records of this JSON Lines file instead of reading the documents anew.",
    ),
    "help.evaluate.errors": (
        "逐条列出漏读、多读和读错，附原文和位置。",
        "List every miss, false hit and difference with its text and place.",
    ),
    "usage": ("用法：", "Usage: "),
    "help.usage.options": ("[选项]", "[OPTIONS]"),
    "help.usage.command": ("命令 …", "COMMAND …"),
    "panel.options": ("选项：", "Options:"),
    "panel.arguments": ("参数：", "Arguments:"),
    "panel.commands": ("命令：", "Commands:"),
    "panel.default": ("［默认 {}］", "[default: {}]"),
    "panel.envvar": ("［环境变量 {}］", "[env var: {}]"),
    "error": ("错误：{text}", "error: {text}"),
    "error.try": ("（看帮助：{command} --help）", " (see: {command} --help)"),
    "error.no-command": ("没有“{name}”这个命令", "no such command “{name}”"),
    "error.no-option": ("没有“{name}”这个选项", "no such option {name}"),
    "error.bad-value": ("{name} 的值不对：{problem}", "invalid value for {name}: {problem}"),
    "error.missing": ("缺少 {name}", "missing {name}"),
    "error.one-of": ("可用 {names}", "use one of {names}"),
    "error.interrupted": ("已中断，没有留下写了一半的文件", "interrupted; nothing half-written was left"),
    "error.several-documents": ("“{name}”指多份文件", "“{name}” means several documents"),
    "error.no-document": ("没有“{name}”这份文件", "no document “{name}”"),
    "error.documents": ("可用 {names}", "use one of {names}"),
    "build.stage.read": ("读", "reading"),
    "build.stage.align": ("上下对应", "aligning"),
    "build.stage.write": ("写图", "writing the graph"),
    "build.stage.check": ("检查", "checking"),
    "build.title": ("读到的内容", "What was found"),
    "build.file": ("文件", "File"),
    "build.kind": ("类型", "Kind"),
    "build.jurisdiction": ("地区", "Place"),
    "build.date": ("日期", "Date"),
    "build.section": ("标题", "Sect."),
    "build.item": ("条目", "Items"),
    "build.target": ("目标", "Targ."),
    "build.responsibility": ("责任", "Duties"),
    "build.citation": ("引用", "Cited"),
    "build.repair": ("修补", "Fixed"),
    "build.conflict": ("矛盾", "Confl."),
    "build.aligned": ("对应", "Match"),
    "build.abstained": ("无对应", "None"),
    "build.trust": ("可信", "Trust"),
    "build.declared": (
        "{file}：文中写“{quote}”，读到 {found}",
        "{file}: says “{quote}”, {found} found",
    ),
    "build.differs": ("（不符）", " (differs)"),
    "build.left": (
        "有数字或单位名而没有读成记录的 {n} 处（gangmu account 逐一列出）",
        "Passages with a figure or an office in no record: {n} (gangmu account lists them)",
    ),
    "build.store": ("图在 {store}，共 {quads} 条语句", "The graph is in {store}, {quads} statements"),
    "build.failed": ("没有读成 {n} 份：", "{n} could not be read:"),
    "build.next": (
        "接着可以：gangmu ask，gangmu draw alignment，gangmu check",
        "Next: gangmu ask, gangmu draw alignment, gangmu check",
    ),
    "build.next-alone": (
        "接着可以：gangmu ask，gangmu draw document，gangmu check",
        "Next: gangmu ask, gangmu draw document, gangmu check",
    ),
    "build.no-upper": (
        "没有上级方案：加入含有“行动”的省级方案或解读后才能对应",
        "No upper plan: alignment needs a provincial plan, or its interpretation, that holds actions",
    ),
    "build.note": ("{file}：{text}", "{file}: {text}"),
    "build.skipped": ("略过 {file}", "skipped {file}"),
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
    "yes": ("是", "yes"),
    "no": ("否", "no"),
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
    "list.mark": ("，", ", "),
    "evaluate.title": ("{n} 份文件的得分", "Scores over {n} documents"),
    "evaluate.what": ("内容", "What"),
    "evaluate.matched": ("读对", "Right"),
    "evaluate.extra": ("多读", "Extra"),
    "evaluate.missed": ("漏读", "Missed"),
    "evaluate.differs": ("读错", "Differs"),
    "evaluate.sides": ("标注 {gold}，读成 {predicted}", "gold {gold}, read as {predicted}"),
    "evaluate.line": ("{what}：{parts}", "{what}: {parts}"),
    "evaluate.document": ("文件信息", "Document"),
    "evaluate.section": ("标题", "Sections"),
    "evaluate.item": ("条目", "Items"),
    "evaluate.item.span": ("条目（不论类别）", "Items, of any kind"),
    "evaluate.target": ("目标", "Targets"),
    "evaluate.target.loose": ("目标（位置、数值）", "Targets (place, value)"),
    "evaluate.target.strict": ("目标（连同单位、期限等）", "Targets (unit, deadline too)"),
    "evaluate.responsibility": ("责任", "Duties"),
    "evaluate.citation": ("引用", "Citations"),
    "evaluate.declaration": ("自述的数目", "Declared counts"),
    "evaluate.declaration.with_found": ("自述的数目（连同读到的）", "Declared counts, found too"),
    "evaluate.repair": ("修补", "Repairs"),
    "evaluate.conflict": ("矛盾", "Conflicts"),
    "evaluate.alignment": ("对应", "Alignment"),
    "evaluate.abstention": ("判为无对应", "Abstentions"),
    "evaluate.evidence": ("依据", "Evidence"),
    "evaluate.quotes": ("引文相符", "quotes in place"),
    "evaluate.all": ("合计", "all"),
    "evaluate.in-lists": ("清单里读到", "found in lists"),
    "evaluate.in-running-text": ("行文里读到", "found in running text"),
    "evaluate.sure-precision": ("确凿的准确率", "precision of sure ones"),
    "evaluate.sure-recall": ("确凿的召回率", "recall of sure ones"),
    "evaluate.first-best": ("首选最佳", "first is the best"),
    "evaluate.first-any": ("首选可取", "first is right"),
    "evaluate.among-three": ("前三有可取", "right among three"),
    "evaluate.action-best": ("行动最佳", "best action"),
    "evaluate.action-any": ("行动可取", "right action"),
    "evaluate.calibration": (
        "置信度校准误差：{error}（{n} 条）",
        "Calibration error: {error} ({n} confidences)",
    ),
    "evaluate.not-found": ("标注了对应而没有读到的条目：{n}", "Aligned items that were not read: {n}"),
    "evaluate.findings": (
        "漏读、多读、读错共 {n} 处（--errors 逐条列出）",
        "{n} misses, false hits and differences (--errors lists them)",
    ),
    "evaluate.missing": (
        "没有 {file} 的记录，其中各条都算漏读",
        "no records of {file}: everything in it counts as missed",
    ),
    "evaluate.unchecked": (
        "没有 {file} 的原文，引文没有核对",
        "the text of {file} is not at hand: its quotes were not checked",
    ),
    "annotate.written": (
        "已写入 {path}：{n} 行，其中 {doubtful} 行请人核对",
        "wrote {path}: {n} lines, {doubtful} of them to be checked",
    ),
    "account.file": ("文件", "File"),
    "account.characters": ("字数", "Characters"),
    "account.covered": ("有记录", "In records"),
    "account.skipped": ("略过", "Passed over"),
    "account.left": ("遗留", "Left over"),
    "account.passages": ("遗留处", "Passages"),
    "account.by-record": ("有记录：{parts}", "In records: {parts}"),
    "account.by-reason": ("略过：{parts}", "Passed over: {parts}"),
    "account.white-space": ("空白", "white space"),
    "account.page": ("网页其他内容", "the page around the document"),
    "account.notice": ("印发通知", "the notice that carries it"),
    "account.marks": ("标号和标点", "labels and punctuation"),
    "account.prose": ("无数值、无单位名称的叙述", "prose without figure or office"),
    "account.figure": ("有数值", "figure"),
    "account.unit": ("有单位名称", "office"),
    "written.size": ("已写入 {path}（{size} 字节）", "wrote {path} ({size} bytes)"),
    "written": ("已写入 {path}", "wrote {path}"),
    **GRAPH_MESSAGES,
    **REVIEW_MESSAGES,
    **DESK_MESSAGES,
}


def pick_language(args: Sequence[str], environ: Mapping[str, str]) -> tuple[Lang, list[str]]:
    """The language to speak and the arguments without `--lang`, which may stand anywhere before `--`.

    A locale that names no language (C, POSIX) says nothing; one that is neither Chinese nor unset
    reads English. A `--lang` of another value stays among the arguments, to be refused there.
    """
    chosen: Lang | None = None
    rest: list[str] = []
    remaining = list(args)
    while remaining:
        arg = remaining.pop(0)
        if arg == "--":
            rest += [arg, *remaining]
            break
        if arg == "--lang" and remaining and remaining[0] in ("zh", "en"):
            chosen = "zh" if remaining.pop(0) == "zh" else "en"
        elif arg in ("--lang=zh", "--lang=en"):
            chosen = "zh" if arg.endswith("zh") else "en"
        else:
            rest.append(arg)
    return chosen or _of_locale(environ), rest


def _of_locale(environ: Mapping[str, str]) -> Lang:
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    language = locale.split(".")[0].split("_")[0].lower()
    return "zh" if language in ("", "c", "posix", "zh") else "en"


def say(key: str, **values: object) -> str:
    """The message in the language in use, with its `{places}` filled."""
    text = MESSAGES[key][LANGUAGE.get() == "en"]
    return text.format(**values) if values else text


def help_text(command: str | None, parameter: str | None = None) -> str | None:
    """The help of a command, or of one of its parameters; null where there is none."""
    if parameter is not None:
        keys = [f"help.{command}.{parameter}", f"help.*.{parameter}"]
    else:
        keys = ["help" if command is None else f"help.{command}"]
    return next((say(key) for key in keys if key in MESSAGES), None)
