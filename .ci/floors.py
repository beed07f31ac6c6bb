"""A floor under every figure that was reached on the development gold: a lower one fails."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

FLOORS = {
    "evidence.share": 1.0,
    "document.all.acc": 1.0,
    "section.f1": 1.0,
    "section.parent.acc": 1.0,
    "item.f1": 1.0,
    "item.path.acc": 1.0,
    "target.loose.f1": 1.0,
    "target.strict.f1": 1.0,
    "target.fields.indicator.acc": 1.0,
    "target.fields.item.acc": 1.0,
    "target.fields.modality.acc": 1.0,
    "responsibility.f1": 1.0,
    "responsibility.canonical_name.acc": 0.98,
    "citation.f1": 1.0,
    "citation.relation.acc": 1.0,
    "declaration.declared_and_found.f1": 1.0,
    "repair.f1": 0.93,
    "conflict.f1": 1.0,
    "conflict.sure.p": 1.0,
    "conflict.sure.r": 1.0,
    "alignment.hit1_any.acc": 0.85,
    "alignment.hit3.acc": 0.90,
    "alignment.action1_any.acc": 0.88,
    "alignment.relation.acc": 1.0,
    "alignment.abstention.f1": 0.80,
}


def main(shared: Path, store: Path) -> int:
    """Score the store's records and print each figure beside its floor."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        records.write_bytes((store / "records.jsonl").read_bytes())
        gold = sorted(map(str, (shared / "gold").glob("*.jsonl")))
        texts = sorted(map(str, (shared / "corpus").glob("*.txt")))
        command = [sys.executable, str(shared / "eval" / "score.py"), "--json", "--errors"]
        command += ["--gold", *gold, "--pred", str(records), "--source", *texts]
        result = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
    failed = 0
    for name, floor in FLOORS.items():
        value = result
        for key in name.split("."):
            value = value[key]
        low = value is None or value < floor
        failed += low
        print(f"{'LOW' if low else 'ok ':<4}{name:<40}{value}  floor {floor}")  # noqa: T201
    if failed:
        print("\n".join(result["errors"]))  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
