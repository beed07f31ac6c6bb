"""Texts and numbers as plain formats can hold them. Nothing is repaired here."""

from __future__ import annotations

import re
from decimal import Decimal

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """The text without the characters that XML 1.0 (section 2.2) cannot hold, escaped or not."""
    return NOT_IN_XML.sub("", text)


def number(value: float) -> str:
    """The number without exponent and without trailing zeros: `30`, `38.5`."""
    digits = format(Decimal(repr(value)), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
