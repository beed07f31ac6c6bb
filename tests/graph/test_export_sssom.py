"""The SSSOM table says what the records say, and sssom-py finds nothing wrong with it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph import iris
from graph.export import export
from graph.export_sssom import COLUMNS, NO_TERM, PREFIXES, sssom
from graph.plain import in_xml
from graph.publication import LICENCE
from graph.store import Store
from ontology import terms

# sssom-py uses options that pandas is giving up
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


def parts(table: bytes) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The head and the rows of a table."""
    lines = table.decode().split("\n")
    size = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    head = yaml.safe_load("\n".join(line[1:] for line in lines[:size]))
    rows = csv.DictReader(io.StringIO("\n".join(lines[size:]), newline=""), delimiter="\t")
    return head, list(rows)


def alignments(store: Store) -> dict[str, dict[str, Any]]:
    records = (r for r in store.records() if r["type"] == "alignment")
    return {iris.record(r["id"]).replace(iris.BASE, "gmid:"): r for r in records}


def validated(path: Path) -> Any:
    """The table as sssom-py reads it, after all its validators that do anything have passed."""
    from sssom.constants import SchemaValidationType
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    read = parse_sssom_table(path)
    kinds = [
        SchemaValidationType.JsonSchema,
        SchemaValidationType.PrefixMapCompleteness,
        SchemaValidationType.StrictCurieFormat,
    ]
    reports = validate(read, kinds)
    assert {kind: report.results for kind, report in reports.items()} == {kind: [] for kind in kinds}
    return read


def test_sssom_py_reads_and_validates_the_table(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "alignments.sssom.tsv"
    export(store, "sssom", path)
    table = validated(path).df.set_index("record_id")
    records = alignments(store)
    assert set(table.index) == set(records)
    for name, record in records.items():
        row = table.loc[name]
        assert row["confidence"] == record["confidence"]
        assert row["mapping_tool"] == f"Gangmu {record['method']}"
        assert row["mapping_justification"] == "semapv:CompositeMatching"
        assert row["comment"] == "；".join(record["reasons"])


def test_rows_are_the_alignments(store: Store) -> None:
    titles = {r["id"]: r["title"] for r in store.records() if r["type"] == "item"}
    head, rows = parts(sssom(store))
    records = alignments(store)
    assert len(rows) == len(records) > 100
    predicates = {"implements": "gm:implements", "relates_to": "gm:relatesTo", None: "gm:relatesTo"}
    for row in rows:
        record = records[row["record_id"]]
        assert row["subject_id"] == iris.record(record["subject"]).replace(iris.BASE, "gmid:")
        assert row["subject_label"] == titles[record["subject"]]
        assert row["predicate_id"] == predicates[record["relation"]]
        assert row["object_label"] == titles.get(record["object"], "")
        assert (row["object_id"] == NO_TERM) == (record["object"] is None)
        assert row["ext_rank"] == str(record["rank"] or "")
        assert float(row["confidence"]) == record["confidence"]
    assert sum(row["object_id"] == NO_TERM for row in rows) >= 20
    assert rows == sorted(rows, key=lambda row: [row.get(c, "") for c in COLUMNS])
    upper = next(r["object_document"] for r in records.values() if r["object"])
    assert head["object_source"] == f"gmid:document/{upper}"  # where nothing was found


def test_the_head_says_what_the_rows_are(store: Store) -> None:
    head, rows = parts(sssom(store))
    assert head["sssom_version"] == "1.1"
    assert head["curie_map"] == PREFIXES
    assert head["license"] == LICENCE
    assert head["mapping_set_id"] == iris.ALIGNMENT_PROPOSED
    assert head["mapping_tool_version"] == terms.VERSION
    assert head["extension_definitions"] == [
        {"slot_name": "ext_rank", "property": "gm:rank", "type_hint": "xsd:integer"}
    ]
    assert set(rows[0]).isdisjoint(head), "what all rows share stands once"
    assert [c for c in COLUMNS if c in rows[0]] == list(rows[0])


def rejudged(store_dir: Path, folder: Path, **fields: Any) -> Store:
    """A store whose first alignment with a counterpart has other fields."""
    shutil.copytree(store_dir, folder)
    path = folder / "records.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    found = next(n for n, t in enumerate(lines) if '"type": "alignment"' in t and json.loads(t)["object"])
    lines[found] = json.dumps({**json.loads(lines[found]), **fields}, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Store.open(folder)


def test_a_rejected_alignment_is_negated(store_dir: Path, tmp_path: Path) -> None:
    store = rejudged(store_dir, tmp_path / "store", status="rejected")
    path = tmp_path / "rejected.sssom.tsv"
    export(store, "sssom", path)
    rows = parts(path.read_bytes())[1]
    negated = [row["record_id"] for row in rows if row["predicate_modifier"]]
    assert negated == [n for n, r in alignments(store).items() if r["status"] == "rejected"]
    assert len(negated) == 1
    validated(path)


def test_two_upper_documents_leave_the_source_of_nothing_open(store_dir: Path, tmp_path: Path) -> None:
    store = rejudged(store_dir, tmp_path / "store", object_document="another")
    head, rows = parts(sssom(store))
    assert "object_source" not in head
    assert {row["object_source"] for row in rows if row["object_id"] == NO_TERM} == {""}


def test_a_store_without_alignments_has_an_empty_table(tmp_path: Path, hostile: Store) -> None:
    folder = tmp_path / "store"
    shutil.copytree(hostile.directory, folder)
    records = folder / "records.jsonl"
    kept = [t for t in records.read_text(encoding="utf-8").split("\n") if '"type": "alignment"' not in t]
    records.write_text("\n".join(kept), encoding="utf-8", newline="")
    head, rows = parts(sssom(Store.open(folder)))
    assert rows == []
    assert "extension_definitions" not in head


def test_hostile_titles(hostile: Store, tmp_path: Path) -> None:
    path = tmp_path / "hostile.sssom.tsv"
    export(hostile, "sssom", path)
    titles = {r["id"]: r["title"] for r in hostile.records() if r["type"] == "item"}
    records = alignments(hostile)
    rows = parts(path.read_bytes())[1]
    assert len(rows) == len(records) > 3
    for row in rows:
        assert row["subject_label"] == in_xml(titles[records[row["record_id"]]["subject"]])
    assert len(validated(path).df) == len(rows)
