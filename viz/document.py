"""The documentation as pages that need no network: the ontology, its notions, the catalogue of questions.

`python -m viz.document FOLDER` writes `ontology`, `notions` and `questions`, each as `.zh.html`, `.en.html`.
The page of the ontology is pyLODE's (extra `docs`); all are made from the Turtle and the heads of queries, so
that nothing is written twice. They are built, not committed: pyLODE puts its own style into its page. The
same ontology gives the same bytes.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from loaders.errors import UsageError
from ontology import ONTOLOGY, SCHEMES, terms
from queries.catalogue import GROUPS, catalogue
from viz.files import replacing
from viz.messages import Lang

TEMPLATES: Final = Path(__file__).parent / "templates"
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")
CHROME: Final[Mapping[str, str]] = {
    "Table of Contents": "目录",
    "Metadata": "基本信息",
    "Classes": "类",
    "Object Properties": "对象属性",
    "Datatype Properties": "数据属性",
    "Annotation Properties": "注释属性",
    "Namespaces": "命名空间",
    "Legend": "图例",
    "Title": "标题",
    "License": "许可",
    "Version Iri": "版本 IRI",
    "Version Info": "版本",
    "Description": "定义",
    "Domain": "定义域",
    "Range": "值域",
    "Restriction": "约束",
    "In Domain Of": "作为定义域",
    "In Range Of": "作为值域",
    "Sub Class Of": "上位类",
    "Super Class Of": "下位类",
    "Sub Property Of": "上位属性",
    "Super Property Of": "下位属性",
}
"""What pyLODE writes around the terms, in Chinese."""
NARROW: Final = """<style>
@media (max-width: 800px) {
  body, body > div { display: flex; flex-direction: column; overflow-wrap: anywhere; }
  body { padding: 1em; }
  #toc { order: -1; position: static; width: auto; height: auto; max-height: 15em; margin-bottom: 1em; }
  #pylode { position: static; transform: none; }
  #content { width: auto; margin: 0; padding: 0; }
  dd { margin-left: 1em; }
  table, tbody, tr, th, td { display: block; text-align: left; }
}
</style>
</head>"""
"""What pyLODE's own style lacks: on a narrow screen its contents stand over the text."""
REMOTE: Final = re.compile(
    r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE
)
"""What would be fetched from the network to show a page."""


def pages(lang: Lang) -> dict[str, str]:
    """The pages by file name; raises UsageError where pyLODE is missing or a page would fetch something."""
    made = {"ontology": ontology_page(lang), "notions": notions_page(lang), "questions": questions_page(lang)}
    for name, html in made.items():
        if REMOTE.search(html):
            raise UsageError(f"{name}.{lang}.html", "would be shown from the network", "install pylode 3.3")
    return {f"{name}.{lang}.html": html for name, html in made.items()}


def own_terms(lang: Lang) -> Graph:
    """The ontology with its own terms alone and the texts of one language: pyLODE mixes languages."""
    graph = Graph()
    for s, p, o in Graph().parse(ONTOLOGY, format="turtle"):
        foreign = isinstance(s, URIRef) and not s.startswith(terms.ONTOLOGY)
        if not foreign and not (isinstance(o, Literal) and o.language not in (None, lang)):
            graph.add((s, p, o))
    for prefix, namespace in Graph().parse(ONTOLOGY, format="turtle").namespaces():
        graph.bind(prefix, namespace)
    return graph


def ontology_page(lang: Lang) -> str:
    """The classes and properties as pyLODE shows them; raises UsageError where it is not installed."""
    logging.disable(logging.WARNING)
    try:
        from pylode import OntPub
    except ImportError as error:
        raise UsageError("pylode", "is not installed", 'pip install "gangmu[docs]"') from error
    with _unions_in_order():
        html = str(OntPub(ontology=own_terms(lang), sort_subjects=True).make_html())
    logging.disable(logging.NOTSET)
    html = html.replace("</head>", NARROW, 1)
    if lang == "zh":
        for english, chinese in CHROME.items():
            html = html.replace(f">{english}<", f">{chinese}<")
        html = html.replace('<html lang="en"', '<html lang="zh-CN"')
    return html


@contextmanager
def _unions_in_order() -> Iterator[None]:
    """Lets pyLODE write the classes of a union by their text: it keeps them in a set of objects."""
    from pylode import utils

    as_it_was = utils.intersperse

    def ordered(pieces: Any, joint: Any) -> Any:
        return as_it_was(sorted(pieces, key=str) if isinstance(pieces, set) else pieces, joint)

    utils.intersperse = ordered
    try:
        yield
    finally:
        utils.intersperse = as_it_was


def notions_page(lang: Lang) -> str:
    """Every concept scheme with its concepts, their values in records and their definitions."""
    graph = Graph().parse(SCHEMES, format="turtle")

    def text(node: Any, predicate: URIRef) -> str:
        values = [o for o in graph.objects(node, predicate) if isinstance(o, Literal)]
        return next((str(o) for o in values if o.language in (lang, None)), "")

    sections = [
        {
            "id": str(scheme).rpartition("#")[2],
            "title": text(scheme, SKOS.prefLabel),
            "summary": text(scheme, SKOS.definition),
            "rows": [
                (text(c, SKOS.prefLabel), text(c, SKOS.notation), text(c, SKOS.definition), str(c))
                for c in sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
            ],
        }
        for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    ]
    return _render("notions.html", lang, sections=sections)


def questions_page(lang: Lang) -> str:
    """Every question by chapter with its parameters, columns and SPARQL."""
    chapters = [
        {
            "id": group,
            "title": names[lang],
            "questions": [
                {
                    "name": q.name,
                    "title": q.title[lang],
                    "summary": q.summary[lang],
                    "parameters": [(p.name, p.label[lang], p.default) for p in q.parameters],
                    "columns": [(c.name, c.label[lang]) for c in q.columns],
                    "text": "\n".join(line for line in q.text.splitlines() if not line.startswith("#+")),
                }
                for q in catalogue().values()
                if q.group == group
            ],
        }
        for group, names in GROUPS.items()
    ]
    return _render("questions.html", lang, chapters=chapters)


def _render(template: str, lang: Lang, **values: object) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template).render(lang=lang, version=terms.VERSION, **values) + "\n"


def count_terms() -> int:
    """How many own classes and properties the page of the ontology has to show."""
    graph = Graph().parse(ONTOLOGY, format="turtle")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    own = {s for k in kinds for s in graph.subjects(RDF.type, k) if str(s).startswith(terms.NAMESPACE)}
    return sum((s, RDFS.label, None) in graph for s in own)


def main() -> None:
    """Write all pages into the folder that is named, or into `build/docs`."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/docs")
    folder.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        for name, html in pages(lang).items():
            with replacing(folder / name) as temporary:
                temporary.write_text(html, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{folder / name}\n")


if __name__ == "__main__":
    main()
