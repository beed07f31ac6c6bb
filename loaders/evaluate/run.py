"""All judges over all documents. Nothing is judged and nothing is read from a document here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from loaders.errors import InputError
from loaders.evaluate.alignments import judge_alignments
from loaders.evaluate.claims import (
    judge_citations,
    judge_declarations,
    judge_responsibilities,
    judge_targets,
)
from loaders.evaluate.compare import Rec
from loaders.evaluate.figures import Evaluation, Figures, Finding
from loaders.evaluate.gold import TYPES, Dossier, Placed, base_name, gather, read_records
from loaders.evaluate.marks import judge_conflicts, judge_evidence, judge_repairs
from loaders.evaluate.outline import judge_fields, judge_items, judge_sections
from loaders.evaluate.tally import Tally
from loaders.records import Reading

Predictions = Iterable[Reading | Rec]
"""Readings, or records as JSON objects, or both."""


def evaluate(
    gold: Iterable[Rec], predicted: Predictions, texts: Mapping[str, str] | None = None
) -> Evaluation:
    """The figures of `predicted` records against `gold` ones, and every miss and false hit.

    Documents are matched by the file name in `source_file`, records by place and content; ids need not
    agree. `texts` are source texts by file name (readings bring their own): with them the quotes of both
    sides are checked. InputError: a record is unsound, or a gold quote does not stand where it says.
    """
    placed = [(f"gold record {number}", record) for number, record in enumerate(gold, 1)]
    return _evaluate([r for r in placed if r[1].get("type") in TYPES], predicted, texts, "gold")


def evaluate_files(
    gold: Sequence[Path], predicted: Predictions, texts: Mapping[str, str] | None = None
) -> Evaluation:
    """As `evaluate`, the gold in files of JSON Lines; errors name FILE:LINE."""
    placed = [record for path in gold for record in read_records(path)]
    return _evaluate(placed, predicted, texts, ", ".join(map(str, gold)))


def _evaluate(
    placed: Sequence[Placed], predicted: Predictions, texts: Mapping[str, str] | None, name: str
) -> Evaluation:
    known = {base_name(file): text for file, text in (texts or {}).items()}
    golds = gather(placed)
    if not golds:
        remedy = "begin it with a line of type document; `gangmu annotate` writes one"
        raise InputError(name, "holds no document record", remedy)
    said = list(predicted)
    known.update({base_name(r.document.source_file): r.text for r in said if isinstance(r, Reading)})
    predictions = gather(_flat(said), known, golds)
    items = {
        record["id"]: (record, dossier.name)
        for dossier in predictions.values()
        for record in dossier.of("item")
    }
    tallies: dict[str, Tally] = {}
    for name, gold in golds.items():
        prediction = predictions.get(name, Dossier(name, {}))
        _check_quotes(gold, prediction, known.get(name))
        tallies[name] = Tally(name)
        judge_document(tallies[name], gold, prediction, items)
    for name, prediction in predictions.items():
        if prediction.text is not None:
            judge_evidence(tallies.setdefault(name, Tally(name)), prediction, prediction.text)
    return Evaluation(
        figures=Figures.pooled(tally.figures() for tally in tallies.values()),
        documents={name: tallies[name].figures() for name in golds},
        findings=tuple(finding for tally in tallies.values() for finding in _in_order(tally.findings)),
        missing=tuple(name for name in golds if name not in predictions),
        unchecked=tuple(name for name in golds if name in predictions and predictions[name].text is None),
    )


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as a reader of the text meets them."""
    return sorted(findings, key=lambda finding: -1 if finding.start is None else finding.start)


def _flat(predicted: Iterable[Reading | Rec]) -> Iterator[Placed]:
    """The predicted records with a name for each place, readings taken apart."""
    for number, part in enumerate(predicted, 1):
        if isinstance(part, Reading):
            for record in part.records:
                yield part.document.source_file, record.as_dict()
        elif part.get("type") in TYPES:
            yield f"predicted record {number}", part


def _check_quotes(gold: Dossier, predicted: Dossier, text: str | None) -> None:
    if text is None:
        return
    sums = {gold.document.get("sha256"), predicted.document.get("sha256")} - {None}
    error = gold.misquoted(text, changed=len(sums) > 1)
    if error:
        raise error


def judge_document(
    tally: Tally, gold: Dossier, predicted: Dossier, items: Mapping[str, tuple[Rec, str]]
) -> None:
    """Every type that was annotated in the document."""
    annotated = set(gold.document.get("annotated") or TYPES)
    judges = {
        "document": judge_fields,
        "section": judge_sections,
        "item": judge_items,
        "responsibility": judge_responsibilities,
        "citation": judge_citations,
        "declaration": judge_declarations,
        "repair": judge_repairs,
        "conflict": judge_conflicts,
    }
    for kind in TYPES:
        if kind not in annotated:
            continue
        if kind == "target":
            judge_targets(tally, gold, predicted, with_items="item" in annotated)
        elif kind == "alignment":
            judge_alignments(tally, gold, predicted, items)
        else:
            judges[kind](tally, gold, predicted)
