"""What every view reads of a store: plan items and how they nest, matches, targets, duties, evidence.

Rows come from named queries; records, by their IRI, add what a row leaves out (codes, rules, spans).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from graph import iris
from graph.store import Store
from queries.names import short_id
from queries.run import Row, rows
from viz.pages.model import Evidence, Fact, Label, NodeKind

AROUND = 60
"""Characters of the text shown on either side of a quote."""
RANKS = 3
"""How many counterparts of a local item are shown."""
COMPARATORS: Final = {">=": "≥ ", ">": "＞ ", "=": "= ", "<=": "≤ ", "<": "＜ ", "~": "约 "}
TEXT = Label("原文", "Text")


class Plan:
    """A store as the views see it; everything is read once."""

    def __init__(self, store: Store, ask: Callable[..., list[Row]] | None = None) -> None:
        """`store` is only read; `ask` gives the rows of a question by its name, else the store does."""
        self.store = store
        self._ask = ask or (lambda name, **params: rows(store, name, params))
        self._texts: dict[str, str] = {}

    def rows(self, name: str, **params: Any) -> list[Row]:
        """The rows of a named query, words in Chinese."""
        return self._ask(name, **params)

    def both(self, name: str, key: str, column: str, **params: Any) -> dict[str, Label]:
        """What a column says in both languages, by the value of the column `key`."""
        zh = self._ask(name, **params, lang="zh")
        en = {row[key]: row[column] for row in self._ask(name, **params, lang="en")}
        return {str(row[key]): Label(str(row[column]), str(en.get(row[key], row[column]))) for row in zh}

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        """Every record by the IRI of what it says, in document order."""
        found = {}
        for record in self.store.records():
            document = record["type"] == "document"
            found[iris.document(record["id"]) if document else iris.record(record["id"])] = record
        return found

    @cached_property
    def documents(self) -> dict[str, dict[str, Any]]:
        """The document records, by the IRI of the document."""
        return {iri: record for iri, record in self.records.items() if record["type"] == "document"}

    @cached_property
    def items(self) -> dict[str, Row]:
        """The rows of the plan tree by the IRI of the item, in document order."""
        return {str(row["item"]): row for row in self.rows("plan-tree") if row["path"] is not None}

    @cached_property
    def places(self) -> dict[str, str]:
        """The short name of each document's jurisdiction, by its IRI; its file's name where none is known."""
        named = {str(row["document"]): row["jurisdiction_name"] for row in self.rows("documents")}
        return {iri: str(named.get(iri) or d["source_file"]) for iri, d in self.documents.items()}

    @cached_property
    def matches(self) -> list[Row]:
        """The alignments up to RANKS, by upper item and then by local item."""
        return self.rows("alignment-by-task", ranks=RANKS)

    @cached_property
    def by_lower(self) -> dict[str, list[Row]]:
        """The matches of each local item, the best first."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.matches, key=lambda row: number(row["rank"])):
            found[str(row["lower_item"])].append(row)
        return found

    @cached_property
    def relations(self) -> dict[str, Label]:
        """How the two items of each alignment are related, in words."""
        return self.both("alignment-by-task", "alignment", "relation", ranks=RANKS)

    @cached_property
    def statuses(self) -> dict[str, Label]:
        """Whether each alignment is proposed or decided, in words."""
        return self.both("alignment-by-task", "alignment", "status", ranks=RANKS)

    @cached_property
    def targets(self) -> dict[str, list[str]]:
        """IRIs of targets by the record id of their item, or by their document's IRI where they have none."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, record in self.records.items():
            if record["type"] == "target":
                found[record["item"] or iris.document(record["document"])].append(iri)
        return found

    @cached_property
    def duties(self) -> dict[str, list[Row]]:
        """The responsibilities of each item, by its IRI."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("unit-items"):
            found[str(row["item"])].append(row)
        return found

    @cached_property
    def roles(self) -> dict[str, Label]:
        """The role of each responsibility in words, by its IRI."""
        return self.both("unit-items", "responsibility", "role")

    def document(self, iri: str) -> str:
        """The IRI of the document that a claim was read from."""
        return iris.document(str(self.records[iri]["document"]))

    def title(self, document: str) -> str:
        """What a document is called, by its IRI."""
        record = self.documents[document]
        return str(record["title"] or record["source_file"])

    def level(self, iri: str) -> str:
        """The level of government of a claim's document."""
        return str(self.documents[self.document(iri)]["level"] or "unknown")

    def place(self, iri: str) -> str:
        """The short name of the jurisdiction of a claim's document."""
        return self.places[self.document(iri)]

    def kind(self, item: str) -> NodeKind:
        """What an item is."""
        kind: NodeKind = self.records[item]["kind"]
        return kind

    def name(self, item: str) -> str:
        """An item's path and title."""
        return " ".join(f"{self.items[item]['path']} {self.items[item]['title']}".split())

    def parent(self, item: str) -> str | None:
        """The item above an item, null for the topmost ones."""
        above = str(self.items[item]["parent"])
        return above if above in self.items else None

    def task(self, item: str) -> str:
        """The task that an upper item is or belongs to; an action stands for itself."""
        above = self.parent(item)
        return self.task(above) if above and self.kind(item) == "measure" else item

    def top(self, item: str) -> str:
        """The topmost item above an item, or the item itself."""
        above = self.parent(item)
        return self.top(above) if above else item

    def actions(self, item: str) -> tuple[str, ...]:
        """Ids of the upper actions that a local item corresponds to in the first place."""
        matches = self.by_lower.get(item, [])
        found = (node_id(self.top(str(match["upper_item"]))) for match in matches if not is_spare(match))
        return tuple(dict.fromkeys(found))

    def evidence(self, iri: str) -> Evidence:
        """The passage that a claim was read from."""
        record = self.records[iri]
        return evidence_of(record, self._text(record["document"]), self.title(self.document(iri)))

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self.store.text(document)
        return self._texts[document]

    def own_facts(self, item: str) -> Iterator[Fact]:
        """What a document says of an item itself: its text, its targets and who answers for it."""
        yield Fact(label=TEXT, evidence=self.evidence(item))
        yield from self.target_facts(self.targets.get(self.records[item]["id"], []))
        yield from self.duty_facts(self.duties.get(item, []))

    def target_facts(self, targets: Iterable[str]) -> Iterator[Fact]:
        """Each target with its evidence."""
        for iri in targets:
            record = self.records[iri]
            text, note = target_text(record), target_note(record)
            yield Fact(label=Label("目标", "Target"), text=text, detail=note, evidence=self.evidence(iri))

    def duty_facts(self, duties: Iterable[Row]) -> Iterator[Fact]:
        """Each responsible unit with its role and how it is written."""
        for row in duties:
            role = self.roles[str(row["responsibility"])]
            label = Label(f"责任单位（{role.zh}）", f"Responsible unit ({role.en})")
            text = str(row["unit_name"])
            yield Fact(label=label, text=text, evidence=self.evidence(str(row["responsibility"])))

    def match_fact(self, match: Row, *, upward: bool) -> Fact:
        """A match as it is told beside the local item (`upward`) or beside the upper one."""
        relation, status = self.relations[str(match["alignment"])], self.statuses[str(match["alignment"])]
        confidence = f"{number(match['confidence']):.2f}"
        lower = str(match["lower_item"])
        text = f"{match['upper_path']} {match['upper_title']}"
        label = Label("对应上级", "Upper counterpart") if upward else Label("下级对应", "Local counterpart")
        rank = rank_label(match)
        if is_spare(match):
            label = Label(f"{label.zh}（备选）", f"{label.en} (alternative)")
        return Fact(
            label=label,
            text=text if upward else f"{self.place(lower)} {match['lower_path']} {match['lower_title']}",
            note=Label(
                f"{relation.zh} · 置信度 {confidence} · {rank.zh} · {status.zh}",
                f"{relation.en} · confidence {confidence} · {rank.en} · {status.en}",
            ),
            detail=str(match["reasons"] or ""),
            node=node_id(self.task(str(match["upper_item"])) if upward else lower),
            spare=is_spare(match),
        )


def evidence_of(record: dict[str, Any], text: str, title: str) -> Evidence:
    """The passage of a record in its document's text, with what stands around it."""
    start, end = record["start"], record["end"]
    return Evidence(
        document=title,
        start=start,
        end=end,
        before=text[max(0, start - AROUND) : start],
        quote=record["quote"],
        after=text[end : end + AROUND],
        rule=record["rule"],
    )


def node_id(iri: str) -> str:
    """The id of a node of a page, which also stands in links to it."""
    return short_id(iri)


def is_spare(match: Row) -> bool:
    """Whether a match is an alternative: coverage counts those of rank 1 alone."""
    return number(match["rank"]) > 1


def rank_label(match: Row) -> Label:
    """The rank of a match in words."""
    if not is_spare(match):
        return Label("首选", "first choice")
    return Label(f"备选，第 {match['rank']} 位", f"alternative, rank {match['rank']}")


def number(value: object) -> float:
    """A number of a row; nothing counts as zero."""
    return float(value) if isinstance(value, int | float) else 0.0


def target_text(record: dict[str, Any]) -> str:
    """A target as one line: indicator, comparison and figure as printed."""
    marks = [mark for mark, holds in (("增速", record["growth"]), ("每年", record["per_year"])) if holds]
    figure = record["figure"] or f"{record['value']:g}{record['unit'] or ''}"
    marked = f"（{'、'.join(marks)}）" if marks else ""
    return f"{record['indicator']}{marked} {COMPARATORS.get(record['comparator'], '')}{figure}"


def target_note(record: dict[str, Any]) -> str:
    """When a target is due and how firmly it is meant."""
    start, end = record["deadline_start"], record["deadline_end"]
    years = "" if end is None else f"{end}年" if start in (None, end) else f"{start}–{end}年"
    return " · ".join(part for part in (years, record["modality"]) if part)
