"""What a file is, by content before ending; plain text unchanged; the child's limits and its end."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from docx import Document

from loaders.decode import decode_any, plausibility
from loaders.errors import InputError
from loaders.formats import sandbox
from loaders.formats.detect import ENDINGS, detect
from loaders.formats.source import read_source

TRIAL = shutil.which("unshare")
UNSHARES = (
    bool(TRIAL)
    and subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
)
ROOT = Path(__file__).resolve().parents[3]
TEXT = "关于印发试验的通知\r\n一、主要任务\r\n1.培育企业。\t力争2025年, 新增企业10家。\r\n"
TRADITIONAL = "關於印發實施方案的通知\n為貫徹落實國家發展計畫，推進科技創新，特制定本方案。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.docx.txt"])
def test_plain_text_is_the_decoded_file_unchanged(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode(encoding))
    found = read_source(path)
    assert (found.text, found.name) == (TEXT, name)
    assert found.format == ("markdown" if name.endswith(".md") else "text")


def test_a_mark_of_utf8_stays_because_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    assert read_source(path).text == "\ufeff" + TEXT


def test_big5_and_damage_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TRADITIONAL.encode("big5"))
    found = read_source(path)
    assert (found.text, found.notes) == (TRADITIONAL, ("按 Big5 解码",))
    path.write_bytes(TEXT.encode() * 3 + b"\xe5\xb8")
    assert read_source(path).notes == ("解码时有 1 个字符无法识别，已用 U+FFFD 代替",)
    path.write_bytes((TEXT * 30).encode("gb18030")[:-3] + b"\xff")
    found = read_source(path)
    assert found.text.startswith(TEXT)
    assert len(found.notes) == 1


def test_plausibility_tells_text_from_noise() -> None:
    assert plausibility(TEXT) > 0.5
    assert plausibility(TRADITIONAL) > 0.5
    assert plausibility(TEXT.encode().decode("gb18030", "replace")) < 0.2
    assert plausibility(TRADITIONAL.encode("big5").decode("gb18030", "replace")) < 0.2
    assert plausibility("plain English") == 1.0
    with pytest.raises(InputError, match="neither UTF-8 nor GB 18030"):
        decode_any("Ça va très bien à Genève, été".encode("latin-1") * 9, "a.txt")


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.docx", b"%PDF-1.7\n", "pdf"),
        ("a.txt", b"junk\n%PDF-1.4\n", "pdf"),
        ("a.doc", b"<html xmlns:o='urn:schemas-microsoft-com:office:office'>", "html"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "doc"),
        ("a.txt", b"<!DOCTYPE html><html>", "html"),
        ("a.txt", b"<!-- saved from url --> \n<HTML>", "html"),
        ("a.html", "<div>文字</div>".encode(), "html"),
        ("a.html", "没有标记".encode(), "html"),
        ("a.txt", "<正文>".encode(), "text"),
        ("a.md", b"<body>", "markdown"),
        ("a.doc", "其实是文本".encode(), "text"),
        ("a", "文本".encode(), "text"),
    ],
)
def test_content_goes_before_the_ending(name: str, data: bytes, form: str) -> None:
    assert detect(data, name, name).format == form


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.docx", b"\x89PNG\r\n\x1a\n0000", "is an image"),
        ("a.txt", b"\xff\xd8\xff\xe0 jpeg", "is an image"),
        ("a.doc", rb"{\rtf1 abc}", "is RTF"),
        ("a.pdf", "只是文字".encode(), "is not PDF, though its name says so"),
        ("a.ofd", b"\x00\x01\x02", "is not OFD, though its name says so"),
        ("a.doc", b"\x00\x01\x02", "is not DOC, though its name says so"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted",
        ),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "is no Word document",
        ),
        ("a.rar", b"Rar!\x1a\x07", "unpack it"),
        ("a.mht", b"From: x\r\nContent-Type: multipart/related;", "save the page as HTML"),
        ("a.txt", b"PK\x03\x04\x00\x00abc", "control character"),
        ("a.txt", b"\x00" * 100, "control character"),
        ("a.docx", b" " * 100, "is empty"),
        ("a.txt", b" " * (17 * 1024 * 1024) + b"x", "17,825,793 bytes"),
        ("a.pdf", b"%PDF-1.7" + b" " * (100 * 1024 * 1024), "split it below"),
    ],
)
def test_what_is_not_read_says_why_in_one_line(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=problem) as caught:
        read_source(path)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_a_wrong_ending_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes("<html><body><h1>某某实施方案</h1><p>一、总体要求。</p></body></html>".encode())
    found = read_source(path)
    assert found.format == "html"
    assert found.notes[0] == "文件名以 .docx 结尾，内容却是网页，已按内容读取"


def test_devices_are_no_documents() -> None:
    with pytest.raises(InputError, match="is a device or pipe"):
        read_source(Path("/dev/zero"))


def test_old_word_files_need_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="no program to read it is installed; install antiword or catdoc"):
        read_source(path)


def test_a_program_for_old_word_files_gets_the_file_and_its_tables_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in shows what antiword is given and how its answer is read: it is not on every machine."""
    program = tmp_path / "antiword"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "data = open(sys.argv[-1], 'rb').read()\n"
        "assert data.startswith(b'\\xd0\\xcf\\x11\\xe0')\n"
        "assert sys.argv[1:5] == ['-m', 'UTF-8.txt', '-w', '0']\n"
        "text = '一、总体要求\\n\\n|指标  |2025年|\\n|研发  |2.2% |\\n|投入  |     |\\n'\n"
        "sys.stdout.buffer.write(text.encode())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = read_source(path)
    assert (found.format, found.text) == ("doc", "一、总体要求\n\n指标\t2025年\n研发\t2.2%\n投入\n")
    assert found.notes == ("表格和自动编号以转换程序所见为准",)


@pytest.mark.skipif(
    not (shutil.which("antiword") and shutil.which("soffice")), reason="needs antiword and LibreOffice"
)
def test_a_real_old_word_file_is_read_by_antiword(tmp_path: Path) -> None:
    document = Document()
    aims = [f"{n}.力争新认定高新技术企业{n}0家。（责任单位：市科技局）" for n in range(1, 40)]
    for words in ("一、目标任务", *aims):  # antiword takes no file of a few words
        document.add_paragraph(words)
    table = document.add_table(2, 2)
    for cell, words in zip((*table.rows[0].cells, *table.rows[1].cells), "甲乙丙丁", strict=True):
        cell.text = words
    document.save(str(tmp_path / "plan.docx"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "plan.docx")], check=True, capture_output=True, timeout=120)
    found = read_source(tmp_path / "plan.doc")
    assert (found.format, found.notes) == ("doc", ("表格和自动编号以转换程序所见为准",))
    assert found.text == "\n\n".join(("一、目标任务", *aims, "甲\t乙\n丙\t丁\n"))


def test_a_child_that_is_late_or_stops_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="its reader stopped: exit status 1"):
        sandbox.ask(b"x", "a.bin", do="convert", format="nothing")
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 10)
    with pytest.raises(InputError, match="gives more than 10 bytes"):
        sandbox.ask("<html><p>文字</p></html>".encode(), "a.html", do="convert", format="html")
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.001)
    with pytest.raises(InputError, match=r"a\.html: took longer than 0 s"):
        sandbox.ask("<html><p>文字</p></html>".encode(), "a.html", do="convert", format="html")


def test_what_signals_mean() -> None:
    def reason(code: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", f"import os, signal; os.kill(os.getpid(), {code})"], check=False
        )
        return sandbox._reason(run.returncode)

    assert reason("signal.SIGXCPU") == "it needs more time or memory than a document may (SIGXCPU)"
    assert (
        reason("signal.SIGABRT") == "it crashed on the document or needed more memory than one may (SIGABRT)"
    )
    assert reason("signal.SIGKILL") == "it needs more time or memory than a document may (SIGKILL)"


def confined(tmp_path: Path, attempt: str) -> str:
    """What a confined process says of an attempt: `done`, or the name of the exception."""
    code = f"""
        import os, socket, subprocess, sys
        sys.path.insert(0, {str(ROOT)!r})
        from loaders.formats.confine import confine
        confine()
        try:
            {attempt}
        except BaseException as error:
            os.write(1, type(error).__name__.encode())
        else:
            os.write(1, b"done")
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        cwd=tmp_path,
        check=False,
        timeout=60,
    )
    return run.stdout.decode()


@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("socket.socket()", "PermissionError"),
        ("socket.getaddrinfo('example.org', 80)", "PermissionError"),
        ("subprocess.run(['true'])", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("open('file', 'w')", "PermissionError"),
        ("os.open('file', os.O_CREAT | os.O_RDWR)", "PermissionError"),
        ("os.remove('file')", "PermissionError"),
        ("bytes(2 * 1024 ** 3)", "MemoryError"),
        ("[open('/dev/null') for _ in range(100)]", "OSError"),
        ("open('/dev/null').read()", "done"),
        ("bytes(100 * 1024 ** 2)", "done"),
    ],
)
def test_a_confined_process_has_no_network_no_programs_no_files(
    tmp_path: Path, attempt: str, outcome: str
) -> None:
    (tmp_path / "file").write_text("stays", encoding="utf-8")
    assert confined(tmp_path, attempt) == outcome
    assert (tmp_path / "file").read_text(encoding="utf-8") == "stays"


def test_a_confined_process_that_goes_on_and_on_is_ended() -> None:
    code = "import loaders.formats.confine as c; c.CPU_SECONDS = 1; c.confine()\nwhile True: pass"
    run = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, timeout=60)
    assert run.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


@pytest.mark.skipif(not UNSHARES, reason="this system does not let a user leave the network")
def test_no_network_remains_where_the_kernel_permits_to_leave_it() -> None:
    code = "import loaders.formats.confine as c; c.confine(); print(open('/proc/net/dev').read().count(':'))"
    run = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, timeout=60)
    assert int(run.stdout) <= 1  # the loopback alone


def test_the_parent_imports_nothing_that_parses_a_format() -> None:
    code = "import sys, json; import loaders.formats.source; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    loaded = set(json.loads(run.stdout))
    heavy = {"docx", "lxml", "pypdfium2", "pdfplumber", "resiliparse", "selectolax", "trafilatura", "zipfile"}
    assert not loaded & (heavy - {"zipfile"})


def test_every_ending_has_a_reader() -> None:
    assert set(ENDINGS.values()) == {"text", "markdown", "html", "pdf", "docx", "doc", "ofd", "zip"}
