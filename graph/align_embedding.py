"""A sentence-embedding model of the user's own as one more signal. It is never needed and never downloaded.

It is named by the folder or the name that sentence-transformers knows it by (extra `embedding`; only what is
on this machine is looked at), or as `package.module:name`, a function or object of the user's own that turns
texts into rows of numbers.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from loaders.errors import InputError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 512
"""Characters of a text that a model reads: more than most take in."""


class Encode(Protocol):
    """What turns texts into vectors: one row a text, all of one width."""

    def __call__(self, texts: Sequence[str], /) -> Any:
        """The rows of the texts, as an array or lists of numbers."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A model by the name that it was asked for."""

    name: str
    encode: Encode

    @property
    def label(self) -> str:
        """The name without the folders of this machine, for what is stored."""
        return Path(self.name).name

    def rows(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row of length 1 a text. Raises InputError where the model gives anything but finite rows."""
        import numpy as np

        try:
            found = np.asarray(self.encode([text[:LONGEST] for text in texts]), dtype=np.float64)
        except Exception as error:
            raise InputError(
                self.name,
                f"cannot be used as a model ({type(error).__name__}: {error})",
                "name another model",
            ) from error
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            shape = "×".join(map(str, found.shape))
            raise InputError(
                self.name, f"gives no row of numbers for each text ({shape})", "name another model"
            )
        return np.asarray(found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-12))


def load(name: str) -> Encoder:
    """The model of that name. Raises UsageError where its library is missing, InputError where it is."""
    module, colon, attribute = name.partition(":")
    if colon and not Path(name).exists() and module.replace(".", "").isidentifier():
        return Encoder(name, _own(name, module, attribute))
    return Encoder(name, _sentence_transformer(name))


def _own(name: str, module: str, attribute: str) -> Encode:
    try:
        found: Any = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise InputError(name, f"cannot be loaded ({error})", "name it as package.module:name") from error
    encode: Encode = found.encode if hasattr(found, "encode") else found
    return encode


def _sentence_transformer(name: str) -> Encode:
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UsageError(
            f"--embedding {name}",
            "needs sentence-transformers, which is not installed",
            "pip install 'gangmu[embedding]', or name your own model as package.module:name",
        ) from error
    try:
        model: Any = SentenceTransformer(name, local_files_only=True, device="cpu", trust_remote_code=False)
    except Exception as error:
        kind, reason = type(error).__name__, (str(error).splitlines() or [""])[0][:120]
        raise InputError(
            f"--embedding {name}",
            f"is no model on this machine ({kind}: {reason})",
            "name the folder of a model; nothing is downloaded",
        ) from error
    return lambda texts: model.encode(
        list(texts), batch_size=64, show_progress_bar=False, convert_to_numpy=True
    )


class Meanings:
    """The upper tasks as a model sees them, ready to be compared with items."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        """Encode the tasks' texts."""
        self._encoder = encoder
        self._tasks = encoder.rows(texts) if texts else None

    def near(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """How near each text (row) is to each task (column), 0 to 1.

        Models differ in how high their cosines are where nothing fits. So a cosine counts by how far it is
        above the median of the text's cosines, as a share of what is left to 1.
        """
        import numpy as np

        if self._tasks is None or not texts:
            return np.zeros((len(texts), 0 if self._tasks is None else len(self._tasks)))
        cosines = self._encoder.rows(texts) @ self._tasks.T
        usual = np.median(cosines, axis=1, keepdims=True)
        return np.asarray(np.clip((cosines - usual) / np.maximum(1 - usual, 1e-6), 0.0, 1.0))
