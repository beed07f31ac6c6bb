"""The pages as files that open without a server, from any folder. What they hold is made by `site`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from graph.store import Store
from loaders.errors import GangmuError, UsageError
from viz.web import render
from viz.web.site import Site, static
from viz.web.source import Source

MARK: Final = "gangmu-pages.txt"
"""A file that says that a folder was written here, so that it may be replaced."""
START: Final = (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>纲目 Gangmu</title>\n'
    '<meta http-equiv="refresh" content="0; url=zh/index.html"></head>\n'
    '<body><p><a href="zh/index.html">纲目</a> · <a href="en/index.html">Gangmu</a></p></body></html>\n'
)


def publish(store: Store, folder: Path) -> tuple[int, int]:
    """Write every page and its data below a folder, which appears whole; returns files and bytes written.

    UsageError: the folder holds something else. GangmuError: a page cannot be made; nothing is left behind.
    """
    folder = folder.resolve()
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(str(folder), "holds something else", "name a new or empty folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    growing = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        count, size = _write(Site(Source(store), live=False), growing)
        (growing / MARK).write_text(f"{store.manifest.content}\n", encoding="utf-8")
        growing.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        growing.rename(folder)
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    return count, size


def _write(site: Site, folder: Path) -> tuple[int, int]:
    count = size = 0
    (folder / "static").mkdir()
    for name in render.STATIC:
        (folder / "static" / name).write_bytes(static(name).body)
    (folder / "index.html").write_text(START, encoding="utf-8")
    for address in site.paths():
        for part in (address, *site.data(address)):
            page = site.answer(part)
            if page.status != 200:
                raise _failed(part)
            path = folder / part
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.body)
            count, size = count + 1, size + len(page.body)
    return count, size


def _failed(address: str) -> GangmuError:
    return UsageError(f"page {address}", "cannot be made", "run `gangmu check`, then build again")
