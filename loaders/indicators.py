"""What a target measures: the words beside its figure become one canonical name."""

from __future__ import annotations

import re

from loaders.comparators import ANY_BEFORE
from loaders.registry import indicator
from loaders.rules import any_of, load, words

_MODAL = any_of("targets", "modalities")
_YEAR_LEAD = "至|到|在|力争到|截至"
_YEAR = (
    rf"(?:(?:{_YEAR_LEAD})?(?:19|20)\d\d年?(?:(?:-|~|至)(?:19|20)\d\d年)?"
    r"(?:(?:底|末)?(?:以前|之前|前)|底|末|左右)?)"
)
_FILLER = (
    r"每年度?|今年|同比|(?:[一二两三四五]|\d)年内|年内|全年|分别|成功|预计|计划|争取|努力"
    r"|要|其中|将|使(?!用)|的"
)
_HEAD = re.compile(rf"^(?:[,、;:。/和及与并且 ]|{_YEAR}|{_MODAL}|{_FILLER})+")
_ITEM_NUMBER = re.compile(r"^(?:\d{1,2}[.、](?!\d)|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\))")
_SCOPE_HEAD = re.compile(rf"^(?:{'|'.join(w for w in words('targets', 'scope') if w != '全社会')})")
_PLACE_HEAD = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:区|市|县)(?:辖区内|范围内|全区|境内)")
_TAIL = re.compile(rf"(?:{ANY_BEFORE}|分别|力争|实现|总额|为|在|的|,|共|共计|合计|累计)+$")
_VERB_HEAD = re.compile(
    r"^(?:认定(?!为)|完成|成功|实现|拥有|建成(?!区)|建立|形成|积极|加快|大力|努力|每年|年内|再(?!生)|建(?=省|国|市|县))+(?=.{2})"
)
_EACH_ONE = re.compile(
    r"^(?:所有|每个|各)[省市州县区乡镇街道社村()、]{1,12}(?:均|都|全部|至少){0,2}(?:组建|建成|建有|建立|设有|配备|有)?(?=.{2})"
)
_TO_WHOM = re.compile(r"^(?:面向|向|为)[^,、]{2,12}?(?=免费|发放|提供|推介)(?:免费)?")
_MANNER = re.compile(
    r"^[^,]{0,8}?(?:通过|采取)[^,]{2,60}?(?:方式|形式|途径|渠道)(?=.{2})"
    r"|以[^,]{2,40}?为[^,]{2,40}?的(?=[^,、的]{2,12}$)|(?<=.{4})用于.{2,40}$"
)
_COUNTED = re.compile(
    r"(?:数|量|额|率|值|总数|人数|次数|面积|规模|收入|增速|比重|占比|经费|资金|投资|产值|指数)$"
)
_AMOUNT = re.compile(r"[吨米元亩瓦时]$")
"""What is weighed or measured keeps its 总量: 回收总量 in 万吨, but 企业数 for 企业数量."""

_RISE = re.compile(r"(?<![新净递倍猛激])增$")
"""同比增30%."""

_PART_OF_YEAR = re.compile(
    r"(?P<part>上半年|下半年|[一二三四]季度|前[一二三四]季度|\d{1,2}月底前)(?:累计)?(?:完成|实现|投放|下达)?$"
)
_BARE_VERB = re.compile(r"(?:完成|实现|达到|投放|下达|增长到|累计|总计|原则上|按)?")
_OF_GDP = re.compile(r"占(?:(?:国内|地区)生产总值|GDP)(?:\(GDP\))?的?(?=比重|比例)")
_SINCE = re.compile(r"(?:相比|相较|[比较与同])于?(?P<year>(?:19|20)\d\d)年(?:底|末)?(?:相比|比)?")
LEVEL: str = load("targets")["level"]
LEVEL_ONLY = re.compile(LEVEL)
_VERB_AND_LEVEL = re.compile(rf"(?:{any_of('targets', 'verbs')})?(?:{LEVEL})?")
_MEASURE = re.compile(rf"(?:{any_of('targets', 'measures')})$")
FRAGMENT = re.compile(rf"^(?:{any_of('targets', 'fragments')})$")


def written(text: str) -> str:
    """The words of an indicator as they stand, without year, modal word and comparator."""
    name = _HEAD.sub("", _ITEM_NUMBER.sub("", text.strip()))
    name = _HEAD.sub("", _SCOPE_HEAD.sub("", name))
    name = _SINCE.sub("", name)
    name = _TAIL.sub("", name).strip(" ,、")
    name = _RISE.sub("增长", name)
    part = _PART_OF_YEAR.search(name)
    if part:
        name = _PART_OF_YEAR.sub("", name) + f"({part.group('part')})"
    return "" if _BARE_VERB.fullmatch(name) else name


def since(text: str) -> int | None:
    """The year that a clause compares with: 2020 in 较2020年提高."""
    match = _SINCE.search(text)
    return int(match.group("year")) if match else None


def noun(name: str) -> str:
    """What a name speaks of without its verb and level: 众创空间 of 建设市级以上众创空间."""
    return _VERB_AND_LEVEL.sub("", name, count=1)


def measure(name: str) -> str:
    """The measure that ends a name (营业收入), or an empty text."""
    match = _MEASURE.search(name)
    return match.group() if match else ""


def holder(name: str) -> str:
    """Whose measure ends a name: 蔬菜 of 蔬菜种植面积, 园区 of 园区营业收入; the name where none ends it."""
    return _MEASURE.sub("", name) or name


def subject(name: str) -> str:
    """Whose measure a name gives: 高新技术企业 of 新认定高新技术企业, 研发投入 of 研发投入增长."""
    bare = re.split(r"占(?=[^据])", name)[0]
    bare = re.sub(r"(?:年均)?(?:增长|增速|增幅|增加(?!值)|新增|提高|提升|下降).*$", "", bare)
    return re.sub(r"^(?:新认定|新增|认定|新培育|净增|新建|建成|建设)(?=..)", "", bare)


def canonical(name: str, unit: str | None, growth: bool) -> str:
    """The canonical name of an indicator: the registry's where it has the name, else one composed by rule.

    Place words and empty verbs go; what is counted ends with 数.
    """
    bare = re.sub(r"\s+", "", name)
    bare = _PLACE_HEAD.sub("", _SCOPE_HEAD.sub("", bare))
    bare = _MANNER.sub("", _TO_WHOM.sub("", _EACH_ONE.sub("", bare))) or bare
    stock = bare if bare.endswith("占比") else _VERB_HEAD.sub("", bare)
    if not _AMOUNT.search(unit or ""):
        stock = re.sub(r"(?:的)?(?:总数|总量|数量)$", "数", stock)
    if counts(unit) and not growth and not _COUNTED.search(stock):
        stock += "数"
    if growth and stock.endswith("上涨"):
        stock = stock[:-2] + "涨幅"
    elif growth:
        stock = re.sub(r"增长$", "增长率", stock) if re.search("增|速|幅|率|降", stock) else stock + "增长率"
    rate = stock.replace("增长率", "增速")
    share = _OF_GDP.sub("占GDP", stock)
    for candidate in (stock, bare, bare + "数", re.sub(r"数$", "", stock), rate, share):
        entry = indicator(candidate)
        if entry:
            return entry.name_zh
    return stock


def counts(unit: str | None) -> bool:
    """Whether a unit counts things (万家, 个, 名), in distinction from money, shares and measures."""
    return unit is not None and unit.split("/")[0].lstrip("万亿千百") in load("targets")["counting"]


def flow_verb(name: str) -> str | None:
    """The verb of flow that begins a name, if one does: 引进 of 引进专精特新企业."""
    return next((v for v in words("targets", "flow") if name.startswith(v)), None)


def starts_with_verb(name: str) -> bool:
    """Whether a name brings a verb of its own."""
    return name.startswith(words("targets", "verbs"))
