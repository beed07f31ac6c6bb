"""Commands that make something: build, check, draw, export. What they make is made elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer

from graph.formats import ExportName
from loaders.errors import UsageError
from viz.cli_common import (
    DEFAULT_STORE,
    AsOfOption,
    ExpectOption,
    StoreOption,
    console,
    emit,
    find_document,
    note,
    tell,
)
from viz.cli_review import STATES, EmbeddingOption, ReviewsOption
from viz.messages import LANGUAGE, MESSAGES, say
from viz.output import short

if TYPE_CHECKING:
    from graph.build import BuildReport
    from graph.check import CheckReport
    from graph.store import Store

View: TypeAlias = Literal["alignment", "gaps", "units", "citations", "document"]
JsonOption = Annotated[bool, typer.Option("--json")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]
COUNTED = ("section", "item", "target", "responsibility", "citation", "repair", "conflict")
DESCRIBED = (
    ("file", "file", 10),
    ("kind", "kind", 4),
    ("jurisdiction", "jurisdiction_name", 6),
    ("date", "date", 10),
    ("trust", "trust", 4),
)
"""What the summary tells of a document: message, column of the query `documents`, least width."""
ROOMY = 100
"""Cells from which on all of it fits."""
CHECK_FAILED = 1
INPUT_FAILED = 3


def build(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH")] = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    reviews: ReviewsOption = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, metavar="N")] = None,
    embedding: EmbeddingOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Read documents into a new graph, switch it in and say what was found."""
    from graph.aims import AsOf
    from graph.build import build as build_store
    from loaders.pool import cores

    when = None if as_of is None else AsOf.parse(as_of)
    with _progress() as progress:
        report = build_store(paths or [], store, progress, when, reviews, workers or cores(), embedding)
    if as_json:
        emit([json.dumps(_in_words(asdict(report)), ensure_ascii=False, indent=2) + "\n"])
    else:
        _summary(report)
    for remark in _remarks(report):
        tell(remark)
    if report.failures:
        tell(say("build.failed", n=len(report.failures)))
        for failure in report.failures:
            tell(f"  {failure.file}: {failure.message}")
        raise typer.Exit(INPUT_FAILED)


def _in_words(report: dict[str, Any]) -> dict[str, Any]:
    """A report as plain data with its failures in the language in use."""
    from viz.errors import message_in_words

    lang = LANGUAGE.get()
    failures = [{**f, "message": message_in_words(f["message"], lang)} for f in report["failures"]]
    return {**report, "failures": failures}


def check(as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE) -> None:
    """Hold the graph against its shapes; exit code 1 where it breaks them."""
    from graph.check import check as check_store
    from graph.store import Store

    opened = Store.open(store)
    with _progress() as progress:
        if progress:
            progress("check", 0, 1)
        report = check_store(opened)
    if as_json:
        emit([json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n"])
    else:
        _checked(report, opened)
    if report.violations:
        raise typer.Exit(CHECK_FAILED)


def draw(
    view: Annotated[
        Literal["alignment", "gaps", "units", "citations", "document"],
        typer.Argument(metavar="VIEW"),
    ],
    document: Annotated[str | None, typer.Option("--document", metavar="DOCUMENT")] = None,
    output: OutputOption = None,
    expect: ExpectOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write one page."""
    from graph import standing as ground
    from graph.store import Store
    from viz.files import replacing
    from viz.pages.views import draw_page

    if document is not None and view != "document":
        raise UsageError(f"draw {view}", "takes no --document", "leave it out, or draw document")
    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    chosen = find_document(opened, document) if document else None
    html = draw_page(opened, view, chosen, LANGUAGE.get())
    path = output or Path(f"{view}.html")
    with replacing(path) as temporary:
        temporary.write_text(html, encoding="utf-8", newline="\n")
    if view == "document" and chosen is None:
        _others(opened)
    tell(say("written", path=path))


def export(
    form: Annotated[ExportName, typer.Argument(metavar="FORMAT")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")],
    document: Annotated[str | None, typer.Option("--document", metavar="DOCUMENT")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph in another format."""
    from graph.export import content
    from graph.export import export as export_store
    from graph.store import Store
    from queries.catalogue import catalogue

    opened = Store.open(store)
    chosen = find_document(opened, document) if document is not None else None
    if str(output) == "-":
        emit([content(opened, form, document=chosen, questions=catalogue().values()).decode()])
        return
    size = export_store(opened, form, output, document=chosen, questions=catalogue().values())
    tell(say("written.size", path=output, size=size))


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """What to call while building: a line on standard error that rewrites itself, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    with console(sys.stderr).status("") as status:
        yield lambda stage, done, total: status.update(_stage(stage, done, total))


def _stage(stage: str, done: int, total: int) -> str:
    """What the progress line says: a stage by its name, or the file that is read."""
    if f"build.stage.{stage}" in MESSAGES:
        return say(f"build.stage.{stage}")
    return f"{say('build.stage.read')} {done + 1}/{total} {stage}"


def _summary(report: BuildReport) -> None:
    """What was found, a row a document, and the counts that documents declare of themselves."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from graph.store import Store
    from queries.run import rows

    store = Store.open(report.store)
    known = {row["file"]: row for row in rows(store, "documents", {"lang": LANGUAGE.get()})}
    table = Table(box=box.SIMPLE_HEAD, title=Text(say("build.title")), title_justify="left", padding=0)
    described = DESCRIBED if console().width >= ROOMY else DESCRIBED[:1]
    for key, _, width in described:
        table.add_column(Text(say(f"build.{key}")), overflow="fold", min_width=width)
    for key in (*COUNTED, "aligned", "abstained"):
        table.add_column(Text(say(f"build.{key}")), justify="right", overflow="fold", min_width=3)
    for document in report.documents:
        about = known[document.file]
        said = [about[column] for _, column, _ in described]
        counts = [document.counts.get(key, 0) for key in COUNTED] + [document.aligned, document.abstained]
        cells = [*(str(value or "—") for value in said), *map(str, counts)]
        table.add_row(*map(Text, cells))
    note(table)
    files = {document.id: document.file for document in report.documents}
    for record in store.records():
        if record["type"] == "declaration":
            note(Text(_declared(record, files[record["document"]])))
    if report.decisions:
        states = {state: report.decisions.get(state, 0) for state in STATES}
        note(Text(say("build.decisions", all=sum(states.values()), **states)))
    left = sum(len(document.leftovers) for document in store.manifest.documents)
    if left:
        note(Text(say("build.left", n=left)))
    note(Text(say("build.store", store=report.store, quads=report.quads)))
    if report.upper is None:
        note(Text(say("build.no-upper")))
    note(Text(say("build.next-alone" if report.upper is None else "build.next"), style="dim"))


def _remarks(report: BuildReport) -> Iterator[str]:
    """What the formats had to say of a file, and the files passed over, a line each."""
    for remark in (*getattr(report, "notes", ()), *getattr(report, "skipped", ())):
        file, text = getattr(remark, "file", None), getattr(remark, "message", None)
        if file and text:
            yield say("build.note", file=file, text=text)
        else:
            yield (
                say("build.skipped", file=remark) if remark in getattr(report, "skipped", ()) else str(remark)
            )


def _others(store: Store) -> None:
    """Which document was drawn, as none was named, and how the others are called."""
    from viz.pages.document import default_document
    from viz.pages.plan import Plan

    drawn = default_document(Plan(store))
    names = {d["id"]: d["title"] or d["source_file"] for d in _documents(store)}
    files = [d["source_file"] for d in _documents(store) if d["id"] != drawn]
    tell(say("draw.document", drawn=names[drawn]))
    if files:
        tell(say("draw.others", names=say("list.mark").join(files)))


def _documents(store: Store) -> list[dict[str, Any]]:
    return [record for record in store.records() if record["type"] == "document"]


def _checked(report: CheckReport, store: Store) -> None:
    """Violations one a line, and findings with their kind, document and, where nothing was read, text."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from viz.errors import listed

    if report.violations:
        note(Text(say("check.violations", n=len(report.violations)), style="bold red"))
    else:
        note(Text(say("check.ok"), style="bold green"))
    english = LANGUAGE.get() == "en"
    for violation in report.violations:
        law = violation.message_en if english else violation.message_zh
        note(
            Text(f"  {short(violation.node)}: {law} ({short(violation.path or '')} {violation.value or ''})")
        )
    note(Text(say("check.findings", n=len(report.findings))))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for key in ("check.kind", "check.document", "check.message"):
        table.add_column(Text(say(key)), overflow="fold")
    names = {d["id"]: str(d["title"] or d["source_file"]) for d in _documents(store)}
    for finding in report.findings:
        lines = [listed(finding.message_en if english else finding.message_zh)]
        if finding.kind in {"leftover", "loose_unit"} and finding.document:
            lines += _passages(store.text(finding.document), finding.spans)
        key = f"finding.{finding.kind}"
        kind = say(key) if key in MESSAGES else finding.kind
        document = names.get(finding.document or "", "—")
        table.add_row(Text(kind), Text(document), Text("\n".join(lines)))
    if report.findings:
        note(table)


def _passages(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Passages of a text with their offsets, a line each."""
    for start, end in spans:
        yield say("check.passage", start=start, end=end, text=" ".join(text[start:end].split()))


def _declared(record: dict[str, Any], file: str) -> str:
    found = "—" if record["found"] is None else record["found"]
    text = say("build.declared", file=file, quote=record["quote"], found=found)
    return text + say("build.differs") if record["found"] != record["declared"] else text
