"""Every IRI of the store is minted here. No triples are made here, no term of the ontology stands here.

Path segments are percent-encoded after NFC, without invisible characters, so that an IRI is plain ASCII
and reads the same to every parser.
"""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote, unquote

from loaders.errors import StoreError

BASE: Final = "https://w3id.org/gangmu/id/"
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def segment(text: str) -> str:
    """One safe path segment for the text; raises StoreError where nothing visible is left."""
    visible = "".join(
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in INVISIBLE
    )
    safe = quote(visible.strip(), safe="")
    if not safe:
        raise StoreError(f"identifier {text!r}", "holds no visible character", "mend the reader that made it")
    return safe.replace(".", "%2E") if set(safe) == {"."} else safe


def mint(*segments: str) -> str:
    """The IRI of a thing: the base and its path."""
    return BASE + "/".join(segment(s) for s in segments)


def _split(record_id: str) -> tuple[str, str, str]:
    """Document id, type and key of a record id `<doc>:<type>:<key>`."""
    parts = record_id.split(":", 2)
    if len(parts) != 3:
        raise StoreError(
            f"record id {record_id!r}", "is not <doc>:<type>:<key>", "mend the reader that made it"
        )
    return parts[0], parts[1], parts[2]


def document(document_id: str) -> str:
    """A document, apart from its texts and files."""
    return mint("document", document_id)


def text(document_id: str) -> str:
    """The exact text that the offsets of a document refer to."""
    return mint("text", document_id)


def file(document_id: str) -> str:
    """The file a document was read from."""
    return mint("file", document_id)


def checksum(of: str) -> str:
    """The checksum node of a text, a file or a rule set."""
    return f"{of}/checksum"


def record(record_id: str) -> str:
    """A record, or its document where the id is one of a document record."""
    if ":" not in record_id:
        return document(record_id)
    doc, kind, key = _split(record_id)
    return mint(kind, doc, key)


def record_id(iri: str) -> str | None:
    """The id of the record that an IRI of `record` names; null where it names none."""
    parts = [unquote(part) for part in iri.removeprefix(BASE).split("/")] if iri.startswith(BASE) else []
    if len(parts) == 2 and parts[0] == "document":
        return parts[1]
    return f"{parts[1]}:{parts[0]}:{parts[2]}" if len(parts) == 3 and all(parts) else None


def evidence(record_id: str) -> str:
    """The place in the text that a record was read from."""
    if ":" not in record_id:
        return mint("evidence", "document", record_id)
    doc, kind, key = _split(record_id)
    return mint("evidence", kind, doc, key)


def position(evidence_iri: str) -> str:
    """The selector of an evidence node by offsets."""
    return f"{evidence_iri}/position"


def exact(evidence_iri: str) -> str:
    """The selector of an evidence node by its words."""
    return f"{evidence_iri}/quote"


def value(record_id: str, *, upper: bool = False) -> str:
    """The quantity of a target; `upper` is the upper bound of a range."""
    doc, _, key = _split(record_id)
    return mint("value", doc, key) + ("/max" if upper else "")


def unit(unit_id: str) -> str:
    """A responsible or collective unit, from its id `unit:<slug>`."""
    return mint("unit", unit_id.removeprefix("unit:"))


def indicator(indicator_id: str) -> str:
    """An indicator, from its registry id or, outside the registry, its canonical name."""
    return mint("indicator", indicator_id)


def jurisdiction(code: str) -> str:
    """A jurisdiction, from its division code."""
    return mint("jurisdiction", code)


def measure_unit(slug: str) -> str:
    """A unit of measurement."""
    return mint("measure-unit", slug)


def run(fingerprint: str) -> str:
    """One run of the pipeline, from the fingerprint of what went into it."""
    return mint("run", fingerprint)


def rule_set(fingerprint: str) -> str:
    """The rules and registries of a run, from the checksum of their content."""
    return mint("rule-set", fingerprint)


def agent(version: str) -> str:
    """This software in one version."""
    return mint("agent", f"gangmu-{version}")


def curated_row(source: str, number: int) -> str:
    """A row of a curated table; the first data row is 1."""
    return mint("curated", source, "row", str(number))


def observation(fingerprint: str) -> str:
    """An observation, from the fingerprint of what it says."""
    return mint("observation", fingerprint)


def observation_value(fingerprint: str) -> str:
    """The quantity of an observation."""
    return mint("value", "observation", fingerprint)


def observed_row(file: str, number: int) -> str:
    """A row of a file of observations that a user gave; the first data row is 1."""
    return mint("observed", file, "row", str(number))


def target_status(target: str) -> str:
    """How a target (record id) stands."""
    doc, _, key = _split(target)
    return mint("status", doc, key)


def coverage_cell(code: str, upper_item: str) -> str:
    """The cell of a jurisdiction and an upper item (record id)."""
    doc, _, key = _split(upper_item)
    return mint("coverage", code, doc, key)


def likely_owner(code: str, upper_item: str, unit_id: str) -> str:
    """The unit that would answer for what a jurisdiction leaves uncovered (record id of the upper item)."""
    doc, _, key = _split(upper_item)
    return mint("likely-owner", code, doc, key, unit_id.removeprefix("unit:"))


def refinement(lower: str, upper: str) -> str:
    """How a lower target (record id) relates to an upper one."""
    return mint("refinement", lower, upper)


def document_alignment(lower: str, upper: str) -> str:
    """How a lower document (id) relates to an upper one."""
    return mint("document-alignment", lower, upper)


def decision(fingerprint: str) -> str:
    """A reviewer's decision, from its fingerprint."""
    return mint("decision", fingerprint)


def reviews(reviewer: str) -> str:
    """The table of a reviewer's decisions."""
    return mint("reviews", reviewer)


def unit_load(unit_id: str) -> str:
    """The load of a unit, from its id `unit:<slug>`."""
    return mint("load", unit_id.removeprefix("unit:"))


def combined_load(unit_id: str) -> str:
    """The load of a unit (id `unit:<slug>`) together with those below it."""
    return mint("load", "combined", unit_id.removeprefix("unit:"))


def unit_change(rule: str, code: str, names: str) -> str:
    """A change of offices (their names): the registered change, and the place where it happened."""
    return mint("change", rule, code, names)


def cross_conflict(first: str, second: str) -> str:
    """A conflict between targets (record ids) of two documents."""
    return mint("conflict", "derived", first, second)


def document_graph(document_id: str) -> str:
    """The named graph of what one document says."""
    return mint("graph", "document", document_id)


def observed_graph(file: str) -> str:
    """The named graph of what one file of observations says."""
    return mint("graph", "observed", file)


REGISTRY_UNITS: Final = mint("graph", "registry", "units")
REGISTRY_INDICATORS: Final = mint("graph", "registry", "indicators")
REGISTRY_JURISDICTIONS: Final = mint("graph", "registry", "jurisdictions")
REGISTRY_MEASURE_UNITS: Final = mint("graph", "registry", "measure-units")
REGISTRY_SCHEMES: Final = mint("graph", "registry", "schemes")
CURATED_PLAN: Final = mint("graph", "curated", "plan")
CURATED_OBSERVATIONS: Final = mint("graph", "curated", "observations")
ALIGNMENT_PROPOSED: Final = mint("graph", "alignment", "proposed")
ALIGNMENT_REJECTED: Final = mint("graph", "alignment", "rejected")
DECISIONS: Final = mint("graph", "alignment", "decisions")
DERIVED: Final = mint("graph", "derived")
NAMES: Final = mint("graph", "derived", "names")
PROGRESS: Final = mint("graph", "derived", "progress")
INFERENCE: Final = mint("graph", "inference")
RUNS: Final = mint("graph", "runs")
