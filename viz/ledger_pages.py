"""Where the pages of passages are that a ledger leads to: an address, or a folder of `gangmu publish`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote

from graph import iris
from graph.ledger_line import Evidence
from graph.store import Manifest
from loaders.errors import UsageError
from viz.messages import Lang
from viz.web.links import document_page
from viz.web.publish import MARK

PageOf: TypeAlias = Callable[[Evidence], str]
"""From a passage to the address of its place on its page."""
ADDRESS: Final = re.compile(r"(?:https?|file)://[^\s/?#]*(?:/[^\s?#]*)?")
"""What is taken for an address; what follows a path is added to it."""


def pages_at(given: str, output: Path, manifest: Manifest, lang: Lang) -> PageOf:
    """The addresses of passages: below an address as of `gangmu serve`, or in a folder, seen from `output`.

    UsageError: neither, or a folder of pages of another graph.
    """
    if ADDRESS.fullmatch(given):
        base = given.rstrip("/")
    else:
        folder = Path(given)
        try:
            content = (folder / MARK).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"--pages {given}",
                "is neither an address nor a folder of pages",
                "give http://… or a folder that `gangmu publish` wrote",
            ) from error
        if content != manifest.content:
            raise UsageError(
                f"--pages {given}", "holds the pages of another graph", "run `gangmu publish` again"
            )
        base = quote(Path(os.path.relpath(folder.resolve(), output.resolve().parent)).as_posix(), safe="/.")

    def page_of(evidence: Evidence) -> str:
        return f"{base}/{lang}/{document_page(iris.document(evidence.document), evidence.start)}"

    return page_of
