"""What a document says of itself: title, kind, issuer, dates, numbers, place, period. No trust here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from loaders.dates import find_date
from loaders.layout import Layout, lines
from loaders.places import Place, find_place
from loaders.rules import any_of, load
from loaders.units import canonical
from loaders.view import View

_LABELS = {
    re.sub(r"\s", "", label): key for key, found in load("metadata")["labels"].items() for label in found
}
_LABEL = re.compile(
    "("
    + "|".join(r"\s*".join(w) for w in sorted(_LABELS, key=lambda w: (-len(w), w)))
    + r")(?:\s*[::]|\s+(?=(?:19|20)\d\d[-年./]\d))"
)
_NUMBER = re.compile(load("metadata")["number"])
LEAD = 200
"""A date below a title stands within so many characters of the body's beginning …"""

LINE = 60
"""… and above its first line that is longer than this."""

_OFFICE_FIRST = re.compile(r"^(?:中共)?([\u4e00-\u9fff]{2,24}?)(?=关于|印发|转发)")
_SIGNATURE = re.compile(load("metadata")["signature"])
_KIND = re.compile(rf"({any_of('outline', 'kinds')})(?: ?\([^()]*\))*$")
_OPENING = re.compile(
    r"(?:制定|编制|提出)(?:了)?(?P<t>(?!以下|如下|本)[^,。;:《》]{4,40}?"
    rf"(?:{any_of('outline', 'kinds')}))(?:如下)?[。:,]"
)
_PERIOD = re.compile(r"((?:19|20)\d\d)年? ?[-~至] ?((?:19|20)\d\d)年?")
_DELIVERED = re.compile(r"^[-(]{1,3} ?(?:19|20)\d\d年.{2,8}日?在.{4,40}会议上")
_PLAN_FIVE = re.compile(r"[“\"]?十([三四五六])五[”\"]?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_WRAPPED = re.compile(
    r"^(?:.{0,80}?关于印发|关于)?《(?P<inner>[^《》]{1,100}(?:《[^《》]{0,100}》[^《》]{0,100}){0,4})》(?P<rest>.*)$"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a document record that its own text gives; `title_span` is in view offsets."""

    title: str | None
    title_basis: str | None
    title_span: tuple[int, int] | None
    kind: str | None
    interprets: str | None
    issuer: str | None
    issuer_basis: str | None
    publisher: str | None
    place: Place
    publisher_place: Place | None
    date: str | None
    date_basis: str | None
    number: str | None
    index_number: str | None
    period: tuple[int, int] | None


def read_metadata(view: View, layout: Layout) -> Metadata:
    """The metadata of a document; what it does not say is None."""
    text = view.text
    head = text[: layout.body[0]]
    fields = _fields(head + "\n" + text[layout.body[1] :])
    title, span, basis = _title(view, layout)
    folded = " ".join(text[slice(*span)].split()) if span else None
    kind = kind_of(folded)
    interprets = _interprets(title) if kind == "解读" else None
    publisher_raw = fields.get("publisher")
    signature, signed = _signature(text, layout)
    titled = _titled(view, layout)
    author_raw = fields.get("author") or signature or titled or publisher_raw
    spoken = _delivered(text[: layout.body[0] + 300])
    place = find_place(folded, author_raw or spoken, text[layout.body[0] : layout.body[1]])
    author_place = place.jurisdiction
    publisher = canonical(publisher_raw, author_place).name if publisher_raw else None
    issuer = canonical(author_raw, author_place).name if author_raw else None
    issuer_basis = None
    if issuer:
        sources = (("stated", fields.get("author")), ("signature", signature), ("title", titled))
        issuer_basis = next((basis for basis, name in sources if name), "publisher")
    date, date_basis = _date(fields, signed, text[: layout.body[0] + 300], _dated(text, layout))
    opening = text[layout.body[0] : layout.body[0] + 200].lstrip().partition("\n")[0]
    named = [folded, *(_wrapping(text[slice(*s)], folded) for s in layout.titles)] if folded else [opening]
    period = next((p for words in named if words and (p := _period(words))), None)
    if period is None and date and kind == "报告":
        period = (int(date[:4]), int(date[:4]))  # a work report sets the work of its own year
    return Metadata(
        title=title,
        title_basis=basis,
        title_span=span,
        kind=kind,
        interprets=interprets,
        issuer=issuer,
        issuer_basis=issuer_basis,
        publisher=publisher or issuer,
        place=place,
        publisher_place=find_place(None, publisher_raw, "") if publisher_raw else None,
        date=date,
        date_basis=date_basis,
        number=_number(fields.get("number"), head),
        index_number=fields.get("index_number"),
        period=period,
    )


def one_line(words: str) -> str:
    """A title printed on several lines, without the white space that the line breaks left."""
    return re.sub(r"(?<!\s)\s+(?=[(（])|(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", words)


def kind_of(title: str | None) -> str | None:
    """The kind that the end of a title names: 实施方案 is a 方案."""
    if title is None:
        return None
    bare = re.sub(
        r"[》”]+$", "", re.sub(r"(?<! ) *\([^()]{0,60}\)$", "", title.translate({0xFF08: "(", 0xFF09: ")"}))
    )
    match = _KIND.search(bare)
    return load("outline")["kind_of"].get(match.group(1), _last(match.group(1))) if match else None


def _last(word: str) -> str:
    """The general word at the end of a compound kind: 政策解读 is a 解读."""
    return word[-2:] if len(word) > 2 else word


def _fields(text: str) -> dict[str, str]:
    """The labelled values of the page, the first of each label that is not empty."""
    found: dict[str, str] = {}
    for line in lines(text):
        matches = list(_LABEL.finditer(line.text))
        for i, match in enumerate(matches):
            stop = matches[i + 1].start() if i + 1 < len(matches) else len(line.text)
            value = line.text[match.end() : stop].strip(" |")
            value = re.split(r"(?<! ) +(?=[\u4e00-\u9fff]{2,6} ?:)|[|]", value)[0].strip()
            value = re.sub(r" (?=[\u4e00-\u9fff])", "", value)
            if value and not value.endswith(":"):
                found.setdefault(_LABELS[re.sub(r"\s", "", match.group(1))], value)
    return found


def _title(view: View, layout: Layout) -> tuple[str | None, tuple[int, int] | None, str | None]:
    """The title of the plan itself (a notice carries it), of 《…》 around it only the inside."""
    if layout.titles:
        span = layout.titles[-1]
        words = one_line(view.words(*span))
        wrapped = _WRAPPED.match(words)
        if wrapped and wrapped.group("rest") in {"的通知", "的公告", "通知"} and len(layout.titles) == 1:
            return wrapped.group("inner"), span, "notice"
        return words, span, "stated"
    opening = _OPENING.search(view.text[layout.body[0] : layout.body[0] + 600])
    if opening:
        start = layout.body[0] + opening.start("t")
        span = (start, start + len(opening.group("t")))
        return view.words(*span), span, "opening"
    return None, None, None


def _interprets(title: str | None) -> str | None:
    """The title of the plan that a reading explains."""
    if title is None:
        return None
    inner = re.search(r"《([^《》]{1,100}(?:《[^《》]{0,100}》[^《》]{0,100}){0,4})》", title)
    if inner:
        return inner.group(1)
    bare = re.sub(r"^【[^】]*】", "", title)
    bare = re.sub(r"^关于", "", re.sub(r"(?:的)?(?:政策)?解读$", "", bare))
    return bare or None


def _signature(text: str, layout: Layout) -> tuple[str | None, str | None]:
    """Office and date of a signature: an office alone on a line, a date on the next."""
    rows = list(lines(text, 0, layout.body[0])) + list(lines(text, max(layout.body[0], layout.body[1] - 200)))
    for first, second in pairwise(rows):
        date = find_date(second.text) if _SIGNATURE.match(first.text) else None
        if date and date[2] - date[1] >= len(second.text) - 2:
            return first.text, date[0]
    return None, None


def _titled(view: View, layout: Layout) -> str | None:
    """The office that a title begins with (…人民政府关于印发…), or that stands alone above it."""
    above = layout.titles[0][0] if layout.titles else 0
    for span in layout.titles:
        match = _OFFICE_FIRST.match(one_line(view.words(*span)))
        if match and _SIGNATURE.match(match.group(1)):
            return match.group(1)
    last = next(iter(list(lines(view.text, 0, above))[-1:]), None)
    bare = re.sub(r"文件$", "", last.text.replace(" ", "")) if last else ""
    return bare if _SIGNATURE.match(bare) else None


def _dated(text: str, layout: Layout) -> str | None:
    """The date alone on a line of the head, below a title: (2024年3月5日)."""
    begin = layout.titles[0][1] if layout.titles else 0
    for line in lines(text, begin, min(len(text), layout.body[0] + LEAD)):
        bare = line.text.strip("() ")
        if len(bare) > LINE:
            break  # the text has begun
        date = find_date(bare)
        if date and date[2] - date[1] >= len(bare) - 2:
            return date[0]
    return None


def _date(
    fields: dict[str, str], signed: str | None, opening: str, dated: str | None
) -> tuple[str | None, str | None]:
    """The date of a signature, of a report's session, alone below a title, or of the page's own block."""
    if signed:
        return signed, "signature"
    spoken = find_date(_session(opening))
    if spoken:
        return spoken[0], "delivered"
    if dated:
        return dated, "heading"
    for key in ("issued", "published"):
        found = find_date(fields.get(key, ""))
        if found:
            return found[0], key
    return None, None


def _session(opening: str) -> str:
    """The line that says at which session a report was given."""
    return next((line.text for line in lines(opening) if _DELIVERED.match(line.text)), "")


def _delivered(opening: str) -> str | None:
    """The place whose session heard a report: 在株洲市第十六届人民代表大会…上."""
    match = re.search(r"在([\u4e00-\u9fff]{2,12}?(?:省|市|区|县|州))第", _session(opening))
    return match.group(1) if match else None


def _number(labelled: str | None, head: str) -> str | None:
    """The document's own number: as labelled, or alone on a line of the head."""
    if labelled and _NUMBER.search(labelled):
        return _NUMBER.search(labelled).group()  # type: ignore[union-attr]
    for line in lines(head):
        match = _NUMBER.fullmatch(line.text.strip("()"))
        if match:
            return match.group()
    return None


def _wrapping(notice: str, title: str) -> str | None:
    """The title of a notice that gives out the document `title`: it may name the years that it lacks."""
    return notice if len(title) < len(notice) and title.split("(")[0] in "".join(notice.split()) else None


def _period(title: str) -> tuple[int, int] | None:
    """The years that the document covers, as its title or opening says."""
    span = _PERIOD.search(title)
    if span:
        return int(span.group(1)), int(span.group(2))
    five = _PLAN_FIVE.search(title)
    if five:
        start = 2016 + 5 * "三四五六".index(five.group(1))
        return start, start + 4
    single = _YEAR.findall(title[:80])
    if len(set(single)) == 1:
        return int(single[0]), int(single[0])
    return None
