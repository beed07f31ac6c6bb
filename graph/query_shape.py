"""What a SPARQL text looks like before any engine reads it: its words and how deep its brackets nest.

A lexer, not a parser: it knows comments, strings, IRIs and code point escapes, which SPARQL 1.1 (19.2)
has replaced before anything else is read. What it cannot tell apart it counts as code, so that a text
never looks more harmless than it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"
               | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<name>[?$@]\w+ | [\w.-]*:[\w.:%-]*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    """,
    re.VERBOSE | re.DOTALL,
)
UPDATES = frozenset({"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"})
"""What an update begins with (SPARQL 1.1 Update, 3.1 and 3.2), and no query does."""
_PROLOGUE = frozenset({"prefix", "base"})


@dataclass(frozen=True, slots=True)
class Shape:
    """The words outside strings, IRIs, names and comments, in lower case and in order, and the depth."""

    words: tuple[str, ...]
    depth: int

    @property
    def verb(self) -> str:
        """The word that says what the text does: the first behind its prologue."""
        return next((word for word in self.words if word not in _PROLOGUE), "")


def decoded(sparql: str) -> str:
    """The text with its code point escapes replaced; one that names no character stays."""

    def character(match: re.Match[str]) -> str:
        point = int(match[1] or match[2], 16)
        return chr(point) if point <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, sparql)


def shape(sparql: str) -> Shape:
    """The shape of a query's text; linear in its length."""
    words: list[str] = []
    depth = deepest = 0
    for token in _TOKEN.finditer(decoded(sparql)):
        if token.lastgroup == "word":
            words.append(token[0].lower())
        elif token.lastgroup == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif token.lastgroup == "close":
            depth = max(0, depth - 1)
    return Shape(tuple(words), deepest)


def names_graphs(sparql: str) -> bool:
    """Whether the query itself says by FROM which graphs it is about; the engine's union would undo that."""
    return "from" in decoded(sparql).lower() and "from" in shape(sparql).words
