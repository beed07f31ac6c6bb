"""Lines of a records file become the records of documents, checked. Nothing is compared here.

Every error names FILE:LINE and says what to write there. Besides the fields of `loaders.records`, a gold
file may hold: `annotated` (on the document: the types that were annotated, others are not asked for),
`optional` (neither asked for nor an error), `<field>_alt` (a list of values as good as the first),
`not_scored` (fields that the text leaves open), `null_ok` (on the document: fields that may be missing),
`title_as_written` and `as_written_repaired` beside a title or name, `tie` (on an alignment: paths as good
as the first). Lines of other types (`leftover`) are notes and are passed over.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from loaders.errors import InputError
from loaders.evaluate.compare import Rec

Placed: TypeAlias = tuple[str, Rec]
"""A record and where it stands: FILE:LINE."""

TYPES: Final = (
    "document",
    "section",
    "item",
    "target",
    "responsibility",
    "citation",
    "declaration",
    "repair",
    "conflict",
    "alignment",
)
_REMEDY = "correct the line"


@dataclass(slots=True)
class Dossier:
    """The records of one document by type and by id; `name` is its file's name, `text` its source text."""

    name: str
    document: Rec
    text: str | None = None
    by_type: dict[str, list[Rec]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Rec] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> Sequence[Rec]:
        """The records of one type, in the order of their lines."""
        return self.by_type.get(kind, ())

    def get(self, record_id: str | None, kind: str) -> Rec | None:
        """The record of that id where there is one and it is of that type."""
        record = self.by_id.get(record_id) if record_id is not None else None
        return record if record is not None and record["type"] == kind else None

    def misquoted(self, text: str, changed: bool) -> InputError | None:
        """The error for the first record whose quote does not stand in `text` where it says, if any.

        `changed` tells that the text is of another version of the file than the records.
        """
        wrong = [r for r in self.by_id.values() if r.get("quote") is not None and not quoted(r, text)]
        if not wrong:
            return None
        first = wrong[0]
        place = f"{first.get('start')}-{first.get('end')}"
        problem = f"`quote` is not what stands at {place} of {self.name}"
        if changed:
            return InputError(
                self.where[first["id"]],
                f"{problem}, which is another version than was annotated (sha256 differs)",
                "annotate this version anew, or evaluate against the old one",
            )
        if len(wrong) > 1:
            problem += f" (nor on {len(wrong) - 1} further lines)"
        return InputError(self.where[first["id"]], problem, _where_it_stands(first, text))


def read_records(path: Path) -> Iterator[Placed]:
    """The records of a file of JSON Lines with their places, other types left out.

    InputError: the file cannot be read, or a line is no sound record.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            str(path), error.strerror or str(error), "check the path and its permissions"
        ) from error
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            record = _parsed(line, where)
            if record["type"] in TYPES:
                yield where, record


def _parsed(line: bytes, where: str) -> dict[str, Any]:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 at byte {error.start + 1} of the line"
        raise InputError(where, problem, "save the file as UTF-8") from error
    try:
        record = json.loads(text)
        json.dumps(record, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        problem = f"is no JSON at character {error.pos + 1} of the line ({error.msg})"
        raise InputError(where, problem, _REMEDY) from error
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"holds what no record can hold ({error})", _REMEDY) from error
    if not isinstance(record, dict):
        raise InputError(where, "is JSON, but no object", "write {…} with one record a line")
    if not isinstance(record.get("type"), str):
        raise InputError(where, "has no `type`", f"give one of {', '.join(TYPES)}")
    return record


def gather(
    placed: Iterable[Placed],
    texts: Mapping[str, str] | None = None,
    wanted: Container[str] | None = None,
) -> dict[str, Dossier]:
    """The documents by their files' names. For predictions, `wanted` holds the names of the gold documents.

    Without `wanted` the records are gold and need every field that judging needs. A prediction of which no
    gold speaks may share its file's name with another; its key is its id then. InputError: a record lacks a
    field or holds a wrong value, an id or a document stands twice, or a record belongs to no document.
    """
    every = list(placed)
    by_document: dict[str, Dossier] = {}
    named: dict[str, Dossier] = {}
    for where, record in every:
        check(record, where, gold=wanted is None)
        if record["type"] == "document":
            name = base_name(record["source_file"])
            known = named.get(name) if wanted is None or name in wanted else None
            known = known or by_document.get(record["id"])
            if known:
                problem = (
                    f"document {record['id']!r} ({name}) stands at {known.where[known.document['id']]} too"
                )
                raise InputError(where, problem, "leave one of them out")
            dossier = Dossier(name, record, (texts or {}).get(name))
            named[record["id"] if name in named else name] = by_document[record["id"]] = dossier
            _add(dossier, where, record)
    for where, record in every:
        if record["type"] != "document":
            owner = by_document.get(record["document"])
            if owner is None:
                problem = f"belongs to document {record['document']!r}, which has no line of its own"
                raise InputError(where, problem, "add the line of the document, or correct `document`")
            _add(owner, where, record)
    return named


def _add(dossier: Dossier, where: str, record: Rec) -> None:
    if record["id"] in dossier.where:
        problem = f"id {record['id']!r} stands at {dossier.where[record['id']]} too"
        raise InputError(where, problem, "give every record an id of its own")
    dossier.by_type[record["type"]].append(record)
    dossier.by_id[record["id"]] = record
    dossier.where[record["id"]] = where


def quoted(record: Rec, text: str) -> bool:
    """Whether the quote of a record is not empty and stands in the text where the record says."""
    start, end, quote = record.get("start"), record.get("end"), record.get("quote")
    return bool(quote) and start is not None and end is not None and text[start:end] == quote


def base_name(path: str) -> str:
    """The last part of a path, whichever system it was written on."""
    return re.split(r"[/\\]", path)[-1]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_offset(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)


def _are_two(value: Any) -> bool:
    return _are_texts(value) and len(value) == 2


_FORMS: Final[Mapping[Callable[[Any], bool], str]] = {
    _is_number: "a number",
    _is_offset: "a whole number from 0 on",
    _is_text: "a text that is not empty",
    _is_flag: "true or false",
    _are_texts: "a list of texts",
    _are_two: "a list of two target ids",
}
_FIELDS: Final[Mapping[str, Mapping[Callable[[Any], bool], tuple[str, ...]]]] = {
    "document": {
        _is_text: (
            *("title", "kind", "issuer", "jurisdiction"),
            *("level", "date", "number", "index_number"),
        ),
        _is_offset: ("period_start", "period_end"),
        _are_texts: ("annotated", "null_ok"),
    },
    "section": {_is_text: ("title", "parent"), _is_offset: ("level",)},
    "item": {_is_text: ("kind", "path", "title", "parent", "section")},
    "target": {
        _is_text: (
            *("item", "section", "indicator", "indicator_as_written"),
            *("comparator", "unit", "modality"),
        ),
        _is_number: ("value", "value_max"),
        _is_offset: ("deadline_start", "deadline_end"),
        _is_flag: ("growth", "per_year"),
    },
    "goal": {
        _is_text: ("item", "section", "subject", "wording", "modality"),
        _is_offset: ("deadline_start", "deadline_end"),
    },
    "responsibility": {_is_text: ("item", "unit_name", "as_written", "role", "basis")},
    "citation": {_is_text: ("title", "number", "relation", "title_as_written")},
    "declaration": {_is_text: ("of", "scope"), _is_number: ("declared", "found")},
    "repair": {_is_flag: ("decided",)},
    "conflict": {_is_text: ("kind",), _is_number: ("confidence",), _are_two: ("targets",)},
    "alignment": {
        _is_text: ("subject", "object", "object_path", "relation", "status"),
        _is_number: ("rank", "confidence"),
        _are_texts: ("tie",),
    },
}
_COMMON: Final = {
    _is_offset: ("start", "end"),
    _is_flag: ("optional",),
    _are_texts: ("not_scored",),
}
_ALWAYS: Final = {"document": ("id", "source_file")}
_NEEDED: Final = {
    "section": ("start", "end", "title"),
    "item": ("start", "end", "kind"),
    "target": ("start", "end", "value", "comparator"),
    "responsibility": ("start", "end", "item"),
    "citation": ("title", "relation"),
    "declaration": ("start", "end", "of", "declared"),
    "repair": ("start", "end", "raw", "repaired"),
    "conflict": ("kind", "targets"),
    "alignment": ("subject",),
}
"""What a gold record cannot be judged without; a prediction that lacks it meets nothing."""


def check(record: Rec, where: str, gold: bool = False) -> None:
    """InputError where a record lacks what it needs or holds what its fields cannot hold."""
    kind = record["type"]
    for name in _ALWAYS.get(kind, ("id", "document")):
        if not _is_text(record.get(name)):
            raise InputError(where, f"{kind} without `{name}`", "add it")
    for name in _NEEDED.get(kind, ()) if gold else ():
        if record.get(name) is None:
            raise InputError(where, f"{kind} without `{name}`", "add it")
    for name in ("quote", "raw", "repaired"):
        if not isinstance(record.get(name), str | None):
            raise InputError(where, f"`{name}` is {record[name]!r}", "give a text or null")
    for form, names in (*_COMMON.items(), *_FIELDS[kind].items()):
        for name in names:
            for value in (record.get(name), *_alternatives(record, name, where)):
                if value is not None and not form(value):
                    raise InputError(where, f"`{name}` is {value!r}", f"give {_FORMS[form]}, or null")


def _alternatives(record: Rec, name: str, where: str) -> Sequence[Any]:
    values = record.get(f"{name}_alt")
    if values is not None and not isinstance(values, list | tuple):
        raise InputError(where, f"`{name}_alt` is {values!r}", "give a list of values")
    return values or ()


def _where_it_stands(record: Rec, text: str) -> str:
    """The remedy for a wrong quote: the offsets of the nearest place that it does stand at."""
    quote = record["quote"]
    if quote:
        places = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
        if places:
            start = min(places, key=lambda at: abs(at - (record.get("start") or 0)))
            return f"write start {start} and end {start + len(quote)}, where it stands"
    return "copy the quote from the text, which `gangmu text` prints byte for byte"
