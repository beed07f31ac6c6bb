"""Measures the alignment on annotated documents, beside plain TF-IDF with cosine.

    python -m benchmarks.alignment [--gold FOLDER] [--texts FOLDER] [--fit] [--ablation] [--diagram FILE]
    python -m benchmarks.alignment --pairs FILE
    python -m benchmarks.alignment --cost [SIZE…]

Measured on the annotated documents that come with Gangmu (alignment_corpus.yaml) and on those in `--gold`.
What is held out: the calibration, fitted for each annotated document on the others and on cases written for
this project (alignment_cases*.yaml), for every method alike. What is not: the thesaurus and the weights of
the score are the shipped ones, and their authors had read the annotated documents. The column `held-out
words` takes from the thesaurus what only the document itself says (benchmarks/alignment_words.py).
95 % intervals by bootstrap over items.
`--fit` prints what the strength and the threshold of the calibration do, and the coefficients fitted on what
comes with Gangmu, as they stand in data/thesaurus/weights.yaml.
`--pairs` writes what they were fitted on, scores without texts, as data/thesaurus/pairs.csv holds it.
`--diagram` writes the reliability diagram (svg or png).
`--ablation` prints the figures with each signal taken away, and with rankings of libraries beside it.
`--cost` reads and aligns generated documents at three sizes and prints seconds, ratios and memory.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.alignment_cost import SIZES, cost_table
from benchmarks.alignment_diagram import write_diagram
from benchmarks.alignment_figures import (
    Case,
    Judged,
    cases,
    figures,
    fit,
    held_out,
    intervals,
    log_loss,
    pairs_of,
    reliability,
)
from benchmarks.alignment_methods import (
    SIGNALS,
    Method,
    beside,
    by_bm25,
    by_content,
    by_rapidfuzz,
    by_tfidf,
    without,
)
from benchmarks.alignment_words import without_own_words
from benchmarks.gold import CASES, PLAN, Annotated, gold_folder, read_annotated, shipped, written
from graph.align import THRESHOLD
from graph.calibrate import STRENGTH
from loaders.read import read_document

UPPER = "000"
ROOT = Path(__file__).resolve().parent.parent
STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def upper_plan() -> Annotated:
    """The upper plan of every case, as Gangmu reads it."""
    return Annotated(read_document(PLAN), {})


def read_gold(gold: Path | None, texts: Path) -> tuple[Annotated, dict[str, Annotated]]:
    """The upper plan, and the annotated documents below it: shipped ones, the folder's, written cases."""
    names = sorted(path.stem for path in gold.glob("*.jsonl")) if gold is not None else []
    read = {n: read_annotated(gold / f"{n}.jsonl", texts) for n in names if gold and n != UPPER}
    return upper_plan(), shipped() | read | written()


def shipped_cases() -> list[Case]:
    """The cases that the shipped calibration is fitted on: all of them come with Gangmu."""
    return cases(by_content, upper_plan(), written() | shipped())


def pairs_csv() -> str:
    """What data/thesaurus/pairs.csv holds."""
    rows = [f"{p.score:.6f},{p.best:.6f},{p.rank},{int(p.held)}\n" for p in pairs_of(shipped_cases())]
    return "score,best,rank,held\n" + "".join(rows)


def main_table(judged: dict[str, list[Judged]]) -> str:
    """One row a figure, one column a method, with intervals."""
    values = {name: figures(found) for name, found in judged.items()}
    spans = {name: intervals(found) for name, found in judged.items()}
    lines = [f"{'':<18}" + "".join(f"{name:>26}" for name in values)]
    for name in next(iter(values.values())):
        cells = [
            f"{values[m][name]:.3f} ({spans[m][name][0]:.2f} to {spans[m][name][1]:.2f})" for m in values
        ]
        lines.append(f"{name:<18}" + "".join(f"{cell:>26}" for cell in cells))
    return "\n".join(lines)


def reliability_table(judged: Sequence[Judged]) -> str:
    """The reliability diagram as text: what was said and what held, a bar of each."""
    lines = ["confidence      n   said   held"]
    for b in reliability(judged):
        bars = f"|{'-' * round(20 * b.confidence):<20}| |{'#' * round(20 * b.held):<20}|"
        lines.append(
            f"{b.low:.1f} to {b.high:.1f} {b.proposals:>5}  {b.confidence:.3f}  {b.held:.3f}  {bars}"
        )
    return "\n".join(lines)


def wide_table(rows: dict[str, list[Judged]]) -> str:
    """One row a setting, one column a figure."""
    names = list(figures(next(iter(rows.values()))))
    lines = [f"{'':<34}" + "".join(f"{name:>19}" for name in names)]
    for row, judged in rows.items():
        values = figures(judged)
        lines.append(f"{row:<34}" + "".join(f"{values[name]:>19.3f}" for name in names))
    return "\n".join(lines)


def ablation(upper: Annotated, lower: dict[str, Annotated]) -> dict[str, list[Judged]]:
    """Everything, everything but one signal, everything and one more, and the plain rankings."""

    def run(method: Method) -> list[Judged]:
        return held_out(cases(method, upper, lower), abstain=True)

    rows = {"all signals": run(by_content)}
    rows |= {f"without {signal.name}": run(without(signal)) for signal in SIGNALS}
    rows["TF-IDF with cosine alone"] = run(by_tfidf)
    for name, method in (("BM25 (bm25s)", by_bm25), ("partial ratio (rapidfuzz)", by_rapidfuzz)):
        try:
            rows |= {f"{name} alone": run(method), f"all and {name}": run(beside(method, 0.2))}
        except ImportError:
            print(f"{name}: not measured, as it comes with the extra `bench`")  # noqa: T201
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for; 2 when there are no annotations."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=gold_folder(), help="folder of annotations (*.jsonl)")
    parser.add_argument("--texts", type=Path, default=ROOT / "data" / "corpus", help="folder of the texts")
    parser.add_argument("--fit", action="store_true", help="print what strength and threshold do")
    parser.add_argument("--pairs", type=Path, help="write the pairs of the calibration (CSV)")
    parser.add_argument("--diagram", type=Path, help="write the reliability diagram (svg, png)")
    parser.add_argument("--ablation", action="store_true", help="print what each signal gives")
    parser.add_argument("--cost", type=int, nargs="*", help="print how the cost grows (numbers of documents)")
    options = parser.parse_args(arguments)
    say: Callable[..., None] = print
    if options.cost is not None:
        say(cost_table(options.cost or SIZES))
        return 0
    if options.pairs:
        options.pairs.write_text(pairs_csv(), encoding="utf-8", newline="\n")
        return 0
    upper, lower = read_gold(options.gold, options.texts)
    ours, plain = cases(by_content, upper, lower), cases(by_tfidf, upper, lower)
    names = [name for name in lower if name not in CASES]
    judged = {
        "Gangmu": held_out(ours, abstain=True),
        "held-out words": held_out(without_own_words(by_content, upper, lower), abstain=True),
        "TF-IDF with cosine": held_out(plain, abstain=True),
        "TF-IDF, no abstention": held_out(plain, abstain=False),
    }
    count = len(judged["Gangmu"])
    say(f"{count} items of {', '.join(names)}, judged without their own document\n{main_table(judged)}")
    for name in names:
        own = {m: [j for j in found if j.case.document == name] for m, found in judged.items()}
        say(f"\n{name}\n{wide_table(own)}")
    say(f"\nreliability of the proposals\n{reliability_table(judged['Gangmu'])}")
    if options.diagram:
        every = held_out([c for c in ours if not c.safeguard], abstain=False, also_written=True)
        title = f"First candidates of {len(every)} items, each judged without its document"
        write_diagram(reliability(every), title, options.diagram)
    if options.fit:
        say("\nstrength   log loss of held-out documents")
        for strength in STRENGTHS:
            say(f"{strength:>8}   {log_loss(ours, strength):.4f}" + (" <" if strength == STRENGTH else ""))
        sweep = {f"threshold {t}": held_out(ours, abstain=True, threshold=t) for t in THRESHOLDS}
        say(f"\n{wide_table(sweep)}\nin use: threshold {THRESHOLD}; coefficients fitted on what is shipped:")
        for coefficient, value in fit(shipped_cases()).items():
            say(f"  {coefficient}: {value:.3f}")
    if options.ablation:
        say(f"\n{wide_table(ablation(upper, lower))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
