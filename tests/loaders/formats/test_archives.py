"""ZIP files and folders as sets of documents, and archives that nobody should open."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from loaders import records as rec
from loaders.corpus import find_all, find_documents
from loaders.errors import InputError
from loaders.formats.source import read_source
from loaders.read import read_document

TEXT = "一、主要任务\n1.培育企业。力争2025年,新增高新技术企业10家。\n"


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as new:
        for name, content in members:
            new.writestr(name, content)
    return out.getvalue()


def test_members_are_documents(tmp_path: Path) -> None:
    path = tmp_path / "材料.zip"
    inner = archive(("a.txt", TEXT.encode()))
    path.write_bytes(
        archive(
            ("方案/一.txt", TEXT.encode()),
            ("方案/二.html", f"<html><body><h1>某某方案</h1><p>{TEXT}</p></body></html>".encode()),
            ("方案/里面.zip", inner),
            ("表.xlsx", b"PK"),
            ("__MACOSX/._一.txt", b"x"),
            (".DS_Store", b"x"),
        )
    )
    found = find_all([path])
    assert [p.relative_to(tmp_path).as_posix() for p in found.paths] == [
        "材料.zip/方案/一.txt",
        "材料.zip/方案/二.html",
    ]
    assert found.notes == (
        "材料.zip：压缩包内的压缩包未读取：方案/里面.zip",
        "材料.zip：不认识的格式，未读取：表.xlsx",
    )
    source = read_source(found.paths[0])
    assert (source.text, source.name) == (TEXT, "材料.zip/方案/一.txt")
    assert [t.value for t in read_document(found.paths[0]).of(rec.Target)] == [10.0]
    with pytest.raises(InputError, match="an archive within an archive"):
        read_source(path / "方案/里面.zip")
    with pytest.raises(InputError, match=r"材料\.zip/无\.txt: is missing"):
        read_source(path / "无.txt")
    with pytest.raises(InputError, match="is an archive, not a document"):
        read_source(path)


def test_folders_are_searched_through_and_bad_archives_noted(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "一.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a" / "README.md").write_text("about", encoding="utf-8")
    (tmp_path / "a" / "~$二.docx").write_bytes(b"lock")
    (tmp_path / "a" / "材料.zip").write_bytes(archive(("三.txt", TEXT.encode())))
    (tmp_path / "a" / "坏.zip").write_bytes(b"PK\x03\x04")
    found = find_all([tmp_path])
    assert [p.name for p in found.paths] == ["一.md", "三.txt"]
    assert len(found.notes) == 1
    assert "坏.zip" in found.notes[0]
    assert find_documents([tmp_path]) == list(found.paths)
    with pytest.raises(InputError, match="is no sound archive"):
        find_documents([tmp_path / "a" / "坏.zip"])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_chinese_systems(tmp_path: Path, encoding: str) -> None:
    raw = "方案一.txt".encode(encoding)
    plain = "x" * len(raw)
    path = tmp_path / "材料.zip"
    path.write_bytes(archive((plain, TEXT.encode())).replace(plain.encode(), raw))
    assert [p.name for p in find_documents([path])] == ["方案一.txt"]
    assert read_source(path / "方案一.txt").text == TEXT


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("passwd.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted() -> bytes:
    data = bytearray(archive(("a.txt", TEXT.encode())))
    data[6] |= 1
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Two entries that share one compressed body, as the best bombs do."""
    data = archive(("a.txt", bytes(1000)), ("b.txt", bytes(1000)))
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 42] + struct.pack("<I", 0) + data[at + 46 :]


def twice() -> bytes:
    data = archive(("a.txt", b"1"), ("b.txt", b"2"))
    return data.replace(b"b.txt", b"a.txt")


def oversized() -> bytes:
    data = bytearray(archive(("a.txt", b"1" * 100)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100 * 1024 * 1024)
    return bytes(data)


HOSTILE = {
    "a bomb": (archive(("a.txt", b" " * (100 * 1024 * 1024))), "would unpack to|unpacks to more than"),
    "a smaller bomb": (archive(("a.txt", b" " * (8 * 1024 * 1024))), "unpacks to more than 200 times"),
    "a name upwards": (archive(("../../a.txt", b"x")), "leads out of the archive"),
    "a name upwards inside": (archive(("a/../../a.txt", b"x")), "leads out of the archive"),
    "an absolute name": (archive(("/etc/a.txt", b"x")), "absolute"),
    "a name of Windows": (archive(("C:/a.txt", b"x")), "absolute"),
    "a name with a line break": (archive(("a\nb.txt", b"x")), "not printable"),
    "a link": (archive((linked(), b"/etc/passwd")), "is a link or device"),
    "an encrypted entry": (encrypted(), "is encrypted"),
    "a name twice": (twice(), "stands in the archive twice"),
    "shared bytes": (overlapping(), "shares its bytes"),
    "a wrong size": (oversized(), "would unpack to"),
    "too many entries": (
        archive(*((f"{i}.txt", b"") for i in range(5000)), stored=True),
        "holds 5,000 entries",
    ),
    "a cut end": (archive(("a.txt", TEXT.encode()))[:-10], "is no sound archive"),
    "no document": (archive(("a.exe", b"x")), "holds no document"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_hostile_archives_are_one_line(tmp_path: Path, which: str) -> None:
    data, problem = HOSTILE[which]
    path = tmp_path / "坏.zip"
    path.write_bytes(data)
    with pytest.raises(InputError, match=problem) as caught:
        find_documents([path])
    assert "\n" not in str(caught.value)
    assert "坏.zip" in str(caught.value)


def test_a_damaged_member_is_one_line(tmp_path: Path) -> None:
    data = bytearray(archive(("a.txt", TEXT.encode() * 20)))
    data[60] ^= 0xFF
    path = tmp_path / "坏.zip"
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match=r"坏\.zip/a\.txt: is damaged") as caught:
        read_source(path / "a.txt")
    assert "\n" not in str(caught.value)
