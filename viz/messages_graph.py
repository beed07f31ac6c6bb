"""What the commands `why`, `diff` and `observe` say, in both languages; `messages` holds all together."""

from __future__ import annotations

from typing import Final

GRAPH_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help.why": (
        "说明一条断言从何而来：说了什么，哪条规则得出，哪次运行，哪份文件、可信与否，哪一行哪几个字。\n\n"
        "矛盾给出两个目标，对应并列两段原文，人工整理的给出表中的行。",
        "Show where a claim comes from: what it says, the rule that made it, the run, the document and its "
        "trust, the line and the words.\n\n"
        "A conflict shows both targets, an alignment both passages side by side, a curated claim its row.",
    ),
    "help.why.claim": (
        "断言的编号、IRI，或只有它才有的开头。",
        "Id or IRI of the claim, or a beginning that only it has.",
    ),
    "help.diff": (
        "用话说明两个图之间改了什么：目标提高或降低，期限和承诺的变动，单位的增减和移交，条目和文件的增减改名。\n\n"
        "同一份文件、它的转发件，以及同一机关同类的上年文件，各自相比；没有变化就说没有变化。",
        "Say in words what changed between two graphs: targets raised or lowered, deadlines and commitments "
        "moved, units added, removed or handed over, items and documents added, removed or renamed.\n\n"
        "A document is compared with itself, with its copy, or with the plan of the year before by the same "
        "issuer; where nothing changed it says so.",
    ),
    "help.diff.before": ("原来的图。", "Folder of the graph as it was."),
    "help.diff.after": ("现在的图。", "Folder of the graph as it is."),
    "help.observe": (
        "收进实际值，重新判断每个目标：已完成、进度正常、进度滞后、未完成、未到期、无数据，附算式。\n\n"
        "文件的列：indicator, jurisdiction, year, comparator, value, unit, source, source_date, note。"
        "文件按名字留在图里，重新建图也保留；同名文件替换上次的内容。有一处错就都不收。",
        "Take in actual values and judge every target again: met, on track, behind, missed, not yet due, no "
        "data, with the arithmetic.\n\n"
        "Columns of the file: indicator, jurisdiction, year, comparator, value, unit, source, source_date, "
        "note. It is kept in the graph by its name, also when the graph is built again; a file of the same "
        "name replaces it. One wrong cell, and nothing is taken.",
    ),
    "help.observe.file": (
        "实际值的 CSV 文件，或单位填好的台账（.xlsx、.csv）；不给时只按 --as-of 重新判断。",
        "CSV file of actual values, or a ledger that an office filled in (.xlsx, .csv); without it "
        "the targets "
        "are only judged again, with --as-of.",
    ),
    "help.observe.by": (
        "台账是谁填的；不给时看台账的说明表。",
        "Who filled in the ledger; else what its sheet of notes says.",
    ),
    "help.observe.date": (
        "台账的数据截止日期；不给时看台账的说明表，再不然是图的截至时间。",
        "Up to when the ledger's values are; else what its sheet of notes says, else the graph's time.",
    ),
    "observe.untaken": ("{cell}“{text}”：{reason}", "{cell} “{text}”: {reason}"),
    "observe.untaken-more": (
        "另有 {n} 格没有收，--json 全部列出",
        "{n} more cells were not taken; --json lists all",
    ),
    "observe.doubted-more": (
        "另有 {n} 格须核对，--json 全部列出",
        "{n} more cells to look at again; --json lists all",
    ),
    "observe.kept": (
        "存在问题、完成率等栏 {n} 格，作为备注随所在行的值留下",
        "{n} cells of other columns are kept as notes of the values of their rows",
    ),
    "observe.kept-none": (
        "没有一格进展情况可收，图里的实际值不变",
        "no progress could be taken; the actual values of the graph stay as they were",
    ),
    "help.*.as_of": (
        "截至哪年年底（2025）或哪天（2025-06-30），决定哪些目标到期；不给时为实际值最新的一年。",
        "The end of which year (2025), or which day (2025-06-30), decides what is due; else the newest year "
        "that there is a value of.",
    ),
    "diff.none": ("没有变化。", "Nothing changed."),
    "diff.none-compared": (
        "文件、条目、目标、单位和进展都没有变化，只有其他语句不同。",
        "No document, item, target, unit or status changed; only other statements differ.",
    ),
    "diff.rules": ("两个图所用的规则不同。", "The two graphs were built by different rules."),
    "diff.as-of": (
        "进展的时点不同：原来截至 {before}，现在截至 {after}。",
        "The statuses are of different times: {before} before, {after} now.",
    ),
    "diff.counts": ("共 {n} 处变化", "{n} changes"),
    "diff.others": ("其他记录：{names}", "Other records: {names}"),
    "diff.other": ("{name} 少 {gone} 多 {new}", "{name} {gone} gone, {new} new"),
    "diff.section": ("标题", "sections"),
    "diff.citation": ("引用", "citations"),
    "diff.goal": ("定性目标", "goals"),
    "diff.declaration": ("自报数量", "declared counts"),
    "diff.repair": ("修补", "repairs"),
    "diff.conflict": ("矛盾", "conflicts"),
    "diff.field": ("领域归属", "field assignments"),
    "diff.alignment": ("对应", "alignments"),
    "diff.observation": ("实际值", "actual values"),
    "observe.taken": (
        "收进 {file}：{rows} 行，其中新的 {added} 条，不再有的 {dropped} 条",
        "took in {file}: {rows} rows, {added} of them new, {dropped} gone",
    ),
    "observe.as-of": ("截至 {as_of}：{counts}", "As of {as_of}: {counts}"),
    "observe.count": ("{name} {n}", "{n} {name}"),
    "observe.changed": ("进展有变的目标 {n} 个：", "{n} targets stand otherwise than before:"),
    "observe.unchanged": ("没有目标的进展有变", "no target stands otherwise than before"),
    "observe.change": (
        "{figure}，{deadline}：{before} → {after}",
        "{figure}, {deadline}: {before} → {after}",
    ),
    "observe.no-deadline": ("没有期限", "no deadline"),
    "observe.more": ("还有 {n} 个，--json 全部列出", "{n} more; --json lists all"),
    "observe.nothing": ("没有给文件，也没有给 --as-of", "neither a file nor --as-of is given"),
    "observe.give": ("请给出其中之一", "give one of them"),
    "state.met": ("已完成", "met"),
    "state.on-track": ("进度正常", "on track"),
    "state.behind": ("进度滞后", "behind"),
    "state.missed": ("未完成", "missed"),
    "state.not-yet-due": ("未到期", "not yet due"),
    "state.no-data": ("无数据", "no data"),
    "why.claim": ("断言", "Claim"),
    "why.rule": ("规则", "Rule"),
    "why.run": ("运行", "Run"),
    "why.version": ("gangmu {version}，规则集 sha256 {rules}", "gangmu {version}, rule set sha256 {rules}"),
    "why.rules-changed": (
        "规则在建图之后改过，以上是现在的说明",
        "the rules have changed since the build; the notes are those of now",
    ),
    "why.reasons": ("理由", "Reasons"),
    "why.document": ("文件", "Document"),
    "why.trust": ("可信", "Trust"),
    "why.file": ("来源", "File"),
    "why.place": ("位置", "Place"),
    "why.at": (
        "第 {line} 行第 {column} 字起，全文第 {start}–{end} 字",
        "line {line}, column {column}; characters {start}–{end}",
    ),
    "why.quote": ("原文", "Text"),
    "why.cut": ("……略 {n} 字……", "… {n} characters left out …"),
    "why.repairs": ("修补", "Repairs"),
    "why.decided": ("已采用", "applied"),
    "why.noticed": ("只作提示", "noticed only"),
    "why.row": ("表中的行", "Row"),
    "why.row-of": (
        "{table} 第 {number} 行，来源 {source}，{date}",
        "{table}, row {number}, source {source}, {date}",
    ),
    "why.more": ("还有 {n} 处出处，--json 全部列出", "{n} more sources; --json lists all"),
    "why.role.claim": ("出处", "Source"),
    "why.role.lower": ("下级条目", "Lower item"),
    "why.role.upper": ("上级条目", "Upper item"),
    "why.role.first": ("目标一", "First target"),
    "why.role.second": ("目标二", "Second target"),
    "why.role.target": ("目标", "Target"),
    "why.role.observation": ("实际值", "Actual value"),
    "why.role.basis": ("依据", "Basis"),
}
