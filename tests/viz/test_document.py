"""The documentation holds every term, notion and question in one language, and fetches nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Literal

from ontology import generate, terms
from queries.catalogue import catalogue
from viz.document import REMOTE, count_terms, notions_page, questions_page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command writes, in a process of its own: pyLODE sets the logging of the one it runs in."""
    made = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, "-m", "viz.document", str(made)], cwd=ROOT, check=True, timeout=120)
    return made


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_term_stands_in_the_page_of_the_ontology(folder: Path, lang: str) -> None:
    html = (folder / f"ontology.{lang}.html").read_text(encoding="utf-8")
    ontology, shown = generate.load(), 0
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(terms.NAMESPACE):
                said = {
                    o.language: str(o) for o in ontology.objects(term, RDFS.label) if isinstance(o, Literal)
                }
                assert f">{term}<" in html, term
                assert said[lang] in html
                shown += 1
    assert shown == count_terms() > 150
    assert "Table of Contents" in html or "目录" in html
    assert (">目录<" in html) == (lang == "zh")


def test_the_english_pages_hold_no_chinese_words_of_ours(folder: Path) -> None:
    html = (folder / "ontology.en.html").read_text(encoding="utf-8")
    assert set(re.findall("[\u4e00-\u9fff]+", html)) == {"零的突破", "全区"}  # what plans write, quoted


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_and_notion_has_its_place(folder: Path, lang: str) -> None:
    questions = (folder / f"questions.{lang}.html").read_text(encoding="utf-8")
    for query in catalogue().values():
        assert f'id="{query.name}"' in questions
        assert questions.count(f'href="#{query.name}"') == 1
    notions = (folder / f"notions.{lang}.html").read_text(encoding="utf-8")
    ontology = generate.load()
    concepts = list(ontology.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(re.findall(r'<tr id="', notions)) > 60


def test_another_run_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = {**os.environ, "PYTHONHASHSEED": "77"}
    command = [sys.executable, "-m", "viz.document", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=again, check=True, timeout=120)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 6
    assert [n for n in names if (tmp_path / n).read_bytes() != (folder / n).read_bytes()] == []


def test_nothing_is_fetched_and_nothing_repeats(folder: Path) -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert len(written) == 6
    assert not [name for name, html in written.items() if REMOTE.search(html)]
    assert REMOTE.search('<link rel="x" href="https://cdn.example/a.css">')
    assert questions_page("zh") == written["questions.zh.html"]
    assert notions_page("en") == written["notions.en.html"]
