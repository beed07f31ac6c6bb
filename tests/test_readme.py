"""The README's sessions are true: every command in them is run, and prints what stands there.

The setup commands in `sh` blocks are run by CI in fresh clones. A line `…` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def run(command: str, folder: Path) -> str:
    """What a command prints, run as a user would, in `folder`."""
    words = shlex.split(command)
    assert words[0] == "gangmu", f"README runs something else than gangmu: {command}"
    done = subprocess.run(
        [sys.executable, "-m", "gangmu", *words[1:]],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "120",
            "GANGMU_STORE": "store",
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n"))


def fits(printed: str, wanted: str) -> bool:
    pattern = "\n".join(".*" if line == "…" else re.escape(line) for line in wanted.split("\n"))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


def test_the_sessions_print_what_they_show(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    commands = 0
    for block in BLOCK.findall(text):
        parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
        fresh = ""
        for command, shown in zip(parts[1::2], parts[2::2], strict=True):
            commands += 1
            printed = run(command, tmp_path)
            fresh += f"$ {command}\n" + (f"{printed}\n" if printed else "")
            if not request.config.getoption("--update-golden"):
                assert fits(printed, shown.strip("\n")), f"{command} prints:\n{printed}"
        text = text.replace(block, fresh)
    assert commands >= 7
    if request.config.getoption("--update-golden"):
        README.write_text(text, encoding="utf-8")


def test_the_python_example_runs(tmp_path: Path) -> None:
    run("gangmu build", tmp_path)
    (source,) = PYTHON.findall(README.read_text(encoding="utf-8"))
    lines = [line[4:] for line in source.split("\n") if line.startswith(">>> ")]
    code = "\n".join([*lines[:-1], f"result = {lines[-1]}", "assert len(result) == 2, result"])
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )


def test_the_readme_names_the_two_commands_and_the_picture() -> None:
    text = README.read_text(encoding="utf-8")
    for mark in ("main command", "test command"):
        assert re.search(rf"<!-- {mark} -->\n```sh\n.+\n```", text)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
