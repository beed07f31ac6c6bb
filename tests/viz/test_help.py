"""Help in both languages: whole, aligned, and quick."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viz.cli import build_app, main
from viz.cli_help import cells, key_of, wrap
from viz.messages import MESSAGES, help_text, pick_language

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
DESK = ["trace", "ledger", "audit", "compare"]
COMMANDS = ["build", "records", "text", "ask", "query", "why", "diff", "observe", "align", "review", *DESK]
COMMANDS += ["check", "draw", "export", "serve", "publish", "mcp", "account", "annotate", "evaluate"]


def test_every_command_and_parameter_has_help_in_both_languages() -> None:
    group = build_app("zh")
    assert list(group.commands) == COMMANDS
    commands: list[tuple[str | None, Any]] = [(None, group), *group.commands.items()]
    parameters = [(name, p) for name, command in commands for p in command.params]
    assert len(parameters) > 30
    missing = [(name, key_of(p)) for name, p in parameters if not help_text(name, key_of(p))]
    assert missing == []
    assert all(help_text(name) for name in (None, *COMMANDS))


def test_messages_have_two_languages_with_the_same_places() -> None:
    assert len(MESSAGES) > 80
    for key, (zh, en) in MESSAGES.items():
        assert zh, key
        assert en, key
        assert sorted(re.findall(r"{(\w*)}", zh)) == sorted(re.findall(r"{(\w*)}", en)), key
        assert not re.search("[\u4e00-\u9fff]", en) or key == "help.ask", key


def test_each_message_stands_in_one_module() -> None:
    parts = [import_module(f"viz.{path.stem}") for path in sorted((ROOT / "viz").glob("messages_*.py"))]
    tables = [table for part in parts for name, table in vars(part).items() if name.endswith("_MESSAGES")]
    assert len(tables) >= 8
    assert sum(map(len, tables)) == len(MESSAGES)


def test_every_message_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "viz").glob("cli*.py"))
    made = ("help.", "build.", "check.", "finding.")
    unused = [key for key in MESSAGES if f'"{key}"' not in code and not key.startswith(made)]
    assert unused == ["help"] or unused == []


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for lang in ("zh", "en"):
        for width in (60, 80, 100):
            monkeypatch.setenv("COLUMNS", str(width))
            assert main([*command, "--help", "--lang", lang]) == 0
            out, errors = capsys.readouterr()
            assert errors == ""
            assert out.startswith("用法：" if lang == "zh" else "Usage: ")
            assert max(map(cells, out.splitlines())) <= width


@pytest.mark.parametrize(
    ("args", "environ", "expected"),
    [
        (["--lang", "en", "ask"], {}, ("en", ["ask"])),
        (["ask", "--lang=en"], {"LC_ALL": "zh_CN.UTF-8"}, ("en", ["ask"])),
        (["ask"], {}, ("zh", ["ask"])),
        (["ask"], {"LANG": "C.UTF-8"}, ("zh", ["ask"])),
        (["ask"], {"LANG": "en_US.UTF-8"}, ("en", ["ask"])),
        (["ask"], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, ("zh", ["ask"])),
        (["ask"], {"LANG": "zh_CN.GBK", "LC_MESSAGES": "en_GB"}, ("en", ["ask"])),
        (["ask"], {"LANG": "fr_FR.UTF-8"}, ("en", ["ask"])),
        (["ask", "--lang", "de"], {}, ("zh", ["ask", "--lang", "de"])),
        (["ask", "--", "--lang", "en"], {}, ("zh", ["ask", "--", "--lang", "en"])),
    ],
)
def test_the_language_is_chosen(
    args: list[str], environ: dict[str, str], expected: tuple[str, list[str]]
) -> None:
    assert pick_language(args, environ) == expected


@given(st.text(alphabet="纲目，。（） abc-1\n", max_size=80), st.integers(4, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line == line.strip() for line in lines)


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, gangmu; gangmu.main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    loaded = set(done.stderr.split())
    heavy = {"pandas", "networkx", "pyoxigraph", "rdflib", "pyvis", "rich", "yaml", "jinja2", "sklearn"}
    assert loaded & heavy == set()


def test_version(run: Run) -> None:
    assert re.fullmatch(r"gangmu \d+\.\d+\.\d+\n", run("--version").stdout.decode())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_questions(run: Run, shell: str) -> None:
    words = {"COMP_WORDS": "gangmu ask unit-l", "COMP_CWORD": "2"}
    words |= {"_TYPER_COMPLETE_ARGS": "gangmu ask unit-l", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = run(_GANGMU_COMPLETE=f"complete_{shell}", **words)
    assert "unit-load" in done.stdout.decode()
