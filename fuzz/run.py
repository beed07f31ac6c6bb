"""Runs one target under atheris, or over its seeds and saved inputs where atheris is not asked for.

python -m fuzz.run TARGET FOLDER [libFuzzer options]   fuzz; FOLDER keeps inputs and crashes
python -m fuzz.run --replay TARGET FILE …              run saved inputs, print the first fault
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    """Fuzz or replay."""
    if arguments[:1] == ["--replay"]:
        from fuzz.targets import run

        for path in arguments[2:]:
            run(arguments[1], Path(path).read_bytes())
        return
    name, folder = arguments[0], Path(arguments[1])
    import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

    with atheris.instrument_imports(include=["loaders", "queries", "graph.nquads"]):
        from fuzz.seeds import dictionary, seeds
        from fuzz.targets import TARGETS, run
    assert name in TARGETS, f"{name} is no target; there are {', '.join(TARGETS)}"
    inputs, crashes = folder / "inputs", folder / "crashes"
    for place in (inputs, crashes):
        place.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (inputs / f"seed-{number:04}").write_bytes(seed)
    (folder / "words.dict").write_text(dictionary(), encoding="ascii")
    options = [
        f"-dict={folder / 'words.dict'}",
        f"-artifact_prefix={crashes}/",
        "-max_len=4096",
        "-timeout=20",
    ]
    atheris.Setup([sys.argv[0], *options, *arguments[2:], str(inputs)], lambda data: run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
