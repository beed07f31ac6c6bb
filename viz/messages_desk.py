"""What the commands `trace`, `ledger`, `audit` and `compare` say, in both languages; `messages` holds all."""

from __future__ import annotations

from typing import Final

DESK_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help.trace": (
        "从一个单位、目标、指标或条目，查到全部责任：角色、条目、目标、期限、进展、所承接的上级任务、原文，上下贯通，跨文件。\n\n"
        "gangmu trace unit 区发改委；target、indicator、item 同样。别名会认；"
        "一个名字指几样东西时列出来，不代选。",
        "From a unit, target, indicator or item to every responsibility: role, item, target, "
        "deadline, status, "
        "the upper task that it answers, and the sentence, up and down and across documents.\n\n"
        "gangmu trace unit NAME; likewise target, indicator, item. Aliases resolve; where a name means "
        "several things they are listed, none is chosen.",
    ),
    "help.trace.kind": ("查什么：unit、target、indicator、item。", "What: unit, target, indicator or item."),
    "help.trace.name": ("它的名称、别名或编号。", "Its name, alias or id."),
    "help.trace.as_of": (
        "截至某年或某日的情形，如 2025、2025-06-30；today 为今天。之后的文件和实际值不计。"
        "不给时按图的截至时间，文件全计。",
        "As things stood at a year or day: 2025, 2025-06-30; today for today. Later documents and values are "
        "left out. Else the graph's own point in time, with every document.",
    ),
    "help.ledger.as_of": (
        "截至某年或某日的情形，如 2025、2025-06-30；today 为今天。之后的文件和实际值不计。"
        "不给时按图的截至时间，文件全计。",
        "As things stood at a year or day: 2025, 2025-06-30; today for today. Later documents and values are "
        "left out. Else the graph's own point in time, with every document.",
    ),
    "help.audit.as_of": (
        "截至某年或某日的情形，如 2025、2025-06-30；today 为今天。之后的文件和实际值不计。"
        "不给时按图的截至时间，文件全计。",
        "As things stood at a year or day: 2025, 2025-06-30; today for today. Later documents and values are "
        "left out. Else the graph's own point in time, with every document.",
    ),
    "help.*.expect": (
        "图的内容哈希（开头几位）；不是这个图就不做，用来复现。",
        "Beginning of the graph's content hash; another graph is refused, so that an answer can be "
        "made again.",
    ),
    "help.ledger": (
        "写台账：工作簿、Word 或 CSV，看文件名。每行链到原文依据；带*的栏留给单位填写，填好后用 "
        "gangmu observe 收回。\n\n"
        "CSV 中以 = + - @ 等开头的文字前加一个撇号，去掉第一个撇号就是原文。",
        "Write a ledger as a workbook, Word file or CSV, by the file's name. Each row leads to its passage; "
        "columns with a star are the office's to fill in, and come back by gangmu observe.\n\n"
        "In CSV a text that begins like a formula gets an apostrophe in front; without its first apostrophe "
        "it is what it was.",
    ),
    "help.ledger.output": (
        "写入 .xlsx、.docx 或 .csv 文件；不给时为 ledger.xlsx。",
        "A file that ends in .xlsx, .docx or .csv; ledger.xlsx if not given.",
    ),
    "help.ledger.kind": (
        "breakdown 任务分解表（按文件顺序），duties 责任清单（按单位），supervision "
        "督查台账（按期限）；不给时为督查台账。",
        "breakdown: in the order of the documents; duties: by unit; supervision (the default): by deadline.",
    ),
    "help.ledger.unit": ("只要这个单位承担的。", "Only what this unit answers for."),
    "help.audit.unit": ("只要涉及这个单位的。", "Only what concerns this unit."),
    "help.ledger.first_unit_leads": (
        "原文没有写牵头时，把第一家责任单位读作牵头，并在说明里写明；不给时不作此读。",
        "Where no lead is named, read the first unit as the lead, and say so on the sheet; off by default.",
    ),
    "help.ledger.sheet_per_unit": ("每个单位一张表。", "One sheet a unit."),
    "help.ledger.pages": (
        "原文网页在哪里：gangmu serve 的地址，或 gangmu publish 写出的文件夹；每行的依据链到该页的那一处。"
        "不给时链到本工作簿的原文依据，不需要网络。",
        "Where the pages of passages are: the address of `gangmu serve`, or a folder that `gangmu publish` "
        "wrote; each row leads to its place there. Without it rows lead to the sheet of passages of the "
        "workbook itself, which needs no network.",
    ),
    "ledger.written": (
        "已写入 {path}：{lines} 行，{items} 个条目，{targets} 个目标，{units} 家单位",
        "wrote {path}: {lines} lines, {items} items, {targets} targets, {units} units",
    ),
    "help.audit": (
        "查出审计要看的问题：矛盾、无主、逾期、无期限、无牵头、自报不符、无人承接、修补涉及数字、只凭受损文本等，"
        "附规则、理由和原文。写成网页、Word 或 JSON。\n\n"
        "标记已处理：gangmu audit --handle 编号 --by 姓名 --why 理由；记在图旁边的 CSV 里，重新建图不丢。",
        "Find what an auditor should see: conflicts, targets without owner, overdue, without "
        "deadline, owners "
        "without a lead, counts that do not match, tasks nobody took up, repairs beside figures, claims from "
        "damaged copies, each with its rule, reasoning and passages. As a page, Word file or JSON.\n\n"
        "To mark one as handled: gangmu audit --handle ID --by NAME --why TEXT; kept in a CSV file "
        "beside the "
        "graph, which a build does not touch.",
    ),
    "help.audit.output": (
        "写入 .html、.docx 或 .json 文件；不给时只列汇总。",
        "A file that ends in .html, .docx or .json; without one, only the summary is printed.",
    ),
    "help.audit.rule": ("只用这条规则；可以给几次。", "Only this rule; may be given several times."),
    "help.audit.handled": (
        "记录已处理发现的 CSV 文件；不给时为图旁边的 图名.findings.csv。",
        "CSV file of handled findings; STORE.findings.csv beside the graph if not given.",
    ),
    "help.audit.handle": ("把这项发现标为已处理。", "Mark this finding as handled."),
    "help.audit.reopen": ("撤回这项发现的已处理标记。", "Take back the mark of this finding."),
    "help.audit.by": ("谁处理的。", "Who handled it."),
    "help.audit.why": ("为什么算处理了。", "Why it counts as handled."),
    "help.audit.on": ("哪天处理的；不给时为今天。", "On which day; today if not given."),
    "audit.title": ("审计发现（截至{as_of}）", "Audit findings as of {as_of}"),
    "audit.rule": ("规则", "Rule"),
    "audit.id": ("规则编号", "Id"),
    "audit.handled": ("已处理", "Handled"),
    "audit.all": ("合计", "All"),
    "audit.written": ("已写入 {path}：{n} 项发现", "wrote {path}: {n} findings"),
    "audit.next": (
        "写成报告：gangmu audit -o audit.html（或 .docx、.json）",
        "For the report: gangmu audit -o audit.html (or .docx, .json)",
    ),
    "audit.marked": ("{finding} 已记入 {path}", "{finding} was entered in {path}"),
    "audit.gone": ("标记过的发现有 {n} 项不再出现", "{n} marked findings are no more"),
    "help.compare": (
        "把图中两份文件对照，用话说明提高、降低、去掉、移交了什么：同一文件的两个版本，或今年与去年的方案。\n\n"
        "两个图之间用 gangmu diff。",
        "Compare two documents of the graph and say what was raised, lowered, dropped or handed over: two "
        "versions of a document, or this year's plan and last year's.\n\nFor two graphs there is "
        "gangmu diff.",
    ),
    "help.compare.before": (
        "先出的文件：编号、文件名或标题的一部分。",
        "The earlier one: id, file or part of its title.",
    ),
    "help.compare.after": ("后出的文件。", "The later one."),
    "compare.head": ("《{before}》→《{after}》", "《{before}》 → 《{after}》"),
    "compare.none": ("两份文件没有可比的变动", "nothing changed between the two"),
    "desk.standing": (
        "依据 {documents} 份文件，截至{as_of}；图 {content}；复现：{command}",
        "rests on {documents} documents, as of {as_of}; graph {content}; again: {command}",
    ),
    "trace.way": ("方向", "Direction"),
    "trace.own": ("本项", "own"),
    "trace.up": ("上级", "above"),
    "trace.down": ("下级", "below"),
    "trace.unit": ("责任单位", "Unit"),
    "trace.role": ("角色", "Role"),
    "trace.lead": ("牵头", "lead"),
    "trace.responsible": ("责任", "responsible"),
    "trace.support": ("配合", "support"),
    "trace.item": ("条目", "Item"),
    "trace.target": ("目标", "Target"),
    "trace.deadline": ("期限", "Deadline"),
    "trace.status": ("进展", "Status"),
    "trace.upper": ("承接的上级任务", "Upper task"),
    "trace.sentence": ("原文", "Sentence"),
    "trace.document": ("文件", "Document"),
    "trace.target-id": ("目标编号", "Target id"),
    "trace.item-id": ("条目编号", "Item id"),
    "trace.code": ("台账编号", "Ledger code"),
}
