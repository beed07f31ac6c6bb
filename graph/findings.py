"""What a person should look at in a store: things read as they stand that deserve an eye. No violations.

Single doubts (a count that does not add up, an undecided repair, a conflict, an unknown name) are one
finding each; what comes in numbers (items without counterpart, targets without owner) is one a document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph import iris
from graph.loads import ancestors
from graph.store import NamedNode, Store
from loaders.registry import indicator_id
from loaders.responsibilities import is_unit_list
from ontology import terms

Records = dict[str, list[dict[str, Any]]]
"""The records of one document by type."""
WATCHED: Final = {"damaged": "文本受损", "republished": "官方转发", "unknown": "来源不明"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: its kind, its document, the records (ids) or spans it is about, and words."""

    kind: str
    document: str | None
    records: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    message_zh: str
    message_en: str


def find(store: Store) -> Iterator[Finding]:
    """The findings of a store, document by document, those across documents last."""
    documents: dict[str, Records] = {d.id: defaultdict(list) for d in store.manifest.documents}
    for record in store.records():
        documents[record["document"]][record["type"]].append(record)
    leftovers = {d.id: d.leftovers for d in store.manifest.documents}
    for document, records in documents.items():
        for look in LOOKS:
            yield from look(records)
        text = store.text(document)
        loose = tuple(s for s in leftovers[document] if is_unit_list(text[s[0] : s[1]]))
        if loose:
            n = len(loose)
            zh, en = f"{n} 处责任单位不属于任何条目", f"lists of units that no item owns: {n}"
            yield Finding("loose_unit", document, (), loose, zh, en)
        spans = tuple(s for s in leftovers[document] if s not in loose)
        if spans:
            n = len(spans)
            zh = f"{n} 处含数字或单位名的文字没有读成记录"
            en = f"passages with a figure or a unit's name that ended in no record: {n}"
            yield Finding("leftover", document, (), spans, zh, en)
    yield from _across(store)
    for failure in store.manifest.failures:
        said = f"{failure.file}: {failure.message}"
        yield Finding("failed_input", None, (), (), said, said)  # the command line says it in Chinese


def _finding(kind: str, records: list[dict[str, Any]], zh: str, en: str) -> Finding:
    spans = tuple((r["start"], r["end"]) for r in records)
    return Finding(kind, records[0]["document"], tuple(r["id"] for r in records), spans, zh, en)


def _trust(records: Records) -> Iterator[Finding]:
    for record in records["document"]:
        if record["trust"] in WATCHED:
            reasons = ";".join(record["trust_reasons"])
            zh = f"{WATCHED[record['trust']]}:{reasons}"
            yield _finding("trust", [record], zh, f"{record['trust']}: {reasons}")


LACKS: Final = {
    "title": ("标题", "title"),
    "jurisdiction_code": ("地区", "jurisdiction"),
    "date": ("日期", "date"),
}
"""What a document should say of itself, and how it is called."""


def _metadata(records: Records) -> Iterator[Finding]:
    for record in records["document"]:
        lacking = [names for field, names in LACKS.items() if record[field] is None]
        if lacking:
            zh = f"文件没有{'、'.join(names[0] for names in lacking)}"
            en = f"the document has no {', no '.join(names[1] for names in lacking)}"
            yield _finding("metadata", [record], zh, en)


def _declarations(records: Records) -> Iterator[Finding]:
    for record in records["declaration"]:
        declared, found = record["declared"], record["found"]
        if declared != found:
            zh = f"“{record['what']}”自报 {declared},读到 {'无' if found is None else found}"
            en = f"“{record['what']}”: {declared} declared, {'none' if found is None else found} found"
            yield _finding("declaration", [record], zh, en)


def _repairs(records: Records) -> Iterator[Finding]:
    for record in records["repair"]:
        if not record["decided"]:
            pair = f"“{record['raw']}” → “{record['repaired']}”"
            yield _finding("repair", [record], f"修补未定:{pair}", f"undecided repair: {pair}")


def _conflicts(records: Records) -> Iterator[Finding]:
    for record in records["conflict"]:
        explanation = record["explanation"]
        yield _finding("conflict", [record], f"目标不一致:{explanation}", f"targets disagree: {explanation}")


def _units(records: Records) -> Iterator[Finding]:
    unknown: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records["responsibility"]:
        if record["name_basis"] == "as_written" and not record["collective"]:
            unknown[record["unit_name"]].append(record)
    for name, found in sorted(unknown.items()):
        zh, en = f"单位“{name}”未能确定规范名称", f"no canonical name was found for the unit “{name}”"
        yield _finding("unit_name", found, zh, en)


def _indicators(records: Records) -> Iterator[Finding]:
    unknown = [r for r in records["target"] if indicator_id(r["indicator"]) is None]
    if unknown:
        names = sorted({r["indicator"] for r in unknown})
        zh = f"{len(names)} 个指标不在登记表中:{'、'.join(names)}"
        en = f"{len(names)} indicators are not in the registry: {', '.join(names)}"
        yield _finding("indicator_name", unknown, zh, en)


def _owners(records: Records) -> Iterator[Finding]:
    parents = {r["id"]: r["parent"] for r in records["item"]}
    owned = {r["item"] for r in records["responsibility"]}
    ownerless = [
        r for r in records["target"] if r["item"] is None or owned.isdisjoint(ancestors(r["item"], parents))
    ]
    if ownerless:
        n, total = len(ownerless), len(records["target"])
        zh = f"{total} 个目标中有 {n} 个没有责任单位"
        en = f"{n} of {total} targets have no responsible unit"
        yield _finding("no_owner", ownerless, zh, en)


def _abstentions(records: Records) -> Iterator[Finding]:
    abstained = [r for r in records["alignment"] if r["object"] is None]
    if abstained:
        n, total = len(abstained), len({r["subject"] for r in records["alignment"]})
        zh = f"{total} 个条目中有 {n} 个未作对应"
        en = f"{n} of {total} items were given no counterpart"
        yield _finding("abstention", abstained, zh, en)


LOOKS: Final[tuple[Callable[[Records], Iterator[Finding]], ...]] = (
    _trust,
    _metadata,
    _declarations,
    _repairs,
    _conflicts,
    _units,
    _indicators,
    _owners,
    _abstentions,
)


def _across(store: Store) -> Iterator[Finding]:
    """Conflicts between targets of different documents, from the derived graph."""
    nodes = {
        q.subject.value
        for q in store.quads(iris.DERIVED, terms.explanation)
        if isinstance(q.subject, NamedNode)
    }
    for node in sorted(nodes):
        explanation = store.values(node, terms.explanation)[0]
        zh, en = f"文件之间目标不一致:{explanation}", f"targets of two documents disagree: {explanation}"
        yield Finding("cross_conflict", None, (node,), (), zh, en)
