"""How texts, numbers and spans are compared, and that pairs are the heaviest possible."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.evaluate.compare import (
    likeness,
    near,
    plain,
    plain_title,
    plain_unit,
    same_item,
    same_number,
    verbatim,
)
from loaders.evaluate.marks import edit_of
from loaders.evaluate.pairing import best_pairs


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("（一）加强领导。", "(一)加强领导"),
        ("“十四五”规划", '"十四五"规划'),
        ("2023—2025年", "2023-2025年"),
        ("赣府发〔2022〕23号", "赣府发[2022]23号"),
        ("５０ 家", "50家"),
    ],
)
def test_how_a_text_is_typed_does_not_count(one: str, two: str) -> None:
    assert plain(one) == plain(two)


def test_what_a_text_says_does_count() -> None:
    assert plain("50家") != plain("50户")
    assert verbatim("AYX--0268") != verbatim("AYX-0268")
    assert plain_title("《方案》") == "方案"
    assert plain_unit("个百分点") == plain_unit("百分点")
    assert [plain(None), verbatim(None), plain_title(None), plain_unit(None)] == [None] * 4


def test_likeness_is_a_share_of_neighbouring_characters() -> None:
    assert likeness("高新技术企业数", "高新技术企业数") == 1.0
    assert likeness("研发投入强度", "研发投入占比") == 0.6
    assert likeness("亩", "亩") == 1.0
    assert likeness(None, "亩") == likeness("", "") == 0.0


def test_numbers_are_equal_but_for_rounding() -> None:
    assert same_number(38.5, 38.5 + 1e-12)
    assert not same_number(38.5, 38.6)
    assert same_number(None, None)
    assert not same_number(None, 0)


def test_a_finer_cut_is_the_item_and_a_wider_group_is_not() -> None:
    item = {"start": 100, "end": 200}
    assert same_item(item, {"start": 120, "end": 160})
    assert same_item(item, {"start": 90, "end": 220})
    assert not same_item(item, {"start": 0, "end": 300})
    assert not same_item(item, None)


_SPAN = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(_SPAN, max_size=12), st.lists(_SPAN, max_size=12), st.integers(0, 3))
def test_near_finds_every_pair_that_touches(
    ones: list[tuple[int, int]], twos: list[tuple[int, int]], slack: int
) -> None:
    touching = {
        (i, j)
        for i, a in enumerate(ones)
        for j, b in enumerate(twos)
        if a[0] <= b[1] + slack and b[0] <= a[1] + slack
    }
    found = list(near(ones, twos, slack))
    assert len(found) == len(set(found))
    assert set(found) == touching


_WEIGHTS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9).map(float))


@given(_WEIGHTS)
def test_pairs_are_one_to_one_and_the_heaviest(weights: dict[tuple[int, int], float]) -> None:
    pairs = best_pairs(weights)
    assert all(pair in weights for pair in pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    best = max(
        sum(weights.get((i, j), 0.0) for i, j in enumerate(columns)) for columns in permutations(range(5))
    )
    assert sum(weights[pair] for pair in pairs) == best


def test_a_repair_is_reduced_to_its_edit() -> None:
    assert edit_of({"start": 10, "raw": "技术登记45", "repaired": "技术登记额45"}) == (14, 14, "额")
    assert edit_of({"start": 10, "raw": "甲  乙", "repaired": "甲乙"}) == (11, 13, "")
    assert edit_of({"start": 0, "raw": "bat", "repaired": "首页"}) == (0, 3, "首页")
