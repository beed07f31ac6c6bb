"""Commands that judge the reading: evaluate, annotate, account. Scoring and accounting are done elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loaders.errors import GangmuError, InputError, UsageError
from viz.cli_common import emit, note, tell
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from rich.table import Table

    from loaders.account import Account
    from loaders.evaluate import Evaluation, Finding, Share
    from loaders.evaluate.run import Predictions

JsonOption = Annotated[bool, typer.Option("--json")]
SCORES = (
    ("section", "evaluate.section"),
    ("item", "evaluate.item"),
    ("item.span", "evaluate.item.span"),
    ("target.loose", "evaluate.target.loose"),
    ("target.strict", "evaluate.target.strict"),
    ("responsibility", "evaluate.responsibility"),
    ("citation", "evaluate.citation"),
    ("declaration", "evaluate.declaration"),
    ("declaration.with_found", "evaluate.declaration.with_found"),
    ("repair", "evaluate.repair"),
    ("conflict", "evaluate.conflict"),
    ("alignment.abstention", "evaluate.abstention"),
)
SHARES = (
    ("evidence", "evaluate.evidence"),
    ("document", "evaluate.document"),
    ("section", "evaluate.section"),
    ("item", "evaluate.item"),
    ("target", "evaluate.target"),
    ("responsibility", "evaluate.responsibility"),
    ("citation", "evaluate.citation"),
    ("declaration", "evaluate.declaration"),
    ("conflict", "evaluate.conflict"),
    ("alignment", "evaluate.alignment"),
)
NAMES = {
    "": "evaluate.quotes",
    "all": "evaluate.all",
    "in_lists": "evaluate.in-lists",
    "in_running_text": "evaluate.in-running-text",
    "sure_precision": "evaluate.sure-precision",
    "sure_recall": "evaluate.sure-recall",
    "first_best": "evaluate.first-best",
    "first_any": "evaluate.first-any",
    "among_three": "evaluate.among-three",
    "action_best": "evaluate.action-best",
    "action_any": "evaluate.action-any",
}
"""What is no field of a record; fields go by the names that they have in the lines of a gold file."""
PROBLEMS = {"missed": "evaluate.missed", "extra": "evaluate.extra", "differs": "evaluate.differs"}
CAUSES = {"figure": "account.figure", "unit": "account.unit"}
REASONS = {
    "white_space": "account.white-space",
    "page": "account.page",
    "notice": "account.notice",
    "marks": "account.marks",
    "prose": "account.prose",
}
QUOTED = 60
"""Characters of a passage that are shown."""
INPUT_FAILED = 3


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD")],
    documents: Annotated[list[Path] | None, typer.Option("--documents", metavar="PATH")] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR")] = None,
    records: Annotated[Path | None, typer.Option("--records", metavar="FILE")] = None,
    errors: Annotated[bool, typer.Option("--errors")] = False,
    as_json: JsonOption = False,
) -> None:
    """Figures against gold files, and with --errors every miss and false hit."""
    from loaders.evaluate import evaluate_files

    if store is not None and (records is not None or documents):
        raise UsageError("evaluate --store", "excludes --records and --documents", "give one of them")
    predicted, texts = _of_store(store) if store else _of_files(gold, documents or [], records)
    evaluation = evaluate_files(gold, predicted, texts)
    if as_json:
        result = evaluation.as_dict()
        result = result if errors else {k: v for k, v in result.items() if k != "findings"}
        emit([json.dumps(result, ensure_ascii=False, indent=2) + "\n"])
    else:
        _figures(evaluation)
        if errors:
            _findings(evaluation.findings)
    for name in evaluation.missing:
        tell(say("evaluate.missing", file=name))
    for name in evaluation.unchecked:
        tell(say("evaluate.unchecked", file=name))
    if evaluation.missing:
        raise typer.Exit(INPUT_FAILED)


def annotate(
    document: Annotated[Path, typer.Argument(metavar="DOCUMENT")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
) -> None:
    """A first gold file, on standard output or in a new file."""
    from loaders.annotate import annotate as first_gold
    from loaders.annotate import to_lines
    from loaders.read import read_document
    from viz.files import replacing

    if output is not None and output.is_file():
        raise UsageError(
            f"-o {output}", "exists, and may hold corrections", "name another file, or remove it"
        )
    lines = first_gold(read_document(document), LANGUAGE.get())
    if output is None:
        emit([to_lines(lines)])
        return
    with replacing(output) as temporary:
        temporary.write_text(to_lines(lines), encoding="utf-8", newline="")
    doubtful = sum("check" in line for line in lines)
    tell(say("annotate.written", path=output, n=len(lines), doubtful=doubtful))


def account(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH")] = None, as_json: JsonOption = False
) -> None:
    """What became of every character, and what was left over."""
    from loaders.account import account as account_for
    from loaders.corpus import find_documents
    from loaders.read import read_document

    accounts: list[Account] = []
    failures: list[GangmuError] = []
    for path in find_documents(paths or []):
        try:
            accounts.append(account_for(read_document(path)))
        except InputError as error:
            failures.append(error)
    if as_json:
        result: dict[str, Any] = {
            "documents": [account.as_dict() for account in accounts],
            "failures": [{"file": f.what, "message": f"{f.problem}; {f.remedy}"} for f in failures],
        }
        emit([json.dumps(result, ensure_ascii=False, indent=2) + "\n"])
    elif accounts:
        _accounts(accounts)
    if failures:
        tell(say("build.failed", n=len(failures)))
        for failure in failures:
            tell(f"  {failure}")
        raise typer.Exit(INPUT_FAILED)


def _of_store(directory: Path) -> tuple[Predictions, Mapping[str, str]]:
    """The records that a graph holds, and its texts."""
    from graph.store import Store

    store = Store.open(directory)
    return list(store.records()), {d.file: store.text(d.id) for d in store.manifest.documents}


def _of_files(
    gold: Sequence[Path], places: Iterable[Path], records: Path | None
) -> tuple[Predictions, Mapping[str, str]]:
    """What reading the annotated documents anew gives, or the records of a file beside their texts.

    Alignments are made between documents: where the gold has some, a graph is built aside for them.
    """
    from loaders.evaluate import read_records
    from loaders.evaluate.sources import find_sources
    from loaders.read import read_document

    sources = find_sources(gold, places)
    if records is not None:
        texts = {name: read_document(path).text for name, path in sources.documents.items()}
        return [record for _, record in read_records(records)], texts
    if not sources.aligned:
        return [read_document(path) for path in sources.documents.values()], {}
    from tempfile import TemporaryDirectory

    from graph.build import build

    with TemporaryDirectory() as folder:
        aside = Path(folder) / "store"
        build([*sources.documents.values(), *sources.upper.values()], aside)
        return _of_store(aside)


def _figures(evaluation: Evaluation) -> None:
    """The table of scores, and below it what was right of what was asked."""
    figures = evaluation.figures
    counted = map(say, ("evaluate.matched", "evaluate.extra", "evaluate.missed"))
    table = _table("evaluate.what", ("P", "R", "F1", *counted))
    for name, key in SCORES:
        score = figures.scores[name]
        counts = (score.matched, score.extra, score.missed)
        if any(counts):
            ratios = (score.precision, score.recall, score.f1)
            _add(table, say(key), *map(_ratio, ratios), *map(str, counts))
    _say(say("evaluate.title", n=len(evaluation.documents)), style="bold")
    note(table)
    for kind, key in SHARES:
        parts = [
            f"{_name(name)} {_right(share)}"
            for name, share in figures.shares.items()
            if name.partition(".")[0] == kind and share.of
        ]
        if parts:
            print(say("evaluate.line", what=say(key), parts=say("list.mark").join(parts)))
    if figures.calibration.judged:
        error = _ratio(figures.calibration.error)
        print(say("evaluate.calibration", error=error, n=len(figures.calibration.judged)))
    if figures.counts["alignment.items_not_found"]:
        print(say("evaluate.not-found", n=figures.counts["alignment.items_not_found"]))
    _say(say("evaluate.findings", n=len(evaluation.findings)), style="dim")


def _name(share: str) -> str:
    """What a share is called: a field of the record by its own name."""
    rest = share.partition(".")[2]
    return say(NAMES[rest]) if rest in NAMES else rest


def _right(share: Share) -> str:
    """The counts of a share, and the share itself where not all was right."""
    counts = f"{share.right}/{share.of}"
    return counts if share.right == share.of else f"{_ratio(share.share)} ({counts})"


def _findings(findings: Iterable[Finding]) -> None:
    """One finding a line: place, problem, both sides, and the passage."""
    for finding in findings:
        what = finding.type if finding.field is None else f"{finding.type}.{finding.field}"
        gold, predicted = (_short(side) if side else "—" for side in (finding.gold, finding.predicted))
        sides = {
            "missed": gold,
            "extra": predicted,
            "differs": say("evaluate.sides", gold=gold, predicted=predicted),
        }
        head = f"{finding.document} @{'—' if finding.start is None else finding.start}"
        line = f"{head} {say(PROBLEMS[finding.problem])} {what}: {sides[finding.problem]}"
        print(f"{line}  「{_short(finding.quote)}」" if finding.quote else line)


def _accounts(accounts: Sequence[Account]) -> None:
    """A row a document, the characters by what became of them, and what was left over."""
    from loaders.account import totals

    heads = ("account.characters", "account.covered", "account.skipped", "account.left", "account.passages")
    table = _table("account.file", tuple(map(say, heads)))
    for one in accounts:
        numbers = (one.characters, one.in_records, one.passed_over, one.left, len(one.leftovers))
        _add(table, one.file, *map(str, numbers))
    note(table)
    covered, skipped = totals(accounts)
    print(say("account.by-record", parts=_parts(covered, {})))
    print(say("account.by-reason", parts=_parts(skipped, REASONS)))
    for one in accounts:
        for left in one.leftovers:
            print(f"{one.file} @{left.start} {say(CAUSES[left.cause])}: 「{_short(left.quote)}」")


def _parts(characters: Mapping[str, int], labels: Mapping[str, str]) -> str:
    """The kinds of characters that there are, with their number."""
    said = {kind: say(labels[kind]) if kind in labels else kind for kind in characters}
    return say("list.mark").join(f"{said[kind]} {n}" for kind, n in characters.items() if n)


def _table(first: str, numbers: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(Text(say(first)), overflow="fold")
    for heading in numbers:
        table.add_column(Text(heading), justify="right")
    return table


def _add(table: Table, *cells: str) -> None:
    from rich.text import Text

    table.add_row(*map(Text, cells))


def _say(text: str, style: str = "") -> None:
    from rich.text import Text

    note(Text(text, style=style))


def _ratio(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
