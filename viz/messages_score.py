"""What the commands `annotate` and `evaluate` say, in both languages; `messages` holds all together."""

from __future__ import annotations

from typing import Final

SCORE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
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
}
