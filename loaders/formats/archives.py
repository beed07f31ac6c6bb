"""Archives are checked before anything in them is opened, and XML parts parsed without entities.

Used by ZIP, DOCX and OFD alike; what the parts mean is not known here.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from pathlib import PurePosixPath
from typing import NamedTuple

from lxml import etree

from loaders.errors import InputError

MAX_ENTRIES = 4096
MAX_SINGLE = 64 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
MAX_RATIO = 200
"""How many times larger than its compressed form an entry above MIB may be."""
MIB = 1024 * 1024
NESTED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")

_REMEDY = "unpack it with a program you trust, look at it, and give the documents in it"
_DRIVE = re.compile(r"^[A-Za-z]:")


class Listing(NamedTuple):
    """The documents in an archive, by their names in it, and what was passed over, in Chinese."""

    names: list[str]
    notes: list[str]


class Archive:
    """A ZIP file whose every entry was checked; entries by their decoded names."""

    def __init__(self, data: bytes) -> None:
        """Check all entries of `data`; InputError when one may not be opened."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputError("", f"is no sound archive ({error})", "get the file again") from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise InputError("", f"holds {len(entries):,} entries (at most {MAX_ENTRIES:,})", _REMEDY)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = decoded_name(entry)
            _check(entry, name)
            if name in self._entries:
                raise InputError(name, "stands in the archive twice", _REMEDY)
            self._entries[name] = entry
        if sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise InputError("", f"would unpack to more than {MAX_TOTAL:,} bytes", _REMEDY)
        _check_overlap(entries, len(data))
        self.names = [name for name in self._entries if not name.endswith("/")]

    def read(self, name: str) -> bytes:
        """The bytes of an entry; InputError when it is missing or damaged."""
        entry = self._entries.get(name)
        if entry is None:
            raise InputError(name, "is missing", "get the file again")
        try:
            return self._zip.read(entry)
        except MemoryError:
            raise
        except Exception as error:  # BadZipFile, zlib.error, LZMAError … have no base in common
            raise InputError(name, f"is damaged ({error})", "get the file again") from error

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part; InputError when it is damaged or declares a document type."""
        return parse_xml(self.read(name), name)

    def check_xml(self) -> None:
        """InputError when any part that calls itself XML declares a document type or entities.

        A part that is no sound XML at all is an error only for who needs it.
        """
        for name in self.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                _refuse_doctype(_parsed(self.read(name))[0], name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of `data`, nothing resolved and nothing fetched; InputError for a DOCTYPE or damage."""
    root, error = _parsed(data)
    _refuse_doctype(root, name)
    if error or root is None:
        raise InputError(name, f"is no sound XML ({error})", "get the file again")
    return root


def _parsed(data: bytes) -> tuple[etree._Element | None, str]:
    """The root, as far as it was read, and what is wrong with it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser), ""
    except etree.XMLSyntaxError as error:
        said = str(error)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        return etree.fromstring(data, parser), said
    except etree.XMLSyntaxError:
        return None, said


def _refuse_doctype(root: etree._Element | None, name: str) -> None:
    if root is not None:
        info = root.getroottree().docinfo
        if info.doctype or info.internalDTD is not None:
            raise InputError(name, "declares a DOCTYPE, as no such document does", "do not trust the file")


def decoded_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: without the flag for UTF-8, Chinese systems wrote UTF-8 or GB 18030."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def kind(data: bytes) -> str:
    """What a ZIP file is by its content: docx, ofd, zip, or the name of a format that is not read."""
    names = set(Archive(data).names)
    if "word/document.xml" in names:
        return "docx"
    if "OFD.xml" in names:
        return "ofd"
    for part, found in (("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"), ("mimetype", "odf")):
        if part in names:
            return found
    if "[Content_Types].xml" in names:
        return "ooxml"
    return "zip"


def listing(data: bytes) -> Listing:
    """The entries of a ZIP file that could be documents, sorted; archives in it are passed over."""
    names, notes = [], []
    for name in sorted(Archive(data).names):
        parts = PurePosixPath(name).parts
        if any(part.startswith((".", "__MACOSX", "~$")) for part in parts):
            continue
        if name.lower().endswith(NESTED):
            notes.append(f"压缩包内的压缩包未读取：{name}")
        else:
            names.append(name)
    return Listing(names, notes)


def member(data: bytes, name: str) -> bytes:
    """The bytes of one document in a ZIP file."""
    if name.lower().endswith(NESTED):
        raise InputError(name, "is an archive within an archive", "unpack the outer one first")
    return Archive(data).read(name)


def _check(entry: zipfile.ZipInfo, name: str) -> None:
    """InputError when an entry is encrypted, a link, of a name that leads elsewhere, or a bomb."""
    bad = None
    if not name or "\\" in name or name.startswith("/") or _DRIVE.match(name) or not name.isprintable():
        bad = "has a name that is absolute or not printable"
    elif ".." in PurePosixPath(name).parts:
        bad = "has a name that leads out of the archive"
    elif entry.flag_bits & 0x1:
        bad = "is encrypted"
    elif stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        bad = "is a link or device"
    elif entry.file_size > MAX_SINGLE:
        bad = f"would unpack to {entry.file_size:,} bytes (at most {MAX_SINGLE:,})"
    elif entry.file_size > MIB and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        bad = f"unpacks to more than {MAX_RATIO} times its size"
    if bad:
        raise InputError(name, bad, _REMEDY)


def _check_overlap(entries: list[zipfile.ZipInfo], size: int) -> None:
    """InputError when entries share compressed bytes, as a bomb's do, or lie beyond the file."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise InputError(decoded_name(entry), "shares its bytes with another entry", _REMEDY)
        end = entry.header_offset + 30 + entry.compress_size
    if end > size:
        raise InputError("", "is cut short", "get the file again")
