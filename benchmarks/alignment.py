"""Measures the alignment on annotated documents, beside plain TF-IDF with cosine.

    python -m benchmarks.alignment [--gold FOLDER] [--texts FOLDER] [--fit] [--cost]

The thesaurus and the weights are the shipped ones. The calibration is fitted on the written cases
(alignment_cases.yaml) and on the annotated documents but the one that is scored, for both methods alike;
95 % intervals by bootstrap over items.
`--fit` prints the coefficients fitted on all documents, as they stand in data/thesaurus/weights.yaml.
`--cost` prints how the cost grows with the number of items, as ratios of one run.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.gold import CASES, Annotated, Answer, gold_folder, read_annotated, read_cases
from graph.align import THRESHOLD, confidence
from graph.align_score import UpperPlan
from graph.align_text import leaves, normalise
from loaders.records import Item, Reading

UPPER = "000"
WRITTEN = "written"
BINS = 5
DRAWS = 2000
LEAST = 1e-6
STRENGTH = 0.3
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated item: its candidates (task path, score), the best first, and what annotators hold."""

    document: str
    answer: Answer
    offers: tuple[tuple[str, float], ...]
    safeguard: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One case with the calibrated confidence of its candidates; none when it abstains."""

    case: Case
    confidences: tuple[float, ...]


Method = Callable[[Reading, Sequence[Reading]], dict[str, tuple[tuple[str, float], ...]]]


def by_content(upper: Reading, lower: Sequence[Reading]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Gangmu's own ranking."""
    plan = UpperPlan(upper)
    return {
        ranked.item.id: tuple(
            (match.task.path, match.score) for match in ranked.matches if match.score > LEAST
        )
        for reading in lower
        for ranked in plan.rank(reading)
    }


def by_tfidf(upper: Reading, lower: Sequence[Reading]) -> dict[str, tuple[tuple[str, float], ...]]:
    """TF-IDF of single characters and pairs with cosine: the best here of the usual settings (1 to 4)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    tasks = [item for item in upper.of(Item) if item.kind == "task"]
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    known = vectorizer.fit_transform([normalise(task.quote) for task in tasks])
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for reading in lower:
        items = leaves(reading)
        cosines = (vectorizer.transform([normalise(i.quote) for i in items]) @ known.T).toarray()
        for item, row in zip(items, cosines, strict=True):
            order = sorted(range(len(tasks)), key=lambda n: (-row[n], n))
            found[item.id] = tuple((tasks[n].path, float(row[n])) for n in order if row[n] > LEAST)
    return found


def cases(method: Method, upper: Annotated, lower: dict[str, Annotated]) -> list[Case]:
    """The cases of a method, in order of documents and items."""
    found = method(upper.reading, [one.reading for one in lower.values()])
    return [
        Case(name, one.answers[item.id], found.get(item.id, ()), item.kind == "safeguard")
        for name, one in lower.items()
        for item in one.reading.of(Item)
        if item.id in one.answers
    ]


def fit(known: Sequence[Case]) -> dict[str, float]:
    """The coefficients of the calibration, one logistic for first candidates, one for the second and third.

    One and two features that can only raise the confidence, strongly regularised (chosen among 0.1 to 100
    by the calibration error of held out documents): more would be learnt by heart from so few items.
    """
    from sklearn.linear_model import LogisticRegression

    first: list[tuple[tuple[float, float], bool]] = []
    later: list[tuple[tuple[float, float], bool]] = []
    for case in known:
        for rank, (path, score) in enumerate(case.offers[:3]):
            features = (math.log(score), math.log(score / case.offers[0][1]))
            (later if rank else first).append((features, path in case.answer.accepted))
    found = {}
    for name, pairs, count in (("first", first, 1), ("later", later, 2)):
        rows = np.array([features[:count] for features, _ in pairs])
        model = LogisticRegression(C=STRENGTH).fit(rows, np.array([held for _, held in pairs]))
        found[f"{name}_intercept"] = float(model.intercept_[0])
        for feature, value in zip(("score", "closeness"), model.coef_[0], strict=False):
            found[f"{name}_{feature}"] = max(0.0, float(value))
    return found


def judge(case: Case, coefficients: dict[str, float], threshold: float) -> Judged:
    """The case with confidences; none for a safeguard or where the best candidate is below the threshold."""
    if not case.offers or (case.safeguard and threshold):
        return Judged(case, ())
    best = case.offers[0][1]
    values = tuple(
        confidence(score, best, first=rank == 0, coefficients=coefficients)
        for rank, (_, score) in enumerate(case.offers)
    )
    return Judged(case, values if values[0] >= threshold else ())


def held_out(all_cases: Sequence[Case], *, abstain: bool) -> list[Judged]:
    """Every case of an annotated document, judged by a calibration that has not seen that document.

    Without `abstain` every item with a candidate keeps it, whatever its confidence.
    """
    judged = []
    for document in dict.fromkeys(case.document for case in all_cases):
        if document != WRITTEN:
            coefficients = fit([case for case in all_cases if case.document != document])
            threshold = THRESHOLD if abstain else 0.0
            judged += [
                judge(case, coefficients, threshold) for case in all_cases if case.document == document
            ]
    return judged


def share(hits: Sequence[bool]) -> float:
    """The share of hits, nan for none."""
    return sum(hits) / len(hits) if hits else float("nan")


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """The figures that eval/score.py gives too; an item with a match where the method abstains is missed."""
    wanted = [j for j in judged if j.case.answer.accepted]
    first = [(j.case.offers[0][0] if j.confidences else "", j.case.answer) for j in wanted]
    gave_up = [(not j.confidences, not j.case.answer.accepted) for j in judged]
    right = sum(a and b for a, b in gave_up)
    sure = [
        (j.confidences[0], j.case.offers[0][0] in j.case.answer.accepted) for j in judged if j.confidences
    ]
    error = 0.0
    for n in range(BINS):
        part = [(c, hit) for c, hit in sure if min(BINS - 1, int(c * BINS)) == n]
        error += abs(sum(c for c, _ in part) - sum(hit for _, hit in part))
    return {
        "hit@1 any": share([path in answer.accepted for path, answer in first]),
        "hit@1 best": share([path in answer.best for path, answer in first]),
        "hit@3": share(
            [
                bool(j.confidences) and any(p in j.case.answer.accepted for p, _ in j.case.offers[:3])
                for j in wanted
            ]
        ),
        "action": share([path[:1] in {p[:1] for p in answer.accepted} for path, answer in first]),
        "abstention F1": 2 * right / max(1, sum(a for a, _ in gave_up) + sum(b for _, b in gave_up)),
        "calibration error": error / len(sure) if sure else float("nan"),
    }


def interval(judged: Sequence[Judged], name: str) -> tuple[float, float]:
    """The 95 % interval of a figure, by drawing the items anew."""
    generator = np.random.default_rng(0)
    values = []
    for _ in range(DRAWS):
        drawn = [judged[n] for n in generator.integers(0, len(judged), len(judged))]
        values.append(figures(drawn)[name])
    low, high = np.nanpercentile(values, (2.5, 97.5))
    return float(low), float(high)


def cost(upper: Reading, reading: Reading) -> list[tuple[int, float]]:
    """Items and time of one, two and four times the document, as a ratio to the first; the plan is ready."""
    plan = UpperPlan(upper)
    plan.rank(reading)
    rows = []
    for times in (1, 2, 4):
        copies = [
            replace(
                item,
                id=f"{item.id}/{n}",
                parent=item.parent and f"{item.parent}/{n}",
                start=item.start + n * len(reading.text),
                end=item.end + n * len(reading.text),
            )
            for n in range(times)
            for item in reading.of(Item)
        ]
        others = [record for record in reading.records if not isinstance(record, Item)]
        larger = Reading(reading.text * times, (*others, *copies))
        best = min(_seconds(lambda larger=larger: plan.rank(larger)) for _ in range(5))  # type: ignore[misc]
        rows.append((len(leaves(larger)), best))
    return [(items, seconds / rows[0][1]) for items, seconds in rows]


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def report(judged: dict[str, list[Judged]]) -> str:
    """The table: one row a figure, one column a method."""
    table = {name: figures(found) for name, found in judged.items()}
    lines = [f"{'':<18}" + "".join(f"{name:>26}" for name in table)]
    for name in next(iter(table.values())):
        cells = []
        for method, values in table.items():
            low, high = interval(judged[method], name)
            cells.append(f"{values[name]:.3f} ({low:.2f} to {high:.2f})")
        lines.append(f"{name:<18}" + "".join(f"{cell:>26}" for cell in cells))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for; 2 when there are no annotations."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=gold_folder(), help="folder of annotations (*.jsonl)")
    parser.add_argument("--texts", type=Path, default=ROOT / "data" / "corpus", help="folder of the texts")
    parser.add_argument("--fit", action="store_true", help="print the coefficients of the calibration")
    parser.add_argument("--cost", action="store_true", help="print how the cost grows with the items")
    options = parser.parse_args(arguments)
    if options.gold is None:
        parser.error("no annotations: name their folder by --gold or GANGMU_GOLD")
    names = sorted(path.stem for path in options.gold.glob("*.jsonl"))
    read = {name: read_annotated(options.gold / f"{name}.jsonl", options.texts) for name in names}
    upper = read.pop(UPPER)
    annotated = sum(len(one.answers) for one in read.values())
    read[WRITTEN] = read_cases(CASES)
    ours, plain = cases(by_content, upper, read), cases(by_tfidf, upper, read)
    judged = {
        "Gangmu": held_out(ours, abstain=True),
        "TF-IDF with cosine": held_out(plain, abstain=True),
        "TF-IDF, no abstention": held_out(plain, abstain=False),
    }
    which = ", ".join(name for name in read if name != WRITTEN)
    print(f"{annotated} items of {which}, judged without their own document")  # noqa: T201
    print(report(judged))  # noqa: T201
    if options.fit:
        for coefficient, value in fit(ours).items():
            print(f"  {coefficient}: {value:.3f}")  # noqa: T201
    if options.cost:
        for items, ratio in cost(upper.reading, next(iter(read.values())).reading):
            print(f"{items} items: {ratio:.2f} times the cost")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
