"""One file becomes one source text, whatever its format. Decoding and converting live elsewhere."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.decode import MAX_BYTES, Decoded, checked, decode_any, read_bytes
from loaders.errors import InputError, printable
from loaders.formats.detect import ENDINGS, detect, mismatch
from loaders.formats.sandbox import ask

MAX_FILE = 64 * 1024 * 1024
"""Bytes of a file that is no plain text; plain text ends at loaders.decode.MAX_BYTES."""

_ENCODINGS = {"big5hkscs": "Big5", "cp950": "Big5"}


@dataclass(frozen=True)
class SourceText:
    """The source text of a document, to which every offset refers.

    `name` is the file's name, in an archive `archive.zip/member`; `sha256` is that of the document's
    bytes; `format` is one of text, markdown, html, pdf, docx, doc, ofd; `notes` say in Chinese what a
    person must know about how the text was got.
    """

    text: str
    name: str
    sha256: str
    format: str
    notes: tuple[str, ...]


def read_source(path: Path) -> SourceText:
    """The source text of a document: a pure function of its bytes and name.

    A path may lead into a ZIP file (`archive.zip/member`). Raises InputError, in one line that names
    the file and the place, when it cannot be read.
    """
    archive = _enclosing(path)
    if archive:
        member = path.relative_to(archive).as_posix()
        data, name = _member(archive, member, str(path)), f"{archive.name}/{member}"
    else:
        data, name = read_bytes(path, MAX_FILE), path.name
    what, name = str(path), printable(name)
    text, form, notes = _convert(data, name, what)
    wrong = mismatch(name, form)
    notes = (wrong, *notes) if wrong else notes
    return SourceText(text, name, hashlib.sha256(data).hexdigest(), form, notes)


def members(path: Path) -> tuple[list[Path], tuple[str, ...]]:
    """The documents in a ZIP file as paths below it, and what was passed over, in Chinese.

    A file that only ends like an archive stands for itself. Raises InputError for an archive that
    may not be opened or holds no document.
    """
    data = read_bytes(path, MAX_FILE)
    if not detect(data, path.name, str(path)).container or _open(data, "zip", str(path))["format"] != "zip":
        return [path], ()
    found = ask(data, str(path), do="list")
    names = [name for name in found["names"] if Path(name).suffix.lower() in ENDINGS]
    notes = [f"{path.name}：{note}" for note in found["notes"]]
    notes += [f"{path.name}：不认识的格式，未读取：{name}" for name in found["names"] if name not in names]
    if not names:
        raise InputError(str(path), "holds no document", f"put files ending in {', '.join(ENDINGS)} there")
    return [path / name for name in names], tuple(notes)


def _convert(data: bytes, name: str, what: str) -> tuple[str, str, tuple[str, ...]]:
    """Text, format and notes."""
    found = detect(data, name, what)
    if found.format in {"text", "markdown"}:
        if len(data) > MAX_BYTES:
            raise InputError(what, f"has {len(data):,} bytes", f"split it below {MAX_BYTES:,} bytes")
        decoded = decode_any(data, what)
        return checked(decoded.text, what), found.format, _decoding_notes(decoded)
    answer = _open(data, found.format, what) if found.container else _ask(data, found.format, what)
    if answer["format"] == "zip":
        raise InputError(what, "is an archive, not a document", f"name a document in it: {what}/…")
    if "text" not in answer:
        raise InputError(what, f"is {answer['format'].upper()}, which is not read", "save it as DOCX or PDF")
    return str(answer["text"]), str(answer["format"]), tuple(map(str, answer["notes"]))


def _ask(data: bytes, form: str, what: str) -> dict[str, Any]:
    return ask(data, what, do="convert", format=form)


def _open(data: bytes, likely: str, what: str) -> dict[str, Any]:
    return ask(data, what, do="open", format="" if likely == "zip" else likely)


def _member(archive: Path, member: str, what: str) -> bytes:
    answer = ask(read_bytes(archive, MAX_FILE), what, do="member", member=member)
    data = base64.b64decode(answer["data"])
    if not data.strip():
        raise InputError(what, "is empty", "give a document with text in it")
    return data


def _enclosing(path: Path) -> Path | None:
    """The file that a path leads into, where it goes on below a file."""
    if path.exists():
        return None
    return next((parent for parent in path.parents if parent.is_file()), None)


def _decoding_notes(decoded: Decoded) -> tuple[str, ...]:
    notes = []
    if decoded.encoding not in {"utf-8", "gb18030", "utf-16", "utf-32"}:
        notes.append(f"按 {_ENCODINGS.get(decoded.encoding, decoded.encoding)} 解码")
    if decoded.replaced:
        notes.append(f"解码时有 {decoded.replaced} 个字符无法识别，已用 U+FFFD 代替")
    return tuple(notes)
