"""The alignments as an SSSOM table (TSV), for sssom-py and mapping registries. Judges nothing.

Follows SSSOM 1.1, its canonical TSV form (spec-formats-tsv, "Canonical SSSOM/TSV format"): slots in the
schema's order, rows sorted, what all rows share once in the head. One rule is not followed: confidences keep
all their digits, so that the table and the graph say the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from graph import iris
from graph.plain import in_xml
from graph.publication import CREATOR, LICENCE, TITLE, version
from graph.store import Store
from graph.triples import ITEM_CLASSES
from graph.triples_facts import ALIGNMENT_PROPERTIES
from ontology import terms, vocab

Row = dict[str, str]
"""Slot to value; an empty value is none."""
SSSOM_VERSION: Final = "1.1"
"""The lowest version that knows `record_id` and `predicate_type`."""
NO_TERM: Final = "sssom:NoTermFound"
PREFIXES: Final = {"gm": terms.NAMESPACE, "gmid": iris.BASE}
BUILT_IN: Final = {"semapv": vocab.PREFIXES["semapv"], "sssom": vocab.PREFIXES["sssom"]}
"""Prefixes that every reader knows; a canonical table does not declare them."""
RANK: Final = "ext_rank"
COLUMNS: Final = (
    "record_id",
    "subject_id",
    "subject_label",
    "subject_category",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_category",
    "mapping_justification",
    "reviewer_label",
    "subject_type",
    "subject_source",
    "object_type",
    "object_source",
    "predicate_type",
    "mapping_tool",
    "mapping_tool_version",
    "review_date",
    "confidence",
    "comment",
    RANK,
)
"""Slots of a mapping in the order of the schema, the extension after them."""
PROPAGATABLE: Final = (
    "subject_type",
    "subject_source",
    "object_type",
    "object_source",
    "predicate_type",
    "mapping_tool",
    "mapping_tool_version",
)
"""Slots that stand in the head where all rows agree (spec-model, "Propagatable slots")."""


def sssom(store: Store) -> bytes:
    """The table of all alignments; items that were given no counterpart have `sssom:NoTermFound`.

    Such a row says that neither relation holds: it names gm:relatesTo, the wider of the two, and as its
    source the upper document, known where all alignments share one (spec-model, "Representing unmapped
    entities"). A rejected alignment is negated by `predicate_modifier`; those that people decided name them.
    """
    records = list(store.records())
    items = {r["id"]: r for r in records if r["type"] == "item"}
    alignments = [r for r in records if r["type"] == "alignment"]
    uppers = sorted({r["object_document"] for r in alignments if r["object"] is not None})
    upper = uppers[0] if len(uppers) == 1 else None
    rows = [_row(store, r, items, upper) for r in alignments]
    rows.sort(key=lambda row: [row[column] for column in COLUMNS])
    shared = {slot: rows[0][slot] for slot in PROPAGATABLE if rows and len({row[slot] for row in rows}) == 1}
    columns = [c for c in COLUMNS if c not in shared and any(row[c] for row in rows)]
    head = _head(store, rows, shared)
    lines = "".join(f"#{line}\n" for line in head.splitlines())
    return (lines + _table(columns or list(COLUMNS[:-1]), rows)).encode()


def curie(iri: str) -> str:
    """The IRI by one of the prefixes, as SSSOM/TSV demands of every identifier."""
    return next(
        f"{prefix}:{iri.removeprefix(start)}"
        for prefix, start in {**PREFIXES, **BUILT_IN}.items()
        if iri.startswith(start)
    )


def _row(store: Store, record: Mapping[str, Any], items: Mapping[str, Any], upper: str | None) -> Row:
    node = iris.record(record["id"])
    subject, counterpart = items[record["subject"]], items.get(record["object"])
    source = record["object_document"] or upper
    justification = store.values(node, vocab.sssom_mapping_justification)
    if record["reviewers"]:
        justification = [vocab.semapv_ManualMappingCuration]
    predicate = ALIGNMENT_PROPERTIES[record["relation"] or "relates_to"]
    return {
        "record_id": curie(node),
        "subject_id": curie(iris.record(subject["id"])),
        "subject_label": in_xml(subject["title"]),
        "subject_category": curie(ITEM_CLASSES[subject["kind"]]),
        "predicate_id": curie(predicate),
        "predicate_modifier": "Not" if record["status"] == "rejected" else "",
        "object_id": curie(iris.record(counterpart["id"])) if counterpart else NO_TERM,
        "object_label": in_xml(counterpart["title"]) if counterpart else "",
        "object_category": curie(ITEM_CLASSES[counterpart["kind"]]) if counterpart else "",
        "mapping_justification": curie(next(iter(justification), vocab.semapv_CompositeMatching)),
        "reviewer_label": "|".join(in_xml(name).replace("|", "/") for name in record["reviewers"]),
        "subject_type": "owl named individual",
        "subject_source": curie(iris.document(record["document"])),
        "object_type": "owl named individual",
        "object_source": curie(iris.document(source)) if source else "",
        "predicate_type": "owl object property",
        "mapping_tool": f"Gangmu {record['method']}",
        "mapping_tool_version": terms.VERSION,
        "review_date": record["reviewed"] or "",
        "confidence": str(record["confidence"]).removesuffix(".0"),
        "comment": in_xml("；".join(record["reasons"])),
        RANK: "" if record["rank"] is None else str(record["rank"]),
    }


def _head(store: Store, rows: Sequence[Row], shared: Row) -> str:
    """The metadata block as YAML, slots in the order of the schema."""
    identifiers = {value for row in rows for value in row.values()} | {f"gm:{terms.rank}"}
    used = {p: iri for p, iri in PREFIXES.items() if any(v.startswith(f"{p}:") for v in identifiers)}
    metadata: dict[str, Any] = {
        "sssom_version": SSSOM_VERSION,
        "curie_map": dict(sorted(used.items())),
        "mapping_set_id": iris.ALIGNMENT_PROPOSED,
        "mapping_set_version": version(store),
        "mapping_set_title": f"{TITLE['zh']} · 对应 / {TITLE['en']}: alignments",
        "creator_label": [CREATOR],
        "license": LICENCE,
        **{slot: value for slot, value in shared.items() if value},
    }
    if any(row[RANK] for row in rows):
        rank = {"slot_name": RANK, "property": curie(terms.rank), "type_hint": "xsd:integer"}
        metadata["extension_definitions"] = [rank]
    return yaml.dump(metadata, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10**6)


class _Plain(yaml.SafeDumper):
    """Writes scalars plain where YAML can, in double quotes elsewhere, and never an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's own signature
        """Aliases are forbidden in SSSOM."""
        return True


def _scalar(dumper: _Plain, text: str) -> yaml.ScalarNode:
    quoted = yaml.safe_dump(text, width=10**6)[0] in "'\""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


_Plain.add_representer(str, _scalar)


def _table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """The rows by RFC 4180 with tabs, quoted where a value holds a tab, a quote or a line end."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore", delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()
