"""Text that XML can hold, for workbooks and Word files. Nothing else is known here."""

from __future__ import annotations

import re
from typing import Final

ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, not even escaped."""


def clean(text: str) -> str:
    """The text with one kind of line end, each character that XML cannot hold a replacement mark."""
    if text.isprintable():
        return text
    return ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
