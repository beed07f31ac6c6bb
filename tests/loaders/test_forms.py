"""Forms of figures, years and unit lists seen in plans of many places: one case for each habit."""

from __future__ import annotations

from typing import Any

import pytest

from loaders import records as rec
from loaders.read import read_text
from loaders.responsibilities import find_mentions
from loaders.targets import find_targets
from loaders.view import fold

# fmt: off
CASES: list[tuple[str, list[dict[str, Any]]]] = [
    ("到2027年,企业在2022年的基础上实现倍增,分别超过90家和870家;", [
        {"value": 90.0, "years": (2027, 2027)}, {"value": 870.0, "years": (2027, 2027)},
    ]),
    ("2023年目标为:预算支出(扣除2022年灾后恢复重建专项资金支出外)增长3%以上;投资增长6%以上", [
        {"value": 3.0, "years": (2023, 2023)}, {"value": 6.0, "years": (2023, 2023)},
    ]),
    ("2012年起5年内,人才贡献率达到40%", [{"years": (2012, 2016)}]),
    ("2023年起,每年安排5000万元专项资金", [{"years": None, "per_year": True}]),
    ("主要目标(到2025年):高新技术企业达到50家", [{"years": (2025, 2025)}]),
    ("县(市、区)至少确定1个新建商品房项目", [{"comparator": ">=", "value": 1.0}]),
    ("城乡收入倍差从1.96缩小到1.9以内", [{"comparator": "<=", "value": 1.9, "unit": None}]),
    ("产业集群总量超过五千亿规模", [{"comparator": ">", "value": 5000.0, "unit": "亿"}]),
    ("工业总产值突破千亿元", [{"comparator": ">", "value": 1000.0, "unit": "亿元"}]),
    ("力争实现本土企业上市“零突破”", [{"qualitative": True, "modality": "力争"}]),
    ("评选资助200名技能人才,每年资助培养督导员50名", [{"value": 200.0}, {"value": 50.0, "per_year": True}]),
    ("新培育“单项冠军”企业2家", [{"value": 2.0}]),
    ("引进规模10亿元以上项目3个、1亿元以上项目15个", [{"value": 3.0}, {"value": 15.0, "unit": "个"}]),
    ("举办讲座50场次,发放资料10万份", [{"unit": "场次"}, {"unit": "万份"}]),
    ("优良天数达到330天以上,满意度达90分以上", [{"unit": "天"}, {"unit": "分"}]),
    ("企业开办时间压缩至1个工作日以内", [{"comparator": "<=", "unit": "个工作日"}]),
    ("涨幅控制在3%左右,比例控制在60%以上", [{"comparator": "~"}, {"comparator": ">="}]),
    ("科技专项资金保持年均10%的增长", [{"growth": True, "per_year": True}]),
    ("增加值年均增长1个百分点以上,力争达到28%", [{"growth": False}, {"growth": False, "value": 28.0}]),
    ("优良天数逐年提高,颗粒物PM10)平均浓度下降10%以上", [{"per_year": False, "value": 10.0}]),
    ("农产品加工业产值与农业总产值之比达到2.5:1", [{"value": 2.5, "unit": ":1", "comparator": ">="}]),
    ("到2030年,人均期望寿命将实现为83岁,2035年将实现为83.5岁", [
        {"years": (2030, 2030)}, {"years": (2035, 2035), "unit": "岁"},
    ]),
    ("全市94%的人群体质达合格以上", [{"value": 94.0}]),
    ("简易标准幼儿园控制在15%以内", [{"comparator": "<="}]),
    ("其中15个国考断面优良比例达到86.7%", [{"value": 86.7, "comparator": ">="}]),
    ("预计5年内,将建成50个天府旅游名县", [{"value": 50.0}]),
    ("开展5万名40-74周岁居民癌症筛查", [{"value": 5.0, "unit": "万名"}]),
    ("引进1支以上境内规模2亿元以上产业基金", [{"value": 1.0, "comparator": ">=", "unit": "支"}]),
    ("建成6家以上具备行业代表性科技创新平台", [{"value": 6.0}]),
    ("我市现有高新技术企业350家,2023年力争突破400家", [{"value": 400.0, "indicator": "国家高新技术企业数"}]),
    ("目前,已有1000家企业获得认定,到2025年覆盖率达到85%", [{"value": 85.0, "years": (2025, 2025)}]),
    ("近年来引进企业20家,下一步新增企业10家", [{"value": 10.0}]),
    ("经济增长6 . 5%左右", [{"value": 6.5, "comparator": "~", "growth": True}]),
    ("突破20项以上关键共性技术", [{"comparator": ">="}]),
    ("■ 2024年成绩单\n粮食总产达到557亿斤\n■ 2025年主要预期目标\n粮食产量保持500亿斤以上", [
        {"value": 500.0, "years": (2025, 2025)},
    ]),
    ("人均预期寿命较目前的76.34岁继续增长,达到79岁", [{"value": 79.0, "unit": "岁"}]),
    ("培训企业家200余人次", [{"comparator": ">", "unit": "人次"}]),
    ("给予不低于1200元的一次性求职创业补贴", [{"value": 1200.0, "comparator": ">="}]),
    ("孵化载体要安排30%的场地,免费提供", [{"value": 30.0, "indicator": "孵化载体安排场地占比"}]),
    ("为每人至少提供3至5个针对性岗位信息", [{"value": 3.0, "value_max": 5.0}]),
    ("培育营收超1000万元OPC100家以上、高成长性OPC5000家以上", [
        {"value": 100.0, "comparator": ">="}, {"value": 5000.0},
    ]),
    ("每年挖掘不少于100个OPC典型应用场景", [{"value": 100.0, "comparator": ">=", "per_year": True}]),
    ("每年为每家企业提供不少于2000卡时的免费算力支持", [{"value": 2000.0, "unit": "卡时"}]),
    ("年均开发2万个以上的公益性公共服务岗位", [{"value": 2.0, "unit": "万个", "comparator": ">="}]),
    ("城镇年均新增就业人数24万以上", [{"value": 24.0, "unit": "万"}]),
    ("住院费用支付比例达到75%左右、门诊支付比例提高到50%以上", [{"comparator": "~"}, {"comparator": ">="}]),
    ("失业保险参保人数达到424万人", [{"value": 424.0}]),
    ("准入标准不低于我市上年度人均可支配收入的60%", [{"value": 60.0, "comparator": ">="}]),
    ("土地供应量不低于居住用地供应总量的70%", [{"value": 70.0, "comparator": ">="}]),
    ("建成甲产业园、乙孵化基地等四个标准化社区", [{"value": 4.0}]),
    ("在现有服务水平基础上,覆盖率每年提升1~3个百分点", [{"value": 1.0, "value_max": 3.0, "per_year": True}]),
    ("加强15%的中医馆内涵建设,在10%的社区卫生服务站设置中医阁", [{"value": 15.0}, {"value": 10.0}]),
    ("预留30%的号源(其中专家号源不低于30%)", [{"comparator": "="}, {"comparator": ">="}]),
    ("到2025年覆盖率达到80%。利用3-5年时间,培训约1000名医生", [{"years": (2025, 2025)}, {"years": None}]),
    ("2026年:建成不低于10PB的高质量数据集", [{"unit": "PB", "comparator": ">="}]),
    ("打造300个以上“人工智能+”典型应用场景", [{"value": 300.0}]),
    ("实现网络零售总额16.1亿元,同比增30%以上", [{"growth": False}, {"growth": True, "value": 30.0}]),
    ("培育5家以上年销售收入过百亿元、2家以上年销售收入达500亿元的高新技术企业,新增30家企业上市", [
        {"value": 5.0, "unit": "家"}, {"value": 2.0, "unit": "家"}, {"value": 30.0},
    ]),
    ("年度报销限额提高至4万元", [{"value": 4.0, "unit": "万元"}]),
    ("每个街(镇)有1所日间托老机构,每个城镇社区拥有3个以上的社区社会组织", [{"value": 1.0}, {"value": 3.0}]),
    ("80%以上的驻社区单位和社区签订共建协议", [{"value": 80.0, "comparator": ">="}]),
    ("集中学习时间每年不少于8天,每两个月至少举办1次报告会", [{"per_year": True}, {"per_year": False}]),
    ("每年安排100名干部,5年内累计参加培训不少于3个月", [{"per_year": True}, {"per_year": False}]),
    ("PM2.5年均浓度控制在35微克/立方米以下,市本级年筹集公益金3亿元以上", [
        {"per_year": False}, {"per_year": True},
    ]),
    ("到2028年,力争实现:\n主体规模扩大:经营主体突破500家。\n集聚人才1000名以上。", [
        {"years": (2028, 2028)}, {"years": (2028, 2028)},
    ]),
    ("到2027年,设备投资规模较2023年增长20%以上", [{"per_year": False, "years": (2027, 2027)}]),
    ("统筹省级财政奖补资金3.5亿元,公共交通机动化出行分担率达到58%", [{"value": 3.5}, {"value": 58.0}]),
    ("确保甲电厂2022年底前投产。加快建设3个煤电项目", [{"value": 3.0, "years": None}]),
    ("到2025年,建成平台5个。新增企业10家", [{"years": (2025, 2025)}, {"years": (2025, 2025)}]),
    ("停车场按不低于30%的车位比例建设充电设施,配建不低于固定车位25%的充电设施", [
        {"value": 30.0, "comparator": ">="}, {"value": 25.0, "comparator": ">="},
    ]),
    ("平均供电煤耗下降至300克/千瓦时以内,每个乡镇至少规划一座加油站", [
        {"unit": "克/千瓦时", "comparator": "<="}, {"value": 1.0, "comparator": ">="},
    ]),
    ("到2030年,城市建成区80%以上面积达到海绵城市建设要求", [{"value": 80.0, "comparator": ">="}]),
    ("报废汽车回收量较2023年增加约一倍,浓度下降1微克", [
        {"value": 1.0, "unit": "倍", "comparator": "~"}, {"unit": "微克"},
    ]),
    ("力争具备300万千瓦以上调节能力,需求侧具备3%左右的尖峰负荷响应能力", [
        {"value": 300.0, "unit": "万千瓦"}, {"value": 3.0, "comparator": "~"},
    ]),
    ("建成加氢站15座(含油气氢综合能源站)", [{"value": 15.0}]),
    ("依托现有火电厂,建设乌江、南盘江、北盘江、清水江四个综合基地", [{"value": 4.0}]),
    ("废铜、废玻璃等9种主要再生资源循环利用量达到200万吨", [{"value": 200.0, "comparator": ">="}]),
    ("人均财政补助标准提高30元,达到580元", [{"value": 580.0, "indicator": "人均财政补助标准"}]),
    ("具备减碳30%的技术能力,回收总量力争达到1000万吨/年左右", [
        {"value": 30.0}, {"value": 1000.0, "comparator": "~", "per_year": True},
    ]),
    ("全省计划建成充电桩12万个(含私人桩)以上", [{"value": 12.0, "comparator": ">="}]),
    ("综合考虑实现2035年远景目标,提出生产总值年均增长5%", [{"years": None}]),
]
NONE = [
    "对于400万元以上工程中适宜由中小企业提供的部分,预留给中小企业",
    "持房票购房的,最高可抵100%房款",
    "对投资2亿元以上的项目,当年度投资到位5000万元,给予人才指标",
    "每增加实际到位投资额5000万元增加1名指标",
    "2017年武汉人均期望寿命为81.09岁",
    "规划还设定了100多个精准的“小目标”,明确20项重点任务",
    "重点发展电子商务、现代物流等12个领域",
    "注册资本500万美元以上、当年现汇进资200万美元以上的外资项目",
    "完成情况:全市新增技能人才5.7万人",
    "我市承办的10件12项重点民生实事全部提前或超额完成",
    "39个为民办实事项目如下",
    "文化、体育和娱乐业等7个行业,实施退税政策",
    "据统计,第一季度新签约项目280个,协议签约资金583.40亿元",
    "今年全市完成人工林面积30.7万亩,占省下达任务15.52万亩的197.8%",
    "2021年以来,完成重点区域建设6.64万亩,封山育林31.15万亩",
    "1-8月累计完成929万元",
    "(一)已新增老年助餐服务点235个、新增床位1202张,整体完成率111.5%",
    "40项民生实事项目包括:新建学校",
    "1-8月,重点企业完成总产值385.71亿元,总税收64.09亿元",
    "近年来先后引进了20家企业,建成了5个平台",
    "全镇工农业总产值已达23.92亿元(2020年22.15亿元)",
    "见习期限为3个月,公示不少于5天",
    "标准层层高由不宜大于3.2米,调整为不宜大于3.6米",
    "按照省委十一届十次、十一次全会部署要求",
    "该项目总投资50亿元,占地1000亩",
    "对年收入不低于5万元的企业给予补贴",
    "其中国家1类、2类、3类新药分别给予奖励",
    "商业建筑层高在6米(含6米)以内的",
    "强化与周边7个口岸的协作联动",
    "组建由“1名团长+3名创业导师+N名志愿者”组成的陪跑团",
    "人大会议票决确定了今年的10件民生实事项目",
    "10件民生实事任务分解表",
    "落实低保、孤儿等6类困难群体免费签约政策",
    "起降设施1公里半径内",
    "降低成本,对日加氢能力不低于500千克且价格不高于25元/千克的加氢站,按标准给予补贴",
    "加注站宜按每100公里一对布设",
    "建设甲、乙两个方面的三个中心",
    "重点推进甲度假城、乙纪念园二期建设",
    "分类打造园区型、企业型两类社区形态",
    "按不高于计容总建筑面积50%的比例配置",
    "现状2020年,某市成品油零售量约61.72万吨",
    "鼓励供电煤耗300克/千瓦时以上煤电机组退出",
    "1000吨标煤以上重点耗能企业节能降碳行动",
    "园区内3吨以下叉车使用新能源",
    "完善16个州、市专区功能",
    "1万名老人以上的街(镇)各建有活动中心",
    "200张床位以上的省二级以上养老机构",
    "一般县中央财政负担60%,省级和市县两级财政各负担20%",
    "次年租金为市场价30%,第三年为50%",
    "按不超过年度消耗量对应实际费用的30%,给予补贴",
    "联动上合新区59家链主企业设立订单对接窗口",
    "优先发展2个跨境领域",
    "围绕创新、开放等四个方面建设平台",
    "推动5G应用,参加G20峰会",
]
# fmt: on


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0][:18] for c in CASES])
def test_a_form_gives_its_targets(text: str, wanted: list[dict[str, Any]]) -> None:
    targets = list(find_targets(text, 0, len(text)))
    assert len(targets) == len(wanted), [t.indicator for t in targets]
    for target, want in zip(targets, wanted, strict=True):
        assert {key: getattr(target, key) for key in want} == want


@pytest.mark.parametrize("text", NONE)
def test_a_condition_a_ceiling_or_a_term_gives_none(text: str) -> None:
    assert not list(find_targets(text, 0, len(text)))


LISTS = [
    ("(责任单位:市科技局,各县(市、区)政府,列第一位者为牵头单位,下同)", ["市科技局", "各县(市、区)政府"]),
    ("(牵头领导:张三;责任单位:市工信局、市财政局)", ["市工信局", "市财政局"]),
    ("责任单位:市工信局(牵头)、市科技局", ["市工信局", "市科技局"]),
    ("(市工信局,各县(市、区)人民政府)", ["市工信局", "各县(市、区)人民政府"]),
    ("(主责单位:市教育局)", ["市教育局"]),
    ("(市委组织部牵头,市科技局按职责分工负责,持续推进)", ["市委组织部", "市科技局"]),
    ("(市政府办公室牵头,市级各有关部门及各县区政府负责)", ["市政府办公室", "市级各有关部门", "各县区政府"]),
    ("支持创业。责任单位:市科技局、市财政局。2.支持投资。", ["市科技局", "市财政局"]),
    ("(市发改委牵头,市教育局、国家统计局济宁调查队参加)", ["市发改委", "市教育局", "国家统计局济宁调查队"]),
    ("(市商务局、市统计局等负责,列第一位者为牵头单位,下同)", ["市商务局", "市统计局"]),
    ("(市税务局,各县市、区政府,列第一位的为牵头单位,下同。以下均需落实)", ["市税务局", "各县市、区政府"]),
    ("(责任单位:各经济开发区管委会等)", ["各经济开发区管委会"]),
    (
        "由乡三农服务中心承办,乡畜牧站、卫生院、派出所配合。",
        ["乡三农服务中心", "乡畜牧站", "卫生院", "派出所"],
    ),
    ("(责任单位:市人力资源和社会保障局)", ["市人力资源和社会保障局"]),
    ("责任单位:1.市科技局 2.市财政局", ["市科技局", "市财政局"]),
    ("(市发展改革委会同市科技局、市财政局负责)", ["市发展改革委", "市科技局", "市财政局"]),
    ("(市委组织部、市人社局,各县区党委政府)", ["市委组织部", "市人社局", "各县区党委政府"]),
    ("*责任单位:市科技局*", ["市科技局"]),
    ("牵头单位为市科技局,责任单位为市财政局、市工信局。", ["市科技局", "市财政局", "市工信局"]),
    ("(区科技局,各镇(街道))", ["区科技局", "各镇(街道)"]),
    ("(县科技局、财政局、各乡镇(街道)、相关企业)", ["县科技局", "财政局", "各乡镇(街道)", "相关企业"]),
    ("(市科技局、国网南昌供电公司)", ["市科技局", "国网南昌供电公司"]),
    ("(责任单位:市科技局/市财政局)", ["市科技局", "市财政局"]),
    ("(责任单位:市科技局。列在首位的为牵头单位,下同)", ["市科技局"]),
    ("(市财政局、市工信局分别负责)", ["市财政局", "市工信局"]),
    ("(市科技局和市财政局共同负责)", ["市科技局", "市财政局"]),
    ("市科技局牵头,市财政局配合", ["市科技局", "市财政局"]),
    ("(实施主体:各县区人民政府)", ["各县区人民政府"]),
    ("(市级企业、省级平台)", []),
    ("(市科技局牵头)", ["市科技局"]),
    (
        "完善体系。(市科技局、市财政局)修订规划。(市卫生健康委)加大力度",
        ["市科技局", "市财政局", "市卫生健康委"],
    ),
    (
        "[市科技局、各区政府(含大鹏新区管委会、前海管理局,下同),市消防救援支队、中国电信]",
        ["市科技局", "各区政府", "市消防救援支队", "中国电信"],
    ),
    ("(市机场集团、龙华区政府,市交通运输局)", ["市机场集团", "龙华区政府", "市交通运输局"]),
    ("支持平台(市科技局)建设", []),
    (
        "(市科技局牵头,市财政局按职责分工负责,各设区市人民政府、某区管委会落实。以下均需各地落实,不再列出)",
        [
            "市科技局",
            "市财政局",
            "各设区市人民政府",
            "某区管委会",
        ],
    ),
    (
        "(市科技局,各州、市人民政府按职责分工负责。以下均需各州、市人民政府落实)",
        ["市科技局", "各州、市人民政府"],
    ),
    ("(责任单位:(市科技局、市财政局)", ["市科技局", "市财政局"]),
    ("各县、市、区要制定政策措施", ["各县、市、区"]),
    ("(加快推进各项政策落实)", []),
    ("(质量发展处、认证监管处等按职责分工负责)", ["质量发展处", "认证监管处"]),
    ("(责任单位:市科技局、各区政府(含新区管委会,下同)依职责办理)", ["市科技局", "各区政府"]),
    (
        "(责任单位:〔市科技局、市农业农村局(乡村振兴局)按职责分工负责〕\n三、加快建设\n推动政府机关、医院建设",
        [
            "市科技局",
            "市农业农村局(乡村振兴局)",
        ],
    ),
    ("(责任单位:市科技局、各县(市、区)、\n市财政局)", ["市科技局", "各县(市、区)", "市财政局"]),
    ("责任单位:莲塘镇任务目标:改造小区,包括楼梯间", ["莲塘镇"]),
    ("(市科技局、市广电局牵头)", ["市科技局", "市广电局"]),
]


@pytest.mark.parametrize(("text", "names"), LISTS, ids=[c[0][:18] for c in LISTS])
def test_a_list_gives_its_units(text: str, names: list[str]) -> None:
    seen = fold(text)
    mentions = find_mentions(seen, 0, len(seen))
    assert [seen[m.start : m.end] for m in mentions] == names


def read(text: str) -> rec.Reading:
    return read_text(text, "样本.txt", "0" * 64)


def titles(text: str) -> list[tuple[int, str]]:
    return [(s.level, s.title) for s in read(text).of(rec.Section)]


@pytest.mark.parametrize(
    "title",
    [
        "农业农村领域高质量发展推进共同富裕\n行动计划(2021-2025年)",
        "关于进一步促进房地产市场平稳健康发展的\n若干措施",
        "城口县2024年国民经济和社会发展计划\n执行情况与2025年计划草案报告",
        "某市贯彻落实扎实稳住经济一揽子政策\n\n措施实施方案",
        "某市贯彻落实《关于打好经济\n增长主动仗的若干政策\n措施》实施方案",
        "洞头区大力提升科技创新能力\n全面落实科技创新体系建设工程实施方案(2023-2027年)",
    ],
)
def test_a_title_on_two_lines_is_one(title: str) -> None:
    found = titles(f"某市人民政府办公室\n2023年8月30日\n{title}\n一、总体要求\n坚持创新。\n")
    assert [(level, "".join(name.split())) for level, name in found] == [
        (0, title.replace("\n", "")),
        (1, "总体要求"),
    ]


def test_a_name_that_begins_with_digits_follows_the_number_of_its_heading() -> None:
    text = "某市人才方案\n\n9.百人计划。引进。\n10.特聘岗位。设立。\n11.121人才梯队项目。培养。\n"
    assert [name for _, name in titles(text)][1:] == ["百人计划", "特聘岗位", "121人才梯队项目"]


def test_an_item_behind_the_units_of_another_one_has_its_own() -> None:
    text = "某市意见\n\n1.支持创业。提供场地。责任单位:市科技局。2.支持投资。提供资金。责任单位:市财政局。\n"
    reading = read(text)
    paths = {i.id: i.path for i in reading.of(rec.Item)}
    assert [(paths[r.item or ""], r.as_written) for r in reading.of(rec.Responsibility)] == [
        ("1", "市科技局"),
        ("2", "市财政局"),
    ]


def test_a_table_of_other_columns_is_read_cell_by_cell() -> None:
    text = "某县民生实事方案\n\n一、安排\n类型 | 说明 | 备注 |\n道路 | 建设农村公路50公里。 | 无 |\n"
    assert [(t.value, t.unit) for t in read(text).of(rec.Target)] == [(50.0, "公里")]


def test_a_row_of_a_table_of_projects_has_its_unit() -> None:
    text = "某县民生实事方案\n\n一、安排\n序号 | 项目名称 | 项目内容 | 责任单位 |\n"
    text += "1 | 农村道路 | 新建农村公路50公里。 | 县交通运输局 |\n2 | 治水 | 治理坑塘10个。 | 县水务局 |\n"
    reading = read(text)
    assert [r.as_written for r in reading.of(rec.Responsibility)] == ["县交通运输局", "县水务局"]
    assert [t.value for t in reading.of(rec.Target)] == [50.0, 10.0]


def test_units_of_slashes_make_no_navigation_of_a_paragraph() -> None:
    text = "农业劳动生产率达到5.5万元/人,土地产出率达到4000元/亩。\n"
    assert [t.unit for t in read(text).of(rec.Target)] == ["万元/人", "元/亩"]


def test_a_year_of_the_second_paragraph_does_not_cover_the_document() -> None:
    text = "学前教育发展目标如下。\n2007年,入园率达到96%。\n城市受训率达到90%以上。\n"
    assert [t.deadline_end for t in read(text).of(rec.Target)] == [2007, None]


def test_a_title_stands_beside_its_date() -> None:
    assert titles("某市碳达峰实施方案 发布时间:2022-10-10\n\n一、主要目标\n坚持。\n")[0] == (
        0,
        "某市碳达峰实施方案",
    )


def test_a_title_of_a_notice_on_three_lines_is_not_repaired() -> None:
    text = "某市政府办公室\n关于印发《某市贯彻落实〈关于打好经济\n\n主动仗的政策\n措施〉实施方案》的通知"
    text += "\n\n1.促进消费。支持。\n"
    reading = read(text)
    assert not [r for r in reading.of(rec.Repair) if r.decided]
    assert [s.start for s in reading.of(rec.Section)][:1] == [text.index("关于印发")]


def test_metadata_above_a_document_without_title_holds_no_target_but_its_date() -> None:
    text = "进入老年版\n索引号 11330283002979996P/2024-152907 组配分类 民生实事\n"
    text += "发布机构 区政府办公室 发文日期 2024-05-27\n"
    text += "民生实事项目出炉\n1.养老工程。全年助餐服务人次达200万以上。\n"
    assert [(t.value, t.deadline_end) for t in read(text).of(rec.Target)] == [(200.0, 2024)]


def test_a_plan_sets_no_target_for_years_before_its_own() -> None:
    text = "某市科技规划(2021-2025年)\n\n一、目标\n2020年,企业达到200家。到2025年,企业达到500家。\n"
    assert [t.value for t in read(text).of(rec.Target)] == [500.0]


def test_figures_under_a_summary_of_work_are_no_targets() -> None:
    text = "某镇报告\n\n一、2021年工作总结\n产值增长8%。\n二、2022年工作部署\n产值增长9%。\n"
    assert [t.value for t in read(text).of(rec.Target)] == [9.0]


@pytest.mark.parametrize("heading", ["2025年经济社会发展目标", "关于2025年工作", "全力做好2025年重点工作"])
def test_the_year_of_a_heading_governs_what_is_below_it(heading: str) -> None:
    text = f"某县计划草案报告\n\n一、{heading}\n生产总值增长6%左右。\n二、其他\n新增平台5个。\n"
    assert [t.deadline_end for t in read(text).of(rec.Target)] == [2025, None]


def test_who_leads_and_who_answers_in_a_list_without_labels() -> None:
    cases = {
        "(市科技局牵头)": ["lead"],
        "(市科技局、市广电局牵头)": ["lead", "lead"],
        "(市科技局牵头,市财政局按职责分工负责)": ["lead", "responsible"],
        "(市科技局牵头,市财政局配合)": ["lead", "support"],
    }
    for text, roles in cases.items():
        assert [m.role for m in find_mentions(text, 0, len(text))] == roles


@pytest.mark.parametrize(
    "head",
    [
        "某市数字经济实施方案\n(2022年)",
        "关于印发《某市数字经济实施方案(2022年)》的通知\n\n现印发给你们。\n\n某市数字经济实施方案",
    ],
)
def test_the_year_of_a_plan_may_stand_below_its_title_or_in_that_of_its_notice(head: str) -> None:
    text = f"{head}\n\n一、目标\n增加值达到450亿元。\n"
    assert [t.deadline_end for t in read(text).of(rec.Target)] == [2022]


def test_a_space_parts_the_units_of_a_cell() -> None:
    text = (
        "某县任务\n\n一、任务分解\n序号 | 工作任务 | 责任单位 |\n"
        "1 | 增加学位5000个。 | 县教体局 各相关乡镇政府 |\n2 | 建设平台。 | 县卫健委 |\n"
    )
    names = [r.as_written for r in read(text).of(rec.Responsibility)]
    assert names == ["县教体局", "各相关乡镇政府", "县卫健委"]


def test_a_document_says_once_who_leads_its_lists() -> None:
    said = "(市科技局、区政府,市财政局。列逗号之前的为牵头单位,其他有关单位按职责分工配合,下同)"
    text = f"建设平台。{said}\n培育企业。(市工信局,市财政局)\n"
    roles = [(text[m.start : m.end], m.role) for m in find_mentions(text, 0, len(text))]
    assert roles == [
        ("市科技局", "lead"), ("区政府", "lead"), ("市财政局", "support"),
        ("市工信局", "lead"), ("市财政局", "support"),
    ]  # fmt: skip
    text = "(责任单位:市科技局、市财政局;第一个逗号前为牵头单位,下同)"
    assert [m.role for m in find_mentions(text, 0, len(text))] == ["lead", "lead"]
    text = "(责任单位:市科技局、市财政局,列第一位的为牵头单位,下同)"
    assert [m.role for m in find_mentions(text, 0, len(text))] == ["lead", "responsible"]


def test_a_plan_of_the_fourteenth_five_years_sets_no_target_for_2020() -> None:
    text = "某市“十四五”发展规划\n\n一、预测\n2020年全市机动车保有量106.8万辆。到2025年新增10万辆。\n"
    assert [t.value for t in read(text).of(rec.Target)] == [10.0]


def test_an_earlier_plan_of_the_same_name_is_another_document() -> None:
    text = (
        "某市教育三年行动计划(2011-2013年)\n\n一、回顾\n"
        "实施《某市教育三年行动计划(2006-2008年)》,改善条件。\n"
    )
    assert [(c.relation, "2006" in c.title) for c in read(text).of(rec.Citation)] == [("cites", True)]


def test_a_safeguard_without_parts_is_an_item() -> None:
    text = "某市创新行动方案\n\n一、任务\n(一)甲。乙。\n(二)丙。丁。\n二、保障机制\n市科技局要加强统筹。\n"
    found = read(text)
    assert [i.kind for i in found.of(rec.Item)][-1] == "safeguard"
    assert [r.as_written for r in found.of(rec.Responsibility)] == ["市科技局"]


def test_a_name_with_a_place_in_brackets_is_another_unit() -> None:
    text = "某县招商措施\n\n一、兑现\n由县工信局牵头,会同修水工业园管委会、修水(九江)工业园管委会等核定。\n"
    units = [r.unit for r in read(text).of(rec.Responsibility)]
    assert len(units) == len(set(units)) == 3


def test_yearly_parts_behind_their_total_contradict_nothing() -> None:
    text = (
        "某市设备更新方案\n\n一、任务\n"
        "到2027年更新老旧设备5218台,其中2024年850台、2025年1200台、2026年1440台、2027年1728台。\n"
    )
    assert not list(read(text).of(rec.Conflict))
    other = text + "二、目标\n到2027年更新老旧设备6000台。\n"
    assert [c.kind for c in read(other).of(rec.Conflict)] == ["value"]


NAMES = [
    ("新建数据中心20个,总规模达50个", ["新建数据中心数", "数据中心总规模"]),
    ("每年新增企业30家,到2028年,专精特新中小企业数量达到270家", ["新增企业数", "专精特新中小企业数"]),
    ("虚拟电厂削峰能力(2小时左右)达到100万千瓦", ["虚拟电厂削峰能力(2小时左右)"]),
    ("用户侧储能规模100万千瓦/200万千瓦时", ["用户侧储能规模", "用户侧储能规模"]),
    ("工业用地50%以上实现“标准地”供应", ["工业用地实现“标准地”供应占比"]),
    ("再生资源回收总量达到1000万吨", ["再生资源回收总量"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES, ids=[n[0][:14] for n in NAMES])
def test_a_name_says_what_is_measured(text: str, names: list[str]) -> None:
    seen = fold(text)
    assert [t.indicator for t in find_targets(seen, 0, len(seen))] == names


def test_a_figure_of_each_place_says_so() -> None:
    text = "全省每个街道至少建有1所养老服务机构,全省新增床位5万张。"
    assert [t.scope for t in find_targets(text, 0, len(text))] == ["每个街道", "全省"]


def test_the_year_before_a_list_of_lines_with_dashes_is_theirs() -> None:
    text = (
        "力争到2027年,打造高地。\n--规模倍增。总产值突破200亿元。\n--应用广泛。建成加氢站20座。\n企业10家。"
    )
    assert [t.years for t in find_targets(text, 0, len(text))] == [(2027, 2027), (2027, 2027), None]


def test_units_of_an_unknown_place_share_the_level_that_a_list_says_once() -> None:
    text = "一、甲\n建平台。(责任单位:市发改委、工信局)\n二、乙\n育企业。(责任单位:市工信局、财政局)\n"
    units = {r.as_written: r.unit for r in read(text).of(rec.Responsibility)}
    assert units["工信局"] == units["市工信局"]


def test_the_name_of_a_place_is_not_said_twice() -> None:
    text = "上海市某方案\n\n一、甲\n建平台。(责任单位:市科委、上海海事局)\n"
    names = [r.unit_name for r in read(text).of(rec.Responsibility)]
    assert names[1] == "上海海事局"
