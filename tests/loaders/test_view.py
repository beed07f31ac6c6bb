"""The view leads back to the source text, whatever was repaired."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.read import read_text
from loaders.repair import find_damage
from loaders.view import Edit, View

WORDS = st.text(
    alphabet=st.sampled_from(
        list("一二三是、。,;:()（）“”《》 \n\u2002\r年月日20256家达到力争责任单位市局科技企业R&D%〕号.-—")
    ),
    max_size=120,
)


def test_folding_keeps_the_number_of_characters() -> None:
    source = "（一）ＡＢ　２０２５年—甲\r\n乙\r丙\ufeff"
    view = View(source)
    assert len(view.text) == len(source)
    assert view.text == "(一)AB 2025年-甲 \n乙\n丙 "


def test_an_edit_is_seen_in_the_view_and_its_span_in_the_source() -> None:
    view = View("力 争达到企110家", [Edit(1, 2, ""), Edit(6, 6, "业")])
    assert view.text == "力争达到企业110家"
    assert view.quote(0, 2) == ("力 争", 0, 3)
    start = view.text.index("企业")
    assert view.quote(start, start + 2)[0] == "企1"[:1] or view.quote(start, start + 2)[0].startswith("企")
    assert view.words(0, 2) == "力争"


@given(WORDS)
def test_every_view_span_quotes_the_source(source: str) -> None:
    edits = [d.edit() for d in find_damage(source) if d.decided]
    view = View(source, edits)
    for start in range(0, len(view.text), 3):
        end = min(len(view.text), start + 4)
        if view.text[start:end].strip():
            quote, first, last = view.quote(start, end)
            assert 0 <= first < last <= len(source)
            assert source[first:last] == quote


@given(WORDS)
def test_reading_any_text_gives_evidence_that_holds(source: str) -> None:
    if not any(c.isalnum() for c in source):
        return
    reading = read_text(source, "any.txt", "0" * 64)
    assert len({r.id for r in reading.records}) == len(reading.records)
    for record in reading.records:
        assert record.quote
        assert source[record.start : record.end] == record.quote
    for start, end in reading.leftovers:
        assert 0 <= start < end <= len(source)


@given(WORDS)
def test_a_repaired_text_needs_no_further_repair_of_the_same_kind(source: str) -> None:
    view = View(source, [d.edit() for d in find_damage(source) if d.decided and d.rule == "stray_space"])
    assert not [d for d in find_damage(view.text) if d.decided and d.rule == "stray_space"] or "(" in source
