"""From the names that users give to the IRIs that queries take, by the lookup queries. Never guesses."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from graph import iris
from loaders.errors import StoreError, UsageError
from queries.catalogue import NAMED_KINDS, Argument, Parameter, Query, lookups
from queries.terms import Value, is_iri

SHOWN = 8
"""How many candidates an error lists."""

SHORTENED = ("jurisdiction", "unit")
"""Kinds whose names people shorten: 南昌 for 南昌市, 南昌市西湖区 without its province, 科协 for 区科协."""
NAMELESS = ("claim", "thing")
"""Kinds that go by IRIs and record ids alone: too many of them share a name."""
ENDINGS = tuple("省市区县州旗盟")

Run = Callable[[str], Sequence[Sequence[Value]]]
"""Runs SPARQL and gives its rows."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name of a thing; `title` and `note` tell a person which thing it is."""

    iri: str
    name: str
    title: str
    note: str

    @property
    def shown(self) -> str:
        """The thing in a message: its title, what tells it apart, and an id to give instead."""
        note = f", {self.note}" if self.note else ""
        return f"{self.title}{note} ({short_id(self.iri)})"


def short_id(iri: str) -> str:
    """What a user may give for an IRI: the end of it, decoded where that leads back to the same IRI."""
    readable = unquote(iri.removeprefix(iris.BASE))
    try:
        return readable if iris.mint(*readable.split("/")) == iri else iri
    except StoreError:  # an IRI of somebody else, or one that nothing here is called by
        return iri


def resolve(run: Run, query: Query, params: Mapping[str, Argument | None]) -> dict[str, Argument]:
    """The parameters with IRIs in the place of names; those that are None are left out.

    UsageError: an unknown parameter, or a name that nothing has (near ones are named) or that several
    things have (they are listed).
    """
    resolved: dict[str, Argument] = {}
    for name, value in params.items():
        parameter = query.parameter(name)
        if value is None:
            continue
        if parameter.kind in NAMED_KINDS:
            given = [value] if isinstance(value, str | int) else list(value)
            resolved[name] = [_find(run, query, parameter, str(one)) for one in given]
        else:
            resolved[name] = value
    return resolved


def _find(run: Run, query: Query, parameter: Parameter, given: str) -> str:
    """The one IRI that `given` means."""
    return find_thing(run, f"query {query.name}, parameter {parameter.name}", parameter.kind, given)


def find_thing(run: Run, what: str, kind: str, given: str) -> str:
    """The one IRI of a kind (NAMED_KINDS) that `given` means; `what` is how an error names the place.

    UsageError: a name that nothing has (near ones are named) or that several things have (all are listed).
    """
    lookup = lookups()[kind]
    for iri in as_iris(given):
        if run(lookup.bind({"thing": iri})):
            return iri
    if kind in NAMELESS:
        raise UsageError(what, f"no {kind} “{given}”", "give an IRI or record id that a query returned")
    named = [Candidate(*(str(value or "") for value in row)) for row in run(lookup.text)]
    wanted = fold(given)
    exact = [c for c in named if c.name == given] or [c for c in named if fold(c.name) == wanted]
    if kind in SHORTENED:
        exact = exact or [c for c in named if is_short_of(wanted, fold(c.name))]
    found = {c.iri: c for c in exact}
    if len(found) == 1:
        return next(iter(found))
    if found:
        listed = _listed(c.shown for c in found.values())
        raise UsageError(what, f"“{given}” means {len(found)} things: {listed}", "give the id in brackets")
    close = near(given, [c.name for c in named])
    remedy = f"perhaps {' or '.join(close)}" if close else "look in the list of names for it"
    raise UsageError(what, f"no {kind} “{given}”", remedy)


def as_iris(given: str) -> list[str]:
    """The IRIs that `given` may be itself: an IRI, a record id, a unit id, or the end of an IRI."""
    if is_iri(given) and "://" in given:
        return [given]
    try:
        if given.startswith("unit:"):
            return [iris.unit(given)]
        by_record = [iris.record(given)] if given.count(":") >= 2 else []
        return [*by_record, *([iris.mint(*given.split("/"))] if "/" in given else [])]
    except StoreError:
        return []


def fold(name: str) -> str:
    """The name without what people do not mean by it: width, case, spaces, quotation marks."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "“”\"'‘’《》「」")


def is_short_of(given: str, name: str) -> bool:
    """Whether people say `given` (two characters at least) for `name`: its end, or all but its last one."""
    return len(given) > 1 and (name.endswith(given) or (name[:-1] == given and name.endswith(ENDINGS)))


def near(given: str, names: Iterable[str], shown: int = 5) -> list[str]:
    """The names closest to the one given: those that hold it or are held by it, then those spelt alike."""
    wanted = fold(given)
    known = {fold(name): name for name in sorted(names, reverse=True)}
    by_length = sorted((name for name in known if name), key=lambda name: (len(name), name))
    holding = [name for name in by_length if wanted and (wanted in name or name in wanted)]
    alike = difflib.get_close_matches(wanted, by_length, n=shown, cutoff=0.6)
    return [known[name] for name in dict.fromkeys([*holding, *alike])][:shown]


def _listed(shown: Iterable[str]) -> str:
    """The first few, in order, and how many more."""
    entries = sorted(shown)
    more = f" and {len(entries) - SHOWN} more" if len(entries) > SHOWN else ""
    return ", ".join(entries[:SHOWN]) + more
