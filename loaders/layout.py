"""The parts of a page: what stands before the document, its titles, its body, what follows it.

No heading below the title is read here; that is `outline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.numerals import ORDINALS
from loaders.rules import any_of
from loaders.view import View

SHORTEST, TITLE_LENGTH, TITLE_LINES = 6, 90, 3
_KIND = re.compile(
    rf"(?:{any_of('outline', 'kinds')})(?: ?\([^()]*\))*》?(?:的通知|的公告|的函|的解读|的政策解读)?$"
)
_KIND_ALONE = re.compile(
    rf"(?:[一二三四五]年|专项|重点)?(?:{any_of('outline', 'kinds')}){{1,2}}(?: ?\([^()]*\))*"
)
_BESIDE = re.compile(r" {1,8}(?:发布(?:时间|日期)|时间|日期|来源) ?:.*$")
_PLACE = re.compile(r"(?!各)[\u4e00-\u9fff]{2,7}?[省市县区州旗](?=[\u4e00-\u9fff“\d]{4})")
_NOTICE = re.compile(r"(?:通知|公告|函|解读)$")
_NO_TITLE = re.compile(
    r"\d{4}年\d|〔|号$|^附件|^\(|(?:政府|办公室|办公厅|委员会|文件|[局厅部委])$|^(?:来源|作者|编辑|发布|时间|日期)"
)
"""A line with one of these is a date, a number or the name of an office, and begins no title."""
_TAIL = re.compile(rf"^ *(?:{any_of('outline', 'tail')})")
_ORDINAL = "|".join(ORDINALS)
_LABEL = re.compile(
    rf"^ *(?:(?:{_ORDINAL})、|\((?:{_ORDINAL})\)|第[一二三四五六七八九十]+[章节部]|[一1][是.、]|、)"
)
_PAGE = re.compile(
    r"^标 *题 ?:|索引号|信息索取号|发文字号|^文号 ?:|来源 ?:|发文机[关构] ?:"
    r"|主题分类|发布机构|生成日期|成文日期|发布时间|发布日期|文件编号|有效性|公开范围|公开方式|公开时限|浏览量|访问量"
    r"|字[体号] ?[:【\[]|位置:|^ ?\||^[^。;,]*[>/][^。;,]*[>/]|^首页"
)
_CONTENTS = re.compile(r"录 *目$|\d{1,3} *(?:\.{3}|…{2}|·{3}|(?:\. ){3}| {4}|\t)")
"""A line of a table of contents, read from its end: the number of a page, then leaders."""
_CONTENTS_END = frozenset("0123456789录")
_ANNEX = re.compile(r"附 ?件 ?[一二三四五六七八九十\d]{0,2} ?:?")
_PERIOD_LINE = re.compile(
    r"^\((?:19|20)\d\d ?年?度?(?:[-~](?:19|20)\d\d ?年?)?\)$|^\((?:试行|暂行|修订)[^()]{0,6}\)$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the view without the white space around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """View spans: the titles (a notice's before that of the plan it carries) and the body."""

    titles: tuple[tuple[int, int], ...]
    body: tuple[int, int]
    annexes: tuple[tuple[int, int], ...] = ()


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that hold something."""
    at, stop = start, len(text) if end is None else end
    while at < stop:
        cut = text.find("\n", at, stop)
        cut = stop if cut < 0 else cut
        raw = text[at:cut]
        stripped = raw.strip()
        if stripped:
            first = at + len(raw) - len(raw.lstrip())
            yield Line(first, first + len(stripped), stripped)
        at = cut + 1


def is_page_line(text: str) -> bool:
    """Whether a line belongs to the page around the document: its metadata or navigation."""
    return bool(_PAGE.search(text))


def is_contents_line(text: str) -> bool:
    """Whether a line is one of a table of contents: a heading, leaders, the number of a page."""
    return text[-1:] in _CONTENTS_END and bool(_CONTENTS.match(text[::-1]))


def find_layout(view: View) -> Layout:
    """Titles and body of a document; a document without a title has none and its body is everything."""
    every = list(lines(view.text))
    first_label = next((i for i, line in enumerate(every) if _labelled(line.text)), len(every))
    titles: list[tuple[int, int, int]] = []  # start, end, index of the line after it
    for i, line in enumerate(map(_alone, every[:first_label])):
        if not _titles_a_document(line.text):
            continue
        end, after = line.end, i + 1
        if after < len(every) and _PERIOD_LINE.match(every[after].text):
            end, after = every[after].end, after + 1
        first = _first_line(every, i)
        start = every[first].start if first < i else line.start
        if line.end - start < SHORTEST:
            continue
        while titles and titles[-1][0] >= start:
            titles.pop()
        titles.append((start, end, after))
    begin = titles[-1][2] if titles else _first_paragraph(every, first_label)
    while begin < first_label and begin < len(every) and is_page_line(every[begin].text):
        begin += 1
    start = every[begin].start if begin < len(every) else len(view.text)
    stop = _body_end(every, begin, len(view.text))
    annexes = tuple(_annexes([line for line in every[begin:] if line.end <= stop]))
    return Layout(tuple((a, b) for a, b, _ in titles), (start, stop), annexes)


def _annexes(every: list[Line]) -> Iterator[tuple[int, int]]:
    """The titles of annexes: the short line behind 附件1 alone, where something follows it."""
    for above, title, _ in zip(every, every[1:], every[2:], strict=False):
        if (
            _ANNEX.fullmatch(above.text)
            and 4 <= len(title.text) <= TITLE_LENGTH
            and not _labelled(title.text)
            and not re.search(r"[。;,:|]$|。|\||^\d", title.text[4:])
        ):
            yield title.start, title.end


def _alone(line: Line) -> Line:
    """A line without what a page prints behind its title: 发布时间, 来源."""
    text = _BESIDE.sub("", line.text)
    return line if text == line.text or not text else Line(line.start, line.start + len(text), text)


def _titles_a_document(line: str) -> bool:
    """Whether a line alone is a title: short, no sentence, and it ends with the name of a kind."""
    return (
        4 <= len(line) <= TITLE_LENGTH
        and not is_page_line(line)
        and bool(_KIND.search(line))
        and not re.search(r"[。;,:]$|。.|^(?:附件|来源|根据|为)", line)
    )


def _labelled(line: str) -> bool:
    return bool(_LABEL.match(line)) and not is_contents_line(line)


def _first_line(every: list[Line], last: int) -> int:
    """Where the title that ends with the line `last` begins: lines above that its brackets or words need."""
    first, words = last, every[last].text
    while (
        first
        and last - first < TITLE_LINES
        and (_open(words) or (first == last and _begins_title(every[first - 1].text, words)))
    ):
        first -= 1
        words = every[first].text + words
    return last if _open(words) else first


def _open(words: str) -> bool:
    """Whether a bracket of a title is closed that was not opened: …政策措施〉实施方案》的通知."""
    return words.count("》") > words.count("《") or words.count("〉") > words.count("〈")


def _begins_title(line: str, rest: str) -> bool:
    """Whether a line is the first half of a title that goes on in the next one, `rest`.

    It begins with 关于 or with the name of a place, or the rest is no more than the name of a kind:
    行动计划(2021-2025年).
    """
    if not line.startswith("关于") and (
        not (_KIND_ALONE.fullmatch(rest) or _PLACE.match(line))
        or is_page_line(line)
        or _NO_TITLE.search(line)
    ):
        return False
    again = _KIND_ALONE.fullmatch(rest) or not (rest.startswith("关于") or _PLACE.match(rest))
    broken = re.match(r"[\u4e00-\u9fff]", rest) if again and not _NOTICE.search(line) else None
    return (
        6 <= len(line) <= TITLE_LENGTH
        and (broken is not None or not _KIND.search(line))
        and not re.search(r"[。;,::)》]$|。", line)
    )


def _first_paragraph(every: list[Line], first_label: int) -> int:
    """Without a title the body begins behind the metadata above it, where there is some."""
    head = next((i for i, line in enumerate(every[:first_label]) if "。" in line.text), first_label)
    return max((i + 1 for i, line in enumerate(every[:head]) if is_page_line(line.text)), default=0)


def _body_end(every: list[Line], begin: int, size: int) -> int:
    """The end of the last line before the page's own closing lines."""
    last = size
    for i in range(begin, len(every)):
        if _TAIL.match(every[i].text) or (
            re.fullmatch(r"附件 ?:?", every[i].text) and size - every[i].start < 300
        ):
            return every[i - 1].end if i > begin else every[begin].start
        last = every[i].end
    return last
