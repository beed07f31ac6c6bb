"""The five documents, read whole: compared with golden records, and what they must and must not hold."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from loaders import records as rec
from loaders.corpus import CORPUS, find_documents, sources
from loaders.errors import InputError
from loaders.read import read_document, read_text
from loaders.records import Reading, to_jsonl

GOLDEN = Path(__file__).parent.parent / "golden" / "records"
FILES = sorted(CORPUS.glob("*.txt"))


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {path.name[:3]: read_document(path) for path in FILES}


def test_the_corpus_is_what_sources_csv_says() -> None:
    assert len(FILES) == 5
    assert {p.name for p in FILES} == set(sources())
    for path in FILES:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sources()[path.name].sha256
    assert find_documents() == FILES


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name[:3])
def test_records_are_the_golden_ones(path: Path, request: pytest.FixtureRequest) -> None:
    written = to_jsonl(read_document(path).records)
    golden = GOLDEN / f"{path.stem}.jsonl"
    if request.config.getoption("--update-golden"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_what_is_declared_and_not_found_is_reported_and_never_invented(readings: dict[str, Reading]) -> None:
    counts = {(d.of, d.what): (d.declared, d.found) for d in readings["000"].of(rec.Declaration)}
    assert counts[("task", "任务")] == (22, 21)
    assert counts[("measure", "举措")] == (61, 76)
    assert counts[("indicator", "总体数据指标")] == (7, 3)
    assert counts[("indicator", "分项数据指标")] == (52, 0)
    tasks = [i for i in readings["000"].of(rec.Item) if i.kind == "task"]
    assert len(tasks) == 21


def test_the_four_sure_conflicts_are_found(readings: dict[str, Reading]) -> None:
    targets = {t.id: t for t in readings["002"].of(rec.Target)}
    sure = [c for c in readings["002"].of(rec.Conflict) if c.kind in {"value", "deadline"}]
    pairs = {(c.kind, *sorted((targets[c.targets[0]].figure, targets[c.targets[1]].figure))) for c in sure}
    assert pairs == {
        ("value", "20家", "30家"),
        ("value", "250家", "260家"),
        ("value", "280家", "300家"),
        ("deadline", "2个", "2家"),
    }


def test_a_hijacked_mirror_is_damaged_and_its_place_is_found(readings: dict[str, Reading]) -> None:
    document = readings["002"].document
    assert document.trust == "damaged"
    assert document.issuer == "南昌市西湖区发展和改革委员会"
    assert document.jurisdiction == "江西省南昌市西湖区"
    assert "Bat365" in readings["002"].text
    assert not any("365" in t.quote for t in readings["002"].of(rec.Target) if t.value == 365)


def test_publisher_and_author_of_a_republication_differ(readings: dict[str, Reading]) -> None:
    document = readings["000"].document
    assert (document.issuer, document.publisher) == ("江西省科学技术厅", "南昌市安义县人民政府")
    assert document.trust == "republished"


def test_reading_is_a_pure_function_and_ids_do_not_depend_on_the_file_name(tmp_path: Path) -> None:
    copy = tmp_path / "别的名字.txt"
    copy.write_bytes(FILES[3].read_bytes())
    first, second = read_document(FILES[3]), read_document(copy)
    assert [r.id for r in first.records] == [r.id for r in second.records]
    assert to_jsonl(read_document(FILES[3]).records) == to_jsonl(first.records)


def test_an_edit_elsewhere_keeps_the_ids(tmp_path: Path) -> None:
    source = FILES[2].read_bytes().decode()
    at = source.index("(一)加强组织领导")
    edited = tmp_path / FILES[2].name
    edited.write_bytes((source[:at] + "(零)新增一段说明文字。\n\n" + source[at:]).encode())
    before = {r.id for r in read_document(FILES[2]).records}
    after = {r.id for r in read_document(edited).records}
    assert len(before - after) <= 2


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n ", "is empty"),
        ("marks.txt", "。、\n".encode(), "holds no text"),
        ("binary.txt", b"PK\x03\x04\x00\x00abc", "control character"),
        ("broken.txt", b"\xff\xff\xfe\xfa\x80abc", "neither UTF-8 nor GB 18030"),
    ],
)
def test_bad_input_is_one_line_that_names_the_file(
    tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert name in str(caught.value)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.txt"):
        read_document(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="holds no document"):
        find_documents([tmp_path])
    with pytest.raises(InputError, match="does not exist"):
        find_documents([tmp_path / "nowhere"])


def test_gb18030_and_crlf_are_read(tmp_path: Path) -> None:
    text = "关于印发试验的通知\r\n一、主要任务\r\n1.培育企业。力争2025年,新增高新技术企业10家。\r\n"
    path = tmp_path / "gbk.txt"
    path.write_bytes(text.encode("gb18030"))
    reading = read_document(path)
    assert reading.text == text
    assert [t.value for t in reading.of(rec.Target)] == [10.0]


def test_labels_behind_the_closing_line_of_their_section_are_read() -> None:
    """An annex that numbers on: its labels stand below a section that its closing line has ended."""
    text = (
        "南昌市科技创新行动方案\n一、加强保障\n(一)加强领导。落实责任。\n本方案自印发之日起施行。\n"
        "(二)引进人才。到2025年,引进人才10名。\n"
    )
    reading = read_text(text, "a.txt", "0" * 64)
    assert [i.label for i in reading.of(rec.Item)] == ["(一)", "(二)"]
    target = next(reading.of(rec.Target))
    assert target.value == 10
    assert target.item is not None
