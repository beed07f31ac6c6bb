"""`loaders.evaluate` gives the figures of the shared score.py: on the records as read, and on damaged ones.

Run as `.ci/same_scores.py SHARED STORE`. The damaged records lack some, hold some twice at another place,
and have fields changed, each variant by a rule of its own: figures that are all 1.0 would prove little.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from loaders.evaluate import Evaluation, evaluate_files

NAMES = {
    "evidence": "evidence",
    "document.all": "document.all",
    "section": "section",
    "item": "item",
    "item.span_only": "item.span",
    "target.loose": "target.loose",
    "target.strict": "target.strict",
    "responsibility": "responsibility",
    "responsibility.role": "responsibility.role",
    "responsibility.canonical_name": "responsibility.unit_name",
    "citation": "citation",
    "citation.number": "citation.number",
    "citation.relation": "citation.relation",
    "declaration.declared": "declaration",
    "declaration.declared_and_found": "declaration.with_found",
    "declaration.found": "declaration.found",
    "declaration.of": "declaration.of",
    "repair": "repair",
    "conflict": "conflict",
    "conflict.kind": "conflict.kind",
    "alignment.hit1_best": "alignment.first_best",
    "alignment.hit1_any": "alignment.first_any",
    "alignment.hit3": "alignment.among_three",
    "alignment.action1_best": "alignment.action_best",
    "alignment.action1_any": "alignment.action_any",
    "alignment.relation": "alignment.relation",
    "alignment.abstention": "alignment.abstention",
    **{f"{kind}.{field}": f"{kind}.{field}" for kind in ("section", "item") for field in ("parent", "title")},
    "item.path": "item.path",
}
"""Where score.py and we keep the same figure."""
KEYS = {
    "p": "precision",
    "r": "recall",
    "f1": "f1",
    "tp": "matched",
    "fp": "extra",
    "fn": "missed",
    "acc": "share",
    "share": "share",
    "ok": "right",
    "n": "of",
}
FLIPS: dict[str, dict[str, Any]] = {
    "document": {"kind": "意见", "date": None},
    "section": {"title": "别的标题", "parent": None},
    "item": {"kind": "safeguard", "path": "9.9", "title": None, "parent": None},
    "target": {"comparator": "=", "unit": "人", "deadline_end": 2031, "modality": "力争", "item": None},
    "responsibility": {"role": "support", "unit_name": "别的单位"},
    "citation": {"number": "赣府发〔2020〕1号", "relation": "cites"},
    "goal": {"wording": "居全省前列", "item": None},
    "field": {"word": "医疗", "item": None},
    "declaration": {"of": "part", "found": None},
    "repair": {"decided": False},
    "conflict": {"kind": "near", "confidence": 0.4},
    "alignment": {"relation": "relates_to", "object_path": "3.1", "confidence": 0.93, "status": "rejected"},
}
VARIANTS = 12


def main(shared: Path, store: Path) -> int:
    """Compare the figures of every variant, and of the repository's own small gold; 1 where any differs."""
    gold = sorted((shared / "gold").glob("*.jsonl"))
    texts = sorted((shared / "corpus").glob("*.txt"))
    records = _records(store / "records.jsonl")
    own = Path(__file__).parent.parent / "tests" / "golden" / "gold"
    failed = compare(
        "own gold", shared, [own / "yard.jsonl"], _records(own / "yard.predicted.jsonl"), [own / "yard.txt"]
    )
    failed += compare("as read", shared, gold, records, texts)
    for variant in range(1, VARIANTS + 1):
        failed += compare(f"variant {variant}", shared, gold, damaged(records, variant), texts)
    return 1 if failed else 0


def compare(name: str, shared: Path, gold: list[Path], predicted: list[Any], texts: list[Path]) -> int:
    """How many figures differ; says which."""
    theirs = reference(shared, gold, predicted, texts)
    ours = evaluate_files(gold, predicted, {path.name: path.read_bytes().decode() for path in texts})
    wrong = list(differences(theirs, ours))
    strict = ours.figures.scores["target.strict"].f1
    print(f"{name:<10} {len(wrong)} differ (strict F1 of targets {strict})")  # noqa: T201
    for line in wrong:
        print(f"   {line}")  # noqa: T201
    return len(wrong)


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def reference(shared: Path, gold: list[Path], predicted: list[Any], texts: list[Path]) -> dict[str, Any]:
    """What score.py says of the records."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in predicted), "utf-8")
        command = [sys.executable, str(shared / "eval" / "score.py"), "--json", "--gold", *map(str, gold)]
        command += ["--pred", str(path), "--source", *map(str, texts)]
        output = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    result: dict[str, Any] = json.loads(output)
    return result


def damaged(records: list[dict[str, Any]], variant: int) -> list[dict[str, Any]]:
    """The records with some left out, moved, doubled or changed, as their ids and the variant say.

    Every fourth variant lacks one document whole.
    """
    out = []
    documents = sorted(record["id"] for record in records if record["type"] == "document")
    lost = documents[variant % len(documents)] if variant % 4 == 0 else None
    for record in records:
        if record["document"] == lost:
            continue
        chance = zlib.crc32(f"{variant}:{record['id']}".encode()) % 100
        changed = copy.deepcopy(record)
        if record["type"] != "document" and chance < 2 * variant:
            continue
        if chance < 40 and (chance % 3 or record["type"] == "document"):
            fields = sorted(FLIPS[record["type"]].items())
            changed.update([fields[chance % len(fields)]])
        elif chance < 60 and record["type"] != "document":
            shift = chance % 9 - 4
            changed["start"], changed["end"] = max(0, changed["start"] + shift), changed["end"] + shift
        elif chance < 70 and record["type"] != "document":
            twin = {**copy.deepcopy(record), "id": record["id"] + "!", "start": max(0, record["start"] - 1)}
            out.append(twin)
        out.append(changed)
    return out


def differences(theirs: dict[str, Any], ours: Evaluation) -> Iterator[str]:
    """Each figure that is not the same, pooled and by document."""
    yield from _compare("", theirs, ours.figures.as_dict())
    for name, figures in ours.documents.items():
        yield from _compare(f"{name[:3]} ", theirs["by_document"][name], figures.as_dict())


def _compare(prefix: str, theirs: dict[str, Any], ours: dict[str, Any]) -> Iterator[str]:
    names = dict(NAMES)
    names |= {f"document.{f}": f"document.{f}" for f in theirs["document"]}
    names |= {f"target.fields.{f}": f"target.{f}" for f in theirs["target"]["fields"]}
    pairs = [
        (f"{name}.{key}", _at(theirs, name)[key], _at(ours, own)[KEYS[key]])
        for name, own in names.items()
        for key in _at(theirs, name)
        if key in KEYS and not isinstance(_at(theirs, name)[key], dict)
    ]
    sure, alignment = theirs["conflict"]["sure"], theirs["alignment"]
    calibration = ours["alignment"]["calibration"]
    pairs += [
        ("evidence.without", theirs["evidence"]["without"], ours["evidence"]["missing"]),
        ("conflict.sure.p", sure["p"], ours["conflict"]["sure_precision"]["share"]),
        ("conflict.sure.pred", sure["pred"], ours["conflict"]["sure_precision"]["of"]),
        ("conflict.sure.r", sure["r"], ours["conflict"]["sure_recall"]["share"]),
        ("conflict.sure.gold", sure["gold"], ours["conflict"]["sure_recall"]["of"]),
        ("lists", theirs["responsibility"]["recall_lists"], ours["responsibility"]["in_lists"]["share"]),
        (
            "running text",
            theirs["responsibility"]["recall_running_text"],
            ours["responsibility"]["in_running_text"]["share"],
        ),
        ("items not found", alignment["items_not_found"], ours["alignment"]["items_not_found"]),
        ("ece", alignment["ece"], calibration["error"]),
        ("ece_n", alignment["ece_n"], calibration["of"]),
        *(
            (
                f"bin {at}",
                [b["n"], b["confidence"], b["accuracy"]],
                [o["count"], o["confidence"], o["accuracy"]],
            )
            for at, (b, o) in enumerate(zip(alignment["ece_bins"] or [], calibration["bins"], strict=False))
        ),
    ]
    for name, one, two in pairs:
        if one != two:
            yield f"{prefix}{name}: {one} there, {two} here"


def _at(tree: dict[str, Any], path: str) -> dict[str, Any]:
    for key in path.split("."):
        tree = tree[key]
    return tree


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
