"""The sheet 说明 of a ledger: what it is, how it reads, what it rests on, how to make and return it."""

from __future__ import annotations

from graph.ledger import Ledger
from graph.ledger_columns import FILLED_BY, FILLED_TO
from viz.standing_words import standing_rows


def notes(ledger: Ledger) -> list[tuple[str, str]]:
    """The rows of 说明: what the ledger is, how it reads, what it rests on, how to make and return it."""
    first = (
        "原文没有写明牵头单位的，按“首位单位为牵头、其余为配合”的读法列出；这是本表所选的读法，原文没有这样写。"
        if ledger.first_leads
        else "牵头单位只填原文写明牵头的单位；原文只列责任单位、不分主次的，写在配合单位一栏，"
        "前面注明“责任单位：”。"
        "（“首位单位为牵头”的读法没有启用，可用 --first-unit-leads 启用。）"
    )
    said = [
        ("名称", ledger.title),
        ("截至", ledger.as_of),
        (FILLED_BY, ""),
        (FILLED_TO, ""),
        ("牵头读法", first),
        ("带*的栏", "由单位填写，系统一律留空，不代填。"),
        (
            "怎样填报",
            "进展情况填一个实际数，如 118、118家、超过118家，可在前面写明时间，如 2025年：118家、"
            "截至2025年6月，118家；"
            f"没有写时间的，按“{FILLED_TO}”计，该格不填时按截至时间（{ledger.as_of}）计。其他各栏可填文字。"
            "不要改动依据一栏里〔〕中的编号。",
        ),
        ("怎样收回", "gangmu observe 台账.xlsx：进展情况收为该目标的实际值，并注明出自哪张表哪一格。"),
        ("核验", "引文与原文逐字核对；文本状况见下表；进展判断附算式，依据图中已有的实际值。"),
        ("承接状态", "系统建议的对应关系，复核前只供参考。"),
        *((f"未列入{n}", text) for n, text in enumerate(ledger.left_out, 1)),
        *standing_rows(ledger.standing, "zh")[1:],
    ]
    return [(label, text) for label, text in said if text or label.endswith("*")]
