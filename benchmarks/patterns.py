"""Every pattern that reading uses, found by introspection, and hostile lines for each. No timing.

Patterns are the rules of `loaders/lexicon/`, every compiled pattern that a module of `loaders` holds
(also inside tuples, lists, dictionaries and dataclasses), and those that a function gives to `re` as a
constant. Hostile lines are made from a pattern's own parse tree: each way of matching only its beginning,
repeated, and each of its unbounded repetitions, pumped.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import loaders
from loaders.rules import RULES, load

FLAGS = re.MULTILINE
"""What `loaders.rules.rules` compiles its patterns with."""

PARTS = 24
"""So many beginnings are taken from one pattern; long lists of words are sampled evenly."""

SEPARATOR = "¦"
_COMMON = (
    "《¦》¦《》¦《a¦(¦)¦()¦((¦“¦”¦“a”¦“a” ¦“科¦”“¦〔¦〔2022〕¦[¦【¦1¦12¦2025¦2025年¦2025-¦1,¦"
    "1.¦1,000¦1.5¦20¦1家¦1家、¦1%¦1万¦、¦、一¦一¦一、¦一是¦一是a;¦二是¦(一)¦第一¦第一章¦1.1¦"
    " ¦  ¦\u3000¦ a¦a ¦科 ¦科 技¦a1¦Bat365¦Bat365 >¦由¦由a¦与¦与科¦各¦各市¦各市要¦市¦市委¦"
    "市委和¦省¦区¦的¦对¦在¦和¦等¦为¦占¦科¦科技¦科技,¦科技。¦科,¦,¦;¦。¦:¦-¦~¦至¦到¦强化¦落实¦"
    "达到¦达¦不低于¦增长¦确保¦责任单位:¦(责任单位:¦牵头¦负责¦零的突破¦关于¦关于印发《¦"
    "与《a》¦《a》、¦(a)¦20226月¦成员单¦每家¦“十四五”¦\t¦\u200b¦\ufffd¦\n¦科\n¦ \n"
)
COMMON = tuple(_COMMON.split(SEPARATOR))
"""What hostile lines repeat, whatever the pattern."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with the place where it stands, and examples of what it matches.

    `method` is how it is used: `match` or `fullmatch` where it is only ever tried at the beginning of a
    text, else `finditer`.
    """

    place: str
    pattern: re.Pattern[Any]
    yes: tuple[str, ...] = ()
    method: str = "finditer"

    def run(self, line: str | bytes) -> int:
        """Search a line as the pattern's users do; the number of matches. Bytes are searched in UTF-8."""
        if isinstance(self.pattern.pattern, bytes) and isinstance(line, str):
            line = line.encode()
        if self.method == "finditer":
            return sum(1 for _ in self.pattern.finditer(line))
        return int(bool(getattr(self.pattern, self.method)(line)))


def every_pattern() -> list[Pattern]:
    """All patterns of the reading, each once, by their place."""
    found: dict[tuple[str | bytes, int], Pattern] = {}
    for one in (*_of_lexicon(), *_of_modules()):
        key = (one.pattern.pattern, one.pattern.flags)
        known = found.get(key, one)
        method = "finditer" if known.method != one.method else one.method
        kept = one if len(one.yes) > len(known.yes) else known
        found[key] = replace(kept, method=method)
    return sorted(found.values(), key=lambda p: p.place)


def _of_lexicon() -> Iterator[Pattern]:
    for path in sorted(RULES.glob("*.yaml")):
        yield from _of_entry(load(path.stem), f"lexicon/{path.name}")


def _of_entry(entry: Any, place: str) -> Iterator[Pattern]:
    """The patterns of a YAML entry: texts under `pattern`, `before`, `after`, `number`, `signature` …"""
    if isinstance(entry, Mapping):
        own = f"{place}:{entry['name']}" if "name" in entry else place
        yes = tuple(map(str, entry.get("yes", ())))
        for key, value in entry.items():
            if isinstance(value, str) and key not in {"note", "repaired", "name"} and _is_pattern(value):
                yield Pattern(f"{own}:{key}", re.compile(value, FLAGS), yes)
            elif key not in {"yes", "no"}:
                yield from _of_entry(value, f"{own}:{key}")
    elif isinstance(entry, list):
        for value in entry:
            yield from _of_entry(value, place)


def _is_pattern(value: str) -> bool:
    return bool(re.search(r"[\\*+?|\[^$]|\(\?", value))


def _of_modules() -> Iterator[Pattern]:
    for info in pkgutil.walk_packages(loaders.__path__, "loaders."):
        try:
            module = importlib.import_module(info.name)
        except ImportError as error:  # an extra that is not installed, or a module half written
            warnings.warn(f"{info.name} cannot be imported and is left out: {error}", stacklevel=2)
            continue
        short = info.name.removeprefix("loaders.").replace(".", "/") + ".py"
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        methods = _methods(tree)
        for name, value in vars(module).items():
            for where, pattern in _inside(value, name):
                yield Pattern(f"{short}:{where}", pattern, method=methods.get(where, "finditer"))
        for line, source, method in _constants(tree):
            yield Pattern(f"{short}:{line}", re.compile(source), method=method)


def _inside(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns that a module attribute is or holds."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth < 3:
        if isinstance(value, Mapping):
            members = [(f"{name}[{k}]", v) for k, v in value.items()]
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
            members = [(f"{name}[{i}]", v) for i, v in enumerate(value)]
        elif is_dataclass(value) and not isinstance(value, type):
            members = [(f"{name}.{f.name}", getattr(value, f.name)) for f in fields(value)]
        else:
            return
        for inner, member in members:
            yield from _inside(member, inner, depth + 1)


def _methods(tree: ast.Module) -> dict[str, str]:
    """How a module uses its private patterns, where it always calls the one method with only a text."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    used: dict[str, set[str]] = {}
    known: set[int] = set()
    for call in calls:
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            known.add(id(call.func.value))
            alone = len(call.args) == 1 and not call.keywords
            method = call.func.attr if alone and call.func.attr in {"match", "fullmatch"} else "finditer"
            used.setdefault(call.func.value.id, set()).add(method)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in known:
            used.setdefault(node.id, set()).add("finditer")
    return {
        name: next(iter(methods)) if len(methods) == 1 else "finditer"
        for name, methods in used.items()
        if name.startswith("_")
    }


def _constants(tree: ast.Module) -> Iterator[tuple[int, str | bytes, str]]:
    """The constant patterns that a module's functions give to `re`: line, pattern, how it is used."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr != "compile"  # that one is assigned to a name and found there
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str | bytes)
        ):
            method = node.func.attr if node.func.attr in {"match", "fullmatch"} else "finditer"
            yield node.lineno, node.args[0].value, method


def hostile_lines(one: Pattern, size: int) -> Iterator[tuple[str, str]]:
    """Hostile texts of `size` characters for a pattern, each with a short recipe of it."""
    pieces = dict.fromkeys(COMMON)
    for example in one.yes[:3]:
        pieces.update(dict.fromkeys((example, example[:-1], example[1:], example + " ", example + "、")))
    begun = list(_beginnings(parser.parse(one.pattern.pattern, one.pattern.flags)))
    step = max(1, len(begun) // PARTS)
    for head, pump in begun[::step]:
        if head:
            pieces[head] = pieces[head + "科"] = None
        if pump:
            yield _line(head, pump, "", size)
            yield _line(head, pump, "\n", size)
    for piece in pieces:
        if piece:
            yield _line("", piece, "", size)


def _line(head: str, pump: str, tail: str, size: int) -> tuple[str, str]:
    times = max(1, (size - len(head) - len(tail)) // len(pump))
    shown = f"{head!r} + {pump!r} × n" if head else f"{pump!r} × n"
    return shown + (f" + {tail!r}" if tail else ""), (head + pump * times + tail)[:size]


def _beginnings(tree: Any, head: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every beginning of what a parse tree matches, with what can be pumped after it (or nothing)."""
    if depth > 6:
        return
    for code, value in tree:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            least, most, inner = value
            once = _sample(inner)
            yield from _beginnings(inner, head, depth + 1)
            if most is codes.MAXREPEAT and once:
                yield head, once
            if most is codes.MAXREPEAT or most > least:
                head_more = head + once * min(int(most), max(int(least), 3))
                yield head_more, ""
            head += once * int(least)
        elif code is codes.SUBPATTERN:
            yield from _beginnings(value[3], head, depth + 1)
            head += _sample(value[3])
        elif code is codes.ATOMIC_GROUP:
            yield from _beginnings(value, head, depth + 1)
            head += _sample(value)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _beginnings(branch, head, depth + 1)
            head += _sample(value[1][0])
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            if value[0] > 0:
                yield from _beginnings(value[1], head, depth + 1)
            elif code is codes.ASSERT and not head:
                head = _sample(value[1])
        else:
            head += _sample([(code, value)])
        yield head, ""


def _sample(tree: Any) -> str:
    """One shortest text that a parse tree matches; look-around counts as nothing."""
    out = ""
    for code, value in tree:
        if code is codes.LITERAL:
            out += chr(value)
        elif code in {codes.NOT_LITERAL, codes.ANY}:
            out += "科"
        elif code is codes.IN:
            out += _member(value)
        elif code is codes.BRANCH:
            out += _sample(value[1][0])
        elif code is codes.SUBPATTERN:
            out += _sample(value[3])
        elif code is codes.ATOMIC_GROUP:
            out += _sample(value)
        elif code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            out += _sample(value[2]) * max(int(value[0]), 1 if len(tree) == 1 else int(value[0]))
    return out


def _member(members: Any) -> str:
    """A character of a class; of a negated class an ordinary one outside it."""
    pattern = re.compile("|".join(_class(m) for m in members if m[0] is not codes.NEGATE) or "(?!)")
    if members[0][0] is codes.NEGATE:
        return next((c for c in "科a1、 " if not pattern.fullmatch(c)), "科")
    code, value = members[0]
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return "科" if value[0] <= ord("科") <= value[1] else chr(value[0])
    return next((c for c in "1科 " if pattern.fullmatch(c)), "科")


def _class(member: Any) -> str:
    code, value = member
    if code is codes.LITERAL:
        return re.escape(chr(value))
    if code is codes.RANGE:
        return f"[{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}]"
    names = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}
    negated = {
        codes.CATEGORY_NOT_DIGIT: r"\D",
        codes.CATEGORY_NOT_SPACE: r"\S",
        codes.CATEGORY_NOT_WORD: r"\W",
    }
    return {**names, **negated}.get(value, "(?!)")
