"""Help of the commands as plain text that wraps Chinese well. What the help says lives in `messages`.

Written here and not by rich, which cuts Chinese words at the edge of a column, prints its own words in
English, and takes longer to import than all the rest of the command.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from loaders.errors import UsageError
from viz.messages import help_text, say

WIDEST = 100
LEFT = 30
"""Widest left column, in cells."""
_TOKEN = re.compile(r"[!-~]+|\s+|.")
_CLOSING = frozenset("，。；：、？！）》”’」…,.;:?!)")
"""What may not begin a line."""


class Command(TyperCommand):
    """A command whose help speaks the language in use."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help goes out here; the formatter stays empty."""
        formatter.write("\n".join(help_lines(self, ctx)))


class Group(TyperGroup):
    """The command above the commands, with the same help."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name; UsageError lists those that there are."""
        if (
            self.get_command(ctx, args[0]) is None
            and not args[0].startswith("-")
            and not ctx.resilient_parsing
        ):
            names = ", ".join(self.list_commands(ctx))
            raise UsageError(
                "gangmu", say("error.no-command", name=args[0]), say("error.one-of", names=names)
            )
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help goes out here; the formatter stays empty."""
        formatter.write("\n".join(help_lines(self, ctx)))


def help_lines(command: Any, ctx: Any) -> Iterator[str]:
    """The lines of a command's help, no wider than the terminal."""
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    name = None if ctx.parent is None else command.name
    parameters = command.get_params(ctx)
    arguments = [p for p in parameters if isinstance(p, TyperArgument)]
    options = [p for p in parameters if isinstance(p, TyperOption) and not p.hidden]
    pieces = [ctx.command_path, say("help.usage.options")]
    pieces += [say("help.usage.command")] if isinstance(command, TyperGroup) else []
    pieces += [_argument(p) for p in arguments]
    yield _strong(say("usage")) + " ".join(pieces)
    yield ""
    for paragraph in (help_text(name) or "").split("\n\n"):
        yield from wrap(paragraph, width)
        yield ""
    if isinstance(command, TyperGroup):
        rows = [(key, (help_text(key) or "").split("\n\n")[0]) for key in command.list_commands(ctx)]
        yield from _section(say("panel.commands"), rows, width)
    rows = [(_argument(p), help_text(name, key_of(p)) or "") for p in arguments]
    yield from _section(say("panel.arguments"), rows, width)
    rows = [(_option(p), " ".join([help_text(name, key_of(p)) or "", *_extras(p)])) for p in options]
    yield from _section(say("panel.options"), rows, width)
    if name is None:
        for paragraph in say("help.epilog").split("\n\n"):
            yield from wrap(paragraph, width)


def key_of(parameter: Any) -> str:
    """The name of a parameter among the messages: an option's longest name, an argument's own."""
    if isinstance(parameter, TyperArgument):
        return str(parameter.name)
    return max((str(o) for o in parameter.opts), key=len).lstrip("-").replace("-", "_")


def shown_name(parameter: Any) -> str:
    """What the user calls a parameter: `--format`, or the metavar of an argument."""
    if isinstance(parameter, TyperArgument):
        return str(parameter.metavar or parameter.name)
    return max((str(o) for o in parameter.opts), key=len) if parameter else ""


def wrap(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` cells, where no token is longer.

    Chinese breaks anywhere but before a closing mark, which takes the character before it along.
    """
    line: list[str] = []
    for token in _TOKEN.findall(text):
        if line and cells("".join(line) + token.rstrip()) > width:
            carried: list[str] = []
            while len(line) > 1 and (carried or [token])[0] in _CLOSING:
                carried.insert(0, line.pop())
            yield "".join(line).strip()
            line = carried
        if line or not token.isspace():
            line.append(token)
    if "".join(line).strip():
        yield "".join(line).strip()


def cells(text: str) -> int:
    """How many cells of a terminal the text takes; a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _section(title: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    if not rows:
        return
    left = min(max(cells(head) for head, _ in rows), LEFT)
    yield _strong(title)
    for head, text in rows:
        lines = list(wrap(text, width - left - 4)) or [""]
        if cells(head) > left:
            yield f"  {head}"
            head = ""
        for line in lines:
            yield f"  {head}{' ' * (left - cells(head))}  {line}".rstrip()
            head = ""
    yield ""


def _argument(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name) + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    names = ", ".join(sorted(parameter.opts, key=len))
    return f"{names} {parameter.metavar}" if parameter.metavar else names


def _extras(parameter: Any) -> Iterator[str]:
    if parameter.envvar:
        yield say("panel.envvar").format(parameter.envvar)
    if parameter.metavar and parameter.default is not None:
        yield say("panel.default").format(parameter.default)


def _strong(text: str) -> str:
    bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return f"\x1b[1m{text}\x1b[0m" if bold else text
