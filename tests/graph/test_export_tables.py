"""The data package is valid by frictionless, its keys hold, and its cells are what the records say."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from graph.export import export
from graph.export_tables import DESCRIPTOR, RECORDS, data_package
from graph.store import Store
from graph.table_schema import tables
from loaders import records as contract
from loaders.errors import StoreError
from ontology import generate, schemes, terms, vocab

CURATED = {"documents": 2, "targets": 10}
"""Rows that are in the graph and in no record."""


@pytest.fixture(scope="module")
def package(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "package"
    export(store, "tables", folder)
    return folder


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults(folder: Path) -> list[str]:
    """What frictionless finds wrong with a package, as kinds of errors."""
    from frictionless import validate

    report = validate(str(folder / DESCRIPTOR))
    return [str(kind) for (kind,) in report.flatten(["type"])]


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    assert faults(package) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("targets", "document", "nowhere", "foreign-key"),
        ("items", "parent", "nowhere", "foreign-key"),
        ("responsibilities", "unit", "unit:none", "foreign-key"),
        ("targets", "value", "many", "type-error"),
        ("targets", "comparator", "?", "constraint-error"),
        ("alignments", "reasons", "[", "type-error"),
        ("units", "name", "", "constraint-error"),
    ],
)
def test_frictionless_would_find(
    package: Path, tmp_path: Path, table: str, column: str, value: str, fault: str
) -> None:
    for file in package.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    changed = rows(package, table)
    changed[-1][column] = value
    with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, changed[0])
        writer.writeheader()
        writer.writerows(changed)
    descriptor = json.loads((tmp_path / DESCRIPTOR).read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    assert fault in faults(tmp_path)


def test_a_changed_file_does_not_have_its_checksum(package: Path, tmp_path: Path) -> None:
    for file in package.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "units.csv").open("a", encoding="utf-8", newline="") as out:
        out.write("x,https://example.org,x,,false,,\r\n")
    assert {"hash-count", "byte-count"} <= set(faults(tmp_path))


def test_cells_are_what_the_records_say(store: Store, package: Path) -> None:
    found = {table.name: {row["id"]: row for row in rows(package, table.name)} for table in tables()}
    for record in store.records():
        row = found[RECORDS[record["type"]]][record["id"]]
        for field in next(t for t in tables() if t.name == RECORDS[record["type"]]).fields:
            if field.name in record:
                assert row[field.name] == cell(record[field.name]), (field.name, record["id"])


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list):
        return json.dumps(value, ensure_ascii=False)
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_what_only_the_graph_knows_is_there(store: Store, package: Path) -> None:
    counts = Counter(RECORDS[record["type"]] for record in store.records()) + Counter(CURATED)
    assert {table: len(rows(package, table)) for table in counts} == counts
    assert len(counts) == 12
    curated = [row for row in rows(package, "documents") if row["trust"] == "curated"]
    assert [row["title"] for row in curated] == [
        "科技兴赣六大行动2024年工作要点",
        "科技兴赣六大行动实施方案(2023-2025年)",
    ]
    assert {row["jurisdiction_code"] for row in curated} == {"360000"}
    targets = [row for row in rows(package, "targets") if row["document"].startswith("curated-")]
    assert len(targets) == 10
    assert all(
        row["indicator"] and row["comparator"] and row["figure"] and row["deadline_end"] for row in targets
    )
    named = {row["id"]: row for row in rows(package, "units")}
    science = next(row for row in named.values() if row["name"] == "南昌市西湖区科学技术协会")
    assert "区科协" in json.loads(science["aliases"])
    assert science["jurisdiction_code"] == "360103"


def test_actual_values_and_progress_are_there(store: Store, package: Path) -> None:
    actual = rows(package, "observations")
    assert len(actual) == len({q.subject for q in store.quads(predicate=terms.observedYear)}) >= 9
    contracts = next(row for row in actual if row["value"] == "1595")
    assert (contracts["year"], contracts["unit"], contracts["jurisdiction_code"]) == (
        "2023",
        "亿元",
        "360000",
    )
    assert contracts["source"].startswith("新华网")
    progress = rows(package, "progress")
    assert {row["target"] for row in progress} == {row["id"] for row in rows(package, "targets")}
    assert all(row["arithmetic_zh"] != row["arithmetic_en"] for row in progress if row["status"] == "met")


def test_rows_are_sorted_and_keys_unique(package: Path) -> None:
    for table in tables():
        ids = [row["id"] for row in rows(package, table.name)]
        assert ids == sorted(set(ids)), table.name


def test_the_descriptor_describes(store: Store, package: Path) -> None:
    said = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    assert said["licenses"][0]["path"] == "https://spdx.org/licenses/MIT"
    assert [s["sha256"] for s in said["sources"]] == [d.sha256 for d in store.manifest.documents]
    assert all(s["licence"] for s in said["sources"])
    for resource, table in zip(said["resources"], tables(), strict=True):
        content = (package / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["labels"] == {"zh": table.zh, "en": table.en}
        assert all(set(f["labels"]) == {"zh", "en"} for f in resource["schema"]["fields"])


def test_the_schema_keeps_to_the_contract_and_the_ontology() -> None:
    known = {str(s) for s in generate.load().subjects()} | {
        v for v in vars(vocab).values() if isinstance(v, str)
    }
    checked = 0
    for table in tables():
        kind = next((k for k, t in RECORDS.items() if t == table.name), None)
        for field in table.fields:
            if field.term is not None:
                assert field.descriptor()["rdfType"] in known, field.term
            assert field.refers is None or field.refers in {t.name for t in tables()}
            checked += 1
        if kind is not None:
            fields = {f.name for f in table.fields} - {"iri", "first", "second", "across_documents"}
            assert fields <= names(kind), kind
    assert checked == 200
    assert set(get_args(contract.Role)) == set(schemes.NOTATIONS[schemes.scheme_role])


def names(kind: str) -> set[str]:
    """The fields of a type of record."""
    cls = next(c for c in contract.Record.__subclasses__() if c.type == kind)
    return {"type", *cls.__dataclass_fields__}


def test_hostile_titles_come_back_as_they_are(hostile: Store, tmp_path: Path) -> None:
    export(hostile, "tables", tmp_path / "package")
    assert faults(tmp_path / "package") == []
    titles = {r["id"]: r["title"] for r in hostile.records() if r["type"] == "item"}
    found = {row["id"]: row["title"] for row in rows(tmp_path / "package", "items")}
    assert found == titles
    assert len(titles) > 100


def test_a_very_long_quote(store_dir: Path, tmp_path: Path) -> None:
    """Longer than the 131,072 characters that Python's own reader takes by default."""
    shutil.copytree(store_dir, tmp_path / "store")
    path = tmp_path / "store" / "records.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if '"type": "item"' in line)
    lines[place] = json.dumps({**json.loads(lines[place]), "quote": '长",\n' * 50_000}, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    export(Store.open(tmp_path / "store"), "tables", tmp_path / "package")
    assert (tmp_path / "package" / "items.csv").stat().st_size > 300_000
    assert faults(tmp_path / "package") == []


def test_a_folder_is_replaced_only_by_its_like(store: Store, package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    size = export(store, "tables", folder)
    assert size == sum(len(b) for b in data_package(store).values()) == total(folder)
    (folder / "units.csv").unlink()
    export(store, "tables", folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in package.iterdir()
    }
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="exists and is no folder of tables; name another folder"):
        export(store, "tables", other)
    with pytest.raises(StoreError, match="No such file"):
        export(store, "tables", tmp_path / "nowhere" / "tables")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other", "tables"]
    assert [p.name for p in other.iterdir()] == ["mine.txt"]


def total(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.iterdir())
