"""Old Word documents become text through antiword or catdoc, if one is installed. Runs in the child.

The program inherits the child's limits and its empty network name space. It is given the child's own
standard input, a file without a name: from a pipe it would want to write a file, which it may not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from loaders.errors import InputError
from loaders.formats.blocks import Block, Converted, render, table

SECONDS = 20
MAX_TEXT = 32 * 1024 * 1024
_INPUT = "/dev/stdin"
_PROGRAMS = (
    ("antiword", ["-m", "UTF-8.txt", "-w", "0", _INPUT]),
    ("catdoc", ["-d", "utf-8", "-w", _INPUT]),
)
_INSTALL = "install antiword or catdoc, or save the document as DOCX"


def convert(_data: bytes) -> Converted:
    """The text of the DOC file on this process's standard input.

    InputError when no program is there to read it, or none can.
    """
    found = [(path, arguments) for name, arguments in _PROGRAMS if (path := shutil.which(name))]
    if not found:
        raise InputError("", "is an old Word document (DOC) and no program to read it is installed", _INSTALL)
    said = ""
    for path, arguments in found:
        try:
            os.lseek(0, 0, os.SEEK_SET)
            run = subprocess.run(  # noqa: S603  a program of the system, fixed arguments, no shell
                [path, *arguments],
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            said = f"{path} took longer than {SECONDS} s"
            continue
        if run.returncode == 0 and run.stdout.strip() and len(run.stdout) <= MAX_TEXT:
            return Converted(
                render(_blocks(run.stdout.decode("utf-8", "replace"))), ("表格和自动编号以转换程序所见为准",)
            )
        said = run.stderr.decode("utf-8", "replace").strip() or f"{path} ended with status {run.returncode}"
    raise InputError("", f"cannot be read as DOC ({said[:150]})", "save the document as DOCX or PDF")


def _blocks(text: str) -> list[Block | None]:
    """Paragraphs, and runs of `|`-divided lines (antiword's tables) as tables."""
    blocks: list[Block | None] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if re.fullmatch(r"\s*\|.*\|\s*", line):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if rows and not cells[0] and len(cells) == len(rows[-1]):  # a cell that goes on below
                rows[-1] = [one + two for one, two in zip(rows[-1], cells, strict=True)]
            else:
                rows.append(cells)
            continue
        if rows:
            blocks.append(table(rows))
            rows = []
        blocks.append(line)
    return blocks
