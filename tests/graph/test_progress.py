"""Each rule by which a target is judged, and its arithmetic in words; nothing is met on a guess."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.aims import Aim, AsOf
from graph.observations import Observation, ObservationFile
from graph.progress import STATES, judge, judge_all, newest
from loaders.errors import UsageError
from loaders.records import Comparator

PLACE = "360000"
NUMBERS = count()


def aim(comparator: Comparator = ">=", value: float = 66, unit: str | None = "%", **more: object) -> Aim:
    plain = Aim(
        id="a:target:1",
        document="a",
        place=PLACE,
        indicator="综合科技创新水平指数",
        comparator=comparator,
        value=value,
        value_max=None,
        unit=unit,
        growth=False,
        per_year=False,
        scope=None,
        deadline=2025,
        baseline=None,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def seen(
    value: float, comparator: Comparator = "=", year: int = 2025, unit: str = "%", source_date: str = ""
) -> Observation:
    return Observation(
        key=f"k{next(NUMBERS)}",
        indicator="综合科技创新水平指数",
        place=PLACE,
        year=year,
        comparator=comparator,
        value=value,
        unit=unit,
        source="报告",
        source_date=source_date or str(year + 1),
        note=None,
        row=1,
        text="",
    )


def state(of: Aim, *observations: Observation, as_of: str = "2025") -> str:
    return judge(of, observations, AsOf.parse(as_of)).state


@pytest.mark.parametrize(
    ("asked", "value", "known", "is_", "verdict"),
    [
        (">=", 66, "=", 66, "met"),
        (">=", 66, "=", 65.99, "missed"),
        (">", 66, "=", 66, "missed"),
        (">", 66, "=", 66.01, "met"),
        ("<=", 66, "=", 66, "met"),
        ("<", 66, "=", 66, "missed"),
        ("=", 66, "=", 70, "met"),
        ("=", 66, "=", 60, "missed"),
        ("~", 66, "=", 66, "met"),
        ("~", 66, "=", 60, "no_data"),
        # what is known of the value is a bound
        (">=", 66, ">", 66, "met"),
        (">=", 66, ">=", 66, "met"),
        (">", 66, ">=", 66, "no_data"),
        (">", 66, ">", 66, "met"),
        (">=", 2.6, ">", 2, "no_data"),
        (">=", 66, "<", 66, "missed"),
        (">=", 66, "<=", 66, "no_data"),
        (">=", 66, "<", 70, "no_data"),
        ("<=", 66, "<=", 60, "met"),
        ("<=", 66, ">", 66, "missed"),
        ("<=", 66, ">=", 66, "no_data"),
        ("<=", 66, ">", 60, "no_data"),
        (">=", 66, "~", 90, "no_data"),
    ],
)
def test_the_deadline_year_decides(
    asked: Comparator, value: float, known: Comparator, is_: float, verdict: str
) -> None:
    assert state(aim(asked, value), seen(is_, known)) == verdict


@pytest.mark.parametrize(
    ("indicator", "unit", "is_", "verdict"),
    [
        ("引进高层次人才数", "名", 12, "met"),  # a count that is to be reached is a floor
        ("引进高层次人才数", "名", 9, "missed"),
        ("引进高层次人才数", None, 12, "met"),
        ("每亩产出", "%", 10, "met"),  # nothing says whether more or less is wanted
        ("每亩产出", "%", 12, "no_data"),
        ("每亩产出", "%", 9, "no_data"),
    ],
)
def test_how_a_bare_figure_is_read(indicator: str, unit: str | None, is_: float, verdict: str) -> None:
    bare = aim("=", 10, unit, indicator=indicator)
    assert state(bare, seen(is_, unit=unit or "名")) == verdict


@pytest.mark.parametrize(("is_", "verdict"), [(1, "met"), (3, "met"), (0, "missed")])
def test_a_range_is_reached_at_its_lower_end(is_: float, verdict: str) -> None:
    assert (
        state(aim("range", 1, "家", value_max=2, indicator="新型研发机构数"), seen(is_, unit="家")) == verdict
    )


def test_units_are_converted_exactly() -> None:
    money = aim(">=", 38.5, "亿元")
    assert state(money, seen(385000, unit="万元")) == "met"
    assert state(money, seen(384999, unit="万元")) == "missed"
    assert state(aim(">=", 2, "个"), seen(2, unit="家")) == "met"
    assert state(money, seen(40, unit="家")) == "no_data"


def test_only_the_deadline_year_can_be_met_or_missed() -> None:
    assert state(aim(), seen(90, year=2024)) == "no_data"
    assert state(aim(), seen(10, year=2024)) == "no_data"
    assert state(aim(), seen(90, year=2026), as_of="2026") == "no_data"
    assert state(aim()) == "no_data"


def test_a_value_from_within_the_year_can_meet_but_not_miss() -> None:
    assert state(aim(), seen(70, source_date="2025-09-09")) == "met"
    short = judge(aim(), [seen(60, source_date="2025-09-09")], AsOf.parse("2025"))
    assert (short.state, short.rule) == ("no_data", "progress.in_year")
    assert "来源早于年底" in short.arithmetic_zh
    assert state(aim(), seen(60, source_date="2025")) == "missed"


def test_sources_that_contradict_each_other_decide_nothing() -> None:
    told = judge(aim(), [seen(70), seen(60)], AsOf.parse("2025"))
    assert (told.state, told.rule, len(told.used)) == ("no_data", "progress.contradiction", 2)
    assert state(aim(), seen(70), seen(2, ">")) == "met"
    assert state(aim(), seen(60), seen(2, ">")) == "missed"


def test_before_the_deadline_without_a_baseline_it_is_not_due() -> None:
    early = judge(aim(), [seen(65, year=2024)], AsOf.parse("2024"))
    assert (early.state, early.rule) == ("not_yet_due", "progress.no_baseline")
    assert "没有写明基期值" in early.arithmetic_zh
    assert state(aim(), seen(99, year=2024), as_of="2024") == "not_yet_due"
    assert state(aim(), as_of="2024") == "not_yet_due"


@pytest.mark.parametrize(
    ("asked", "goal", "baseline", "known", "is_", "verdict"),
    [
        (">=", 2.6, (2020, 1.6), "=", 2.2, "on_track"),
        (">=", 2.6, (2020, 1.6), "=", 2.1999, "behind"),
        (">=", 2.6, (2020, 1.6), ">", 2.2, "on_track"),
        (">=", 2.6, (2020, 1.6), ">", 2, "not_yet_due"),
        (">=", 2.6, (2020, 1.6), "<", 2.2, "behind"),
        (">=", 2.6, (2020, 1.6), "~", 2.5, "not_yet_due"),
        ("<=", 5, (2020, 10), "=", 7, "on_track"),
        ("<=", 5, (2020, 10), "=", 7.1, "behind"),
        ("=", 2.6, (2020, 1.6), "=", 2.3, "on_track"),
        (">=", 2.6, (2023, 1.6), "=", 2.5, "not_yet_due"),  # nothing after the baseline
    ],
)
def test_the_pace_is_that_of_the_line_from_the_stated_baseline(
    asked: Comparator, goal: float, baseline: tuple[int, float], known: Comparator, is_: float, verdict: str
) -> None:
    assert state(aim(asked, goal, baseline=baseline), seen(is_, known, year=2023), as_of="2024") == verdict


def test_the_arithmetic_of_the_line_is_shown() -> None:
    told = judge(aim(">=", 2.6, baseline=(2020, 1.6)), [seen(2.1, year=2023)], AsOf.parse("2024"))
    assert told.expected == 2.2
    assert told.arithmetic_zh == (
        "目标：2025年≥2.6%；实际：2023年=2.1%（报告，2024）；从基期2020年1.6%按直线推算："
        "1.6 + (2.6 − 1.6) × (2023 − 2020) ÷ (2025 − 2020) = 2.2；2.1 < 2.2，低0.1，进度滞后。"
    )
    assert told.arithmetic_en == (
        "target: ≥ 2.6 percent by 2025; actual 2023: = 2.1 percent (报告, 2024); on the line from the "
        "stated 2020 baseline: 1.6 + (2.6 − 1.6) × (2023 − 2020) ÷ (2025 − 2020) = 2.2; 2.1 < 2.2, "
        "0.1 below: behind."
    )


def test_the_arithmetic_of_a_verdict_is_shown() -> None:
    met = judge(aim(">=", 38.5, "亿元"), [seen(390000, unit="万元")], AsOf.parse("2025"))
    assert met.arithmetic_zh == (
        "目标：2025年≥38.5亿元；实际：2025年=390000万元，即39亿元（报告，2026）；39 ≥ 38.5，高0.5，已完成。"
    )
    missed = judge(aim("=", 110, "家"), [seen(108, unit="家")], AsOf.parse("2025"))
    assert missed.arithmetic_zh == (
        "目标：2025年=110家（按不低于此数计）；实际：2025年=108家（报告，2026）；108 < 110，低2，未完成。"
    )
    assert missed.arithmetic_en.endswith("108 < 110, 2 below: missed.")
    unsure = judge(aim(">=", 2.6), [seen(2, ">")], AsOf.parse("2025"))
    assert unsure.arithmetic_zh.endswith(">2不能断定≥2.6%，不能判断。")


def test_a_value_from_within_the_year_is_never_behind() -> None:
    line = aim(">=", 2.6, baseline=(2020, 1.6))
    assert state(line, seen(2.1, year=2023, source_date="2023-07-01"), as_of="2024") == "not_yet_due"
    assert state(line, seen(2.3, year=2023, source_date="2023-07-01"), as_of="2024") == "on_track"


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"growth": True}, "progress.apart_growth"),
        ({"per_year": True}, "progress.apart_per_year"),
        ({"scope": "高新区"}, "progress.apart_scope"),
    ],
)
def test_what_the_value_does_not_speak_of(more: dict[str, object], rule: str) -> None:
    told = judge(aim(**more), [seen(90)], AsOf.parse("2025"))  # type: ignore[arg-type]
    assert (told.state, told.rule, told.used) == ("no_data", rule, ())


@pytest.mark.parametrize("scope", ["全市", "全社会", "我区", "辖区内", "辖区"])
def test_scopes_that_are_the_whole_place(scope: str) -> None:
    assert state(aim(scope=scope), seen(90)) == "met"


def test_a_rate_is_held_against_an_indicator_that_is_one() -> None:
    rate = aim(">=", 14, growth=True, per_year=True, indicator="全社会研发经费支出年均增速")
    assert state(rate, seen(15)) == "met"
    added = aim(">=", 8, growth=True, indicator="高新技术产业增加值")
    assert state(added, seen(15)) == "no_data"


def test_without_a_deadline_nothing_falls_due() -> None:
    told = judge(aim(deadline=None), [seen(90)], AsOf.parse("2025"))
    assert (told.state, told.rule) == ("not_yet_due", "progress.no_deadline")


def test_other_places_and_indicators_do_not_count() -> None:
    file = ObservationFile("a.csv", b"", (seen(90),))
    here, elsewhere = aim(), aim(place="360100")
    other, nowhere = aim(indicator="技术合同登记额"), aim(place=None)
    found = judge_all([here, elsewhere, other, nowhere], [file], newest([file]))
    assert [s.state for s in found] == ["met", "no_data", "no_data", "no_data"]


def test_as_of_a_day_knows_what_was_known_for_sure() -> None:
    file = ObservationFile("a.csv", b"", (seen(90, source_date="2026-03"),))

    def on(day: str) -> str:
        return judge_all([aim()], [file], AsOf.parse(day))[0].state

    assert on("2025") == "met"
    assert on("2025-12-30") == "not_yet_due"
    assert on("2025-12-31") == "no_data"
    assert on("2026-03-30") == "no_data"
    assert on("2026-03-31") == "met"


def test_as_of_an_earlier_year_later_values_are_left_out() -> None:
    file = ObservationFile("a.csv", b"", (seen(70), seen(60, year=2024)))
    early = aim(deadline=2024)
    assert [s.state for s in judge_all([early, aim()], [file], AsOf.parse("2024"))] == [
        "missed",
        "not_yet_due",
    ]
    assert str(newest([file])) == "2025"


@pytest.mark.parametrize("text", ["", "20", "2025-06", "2025-13-01", "2025-02-30", "soon", "2025-1-1"])
def test_points_in_time_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="as of"):
        AsOf.parse(text)


def test_every_state_can_be_reached() -> None:
    line = aim(">=", 2.6, baseline=(2020, 1.6))
    reached = {
        state(aim(), seen(70)),
        state(aim(), seen(60)),
        state(aim()),
        state(line, seen(2.5, year=2024), as_of="2024"),
        state(line, seen(1.7, year=2024), as_of="2024"),
        state(line, as_of="2024"),
    }
    assert reached == set(STATES)


SENSE = {
    ">=": lambda x, y: x >= y,
    ">": lambda x, y: x > y,
    "=": lambda x, y: x == y,
    "<=": lambda x, y: x <= y,
    "<": lambda x, y: x < y,
}


@given(st.sampled_from(sorted(SENSE)), st.integers(-3, 3), st.sampled_from(sorted(SENSE)), st.integers(-3, 3))
def test_a_verdict_holds_for_every_value_that_may_be_the_true_one(
    asked: Comparator, goal: int, known: Comparator, is_: int
) -> None:
    verdict = state(aim(asked, goal, indicator="未登记的指标"), seen(is_, known))
    possible = [n / 4 for n in range(-40, 41) if SENSE[known](n / 4, is_)]
    reached = {SENSE[asked](value, goal) for value in possible}
    if verdict == "met":
        assert reached == {True}
    elif verdict == "missed":
        assert reached == {False}
    elif asked != "=":
        assert reached == {True, False}
