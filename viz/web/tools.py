"""What the tools for assistants do: questions, searches, chains of evidence, comparisons. Knows no protocol.

Every row carries the quote, the document and the characters that say it, where the graph has them; what was
left out is said by `truncated`.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from graph.compare import compare
from graph.store import read_turtle
from graph.why import why
from loaders.errors import GangmuError, UsageError
from ontology import terms, vocab
from queries.names import as_iris, short_id
from queries.run import Answer, find
from viz.cli_common import find_document
from viz.web import api
from viz.web.deck import Deck
from viz.web.search import Entry, index, search

ONTOLOGY: Final = Path(terms.__file__).with_name("gangmu.ttl")
ROWS: Final = 200
"""Rows that one answer of a tool holds: what an assistant can read at once."""
FOUND: Final = 40


class Assistant:
    """The tools over a deck. GangmuError as the parts that are called."""

    def __init__(self, deck: Deck) -> None:
        """`deck` runs all queries."""
        self.deck = deck

    @cached_property
    def _index(self) -> list[Entry]:
        return index(self.deck.source)

    def schema(self) -> dict[str, Any]:
        """Classes and properties with their definitions, the
        prefixes, and how much of each class there is."""
        known: dict[str, dict[str, str]] = {}
        for subject, predicate, value in read_turtle(ONTOLOGY):
            language = getattr(value, "language", None)
            if language and predicate in (vocab.rdfs_label, vocab.skos_definition):
                kind = "label" if predicate == vocab.rdfs_label else "definition"
                known.setdefault(subject, {})[f"{kind}_{language}"] = getattr(value, "value", "")
        counts = self.deck.source.answer("contents", lang="en")
        return {
            "prefixes": dict(vocab.PREFIXES),
            "terms": [{"iri": iri, **texts} for iri, texts in sorted(known.items())],
            "contents": counts.dicts(),
            "note": "The default graph is the union of all graphs. SERVICE and updates are refused.",
        }

    def find(self, words: str) -> dict[str, Any]:
        """Documents, units, items and targets whose names hold the
        words, or the initials of their pinyin."""
        hits = search(self._index, words) if words.strip() else []
        shown = [
            {"kind": hit.kind, "name": hit.name, "where": hit.where, "page": hit.href} for hit in hits[:FOUND]
        ]
        return {"found": shown, "total": len(hits), "truncated": len(hits) > FOUND}

    def get(self, thing: str) -> dict[str, Any]:
        """Everything that the graph says of a thing (an IRI, or the
        end of one), as Turtle, with evidence."""
        iri = next((iri for iri in as_iris(thing) if self.deck.store.about([iri])), None)
        if iri is None:
            raise UsageError(f"thing {thing}", "is not in this graph", "search for it first")
        try:
            evidence: Any = why(self.deck.store, short_id(iri)).as_dict()["sources"]
        except GangmuError:
            evidence = None  # a document, a unit or another thing that is no claim
        return {"iri": iri, "turtle": self.deck.store.about([iri]).decode(), "evidence": evidence}

    def list_questions(self) -> list[dict[str, Any]]:
        """Every question of the catalogue: name, what it asks in both languages, and its parameters."""
        return [
            {
                "name": query["name"],
                "title": query["title"],
                "summary": query["summary"],
                "parameters": [{"name": p["name"], "kind": p["kind"]} for p in query["parameters"]],
            }
            for query in api.listed()
        ]

    def ask(self, name: str, parameters: dict[str, str | int | list[str]] | None = None) -> dict[str, Any]:
        """What a question of the catalogue returns; things go by their names (西湖区, 区科协) or IRIs."""
        find(name)
        return _rows(self.deck.ask(name, parameters or {}), None)

    def sparql(self, query: str) -> dict[str, Any]:
        """What a SPARQL query returns, within limits of time,
        memory and rows; read only, without network."""
        return _rows(*self.deck.strangers.rows(query))

    def why(self, claim: str) -> dict[str, Any]:
        """From a claim (id or IRI) to the sentence in the file:
        rule, run, document, characters, repairs."""
        return why(self.deck.store, claim).as_dict()

    def compare_plans(self, before: str, after: str) -> dict[str, Any]:
        """What became of one plan in another, be it a version of it or the plan of another year.

        Targets raised, lowered or dropped, deadlines, units and items, each with both passages. Plans go by
        id, title or place.
        """
        store = self.deck.store
        found = compare(store, find_document(store, before), find_document(store, after))
        wanted = {i for change in found.changes for i in (change.before, change.after)}
        passages = {
            record["id"]: {part: record[part] for part in ("quote", "document", "start", "end")}
            for record in store.records()
            if record["id"] in wanted
        }
        changes = [
            {
                **asdict(change),
                "before": passages.get(change.before),
                "after": passages.get(change.after),
            }
            for change in found.changes[:ROWS]
        ]
        return {
            "before": {"document": found.before, "title": found.title_before},
            "after": {"document": found.after, "title": found.title_after},
            "counts": found.counts,
            "changes": changes,
            "total": len(found.changes),
            "truncated": len(found.changes) > ROWS,
        }

    def compare_places(self, jurisdictions: list[str]) -> dict[str, Any]:
        """How places answer the upper plan, task by task, and their
        targets for the indicators they share."""
        if len(jurisdictions) < 2:
            raise UsageError("compare_places", "needs two places or more", "name them, as 南昌市 and 西湖区")
        cells = self.deck.ask("alignment-matrix", {"jurisdiction": jurisdictions})
        targets = self.deck.ask("targets", {"jurisdiction": jurisdictions}).dicts()
        places: dict[object, set[object]] = {}
        for row in targets:
            places.setdefault(row["indicator_name"], set()).add(row["jurisdiction_name"])
        shared = [row for row in targets if len(places[row["indicator_name"]]) > 1]
        return {"tasks": _rows(cells, None), "shared_targets": shared[:ROWS], "truncated": len(shared) > ROWS}

    def document(self, document: str) -> str:
        """The text of a document (id), as offsets of the evidence count it."""
        return self.deck.store.text(document)


def _rows(answer: Answer, cut: str | None) -> dict[str, Any]:
    rows = answer.dicts()
    return {
        "rows": rows[:ROWS],
        "total": None if cut else len(rows),
        "truncated": bool(cut) or len(rows) > ROWS,
    }
