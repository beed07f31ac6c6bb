"""How far a copy of a document can be trusted, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from loaders.damage import Damage
from loaders.metadata import Metadata
from loaders.records import Trust

_DISTORTED = frozenset({"invisible_char", "private_char", "replaced_char", "mojibake"})

MANY = 10
"""So many decided repairs of other kinds than single slips make a copy a damaged one."""


GARBLED = 3
"""From so many garbled places on a copy is a damaged one."""

Judgement: TypeAlias = tuple[Trust, tuple[str, ...]]
"""The trust of a copy and the reasons for it, in Chinese."""


def judge(meta: Metadata, damage: Sequence[Damage], *, lost_stops: int, traditional: bool) -> Judgement:
    """The trust of a copy and the reasons, in Chinese.

    `damaged` where a brand was written over it, much is garbled or was repaired (spaces do not count),
    `republished` where another place than the author's published it, `official` where its page names an
    office as its source, `unknown` where nothing says where it comes from.
    """
    counts = Counter(d.rule for d in damage if d.decided and d.rule != "letter_spacing")
    reasons = []
    if counts["brand_insertion"]:
        reasons.append(f"有 {counts['brand_insertion']} 处原文被网站名称覆盖，来自被劫持的镜像")
    hidden = Counter(d.rule for d in damage if d.rule in _DISTORTED)
    if traditional:
        reasons.append("全文为繁体字，不是原文的字形")
    if hidden:
        reasons.append(f"有 {sum(hidden.values())} 处乱码、私用区字符或隐形字符")
    others = lost_stops + sum(counts.values()) - counts["brand_insertion"] - counts["invisible_char"]
    if others:
        reasons.append(f"有 {others} 处缺字、错字或多余空格，已记录")
    author = meta.place.jurisdiction
    publisher = meta.publisher_place.jurisdiction if meta.publisher_place else None
    republished = author is not None and publisher is not None and author.code != publisher.code
    if republished:
        reasons.append(f"由{meta.publisher}发布，原作者为{meta.issuer}；日期为转载日期")
    garbled = sum(hidden.values()) - hidden["invisible_char"] >= GARBLED
    if counts["brand_insertion"] or others - counts["stray_space"] >= MANY or garbled:
        return "damaged", tuple(reasons)
    if republished:
        return "republished", tuple(reasons)
    if meta.issuer is None:
        return "unknown", (*reasons, "文中没有发文机关")
    return "official", (*reasons, f"署名机关：{meta.issuer}")
