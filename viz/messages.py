"""What the command line says, in both languages; pages have their words in `pages/words`. Prints nothing.

Keys of help texts are `help.COMMAND` and `help.COMMAND.PARAMETER`, or `help.*.PARAMETER` where commands
share one. A test holds every command and parameter against them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Final, Literal, TypeAlias

from viz.messages_ask import ASK_MESSAGES
from viz.messages_common import COMMON_MESSAGES
from viz.messages_desk import DESK_MESSAGES
from viz.messages_graph import GRAPH_MESSAGES
from viz.messages_read import READ_MESSAGES
from viz.messages_review import REVIEW_MESSAGES
from viz.messages_score import SCORE_MESSAGES
from viz.messages_serve import SERVE_MESSAGES

Lang: TypeAlias = Literal["zh", "en"]
LANGUAGE: ContextVar[Lang] = ContextVar("language", default="zh")

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **COMMON_MESSAGES,
    **READ_MESSAGES,
    **SCORE_MESSAGES,
    **ASK_MESSAGES,
    **SERVE_MESSAGES,
    **GRAPH_MESSAGES,
    **REVIEW_MESSAGES,
    **DESK_MESSAGES,
}
"""Every message in Chinese and English, by its key; each group of commands has its own module."""


def pick_language(args: Sequence[str], environ: Mapping[str, str]) -> tuple[Lang, list[str]]:
    """The language to speak and the arguments without `--lang`, which may stand anywhere before `--`.

    A locale that names no language (C, POSIX) says nothing; one that is neither Chinese nor unset
    reads English. A `--lang` of another value stays among the arguments, to be refused there.
    """
    chosen: Lang | None = None
    rest: list[str] = []
    remaining = list(args)
    while remaining:
        arg = remaining.pop(0)
        if arg == "--":
            rest += [arg, *remaining]
            break
        if arg == "--lang" and remaining and remaining[0] in ("zh", "en"):
            chosen = "zh" if remaining.pop(0) == "zh" else "en"
        elif arg in ("--lang=zh", "--lang=en"):
            chosen = "zh" if arg.endswith("zh") else "en"
        else:
            rest.append(arg)
    return chosen or _of_locale(environ), rest


def _of_locale(environ: Mapping[str, str]) -> Lang:
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    language = locale.split(".")[0].split("_")[0].lower()
    return "zh" if language in ("", "c", "posix", "zh") else "en"


def say(key: str, **values: object) -> str:
    """The message in the language in use, with its `{places}` filled."""
    text = MESSAGES[key][LANGUAGE.get() == "en"]
    return text.format(**values) if values else text


def help_text(command: str | None, parameter: str | None = None) -> str | None:
    """The help of a command, or of one of its parameters; null where there is none."""
    if parameter is not None:
        keys = [f"help.{command}.{parameter}", f"help.*.{parameter}"]
    else:
        keys = ["help" if command is None else f"help.{command}"]
    return next((say(key) for key in keys if key in MESSAGES), None)
