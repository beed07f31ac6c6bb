"""What the data set is, for catalogues (DCAT 3) and for tools that look before they ask (VoID).

Both descriptions are of one IRI, so that they can be read together. Example queries are given by the caller:
the catalogue of questions stands to the right of this package.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from graph import export_terms as ex
from graph import iris
from graph.export_terms import PREFIXES
from graph.formats import FORMS
from graph.nquads import GraphWriter, QuadSet, Term, integer, iri, string
from graph.publication import CREATOR, LICENCE, RIGHTS, SUMMARY, TITLE, origins, version
from graph.store import Literal, NamedNode, Store, turtle
from graph.triple_values import checksum_quads
from ontology import terms, vocab

DATA_SET: Final = iris.mint("dataset", "gangmu")
PUBLISHER: Final = iris.mint("agent", "gangmu-developers")
CHINESE: Final = "http://id.loc.gov/vocabulary/iso639-1/zh"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
KEYWORDS: Final = {
    "zh": ("政府规划", "科技政策", "目标", "责任单位", "知识图谱"),
    "en": ("government plans", "science policy", "targets", "responsible units", "knowledge graph"),
}
FEATURES: Final = (
    "http://www.w3.org/ns/formats/N-Quads",
    "http://www.w3.org/ns/formats/TriG",
    "http://www.w3.org/ns/formats/Turtle",
    "https://www.w3.org/ns/formats/data/JSON-LD",
)
"""What W3C calls the serialisations that the exports write."""
EXAMPLES: Final = (
    *(terms.PolicyDocument, terms.Action, terms.Task, terms.Measure, terms.Target, terms.Indicator),
    *(terms.ResponsibilityAssignment, terms.ResponsibleUnit, terms.Alignment, terms.Jurisdiction),
)
"""Classes of which the first member is named as an example."""


class Question(Protocol):
    """A query that is shown as an example; titles and summaries by language (zh, en)."""

    @property
    def name(self) -> str:
        """What the question is called in the catalogue."""

    @property
    def title(self) -> Mapping[str, str]:
        """What is asked."""

    @property
    def summary(self) -> Mapping[str, str]:
        """What the answer says."""

    @property
    def text(self) -> str:
        """SPARQL that runs as it is."""


def dcat(store: Store, questions: Iterable[Question] = ()) -> bytes:
    """The data set for a catalogue: what it is about, its sources with their checksums, and its exports."""
    quads, graph = _begin(store, ex.dcat_Dataset, questions)
    for language, words in KEYWORDS.items():
        graph.add(DATA_SET, ex.dcat_keyword, *(string(word, language) for word in words))
    graph.add(DATA_SET, ex.dcterms_language, iri(CHINESE))
    _coverage(graph, store)
    for form in FORMS:
        node = iris.mint("distribution", form.name)
        graph.add(DATA_SET, vocab.dcat_distribution, iri(node))
        graph.node(
            node,
            vocab.dcat_Distribution,
            [
                (vocab.dcterms_identifier, string(form.name)),
                (vocab.dcterms_title, string(form.zh, "zh")),
                (vocab.dcterms_title, string(form.en, "en")),
                (vocab.dcterms_license, iri(LICENCE)),
                (ex.dcat_mediaType, iri(MEDIA_TYPES + form.media_type)),
            ],
        )
        graph.add(node, ex.dcterms_conformsTo, *map(iri, form.conforms_to))
    return turtle(quads.lines(), PREFIXES)


def void(store: Store, questions: Iterable[Question] = ()) -> bytes:
    """The data set in numbers: triples in all, in each graph, of each property, and members of each class."""
    quads, graph = _begin(store, ex.void_Dataset, questions)
    named = Counter(quad.graph_name.value for quad in store.quads() if isinstance(quad.graph_name, NamedNode))
    triples = {quad.triple for quad in store.quads()}
    members = {(t.object, t.subject) for t in triples if t.predicate.value == vocab.rdf_type}
    classes = Counter(kind.value for kind, _ in members if isinstance(kind, NamedNode))
    properties = Counter(t.predicate.value for t in triples)
    subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
    counts = {
        ex.void_triples: len(triples),
        ex.void_entities: sum(s.startswith(iris.BASE) for s in subjects),
        ex.void_classes: len(classes),
        ex.void_properties: len(properties),
        ex.void_distinctSubjects: len(subjects),
        ex.void_distinctObjects: len({t.object for t in triples}),
    }
    for said, count in counts.items():
        graph.add(DATA_SET, said, integer(count))
    graph.add(DATA_SET, ex.void_uriSpace, string(iris.BASE))
    graph.add(DATA_SET, ex.void_feature, *map(iri, FEATURES))
    graph.add(DATA_SET, ex.void_vocabulary, *map(iri, sorted(_vocabularies({*classes, *properties}))))
    for kind in EXAMPLES:
        found = sorted(s.value for k, s in members if k == NamedNode(kind) and isinstance(s, NamedNode))
        graph.add(DATA_SET, ex.void_exampleResource, *map(iri, found[:1]))
    for kind, count in classes.items():
        _part(graph, "class", kind, [(ex.void_class, iri(kind)), (ex.void_entities, integer(count))])
    for said, count in properties.items():
        _part(graph, "property", said, [(ex.void_property, iri(said)), (ex.void_triples, integer(count))])
    for name, count in named.items():
        graph.add(DATA_SET, ex.void_subset, iri(name))
        graph.node(name, ex.void_Dataset, [(ex.void_triples, integer(count))])
    return turtle(quads.lines(), PREFIXES)


def _begin(store: Store, kind: str, questions: Iterable[Question]) -> tuple[QuadSet, GraphWriter]:
    """What both descriptions say: title, licence, version, sources and examples."""
    quads = QuadSet()
    graph = quads.graph(DATA_SET)
    graph.node(
        DATA_SET,
        kind,
        [
            (vocab.dcterms_license, iri(LICENCE)),
            (ex.dcterms_creator, iri(PUBLISHER)),
            (vocab.dcterms_publisher, iri(PUBLISHER)),
            (ex.dcat_version, string(version(store))),
            (vocab.dcterms_identifier, string(DATA_SET)),
        ],
    )
    graph.node(PUBLISHER, ex.foaf_Agent, [(ex.foaf_name, string(CREATOR))])
    for said, texts in (
        (vocab.dcterms_title, TITLE),
        (ex.dcterms_description, SUMMARY),
        (ex.dcterms_rights, RIGHTS),
    ):
        graph.add(DATA_SET, said, *(string(text, language) for language, text in texts.items()))
    _sources(graph, store)
    for question in questions:
        _question(graph, question)
    return quads, graph


def _sources(graph: GraphWriter, store: Store) -> None:
    """The files that were read: checksums and, for those of sources.csv, where they come from."""
    for document, source in origins(store):
        node = iris.file(document.id)
        graph.add(DATA_SET, vocab.dcterms_source, iri(node))
        graph.add(node, vocab.dcterms_identifier, string(document.file))
        checksum_quads(graph, node, document.sha256)
        if source is not None:
            graph.add(node, vocab.dcterms_title, string(source.title))
            graph.add(node, ex.dcterms_rights, string(source.licence, "en"))
            graph.add(node, ex.dcterms_description, string(source.provenance, "en"))
            graph.add(node, vocab.rdfs_comment, string(source.soundness, "en"))


def _question(graph: GraphWriter, question: Question) -> None:
    """A query that anybody can run, as SHACL says it (SHACL Advanced Features, section 5.2)."""
    node = iris.mint("query", question.name)
    graph.add(DATA_SET, ex.dcterms_relation, iri(node))
    graph.node(node, ex.sh_SPARQLExecutable, [(ex.sh_select, string(question.text))])
    graph.add(node, vocab.rdf_type, iri(ex.sh_SPARQLSelectExecutable))
    graph.add(node, vocab.rdfs_label, *(string(text, language) for language, text in question.title.items()))
    graph.add(
        node, vocab.rdfs_comment, *(string(text, language) for language, text in question.summary.items())
    )


def _coverage(graph: GraphWriter, store: Store) -> None:
    """The places whose documents were read, and the years from the first to the last that they plan for."""
    places = {
        q.object.value
        for q in store.quads(predicate=vocab.eli_jurisdiction)
        if isinstance(q.object, NamedNode)
    }
    graph.add(DATA_SET, ex.dcterms_spatial, *map(iri, sorted(places)))
    years = sorted(
        int(q.object.value)
        for end in (terms.periodStart, terms.periodEnd)
        for q in store.quads(predicate=end)
        if isinstance(q.object, Literal)
    )
    if years:
        node = f"{DATA_SET}/period"
        graph.add(DATA_SET, ex.dcterms_temporal, iri(node))
        graph.node(
            node,
            ex.dcterms_PeriodOfTime,
            [(ex.dcat_startDate, _year(years[0])), (ex.dcat_endDate, _year(years[-1]))],
        )


def _year(number: int) -> Term:
    return Term(str(Literal(f"{number:04}", datatype=NamedNode(ex.xsd_gYear))))


def _part(graph: GraphWriter, kind: str, of: str, facts: Iterable[tuple[str, Term]]) -> None:
    """The part of the data set that one class or property makes up."""
    node = iris.mint("dataset", "gangmu", kind, *_name(of))
    link = ex.void_classPartition if kind == "class" else ex.void_propertyPartition
    graph.add(DATA_SET, link, iri(node))
    graph.node(node, ex.void_Dataset, facts)


def _name(term: str) -> tuple[str, ...]:
    """The prefix and the local name of a term, or its whole IRI where it has no prefix."""
    found = ((p, term.removeprefix(space)) for p, space in PREFIXES.items() if term.startswith(space))
    return next(found, (term,))


def _vocabularies(used: Iterable[str]) -> set[str]:
    """The namespaces of the terms in use; the own one by the IRI of the ontology."""
    own = {terms.NAMESPACE: terms.ONTOLOGY}
    spaces = {space for space in vocab.PREFIXES.values() for term in used if term.startswith(space)}
    return {own.get(space, space) for space in spaces}
