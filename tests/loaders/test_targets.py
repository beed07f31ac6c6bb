"""What a clause says of a target: the rules of reading, one case each."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.found import Found
from loaders.targets import find_targets


def found(text: str) -> list[Found]:
    return list(find_targets(text, 0, len(text)))


CASES: list[tuple[str, list[dict[str, Any]]]] = [
    ("力争技术合同成交额突破60亿元。", [
        {"comparator": ">", "value": 60.0, "unit": "亿元", "modality": "力争"},
    ]),
    ("新认定高新技术企业580家以上,总数达到1700", [
        {"comparator": ">=", "value": 580.0, "indicator": "新认定高新技术企业数"},
        {"comparator": ">=", "value": 1700.0, "unit": None, "indicator": "国家高新技术企业数"},
    ]),
    ("新增引进新型研发机构1-2家", [{"comparator": "range", "value": 1.0, "value_max": 2.0, "unit": "家"}]),
    ("实施6-10个“揭榜挂帅”制项目", [{"comparator": "range", "value": 6.0, "value_max": 10.0}]),
    ("力争全社会研发投入增长8%以上、强度达2%", [
        {"growth": True, "value": 8.0, "comparator": ">="},
        {"growth": False, "value": 2.0, "indicator": "R&D经费支出占GDP比重"},
    ]),
    ("力争2025年,挂牌上市企业达到5家,2030年达到8家,2035年达到10家。", [
        {"years": (2025, 2025), "modality": "力争", "indicator": "挂牌上市企业数"},
        {"years": (2030, 2030), "modality": "力争", "indicator": "挂牌上市企业数"},
        {"years": (2035, 2035), "modality": "力争", "indicator": "挂牌上市企业数"},
    ]),
    ("2025年,力争辖区建立院士工作站达到2个;2030-2035年,市级高层次人才超15个。", [
        {"modality": "力争", "years": (2025, 2025)},
        {"modality": "计划", "years": (2030, 2035), "comparator": ">"},
    ]),
    ("至2025年,引进专精特新企业不低于15家,“瞪羚”企业不低于2家。", [
        {"indicator": "引进专精特新企业数"},
        {"indicator": "引进“瞪羚”企业数"},
    ]),
    ("每年研发费用补助项目不少于10个,科技类奖补资金不少于1200万元。", [
        {"per_year": True, "value": 10.0},
        {"per_year": True, "value": 1200.0, "unit": "万元"},
    ]),
    ("国家级创新载体实现零的突破", [{"value": 1.0, "comparator": ">=", "unit": None, "qualitative": True}]),
    ("力争成功引进10名高层次人才、10名紧缺型人才和100名“双创”人才", [
        {"indicator": "引进高层次人才数", "unit": "名"},
        {"indicator": "引进紧缺型人才数"},
        {"indicator": "引进“双创”人才数", "value": 100.0},
    ]),
    ("2030年左右,辖区内院士工作站达到2家以上", [{"comparator": ">=", "years": (2030, 2030)}]),
    ("全区挂牌上市企业接近10家", [{"comparator": "~", "scope": "全区"}]),
    ("“四新”产业和技术类创新型企业在全区产业发展格局中占据主导地位,占全区工业增加值比重超过60%", [
        {"indicator": "“四新”产业和技术类创新型企业占全区工业增加值比重", "unit": "%"},
    ]),
    ("到2030年,研发投入比2020年翻一番", [{"value": 2.0, "unit": "倍", "years": (2030, 2030)}]),
    ("到2025年、2027年,高新技术企业数量分别达到500家、800家", [
        {"value": 500.0, "years": (2025, 2025)},
        {"value": 800.0, "years": (2027, 2027), "comparator": ">="},
    ]),
    ("制造业、普惠小微贷款余额分别增长10%、13%", [
        {"indicator": "制造业增长率", "growth": True},
        {"value": 13.0, "growth": True},
    ]),
    ("研发投入强度由2020年的1.68%提高到2.6%", [
        {"value": 2.6, "baseline": (2020, 1.68), "indicator": "R&D经费支出占GDP比重", "years": None},
    ]),
    ("高新技术企业突破4万家,力争达到5万家", [
        {"value": 4.0, "unit": "万家", "comparator": ">", "modality": "计划"},
        {"value": 5.0, "unit": "万家", "comparator": ">=", "modality": "力争"},
    ]),
    ("2024年和2025年每年改造2.5万户以上", [{"years": (2024, 2025), "per_year": True}]),
    ("地区生产总值增长11%,达到282亿元", [
        {"indicator": "地区生产总值增长率"},
        {"indicator": "地区生产总值", "unit": "亿元", "growth": False},
    ]),
    ("工业投资上半年完成1600亿元,全年完成3200亿元", [
        {"indicator": "工业投资(上半年)"},
        {"indicator": "工业投资"},
    ]),
    ("贷款增速达10%左右", [{"comparator": "~", "growth": True}]),
    ("全省60%以上的规上工业企业建立研发机构", [
        {"value": 60.0, "comparator": ">=", "indicator": "规上工业企业"},
    ]),
    ("推进科技馆等15个重点项目建设", [{"value": 15.0, "indicator": "重点项目建设数"}]),
    ("培养三百名科技人才,占比超过六成", [
        {"value": 300.0, "unit": "名", "indicator": "培养科技人才数"},
        {"value": 6.0, "unit": "成", "comparator": ">"},
    ]),
    ("打造三个千亿级产业集群,培育五十家以上企业", [
        {"value": 3.0, "unit": "个"}, {"value": 50.0, "unit": "家", "comparator": ">="},
    ]),
    ("每个乡镇建立至少一所托育机构", [{"value": 1.0, "comparator": ">="}]),
    ("产值10亿元以上企业达到50家", [{"value": 50.0, "indicator": "产值10亿元以上企业数"}]),
    ("培育营收超百亿元企业5家、超50亿元企业10家", [
        {"indicator": "培育营收超百亿元企业数"}, {"value": 10.0, "indicator": "超50亿元企业数"},
    ]),
    ("到2025年,企业数量与2022年相比翻两番", [
        {"value": 4.0, "years": (2025, 2025), "baseline": (2022, None), "indicator": "企业数"},
    ]),
    ("到2025年,投入强度提高到2.5%,较2020年提高0.8个百分点", [
        {"value": 2.5, "comparator": ">="},
        {"value": 0.8, "unit": "个百分点", "baseline": (2020, None), "years": (2025, 2025)},
    ]),
    ("专利拥有量由2020年的1.2件提高到2025年的3件", [
        {"value": 3.0, "baseline": (2020, 1.2), "years": (2025, 2025), "comparator": ">="},
    ]),
    ("2024年、2025年分别新增8家、10家省级孵化器", [
        {"value": 8.0, "years": (2024, 2024), "indicator": "新增省级孵化器数"},
        {"value": 10.0, "years": (2025, 2025), "indicator": "新增省级孵化器数"},
    ]),
    ("建成1个国家级、3个省级、10个市级创新中心", [
        {"indicator": "国家级创新中心数"}, {"indicator": "省级创新中心数"}, {"indicator": "市级创新中心数"},
    ]),
    ("建设市级以上众创空间30家以上(其中国家级5家)", [
        {"comparator": ">="}, {"value": 5.0, "indicator": "国家级众创空间数"},
    ]),
    ("营业收入突破1万亿元,其中电子产业突破4000亿元、航空产业突破1000亿元", [
        {}, {"indicator": "电子产业营业收入"}, {"indicator": "航空产业营业收入"},
    ]),
    ("实施重大项目不少于20项/年", [{"per_year": True, "value": 20.0}]),
    ("到2027年,贷款余额过600亿元", [{"comparator": ">", "indicator": "贷款余额"}]),
    ("2025年底前达到5000套公寓", [{"years": (2025, 2025), "value": 5000.0}]),
    ("审议通过3项制度", [{"comparator": "=", "indicator": "审议通过制度数"}]),
    ("单位GDP能耗下降3%左右", [{"growth": True, "comparator": "~"}]),
    ("城镇登记失业率控制在4%以内", [{"comparator": "<="}]),
    ("“十四五”期间,新增科技型企业100家以上", [{"years": (2021, 2025)}]),
    ("改造20所标准化养老院、新增床位4000张", [{"indicator": "改造标准化养老院数"}, {"value": 4000.0}]),
    ("加快完成国家下达260万亩高标准农田建设任务", [{"value": 260.0, "unit": "万亩"}]),
    ("给予不少于500万元、300万元奖励", [{"comparator": ">="}, {"comparator": ">=", "value": 300.0}]),
    ("平均担保费率不高于1%", [{"comparator": "<=", "value": 1.0}]),
    ("建设国家救援基地、2个省级医疗中心", [{"indicator": "省级医疗中心数", "unit": "个"}]),
    ("形成50万吨/年以上规模,利用外资达到3亿美元", [{"value": 50.0}, {"value": 3.0}]),
    ("对“十四五”期间投产的项目,新增500家", [{"years": None}]),
    ("有效期至2025年,推荐单位不少于5个", [{"years": None}]),
    ("工业投资全年完成3200亿元,到2025年达到4000亿元", [{"this_year": True}, {"this_year": False}]),
    ("2024年投资全年完成30亿元", [{"years": (2024, 2024), "this_year": True}]),
    ("每年培训千名以上骨干,5年增加5个平台", [
        {"value": 1000.0, "per_year": True, "comparator": ">="}, {"value": 5.0, "per_year": False},
    ]),
    ("县(市)至少建有1所养护院,每个县建成1个中心", [{"comparator": ">="}, {"comparator": "="}]),
    ("占生产总值和服务业比重分别达到11%和18%左右", [
        {"indicator": "占生产总值比重"}, {"indicator": "占服务业比重", "comparator": "~"},
    ]),
    ("新增限额以上企业1000家以上,努力完成4000户的改造任务", [{"value": 1000.0}, {"value": 4000.0}]),
    ("最低工资标准平均上调15%左右", [{"value": 15.0, "comparator": "~"}]),
    ("到二〇三五年,企业达到10家,到二○二五年达到5家", [{"years": (2035, 2035)}, {"years": (2025, 2025)}]),
    ("财政资金撬动社会资本比例达到1∶5", [{"value": 5.0, "unit": "1:", "comparator": ">="}]),
    ("师生比不低于1:18", [{"value": 18.0, "unit": "1:"}]),
    ("企业达到5家。2025年达到6家、2027年达到8家。", [
        {"value": 5.0}, {"indicator": "企业数", "years": (2025, 2025)}, {"indicator": "企业数", "value": 8.0},
    ]),
    ("综合创新水平指数达到65.5", [{"unit": None, "value": 65.5}]),
    ("专项资金不少于1200万", [{"unit": "万", "value": 1200.0}]),
    ("研发强度提高0.5个百分点,营收年均增长10%", [{"unit": "个百分点"}, {"growth": True, "per_year": True}]),
    ("产值达到1.2万亿元,培训5万人次", [{"unit": "万亿元"}, {"unit": "万人次"}]),
    ("开展第一批3家市级创新型县(区)和12家创新型乡镇试点建设工作", [{"value": 3.0}, {"value": 12.0}]),
]  # fmt: skip

NONE = [
    "共17项指标进行监控",
    "高标准建设十大科创城",
    "落实“人才10条”政策",
    "聚焦“世界500强”“中国100强”等领军企业",
    "推动5G网络全面覆盖",
    "聚焦“2+4+X”高质量产业发展体系",
    "依据《规划(2022-2035年)》(赣发〔2022〕23号)",
    "实施省级以上平台申报",
    "截至2022年,全市高新技术企业已达500家",
    "按照每人1500元标准发放一次性扩岗补助",
    "对年产值超过5000万元的企业,优先支持",
    "对年产值超过8亿元、在全市纳税额达到1500万元的企业,给予50万元奖励",
    "综合实力稳居全国前10位",
    "实施黑羊站水厂3万吨扩建工程",
    "首套住房最低首付款比例调整为不低于15%",
    "每家最高不超过25万元",
    "突破一批核心关键技术瓶颈",
    "紧紧围绕三个中心,抓好三条措施",
    "对拥有一套及以上住房的家庭",
    "给予最高可达10万元",
    "发挥10亿元农业农村现代化基金带动作用",
    "用好5亿元省级前期工作经费",
    "按照首个超过500万元年度营业收入的3%给予一次性奖励",
    "允许在缴纳50%以上土地出让金后办证",
    "重点推进中石化50万吨/年聚乙醇酸、茅台3万吨技改工程",
    "对已签约农业类2亿元、工业类3亿元、服务业类10亿元以上项目实施“五个一”推进机制",
    "对购买人发放3万元消费券",
    "政府、房地产开发企业各承担50%",
    "围绕先进制造业集群13个重点产业链的规上企业",
    "壮大13条重点产业链",
    "支持指导13个改革试点县(市、区)创新机制",
    "每个企业给予10万元",
    "按照1:1的比例分担资金",
    "上午8:30召开会议",
    "实施双百计划、11.121人才工程,建设一廊一区",
    "按投资额70%抵扣应纳税所得额",
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0][:18] for c in CASES])
def test_a_clause_gives_its_targets(text: str, wanted: list[dict[str, Any]]) -> None:
    targets = found(text)
    assert len(targets) == len(wanted), [t.indicator for t in targets]
    for target, want in zip(targets, wanted, strict=True):
        assert {key: getattr(target, key) for key in want} == want


@pytest.mark.parametrize("text", NONE)
def test_a_figure_that_is_no_target_gives_none(text: str) -> None:
    assert found(text) == []
