"""What an opened index hands out."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.report import PassageKind, Region
from indexer import build, ingest
from indexer.build import remove, verify
from indexer.encoders.encoder import EncoderSettings
from indexer.errors import UnknownReportError
from indexer.index import Index, Scored
from tests.indexer.conftest import Add
from tests.indexer.support import DIMENSION, HashingEncoder, parse, write_reports

REPORTS = {
    "甲县-2025": "甲县报告\n# 一、调解\n调整人民调解组织54个。新建3个。\n# 二、财政\n收入增长5.5%。\n",
    "乙县-2025": "乙县报告\n# 一、农业\n粮食产量100吨。\n",
    "丙县-2025": "丙县报告\n# 一、农业\n粮食产量200吨。水库3座。\n",
}


@pytest.fixture
def index(tmp_path: Path, data: Path, add: Add) -> Index:
    write_reports(tmp_path / "reports", REPORTS)
    add(tmp_path / "reports")
    return Index.open(data)


def test_reports_and_their_text(index: Index) -> None:
    assert [info.report_id for info in index.reports()] == sorted(REPORTS)
    info = index.report("甲县-2025")
    assert info.metadata.title == "甲县报告"
    assert info.metadata.year == 2025
    assert info.passages == 2
    assert info.characters == len(REPORTS["甲县-2025"])
    for report_id, text in REPORTS.items():
        assert index.text(report_id) == text


def test_sections_and_passages_are_those_that_were_parsed(index: Index) -> None:
    for report_id, text in REPORTS.items():
        parsed = parse(report_id, text)
        assert index.sections(report_id) == parsed.sections
        assert index.report_passages(report_id) == parsed.passages


def test_metadata_comes_back(
    tmp_path: Path, data: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = Region("桑日县", "540523", "西藏自治区", "山南市", "桑日县")
    monkeypatch.setattr(ingest, "read", lambda source: (parse("桑日", "报告\n内容。\n", region),))
    write_reports(tmp_path / "reports", {"桑日": "报告\n内容。\n"})
    add(tmp_path / "reports")
    with Index.open(data) as index:
        assert (
            index.report("桑日").metadata == parse("桑日", "报告\n内容。\n", region).report.metadata
        )


def test_unknown_report(index: Index) -> None:
    for ask in (index.text, index.report, index.sections, index.report_passages):
        with pytest.raises(UnknownReportError, match="'丁县-2025' is not in the index"):
            ask("丁县-2025")
    with pytest.raises(UnknownReportError):
        index.keys_of(["甲县-2025", "没有"])


def test_passages_in_the_order_of_keys(index: Index) -> None:
    keys = [hit.key for hit in index.lexical({"粮食": 1.0, "收入": 1.0}, 10)]
    assert len(keys) == 3
    forwards = index.passages(keys)
    assert index.passages(keys[::-1]) == forwards[::-1]
    assert all(index.text(p.report_id)[p.start : p.end] == p.text for p in forwards)
    with pytest.raises(KeyError):
        index.passages([10_000])


def test_only_text_passages_are_found(index: Index) -> None:
    hits = index.dense(HashingEncoder().encode_queries(["报告"]), 100)
    assert len(hits) == 4
    assert {p.kind for p in index.passages([h.key for h in hits])} == {PassageKind.TEXT}


def test_dense_is_the_inner_product_with_what_was_embedded(index: Index) -> None:
    encoder = HashingEncoder()
    query = encoder.encode_queries(["粮食产量"])[0]
    texts = {
        "2025年\n甲县报告\n一、调解\n调整人民调解组织54个。新建3个。\n",
        "2025年\n甲县报告\n二、财政\n收入增长5.5%。\n",
        "2025年\n乙县报告\n一、农业\n粮食产量100吨。\n",
        "2025年\n丙县报告\n一、农业\n粮食产量200吨。水库3座。\n",
    }
    wanted = sorted(float(row @ query) for row in encoder.encode_passages(list(texts)))
    found = index.dense(query, 10)
    assert [hit.score for hit in found] == pytest.approx(wanted[::-1], abs=1e-3)
    assert index.dense(query[None], 10) == found


def test_selection(index: Index) -> None:
    selection = index.keys_of(["丙县-2025", "甲县-2025"])
    query = HashingEncoder().encode_queries(["粮食产量"])
    for hits in (index.dense(query, 10, selection), index.lexical({"粮食": 1.0}, 9, selection)):
        assert hits
        assert all(hit.key in selection for hit in hits)
        found = {passage.report_id for passage in index.passages([hit.key for hit in hits])}
        assert found <= {"丙县-2025", "甲县-2025"}
    assert index.dense(query, 10, index.keys_of([])) == []
    assert index.lexical({"粮食": 1.0}, 10, index.keys_of([])) == []


def test_sentence_vectors_follow_the_sentences(index: Index) -> None:
    encoder = HashingEncoder()
    keys = [hit.key for hit in index.dense(encoder.encode_queries(["粮食"]), 10)]
    for passage, vectors in zip(index.passages(keys), index.sentence_vectors(keys), strict=True):
        lines = [passage.text[s.start - passage.start : s.end - passage.start]
                 for s in passage.sentences]  # fmt: skip
        assert vectors.shape == (len(lines), DIMENSION)
        assert vectors == pytest.approx(encoder.encode_passages(lines), abs=1e-3)
    assert index.sentence_vectors([]) == []


def test_threads_get_the_same_answers(index: Index) -> None:
    query = HashingEncoder().encode_queries(["粮食产量"])

    def ask(number: int) -> tuple[list[Scored], list[Scored], int]:
        hits = index.dense(query, 4)
        keys = [hit.key for hit in hits]
        sizes = [len(vectors) for vectors in index.sentence_vectors(keys)]
        return hits, index.lexical({"粮食": 1.0}, 4), sum(sizes) + len(index.passages(keys))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(200)))
    assert all(answer == answers[0] for answer in answers)


LINES = [
    "粮食产量100吨。",
    "新建水库3座。增长5%。",
    "人民调解组织54个。",
    "收入增长。",
    "农业生产。",
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "丙", "丁"]),
        st.lists(st.sampled_from(LINES), max_size=3).map("\n".join),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CHANGES)
def test_adding_and_removing_equals_a_fresh_build(
    small_reader: None, changes: list[tuple[str, str, bool]]
) -> None:
    """Whatever was added, changed and removed: what is found is what a new index would find."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held: dict[str, str] = {}
        for report_id, text, stays in changes:
            held[report_id] = f"{report_id}报告\n{text}\n"
            write_reports(folder / "reports", held)
            build.add([folder / "reports"], folder / "grown", HashingEncoder(), EncoderSettings())
            if not stays:
                remove([report_id], folder / "grown")
                (folder / "reports" / f"{report_id}.txt").unlink()
                del held[report_id]
        assert verify(folder / "grown").problems == ()
        if held:
            build.add([folder / "reports"], folder / "fresh", HashingEncoder(), EncoderSettings())
            assert found(folder / "grown") == found(folder / "fresh")


def found(data: Path) -> list[list[tuple[str, float]]]:
    """Passages and scores for some questions, equal scores in the order of passage ids."""
    query = HashingEncoder().encode_queries(["粮食水库"])[0]
    with Index.open(data) as index:
        answers = []
        for hits in (
            index.dense(query, 100),
            index.lexical({"粮食": 1.0, "水库": 2.0, "甲": 1.0}, 100),
            index.lexical({"增长": 1.0}, 100),
        ):
            ids = [passage.passage_id for passage in index.passages([hit.key for hit in hits])]
            scored = [(i, round(h.score, 3)) for i, h in zip(ids, hits, strict=True)]
            answers.append(sorted(scored, key=lambda hit: (-hit[1], hit[0])))
        return answers


def test_vectors_are_kept_in_sixteen_bits(index: Index) -> None:
    key = index.dense(HashingEncoder().encode_queries(["粮食"]), 1)[0].key
    assert index.sentence_vectors([key])[0].dtype == np.float32
