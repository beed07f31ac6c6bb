"""The notebook in the documentation runs from its first cell to its last, and shows tables and a picture."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "gangmu.ipynb"
RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(book, timeout=120, kernel_name="python3").execute()
print(json.dumps([[list(o.get("data", {})) for o in c.get("outputs", [])] for c in book.cells]))
"""


def test_the_notebook_runs(store_dir: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK)],
        cwd=tmp_path,
        env={
            **os.environ,
            "GANGMU_STORE": str(store_dir),
            "PYTHONPATH": str(ROOT),
            "IPYTHONDIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shown = [media for cell in json.loads(done.stdout) for output in cell for media in output]
    assert shown.count("text/html") >= 6


def test_the_notebook_is_kept_without_what_it_printed() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert len(cells) > 10
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
