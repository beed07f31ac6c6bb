"""Bytes become text: encodings and what cannot be text. No format but plain text lives here."""

from __future__ import annotations

import codecs
from pathlib import Path

from loaders.errors import InputError

MAX_BYTES = 16 * 1024 * 1024
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; InputError when it is missing, a folder, unreadable, empty or too large."""
    try:
        if path.is_dir():
            raise InputError(str(path), "is a folder, not a document", "name the files in it")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(str(path), f"has {size:,} bytes", f"split it below {MAX_BYTES:,} bytes")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(str(path), reason, "check the path and its permissions") from error
    if not data.strip():
        raise InputError(str(path), "is empty", "give a document with text in it")
    return data


def decode(data: bytes, name: str) -> str:
    """The text of `data`, unchanged.

    UTF-16 where a byte order mark says so, else UTF-8 strictly, then GB 18030 strictly (it includes
    GBK and GB 2312). InputError when none fits or when the bytes are no text (control characters).
    """
    try:
        return _checked(data.decode("utf-16" if data.startswith(_UTF16) else "utf-8"), name)
    except UnicodeDecodeError as first:
        try:
            return _checked(data.decode("gb18030"), name)
        except UnicodeDecodeError:
            raise _undecodable(name, first) from first


def _undecodable(name: str, error: UnicodeDecodeError) -> InputError:
    return InputError(
        f"{name}: byte {error.start + 1}",
        "is neither UTF-8 nor GB 18030",
        "save the document as UTF-8 text",
    )


def _checked(text: str, name: str) -> str:
    for at, char in enumerate(text):
        if char < " " and char not in "\t\n\r\f\v":
            raise InputError(
                f"{name}: character {at + 1}",
                f"holds a control character (U+{ord(char):04X}), so it is not plain text",
                "convert the document to text",
            )
    if not any(char.isalnum() for char in text):
        raise InputError(name, "holds no text", "give a document with text in it")
    return text
