"""The thesaurus as data: every entry's own examples, and the laws that hold between entries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.align_text import normalise
from graph.align_thesaurus import FOLDER, Concept, Thesaurus, fields, read_concepts, read_yaml, thesaurus
from graph.align_weigh import weights
from loaders.errors import InputError

CONCEPTS = tuple(thesaurus().concepts.values())
LEAST = 65


def found(text: str) -> set[str]:
    return {mention.concept for mention in thesaurus().mentions(normalise(text))}


def test_all_concepts_are_collected() -> None:
    assert len(CONCEPTS) >= LEAST
    assert len(CONCEPTS) == len(list(read_concepts(FOLDER))), "an id stands twice"


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_examples(concept: Concept) -> None:
    assert concept.yes
    assert concept.no
    assert [text for text in concept.yes if concept.id not in found(text)] == []
    assert [text for text in concept.no if concept.id in found(text)] == []


def test_neighbours_exist_and_shares_are_shares() -> None:
    names = {concept.id for concept in CONCEPTS}
    assert {n for c in CONCEPTS for n in (*c.broader, *c.related)} <= names
    assert all(0 < share < 1 for c in CONCEPTS for share in c.related.values())
    assert all(0 < c.weight <= 1 for c in CONCEPTS)
    assert not [c.id for c in CONCEPTS if c.id in c.broader or c.id in c.related]


def test_a_term_means_one_concept() -> None:
    terms = Counter(term for c in CONCEPTS for term in c.terms)
    assert [term for term, count in terms.items() if count > 1] == []
    assert [term for term in terms if len(term) < 2 or normalise(term) != term.replace("…", "...")] == []


def test_labels_are_unique() -> None:
    assert len({c.zh for c in CONCEPTS}) == len({c.en for c in CONCEPTS}) == len(CONCEPTS)


def test_longer_terms_win() -> None:
    assert found("建设新型研发机构") == {"research-institute"}
    assert found("支持科技企业孵化器") == {"incubator"}


def test_kinship_is_symmetric() -> None:
    kin = thesaurus().kinship
    assert all(kin(a.id, b.id) == kin(b.id, a.id) for a in CONCEPTS for b in CONCEPTS)
    assert kin("laboratory", "platform") == 0.5
    assert kin("laboratory", "party-building") == 0


def test_gaps_stay_inside_their_clause() -> None:
    small = Thesaurus(tuple(c for c in CONCEPTS if c.id == "talent-ladder"))
    assert [m.term for m in small.mentions("引进10名紧缺人才")] == ["引进10名紧缺人才"]
    assert [m.term for m in small.mentions("引进设备,服务人才")] == []


def test_fields_and_weights_are_read() -> None:
    assert "science" in fields()
    assert 0 < weights()["modifier"] < 1


def test_malformed_entry_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("- {id: a, zh: 甲}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.yaml"):
        list(read_concepts(tmp_path))
    (tmp_path / "two.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"two\.yaml"):
        read_yaml(tmp_path / "two.yaml")
