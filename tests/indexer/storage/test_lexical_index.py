"""The word index against BM25 worked out by hand."""

from __future__ import annotations

from math import log
from pathlib import Path

import pytest

from indexer.storage.lexical_index import LexicalIndex, Posting, write
from indexer.types import Selection

BODY_ONLY = {"body": 1.0}


def posting(key: int, body: str, heading: str = "", place: str = "", report: int = 1) -> Posting:
    return Posting(key, report, body.split(), heading.split(), place.split())


def build(folder: Path, *postings: Posting) -> LexicalIndex:
    write(folder, postings)
    return LexicalIndex.open(folder)


def bm25(passages: int, with_term: int, frequency: int, length: int, average: float) -> float:
    """Robertson's BM25 with Lucene's always positive inverse frequency, k1 1.2 and b 0.75."""
    rarity = log(1 + (passages - with_term + 0.5) / (with_term + 0.5))
    return rarity * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average))


def test_scores_are_bm25(tmp_path: Path) -> None:
    index = build(
        tmp_path / "w",
        posting(1, "调解 组织 组织 54"),
        posting(2, "组织 学习"),
        posting(3, "财政 收入 增长"),
    )
    found = index.search({"组织": 1.0, "调解": 1.0}, 10, field_weights=BODY_ONLY)
    assert [hit.key for hit in found] == [1, 2]
    first = bm25(3, 2, 2, 4, 3) + bm25(3, 1, 1, 4, 3)
    assert [hit.score for hit in found] == pytest.approx([first, bm25(3, 2, 1, 2, 3)], abs=1e-3)


def test_weights_of_words_and_fields_multiply(tmp_path: Path) -> None:
    index = build(
        tmp_path / "w",
        posting(1, "财政 收入", heading="农业 生产"),
        posting(2, "农业 生产", heading="财政 收入"),
        posting(3, "其他 事项", heading="其他 事项"),
    )
    # Each word stands once in two of the three fields of one kind, all of length 2.
    once = bm25(3, 1, 1, 2, 2)
    found = index.search({"农业": 3.0}, 10, field_weights={"body": 1.0, "heading": 0.5})
    assert [hit.key for hit in found] == [2, 1]
    assert [hit.score for hit in found] == pytest.approx([3 * once, 1.5 * once], abs=1e-3)


def test_place_words_choose_the_report(tmp_path: Path) -> None:
    index = build(
        tmp_path / "w",
        posting(1, "粮食 产量", place="甲县 2025", report=1),
        posting(2, "粮食 产量", place="乙县 2025", report=2),
    )
    assert [hit.key for hit in index.search({"粮食": 1, "乙县": 1}, 10)] == [2, 1]


def test_within_a_selection(tmp_path: Path) -> None:
    index = build(
        tmp_path / "w",
        posting(1, "粮食 粮食", report=1),
        posting(2, "粮食 产量", report=2),
        posting(3, "工业 产量", report=2),
    )
    everywhere = {hit.key: hit.score for hit in index.search({"粮食": 1.0}, 10)}
    found = index.search({"粮食": 1.0}, 10, Selection((2,), ((2, 4),)))
    assert [(hit.key, hit.score) for hit in found] == [(2, everywhere[2])]
    assert index.search({"粮食": 1.0}, 10, Selection((), ())) == []


def test_equal_scores_are_ordered_by_key_also_at_the_cut(tmp_path: Path) -> None:
    index = build(tmp_path / "w", *(posting(key, "粮食 产量") for key in (9, 3, 7, 1)))
    assert [hit.key for hit in index.search({"粮食": 1.0}, 2)] == [1, 3]


@pytest.mark.parametrize(
    ("terms", "k"), [({}, 5), ({"粮食": 0.0}, 5), ({"粮食": 1.0}, 0), ({"没有": 1.0}, 5)]
)
def test_nothing_to_find(tmp_path: Path, terms: dict[str, float], k: int) -> None:
    assert build(tmp_path / "w", posting(1, "粮食")).search(terms, k) == []


def test_additions_equal_an_index_made_at_once(tmp_path: Path) -> None:
    first = [posting(key, "粮食 产量 增长" if key % 3 else "粮食 收入") for key in range(1, 20)]
    more = [posting(key, "粮食 减少", report=2) for key in range(20, 30)]
    write(tmp_path / "first", first)
    opened = LexicalIndex.open(tmp_path / "first")
    write(tmp_path / "second", more, previous=tmp_path / "first")
    second = LexicalIndex.open(tmp_path / "second")
    at_once = build(tmp_path / "at once", *first, *more)
    for terms in ({"粮食": 1.0}, {"增长": 1.0, "减少": 2.0}):
        assert second.search(terms, 50) == at_once.search(terms, 50)
    # The one that was added to is as it was.
    assert len(opened) == 19
    assert opened.search({"减少": 1.0}, 5) == []
    assert opened.keys() == set(range(1, 20))


def test_empty_index(tmp_path: Path) -> None:
    index = build(tmp_path / "w")
    assert len(index) == 0
    assert index.keys() == set()
    assert index.search({"粮食": 1.0}, 5) == []


def test_damaged_index_is_refused(tmp_path: Path) -> None:
    build(tmp_path / "w", posting(1, "粮食"))
    (tmp_path / "w" / "meta.json").write_text("{}")
    with pytest.raises(ValueError):
        LexicalIndex.open(tmp_path / "w")
