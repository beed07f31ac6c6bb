"""Similarity by characters, which needs no thesaurus. What the words mean is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Characters:
    """TF-IDF of the character n-grams (2 to 4) of some texts, ready to be compared with others.

    Weights come from those texts alone, so that a text's similarities do not depend on what else is compared.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn the n-grams; texts without any letter pair are allowed."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._count = len(texts)
        self._vectorizer: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        self._texts: Any = self._vectorizer.fit_transform(texts) if any(t.strip() for t in texts) else None

    def similar(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The cosines, one row a new text, one column a known one, 0 to 1."""
        import numpy as np

        if self._texts is None or not texts:
            return np.zeros((len(texts), self._count))
        cosines: NDArray[np.float64] = (self._vectorizer.transform(texts) @ self._texts.T).toarray()
        return cosines
