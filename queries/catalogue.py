"""The catalogue: every `.rq` file as a `Query` with typed parameters, and their binding. Runs nothing.

A query is plain SPARQL below a head of `#+` lines and runs unchanged in any SPARQL tool:

    #+ title: {zh: 单位目标, en: Targets of a unit}
    #+ summary: {zh: …, en: …}
    #+ group: units                                     one of GROUPS
    #+ parameters:                                      [] where there are none
    #+   - {name: unit, kind: unit, zh: 单位, en: Unit}  kind: one of KINDS
    #+ columns:                                         the selected variables, in their order
    #+   - {name: unit_name, zh: 单位, en: Unit}         role: where the view needs one (VIEWS)
    #+ view: table                                      one of VIEWS

Each parameter is one line `VALUES ?unit { UNDEF }` of the body: what stands between the braces is the
default (`UNDEF`: every one) and is all that binding replaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from loaders.errors import InputError, UsageError
from queries.header import LANGUAGES, Node, parse_head, texts
from queries.terms import Iri, to_term

FOLDER = Path(__file__).parent
LOOKUPS = FOLDER / "lookup"

GROUPS: dict[str, dict[str, str]] = {
    "documents": {"zh": "文件", "en": "Documents"},
    "alignment": {"zh": "对齐", "en": "Alignment"},
    "targets": {"zh": "目标", "en": "Targets"},
    "units": {"zh": "责任单位", "en": "Responsible units"},
    "evidence": {"zh": "证据与可信度", "en": "Evidence and trust"},
}
"""The chapters of the catalogue, in the order in which they are shown."""

LOOKUP_GROUP = "lookup"
"""Queries that find the IRI for a name a user gave; `names` runs them, the catalogue leaves them out."""

NAMED_KINDS = ("document", "jurisdiction", "unit", "item", "indicator", "claim", "thing")
"""Kinds whose values are IRIs; a user may give names, which `names` resolves."""

KINDS = ("literal", "integer", "language", *NAMED_KINDS)

VIEWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "table": ((), ()),
    "matrix": (("row", "column", "value"), ("row-text", "column-text")),
    "tree": (("node", "parent", "text"), ()),
    "network": (("source", "target"), ("source-text", "target-text", "weight")),
}
"""View → the roles that its columns must and may play; `…-text` is shown in the place of an IRI."""

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VARIABLE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_SELECT = re.compile(r"^SELECT DISTINCT((?:\s+\?\w+)+)\s+WHERE \{", re.MULTILINE)
_VALUES = re.compile(r"^[ \t]*VALUES \?(\w+) \{ ([^{}\n]+) \}[ \t]*$", re.MULTILINE)

Argument = str | int | Sequence[str | int]
"""What a parameter takes: one value, or several of which any will do."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A place of a query that takes a value; `default` is SPARQL as it stands in the file."""

    name: str
    kind: str
    label: Mapping[str, str]
    default: str

    @property
    def open(self) -> bool:
        """Whether the default leaves it open, so that the query answers for every value."""
        return self.default == "UNDEF"


@dataclass(frozen=True, slots=True)
class Column:
    """A selected variable; `role` says what it is in the view, null where it is only shown."""

    name: str
    label: Mapping[str, str]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """One question: its head, and its text, which runs as it is."""

    name: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    group: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    view: str
    text: str
    file: str

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; UsageError where there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(p.name for p in self.parameters)
        remedy = f"it takes {known}" if known else "it takes no parameters"
        raise UsageError(f"query {self.name}", f"no parameter “{name}”", remedy)

    def column(self, role: str) -> Column | None:
        """The column that plays `role` in the view, null where none does."""
        return next((column for column in self.columns if column.role == role), None)

    def bind(self, values: Mapping[str, Argument | None]) -> str:
        """The query's text with `values` in the place of its defaults; null leaves the default.

        Values of the `NAMED_KINDS` are IRIs here. UsageError: a parameter that does not exist, or a
        value that is not of its kind.
        """
        terms = {
            name: " ".join(_terms(self, self.parameter(name), value))
            for name, value in values.items()
            if value is not None
        }
        parts: list[str] = []
        end = 0
        for line in _VALUES.finditer(self.text):
            if line[1] in terms:
                parts += [self.text[end : line.start(2)], terms[line[1]]]
                end = line.end(2)
        return "".join((*parts, self.text[end:]))


def _terms(query: Query, parameter: Parameter, value: Argument) -> list[str]:
    """The values of one argument as SPARQL terms, in the order given."""
    what = f"query {query.name}, parameter {parameter.name}"
    values = [value] if isinstance(value, str | int) else list(value)
    if not values:
        raise UsageError(what, "no value is given", "give one or leave the parameter out")
    return [to_term(what, _typed(what, parameter.kind, one)) for one in values]


def _typed(what: str, kind: str, value: str | int) -> str | int | Iri:
    """The value as its kind has it; UsageError where it cannot be one."""
    if kind == "integer":
        try:
            return int(value)
        except ValueError:
            raise UsageError(what, f"“{value}” is no whole number", "give one such as 2025") from None
    if kind == "language" and value not in LANGUAGES:
        raise UsageError(what, f"“{value}” is no language here", f"use one of {', '.join(LANGUAGES)}")
    return Iri(str(value)) if kind in NAMED_KINDS else str(value)


def read_query(path: Path) -> Query:
    """The query that a `.rq` file holds; InputError names the file and the line where it is malformed."""
    file = f"{FOLDER.name}/{path.relative_to(FOLDER)}" if path.is_relative_to(FOLDER) else path.name
    return parse_query(path.stem, file, path.read_text(encoding="utf-8"))


def parse_query(name: str, file: str, text: str) -> Query:
    """The query that `text` holds; `file` is how errors call it. See the module for the form."""
    head = parse_head(file, text)
    if not _NAME.fullmatch(name):
        raise InputError(file, f"“{name}” is no name of a query", "use words-with-hyphens")
    fields = head.fields(("title", "summary", "group", "parameters", "columns", "view"))
    view = fields["view"].choice(tuple(VIEWS))
    return Query(
        name=name,
        title=fields["title"].labels(),
        summary=fields["summary"].labels(),
        group=fields["group"].choice((*GROUPS, LOOKUP_GROUP)),
        parameters=_parameters(file, fields["parameters"], text),
        columns=_columns(file, fields["columns"], view, text),
        view=view,
        text=text,
        file=file,
    )


def _line(text: str, offset: int) -> int:
    """The number of the line that holds `offset`."""
    return text.count("\n", 0, offset) + 1


def _parameters(file: str, node: Node, text: str) -> tuple[Parameter, ...]:
    """The parameters of the head, each with the default of its one VALUES line in the body."""
    defaults: dict[str, str] = {}
    lines: dict[str, int] = {}
    for match in _VALUES.finditer(text):
        name = match[1]
        if name in defaults:
            where = f"{file}:{_line(text, match.start())}"
            raise InputError(where, f"a second VALUES line for ?{name}", "keep one line a parameter")
        defaults[name], lines[name] = match[2].strip(), _line(text, match.start())
    found: dict[str, Parameter] = {}
    for member in node.items():
        fields = member.fields(("name", "kind", *LANGUAGES))
        name = fields["name"].text()
        if not _VARIABLE.fullmatch(name) or name in found:
            raise fields["name"].error(f"“{name}” is no name for a further parameter")
        if name not in defaults:
            raise fields["name"].error(f"no line “VALUES ?{name} {{ … }}”", "add it to the query's body")
        found[name] = Parameter(name, fields["kind"].choice(KINDS), texts(fields), defaults[name])
    for name in defaults:
        if name not in found:
            where = f"{file}:{lines[name]}"
            raise InputError(where, f"the head does not declare the parameter ?{name}", "declare it there")
    return tuple(found.values())


def _columns(file: str, node: Node, view: str, text: str) -> tuple[Column, ...]:
    """The columns of the head: those that the outer SELECT names, with the roles that the view needs."""
    required, optional = VIEWS[view]
    columns: list[Column] = []
    for member in node.items():
        fields = member.fields(("name", *LANGUAGES), ("role",))
        role = fields["role"].choice((*required, *optional)) if "role" in fields else None
        if role and role in {column.role for column in columns}:
            raise fields["role"].error(f"two columns play the role “{role}”")
        columns.append(Column(fields["name"].text(), texts(fields), role))
    missing = [role for role in required if role not in {column.role for column in columns}]
    if missing:
        raise node.error(f"the view “{view}” needs a column in the role of {', '.join(missing)}")
    select = _SELECT.search(text)
    if select is None:
        remedy = "begin its body with it at the start of a line"
        raise InputError(file, "no line “SELECT DISTINCT ?a ?b WHERE {”", remedy)
    selected = [variable.removeprefix("?") for variable in select[1].split()]
    if selected != [column.name for column in columns]:
        where = f"{file}:{_line(text, select.start())}"
        raise InputError(where, f"selected are {', '.join(selected)}", "declare these columns in this order")
    return tuple(columns)


@cache
def catalogue() -> Mapping[str, Query]:
    """Every query by name, by group and then by name; InputError for the first malformed file."""
    queries = [read_query(path) for path in sorted(FOLDER.glob("*.rq"))]
    order = list(GROUPS)
    return {q.name: q for q in sorted(queries, key=lambda q: (order.index(q.group), q.name))}


@cache
def lookups() -> Mapping[str, Query]:
    """The query that finds the candidates of each of `NAMED_KINDS`."""
    return {kind: read_query(LOOKUPS / f"{kind}.rq") for kind in NAMED_KINDS}


def described(query: Query) -> dict[str, Any]:
    """A question as plain data: what it is called, takes and gives, in both languages."""
    return {
        "name": query.name,
        "title": dict(query.title),
        "summary": dict(query.summary),
        "group": query.group,
        "view": query.view,
        "parameters": [
            {"name": p.name, "kind": p.kind, "label": dict(p.label), "default": None if p.open else p.default}
            for p in query.parameters
        ],
        "columns": [{"name": c.name, "label": dict(c.label)} for c in query.columns],
    }
