"""The files of reviewers' decisions: SSSOM tables, one a reviewer, one row a decision. Judges nothing.

A file is never changed in place and no row is ever dropped: the file with the new row is written beside it,
put on disk and renamed over it under a lock of the folder, so that a kill leaves the file as it was.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

import yaml

from graph import iris
from graph.align_text import normalise
from graph.publication import LICENCE
from loaders.errors import InputError
from loaders.records import AlignmentRelation, Item
from ontology import terms

Verdict: TypeAlias = Literal["accepted", "rejected"]
KEPT: Final = "decisions.sssom.tsv"
"""The copy of the decisions that a store was built with, in its own directory."""
SUFFIX: Final = ".sssom.tsv"
FOLDER: Final = Path("data") / "reviews"
"""Where decisions are kept, seen from the folder that holds the store."""
NO_TERM: Final = "sssom:NoTermFound"
MANUAL: Final = "semapv:ManualMappingCuration"
RELATIONS: Final[Mapping[str, AlignmentRelation]] = {
    "gm:implements": "implements",
    "gm:relatesTo": "relates_to",
}
TEXTS: Final = ("ext_subject_sha256", "ext_object_sha256")
COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "reviewer_label",
    "review_date",
    "confidence",
    "comment",
    "ext_instead_of",
    "ext_decided_at",
    *TEXTS,
)
"""Slots in the order of the schema, the extensions after them."""
UNSAFE: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided of a lower item (`subject`, record id) and an upper one; null: it has none.

    `instead_of` is the proposal that was turned down for `object`. `confidence` is the machine's at the time.
    `moment` is ISO 8601 in UTC and orders decisions; `subject_text` and `object_text` are SHA-256 of the
    passages without spaces, null where a table from elsewhere does not say.
    """

    subject: str
    subject_label: str
    object: str | None
    object_label: str
    verdict: Verdict
    relation: AlignmentRelation
    reviewer: str
    moment: str
    confidence: float | None = None
    comment: str | None = None
    instead_of: str | None = None
    subject_text: str | None = None
    object_text: str | None = None
    place: str = ""
    """File and line, for messages."""

    @property
    def date(self) -> str:
        """The day of the decision (ISO)."""
        return self.moment[:10]

    @property
    def key(self) -> str:
        """A fingerprint of the whole decision."""
        said = "\x1f".join(_row(self).values())
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def text_hash(item: Item) -> str:
    """The SHA-256 of an item's passage without spaces: what a decision was made about."""
    return hashlib.sha256(normalise(item.quote).encode()).hexdigest()


def folder_beside(store: Path) -> Path:
    """Where the decisions about a store are kept unless another folder is named: `data/reviews` beside it."""
    return store.resolve().parent / FOLDER


def file_of(folder: Path, reviewer: str) -> Path:
    """The file of a reviewer's decisions."""
    return folder / f"{UNSAFE.sub('_', reviewer.strip()) or '_'}{SUFFIX}"


def read_folder(folder: Path) -> list[Decision]:
    """The decisions of all files of a folder by their moment; none where the folder is missing."""
    found = [d for path in sorted(folder.glob(f"*{SUFFIX}")) for d in read_file(path)]
    return sorted(found, key=lambda d: (d.moment, d.place))


def read_file(path: Path, reviewer: str | None = None) -> list[Decision]:
    """The decisions of an SSSOM table in the order of its rows; `reviewer` is theirs where a row names none.

    Rows that no person made (other justifications) are left out. Raises InputError for what cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "check the path") from error
    lines = text.splitlines(keepends=True)
    heads = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    shared = _shared(path, "".join(line[1:] for line in lines[:heads]))
    table = csv.DictReader(io.StringIO("".join(lines[heads:])), delimiter="\t")
    missing = {"subject_id", "predicate_id", "object_id"} - set(table.fieldnames or ())
    if missing:
        problem = f"lacks the column {', '.join(sorted(missing))}"
        raise InputError(str(path), problem, "give a table of SSSOM (TSV)")
    found = []
    for row in table:
        values = {**shared, **{k: v for k, v in row.items() if isinstance(k, str) and v}}
        if values.get("mapping_justification") in (None, MANUAL):
            found.append(_decision(values, f"{path.name}: line {heads + table.line_num}", reviewer))
    return found


def _shared(path: Path, head: str) -> dict[str, str]:
    """What the head of a table says of all its rows."""
    try:
        content = yaml.safe_load(head) or {}
    except yaml.YAMLError as error:
        raise InputError(str(path), f"cannot be read ({error})", "give a table of SSSOM (TSV)") from error
    known = content.items() if isinstance(content, dict) else ()
    return {k: str(v) for k, v in known if k in COLUMNS and not isinstance(v, list | dict)}


def _decision(row: Mapping[str, str], place: str, reviewer: str | None) -> Decision:
    who = row.get("reviewer_label") or row.get("author_label") or reviewer
    date = row.get("review_date") or row.get("mapping_date") or ""
    if not who:
        raise InputError(place, "names no reviewer", "fill in reviewer_label, or give --reviewer")
    relation = RELATIONS.get(row["predicate_id"])
    if relation is None:
        raise InputError(
            place, f"has the predicate {row['predicate_id']}", f"use one of {', '.join(RELATIONS)}"
        )
    target = row["object_id"]
    sure = row.get("confidence")
    try:
        confidence = float(sure) if sure else None
    except ValueError as error:
        raise InputError(place, f"has the confidence {sure}", "give a number from 0 to 1") from error
    return Decision(
        subject=_record(row["subject_id"], place),
        subject_label=row.get("subject_label", ""),
        object=None if target == NO_TERM else _record(target, place),
        object_label=row.get("object_label", ""),
        verdict="rejected" if row.get("predicate_modifier") == "Not" else "accepted",
        relation=relation,
        reviewer=who,
        moment=row.get("ext_decided_at") or date,
        confidence=confidence,
        comment=row.get("comment") or None,
        instead_of=_record(row["ext_instead_of"], place) if row.get("ext_instead_of") else None,
        subject_text=row.get("ext_subject_sha256"),
        object_text=row.get("ext_object_sha256"),
        place=place,
    )


def _record(curie: str, place: str) -> str:
    found = iris.record_id(iris.BASE + curie.removeprefix("gmid:")) if curie.startswith("gmid:") else None
    if found is None:
        raise InputError(
            place, f"names {curie}, which is no item of Gangmu", "use the ids of `gangmu export sssom`"
        )
    return found


def as_table(name: str, decisions: Iterable[Decision]) -> bytes:
    """All decisions as one table; `read_file` reads it back."""
    return (_head(name) + "".join(map(_line, decisions))).encode()


def append(folder: Path, decisions: Iterable[Decision]) -> None:
    """Adds rows to the files of their reviewers, all of a file at once; raises OSError where it cannot."""
    by_file: dict[Path, list[Decision]] = {}
    for decision in decisions:
        by_file.setdefault(file_of(folder, decision.reviewer), []).append(decision)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        for path, rows in by_file.items():
            old = path.read_bytes() if path.exists() else _head(rows[0].reviewer).encode()
            if not old.endswith(b"\n"):
                old += b"\n"
            _replace(path, old + "".join(map(_line, rows)).encode())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder against other writers; the lock ends with the process however that dies."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _head(reviewer: str) -> str:
    """The head of a new table, and the names of its columns."""
    content = {
        "sssom_version": "1.1",
        "curie_map": {"gm": terms.NAMESPACE, "gmid": iris.BASE},
        "mapping_set_id": iris.reviews(reviewer),
        "license": LICENCE,
        "extension_definitions": [
            {"slot_name": name, "type_hint": "xsd:string"} for name in COLUMNS if name.startswith("ext_")
        ],
    }
    head = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6)
    return "".join(f"#{line}\n" for line in head.splitlines()) + "\t".join(COLUMNS) + "\n"


def _row(decision: Decision) -> dict[str, str]:
    def curie(record: str) -> str:
        return f"gmid:{iris.record(record).removeprefix(iris.BASE)}"

    predicate = "gm:implements" if decision.relation == "implements" else "gm:relatesTo"
    return {
        "subject_id": curie(decision.subject),
        "subject_label": decision.subject_label,
        "predicate_id": predicate,
        "predicate_modifier": "Not" if decision.verdict == "rejected" else "",
        "object_id": curie(decision.object) if decision.object else NO_TERM,
        "object_label": decision.object_label,
        "mapping_justification": MANUAL,
        "reviewer_label": decision.reviewer,
        "review_date": decision.date,
        "confidence": "" if decision.confidence is None else f"{decision.confidence:g}",
        "comment": decision.comment or "",
        "ext_instead_of": curie(decision.instead_of) if decision.instead_of else "",
        "ext_decided_at": decision.moment,
        "ext_subject_sha256": decision.subject_text or "",
        "ext_object_sha256": decision.object_text or "",
    }


def _line(decision: Decision) -> str:
    buffer = io.StringIO()
    values = [" ".join(value.split()) for value in _row(decision).values()]
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerow(values)
    return buffer.getvalue()
