"""The command `ledger`: a workbook, Word file or CSV that an office fills in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from viz.cli_common import (
    DEFAULT_STORE,
    AsOfOption,
    ExpectOption,
    StoreOption,
    as_typed,
    find_document,
    tell,
)
from viz.cli_desk import DocumentOption, UnitOption, ending, point_in_time, tell_standing, unit_id, words
from viz.messages import LANGUAGE, say

KindName: TypeAlias = Literal["breakdown", "duties", "supervision"]


def ledger(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")] = Path("ledger.xlsx"),
    kind: Annotated[KindName, typer.Option("--kind", metavar="breakdown|duties|supervision")] = "supervision",
    unit: UnitOption = None,
    document: DocumentOption = None,
    as_of: AsOfOption = None,
    first_unit_leads: Annotated[bool, typer.Option("--first-unit-leads")] = False,
    sheet_per_unit: Annotated[bool, typer.Option("--sheet-per-unit")] = False,
    pages: Annotated[str | None, typer.Option("--pages", metavar="ADDRESS|DIR")] = None,
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
    from viz.ledger_pages import pages_at
    from viz.ledger_xlsx import write_xlsx

    form = ending(output, (".xlsx", ".docx", ".csv"))
    opened = Store.open(store)
    ground.expect(opened.manifest, expect)
    page_of = None if pages is None else pages_at(as_typed(pages), output, opened.manifest, LANGUAGE.get())
    desk = Desk(opened, point_in_time(as_of))
    flags = [
        f"--{k}"
        for k, on in (("first-unit-leads", first_unit_leads), ("sheet-per-unit", sheet_per_unit))
        if on
    ]
    options = {"kind": kind, "unit": unit, "document": document, "pages": pages}
    command = words("ledger", *flags, as_of=as_of, output=output, **options)
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
            write_xlsx(made, temporary, page_of)
        elif form == ".docx":
            write_docx(made, temporary, page_of)
        else:
            temporary.write_text(guarded_csv(csv_rows(made, page_of)), encoding="utf-8-sig", newline="")
    tell(say("ledger.written", path=output, **made.totals))
    tell_standing(made.standing)
