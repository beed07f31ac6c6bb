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
