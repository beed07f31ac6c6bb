"""Brand names that a hijacked mirror wrote over words of a page. Other damage is in `repair`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from loaders.damage import Damage
from loaders.registry import Jurisdiction, jurisdictions
from loaders.rules import load


def insertions(folded: str) -> Iterator[Damage]:
    """A repair for each place where a brand stands for 首页 or for the name of the place.

    The form of the brand that the breadcrumb uses (`brand>`) stands for 首页, another form for the
    place; which place that is, the text says: a county of a city that it names, whose short name it
    uses too. Where no place or several fit, the brand is noticed and left.
    """
    spec = load("repairs")["brands"]
    pattern = re.compile(spec["pattern"])
    forms = Counter(m.group() for m in pattern.finditer(folded))
    families = Counter[str]()
    for form, count in forms.items():
        families[form.lower()] += count
    hijacked = {family for family, count in families.items() if count >= spec["at_least"]}
    if not hijacked:
        return
    home = {m.group(1) for m in re.finditer(rf"({spec['pattern']}) ?>", folded)}
    text = pattern.sub(" ", folded)
    place = overwritten_place(text, folded, pattern)
    for match in pattern.finditer(folded):
        form = match.group()
        if form.lower() not in hijacked:
            continue
        start, end = match.span()
        if form in home:
            alone = folded[max(0, start - 1) : start] in {"", "\n"} and folded[end : end + 1] == "\n"
            yield Damage(start, end, "首页", "brand_insertion", 0.6 if alone else 0.95)
            continue
        if folded[end : end + 1] == " ":
            end += 1
        if place is None:
            yield Damage(start, end, "〔地名〕", "brand_insertion", 0.5, decided=False)
        else:
            yield Damage(start, end, place.name, "brand_insertion", 0.98)


def overwritten_place(text: str, folded: str, brand: re.Pattern[str]) -> Jurisdiction | None:
    """The place whose name was written over: the county most often named in short, of a city named."""
    cities = {
        j.code
        for j in jurisdictions().values()
        if j.level == "city" and re.search(rf"{j.name} ?(?:{brand.pattern})", folded)
    }
    scores = Counter[str]()
    for code, place in jurisdictions().items():
        if place.level == "county" and (not cities or place.parent in cities):
            short, city = place.name[:-1], jurisdictions()[place.parent or code].name
            if len(short) >= 2 and short != city[:-1]:
                scores[code] = len(re.findall(rf"{short}(?!{place.name[-1]})", text))
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] == 0 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return jurisdictions()[ranked[0][0]]
