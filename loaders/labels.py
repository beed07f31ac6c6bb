"""How headings and steps are labelled: 第一章, 一、, （一）, 1., ①, 一是, 首先.

The tree of them is in `outline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.layout import Line, is_contents_line
from loaders.numerals import ORDINALS, number

ANY_ORDINAL = "|".join(sorted(ORDINALS, key=lambda o: (-len(o), o)))
"""A pattern of the ordinals 一 to 九十九, without a group."""
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Style:
    """One way to label a heading; `rank` orders the styles from the widest to the narrowest."""

    name: str
    rank: float
    pattern: re.Pattern[str]


STYLES = (
    Style("chapter", 0, re.compile(rf"第(?P<n>{ANY_ORDINAL}|\d+)[章编篇] *")),
    Style("part", 0.2, re.compile(rf"第(?P<n>{ANY_ORDINAL}|\d+)部分[:、 ]*(?=[\u4e00-\u9fff]{{2,30}}$)")),
    Style("division", 0.5, re.compile(rf"第(?P<n>{ANY_ORDINAL}|\d+)节 *")),
    Style("article", 0.8, re.compile(rf"第(?P<n>{ANY_ORDINAL}|\d+)条 *")),
    Style("han", 1, re.compile(rf"(?P<n>{ANY_ORDINAL})、 *")),
    Style("han", 1, re.compile(r"(?P<n>)、(?=[\u4e00-\u9fff])")),
    Style(
        "named",
        1.5,
        re.compile(
            rf"(?:专项)?(?:任务|行动|措施|举措|工程)(?P<n>{ANY_ORDINAL}|\d{{1,2}})"
            r"(?:[:、.] *| +)(?=[\u4e00-\u9fff“])"
        ),
    ),
    Style("paren-han", 2, re.compile(rf"\((?P<n>{ANY_ORDINAL})\)、? *")),
    Style("part-run", 2.5, re.compile(rf"第(?P<n>{ANY_ORDINAL})部分(?=,.{{2,20}}方面,)")),
    Style("field-run", 2.7, re.compile(r"(?P<n>)(?=在[^,。;]{2,30}方面,)")),
    Style("number", 3, re.compile(r"(?P<n>\d{1,3})(?:\.(?!\d)|、) *")),
    Style("paren-number", 4, re.compile(r"\((?P<n>\d{1,2})\)[.、]? *")),
    Style("circle", 5, re.compile(rf"(?P<n>[{_CIRCLES}])[.、]? *")),
    Style("run", 6, re.compile(r"(?P<n>[一二三四五六七八九十])(?:是|要)(?:要)?[:,]?")),
)
_NUMBER = next(style for style in STYLES if style.name == "number")
_TIGHT = re.compile(r"(?P<n>\d{1,2})\.(?=\d{1,4}[\u4e00-\u9fff])")
"""The number of a heading before a name that begins with digits: 11.121人才梯队项目, behind 10."""
_RUN = re.compile(r"(?:(?<=[。;:,!])|(?<=^)) *(?P<n>[一二三四五六七八九十])(?:是|要)(?![否为])")
_INNER = re.compile(r"(?<=[。;:]) *(?P<label>\((?P<n>\d{1,2})\))(?=[\u4e00-\u9fff])")
_WORDS = "首先|其次|再次|最后|第[一二三四五六七八九十](?=[,:])"
_SPOKEN = re.compile(rf"(?:(?<=[。;:])|(?<=^)) *(?P<n>{_WORDS})(?=[,:]?[\u4e00-\u9fff])")
_SPOKEN_STYLE = Style("run", 6, re.compile(rf"(?P<n>{_WORDS})(?:是|要)?[,:]?"))
_SPOKEN_ORDER = {
    **{f"第{han}": n for n, han in enumerate("一二三四五六七八九十", 1)},
    "首先": 1,
    "其次": 2,
    "再次": 3,
    "最后": 11,
}
_SPOKEN_LINE = re.compile(rf"(?P<n>{_WORDS})(?:是|要)?[,:]")


def ordinal(label: str) -> int | None:
    """The number that a label counts, if it counts one."""
    if label in _SPOKEN_ORDER:
        return _SPOKEN_ORDER[label]
    return _CIRCLES.index(label) + 1 if label and label in _CIRCLES else number(label)


def labels(
    line: Line, opens: bool = False, last: int | None = None
) -> Iterator[tuple[Style, int, re.Match[str], int]]:
    """The labels of a line with their style, start and the end of the text they can reach.

    `opens` says that the line begins with a step of a run over several paragraphs (`spoken_lines`), `last`
    is the number of the last heading 1. 2. 3.: a name that begins with digits may follow the next one.
    """
    if is_contents_line(line.text):
        return
    for style in STYLES:
        match = style.pattern.match(line.text)
        if match:
            yield style, line.start, match, line.end
            break
    else:
        match = _TIGHT.match(line.text) if last is not None else None
        if match and int(match.group("n")) == (last or 0) + 1:
            yield _NUMBER, line.start, match, line.end
        else:
            match = None
    begin = match.end() if match else 0
    if match:
        yield from _inner_labels(line, begin)
    step = _SPOKEN_STYLE.pattern.match(line.text) if opens else None
    if step:
        yield _SPOKEN_STYLE, line.start, step, line.end
    else:
        yield from _spoken(line, begin)
    run_style = STYLES[-1]
    expected = 1
    opening = run_style.pattern.match(line.text)
    if opening:
        expected += ORDINALS[opening.group("n")]  # the paragraph begins with 一是 and goes on with 二是
    for run in _RUN.finditer(line.text, begin):
        if ORDINALS[run.group("n")] == expected and _has_next(line.text, run, expected):
            found = run_style.pattern.match(line.text, run.start("n"))
            assert found is not None
            expected += 1
            yield run_style, line.start + run.start("n"), found, line.end


def _inner_labels(line: Line, begin: int) -> Iterator[tuple[Style, int, re.Match[str], int]]:
    """The measures (1)…(2)… inside the paragraph of their task, where they count from one on."""
    found = list(_INNER.finditer(line.text, begin))
    if len(found) < 2 or [int(m.group("n")) for m in found] != list(range(1, len(found) + 1)):
        return
    style = next(s for s in STYLES if s.name == "paren-number")
    for at in found:
        label = style.pattern.match(line.text, at.start("label"))
        assert label is not None
        yield style, line.start + at.start("label"), label, line.end


def _spoken(line: Line, begin: int) -> Iterator[tuple[Style, int, re.Match[str], int]]:
    """A run that counts in words: 首先…其次…最后…; 首先 alone is an adverb."""
    found = list(_SPOKEN.finditer(line.text, begin))
    order = [_SPOKEN_ORDER[m.group("n")] for m in found]
    if order[:2] != [1, 2] or order != sorted(set(order)):
        return
    for at in found:
        label = _SPOKEN_STYLE.pattern.match(line.text, at.start("n"))
        assert label is not None
        yield _SPOKEN_STYLE, line.start + at.start("n"), label, line.end


def _has_next(text: str, run: re.Match[str], at: int) -> bool:
    """A lone 一是 is no enumeration; the later ones need no further one."""
    return at > 1 or any(m.group("n") == "二" for m in _RUN.finditer(text, run.end()))


def spoken_lines(found: Sequence[Line]) -> frozenset[int]:
    """Where paragraphs begin that count in words: 首先,… then 其次,… then 最后,….

    A labelled line between two of them ends the run.
    """
    steps: list[int] = []
    done: set[int] = set()
    order = 0
    for line in found:
        step = _SPOKEN_LINE.match(line.text)
        at = _SPOKEN_ORDER[step.group("n")] if step else 0
        if at == 1:
            steps, order = [line.start], 1
        elif step and order and at > order and (at == 2 or order > 1):
            steps.append(line.start)
            order = at
            done.update(steps)
        elif any(style.pattern.match(line.text) for style in STYLES):
            steps, order = [], 0
    return frozenset(done)
