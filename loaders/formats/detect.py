"""What a file is: by its first bytes, and by its ending where the bytes leave it open. No parsing."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from loaders.errors import InputError

ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".ofd": "ofd",
    ".zip": "zip",
}
"""The formats that are read, by the endings that usually name them."""

_NAMES = {"text": "纯文本", "markdown": "Markdown", "html": "网页", "zip": "压缩包"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "save it as DOCX, PDF or text"
_UNPACK = "unpack it and give the documents in it"
_OCR = "read the text in it by OCR first, or give the document itself"
_REFUSED = (
    (b"\x89PNG", "is an image", _OCR),
    (b"\xff\xd8\xff", "is an image", _OCR),
    (b"GIF8", "is an image", _OCR),
    (b"II*\x00", "is an image", _OCR),
    (b"MM\x00*", "is an image", _OCR),
    (b"{\\rtf", "is RTF, which is not read", _AS_DOCX),
    (b"Rar!", "is an archive of a kind that is not read", _UNPACK),
    (b"7z\xbc\xaf", "is an archive of a kind that is not read", _UNPACK),
    (b"\x1f\x8b", "is an archive of a kind that is not read", _UNPACK),
    (b"\x7fELF", "is a program", "give a document"),
    (b"MZ\x90", "is a program", "give a document"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,50}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGS = re.compile(rb"<(?:meta|title|div|table|p|span|script|link)\b", re.I)
_MHTML = re.compile(rb"(?:From|MIME-Version|Subject|Content-Type):.{0,2000}multipart/related", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Detected:
    """The format of a file; `container` says that a ZIP file is to be looked into before it is believed."""

    format: str
    container: bool = False


def detect(data: bytes, name: str, what: str) -> Detected:
    """The format of a file called `name`; InputError, about `what`, for one that is known and not read."""
    ending = ENDINGS.get(PurePath(name).suffix.lower())
    if data.startswith(b"PK") and (ending in {"docx", "ofd", "zip"} or b"PK\x05\x06" in data[-66_000:]):
        return Detected(ending if ending in {"docx", "ofd"} else "zip", container=True)
    if data.startswith(_OLE):
        return Detected(_compound(data, what))
    if b"%PDF-" in data[:1024]:
        return Detected("pdf")
    for magic, problem, remedy in _REFUSED:
        if data.startswith(magic) and (len(magic) > 2 or ending not in {"text", "markdown", "html"}):
            raise InputError(what, problem, remedy)
    if _MHTML.match(data[:4096]):
        raise InputError(what, "is a web archive (MHTML), which is not read", "save the page as HTML")
    if _is_html(data[:8192], ending):
        return Detected("html")
    if ending in {"pdf", "docx", "doc", "ofd", "zip"}:
        _refuse_pretender(data, ending, what)
    return Detected(ending if ending in {"markdown", "html"} else "text")


def mismatch(name: str, found: str) -> str | None:
    """A note where the ending of a file says another format than its content."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS or ENDINGS[ending] == found:
        return None
    return f"文件名以 {ending} 结尾，内容却是{_NAMES.get(found, ' ' + found.upper())}，已按内容读取"


def _is_html(head: bytes, ending: str | None) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.replace(b"\x00", b"")[2:]
    head = head.removeprefix(codecs.BOM_UTF8)
    if _HTML.match(head):
        return ending != "markdown"
    return ending in {"doc", "html"} and bool(_TAGS.search(head))


def _compound(data: bytes, what: str) -> str:
    """doc for a Word document in an OLE compound file; InputError for what else uses that container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(what, "is encrypted", "remove the password and save it again")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise InputError(what, "is an Office file that is no Word document", _AS_DOCX)


def _refuse_pretender(data: bytes, ending: str, what: str) -> None:
    """InputError when a file that is named as binary is neither that nor text."""
    if ending != "doc" or any(byte in data[:4096] for byte in range(9)):
        raise InputError(what, f"is not {ending.upper()}, though its name says so", "get the file again")
