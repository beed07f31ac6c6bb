"""The command `gangmu`: its language, its commands and how it ends. What commands do lives in `cli_*`.

Everything heavy is imported inside the commands, so that help and completion answer at once.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer
from typer.main import get_command

from loaders.errors import GangmuError
from viz import (
    cli_align,
    cli_audit,
    cli_change,
    cli_compare,
    cli_evaluate,
    cli_ledger,
    cli_make,
    cli_read,
    cli_review,
    cli_serve,
    cli_trace,
    cli_why,
)
from viz.cli_help import Command, Group, shown_name
from viz.messages import LANGUAGE, Lang, pick_language, say

INTERRUPTED = 130
PIPE_CLOSED = 141
STDOUT = 1
UNREADABLE = 3


def _version(wanted: bool) -> None:
    if wanted:
        from ontology.terms import VERSION

        print(f"gangmu {VERSION}")
        raise typer.Exit


def _root(
    lang: Annotated[Literal["zh", "en"] | None, typer.Option("--lang", metavar="zh|en")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Options that stand before a command; `--lang` may stand anywhere, `main` takes it out."""


def build_app(lang: Lang) -> Group:
    """The command in that language, ready for its `main`."""
    LANGUAGE.set(lang)
    app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)
    app.callback()(_root)
    extra = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command("build", cls=Command)(cli_make.build)
    app.command("records", cls=Command)(cli_read.records)
    app.command("text", cls=Command)(cli_read.text)
    app.command("ask", cls=Command, add_help_option=False, context_settings=extra)(cli_read.ask)
    app.command("query", cls=Command)(cli_read.query)
    app.command("why", cls=Command)(cli_why.why)
    app.command("diff", cls=Command)(cli_change.diff)
    app.command("observe", cls=Command)(cli_change.observe)
    app.command("align", cls=Command)(cli_align.align)
    app.command("review", cls=Command)(cli_review.review)
    app.command("trace", cls=Command)(cli_trace.trace)
    app.command("ledger", cls=Command)(cli_ledger.ledger)
    app.command("audit", cls=Command)(cli_audit.audit)
    app.command("compare", cls=Command)(cli_compare.compare)
    app.command("check", cls=Command)(cli_make.check)
    app.command("draw", cls=Command)(cli_make.draw)
    app.command("export", cls=Command)(cli_make.export)
    app.command("serve", cls=Command)(cli_serve.serve)
    app.command("publish", cls=Command)(cli_serve.publish)
    app.command("mcp", cls=Command)(cli_serve.mcp)
    app.command("account", cls=Command)(cli_evaluate.account)
    app.command("annotate", cls=Command)(cli_evaluate.annotate)
    app.command("evaluate", cls=Command)(cli_evaluate.evaluate)
    group = get_command(app)
    assert isinstance(group, Group)
    return group


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code. Every error is one line on standard error."""
    lang, args = pick_language(sys.argv[1:] if argv is None else argv, os.environ)
    _prepare(sys.stdout, sys.stderr)
    try:
        code = build_app(lang).main(args, prog_name="gangmu", standalone_mode=False)
        sys.stdout.flush()
    except GangmuError as error:
        from viz.errors import in_words

        return _fail(in_words(error, lang), error.exit_code)
    except (BrokenPipeError, SystemExit) as ended:
        if isinstance(ended, SystemExit) and not isinstance(ended.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
        return PIPE_CLOSED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        from viz.errors import chinese

        name = error.filename or "gangmu"
        reason = error.strerror or str(error)
        said = f"{name}：{chinese(reason) or reason}" if lang == "zh" else f"{name}: {reason}"
        return _fail(said, UNREADABLE)
    except Exception as error:
        code = _usage(error)
    if code == INTERRUPTED:
        return _fail(say("error.interrupted"), INTERRUPTED)
    return code if isinstance(code, int) else 0


def _prepare(*streams: Any) -> None:
    """Let text go out in any locale: what an encoding lacks becomes `?`; ASCII, which lacks all, UTF-8."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            encoding = "utf-8" if codecs.lookup(stream.encoding).name == "ascii" else None
            stream.reconfigure(encoding=encoding, errors="replace")


def _usage(error: Exception) -> int:
    """Say what typer refused, in one line; anything else is raised again."""
    from viz.errors import usage_in_words

    lang = LANGUAGE.get()
    command = getattr(getattr(error, "ctx", None), "command_path", "gangmu")
    match type(error).__name__:
        case "NoArgsIsHelpError":
            print(error, file=sys.stderr)
            return 2
        case "NoSuchOption":
            text = say("error.no-option", name=getattr(error, "option_name", ""))
        case "MissingParameter":
            text = say("error.missing", name=shown_name(getattr(error, "param", None)))
        case "BadParameter":
            problem = " ".join(str(error).split()).removeprefix("Value error, ")
            problem = usage_in_words(problem, lang)
            text = say("error.bad-value", name=shown_name(getattr(error, "param", None)), problem=problem)
        case _ if hasattr(error, "format_message"):
            text = usage_in_words(" ".join(error.format_message().split()), lang)
        case _:
            raise error
    return _fail(text + say("error.try", command=command), 2)


def _fail(text: str, code: int) -> int:
    print(say("error", text=" ".join(text.split())), file=sys.stderr)
    return code
