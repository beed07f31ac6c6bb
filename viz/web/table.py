"""Sections of a page: a named question with its parameters, as a table and as files. No HTML here."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.iris import BASE
from loaders.errors import UsageError
from queries.catalogue import Column, Query
from queries.names import fold
from queries.run import Answer, find
from queries.terms import Value
from viz import output
from viz.output import plain
from viz.standing_words import standing_notes

if TYPE_CHECKING:
    from viz.web.source import Source

SHOWN: Final = 100
"""Rows of an open section that one page shows; files hold all."""
SHOWN_IN_FILES: Final = 300
"""The same on a page in a file, which has no next one."""
SHOWN_CLOSED: Final = 20
"""Rows of a section that is not open yet: they are read when somebody opens it, who can then go on."""
FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ttl": "text/turtle; charset=utf-8",
}
"""The files that a section is given as, with their media types."""


@dataclass(frozen=True, slots=True)
class Made:
    """Rows that no query gives but a command does; `columns` as those of a question."""

    title: Mapping[str, str]
    summary: Mapping[str, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    command: str


@dataclass(frozen=True, slots=True)
class Section:
    """A named question on a page; `open` where its table stands open from the beginning.

    Where its rows are `made` by a command, `query` is that command's name.
    """

    query: str
    params: Mapping[str, Any] = field(default_factory=dict)
    open: bool = True
    hidden: tuple[str, ...] = ()
    made: Made | None = None

    @property
    def told(self) -> Query | Made:
        """What has the title, the summary and the columns of the section."""
        return self.made or find(self.query)


def answered(source: Source, section: Section, lang: str) -> Answer:
    """The section's rows, its words in the language."""
    if section.made is not None:
        return Answer(tuple(c.name for c in section.made.columns), section.made.rows)
    return source.answer(section.query, **section.params, lang=lang)


def result(source: Source, section: Section, lang: str) -> output.Result:
    """The section as the forms of `viz.output` take it."""
    query = section.told
    found = answered(source, section, lang)
    return output.Result(
        query.title[lang], found.columns, tuple(c.label[lang] for c in query.columns), found.rows
    )


def file(source: Source, section: Section, form: str, lang: str) -> bytes:
    """The whole section as one of FORMS; UsageError for another form, or more rows than a sheet holds."""
    if form not in FORMS:
        raise UsageError(f"format {form}", "is not given here", f"use one of {', '.join(FORMS)}")
    rows = result(source, section, lang)
    if form == "json":
        return output.as_json(rows).encode()
    if form == "csv":
        return b"\xef\xbb\xbf" + output.as_csv(rows, guarded=True).encode()
    if form == "ttl":
        named = {str(cell) for row in rows.rows for cell in row if str(cell).startswith(BASE)}
        return source.store.about(sorted(named))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        output.write_xlsx(rows, path, standing_notes(source.standing, "en" if lang == "en" else "zh"))
        return path.read_bytes()


def fitting(rows: Sequence[tuple[Value, ...]], wanted: str) -> Sequence[tuple[Value, ...]]:
    """The rows that hold every wanted word in some cell that people read, as `fold` compares them."""
    words = [folded for word in wanted.split() if (folded := fold(word))]
    if not words:
        return rows
    return [row for row in rows if all(word in _folded(row) for word in words)]


def _folded(row: tuple[Value, ...]) -> str:
    return fold("\n".join(plain(cell) for cell in row if not str(cell).startswith(BASE)))


def sparql(section: Section, lang: str) -> str:
    """The question as it stands in the catalogue, its language filled in; names of things stay as given.

    The command, where no query gives the rows.
    """
    if section.made is not None:
        return section.made.command
    query = find(section.query)
    known = {"lang": lang} if any(p.name == "lang" for p in query.parameters) else {}
    given = {k: v for k, v in section.params.items() if v is not None}
    return query.bind({**known, **given})
