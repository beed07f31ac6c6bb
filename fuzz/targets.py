"""What is fuzzed: one function a parser, given bytes. A fault is any exception but GangmuError.

Beyond not failing, each target holds the promises of its parser against what came out: evidence of
records, texts that can be written, lines that the engine reads back as the same terms.
"""

from __future__ import annotations

import json
import math
import struct
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph

import loaders.rules
from fuzz.containers import docx_of, ofd_of
from graph import nquads
from loaders import records as rec
from loaders.account import account
from loaders.decode import checked, decode_any
from loaders.errors import GangmuError
from loaders.formats import archives, from_doc, from_docx, from_html, from_ofd, from_pdf
from loaders.formats.blocks import Converted, render
from loaders.formats.detect import detect
from loaders.read import read_text
from loaders.records import to_jsonl
from queries.catalogue import parse_query
from queries.header import parse_head


def decode(data: bytes) -> None:
    """Bytes of any encoding: text without surrogates, or a refusal."""
    with suppress(GangmuError):
        detect(data, "a.txt", "a.txt")
    found = decode_any(data, "a.txt", None)
    found.text.encode()
    assert found.replaced <= len(found.text)
    checked(found.text, "a.txt")


def text(data: bytes) -> None:
    """A text: evidence holds, ids are unique, records survive JSON, every character is accounted for."""
    source = checked(data.decode("utf-8", "ignore"), "a.txt")
    reading = read_text(source, "a.txt", "0" * 64)
    ids = set()
    for record in reading.records:
        assert record.quote, record
        assert source[record.start : record.end] == record.quote, record
        assert record.id not in ids, record
        ids.add(record.id)
    for start, end in reading.leftovers:
        assert 0 <= start < end <= len(source)
    for target in reading.of(rec.Target):
        assert math.isfinite(target.value), target
        assert target.item is None or target.item in ids
    assert len([json.loads(line) for line in to_jsonl(reading.records).split("\n")[:-1]]) == len(ids)
    said = account(reading)
    assert said.in_records + said.passed_over + said.left == len(source)


def html(data: bytes) -> None:
    """A page."""
    _converted(from_html.convert(data))


def pdf(data: bytes) -> None:
    """A PDF."""
    _converted(from_pdf.convert(data))


def docx(data: bytes) -> None:
    """The parts of a Word document, put into a sound container."""
    _converted(from_docx.convert(docx_of(data)))


def ofd(data: bytes) -> None:
    """The parts of an OFD document, put into a sound container."""
    _converted(from_ofd.convert(ofd_of(data)))


def doc(data: bytes) -> None:
    """What antiword or catdoc printed; the programs themselves run in a process of their own."""
    render(from_doc._blocks(data.decode("utf-8", "replace"))).encode()


def archive(data: bytes) -> None:
    """A ZIP file, damaged anywhere."""
    archives.kind(data)
    for name in archives.listing(data).names:
        archives.member(data, name)


def header(data: bytes) -> None:
    """The head of a query file, and the query around it."""
    source = data.decode("utf-8", "ignore")
    with suppress(GangmuError):
        parse_head("a.rq", source)
    parse_query("a", "a.rq", source)


def lines(data: bytes) -> None:
    """Terms written as N-Quads: the engine reads the same term and would write the same line."""
    said = data.decode("utf-8", "ignore")
    number = int.from_bytes(data[:12], "big", signed=True)
    real = struct.unpack("<d", data[:8].ljust(8, b"\0"))[0]
    xsd = "http://www.w3.org/2001/XMLSchema#"
    _same(nquads.string(said), pyoxigraph.Literal(said))
    _same(nquads.string(said, "zh"), pyoxigraph.Literal(said, language="zh"))
    _same(nquads.integer(number), pyoxigraph.Literal(str(number), datatype=_node(f"{xsd}integer")))
    if math.isfinite(real) and abs(real) < 1e100:
        assert float(_parsed(nquads.decimal(real)).value) == real
    with suppress(GangmuError):
        _same(nquads.iri(f"https://example.org/{said}"), _node(f"https://example.org/{said}"))


def lexicon(data: bytes) -> None:
    """A file of rules: loaded whole, or refused with its name."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.yaml").write_bytes(data)
        before, loaders.rules.RULES = loaders.rules.RULES, Path(folder)
        try:
            for rule in loaders.rules.rules("a"):
                rule.pattern.search("")
        finally:
            loaders.rules.RULES = before
            loaders.rules.load.cache_clear()
            loaders.rules.rules.cache_clear()


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (decode, text, html, pdf, docx, ofd, doc, archive, header, lines, lexicon)
}


def run(name: str, data: bytes) -> None:
    """One input for one target; what Gangmu refuses with a message of its own is no fault."""
    with suppress(GangmuError):
        TARGETS[name](data)


def _converted(found: Converted) -> None:
    """Hold what every converter promises."""
    found.text.encode()
    assert not {"\r", "\x00"} & set(found.text)
    for note in found.notes:
        note.encode()


def _parsed(term: str) -> pyoxigraph.Literal:
    quad = next(iter(pyoxigraph.parse(f"<urn:s> <urn:p> {term} <urn:g> .\n", pyoxigraph.RdfFormat.N_QUADS)))
    assert isinstance(quad, pyoxigraph.Quad)
    return quad.object  # type: ignore[return-value]


def _same(term: str, expected: pyoxigraph.Literal | pyoxigraph.NamedNode) -> None:
    """The term is read back as the expected one, and written by the engine as it was."""
    assert _parsed(term) == expected, (term, expected)
    quad = pyoxigraph.Quad(_node("urn:s"), _node("urn:p"), expected, _node("urn:g"))
    written = pyoxigraph.serialize([quad], format=pyoxigraph.RdfFormat.N_QUADS)
    assert written == f"<urn:s> <urn:p> {term} <urn:g> .\n".encode(), (term, written)


def _node(value: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(value)
