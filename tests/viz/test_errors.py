"""Errors are raised in English and said in the reader's language: no phrase may lack its Chinese."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import Failure
from loaders.errors import GangmuError, InputError, UsageError
from viz.errors import HOLE, chinese, in_words, listed, message_in_words, table, usage_in_words
from viz.messages import LANGUAGE

if TYPE_CHECKING:
    import subprocess

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("loaders", "graph", "queries", "viz")
RAISERS = {"InputError", "StoreError", "UsageError", "LimitError", "CheckFailed", "_WrongCell", "_error"}
"""Called with what, problem, remedy; the method `error` of queries/header.py without what."""
HOLES = "\ue000"
"""Private characters stand for what is put in, one for each place."""


class Phrases:
    """The texts that an expression of a module can be, as far as the module's source tells."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.open: set[tuple[str, str]] = set()
        self.functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}

    def all(self) -> Iterator[str]:
        for scope in ast.walk(self.tree):
            if isinstance(scope, ast.FunctionDef):
                for call in ast.walk(scope):
                    if isinstance(call, ast.Call):
                        for said in self._said(call):
                            yield from self.texts(said, scope)

    def _said(self, call: ast.Call) -> list[ast.expr]:
        given = [*call.args, *(k.value for k in call.keywords if k.arg in ("problem", "remedy"))]
        if isinstance(call.func, ast.Name) and call.func.id in RAISERS:
            return given[1:]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "error":
            return given
        return []

    def texts(self, node: ast.expr | None, scope: ast.FunctionDef) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)) if text:
                yield text
            case ast.JoinedStr(values=parts):
                yield "".join(
                    str(p.value) if isinstance(p, ast.Constant) else chr(ord(HOLES) + n)
                    for n, p in enumerate(parts)
                )
            case ast.IfExp(body=one, orelse=other):
                yield from self.texts(one, scope)
                yield from self.texts(other, scope)
            case ast.BoolOp(values=parts):
                for part in parts:
                    yield from self.texts(part, scope)
            case ast.Name(id=name):
                yield from self._named(name, scope)
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                function = self.functions[name]
                for inner in ast.walk(function):
                    if isinstance(inner, ast.Return):
                        yield from self.texts(inner.value, function)

    def _named(self, name: str, scope: ast.FunctionDef) -> Iterator[str]:
        if (name, scope.name) in self.open:
            return
        self.open.add((name, scope.name))
        for part in (*ast.walk(scope), *self.tree.body):
            match part:
                case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                    yield from self.texts(value, scope)
                case ast.For(target=ast.Tuple(elts=targets), iter=ast.Name(id=rows)):
                    names = [t.id for t in targets if isinstance(t, ast.Name)]
                    if name in names:
                        yield from self._column(rows, names.index(name), scope)
        self.open.remove((name, scope.name))

    def _column(self, rows: str, at: int, scope: ast.FunctionDef) -> Iterator[str]:
        for part in self.tree.body:
            match part:
                case ast.Assign(targets=[ast.Name(id=found)], value=ast.Tuple(elts=table_rows)) if (
                    found == rows
                ):
                    for row in table_rows:
                        assert isinstance(row, ast.Tuple)
                        yield from self.texts(row.elts[at], scope)


def phrases() -> dict[str, str]:
    """What the sources say is wrong or to be done, with the file that says it."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= dict.fromkeys(Phrases(tree).all(), str(path.relative_to(ROOT)))
    return found


def holes(text: str) -> Counter[str]:
    return Counter(c for c in text if "\ue000" <= c <= "\uf8ff")


def test_every_phrase_of_the_sources_has_its_chinese() -> None:
    found = phrases()
    assert len(found) > 200
    assert "is an image" in found
    assert "copy the quote from the text, which `gangmu text` prints byte for byte" in found
    silent = {text: file for text, file in found.items() if chinese(text) is None}
    assert silent == {}
    lost = {text: chinese(text) for text in found if holes(chinese(text) or "") != holes(text)}
    assert lost == {}


def test_both_sides_of_the_table_hold_the_same_names() -> None:
    for part in table().values():
        for english, chinese_form in part.items():
            assert Counter(HOLE.findall(english)) == Counter(HOLE.findall(chinese_form)), english
            assert not chinese_form.endswith(("。", "；", "."))


def test_the_table_names_no_phrase_twice() -> None:
    lines = (ROOT / "viz" / "errors.yaml").read_text(encoding="utf-8").splitlines()
    entries = sum(line.startswith('  "') for line in lines)
    assert entries == sum(map(len, table().values()))


SAID: tuple[tuple[GangmuError, str], ...] = (
    (
        InputError("甲/a: b.txt: byte 5", "is neither UTF-8 nor GB 18030", "save the document as UTF-8 text"),
        "甲/a：b.txt：第 5 字节：既不是 UTF-8，也不是 GB 18030；请把文件存成 UTF-8 文本",
    ),
    (InputError("a", "No such file or directory", "check the path"), "a：没有这个文件或文件夹；请检查路径"),
    (InputError("a", "is of no known sort", "check the path"), "a：is of no known sort；请检查路径"),
    (UsageError("gangmu", "没有“x”这份文件", "可用 a, b"), "gangmu：没有“x”这份文件；可用 a, b"),
    (
        UsageError("query unit-load, parameter unit", "no unit “{name}”", "perhaps 甲 or 乙"),
        "问题 unit-load 的参数 unit：没有“{name}”这个单位；也许是 甲、乙",
    ),
    (
        InputError("g.jsonl:3", "`value` is 'x'", "give a number, or null"),
        "g.jsonl:3：`value` 是 'x'；请给出数，或 null",
    ),
    (
        InputError(
            "build",
            "no document can be read (a.txt: is empty; give a document with text in it; "
            "b.txt: byte 6: is neither UTF-8 nor GB 18030; save the document as UTF-8 text)",
            "name others",
        ),
        "建图：没有一份文件读得了（a.txt：是空的；请给出有文字的文件；"
        "b.txt：第 6 字节：既不是 UTF-8，也不是 GB 18030；请把文件存成 UTF-8 文本）；请换别的文件",
    ),
)


@pytest.mark.parametrize(("error", "said"), SAID)
def test_an_error_in_words(error: GangmuError, said: str) -> None:
    assert in_words(error, "zh") == said
    assert in_words(error, "en") == str(error)


def test_several_wrong_cells_are_said_together() -> None:
    problem = "“20x5” is no year (wrong too: 3:year, 4:year, 5:year and 2 more)"
    said = in_words(InputError("o.csv:2:year", problem, "write four digits, such as 2025"), "zh")
    also = "（还有错处：3:year, 4:year, 5:year，以及另外 2 处）"
    assert said == f"o.csv:2:year：“20x5”不是年份{also}；请写四位数字，如 2025"


def test_failures_that_kept_only_their_text() -> None:
    failure = Failure("x.pdf: 3 of 3 pages", "have no text: scanned, needs OCR; read it by OCR first")
    line = f"  {failure.file}: {failure.message}"
    assert listed(line) == "  x.pdf：3 页中的 3 页：没有文字：是扫描件，需要 OCR；请先用 OCR 识别"
    assert message_in_words(failure.message, "zh") == "没有文字：是扫描件，需要 OCR；请先用 OCR 识别"
    assert message_in_words(failure.message, "en") == failure.message
    assert listed("written: a; b") == "written: a; b"
    token = LANGUAGE.set("en")
    try:
        assert listed(line) == line
    finally:
        LANGUAGE.reset(token)


def test_what_typer_says() -> None:
    assert usage_in_words("'fr' is not one of 'zh', 'en'.", "zh") == "'fr' 不在可选值之中：zh、en"
    assert usage_in_words("'fr' is not one of 'zh', 'en'.", "en") == "'fr' is not one of 'zh', 'en'."
    assert usage_in_words("Option '--store' requires an argument.", "zh") == "选项 '--store' 缺少值"
    assert usage_in_words("Got unexpected extra argument(s) (b)", "zh") == "多出的参数：b"
    assert usage_in_words("anything else", "zh") == "anything else"


def test_the_command_lists_failures_in_its_language(
    run: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    good = ROOT / "data" / "corpus" / "003_a36cf1eedc219e1f.txt"
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    args = ("build", good, empty, "--store", tmp_path / "store")
    assert run(*args).stderr.decode().splitlines()[-1] == "  empty.txt：是空的；请给出有文字的文件"
    english = run(*args, "--lang", "en").stderr.decode().splitlines()[-1]
    assert english == "  empty.txt: is empty; give a document with text in it"
