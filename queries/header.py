"""The `#+` head of a `.rq` file: YAML read with its line numbers. `catalogue` says what a head must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from loaders.errors import InputError

MARK = "#+"
LANGUAGES = ("zh", "en")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is there: a tenth of the time, the same nodes."""


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node that knows where it stands, so that every complaint names file and line."""

    file: str
    raw: yaml.Node

    def error(self, problem: str, remedy: str = "correct the head of the query") -> InputError:
        """The error to raise for this place."""
        return InputError(f"{self.file}:{self.raw.start_mark.line + 1}", problem, remedy)

    def text(self) -> str:
        """The node's text, never empty; InputError where it holds anything else."""
        if not isinstance(self.raw, yaml.ScalarNode) or not self.raw.value.strip():
            raise self.error("a text is expected here")
        return str(self.raw.value)

    def choice(self, allowed: tuple[str, ...]) -> str:
        """The node's text, one of `allowed`; InputError otherwise."""
        value = self.text()
        if value not in allowed:
            raise self.error(f"“{value}” is unknown", f"use one of {', '.join(allowed)}")
        return value

    def items(self) -> Iterator[Node]:
        """The members of a list; InputError where the node is no list."""
        if not isinstance(self.raw, yaml.SequenceNode):
            raise self.error("a list is expected here")
        return (Node(self.file, member) for member in self.raw.value)

    def fields(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Node]:
        """The fields of a mapping: all of `required`, any of `optional`, no others, none twice."""
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error("fields are expected here")
        found: dict[str, Node] = {}
        for key, value in self.raw.value:
            name = Node(self.file, key).choice((*required, *optional))
            if name in found:
                raise Node(self.file, key).error(f"“{name}” stands twice")
            found[name] = Node(self.file, value)
        missing = [name for name in required if name not in found]
        if missing:
            raise self.error(f"missing: {', '.join(missing)}", "add it to the head of the query")
        return found

    def labels(self) -> dict[str, str]:
        """A text in each of `LANGUAGES`."""
        return texts(self.fields(LANGUAGES))


def texts(fields: dict[str, Node]) -> dict[str, str]:
    """The text of each of `LANGUAGES` among the fields of a mapping."""
    return {language: fields[language].text() for language in LANGUAGES}


def parse_head(file: str, text: str) -> Node:
    """The head of a query's text: the run of `#+` lines that opens the file.

    Lines keep their numbers, because the head is the first thing in the file. InputError where there is
    no head, where it is no YAML, or where a `#+` line stands further down.
    """
    lines = text.splitlines()
    size = next((n for n, line in enumerate(lines) if not line.startswith(MARK)), len(lines))
    if size == 0:
        raise InputError(f"{file}:1", "the query has no head", f"begin the file with {MARK} lines")
    for number, line in enumerate(lines[size:], size + 1):
        if line.startswith(MARK):
            raise InputError(f"{file}:{number}", "a head line below the head", "keep the head in one piece")
    head = "\n".join(line.removeprefix(MARK).removeprefix(" ") for line in lines[:size])
    try:
        node = yaml.compose(head, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{file}:{place}", f"no valid YAML ({error.problem})", "correct the head") from None
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0]
        raise InputError(f"{file}:1", f"no valid YAML ({first})", "correct the head of the query") from None
    if node is None:
        raise InputError(f"{file}:1", "the head is empty", "describe the query in it")
    return Node(file, node)
