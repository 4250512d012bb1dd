"""The vector index against plain numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.storage import vector_index
from indexer.storage.vector_index import VectorIndex, write
from indexer.types import Scored, Selection

DIMENSION = 32


def unit_rows(count: int, seed: int = 0) -> NDArray[np.float16]:
    """Rows of unit length around 50 centres."""
    centres = np.random.default_rng(99).standard_normal((50, DIMENSION))
    random = np.random.default_rng(seed)
    rows = centres[random.integers(0, 50, count)] + 0.5 * random.standard_normal((count, DIMENSION))
    unit: NDArray[np.float16] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float16)


def nearest(
    keys: NDArray[np.int64], rows: NDArray[np.float16], query: NDArray[np.float32], k: int
) -> list[int]:
    scores = rows.astype(np.float32) @ query
    return [int(keys[place]) for place in np.lexsort((keys, -scores))[:k]]


def build(folder: Path, keys: NDArray[np.int64], rows: NDArray[np.float16]) -> VectorIndex:
    write(folder, [(keys, rows)])
    return VectorIndex.open(folder)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make 1,000 vectors a large index."""
    monkeypatch.setattr(vector_index, "EXACT_LIMIT", 1_000)
    monkeypatch.setattr(vector_index, "_FEW", 500)


def test_inner_products_in_order(tmp_path: Path) -> None:
    rows = np.array([[1, 0], [0, 1], [0.5, 0.5]], dtype=np.float16)
    index = build(tmp_path / "v", np.array([3, 5, 9]), rows)
    query = np.array([1, 0.25], dtype=np.float32)
    assert index.search(query, 2) == [Scored(3, 1.0), Scored(9, 0.625)]


def test_equal_scores_are_ordered_by_key_also_at_the_cut(tmp_path: Path) -> None:
    index = build(tmp_path / "v", np.arange(10, 20), np.ones((10, 2), dtype=np.float16))
    found = index.search(np.array([1, 1], dtype=np.float32), 3)
    assert [hit.key for hit in found] == [10, 11, 12]


def test_more_wanted_than_there_are(tmp_path: Path) -> None:
    index = build(tmp_path / "v", np.arange(4), unit_rows(4))
    assert len(index.search(unit_rows(1)[0].astype(np.float32), 100)) == 4


def test_empty_index(tmp_path: Path) -> None:
    write(tmp_path / "v", [])
    assert VectorIndex.open(tmp_path / "v").search(np.ones(DIMENSION, dtype=np.float32), 5) == []


def test_exact_agrees_with_numpy_within_a_selection(tmp_path: Path) -> None:
    keys, rows = np.arange(100, 600, 2), unit_rows(250)
    index = build(tmp_path / "v", keys, rows)
    selection = Selection((1, 2), ((90, 151), (400, 403)))
    inside = np.flatnonzero(((keys >= 90) & (keys < 151)) | ((keys >= 400) & (keys < 403)))
    for query in unit_rows(20, seed=1).astype(np.float32):
        found = [hit.key for hit in index.search(query, 10, selection)]
        assert found == nearest(keys[inside], rows[inside], query, 10)
    assert index.search(unit_rows(1)[0].astype(np.float32), 5, Selection((), ())) == []


@pytest.mark.usefixtures("large")
def test_large_index_finds_99_of_100_of_the_nearest(tmp_path: Path) -> None:
    keys, rows = np.arange(5_000) * 3, unit_rows(5_000)
    index = build(tmp_path / "v", keys, rows)
    queries = unit_rows(200, seed=1).astype(np.float32)
    found = [{hit.key for hit in index.search(query, 10)} for query in queries]
    wanted = [set(nearest(keys, rows, query, 10)) for query in queries]
    hits = sum(len(a & b) for a, b in zip(found, wanted, strict=True))
    assert hits / (10 * len(queries)) >= 0.99


@pytest.mark.usefixtures("large")
def test_large_index_within_small_and_large_selections(tmp_path: Path) -> None:
    keys, rows = np.arange(5_000), unit_rows(5_000)
    index = build(tmp_path / "v", keys, rows)
    query = unit_rows(1, seed=2)[0].astype(np.float32)
    for first, end in ((10, 400), (1_000, 4_000)):
        found = [hit.key for hit in index.search(query, 20, Selection((1,), ((first, end),)))]
        wanted = nearest(keys[first:end], rows[first:end], query, 20)
        assert all(first <= key < end for key in found)
        assert len(set(found) & set(wanted)) >= 19


@pytest.mark.usefixtures("large")
def test_large_index_is_extended_and_reduced(tmp_path: Path) -> None:
    rows = unit_rows(4_000)
    keys = np.arange(4_000)
    build(tmp_path / "first", keys[:3_000], rows[:3_000])
    keep = keys[500:3_000]
    write(
        tmp_path / "second",
        [(keys[3_000:], rows[3_000:])],
        previous=tmp_path / "first",
        keep=keep,
    )
    index = VectorIndex.open(tmp_path / "second")
    assert index.keys().tolist() == list(range(500, 4_000))
    # Each vector finds itself, at a length of 1 but for 16 bits, and none that was removed is found.
    for place in range(0, 4_000, 97):
        found = index.search(rows[place].astype(np.float32), 10)
        assert min(hit.key for hit in found) >= 500
        assert (found[0].key == place) == (place >= 500)


def test_scores_are_those_of_16_bit_vectors(tmp_path: Path) -> None:
    rows = unit_rows(50)
    index = build(tmp_path / "v", np.arange(50), rows)
    found = index.search(rows[7].astype(np.float32), 1)[0]
    assert found.key == 7
    assert found.score == pytest.approx(1, abs=1e-3)


def test_cut_off_file_is_refused(tmp_path: Path) -> None:
    build(tmp_path / "v", np.arange(50), unit_rows(50))
    file = tmp_path / "v" / "rows.f16"
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(ValueError, match="don't hold 50 vectors"):
        VectorIndex.open(tmp_path / "v")
