"""Takes actual values into a store, and judges its targets again. How a target is judged is progress.py's.

The file is kept in the store as it was given, in `observations/`; a file of the same name replaces what was
taken from it before, so that a corrected file corrects. The new store is made of the old one's records and
texts beside it and switched in whole, as by a build: a wrong row, a full disk or a kill leaves the old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from graph import iris, runs
from graph.aims import AsOf
from graph.content import Content, assemble, put
from graph.curated import curated_documents
from graph.ledger_read import Filled, Remark, read_ledger
from graph.ledger_rows import is_ledger
from graph.observations import ObservationFile, distinct, parse, read_file, shipped
from graph.progress import STATES, newest
from graph.restore import restore
from graph.store import NamedNode, Store, kept_observations
from graph.switch import growing, switch_in
from loaders.errors import StoreError, UsageError
from loaders.records import Reading, Target
from loaders.workbook import is_workbook
from ontology import schemes, terms

VERDICTS: Final = frozenset({"met", "on_track", "behind", "missed"})
"""States that say how a target does; changes from and to them are told first."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A target (id) whose status is another than before; `before` is null for one that had none."""

    target: str
    indicator: str
    figure: str
    deadline: int | None
    document: str
    title: str
    before: str | None
    after: str
    arithmetic_zh: str
    arithmetic_en: str


@dataclass(frozen=True, slots=True)
class ObserveReport:
    """What was taken in; `added` and `dropped` count observations that are new or gone from the store."""

    store: str
    file: str | None
    rows: int
    added: int
    dropped: int
    as_of: str
    statuses: dict[str, int]
    changes: tuple[StatusChange, ...]
    quads: int
    content: str
    kept: int = 0
    """Cells of a ledger that stand in the notes of its values."""
    untaken: tuple[Remark, ...] = ()
    """Cells of a ledger that were filled in and not taken."""
    doubted: tuple[Remark, ...] = ()
    """Cells of a ledger that were taken and should be looked at again."""


def observe(
    path: Path | None,
    store_dir: Path,
    as_of: AsOf | None = None,
    *,
    by: str | None = None,
    day: str | None = None,
) -> ObserveReport:
    """Takes the rows of a file (null: none) into the store and judges every target as of a point in time.

    Without `as_of` that is the end of the newest observed year. A ledger that an office filled in is taken
    too (ledger_read.py); `by` and `day` say who filled it in and up to when. Raises InputError for a file
    that is wrong anywhere, StoreError where there is no store, one of other rules, or one being written.
    """
    Store.open(store_dir)
    with growing(store_dir) as new:
        store = Store.open(store_dir)
        if store.manifest.rule_set != runs.rule_set():
            raise StoreError(str(store_dir), "was built by other rules", "run `gangmu build` again")
        readings, alignments, upper, decisions = restore(store)
        before = states(store)
        old = files_of(store_dir)
        given, ledger = _given(path, readings, store.manifest.as_of, by, day)
        files = old if given is None else [shipped(), *_with(old[1:], given)]
        if given is None and path is not None and as_of is None:
            as_of = AsOf.parse(store.manifest.as_of)  # nothing was taken: the graph stays as it is
        content = assemble(readings, alignments, upper, files, as_of or newest(files), decisions)
        manifest = put(content, store.manifest.failures, new)
        switch_in(store_dir)
    one, two = ({row.key for _, row in distinct(f)} for f in (old, files))
    counted = Counter(status.state for status in content.statuses)
    return ObserveReport(
        store=str(store_dir),
        file=None if path is None else name_of(path) if given is None else given.name,
        rows=0 if given is None else len(given.rows),
        added=len(two - one),
        dropped=len(one - two),
        as_of=str(content.as_of),
        statuses={state: counted[state] for state in STATES},
        changes=_changes(content, before),
        quads=manifest.quads,
        content=manifest.content,
        kept=0 if ledger is None else ledger.kept,
        untaken=() if ledger is None else ledger.untaken,
        doubted=() if ledger is None else ledger.doubted,
    )


def _given(
    path: Path | None, readings: Sequence[Reading], as_of: str, by: str | None, day: str | None
) -> tuple[ObservationFile | None, Filled | None]:
    """The file that was given as observations, and what a ledger holds; of one without values no file.

    A ledger is kept by its name with `.csv` behind it.
    """
    if path is None:
        return None, None
    if not is_workbook(path) and not is_ledger(path):
        if by is not None or day is not None:
            raise UsageError("gangmu observe", "--by and --date are for ledgers", "leave them out")
        return read_file(path, name_of(path), _known(readings)), None
    filled = read_ledger(path, readings, as_of, by, day)
    if not filled.rows:
        return None, filled
    name = f"{name_of(path)}.csv"
    return ObservationFile(name, filled.content, parse(filled.content, name)), filled


def name_of(path: Path) -> str:
    """The name that a file is kept by: its own, without characters that nobody sees."""
    return unquote(iris.segment(path.name))


def files_of(store_dir: Path) -> list[ObservationFile]:
    """The observations that come with Gangmu, then the files that a store keeps, by name."""
    kept = [ObservationFile(n, c, parse(c, f"observations/{n}")) for n, c in kept_observations(store_dir)]
    return [shipped(), *kept]


def _with(kept: Sequence[ObservationFile], given: ObservationFile) -> list[ObservationFile]:
    return sorted([*(f for f in kept if f.name != given.name), given], key=lambda f: f.name)


def _known(readings: Sequence[Reading]) -> Collection[str]:
    """The indicators that targets name."""
    read = {t.indicator for r in readings for t in r.of(Target)}
    return read | {t.indicator for plan in curated_documents() for t in plan.targets}


def states(store: Store) -> dict[str, str]:
    """How each target (IRI) of a store stands, as the notation of its state."""
    notations = {c: state for state, c in schemes.NOTATIONS[schemes.scheme_progress].items()}
    targets = {
        q.subject: q.object.value
        for q in store.quads(iris.PROGRESS, terms.statusOf)
        if isinstance(q.object, NamedNode)
    }
    return {
        targets[q.subject]: notations[q.object.value]
        for q in store.quads(iris.PROGRESS, terms.progressStatus)
        if isinstance(q.object, NamedNode)
    }


def _changes(content: Content, before: dict[str, str]) -> tuple[StatusChange, ...]:
    read = {t.id: t for r in content.readings for t in r.of(Target)}
    curated = {t.id: t for plan in curated_documents() for t in plan.targets}
    documents = [r.document for r in content.readings]
    titles = {d.id: d.title or d.source_file for d in documents}
    titles |= {plan.id: plan.title for plan in curated_documents()}
    found = []
    for status in content.statuses:
        was = before.get(iris.record(status.target))
        if was == status.state:
            continue
        if status.target in read:
            target = read[status.target]
            indicator, figure, deadline = target.indicator, target.figure, target.deadline_end
        else:
            row = curated[status.target]
            indicator, figure, deadline = row.indicator, row.figure, row.deadline
        found.append(
            StatusChange(
                target=status.target,
                indicator=indicator,
                figure=figure,
                deadline=deadline,
                document=status.document,
                title=titles[status.document],
                before=was,
                after=status.state,
                arithmetic_zh=status.arithmetic_zh,
                arithmetic_en=status.arithmetic_en,
            )
        )
    return tuple(sorted(found, key=lambda c: VERDICTS.isdisjoint({c.before, c.after})))
