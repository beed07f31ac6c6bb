"""The commands `trace`, `ledger`, `audit` and `compare`: the auditor's desk. Computes nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from loaders.errors import UsageError
from viz.cli_common import (
    DEFAULT_STORE,
    AsOfOption,
    ExpectOption,
    FormatName,
    StoreOption,
    as_typed,
    console,
    emit,
    find_document,
    note,
    show,
    tell,
)
from viz.cli_help import wrap
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from graph.aims import AsOf
    from graph.audit import Audit
    from graph.standing import Standing
    from graph.store import Store

SubjectName: TypeAlias = Literal["unit", "target", "indicator", "item"]
KindName: TypeAlias = Literal["breakdown", "duties", "supervision"]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]
DocumentOption = Annotated[str | None, typer.Option("--document", metavar="DOCUMENT")]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="UNIT")]
JsonOption = Annotated[bool, typer.Option("--json")]
TODAY = ("today", "今天")


def trace(
    kind: Annotated[SubjectName, typer.Argument(metavar="KIND")],
    name: Annotated[str, typer.Argument(metavar="NAME")],
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    form: Annotated[FormatName | None, typer.Option("--format", metavar="table|csv|json|md|xlsx")] = None,
    columns: Annotated[str | None, typer.Option("--columns", metavar="A,B,…")] = None,
    output: OutputOption = None,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print every responsibility that hangs on a unit, target, indicator or item."""
    from graph import standing as ground
    from graph import trace as tracing
    from graph.desk import Desk
    from graph.store import Store

    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    desk = Desk(opened, point_in_time(as_of))
    name = as_typed(name)
    if kind == "unit":
        rows = tracing.trace_unit(desk, unit_id(opened, name))
    elif kind == "indicator":
        rows = tracing.trace_indicator(desk, _indicator(opened, name))
    elif kind == "item":
        rows = tracing.trace_item(desk, _item(opened, name))
    else:
        rows = tracing.trace_target(desk, tracing.find_target(desk, name))
    stands = ground.standing(desk, _words("trace", kind, name, as_of=as_of))
    if as_json:
        found = {
            "kind": kind,
            "name": name,
            "rows": [r.as_dict() for r in rows],
            "standing": stands.as_dict(),
        }
        emit([json.dumps(found, ensure_ascii=False, indent=2) + "\n"])
        return
    if form in (None, "table") and output is None and columns is None:
        from viz.cli_trace import trace_table

        note(trace_table(name, rows))
        tell(say("ask.rows", n=len(rows)))
    else:
        from viz.cli_read import chosen
        from viz.cli_trace import trace_result

        show(chosen(trace_result(name, rows), columns), form, output)
    _tell_standing(stands)


def ledger(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")] = Path("ledger.xlsx"),
    kind: Annotated[KindName, typer.Option("--kind", metavar="breakdown|duties|supervision")] = "supervision",
    unit: UnitOption = None,
    document: DocumentOption = None,
    as_of: AsOfOption = None,
    first_unit_leads: Annotated[bool, typer.Option("--first-unit-leads")] = False,
    sheet_per_unit: Annotated[bool, typer.Option("--sheet-per-unit")] = False,
    pages: Annotated[str | None, typer.Option("--pages", metavar="ADDRESS")] = None,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write a ledger as a workbook, a Word file or CSV."""
    from graph import standing as ground
    from graph.desk import Desk
    from graph.ledger import ledger as make
    from graph.ledger_tables import csv_rows
    from graph.store import Store
    from loaders.guard import guarded_csv
    from viz.files import replacing
    from viz.ledger_docx import write_docx
    from viz.ledger_xlsx import write_xlsx

    form = _form(output, (".xlsx", ".docx", ".csv"))
    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    desk = Desk(opened, point_in_time(as_of))
    flags = [
        f"--{k}"
        for k, on in (("first-unit-leads", first_unit_leads), ("sheet-per-unit", sheet_per_unit))
        if on
    ]
    options = {"kind": kind, "unit": unit, "document": document, "pages": pages}
    command = _words("ledger", *flags, as_of=as_of, output=output, **options)
    made = make(
        desk,
        ground.standing(desk, command),
        kind=kind,
        document=None if document is None else find_document(opened, document),
        unit=None if unit is None else unit_id(opened, as_typed(unit)),
        first_leads=first_unit_leads,
        by_unit=sheet_per_unit,
    )
    with replacing(output) as temporary:
        if form == ".xlsx":
            write_xlsx(made, temporary, pages)
        elif form == ".docx":
            write_docx(made, temporary)
        else:
            temporary.write_text(guarded_csv(csv_rows(made)), encoding="utf-8-sig", newline="")
    tell(say("ledger.written", path=output, **made.totals))
    _tell_standing(made.standing)


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

    form = None if output is None else _form(output, (".html", ".htm", ".docx", ".json"))
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
    stands = ground.standing(desk, _words("audit", *flags, as_of=as_of, output=output, **options))
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
        _tell_standing(stands)
    elif as_json:
        emit([json_text(found)])
    else:
        _summary(found)
        _tell_standing(stands)


def compare(
    before: Annotated[str, typer.Argument(metavar="EARLIER")],
    after: Annotated[str, typer.Argument(metavar="LATER")],
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print what became of one document of the graph in another."""
    from graph.compare import compare as find
    from graph.store import Store

    opened = Store.open(store)
    found = find(opened, find_document(opened, before), find_document(opened, after))
    if as_json:
        emit([json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n"])
        return
    width, english = console().width, LANGUAGE.get() == "en"
    for line in wrap(say("compare.head", before=found.title_before, after=found.title_after), width):
        print(line)
    for change in found.changes:
        mark = "· "
        for line in wrap(change.said_en if english else change.said_zh, width - 4):
            print(f"  {mark}{line}")
            mark = "  "
    print(say("diff.counts", n=len(found.changes)) if found.changes else say("compare.none"))


def point_in_time(text: str | None) -> AsOf | None:
    """The point in time of an option; today only where today is asked for. UsageError for no date."""
    from graph.aims import AsOf

    if text is None:
        return None
    return AsOf.parse(date.today().isoformat() if text.strip() in TODAY else text)


def unit_id(store: Store, name: str) -> str:
    """The record id of the one unit that a name or alias means; UsageError lists several, or near ones."""
    from graph import iris

    found = _thing(store, "unit", name)
    for record in store.records():
        if record["type"] == "responsibility" and iris.unit(record["unit"]) == found:
            return str(record["unit"])
    raise UsageError(f"unit {name}", "answers for nothing", "name another unit")


def _thing(store: Store, kind: str, name: str) -> str:
    from queries.names import find_thing
    from queries.run import free

    return find_thing(lambda text: free(store, text).rows, f"trace {kind}", kind, name)


def _indicator(store: Store, name: str) -> str:
    """The canonical name of an indicator."""
    from ontology import vocab

    labels = store.labels(_thing(store, "indicator", name), vocab.skos_prefLabel)
    return labels["zh"]


def _item(store: Store, name: str) -> str:
    from graph.claims import id_of

    return id_of(_thing(store, "item", name))


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


def _form(output: Path, known: tuple[str, ...]) -> str:
    """The ending of a file's name, one of those known."""
    if output.suffix.lower() not in known:
        raise UsageError(f"-o {output}", "its name does not tell the format", f"end it in {', '.join(known)}")
    return output.suffix.lower()


def _words(
    command: str, *words: str, as_of: str | None, output: Path | None = None, **options: object
) -> list[str]:
    """The words of the command that makes an answer again; of paths only the name."""
    found = [command, *words]
    for key, value in options.items():
        if value is not None and not (key == "kind" and value == "supervision"):
            found += [f"--{key}", value.name if isinstance(value, Path) else str(value)]
    if as_of is not None:
        at = point_in_time(as_of)
        found += ["--as-of", str(at)]
    return found if output is None else [*found, "-o", output.name]


def _tell_standing(stands: Standing) -> None:
    tell(
        say(
            "desk.standing",
            documents=len(stands.documents),
            as_of=stands.as_of,
            content=stands.content[:16],
            command=stands.command,
        )
    )
