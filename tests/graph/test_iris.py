"""IRIs are plain ASCII, safe in every syntax, and hold nothing invisible."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import iris
from loaders.errors import StoreError

SAFE = re.compile(r"https://w3id\.org/gangmu/id(/[A-Za-z0-9_.~%-]+)+")


@given(st.lists(st.text().map(lambda text: f"x{text}"), min_size=1, max_size=3))
def test_minted_iris_are_plain_ascii(segments: list[str]) -> None:
    iri = iris.mint(*segments)
    assert SAFE.fullmatch(iri)
    assert not {".", ".."} & set(iri.split("/"))


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("西湖", "%E8%A5%BF%E6%B9%96"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("e\u0301", "%C3%A9"),
        ("..", "%2E%2E"),
        ("a/b#c?d", "a%2Fb%23c%3Fd"),
        ("<script>", "%3Cscript%3E"),
    ],
)
def test_segments(written: str, safe: str) -> None:
    assert iris.segment(written) == safe


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\ufeff\u202a"])
def test_nothing_visible_is_refused(nothing: str) -> None:
    with pytest.raises(StoreError, match="no visible character"):
        iris.segment(nothing)


def test_records_and_what_hangs_on_them() -> None:
    assert iris.record("d1:target:k").endswith("/id/target/d1/k")
    assert iris.record("d1").endswith("/id/document/d1")
    assert iris.evidence("d1:item:3.2").endswith("/id/evidence/item/d1/3.2")
    assert iris.position(iris.evidence("d1")).endswith("/id/evidence/document/d1/position")
    assert iris.value("d1:target:k", upper=True).endswith("/id/value/d1/k/max")
    assert iris.unit("unit:abc").endswith("/id/unit/abc")
    with pytest.raises(StoreError, match="is not <doc>:<type>:<key>"):
        iris.record("d1:target")
