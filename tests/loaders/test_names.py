"""Names of units, numerals, dates and places."""

from __future__ import annotations

import pytest

from loaders.dates import find_date, split_date_digits
from loaders.numerals import number
from loaders.places import find_place
from loaders.registry import counties, indicators, jurisdictions
from loaders.responsibilities import find_mentions
from loaders.units import canonical

XIHU, GANZHOU, JIANGXI = (jurisdictions()[code] for code in ("360103", "360700", "360000"))


@pytest.mark.parametrize(
    ("written", "place", "name", "collective"),
    [
        ("区发改委", XIHU, "南昌市西湖区发展和改革委员会", False),
        ("区  卫健委", XIHU, "南昌市西湖区卫生健康委员会", False),
        ("区税务局", XIHU, "国家税务总局南昌市西湖区税务局", False),
        ("区委人才办", XIHU, "中共南昌市西湖区委员会人才工作领导小组办公室", False),
        ("市科技局", XIHU, "南昌市科学技术局", False),
        ("省科技厅", GANZHOU, "江西省科学技术厅", False),
        ("团市委", GANZHOU, "共青团赣州市委员会", False),
        ("江西省科技厅", JIANGXI, "江西省科学技术厅", False),
        ("各街道", XIHU, "南昌市西湖区各街道办事处", True),
        ("桃花街道", XIHU, "南昌市西湖区桃花街道办事处", False),
        ("各县(市、区)人民政府", GANZHOU, "各县(市、区)人民政府", True),
    ],
)
def test_a_unit_has_one_canonical_name(written: str, place: object, name: str, collective: bool) -> None:
    unit = canonical(written, place)  # type: ignore[arg-type]
    assert (unit.name, unit.collective) == (name, collective)


def test_a_short_form_is_the_longer_unit_of_the_same_document() -> None:
    peers = ("区中小企业服务局", "区商务局")
    assert canonical("区中小企业局", XIHU, peers).name == "南昌市西湖区中小企业服务局"


def test_a_unit_whose_place_is_unknown_keeps_its_name() -> None:
    unit = canonical("区发改委", None)
    assert (unit.name, unit.basis) == ("区发改委", "as_written")


@pytest.mark.parametrize(
    ("text", "names", "roles"),
    [
        ("(责任单位:区发改委、区住建局、各街道)", ["区发改委", "区住建局", "各街道"], {"responsible"}),
        (
            "(牵头单位:市科技局;配合单位:市财政局,市工信局)",
            ["市科技局", "市财政局", "市工信局"],
            {"lead", "support"},
        ),
        ("(责任单位:市发改委 市工信局 市科技局)", ["市发改委", "市工信局", "市科技局"], {"responsible"}),
        ("(市发改委、市工信局按职责分工负责)", ["市发改委", "市工信局"], {"responsible"}),
        ("责任单位:市住建局,各县〔市、区〕人民政府", ["市住建局", "各县〔市、区〕人民政府"], {"responsible"}),
        ("(责任单位:市人社局,各区、县(市)人民政府)", ["市人社局", "各区、县(市)人民政府"], {"responsible"}),
        ("加快(拟、后备)上市企业培育", [], set()),
    ],
)
def test_unit_lists(text: str, names: list[str], roles: set[str]) -> None:
    mentions = find_mentions(text, 0, len(text))
    assert [text[m.start : m.end] for m in mentions] == names
    assert {m.role for m in mentions} == roles


@pytest.mark.parametrize(
    ("text", "value"), [("22", 22), ("六", 6), ("二十二", 22), ("一百二十", 120), ("两", 2), ("X", None)]
)
def test_numerals(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-06-25", "2024-06-25"),
        ("2023年2月24日", "2023-02-24"),
        ("二〇二三年二月二十四日", "2023-02-24"),
        ("二○二四年十月十二日", "2024-10-12"),
        ("2023年2月30日", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    found = find_date(text)
    assert (found[0] if found else None) == date


def test_digits_of_a_damaged_date_are_read_where_one_day_fits() -> None:
    assert split_date_digits("2020", "424") == [(2020, 4, 24)]
    assert split_date_digits("2020", "111") == [(2020, 1, 11), (2020, 11, 1)]
    assert split_date_digits("2020", "9999") == []


@pytest.mark.parametrize(
    ("title", "author", "wanted"),
    [
        ("蒙城县科技创新行动方案", None, "安徽省亳州市蒙城县"),
        ("海拉尔区2018年政府工作报告", None, "内蒙古自治区呼伦贝尔市海拉尔区"),
        ("科技创新行动方案", "杭州市西湖区人民政府", "浙江省杭州市西湖区"),
        ("关于印发《常德市武陵区科技创新实施方案》的通知", None, "湖南省常德市武陵区"),
        ("西湖区推动科技创新实施方案", None, "江西省南昌市西湖区"),
        ("鼓楼区推动科技创新实施方案", None, None),
        ("科技创新若干措施", "江西省丰城市人民政府", "江西省宜春市丰城市"),
        ("徐州市鼓楼区推动科技创新实施方案", None, "江苏省徐州市鼓楼区"),
    ],
)
def test_a_county_of_another_province_is_told_by_its_name_and_its_city(
    title: str, author: str | None, wanted: str | None
) -> None:
    place = find_place(title, author, "").jurisdiction
    assert (place.full_name if place else None) == wanted


def test_an_office_of_a_county_outside_jiangxi_gets_its_full_name() -> None:
    place = find_place("海拉尔区工作要点", None, "").jurisdiction
    assert canonical("区发改委", place).name == canonical("海拉尔区发改委", place).name
    assert canonical("区发改委", place).name == "呼伦贝尔市海拉尔区发展和改革委员会"


def test_registries_are_sound() -> None:
    places = jurisdictions()
    assert sum(p.level == "county" for p in places.values()) == 100
    assert sum(p.level == "city" for p in places.values()) == 333
    assert sum(p.level == "province" for p in places.values()) == 31
    assert sum(p.level == "city" and p.parent == "360000" for p in places.values()) == 11  # Jiangxi in full
    assert all(code.startswith("36") for code, p in places.items() if p.level == "county")
    assert {p.code_year for p in places.values()} == {2023}
    assert all(p.parent in places for p in places.values() if p.parent)
    others = counties()
    assert len(others) == 2747
    assert not set(others) & set(places)
    assert all(p.parent in places and p.level == "county" for p in others.values())
    assert all(len(code) == 6 and code.isdigit() for code in (*places, *others))
    names = [n for e in indicators().values() for n in (e.name_zh, *e.aliases)]
    assert len(names) == len(set(names)), "an alias stands for two indicators"
    assert all(e.broader in indicators() for e in indicators().values() if e.broader)
