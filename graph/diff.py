"""What changed between two stores, said in words: documents, items, targets, units, and how targets stand.

Everything is compared from the records of both stores (diff_match.py says what is the same thing said anew,
diff_say.py what became of it); the status of targets from their graphs. Other records (sections, citations,
declarations, repairs, conflicts, alignments) follow from the documents and are only counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, get_args

from graph import iris
from graph.claims import id_of
from graph.diff_match import Pair, Plan, pair_documents, pair_items, pair_targets, plans
from graph.diff_say import (
    Change,
    Kind,
    Sides,
    duty_changes,
    item_changes,
    item_only,
    status_change,
    target_changes,
    target_only,
)
from graph.node_words import all_labels
from graph.observe import states
from graph.store import Store
from loaders import registry
from loaders.records import Document, Target
from ontology import terms, vocab

COUNTED: Final = ("section", "goal", "citation", "declaration", "repair", "conflict", "field", "alignment")
"""Types of records that are only counted."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
TRUSTS: Final = {
    "official": "机关署名",
    "republished": "官方转发",
    "damaged": "文本受损",
    "unknown": "来源不明",
}


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed; `identical` where not one statement differs, `others` counts (gone, new) by type.

    `titles` has the title of each document (id) that a change names; `as_of` the points in time of both.
    """

    identical: bool
    rules_changed: bool
    as_of: tuple[str, str]
    changes: tuple[Change, ...]
    counts: dict[str, int]
    others: dict[str, tuple[int, int]]
    titles: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """The diff as plain data."""
        return asdict(self)


def diff(before: Store, after: Store) -> Diff:
    """What changed from one store to the other, document by document in the order of the second."""
    pairs = pair_documents(plans(before), plans(after))
    matched: list[tuple[Target, Target]] = []
    changes = [change for pair in pairs for change in _document(pair, matched)]
    changes += _statuses(before, after, matched)
    counted = Counter(change.kind for change in changes)
    read = {
        plan.document.id: plan.document.title or plan.document.source_file
        for pair in pairs
        for plan in (pair.before, pair.after)
        if plan is not None
    }
    named = dict.fromkeys(change.document for change in changes)
    titles = {d: read.get(d) or after.values(iris.document(d), vocab.dcterms_title)[0] for d in named}
    return Diff(
        identical=before.manifest.content == after.manifest.content,
        rules_changed=before.manifest.rule_set != after.manifest.rule_set,
        as_of=(before.manifest.as_of, after.manifest.as_of),
        changes=tuple(changes),
        counts={kind: counted[kind] for kind in KINDS if counted[kind]},
        others=_others(before, after),
        titles=titles,
    )


def changes_of(pair: Pair) -> Iterator[Change]:
    """The changes of one pair of documents, without the status of targets."""
    yield from _document(pair, [])


def _document(pair: Pair, matched: list[tuple[Target, Target]]) -> Iterator[Change]:
    """The changes of one document: itself, its items, its targets, its units."""
    if pair.before is None or pair.after is None:
        yield _alone(pair)
        return
    yield from _itself(pair, pair.before.document, pair.after.document)
    document = pair.after.document.id
    items = pair_items(pair.before, pair.after)
    leads = {a.id: b.id for a, b in items}
    yield from _items(pair.before, pair.after, leads, document)
    found = pair_targets(pair.before, pair.after, leads, pair.shift)
    matched += found
    yield from _targets(pair.before, pair.after, found, document, pair.shift)
    order = {item.id: n for n, item in enumerate(pair.after.items)}
    for one, two in sorted(items, key=lambda p: order[p[1].id]):
        duties = (pair.before.duties.get(one.id, []), pair.after.duties.get(two.id, []))
        yield from duty_changes(*duties, two, document)


def _alone(pair: Pair) -> Change:
    plan = pair.before or pair.after
    assert plan is not None  # a pair has a side
    document, added = plan.document, pair.before is None
    name = document.title or document.source_file
    zh = (
        f"{'新增' if added else '去掉'}文件：《{name}》（{len(plan.items)}个条目，{len(plan.targets)}个目标）"
    )
    en = (
        f"document {'added' if added else 'removed'}: 《{name}》 "
        f"({len(plan.items)} items, {len(plan.targets)} targets)"
    )
    ids: Sides = (None, document.id) if added else (document.id, None)
    return Change("document_added" if added else "document_removed", document.id, *ids, zh, en)


def _itself(pair: Pair, one: Document, two: Document) -> Iterator[Change]:
    """What became of the document as a whole."""

    def change(kind: Kind, zh: str, en: str) -> Change:
        return Change(kind, two.id, one.id, two.id, zh, en)

    if pair.relation == "copy":
        first, second = (f"{d.publisher or d.issuer or '?'} {d.date or '?'}" for d in (one, two))
        zh = f"文件重新发布：《{two.title}》，由“{first}”到“{second}”"
        en = f"document published again: 《{two.title}》, from “{first}” to “{second}”"
        yield change("document_republished", zh, en)
    elif pair.relation == "next":
        zh, en = f"与上一份相比：《{one.title}》", f"compared with the one before it: 《{one.title}》"
        yield change("document_followed", zh, en)
    elif one.sha256 != two.sha256:
        yield change("document_edited", "文件的文本有改动", "the file of the document was edited")
    if one.trust != two.trust:
        zh = f"可信状况由“{TRUSTS[one.trust]}”变为“{TRUSTS[two.trust]}”"
        yield change("trust_changed", zh, f"trust from {one.trust} to {two.trust}")


def _items(before: Plan, after: Plan, leads: Mapping[str, str], document: str) -> Iterator[Change]:
    known = {item.id: item for item in before.items}
    came = {new: old for old, new in leads.items()}
    for item in after.items:
        if item.id not in came:
            yield item_only(item, document, "item_added")
            continue
        old = known[came[item.id]]
        parent = None if old.parent is None else leads.get(old.parent, "gone")
        yield from item_changes(old, item, document, parent != item.parent)
    for item in before.items:
        if item.id not in leads:
            yield item_only(item, document, "item_removed")


def _targets(
    before: Plan, after: Plan, found: list[tuple[Target, Target]], document: str, shift: int
) -> Iterator[Change]:
    came = {two.id: one for one, two in found}
    for target in after.targets:
        if target.id in came:
            yield from target_changes(came[target.id], target, document, shift)
        else:
            yield target_only(target, document, "target_added")
    kept = {one.id for one, _ in found}
    for target in before.targets:
        if target.id not in kept:
            yield target_only(target, document, "target_removed")


def _statuses(before: Store, after: Store, matched: list[tuple[Target, Target]]) -> Iterator[Change]:
    """Targets, read or curated, that stand otherwise than before."""
    one, two = states(before), states(after)
    labels = all_labels(after, iris.REGISTRY_SCHEMES)
    came = {iris.record(b.id): iris.record(a.id) for a, b in matched}
    names = {iris.record(b.id): b.indicator for _, b in matched}
    for node in sorted(two):
        was = one.get(came.get(node, node))
        if was is not None and was != two[node]:
            written = names.get(node) or next(iter(after.values(node, terms.indicatorAsWritten)), "")
            entry = registry.indicator(written)
            name = (written, written if entry is None else entry.name_en)
            (document,) = after.values(node, terms.inDocument)
            yield status_change(id_of(node), id_of(document), name, (was, two[node]), labels)


def _others(before: Store, after: Store) -> dict[str, tuple[int, int]]:
    """How many records of the other types, and observations, are in one store alone."""
    found = {}
    lines = [Counter(_lines(store)) for store in (before, after)]
    for kind in (*COUNTED, "observation"):
        gone = sum(n for (k, _), n in (lines[0] - lines[1]).items() if k == kind)
        new = sum(n for (k, _), n in (lines[1] - lines[0]).items() if k == kind)
        if gone or new:
            found[kind] = (gone, new)
    return found


def _lines(store: Store) -> Iterator[tuple[str, str]]:
    """Each counted record by its type and content, wherever in its text it stands."""
    for record in store.records():
        if record["type"] in COUNTED:
            content = {k: v for k, v in record.items() if k not in {"start", "end"}}
            yield record["type"], json.dumps(content, ensure_ascii=False)
    for quad in store.quads(predicate=vocab.sosa_observedProperty):
        yield "observation", str(quad.subject)
