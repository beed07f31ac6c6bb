"""The record contract: what can be read from a document. No reading and no RDF lives here.

Every record is frozen, carries its evidence (`quote`, `start`, `end`: Unicode code points of the
source text, end exclusive) and serialises to one JSON object with `type` first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

Level: TypeAlias = Literal["country", "province", "city", "county", "township"]
Trust: TypeAlias = Literal["official", "republished", "damaged", "unknown"]
ItemKind: TypeAlias = Literal["action", "task", "measure", "safeguard"]
Comparator: TypeAlias = Literal[">=", ">", "=", "<=", "<", "~", "range"]
DeadlineBasis: TypeAlias = Literal["stated", "inherited", "none"]
Modality: TypeAlias = Literal["确保", "力争", "计划"]
Role: TypeAlias = Literal["responsible", "lead", "support"]
Relation: TypeAlias = Literal["interprets", "based_on", "applies", "aligned_with", "cites", "self"]
ConflictKind: TypeAlias = Literal["value", "deadline", "comparator", "near"]
AlignmentRelation: TypeAlias = Literal["implements", "relates_to"]
AlignmentStatus: TypeAlias = Literal["proposed", "accepted", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: a stable id, its document and its evidence."""

    type: ClassVar[str]
    id: str
    document: str
    quote: str
    start: int
    end: int
    rule: str | None = None
    """Name of the rule that made the record, `loaders/rules` says what it does."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the record: `type` first, then the fields in the order of the class."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {
            "type": self.type,
            **{k: list(v) if isinstance(v, tuple) else v for k, v in values.items()},
        }

    def as_json(self) -> str:
        """One line of JSON, characters beyond ASCII as they are."""
        return json.dumps(self.as_dict(), ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A document and what is known of it; `quote` is its title as written."""

    type: ClassVar[str] = "document"
    title: str | None
    kind: str | None
    interprets: str | None
    issuer: str | None
    publisher: str | None
    jurisdiction: str | None
    jurisdiction_code: str | None
    code_year: int | None
    level: Level | None
    date: str | None
    date_basis: str | None
    number: str | None
    index_number: str | None
    period_start: int | None
    period_end: int | None
    source_file: str
    sha256: str
    """SHA-256 of the file's bytes."""
    trust: Trust
    trust_reasons: tuple[str, ...]
    jurisdiction_basis: str | None = None
    issuer_basis: str | None = None
    title_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Record):
    """A heading and its place in the tree; `level` 0 is a title."""

    type: ClassVar[str] = "section"
    label: str | None
    title: str
    level: int
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Record):
    """An action, task, measure or safeguard; `quote` is its whole text."""

    type: ClassVar[str] = "item"
    kind: ItemKind
    label: str | None
    path: str
    title: str
    parent: str | None
    section: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """A quantity that somebody is to reach or keep."""

    type: ClassVar[str] = "target"
    item: str | None
    section: str | None
    indicator: str
    indicator_as_written: str
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str | None
    growth: bool
    per_year: bool
    baseline_year: int | None
    baseline_value: float | None
    deadline_start: int | None
    deadline_end: int | None
    deadline_basis: DeadlineBasis
    modality: Modality
    modality_word: str | None
    qualitative: bool
    figure: str
    """The figure as printed, such as `38.5亿元`; stores normalise numbers, this does not."""
    scope: str | None = None
    """Whose quantity it is, as written (`全区`), where the clause says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Record):
    """What somebody is to reach that no figure measures: 位居全省前列. Kept apart from targets."""

    type: ClassVar[str] = "goal"
    item: str | None
    section: str | None
    subject: str
    wording: str
    deadline_start: int | None
    deadline_end: int | None
    deadline_basis: DeadlineBasis
    modality: Modality
    modality_word: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Record):
    """A unit that answers for an item; `quote` is the unit's name where it stands."""

    type: ClassVar[str] = "responsibility"
    item: str | None
    unit: str
    unit_name: str
    as_written: str
    role: Role
    collective: bool
    basis: Literal["list", "body"]
    name_basis: Literal["registry", "rule", "as_written"]
    """How the canonical name was found: by the registry, by composition, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Record):
    """A document that is cited; one record a title, at its first place."""

    type: ClassVar[str] = "citation"
    title: str
    number: str | None
    relation: Relation
    resolved: str | None
    title_as_written: str
    occurrences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Record):
    """A count that the document declares, beside the count that was found."""

    type: ClassVar[str] = "declaration"
    of: str
    declared: int
    found: int | None
    scope: str | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Record):
    """A damaged place; the source text keeps it, readers use `repaired` where `decided`."""

    type: ClassVar[str] = "repair"
    raw: str
    repaired: str
    confidence: float
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Record):
    """Two targets that do not agree; the evidence is that of the first."""

    type: ClassVar[str] = "conflict"
    kind: ConflictKind
    targets: tuple[str, str]
    explanation: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAssignment(Record):
    """The field of policy that an item belongs to; `quote` is the word that shows it, `word` as listed."""

    type: ClassVar[str] = "field"
    item: str
    field: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment(Record):
    """A local item beside an upper item; `object` null is an abstention, said with its reasons.

    The evidence is the local item's own (`quote` is its title as written).
    """

    type: ClassVar[str] = "alignment"
    subject: str
    object: str | None
    object_document: str | None
    object_path: str | None
    relation: AlignmentRelation | None
    rank: int | None
    confidence: float
    status: AlignmentStatus
    method: str
    reasons: tuple[str, ...]
    reviewers: tuple[str, ...] = ()
    """Who accepted or rejected it; `reviewed` is the day of the last of them (ISO)."""
    reviewed: str | None = None
    comment: str | None = None


AnyRecord: TypeAlias = (
    Document
    | Section
    | Item
    | Target
    | Goal
    | Responsibility
    | Citation
    | Declaration
    | Repair
    | Conflict
    | FieldAssignment
    | Alignment
)


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document: a pure function of its bytes and name.

    `records` are in document order, the document first; `leftovers` are passages that hold a figure
    or a unit name and ended in no record, as (start, end) spans of `text`.
    """

    text: str
    records: tuple[AnyRecord, ...]
    leftovers: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    """What a person must know of the file itself: pages without text, replaced characters (in Chinese)."""

    @property
    def document(self) -> Document:
        """The document record."""
        first = self.records[0]
        assert isinstance(first, Document)
        return first

    def of(self, kind: type[R]) -> Iterator[R]:
        """The records of one class, in document order."""
        return (r for r in self.records if isinstance(r, kind))


def to_jsonl(records: Iterable[AnyRecord]) -> str:
    """The records as JSON Lines, each line ended by a newline."""
    return "".join(r.as_json() + "\n" for r in records)
