"""The command `audit`: findings as a report, and what was decided about them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from loaders.errors import UsageError
from viz.cli_common import (
    DEFAULT_STORE,
    AsOfOption,
    ExpectOption,
    StoreOption,
    as_typed,
    emit,
    find_document,
    note,
    show,
    tell,
)
from viz.cli_desk import (
    DocumentOption,
    JsonOption,
    OutputOption,
    UnitOption,
    ending,
    point_in_time,
    tell_standing,
    unit_id,
    words,
)
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from graph.audit import Audit


def audit(
    output: OutputOption = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", metavar="RULE")] = None,
    document: DocumentOption = None,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    handled: Annotated[Path | None, typer.Option("--handled", metavar="FILE.csv")] = None,
    handle: Annotated[str | None, typer.Option("--handle", metavar="ID")] = None,
    reopen: Annotated[str | None, typer.Option("--reopen", metavar="ID")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME")] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE")] = None,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Find what an auditor should see, write it as a report, or mark a finding as handled."""
    from graph import standing as ground
    from graph.audit import audit as find
    from graph.audit_marks import beside, marks, read_decisions
    from graph.audit_rules import RULES
    from graph.desk import Desk
    from graph.store import Store
    from viz.audit_report import as_json as json_text
    from viz.audit_report import write_report
    from viz.files import replacing

    form = None if output is None else ending(output, (".html", ".htm", ".docx", ".json"))
    names = [r.id for r in RULES]
    for given in rule or ():
        if given not in names:
            raise UsageError(f"--rule {given}", "no such rule", say("error.one-of", names=", ".join(names)))
    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    desk = Desk(opened, point_in_time(as_of))
    path = handled or beside(store)
    decisions = read_decisions(path)
    options = {"unit": unit, "document": document, "handled": handled}
    flags = [word for given in rule or () for word in ("--rule", given)]
    stands = ground.standing(desk, words("audit", *flags, as_of=as_of, output=output, **options))
    found = find(
        desk,
        stands,
        marks(decisions),
        rules=rule or (),
        document=None if document is None else find_document(opened, document),
        unit=None if unit is None else _unit_name(desk, unit_id(opened, as_typed(unit))),
    )
    if handle is not None or reopen is not None:
        _mark(found, path, handle, reopen, by=by, why=why, on=on)
        return
    if output is not None:
        with replacing(output) as temporary:
            kind: Literal["html", "docx", "json"] = (
                "docx" if form == ".docx" else "json" if form == ".json" else "html"
            )
            write_report(found, kind, temporary, LANGUAGE.get())
        tell(say("audit.written", path=output, n=len(found.findings)))
        tell_standing(stands)
    elif as_json:
        emit([json_text(found)])
    else:
        _summary(found)
        tell_standing(stands)


def _unit_name(desk: object, unit: str) -> str:
    from graph.desk import Desk

    assert isinstance(desk, Desk)
    return next(d.unit_name for d in desk.duties if d.unit == unit)


def _summary(found: Audit) -> None:
    from graph.audit import SEVERITIES
    from viz.audit_words import groups, levels
    from viz.output import Cell, Result

    lang = LANGUAGE.get()
    names = ("rule", "id", *SEVERITIES, "handled", "all")
    labels = (
        say("audit.rule"),
        say("audit.id"),
        *levels(lang).values(),
        say("audit.handled"),
        say("audit.all"),
    )
    rows: list[tuple[Cell, ...]] = [
        (g.name, g.id, *g.counts, g.handled, g.total) for g in groups(found, lang) if g.total
    ]
    show(Result(say("audit.title", as_of=found.as_of), names, labels, rows), "table", None)
    if found.gone:
        tell(say("audit.gone", n=len(found.gone)))
    note(say("audit.next"))


def _mark(
    found: Audit,
    path: Path,
    handle: str | None,
    reopen: str | None,
    *,
    by: str | None,
    why: str | None,
    on: str | None,
) -> None:
    """Enter a decision about one finding in the user's file, which is replaced as a whole."""
    from graph.audit_marks import decide, read_decisions
    from viz.files import replacing

    if handle is not None and reopen is not None:
        raise UsageError("gangmu audit", "cannot handle and reopen at once", "give --handle or --reopen")
    wanted = handle or reopen or ""
    said = {f.id: f.title_zh for f in found.findings}
    said |= {i: "" for i, _ in found.gone}
    if wanted not in said:
        raise UsageError(f"finding {wanted}", "is not among the findings", "see `gangmu audit -o audit.html`")
    day = on or date.today().isoformat()
    action: Literal["handled", "reopened"] = "handled" if handle is not None else "reopened"
    text = decide(read_decisions(path), wanted, said[wanted], action, by or "", day, why or "")
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8-sig", newline="")
    tell(say("audit.marked", finding=wanted, path=path))
