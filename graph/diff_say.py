"""What changed between two readings of one plan, in words, Chinese and English. Matches nothing.

Raised and lowered are said of what is asked: a floor that rises and a ceiling that falls are raised, a bare
figure goes by what the registry wants more or less of (aims.direction); where that is not known the value is
only changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias

from graph.aims import direction
from graph.measures import amount
from graph.words import SIGNS, Said, figure_words, target_words, years
from loaders import registry
from loaders.records import Item, Responsibility, Role, Target
from ontology import schemes

Kind: TypeAlias = Literal[
    "document_added",
    "document_removed",
    "document_republished",
    "document_followed",
    "document_edited",
    "trust_changed",
    "item_added",
    "item_removed",
    "item_renamed",
    "item_moved",
    "target_added",
    "target_removed",
    "target_raised",
    "target_lowered",
    "target_changed",
    "comparator_changed",
    "deadline_earlier",
    "deadline_later",
    "deadline_set",
    "deadline_dropped",
    "commitment_firmer",
    "commitment_softer",
    "unit_added",
    "unit_removed",
    "unit_handed_over",
    "role_changed",
    "status_changed",
]
Sides: TypeAlias = tuple[str | None, str | None]
"""What stands before and after."""
FIRMNESS: Final = {"计划": 0, "力争": 1, "确保": 2}
STRICTNESS: Final = {"~": 0, "=": 1, "range": 1, ">=": 1, "<=": 1, ">": 2, "<": 2}
ROLES: Final[dict[Role, Said]] = {
    "lead": ("牵头", "lead"),
    "responsible": ("责任", "responsible"),
    "support": ("配合", "support"),
}
MODALITIES: Final = {"确保": "guaranteed", "力争": "striven for", "计划": "planned"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the document (id) it is in, and the records (ids) before and after, null for none."""

    kind: Kind
    document: str
    before: str | None
    after: str | None
    said_zh: str
    said_en: str


def target_changes(one: Target, two: Target, document: str, shift: int) -> Iterator[Change]:
    """What became of a target; `shift` years between the plans are no change of a deadline."""

    def change(kind: Kind, zh: str, en: str) -> Change:
        name_zh, name_en = _name(two)
        return Change(kind, document, one.id, two.id, f"“{name_zh}”{zh}", f"{name_en}: {en}")

    yield from _values(one, two, change)
    yield from _deadlines(one, two, shift, change)
    if one.modality != two.modality:
        firmer = FIRMNESS[two.modality] > FIRMNESS[one.modality]
        zh = f"承诺由“{one.modality}”改为“{two.modality}”（{'更硬' if firmer else '更软'}）"
        words = f"{MODALITIES[one.modality]} to {MODALITIES[two.modality]}"
        en = f"commitment {'firmer' if firmer else 'softer'}, from {words}"
        yield change("commitment_firmer" if firmer else "commitment_softer", zh, en)


class _Maker(Protocol):
    def __call__(self, kind: Kind, zh: str, en: str) -> Change: ...


def _name(target: Target) -> Said:
    entry = registry.indicator(target.indicator)
    return target.indicator, target.indicator if entry is None else entry.name_en


def _values(one: Target, two: Target, change: _Maker) -> Iterator[Change]:
    before, after = _amounts(one), _amounts(two)
    (from_zh, from_en), (to_zh, to_en) = (_figure(t) for t in (one, two))
    when = years(two.deadline_start, two.deadline_end)
    at_zh, at_en = (f"（{when}年）", f" ({when})") if when is not None else ("", "")
    if before != after:
        up = _raised(one, two)
        kind: Kind = "target_changed" if up is None else "target_raised" if up else "target_lowered"
        word_zh, word_en = {
            "target_raised": ("提高", "raised"),
            "target_lowered": ("降低", "lowered"),
            "target_changed": ("改变", "changed"),
        }[kind]
        yield change(
            kind, f"目标{word_zh}：由{from_zh}到{to_zh}{at_zh}", f"{word_en} from {from_en} to {to_en}{at_en}"
        )
    elif one.comparator != two.comparator:
        more = STRICTNESS[two.comparator] - STRICTNESS[one.comparator]
        sense_zh, sense_en = (
            ("，更严", ", stricter") if more > 0 else ("，更松", ", looser") if more else ("", "")
        )
        zh = f"比较方式由“{SIGNS[one.comparator]}”改为“{SIGNS[two.comparator]}”{at_zh}{sense_zh}"
        en = f"comparator from “{SIGNS[one.comparator]}” to “{SIGNS[two.comparator]}”{at_en}{sense_en}"
        yield change("comparator_changed", zh, en)


def _figure(target: Target) -> Said:
    """The figure as `figure_words` says it, a bare one without its sign."""
    zh, en = figure_words(target)
    return zh.removeprefix("="), en.removeprefix("= ")


def _amounts(target: Target) -> tuple[object, object]:
    high = None if target.value_max is None else amount(target.value_max, target.unit)
    return amount(target.value, target.unit), high


def _raised(one: Target, two: Target) -> bool | None:
    """Whether more is asked than before; null where that is not known."""
    wanted = {direction(t.comparator, t.indicator, t.unit) for t in (one, two)} - {None}
    if len(wanted) != 1:
        return None
    down = wanted == {"down"}
    low = [amount(t.value, t.unit) for t in (one, two)]
    high = [amount(t.value if t.value_max is None else t.value_max, t.unit) for t in (one, two)]
    first, second = (high, low) if down else (low, high)
    pair = first if first[0] != first[1] else second
    return (pair[1] < pair[0]) if down else (pair[1] > pair[0])


def _deadlines(one: Target, two: Target, shift: int, change: _Maker) -> Iterator[Change]:
    before, after = (years(t.deadline_start, t.deadline_end) for t in (one, two))
    if one.deadline_end is None or two.deadline_end is None:
        if after is not None:
            yield change("deadline_set", f"期限定为{after}年", f"deadline set to {after}")
        elif before is not None:
            yield change(
                "deadline_dropped", f"不再有期限（原为{before}年）", f"deadline dropped (was {before})"
            )
        return
    moved = two.deadline_end - one.deadline_end - shift
    if moved:
        kind: Kind = "deadline_later" if moved > 0 else "deadline_earlier"
        zh = f"期限{'推后' if moved > 0 else '提前'}：由{before}年到{after}年"
        yield change(kind, zh, f"deadline {'later' if moved > 0 else 'earlier'}: from {before} to {after}")


def target_only(target: Target, document: str, kind: Literal["target_added", "target_removed"]) -> Change:
    """A target that is in one of the two alone."""
    (zh, en), added = target_words(target), kind == "target_added"
    ids: Sides = (None, target.id) if added else (target.id, None)
    zh, en = f"{'新增' if added else '去掉'}目标：{zh}", f"target {'added' if added else 'removed'}: {en}"
    return Change(kind, document, *ids, zh, en)


def item_changes(one: Item, two: Item, document: str, parent_moved: bool) -> Iterator[Change]:
    """What became of an item; a new number alone is no change."""
    if one.title != two.title:
        zh = f"条目改名：{one.path}“{one.title}”改为{two.path}“{two.title}”"
        en = f"item renamed: {one.path} “{one.title}” to {two.path} “{two.title}”"
        yield Change("item_renamed", document, one.id, two.id, zh, en)
    if parent_moved:
        zh = f"条目移位：“{two.title}”由{one.path}移到{two.path}"
        en = f"item moved: “{two.title}” from {one.path} to {two.path}"
        yield Change("item_moved", document, one.id, two.id, zh, en)


def item_only(item: Item, document: str, kind: Literal["item_added", "item_removed"]) -> Change:
    """An item that is in one of the two alone."""
    added = kind == "item_added"
    ids: Sides = (None, item.id) if added else (item.id, None)
    zh = f"{'新增' if added else '去掉'}条目：{item.path}“{item.title}”"
    en = f"item {'added' if added else 'removed'}: {item.path} “{item.title}”"
    return Change(kind, document, *ids, zh, en)


def duty_changes(
    before: Sequence[Responsibility], after: Sequence[Responsibility], item: Item, document: str
) -> Iterator[Change]:
    """What became of the units of an item: handed over where one unit gives way to one other in a role."""
    one, two = _by_unit(before), _by_unit(after)
    name = f"{item.path}“{item.title}”"
    gone = {u: d for u, d in one.items() if u not in two}
    new = {u: d for u, d in two.items() if u not in one}
    for role, (role_zh, role_en) in ROLES.items():
        givers = [d for d in gone.values() if d.role == role]
        takers = [d for d in new.values() if d.role == role]
        if len(givers) == len(takers) == 1:
            giver, taker = givers[0], takers[0]
            zh = f"{name}的{role_zh}单位由{giver.unit_name}交给{taker.unit_name}"
            en = f"{name}: handed over from {giver.unit_name} to {taker.unit_name} ({role_en})"
            yield Change("unit_handed_over", document, giver.id, taker.id, zh, en)
            del gone[giver.unit], new[taker.unit]
    for duty in gone.values():
        zh = f"{name}不再由{duty.unit_name}承担（{ROLES[duty.role][0]}）"
        en = f"{name}: {duty.unit_name} no longer answers for it ({ROLES[duty.role][1]})"
        yield Change("unit_removed", document, duty.id, None, zh, en)
    for duty in new.values():
        zh = f"{name}新增{duty.unit_name}（{ROLES[duty.role][0]}）"
        en = f"{name}: {duty.unit_name} answers for it too ({ROLES[duty.role][1]})"
        yield Change("unit_added", document, None, duty.id, zh, en)
    for unit in one:
        if unit in two and one[unit].role != two[unit].role:
            (from_zh, from_en), (to_zh, to_en) = ROLES[one[unit].role], ROLES[two[unit].role]
            zh = f"{name}中{two[unit].unit_name}由{from_zh}改为{to_zh}"
            en = f"{name}: {two[unit].unit_name} from {from_en} to {to_en}"
            yield Change("role_changed", document, one[unit].id, two[unit].id, zh, en)


def _by_unit(duties: Sequence[Responsibility]) -> dict[str, Responsibility]:
    """The duty of each unit that has the weightiest role, in document order."""
    order = list(ROLES)
    best: dict[str, Responsibility] = {}
    for duty in duties:
        known = best.get(duty.unit)
        if known is None or order.index(duty.role) < order.index(known.role):
            best[duty.unit] = duty
    return best


def status_change(
    target: str, document: str, name: Said, states: tuple[str, str], labels: Mapping[str, Mapping[str, str]]
) -> Change:
    """A target that stands otherwise than before; `states` are notations of the progress scheme."""
    said = [labels[schemes.NOTATIONS[schemes.scheme_progress][state]] for state in states]
    zh = f"“{name[0]}”进展由“{said[0]['zh']}”变为“{said[1]['zh']}”"
    en = f"{name[1]}: status from {said[0]['en']} to {said[1]['en']}"
    return Change("status_changed", document, target, target, zh, en)
