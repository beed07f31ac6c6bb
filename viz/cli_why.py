"""The command `why`: shows the chain from a claim to the sentence in the file. graph/why.py makes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from viz.cli_common import DEFAULT_STORE, StoreOption, as_typed, console, emit
from viz.cli_help import cells, wrap
from viz.messages import LANGUAGE, say

if TYPE_CHECKING:
    from graph.passages import Passage
    from graph.rule_notes import RuleNote
    from graph.why import Source, Why

Row: TypeAlias = tuple[str, str]
"""The key of a label, empty where the line belongs to the one above, and the text beside it."""
ROLES = {
    "claim": "why.role.claim",
    "lower": "why.role.lower",
    "upper": "why.role.upper",
    "first": "why.role.first",
    "second": "why.role.second",
    "target": "why.role.target",
    "observation": "why.role.observation",
    "basis": "why.role.basis",
}
MARKS = (">>>", "<<<")
"""Stand around the quote; plain, so that every encoding has them."""
BESIDE = 90
"""Cells from which on two sources stand side by side."""
GAP = 2
SHOWN = 10
"""Sources that are shown; a unit's load can rest on hundreds."""
HEAD, TAIL = 300, 100
"""Characters of a long quote that are shown at its two ends."""


def why(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print the chain of one claim."""
    from graph.store import Store
    from graph.why import why as chain

    found = chain(Store.open(store), as_typed(claim))
    if as_json:
        emit([json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n"])
        return
    _print(found)


def _print(found: Why) -> None:
    width = console().width
    english = LANGUAGE.get() == "en"
    rows = [("why.claim", found.claim), ("", found.said_en if english else found.said_zh)]
    rows += [*_rule(found.rule)]
    rows += [("why.run", say("why.version", version=found.version, rules=found.rule_set))]
    rows += [("", say("why.rules-changed"))] if found.rules_changed else []
    rows += [("why.reasons" if n == 0 else "", reason) for n, reason in enumerate(found.reasons)]
    _put(_block(rows, width))
    if len(found.sources) == 2 and width >= BESIDE:
        half = (width - GAP) // 2
        one, two = (_block(_source(source), half) for source in found.sources)
        _put(_beside(one, two, half))
        return
    for source in found.sources[:SHOWN]:
        _put(_block(_source(source), width))
    if len(found.sources) > SHOWN:
        _put([say("why.more", n=len(found.sources) - SHOWN)])


def _put(lines: Iterable[str]) -> None:
    """Lines for people, and an empty one below them."""
    print("\n".join(line.rstrip() for line in lines))
    print()


def _rule(rule: RuleNote | None) -> Iterator[Row]:
    if rule is not None:
        notes = [rule.en if LANGUAGE.get() == "en" else rule.zh, rule.lexicon]
        yield "why.rule", rule.name
        yield from (("", text) for text in notes if text)


def _source(source: Source) -> list[Row]:
    """One source, line by line."""
    english = LANGUAGE.get() == "en"
    rows: list[Row] = [(ROLES[source.role], source.claim)]
    if source.role != "claim":
        rows += [("", source.said_en if english else source.said_zh), *_rule(source.rule)]
    if source.document is not None:
        document = source.document
        trust = document.trust_en if english else document.trust_zh
        rows += [("why.document", f"《{document.title}》" if document.title else document.id)]
        rows += [("why.trust", trust), *(("", f"· {reason}") for reason in document.trust_reasons)]
        rows += [("why.file", document.file), ("", f"sha256 {document.file_sha256}")]
    if source.passage is not None:
        at = source.passage
        rows += [("why.place", say("why.at", line=at.line, column=at.column, start=at.start, end=at.end))]
        rows += [("why.quote" if n == 0 else "", line) for n, line in enumerate(_quote(at).split("\n"))]
    for repair in source.repairs:
        state = say("why.decided") if repair.decided else say("why.noticed")
        change = f"“{repair.raw}” → “{repair.repaired}” ({repair.rule}, {repair.confidence:g}, {state})"
        rows += [("why.repairs", change)]
    for row in source.rows:
        place = say("why.row-of", table=row.table, number=row.number, source=row.source, date=row.date)
        rows += [("why.row", place), ("", row.text)]
    return rows


def _quote(at: Passage) -> str:
    """The quote between its marks, with the text around it, whose line breaks are shown as blanks."""
    quote = at.quote
    if len(quote) > HEAD + TAIL:
        cut = say("why.cut", n=len(quote) - HEAD - TAIL)
        quote = f"{quote[:HEAD]}{cut}{quote[-TAIL:]}"
    before, after = (" ".join(text.split("\n")) for text in (at.before, at.after))
    return f"{before}{MARKS[0]}{quote}{MARKS[1]}{after}"


def _block(rows: Sequence[Row], width: int) -> list[str]:
    """Labels in a column of their own, what they label wrapped beside it."""
    labels = [say(key) if key else "" for key, _ in rows]
    left = max(map(cells, labels)) + GAP
    lines = []
    for label, (_, text) in zip(labels, rows, strict=True):
        for line in wrap(_breakable(text, width - left), width - left):
            lines.append(f"{label}{' ' * (left - cells(label))}{line}")
            label = ""
    return lines


def _breakable(text: str, width: int) -> str:
    """The text with blanks inside what is longer than a line and has none, such as a checksum."""
    return re.sub(rf"[!-~]{{{width}}}(?=[!-~])", r"\g<0> ", text)


def _beside(one: Sequence[str], two: Sequence[str], width: int) -> Iterator[str]:
    """Two blocks beside each other."""
    for left, right in zip_longest(one, two, fillvalue=""):
        yield f"{left}{' ' * (width - cells(left) + GAP)}{right}"
