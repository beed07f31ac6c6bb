"""The chain from a claim to the sentence in the file: rule, run, document, place, quote, repairs.

Every claim rests on sources: the passages that it was read from, the rows that people entered, or the claims
that it was derived from, each with its own passage or row. An alignment has two, the lower item and the upper
one; a conflict its two targets; a status its target and the values that it was judged by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal
from urllib.parse import unquote

from graph import iris, runs
from graph.claims import Claim, find_claim, id_of
from graph.node_words import NodeWords, all_labels
from graph.passages import Passage, Touching, passage, touches
from graph.restore import from_dict
from graph.rule_notes import RuleNote, rule_note
from graph.store import Store
from graph.words import Words
from loaders.errors import StoreError
from loaders.records import Alignment, AnyRecord, Conflict, Document, Repair
from ontology import terms, vocab

Role = Literal["claim", "lower", "upper", "first", "second", "target", "observation", "basis"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The document of a passage: how far it can be trusted and why, its file, and the checksums."""

    id: str
    title: str | None
    trust: str
    trust_zh: str
    trust_en: str
    trust_reasons: tuple[str, ...]
    file: str
    file_sha256: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table that people entered; `number` counts data rows from 1."""

    table: str
    number: int
    text: str
    source: str
    date: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a claim rests on: a claim with its rule, and its passage in a document or its rows in a table."""

    role: Role
    claim: str
    said_zh: str
    said_en: str
    rule: RuleNote | None
    document: Origin | None
    passage: Passage | None
    repairs: tuple[Touching, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A claim and all that it rests on; `rules_changed`: the notes are of other rules than the store's."""

    claim: str
    iri: str
    type: str
    said_zh: str
    said_en: str
    rule: RuleNote | None
    reasons: tuple[str, ...]
    run: str
    version: str
    rule_set: str
    rules_changed: bool
    sources: tuple[Source, ...]

    def as_dict(self) -> dict[str, Any]:
        """The chain as plain data."""
        return asdict(self)


def why(store: Store, given: str) -> Why:
    """The chain of the claim that `given` means; raises UsageError where it means none or several.

    Raises StoreError where the store is damaged: a quote that does not stand in its text.
    """
    return Chain(store).why(find_claim(store, given))


class Chain:
    """Makes chains; keeps the records, labels and texts of a store as far as they were needed."""

    def __init__(self, store: Store) -> None:
        """Reads the labels of concepts, and nothing else yet."""
        self.store = store
        self.records: dict[str, dict[str, AnyRecord]] = {}
        self.texts: dict[str, str] = {}
        labels = all_labels(store, iris.REGISTRY_SCHEMES)
        self.words = Words(labels, self.find)
        self.nodes = NodeWords(store, labels)
        self.labels = labels

    @cached_property
    def documents(self) -> frozenset[str]:
        """The ids of the documents that were read."""
        return frozenset(d.id for d in self.store.manifest.documents)

    def find(self, record_id: str) -> AnyRecord | None:
        """The record of an id, null where it was not read from a document."""
        document = record_id.partition(":")[0]
        if document not in self.documents:
            return None
        if document not in self.records:
            found = (from_dict(values) for values in self.store.records(document))
            self.records[document] = {record.id: record for record in found}
        return self.records[document].get(record_id)

    def text(self, document: str) -> str:
        """The source text of a document."""
        return self.texts.setdefault(document, self.store.text(document))

    def why(self, claim: Claim) -> Why:
        """The chain of a claim."""
        record = self.find(claim.id)
        one = self._one
        run = one(claim.iri, vocab.prov_wasGeneratedBy)
        rule_set = next((u for u in self.store.values(run, vocab.prov_used) if "/rule-set/" in u), "")
        rules = one(iris.checksum(rule_set), vocab.spdx_checksumValue)
        zh, en = self._said(claim, record)
        return Why(
            claim=claim.id,
            iri=claim.iri,
            type=self._kind(claim.iri).removeprefix(terms.NAMESPACE) if record is None else record.type,
            said_zh=zh,
            said_en=en,
            rule=self._rule(claim, record),
            reasons=record.reasons if isinstance(record, Alignment) else (),
            run=run,
            version=one(one(run, vocab.prov_wasAssociatedWith), vocab.owl_versionInfo),
            rule_set=rules,
            rules_changed=rules != runs.rule_set(),
            sources=tuple(self._sources(claim, record)),
        )

    def _one(self, node: str, predicate: str) -> str:
        """The value of a property that every such node has; raises StoreError where it lacks."""
        for value in self.store.values(node, predicate):
            return value
        raise StoreError(id_of(node), "lacks what every claim has", "run `gangmu check`")

    def _kind(self, node: str) -> str:
        kinds = self.store.values(node, vocab.rdf_type)
        return next((k for k in kinds if self.nodes.knows(k)), kinds[0] if kinds else "")

    def _said(self, claim: Claim, record: AnyRecord | None) -> tuple[str, str]:
        return self.nodes.say(claim.iri, self._kind(claim.iri)) if record is None else self.words.say(record)

    def _rule(self, claim: Claim, record: AnyRecord | None) -> RuleNote | None:
        name = next(iter(self.store.values(claim.iri, terms.rule)), None)
        if name is None:
            return None
        text = self.text(record.document) if isinstance(record, Repair) else ""
        return rule_note(name, record, text)

    def _sources(self, claim: Claim, record: AnyRecord | None) -> Iterator[Source]:
        if isinstance(record, Alignment):
            yield self._of(record.subject, "lower")
            if record.object is not None:
                yield self._of(record.object, "upper")
        elif isinstance(record, Conflict):
            for target, role in zip(record.targets, ("first", "second"), strict=True):
                yield self._of(target, "first" if role == "first" else "second")
        elif record is not None:
            yield self._source(claim, record, "claim")
        else:
            yield from self._beneath(claim)

    def _beneath(self, claim: Claim) -> Iterator[Source]:
        """What a node that is no record rests on: rows, or other claims."""
        if self._rows(claim.iri):
            yield self._source(claim, None, "claim")
            return
        conflicting = self.store.values(claim.iri, terms.involves)
        for number, node in enumerate(conflicting):
            yield self._of(id_of(node), "second" if number else "first")
        if conflicting:
            return
        for node in self.store.values(claim.iri, terms.cellUpperItem):
            yield self._of(id_of(node), "upper")
        judged = set(self.store.values(claim.iri, terms.judgedBy))
        target = set(self.store.values(claim.iri, terms.statusOf))
        for node in sorted(
            self.store.values(claim.iri, vocab.prov_wasDerivedFrom), key=lambda n: n in judged
        ):
            role: Role = "observation" if node in judged else "target" if node in target else "basis"
            yield self._source(Claim(node, id_of(node)), self.find(id_of(node)), role)

    def _of(self, record_id: str, role: Role) -> Source:
        return self._source(Claim(iris.record(record_id), record_id), self.find(record_id), role)

    def _source(self, claim: Claim, record: AnyRecord | None, role: Role) -> Source:
        zh, en = self._said(claim, record)
        return Source(
            role=role,
            claim=claim.id,
            said_zh=zh,
            said_en=en,
            rule=self._rule(claim, record),
            document=None if record is None else self._origin(record.document),
            passage=None if record is None else passage(self.text(record.document), record),
            repairs=() if record is None else tuple(self._repairs(record)),
            rows=self._rows(claim.iri),
        )

    def _origin(self, document_id: str) -> Origin:
        document = self.find(document_id)
        if not isinstance(document, Document):
            raise StoreError(document_id, "has no record of itself", "run `gangmu build` again")
        concept = self._one(iris.document(document_id), terms.trust)
        text = iris.text(document_id)
        return Origin(
            id=document_id,
            title=document.title,
            trust=document.trust,
            trust_zh=self.labels[concept]["zh"],
            trust_en=self.labels[concept]["en"],
            trust_reasons=document.trust_reasons,
            file=document.source_file,
            file_sha256=document.sha256,
            text_sha256=self._one(iris.checksum(text), vocab.spdx_checksumValue),
        )

    def _repairs(self, record: AnyRecord) -> Iterator[Touching]:
        for other in self.records[record.document].values():
            if isinstance(other, Repair) and other is not record and touches(other, record.start, record.end):
                yield Touching(
                    id=other.id,
                    raw=other.raw,
                    repaired=other.repaired,
                    rule=other.rule,
                    confidence=other.confidence,
                    decided=other.decided,
                )

    def _rows(self, node: str) -> tuple[TableRow, ...]:
        nodes = self.store.values(node, vocab.prov_wasDerivedFrom)
        rows = [n for n in nodes if terms.CuratedRow in self.store.values(n, vocab.rdf_type)]
        found = [
            TableRow(
                table=unquote(row.removeprefix(iris.BASE).split("/")[1]),
                number=int(self._one(row, terms.rowNumber)),
                text=self._one(row, terms.rowText),
                source=self._one(row, vocab.dcterms_source),
                date=self._one(row, vocab.dcterms_date),
                note=next(iter(self.store.values(row, vocab.rdfs_comment)), None),
            )
            for row in rows
        ]
        return tuple(sorted(found, key=lambda row: (row.table, row.number)))
