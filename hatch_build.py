"""Build hook of the wheel: puts the folders under one private package. No project code lives here.

In the checkout `graph`, `queries` … are plain top-level packages. Installed under those names they
would take generic names from everybody else, so the wheel holds them as `_gangmu.graph` …, with the
import lines that name them rewritten.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("ontology", "loaders", "graph", "queries", "viz")
PRIVATE = "_gangmu"
IMPORT = re.compile(rf"^(\s*)(from|import)(\s+)({'|'.join(FOLDERS)})(?=[.\s])", re.MULTILINE)


def rewrite(source: str) -> str:
    """The module's text with its imports of the folders led through the private package."""
    return IMPORT.sub(rf"\1\2\3{PRIVATE}.\4", source)


class PrivatePackage(BuildHookInterface[Any]):
    """Collects the folders and the data into a temporary tree and hands it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill `force_include` of a standard wheel; an editable install uses the checkout as it is."""
        if version == "editable":
            return
        root = Path(self.root)
        self.tree = Path(tempfile.mkdtemp(prefix="gangmu-wheel-"))
        target = self.tree / PRIVATE
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        for folder in (*FOLDERS, "data"):
            shutil.copytree(root / folder, target / folder, ignore=ignore)
        (target / "__init__.py").write_text('"""The folders of Gangmu, private: use `import gangmu`."""\n')
        for module in target.rglob("*.py"):
            module.write_text(rewrite(module.read_text(encoding="utf-8")), encoding="utf-8")
        face = self.tree / "gangmu.py"
        face.write_text(rewrite((root / "gangmu.py").read_text(encoding="utf-8")), encoding="utf-8")
        build_data["force_include"] = {str(target): PRIVATE, str(face): "gangmu.py"}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary tree."""
        if version != "editable":
            shutil.rmtree(self.tree)
