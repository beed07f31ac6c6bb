"""What the genre and its copies do to a text: one small document for each habit."""

from __future__ import annotations

import pytest

from loaders import records as rec
from loaders.read import read_text


def read(text: str) -> rec.Reading:
    return read_text(text, "样本.txt", "0" * 64)


def titles(reading: rec.Reading) -> list[str]:
    return [s.title for s in reading.of(rec.Section) if s.level]


PLAN = """某省科技创新规划

目 录

一、总体要求.......... 1
二、重点任务.......... 3
(一)培育创新主体…… 4

一、总体要求

坚持创新驱动。

二、重点任务

(一)培育创新主体。力争2025年,高新技术企业达到800
- 4 -
家。(责任单位:省科技厅)
"""


def test_a_table_of_contents_gives_no_headings_and_page_marks_part_no_sentence() -> None:
    reading = read(PLAN)
    assert titles(reading) == ["总体要求", "重点任务", "培育创新主体"]
    assert [(t.value, t.unit) for t in reading.of(rec.Target)] == [(800.0, "家")]


def test_a_document_on_one_line_keeps_its_headings() -> None:
    filler = "深入贯彻创新驱动发展战略,推动高质量发展取得新成效。" * 25
    text = (
        "某市科技工作要点\n\n一、总体要求 " + filler + "二、重点举措 (一)培育企业。力争新增企业10家。"
        "(二)建设平台。力争新建平台5家。 三、保障措施 (一)加强领导。" + filler
    )
    reading = read(text)
    assert "培育企业" in titles(reading)
    assert "建设平台" in titles(reading)
    assert [t.value for t in reading.of(rec.Target)] == [10.0, 5.0]
    kinds = [(i.kind, i.title) for i in reading.of(rec.Item)]
    assert ("measure", "培育企业") in kinds
    assert ("safeguard", "加强领导") in kinds


def test_traditional_characters_are_read_and_lower_the_trust() -> None:
    text = (
        "江西省科技興贛實施方案\n\n一、重點舉措\n\n1.培育企業。為貫徹落實科技創新決策部署,實施企業培育計劃,"
        "力爭2025年,高新技術企業達到800家。(責任單位:省科技廳)\n"
    )
    reading = read(text)
    (target,) = reading.of(rec.Target)
    assert (target.indicator, target.value, target.modality) == ("国家高新技术企业数", 800.0, "力争")
    assert target.quote in text
    assert any("繁体" in reason for reason in reading.document.trust_reasons)
    (unit,) = reading.of(rec.Responsibility)
    assert unit.unit_name == "江西省科学技术厅"


def test_invisible_and_garbled_characters_are_recorded_and_the_source_stays() -> None:
    text = "某市工作要点\n\n一、重点举措\n\n1.培育企业。力\u200b争新增企业1\u200b0家。锟斤拷\ue000\ufffd\n"
    reading = read(text)
    assert reading.text == text
    assert [t.value for t in reading.of(rec.Target)] == [10.0]
    rules = {r.rule: r.decided for r in reading.of(rec.Repair)}
    assert rules["invisible_char"]
    assert not rules["mojibake"]
    assert not rules["private_char"]
    assert reading.document.trust == "damaged"


def test_three_yao_inside_a_run_of_one_shi() -> None:
    text = (
        "某市工作要点\n\n三、重点举措\n(一)推动融合。\n一是聚焦投入,紧抓强度。内容。\n"
        "二是聚焦主体。内容。\n三要聚焦平台。内容。\n"
    )
    labels = [s.label for s in read(text).of(rec.Section) if s.level]
    assert labels == ["三、", "(一)", "一是", "二是", "三要"]


def test_a_heading_that_lost_its_number_gets_it_back_as_a_repair() -> None:
    text = "某区实施方案\n\n一、总体要求\n\n内容。\n\n、紧紧围绕产业\n\n内容。\n\n三、组织实施\n\n内容。\n"
    reading = read(text)
    assert [s.title for s in reading.of(rec.Section) if s.level] == ["总体要求", "紧紧围绕产业", "组织实施"]
    assert "二、紧紧围" in next(r.repaired for r in reading.of(rec.Repair))


def test_numbers_that_run_on_across_sections() -> None:
    text = "某市措施\n\n一、甲类\n\n1.首先做。内容。\n\n2.其次做。内容。\n\n二、乙类\n\n3.再做。内容。\n"
    paths = [i.path for i in read(text).of(rec.Item)]
    assert paths == ["一1", "一2", "二3"]


def test_leftovers_name_what_no_record_speaks_of() -> None:
    text = "某市工作要点\n\n一、重点举措\n\n1.培育企业。截至2022年,已有高新技术企业500家。力争新增10家。\n"
    reading = read(text)
    assert [text[a:b] for a, b in reading.leftovers] == ["已有高新技术企业500家。"]


def owed(reading: rec.Reading) -> list[tuple[str, str, str]]:
    paths = {item.id: item.path for item in reading.of(rec.Item)}
    return [(paths[r.item or ""], r.role, r.as_written) for r in reading.of(rec.Responsibility)]


def test_a_unit_list_behind_a_run_is_for_the_whole_run() -> None:
    text = (
        "某市科技创新行动方案\n\n一、重点任务\n\n(一)企业研发行动。一是加大投入。二是强化统计。(责任单位:市科技局)\n"
        "(二)平台建设行动。一是建设平台(责任单位:市发改委)。二是加强考核。(责任单位:市财政局)\n"
    )
    assert owed(read(text)) == [
        ("1", "responsible", "市科技局"),
        ("2.1", "responsible", "市发改委"),
        ("2.2", "responsible", "市财政局"),
    ]


def test_a_joint_act_gives_the_partner_a_duty() -> None:
    text = "某市科技工作要点\n\n一、重点工作\n\n1.举办活动周。"
    text += "与市教育局、市科协等部门联合开展活动。\n2.扩大合作。推进。\n"
    assert owed(read(text)) == [("一1", "support", "市教育局"), ("一1", "support", "市科协")]


def test_a_numbered_measure_keeps_its_runs_below_it() -> None:
    text = "某市若干措施\n\n1.加大投入。市财政局要牵头。\n"
    text += "一是增加预算。\n二是加强监管。\n2.培育企业。支持企业。\n"
    assert [i.path for i in read(text).of(rec.Item)] == ["1", "1.1", "1.2", "2"]


def test_the_office_above_or_in_a_title_issues_and_the_date_below_it_dates() -> None:
    text = "江西省丰城市人民政府文件\n关于印发科技创新若干措施的通知\n"
    text += "丰府发〔2024〕3号\n(2024年3月5日)\n\n1.加大投入。支持。\n"
    document = next(iter(read(text).of(rec.Document)))
    assert (document.issuer, document.date, document.date_basis) == (
        "江西省丰城市人民政府",
        "2024-03-05",
        "heading",
    )
    titled = read("宜春市人民政府办公室关于印发科技创新若干措施的通知\n\n1.加大投入。支持。\n")
    assert next(iter(titled.of(rec.Document))).issuer == "宜春市人民政府办公室"


def test_lost_marks_are_repaired_where_the_text_shows_its_habit() -> None:
    whole = "深入实施创新驱动发展战略,加快建设科技创新平台,促进成果转移转化。"
    whole += "持续完善科技政策体系,推动企业加大研发投入,营造良好的科技创新氛围。\n"
    broken = whole.rstrip("。\n") + "\n"
    repairs = [r.repaired for r in read("某市科技工作要点\n\n" + whole * 11 + broken).of(rec.Repair)]
    assert repairs == ["创新氛围。"]
    assert not list(read("某市科技工作要点\n\n" + whole * 3 + broken).of(rec.Repair))
    (quoted,) = read("某市科技工作要点\n\n一、完善政策\n\n不断完善1+N”科技政策体系。\n").of(rec.Repair)
    assert "“1+N”" in quoted.repaired


def test_goals_in_words_alone_are_kept_apart_from_targets() -> None:
    text = (
        "2025年某市科技工作要点\n\n一、主要目标\n\n"
        "1.力争全社会研发投入增长8%以上、强度达2%并超过全省平均水平,研发支出占营业收入比重稳中有增。\n"
        "2.到2027年,省科学技术奖居全省前列,持续提升服务能力。\n"
        "3.专利授权量位居全省第3位,同比明显提升。\n"
    )
    reading = read(text)
    goals = [(g.subject, g.wording, g.modality, g.deadline_end) for g in reading.of(rec.Goal)]
    assert goals == [
        ("研发支出占营业收入比重", "稳中有增", "力争", 2025),
        ("省科学技术奖", "居全省前列", "计划", 2027),
    ]
    assert [t.value for t in reading.of(rec.Target)] == [8.0, 2.0]
    for goal in reading.of(rec.Goal):
        assert reading.text[goal.start : goal.end] == goal.quote


def test_an_aim_with_an_owner_is_an_item_of_its_own() -> None:
    text = "某市科技工作要点\n\n一、目标任务\n\n1.力争新认定企业30家。(责任单位:市科技局)\n"
    text += "2.力争技术合同成交额60亿元。\n"
    reading = read(text)
    assert owed(reading) == [("一1", "responsible", "市科技局")]
    assert [i.path for i in reading.of(rec.Item)] == ["一1"]


def test_the_year_of_the_document_is_that_of_quannian_where_no_year_is_named() -> None:
    head = "某省若干措施\n\n2022年5月31日\n\n某省扩大投资若干措施\n\n一、重点任务\n\n1.扩大投资。"
    text = head + "工业投资上半年完成1600亿元,全年完成3200亿元。新建平台5家。"
    text += "到2025年投资达到4000亿元。\n2.补短板。推进。\n"
    found = [(t.value, t.deadline_end, t.deadline_basis) for t in read(text).of(rec.Target)]
    assert found == [
        (1600.0, 2022, "inherited"),
        (3200.0, 2022, "inherited"),
        (5.0, None, "none"),
        (4000.0, 2025, "stated"),
    ]


def test_a_remark_behind_a_list_names_no_unit_and_a_listed_unit_owes_once() -> None:
    text = "某市若干措施\n\n一、甲类\n\n(一)扩大投资。市财政局要安排资金。市商务局要参与。"
    text += "(责任单位:市财政局、市税务局,以下措施均需各区政府落实,不再单独列出)\n"
    text += "(二)培育企业。支持企业。(责任单位:市科技局)\n"
    assert [(unit, role) for _, role, unit in owed(read(text))] == [
        ("市商务局", "responsible"),
        ("市财政局", "responsible"),
        ("市税务局", "responsible"),
        ("市科技局", "responsible"),
    ]


def test_a_heading_runs_on_behind_the_list_before_it() -> None:
    begin, later = "某市若干措施\n\n一、去库存\n\n(一)做甲。内容。", "\n\n(二)做乙。内容。\n"
    text = begin + "〔责任单位:市住建局〕二、稳妥化解风险" + later
    assert titles(read(text)) == ["去库存", "做甲", "稳妥化解风险", "做乙"]
    plain = begin + "分级(见附件)一、二级各有标准,三级另定。" + later
    assert titles(read(plain)) == ["去库存", "做甲", "做乙"]


def test_measures_inside_a_paragraph_are_items_and_their_list_is_for_all() -> None:
    text = "某市方案\n\n一、重点任务\n\n1.做平台。内容:(1)建平台。新建平台5家。(2)育企业。新增企业8家。"
    text += "(责任单位:市科技局)\n2.育人才。内容。\n"
    reading = read(text)
    assert titles(reading) == ["重点任务", "做平台", "建平台", "育企业", "育人才"]
    assert owed(reading) == [("一1", "responsible", "市科技局")]
    assert [i.path for i in reading.of(rec.Item)] == ["一1", "一1(1)", "一1(2)", "一2"]
    loose = "某市方案\n\n一、重点任务\n\n1.做平台。内容见附件(1)和说明(3)。\n2.育人才。内容。\n"
    assert titles(read(loose)) == ["重点任务", "做平台", "育人才"]


def test_a_run_counts_in_words_too_and_a_lone_first_is_an_adverb() -> None:
    begin, end = "某市方案\n\n一、重点任务\n\n1.做平台。", "\n2.育人才。内容。\n"
    run = begin + "首先,加强领导。内容。其次,加大投入。内容。最后,强化考核。内容。" + end
    assert [s.label for s in read(run).of(rec.Section) if s.level] == [
        "一、",
        "1.",
        "首先,",
        "其次,",
        "最后,",
        "2.",
    ]
    assert titles(read(begin + "首先要加强领导。内容。最后总结。" + end)) == ["重点任务", "做平台", "育人才"]


LISTS = [
    ("1.做甲。内容。(市发改委、市工信局)\n", ["市发改委", "市工信局"]),
    ("1.做甲。内容。\n市科技局、市财政局\n", ["市科技局", "市财政局"]),
    ("1.做甲。内容。(市发改委、市工信局按职责分工负责)\n", ["市发改委", "市工信局"]),
    ("1.做甲。内容。\n市科技局、市财政局按职责分工负责\n", ["市科技局", "市财政局"]),
    (
        "1.做甲。内容。\n责任单位:市发改委、工信局,市财政局 市人社局\n",
        ["市发改委", "工信局", "市财政局", "市人社局"],
    ),
    ("1.做甲。(责任单位:领导小组成员单位,各县(区)人民政府)\n", ["领导小组成员单位", "各县(区)人民政府"]),
    ("1.做甲。(责任单位:省科技厅、各市〔州〕人民政府)\n", ["省科技厅", "各市〔州〕人民政府"]),
    ("1.做甲。建平台(责任单位:市发改委);育企业(责任单位:市工信局)。\n", ["市发改委", "市工信局"]),
    ("1.做甲。内容。(一次办、马上办)\n", []),
    ("1.做甲。内容。\n银行、保险、市场主体\n", []),
    ("1.做甲。内容(市场监管、市政管理)。\n", []),
]


@pytest.mark.parametrize(("text", "units"), LISTS, ids=[text[:24] for text, _ in LISTS])
def test_units_are_read_from_a_list_in_each_of_its_forms(text: str, units: list[str]) -> None:
    reading = read("某市科技创新实施方案\n\n一、重点任务\n\n" + text + "2.做乙。内容。\n")
    assert [r.as_written for r in reading.of(rec.Responsibility)] == units


REPAIRS = [
    ("某市人民政府\n2023411日\n", ["2023年4月11"]),
    ("1.做甲。自20226月起实施。\n", ["2022年6月"]),
    ("1.做甲。依据《江西省中长期规划纲要》(赣府发〔20212号)。\n", ["2021〕2号"]),
    ("1.做甲。依据《江西省中长期规划纲要》(赣发2022〕23号)。\n", ["〔2022"]),
    ("1.做甲。到二。三五年,企业达到10家。\n", ["二〇三五年"]),
    ("1.做甲。企业达到8\n— 3 —\n00家。\n", ["800"]),
    ("1.做甲。自2022年6月起实施,企业达到2023家。\n", []),
    ("1.做甲。依据《江西省中长期规划纲要》(赣府发〔2021〕2号)。\n", []),
]


@pytest.mark.parametrize(("text", "wanted"), REPAIRS, ids=[text[-24:] for text, _ in REPAIRS])
def test_damaged_dates_and_numbers_are_repaired_in_the_view(text: str, wanted: list[str]) -> None:
    reading = read("某市科技创新实施方案\n\n一、重点任务\n\n" + text)
    found = [r.repaired for r in reading.of(rec.Repair) if r.decided]
    assert len(found) == len(wanted)
    assert all(want in have for want, have in zip(wanted, found, strict=True))


CITATIONS = [
    (
        "贯彻《某市人民政府关于印发〈某市规划纲要〉的通知》。",
        [("某市人民政府关于印发〈某市规划纲要〉的通知", None, "applies")],
    ),
    (
        "依据《江西省甲规划纲要》《江西省乙行动计划》(赣发[2018]23号)。",
        [("江西省甲规划纲要", None, "based_on"), ("江西省乙行动计划", "赣发〔2018〕23号", "based_on")],
    ),
    (
        "《方案》提出六大行动,衔接《省“十四五”科技创新规划》。",
        [("某市科技创新实施方案", None, "self"), ("省“十四五”科技创新规划", None, "aligned_with")],
    ),
    ("阅读《人民日报》,签订《购销合同》。", []),
]


@pytest.mark.parametrize(("text", "wanted"), CITATIONS, ids=[text[:16] for text, _ in CITATIONS])
def test_titles_are_cited_with_number_and_relation(text: str, wanted: list[tuple[str, str, str]]) -> None:
    reading = read("某市科技创新实施方案\n\n一、重点任务\n\n1.做甲。" + text + "\n")
    assert [(c.title, c.number, c.relation) for c in reading.of(rec.Citation)] == wanted


def test_a_run_counts_in_words_over_paragraphs_and_a_label_between_ends_it() -> None:
    begin, end = (
        "某市实施方案\n\n一、重点任务\n\n(一)做平台\n\n首先,加强领导。内容。\n\n",
        "(二)育人才\n\n内容。\n\n",
    )
    run = begin + "其次,加大投入。内容。\n\n最后,强化考核。内容。\n\n" + end
    wanted = ["重点任务", "做平台", "加强领导", "加大投入", "强化考核", "育人才"]
    assert titles(read(run)) == wanted
    assert titles(read(begin + end + "其次,丙。内容。\n")) == ["重点任务", "做平台", "育人才"]


def test_a_heading_ends_at_its_colon_behind_a_number() -> None:
    text = (
        "某县政策\n\n一、准入条件\n\n1.产业要求:原则上须属机械制造项目。\n\n2.投资要求:投资达200万元/亩。\n"
    )
    reading = read(text)
    assert titles(reading) == ["准入条件", "产业要求", "投资要求"]
    assert not list(reading.of(rec.Target))  # who may apply, not what is to be reached


def test_what_follows_the_last_list_of_units_speaks_of_all_measures() -> None:
    measures = "".join(f"{n}、做{n}。内容。(责任单位:市住建局)\n\n" for n in "一二三四五")
    reading = read("某市措施\n\n" + measures + "对于以前享受补贴的,申请时间延长,各有关部门要制定细则。\n")
    last = list(reading.of(rec.Item))[-1]
    assert last.quote.endswith("(责任单位:市住建局)")
    assert {r.as_written for r in reading.of(rec.Responsibility)} == {"市住建局"}


def test_units_that_act_together_with_the_lead_support_it() -> None:
    act = "由县工信局牵头,会同县财政局、县科技局等相关单位进行核定。"
    text = f"某县方案\n\n一、做甲。{act}\n\n二、做乙。内容。\n"
    found = {(r.as_written, r.role) for r in read(text).of(rec.Responsibility)}
    assert found == {("县工信局", "lead"), ("县财政局", "support"), ("县科技局", "support")}
