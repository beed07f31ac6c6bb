"""From a unit, target, indicator or item to everything that hangs on it, up and down and across documents.

A row is a responsibility with its item, target, deadline and status, the upper task that it answers and the
sentence that says so; a target without owner has a row without unit. Finds no names: ids come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias

from graph.curated import CuratedDocument, CuratedTarget, curated_documents
from graph.desk import Desk
from graph.ledger_columns import code_of
from graph.words import SIGNS, figure_words, years
from loaders import registry
from loaders.errors import UsageError
from loaders.records import Item, Responsibility, Target

Subject: TypeAlias = Literal["unit", "target", "indicator", "item"]
Way: TypeAlias = Literal["own", "up", "down"]
"""Whether a row is of what was asked for, of the upper item that it answers, or of a lower one."""
SHOWN: Final = 8
"""Candidates that a message lists."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One responsibility, or one target or item without one; ids are those of records, absent is null."""

    way: Way
    unit: str | None
    role: str | None
    as_written: str | None
    collective: bool | None
    item_path: str | None
    item_title: str | None
    indicator: str | None
    asked: str | None
    figure: str | None
    deadline: str | None
    deadline_basis: str | None
    commitment: str | None
    status: str | None
    arithmetic: str | None
    upper_path: str | None
    upper_title: str | None
    upper_relation: str | None
    upper_status: str | None
    document_title: str
    trust: str | None
    sentence: str
    start: int | None
    end: int | None
    unit_id: str | None
    item: str | None
    target: str | None
    upper: str | None
    document: str

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)


def trace_unit(desk: Desk, unit: str) -> list[TraceRow]:
    """What a unit (id) answers for, in every document."""
    rows: list[TraceRow] = []
    done: set[tuple[str, str | None]] = set()
    for duty in desk.duties:
        if duty.unit != unit:
            continue
        if duty.item is None:
            rows.append(_row(desk, "own", duty, None, None))
            continue
        for row in _below(desk, duty):
            if (row.item or "", row.target) not in done:
                done.add((row.item or "", row.target))
                rows.append(row)
    if not rows:
        raise UsageError(f"unit {unit}", f"answers for nothing as of {desk.as_of}", "name another unit")
    return rows


def _below(desk: Desk, duty: Responsibility) -> Iterator[TraceRow]:
    """A duty with every target in its item and below it, or once without one."""
    assert duty.item is not None  # the caller has looked
    found = [(item, t) for item in desk.below(duty.item) for t in desk.targets_in.get(item.id, ())]
    if not found:
        yield _row(desk, "own", duty, desk.items[duty.item], None)
    for item, target in found:
        yield _row(desk, "own", duty, item, target)


def trace_item(desk: Desk, item: str) -> list[TraceRow]:
    """Who answers for an item and what it asks; the upper item it answers, the lower ones answering it."""
    if item not in desk.items:
        raise UsageError(f"item {item}", f"was not there as of {desk.as_of}", "leave --as-of out")
    rows = list(_item_rows(desk, "own", item))
    counterpart = desk.counterpart(item)
    if counterpart is not None and counterpart.object is not None:
        rows += _item_rows(desk, "up", counterpart.object)
    for subject in dict.fromkeys(alignment.subject for alignment in desk.answers(item)):
        rows += _item_rows(desk, "down", subject)
    return rows


def _item_rows(desk: Desk, way: Way, item: str) -> Iterator[TraceRow]:
    for at in desk.below(item):
        targets = desk.targets_in.get(at.id, ())
        if not targets and (at.id in desk.children and not desk.duties_of.get(at.id)):
            continue
        for target in targets or (None,):
            yield from _owned(desk, way, at, target)


def trace_target(desk: Desk, target: str, way: Way = "own") -> list[TraceRow]:
    """Who answers for a target (id), read or curated."""
    if target in desk.targets:
        found = desk.targets[target]
        item = None if found.item is None else desk.items[found.item]
        return list(_owned(desk, way, item, found))
    for plan in curated_documents():
        for row in plan.targets:
            if row.id == target:
                return [_curated(desk, plan, row)]
    raise UsageError(f"target {target}", f"was not there as of {desk.as_of}", "leave --as-of out")


def trace_indicator(desk: Desk, indicator: str) -> list[TraceRow]:
    """Every target of an indicator (canonical name) in every document, with its owners; read ones first."""
    key = registry.indicator_id(indicator) or indicator
    found = [
        t.id for t in desk.targets.values() if (registry.indicator_id(t.indicator) or t.indicator) == key
    ]
    found += [
        t.id
        for plan in desk.curated
        for t in plan.targets
        if (registry.indicator_id(t.indicator) or t.indicator) == key
    ]
    if not found:
        raise UsageError(f"indicator {indicator}", "no target is about it", "see `gangmu ask indicators`")
    return [row for target in found for row in trace_target(desk, target)]


def find_target(desk: Desk, given: str) -> str:
    """The id of the one target that words mean: its id or code, or parts of its indicator, figure and year.

    UsageError where they mean none or several; these are listed, never chosen from.
    """
    wanted = given.strip()
    every = {t.id: _parts(t) for t in desk.targets.values()}
    every |= {t.id: _parts(t) for plan in desk.curated for t in plan.targets}
    exact = [i for i in every if wanted in (i, code_of(i))]
    found = exact or [i for i, said in every.items() if wanted and all(w in said for w in wanted.split())]
    if len(found) == 1:
        return found[0]
    what = f"target {given}"
    if not found:
        raise UsageError(what, "no target says so", "give its indicator, figure and year, or its id")
    listed = ", ".join(f"{_called(desk, i)} ({i})" for i in found[:SHOWN])
    problem = f"means {len(found)} targets: {listed}"
    if len(found) > SHOWN:
        problem += f" and {len(found) - SHOWN} more"
    raise UsageError(what, problem, "give the id in brackets")


def _called(desk: Desk, target: str) -> str:
    """A target in a message: its indicator, what it asks, and when."""
    read = desk.targets.get(target)
    if read is not None:
        return (
            f"{read.indicator}{figure_words(read)[0]} {years(read.deadline_start, read.deadline_end) or '—'}"
        )
    row = next(t for plan in curated_documents() for t in plan.targets if t.id == target)
    return f"{row.indicator}{SIGNS[row.comparator]}{row.figure} {row.deadline}"


def _parts(target: Target | CuratedTarget) -> str:
    """What a target can be called by, its id first."""
    if isinstance(target, CuratedTarget):
        return f"{target.id} {target.indicator} {target.figure} {target.deadline}"
    when = years(target.deadline_start, target.deadline_end) or ""
    return f"{target.id} {target.indicator} {target.indicator_as_written} {target.figure} {when}".strip()


def _owned(desk: Desk, way: Way, item: Item | None, target: Target | None) -> Iterable[TraceRow]:
    owners = desk.owners(None if item is None else item.id)
    return [_row(desk, way, duty, item, target) for duty in owners or (None,)]


def _row(
    desk: Desk, way: Way, duty: Responsibility | None, item: Item | None, target: Target | None
) -> TraceRow:
    record = target or duty or item
    assert record is not None  # a row is of something
    document = desk.document(record)
    counterpart = desk.counterpart(None if item is None else item.id)
    upper = desk.items[counterpart.object] if counterpart is not None and counterpart.object else None
    status = None if target is None else desk.statuses[target.id]
    text = desk.reading_of[document.id].text
    return TraceRow(
        way=way,
        unit=None if duty is None else duty.unit_name,
        role=None if duty is None else duty.role,
        as_written=None if duty is None else duty.as_written,
        collective=None if duty is None else duty.collective,
        item_path=None if item is None else item.path,
        item_title=None if item is None else item.title,
        indicator=None if target is None else target.indicator,
        asked=None if target is None else figure_words(target)[0],
        figure=None if target is None else target.figure,
        deadline=None if target is None else years(target.deadline_start, target.deadline_end),
        deadline_basis=None if target is None else target.deadline_basis,
        commitment=None if target is None else target.modality,
        status=None if status is None else status.state,
        arithmetic=None if status is None else status.arithmetic_zh,
        upper_path=None if upper is None else upper.path,
        upper_title=None if upper is None else upper.title,
        upper_relation=None if counterpart is None else counterpart.relation,
        upper_status=None if counterpart is None or upper is None else counterpart.status,
        document_title=document.title or document.source_file,
        trust=document.trust,
        sentence=sentence(text, record.start, record.end),
        start=record.start,
        end=record.end,
        unit_id=None if duty is None else duty.unit,
        item=None if item is None else item.id,
        target=None if target is None else target.id,
        upper=None if upper is None else upper.id,
        document=document.id,
    )


def _curated(desk: Desk, plan: CuratedDocument, target: CuratedTarget) -> TraceRow:
    status = desk.statuses[target.id]
    nothing = dict.fromkeys(
        (
            "unit",
            "role",
            "as_written",
            "collective",
            "item_path",
            "item_title",
            "deadline_basis",
            "commitment",
        )
    )
    above = dict.fromkeys(("upper_path", "upper_title", "upper_relation", "upper_status", "upper"))
    ids = dict.fromkeys(("unit_id", "item", "start", "end", "trust"))
    return TraceRow(
        way="own",
        indicator=target.indicator,
        asked=f"{SIGNS[target.comparator]}{target.figure}",
        figure=target.figure,
        deadline=str(target.deadline),
        status=status.state,
        arithmetic=status.arithmetic_zh,
        document_title=plan.title,
        sentence=target.row.text,
        target=target.id,
        document=plan.id,
        **nothing,
        **above,
        **ids,
    )


ENDS: Final = "。；;\n"


def sentence(text: str, start: int, end: int) -> str:
    """The sentence of a passage: from the end of the one before it to its own."""
    first = max((text.rfind(mark, 0, start) for mark in ENDS), default=-1) + 1
    last = min((at for at in (text.find(mark, end) for mark in ENDS) if at >= 0), default=len(text) - 1) + 1
    return " ".join(text[first:last].split())
