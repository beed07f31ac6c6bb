"""Prints how fast documents are read on one core, by stage, beside spaCy's blank zh pipeline and jieba.

    python -m benchmarks.reading [--documents N] [--rounds N] [PATH …]

The documents are the given ones, else the shipped corpus, and variants generated from them: other digits,
paragraphs in another order, every second one in full-width punctuation, so that no reader profits from
having seen a text before. All readers get the same texts in the same process, in turn, a few rounds;
figures are processor seconds, the best round of each. spaCy and jieba are the extra `bench`; one that is
not installed is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.stages import Stages, say
from loaders.corpus import find_documents
from loaders.decode import decode
from loaders.read import read_text

DOCUMENTS = 60
ROUNDS = 3
SEED = 3
WIDE = str.maketrans(",;:()%", "，；：（）％")


@dataclass(frozen=True, slots=True)
class Text:
    """A document to read: its name, its bytes and its decoded text."""

    name: str
    data: bytes
    text: str


def variants(paths: Sequence[Path], count: int) -> list[Text]:
    """`count` texts: the documents themselves, then variants of them, always the same ones."""
    rng = random.Random(SEED)  # noqa: S311  no secret: the same variants on every run
    originals = [(path.name, decode(path.read_bytes(), path.name)) for path in paths]
    texts = [Text(name, text.encode(), text) for name, text in originals][:count]
    while len(texts) < count:
        name, text = originals[len(texts) % len(originals)]
        first, *others = text.split("\n")
        rng.shuffle(others)
        mixed = "\n".join([first, *others])
        changed = "".join(rng.choice("123456789") if c in "3456789" else c for c in mixed)
        changed = changed.translate(WIDE) if len(texts) // len(originals) % 2 else changed
        texts.append(Text(f"{len(texts)}-{name}", changed.encode(), changed))
    return texts


def gangmu(texts: Sequence[Text]) -> None:
    """Read every text as `gangmu records` does, from its bytes."""
    for one in texts:
        read_text(decode(one.data, one.name), one.name, hashlib.sha256(one.data).hexdigest())


def readers() -> dict[str, Callable[[Sequence[Text]], None]]:
    """The readers to compare, by name; Gangmu first."""
    found: dict[str, Callable[[Sequence[Text]], None]] = {"gangmu": gangmu}
    spacy, jieba = _optional("spacy"), _optional("jieba")
    if spacy:
        found["spaCy blank zh (characters)"] = _each(_long(spacy.blank("zh")))
        if jieba:
            config = {"nlp": {"tokenizer": {"segmenter": "jieba"}}}
            found["spaCy blank zh (jieba)"] = _each(_long(spacy.blank("zh", config=config)))
    if jieba:
        jieba.setLogLevel(60)
        jieba.initialize()
        found["jieba alone"] = _each(jieba.lcut)
    return found


def _each(read: Callable[[str], object]) -> Callable[[Sequence[Text]], None]:
    """A reader of many texts that reads one after the other."""

    def every(texts: Sequence[Text]) -> None:
        for one in texts:
            read(one.text)

    return every


def _long(pipeline: Any) -> Any:
    """The pipeline, allowed to read texts of any length."""
    pipeline.max_length = 10**9
    return pipeline


def _optional(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        say(f"{name} is not installed and is left out; pip install gangmu[bench]")
        return None


def best(run: Callable[[], object], rounds: int = 1) -> float:
    """The least processor seconds of some runs."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--documents", type=int, default=DOCUMENTS, help="how many texts")
    options.add_argument("--rounds", type=int, default=ROUNDS, help="how often each reader reads them all")
    options.add_argument("paths", nargs="*", type=Path, help="documents or folders instead of the corpus")
    given = options.parse_args()
    texts = variants([p for p in find_documents(given.paths) if p.suffix == ".txt"], given.documents)
    characters, size = sum(len(t.text) for t in texts), sum(len(t.data) for t in texts)
    say(f"{len(texts)} documents, {characters:,} characters, {size / 1e6:.2f} MB of UTF-8")
    say(f"first document, with the lexicons loaded: {best(lambda: gangmu(texts[:1])):.2f} s")
    every = readers()
    for reader in every.values():
        reader(texts[:5])  # dictionaries and caches are loaded before the clock runs
    times = dict.fromkeys(every, float("inf"))
    for _ in range(given.rounds):
        for name, reader in every.items():
            times[name] = min(times[name], best(partial(reader, texts)))
    say("\nreader                        documents/s    MB/s   times gangmu")
    for name, spent in times.items():
        ratio = spent / times["gangmu"]
        say(f"{name:<30}{len(texts) / spent:11.1f} {size / 1e6 / spent:7.2f} {ratio:14.2f}")
    say("\nstage                              ms a document    share")
    stages = _by_stage(texts)
    whole = sum(stages.values())
    for name, spent in sorted(stages.items(), key=lambda pair: -pair[1]):
        say(f"{name:<30}{spent / len(texts) * 1000:18.2f} {spent / whole:8.1%}")


def _by_stage(texts: Sequence[Text]) -> dict[str, float]:
    """Seconds by stage; `decode` and `assemble` with them."""
    found = {"decode": best(lambda: [decode(one.data, one.name) for one in texts])}
    with Stages() as stages:
        whole = best(lambda: [read_text(one.text, one.name, "0" * 64) for one in texts])
    return {**found, **stages.spent, "assemble": whole - sum(stages.spent.values())}


if __name__ == "__main__":
    main()
