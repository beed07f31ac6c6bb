"""Forms of headings seen in plans of many places: one case for each habit."""

from __future__ import annotations

import pytest

from loaders import records as rec
from loaders.read import read_text

BODY = "加快推进科技创新平台建设,完善政策体系,提升服务水平。"
FORMS = [
    ("任务一:建设平台\n{b}\n任务二:培育企业\n{b}\n", ["任务一:", "任务二:"], 2),
    ("行动一 建设平台\n{b}\n行动二 培育企业\n{b}\n", ["行动一", "行动二"], 2),
    ("措施1:建设平台\n{b}\n措施2:培育企业\n{b}\n", ["措施1:", "措施2:"], 2),
    ("工程一:平台工程。{b}\n工程二:人才工程。{b}\n", ["工程一:", "工程二:"], 2),
    ("一、甲\n(一)建设平台:{b}\n(二)培育企业:{b}\n", ["一、", "(一)", "(二)"], 2),
    ("一、甲\n1.【建设平台】{b}\n2.【培育企业】{b}\n", ["一、", "1.", "2."], 2),
    ("一、甲\n第一,建设平台。{b}\n第二,培育企业。{b}\n", ["一、", "第一,", "第二,"], 2),
    ("一、甲\n一是建设平台。{b}二是培育企业。{b}\n", ["一、", "一是", "二是"], 1),
    ("一、甲\n一要建设平台。{b}二要培育企业。{b}三要引进人才。{b}\n", ["一、", "一要", "二要", "三要"], 1),
    (
        "一、甲\n一是建设平台。{b}\n二是培育企业。{b}\n三要引进人才。{b}\n",
        ["一、", "一是", "二是", "三要"],
        3,
    ),
    ("一、甲\n首先,建设平台。{b}其次,培育企业。{b}\n", ["一、", "首先,", "其次,"], 1),
    ("一、甲\n( 一 ) 建设平台\n{b}\n( 二 ) 培育企业\n{b}\n", ["一、", "(一)", "(二)"], 2),
    ("第1条 建设平台。{b}\n第2条 培育企业。{b}\n", ["第1条", "第2条"], 2),
    ("一、甲\n{b}任务一直很重,措施得力。\n", ["一、"], 1),
]


@pytest.mark.parametrize(("text", "labels", "items"), FORMS, ids=[f[0][:14] for f in FORMS])
def test_a_form_of_headings_gives_sections_and_items(text: str, labels: list[str], items: int) -> None:
    read = read_text("某市科技创新实施方案\n\n" + text.replace("{b}", BODY), "样本.txt", "0" * 64)
    sections = [s for s in read.of(rec.Section) if s.level]
    assert [s.label for s in sections] == labels
    assert len(list(read.of(rec.Item))) == items


def test_a_heading_in_brackets_is_the_words_inside_them() -> None:
    read = read_text(
        f"某市方案\n\n一、甲\n1.【建设平台】{BODY}\n2.【培育企业】{BODY}\n", "样本.txt", "0" * 64
    )
    assert [s.title for s in read.of(rec.Section)][-2:] == ["建设平台", "培育企业"]


def test_an_annex_has_a_title_of_its_own_and_its_headings_hang_below_it() -> None:
    text = (
        f"某市科技创新实施方案\n\n一、目标\n{BODY}\n\n附件1\n\n重点工作责任分解\n\n一、建平台\n{BODY}\n"
        "附件2\n1.责任清单\n"
    )
    sections = list(read_text(text, "样本.txt", "0" * 64).of(rec.Section))
    plan, aim, annex, task = sections[:4]
    assert [s.title for s in sections[:4]] == ["某市科技创新实施方案", "目标", "重点工作责任分解", "建平台"]
    assert (annex.level, annex.parent) == (0, None)
    assert (aim.parent, task.parent) == (plan.id, annex.id)
    assert not any(s.level == 0 for s in sections[4:])
