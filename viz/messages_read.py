"""What the commands `build`, `records`, `text` and `account` say; `messages` holds all together."""

from __future__ import annotations

from typing import Final

READ_MESSAGES: Final[dict[str, tuple[str, str]]] = {
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
    "help.text": (
        "原样输出一份文件的原文，依据的位置即指其中第几字。",
        "Print the source text of a document byte for byte; offsets of evidence count its characters.",
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
}
