"""What a record claims, as a sentence in Chinese and one in English. Reads no text and judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatchmethod
from typing import Final, Literal, TypeAlias

from graph.measures import measure_unit, plain
from loaders import registry
from loaders.records import (
    Alignment,
    AnyRecord,
    Citation,
    Conflict,
    Declaration,
    Document,
    FieldAssignment,
    Goal,
    Item,
    Record,
    Repair,
    Responsibility,
    Section,
    Target,
)
from ontology import schemes

Said: TypeAlias = tuple[str, str]
"""The same in Chinese and in English."""
Labels: TypeAlias = Mapping[str, Mapping[str, str]]
"""The names of concepts (IRIs) by language."""
SIGNS: Final = {">=": "≥", ">": ">", "=": "=", "<=": "≤", "<": "<", "~": "≈", "range": "="}
ITEM_KINDS: Final = {
    "action": ("行动", "action"),
    "task": ("任务", "task"),
    "measure": ("举措", "measure"),
    "safeguard": ("保障措施", "safeguard"),
}
RELATIONS: Final = {"implements": ("落实", "carries out"), "relates_to": ("相关于", "is related to")}
DECLARED: Final = {True: ("相符", "they agree"), False: ("不符", "they differ")}


class Words:
    """Says what records claim; `find` gives the record of an id, null where it is none of the store."""

    def __init__(self, labels: Labels, find: Callable[[str], AnyRecord | None]) -> None:
        """Takes the labels of the concepts and a way to the records that others refer to."""
        self._labels, self._find = labels, find

    def label(self, scheme: str, value: str) -> Said:
        """The name of the concept that stands for a record's value; the value itself where there is none."""
        names = self._labels.get(schemes.NOTATIONS[scheme].get(value, ""), {})
        return names.get("zh", value), names.get("en", value)

    def title(self, record_id: str | None) -> str:
        """The title of an item, section or document, with its path."""
        record = None if record_id is None else self._find(record_id)
        if isinstance(record, Item):
            return f"{record.path} {record.title}"
        return record.title or record.id if isinstance(record, Section | Document) else record_id or ""

    @singledispatchmethod
    def say(self, record: Record) -> Said:
        """The claim in words."""
        raise TypeError(f"no words are there for {type(record).__name__}")

    @say.register
    def _(self, record: Document) -> Said:
        kind_zh, kind_en = self.label(schemes.scheme_kind, record.kind or "其他")
        zh, en = (
            [f"文件《{record.title or record.id}》（{kind_zh}）"],
            [f"《{record.title or record.id}》 ({kind_en})"],
        )
        if record.issuer is not None:
            zh, en = [*zh, f"发文机关{record.issuer}"], [*en, f"issued by {record.issuer}"]
        if record.date is not None:
            zh, en = [*zh, f"日期{record.date}"], [*en, f"dated {record.date}"]
        if record.jurisdiction is not None:
            zh, en = [*zh, f"地区{record.jurisdiction}"], [*en, f"of {record.jurisdiction}"]
        return "，".join(zh), ", ".join(en)

    @say.register
    def _(self, record: Section) -> Said:
        name = f"{record.label or ''}{record.title}"
        above = self.title(record.parent)
        zh, en = f"标题“{name}”，第{record.level}层", f"the heading “{name}”, level {record.level}"
        return (f"{zh}，在“{above}”之下", f"{en}, below “{above}”") if above else (zh, en)

    @say.register
    def _(self, record: Item) -> Said:
        kind_zh, kind_en = ITEM_KINDS[record.kind]
        above = self.title(record.parent)
        zh, en = f"{kind_zh}{record.path}“{record.title}”", f"the {kind_en} {record.path} “{record.title}”"
        return (f"{zh}，属于“{above}”", f"{en}, part of “{above}”") if above else (zh, en)

    @say.register
    def _(self, record: Target) -> Said:
        zh, en = target_words(record)
        modality_zh, modality_en = self.label(schemes.scheme_commitment, record.modality)
        basis_zh, basis_en = self.label(schemes.scheme_deadline, record.deadline_basis)
        zh, en = f"{zh}（{modality_zh}）；期限{basis_zh}", f"{en} ({modality_en}); deadline {basis_en}"
        above = self.title(record.item)
        return (f"{zh}；属于条目“{above}”", f"{en}; of the item “{above}”") if above else (zh, en)

    @say.register
    def _(self, record: Goal) -> Said:
        modality_zh, modality_en = self.label(schemes.scheme_commitment, record.modality)
        zh = f"没有数字的目标“{record.subject}{record.wording}”（{modality_zh}）"
        en = f"a goal without a figure, “{record.subject}{record.wording}” ({modality_en})"
        above = self.title(record.item)
        return (f"{zh}；属于条目“{above}”", f"{en}; of the item “{above}”") if above else (zh, en)

    @say.register
    def _(self, record: Responsibility) -> Said:
        role_zh, role_en = self.label(schemes.scheme_role, record.role)
        item = self.title(record.item)
        written = "" if record.as_written == record.unit_name else record.as_written
        as_zh, as_en = (f"（原文“{written}”）", f" (written “{written}”)") if written else ("", "")
        return (
            f"{record.unit_name}{as_zh}对“{item}”承担：{role_zh}",
            f"{record.unit_name}{as_en} answers for “{item}”: {role_en}",
        )

    @say.register
    def _(self, record: Citation) -> Said:
        relation_zh, relation_en = self.label(schemes.scheme_relation, record.relation)
        zh, en = f"引用《{record.title}》：{relation_zh}", f"cites 《{record.title}》: {relation_en}"
        if record.number is not None:
            zh, en = f"{zh}，文号{record.number}", f"{en}, number {record.number}"
        if record.resolved is None:
            return f"{zh}；图中没有这份文件", f"{en}; the graph does not hold it"
        return f"{zh}；即图中的 {record.resolved}", f"{en}; it is {record.resolved} of the graph"

    @say.register
    def _(self, record: FieldAssignment) -> Said:
        field_zh, field_en = self.label(schemes.scheme_field, record.field)
        item = self.title(record.item)
        return (
            f"条目“{item}”属于政策领域“{field_zh}”，因有“{record.word}”",
            f"the item “{item}” belongs to the field {field_en}: it says “{record.word}”",
        )

    @say.register
    def _(self, record: Declaration) -> Said:
        agree_zh, agree_en = DECLARED[record.declared == record.found]
        found_zh = "没有读到" if record.found is None else f"读到{record.found}"
        found_en = "none" if record.found is None else str(record.found)
        return (
            f"文件自报“{record.what}”{record.declared}，{found_zh}，{agree_zh}",
            f"declares {record.declared} of “{record.what}”, {found_en} found: {agree_en}",
        )

    @say.register
    def _(self, record: Repair) -> Said:
        zh = f"“{record.raw}”应为“{record.repaired}”，置信度{plain(record.confidence)}"
        en = f"“{record.raw}” should read “{record.repaired}”, confidence {plain(record.confidence)}"
        if record.decided:
            return f"{zh}；读取时按后者，原文不改", f"{en}; read as the latter, the text is left as it is"
        return f"{zh}；只作提示，读取时按原文", f"{en}; noticed only, read as it stands"

    @say.register
    def _(self, record: Conflict) -> Said:
        kind_zh, kind_en = self.label(schemes.scheme_conflict, record.kind)
        confidence = plain(record.confidence)
        targets = [t for t in map(self._find, record.targets) if isinstance(t, Target)]
        both = " | ".join(target_words(t)[1] for t in targets)
        return (
            f"{kind_zh}：{record.explanation}置信度{confidence}",
            f"{kind_en}: {both}; confidence {confidence}",
        )

    @say.register
    def _(self, record: Alignment) -> Said:
        lower, confidence = self.title(record.subject), plain(record.confidence)
        if record.object is None or record.relation is None:
            return (
                f"“{lower}”未找到上级对应条目，置信度{confidence}",
                f"“{lower}” has no counterpart above, confidence {confidence}",
            )
        upper, (verb_zh, verb_en) = self.title(record.object), RELATIONS[record.relation]
        status_zh, status_en = self.label(schemes.scheme_status, record.status)
        sure_zh, sure_en = f"置信度{confidence}，{status_zh}", f"confidence {confidence}, {status_en}"
        return (
            f"“{lower}”{verb_zh}上级“{upper}”；第{record.rank}选，{sure_zh}",
            f"“{lower}” {verb_en} “{upper}” above; choice {record.rank}, {sure_en}",
        )


def target_words(target: Target) -> Said:
    """A target's indicator, value and deadline in words."""
    entry = registry.indicator(target.indicator)
    return _sentence(
        (target.indicator, target.indicator if entry is None else entry.name_en),
        figure_words(target),
        target,
    )


def figure_words(target: Target) -> Said:
    """What a target asks for: its comparator, value and unit."""
    value = plain(target.value)
    if target.value_max is not None:
        value = f"{value}–{plain(target.value_max)}"
    unit_en = "" if target.unit is None else f" {measure_unit(target.unit).name_en}"
    sign = SIGNS[target.comparator]
    return f"{sign}{value}{target.unit or ''}", f"{sign} {value}{unit_en}"


def years(start: int | None, end: int | None) -> str | None:
    """The deadline as years: 2025, or 2030–2035; null without one."""
    if end is None:
        return None
    return str(end) if start in {None, end} else f"{start}–{end}"


def _sentence(name: Said, figure: Said, target: Target) -> Said:
    when = years(target.deadline_start, target.deadline_end)
    marks: list[tuple[bool | str | None, Said]] = [
        (target.scope, (f"{target.scope}", f"of {target.scope}")),
        (target.growth, ("增速", "growth")),
        (target.per_year, ("每年或年均", "per year or on average")),
    ]
    zh = "".join(f"（{words[0]}）" for is_so, words in marks if is_so)
    en = "".join(f" ({words[1]})" for is_so, words in marks if is_so)
    by: tuple[Literal[""] | str, str] = ("，没有期限", ", no deadline")
    by = (f"，期限{when}年", f" by {when}") if when is not None else by
    return f"“{name[0]}”{zh}{figure[0]}{by[0]}", f"{name[1]}{en} {figure[1]}{by[1]}"
