"""What the commands `review` and `align` say, in both languages; `messages` holds all together."""

from __future__ import annotations

from typing import Final

REVIEW_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help.review": (
        "逐条审定机器提出的上下对应：最没把握的在前，两段原文并列，采纳、否决、另选、附意见。\n\n"
        "审定写进评审文件夹（SSSOM 表，一人一个文件，一行一条，只增不改），下一次 gangmu build 时生效，"
        "胜过机器的提议；原文后来改了的，标为过期，不再作数。",
        "Review the alignments that the machine proposed: the least certain first, both passages side by "
        "side; accept, reject, choose another, comment.\n\n"
        "Decisions go to the folder of reviews (SSSOM tables, one file a reviewer, one row a decision, only "
        "ever added to). They count from the next gangmu build on and win over proposals; where a text has "
        "changed since, a decision is stale and counts no more.",
    ),
    "help.*.embedding": (
        "自备的句向量模型，作为对应关系的又一个依据：模型文件夹，或 包.模块:名称。不联网，不下载。",
        "A sentence-embedding model of your own as one more signal of the alignment: the folder of a model, "
        "or package.module:name. Nothing is downloaded.",
    ),
    "help.*.reviews": (
        "评审文件夹；不给时是图旁边的 data/reviews。",
        "Folder of reviews; data/reviews beside the graph if not given.",
    ),
    "help.review.reviewer": (
        "评审者的名字；不给时是系统用户名。",
        "Name of the reviewer; else the system's user.",
    ),
    "help.review.limit": ("最多审定几条就结束。", "End after that many decisions."),
    "help.review.import": (
        "收进一张 SSSOM 表里的人工审定，不逐条询问。",
        "Take in the decisions of an SSSOM table, without a dialogue.",
    ),
    "help.review.export": ("把所有审定写成一张 SSSOM 表。", "Write all decisions as one SSSOM table."),
    "help.review.agreement": (
        "只列出评审者两两之间的一致程度（Cohen's kappa）和过期、有分歧的审定。",
        "Only print how far reviewers agree (Cohen's kappa), and stale and contested decisions.",
    ),
    "help.review.retrain": (
        "用审定重新校准置信度，结果放在评审文件夹里，下一次建图时使用。",
        "Calibrate the confidence anew from the decisions, kept in the folder of reviews for the next build.",
    ),
    "help.align": (
        "以图里任意一份文件为上级，对应它下面的文件：省对市，市对区。\n\n"
        "打印每份文件整体的关系、每个条目的首选对应和目标的比较，不改动现有的图；"
        "--into 另建一个图，之后可用 ask、draw、review 看它。",
        "Align documents with any document of the graph as the upper plan: cities with a province, districts "
        "with a city.\n\n"
        "Prints how each document relates as a whole, the first choice of each item, and how targets "
        "compare; the graph stays as it is. --into makes another graph of it for ask, draw and review.",
    ),
    "help.align.upper": (
        "上级文件（编号、文件名或标题的一部分）。",
        "The upper document (id, file, part of its title).",
    ),
    "help.align.lower": (
        "下级文件，可给多次；不给时取所在地区归它管辖的全部文件。",
        "A lower document, may be repeated; else all whose place falls under that of the upper one.",
    ),
    "help.align.into": (
        "另建的图的文件夹；可以就是现在的图。",
        "Folder of the other graph; may be the present one.",
    ),
    "help.align.output": (
        "把条目对应写成文件：.csv、.json、.md 或 .xlsx。",
        "Write the alignments to a file: .csv, .json, .md or .xlsx.",
    ),
    "align.title": ("上级：《{title}》", "Upper plan: 《{title}》"),
    "align.documents": ("整份文件", "Whole documents"),
    "align.items": ("条目", "Items"),
    "align.targets": ("目标", "Targets"),
    "align.document": ("文件", "Document"),
    "align.relation": ("关系", "Relation"),
    "align.reasons": ("依据", "Because"),
    "align.item": ("下级条目", "Local item"),
    "align.upper": ("上级条目", "Upper item"),
    "align.confidence": ("置信度", "Confidence"),
    "align.status": ("状态", "Status"),
    "align.none": ("没有对应", "no counterpart"),
    "align.implements": ("落实", "implements"),
    "align.relates": ("相关", "relates to"),
    "align.proposed": ("提议", "proposed"),
    "align.accepted": ("已采纳", "accepted"),
    "align.rejected": ("已否决", "rejected"),
    "align.arithmetic": ("与上级目标相比", "Beside the upper target"),
    "align.no-targets": ("没有同一指标的上级目标。", "No upper target has the same indicator."),
    "align.stored": (
        "另建的图在 {store}，共 {n} 条语句；gangmu draw gaps --store {store} 可看缺口。",
        "The other graph is in {store}, {n} statements; see its gaps by gangmu draw gaps --store {store}.",
    ),
    "align.not-stored": (
        "图没有改动；要留存请加 --into DIR。",
        "The graph is as it was; keep this by --into DIR.",
    ),
    "review.head": ("[{n}/{all}] {doubt}", "[{n}/{all}] {doubt}"),
    "review.chance": ("成立的概率 {chance:.2f}", "probability {chance:.2f}"),
    "review.none-proposed": ("机器没有提出对应", "the machine proposed none"),
    "review.lower": ("下级：{place} {path}", "Local: {place} {path}"),
    "review.upper": ("上级：{path}", "Upper: {path}"),
    "review.around": ("所在任务：{text}", "In the task: {text}"),
    "review.others": ("其他候选：", "Other candidates:"),
    "review.because": ("理由：{reasons}", "Because: {reasons}"),
    "review.stale": (
        "注意：{reviewer} {date} 的审定（{verdict} {label}）已过期，原文后来改了。",
        "Note: the decision of {reviewer}, {date} ({verdict} {label}) is stale: a text has changed.",
    ),
    "review.contested": (
        "注意：评审者意见不一；{reviewer} {date}：{verdict} {label}。",
        "Note: reviewers differ; {reviewer}, {date}: {verdict} {label}.",
    ),
    "review.accept": ("采纳", "accept"),
    "review.reject": ("否决", "reject"),
    "review.keys": (
        "a 采纳  r 否决  c 另选  n 没有对应  m 附意见  t 列出上级任务  s 跳过  q 结束 > ",
        "a accept  r reject  c choose another  n none  m comment  t list tasks  s skip  q quit > ",
    ),
    "review.keys-none": (
        "a 同意没有对应  c 另选  m 附意见  t 列出上级任务  s 跳过  q 结束 > ",
        "a agree: none  c choose another  m comment  t list tasks  s skip  q quit > ",
    ),
    "review.which": (
        "上级条目的编号（如 4.2），或候选的序号；空着返回 > ",
        "Path of the upper item (as 4.2), or number of a candidate; empty goes back > ",
    ),
    "review.comment": ("意见 > ", "Comment > "),
    "review.unknown-key": ("没有“{answer}”这个选择。", "There is no choice “{answer}”."),
    "review.unknown-path": ("上级没有 {path}。", "The upper plan has no {path}."),
    "review.kept": ("已记下：{verdict} {label}", "Kept: {verdict} {label}"),
    "review.done": (
        "本次 {n} 条审定，在 {file}；gangmu build 后生效。",
        "{n} decisions, in {file}; they count from the next gangmu build on.",
    ),
    "review.nothing": ("没有待审定的条目。", "Nothing waits for a decision."),
    "review.left": ("还有 {n} 条待审定。", "{n} still wait."),
    "review.imported": (
        "收进 {n} 条审定，另有 {lost} 条所指的条目不在图里。",
        "Took in {n} decisions; {lost} name items not in the graph.",
    ),
    "review.states": (
        "审定 {all} 条：有效 {in_force}，被本人后来的取代 {superseded}，有分歧 {contested}，过期 {stale}",
        "{all} decisions: {in_force} in force, {superseded} superseded, {contested} contested, {stale} stale",
    ),
    "review.agreement": (
        "{first} 与 {second}：共同审定 {pairs} 对，一致 {agreed}，kappa {kappa}",
        "{first} and {second}: {pairs} pairs judged by both, {agreed} alike, kappa {kappa}",
    ),
    "review.no-kappa": ("不可计算（双方只有一种判断）", "not defined (both gave one verdict only)"),
    "review.alone": (
        "还没有两位评审者审定过同一批条目。",
        "No two reviewers have judged the same pairs yet.",
    ),
    "review.retrained": (
        "用 {pairs} 对审定重新校准，写入 {file}；这些审定上的对数损失 "
        "{before:.3f} → {after:.3f}，下一次 gangmu build 使用。",
        "Calibrated anew with {pairs} judged pairs, in {file}; log loss on them {before:.3f} → {after:.3f}. "
        "The next gangmu build uses it.",
    ),
    "build.decisions": (
        "审定 {all} 条：有效 {in_force}，被取代 {superseded}，有分歧 {contested}，过期 {stale}",
        "{all} decisions: {in_force} in force, {superseded} superseded, {contested} contested, {stale} stale",
    ),
}
