"""What a node that is no record says, in Chinese and English: curated facts, actual values, derived nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph.store import Literal, NamedNode, Store
from graph.words import SIGNS, Labels, Said
from ontology import schemes, terms, vocab


class NodeWords:
    """Says what nodes (IRIs) of a store claim, from their own properties."""

    def __init__(self, store: Store, labels: Labels) -> None:
        """Takes the store and the labels of its concepts."""
        self._store, self._labels = store, labels
        self._say: Final[dict[str, Callable[[str], Said]]] = {
            terms.PolicyDocument: self._document,
            terms.Target: self._target,
            terms.Observation: self._observation,
            terms.TargetStatus: self._status,
            terms.CoverageCell: self._cell,
            terms.UnitLoad: self._load,
            terms.CombinedLoad: self._combined,
            terms.Conflict: self._conflict,
            terms.TargetRefinement: self._refinement,
            terms.DocumentAlignment: self._whole,
            terms.LikelyOwner: self._owner,
            terms.ReviewDecision: self._decision,
        }

    def knows(self, kind: str) -> bool:
        """Whether there are words for nodes of a class (IRI)."""
        return kind in self._say

    def say(self, node: str, kind: str) -> Said:
        """The claim of a node of that class in words."""
        return self._say[kind](node)

    def _one(self, node: str, predicate: str) -> str | None:
        return next(iter(self._store.values(node, predicate)), None)

    def _label(self, node: str | None) -> Said:
        """The name of a concept, indicator, unit or place in both languages; Chinese where English lacks."""
        if node is None:
            return "", ""
        names = self._labels.get(node) or self._store.labels(node)
        zh = names.get("zh") or node
        return zh, names.get("en", zh)

    def _quantity(self, node: str | None) -> Said:
        if node is None:
            return "", ""
        number = self._one(node, vocab.qudt_numericValue) or ""
        zh, en = self._label(self._one(node, vocab.qudt_hasUnit))
        return f"{number}{zh}", f"{number} {en}".rstrip()

    def _sign(self, node: str) -> str:
        concept = self._one(node, terms.comparator)
        notation = next(
            (n for n, c in schemes.NOTATIONS[schemes.scheme_comparator].items() if c == concept), "="
        )
        return SIGNS[notation]

    def _document(self, node: str) -> Said:
        title, number = self._one(node, vocab.dcterms_title), self._one(node, vocab.eli_id_local)
        zh = f"文件《{title}》" + (f"，文号{number}" if number else "")
        return zh, f"《{title}》" + (f", number {number}" if number else "")

    def _target(self, node: str) -> Said:
        zh, en = self._label(self._one(node, terms.indicator))
        value_zh, value_en = self._quantity(self._one(node, terms.targetValue))
        year, sign = self._one(node, terms.deadlineEnd), self._sign(node)
        return f"“{zh}”{sign}{value_zh}，期限{year}年", f"{en} {sign} {value_en} by {year}"

    def _observation(self, node: str) -> Said:
        zh, en = self._label(self._one(node, vocab.sosa_observedProperty))
        place, _ = self._label(self._one(node, vocab.sosa_hasFeatureOfInterest))
        value_zh, value_en = self._quantity(self._one(node, vocab.sosa_hasResult))
        year, sign = self._one(node, terms.observedYear), self._sign(node)
        return f"{place}{year}年“{zh}”{sign}{value_zh}", f"{en} of {place} in {year} {sign} {value_en}"

    def _status(self, node: str) -> Said:
        zh, en = self._label(self._one(node, terms.progressStatus))
        as_of = self._one(node, terms.asOf)
        sums = self._store.labels(node, terms.arithmetic)
        return f"截至{as_of}：{zh}。{sums.get('zh', '')}", f"as of {as_of}: {en}. {sums.get('en', '')}"

    def _cell(self, node: str) -> Said:
        place, _ = self._label(self._one(node, terms.cellJurisdiction))
        zh, en = self._label(self._one(node, terms.coverage))
        item = self._one(node, terms.cellUpperItem) or ""
        title = f"{self._one(item, terms.path)} {self._one(item, vocab.dcterms_title)}"
        count = self._one(node, terms.itemCount)
        return f"{place}对“{title}”：{zh}，{count}个条目", f"{place} on “{title}”: {en}, {count} items"

    def _refinement(self, node: str) -> Said:
        sums = self._store.labels(node, terms.arithmetic)
        return sums.get("zh", ""), sums.get("en", "")

    def _whole(self, node: str) -> Said:
        lower, upper = (
            self._one(self._one(node, document) or "", vocab.dcterms_title)
            for document in (terms.lowerDocument, terms.upperDocument)
        )
        implements = self._one(node, vocab.owl_annotatedProperty) == terms.implements
        reasons = "；".join(self._store.values(node, terms.reason))
        zh, en = ("落实", "implements") if implements else ("相关", "relates to")
        return f"《{lower}》与《{upper}》：{zh}。{reasons}", f"《{lower}》 {en} 《{upper}》: {reasons}"

    def _owner(self, node: str) -> Said:
        unit, _ = self._label(self._one(node, terms.likelyUnit))
        zh, en = self._label(self._one(node, terms.ownerBasis))
        gap_zh, gap_en = self._cell(self._one(node, terms.ownsGap) or "")
        return f"{gap_zh}；可能由{unit}承担（{zh}）", f"{gap_en}; {unit} might answer for it ({en})"

    def _decision(self, node: str) -> Said:
        zh, en = self._label(self._one(node, terms.alignmentStatus))
        who, day = self._one(node, terms.reviewer), self._one(node, terms.reviewedOn)
        state_zh, state_en = self._label(self._one(node, terms.decisionState))
        note = self._one(node, vocab.rdfs_comment)
        return (
            f"{who} {day} {zh}（{state_zh}）" + (f"：{note}" if note else ""),
            f"{who}, {day}: {en} ({state_en})" + (f": {note}" if note else ""),
        )

    def _load(self, node: str) -> Said:
        unit, _ = self._label(self._one(node, terms.loadUnit))
        items, leads = self._one(node, terms.itemCount), self._one(node, terms.leadCount)
        targets = self._one(node, terms.targetCount)
        return (
            f"{unit}承担{items}个条目（牵头{leads}个），涉及{targets}个目标",
            f"{unit} answers for {items} items (leads {leads}) with {targets} targets",
        )

    def _combined(self, node: str) -> Said:
        units, (zh, en) = self._one(node, terms.unitCount), self._load(node)
        return f"连同下级共{units}个单位：{zh}", f"{en}, those below included: {units} units"

    def _conflict(self, node: str) -> Said:
        zh, en = self._label(self._one(node, terms.conflictKind))
        both = " | ".join(self._target(t)[1] for t in self._store.values(node, terms.involves))
        return f"{zh}：{self._one(node, terms.explanation)}", f"{en}: {both}"


def all_labels(store: Store, graph: str) -> dict[str, dict[str, str]]:
    """The preferred names of everything in a named graph, by language."""
    found: dict[str, dict[str, str]] = {}
    for quad in store.quads(graph, vocab.skos_prefLabel):
        node, text = quad.subject, quad.object
        if isinstance(node, NamedNode) and isinstance(text, Literal) and text.language is not None:
            found.setdefault(node.value, {})[text.language] = text.value
    return found
