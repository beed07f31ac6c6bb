"""Runs queries: rows and DataFrames of plain Python values. Holds no query text and parses no head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from loaders.errors import StoreError, UsageError
from queries.catalogue import Argument, Query, catalogue
from queries.names import near, resolve
from queries.terms import Value, from_term

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Value]


class Queryable(Protocol):
    """What answers SPARQL over the union of its graphs: `graph.store.Store`, or a test's engine."""

    def query(self, sparql: str, /) -> Any:
        """Solutions (`variables`, rows), a truth value, or triples; UsageError for no valid SPARQL."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query returned; `columns` stand also where there are no rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def dicts(self) -> list[Row]:
        """A dictionary a row, keys in the order of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """A DataFrame: numeric columns without gaps as numbers, all others as plain Python values."""
        import pandas as pd

        frame = pd.DataFrame(list(self.rows), columns=list(self.columns), dtype=object)
        for column in self.columns:
            values = frame[column].tolist()
            if values and all(isinstance(value, int | float) for value in values):
                frame[column] = frame[column].infer_objects()
        return frame


def find(name: str) -> Query:
    """The query of that name; UsageError names those that are near."""
    queries = catalogue()
    if name not in queries:
        close = near(name, queries)
        remedy = f"perhaps {' or '.join(close)}" if close else "list the catalogue for the names"
        raise UsageError("catalogue", f"no query “{name}”", remedy)
    return queries[name]


def answer(store: Queryable, name: str, params: Mapping[str, Argument | None] | None = None) -> Answer:
    """What the query of that name returns.

    Parameters take plain values; documents, places, units, items, indicators and claims also go by
    their names. None, or leaving it out, means the query's own default. UsageError: an unknown query
    or parameter, a value that is not of its kind, a name that nothing or more than one thing has.
    """
    query = find(name)
    sparql = query.bind(resolve(lambda text: free(store, text).rows, query, params or {}))
    result = free(store, sparql)
    if result.columns != tuple(column.name for column in query.columns):
        raise StoreError(query.file, "the engine returned other columns", "report it with its version")
    return result


def rows(store: Queryable, name: str, params: Mapping[str, Argument | None] | None = None) -> list[Row]:
    """The rows of `answer` as dictionaries, keys in the declared order."""
    return answer(store, name, params).dicts()


def ask(store: Queryable, name: str, /, **params: Argument | None) -> pd.DataFrame:
    """The rows of `answer` as a DataFrame, columns in the declared order; see `Answer.frame`."""
    return answer(store, name, params).frame()


def select(store: Queryable, sparql: str) -> pd.DataFrame:
    """What a free query returns, as a DataFrame; see `free`."""
    return free(store, sparql).frame()


def free(store: Queryable, sparql: str) -> Answer:
    """What a free query returns: its variables; `answer` for ASK; three columns for CONSTRUCT.

    UsageError: no valid SPARQL.
    """
    columns, found = plain_rows(store.query(sparql))
    return Answer(columns, tuple(found))


def plain_rows(result: Any) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
    """The columns of an engine's result and its rows as plain values, one after the other; see `free`."""
    variables = getattr(result, "variables", None)
    if variables is not None:
        return tuple(v.value for v in variables), _plain(result)
    if isinstance(result, Iterator):
        return ("subject", "predicate", "object"), _plain(result)
    return ("answer",), iter([(bool(result),)])


def _plain(result: Any) -> Iterator[tuple[Value, ...]]:
    """The terms of each row as plain values."""
    for row in result:
        terms: Sequence[Any] = list(row)
        yield tuple(from_term(term) for term in terms)
