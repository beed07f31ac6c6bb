"""Phrases that the auditor's rules share, Chinese and English. Looks for nothing."""

from __future__ import annotations

from collections.abc import Iterable

from graph.audit import Said, place_of
from graph.curated import CuratedTarget
from graph.desk import Desk
from graph.words import SIGNS, figure_words, target_words
from loaders import registry
from loaders.records import Responsibility, Target

MODALITIES = {"确保": "guaranteed", "力争": "striven for", "计划": "planned"}


def name_words(indicator: str) -> Said:
    """The name of an indicator."""
    entry = registry.indicator(indicator)
    return indicator, indicator if entry is None else entry.name_en


def any_target_words(target: Target | CuratedTarget) -> Said:
    """A target, read or curated, in words."""
    if isinstance(target, Target):
        return target_words(target)
    zh, en = name_words(target.indicator)
    sign = SIGNS[target.comparator]
    return (
        f"“{zh}”{sign}{target.figure}，期限{target.deadline}年",
        f"{en} {sign} {target.figure} by {target.deadline}",
    )


def asked(target: Target) -> Said:
    """What a target asks, with the word that binds it where the text has one."""
    zh, en = figure_words(target)
    zh, en = zh.removeprefix("="), en.removeprefix("= ")
    if target.qualitative:
        zh, en = target.figure, f"{target.figure} ({en})"
    if target.modality_word is None:
        return zh, en
    return f"{zh}（“{target.modality_word}”）", f"{en} ({MODALITIES[target.modality]})"


def stands(desk: Desk, target: Target) -> Said:
    """Where a target stands in its document."""
    place = place_of(desk, target)
    return (f"“{place}”", f"“{place}”") if place else ("正文", "the running text")


def names(duties: Iterable[Responsibility]) -> tuple[str, ...]:
    """The canonical names of units, each once."""
    return tuple(dict.fromkeys(duty.unit_name for duty in duties))


def owners_words(desk: Desk, target: Target) -> Said:
    """Who answers for a target."""
    units = names(desk.owners(target.item))
    if not units:
        return "未写责任单位", "no unit is named"
    return f"责任单位：{'、'.join(units)}", f"units: {', '.join(units)}"
