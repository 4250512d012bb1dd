"""How long does finding take, and does the vector index find what an exact search would?

Builds the vector and word indexes of synthetic passages, then measures them in a process of its
own, which has opened them and nothing else: times of a question (k nearest vectors and k best by
words, one after the other), memory, recall against exact search. Embedding the question and
reading the passages from the store are not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bench import synthetic
from indexer.storage import lexical_index, vector_index
from indexer.storage.lexical_index import LexicalIndex
from indexer.storage.vector_index import VectorIndex
from indexer.types import Selection

SIZES = (4_000, 1_000_000)
QUESTIONS = 200
K = 100  # passages asked of each index: what retrieval fuses
_WARMING = 20  # questions asked before times are taken


def main(arguments: Sequence[str] = ()) -> None:
    """Build and measure each size asked for; one line of figures a measurement."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench query", description=__doc__)
    parser.add_argument("--size", type=int, nargs="+", default=SIZES, help="numbers of passages")
    parser.add_argument("--folder", type=Path, help="keep the indexes here and use them again")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure is not None:
        print(json.dumps(measure(options.measure, options.size[0])))
        return
    for size in options.size:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.folder or Path(temporary)) / str(size)
            if not folder.exists():
                build(folder, size)
            command = [sys.executable, "-m", "eval.bench", "query"]
            command += ["--measure", str(folder), "--size", str(size)]
            figures = json.loads(subprocess.check_output(command))
            for name, value in figures.items():
                print(f"{size:>9,} passages  {name:<44} {value}", flush=True)


def build(folder: Path, size: int) -> None:
    """Write both indexes, telling the time each takes."""
    partial = folder.with_suffix(".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    started = time.perf_counter()
    vector_index.write(partial / "vectors", _keyed(size))
    print(f"{size:>9,} passages  built: vectors {_seconds_since(started):>36}", flush=True)
    started = time.perf_counter()
    lexical_index.write(partial / "lexical", synthetic.postings(size))
    print(f"{size:>9,} passages  built: words {_seconds_since(started):>38}", flush=True)
    partial.rename(folder)


def measure(folder: Path, size: int) -> dict[str, str]:
    """Figures of one size, by what they say."""
    before, _ = _memory()
    started = time.perf_counter()
    vectors = VectorIndex.open(folder / "vectors")
    words = LexicalIndex.open(folder / "lexical")
    opened = time.perf_counter() - started
    asked = _asked(size)
    queries = synthetic.questions(asked)
    terms = synthetic.question_words(len(queries))
    # A province's reports: one in thirty.
    some = size // 30
    province = Selection(tuple(range(1, some // synthetic.PASSAGES_PER_REPORT + 2)), ((1, some),))

    def both(number: int) -> None:
        vectors.search(queries[number], K)
        words.search(terms[number], K)

    def within(number: int) -> None:
        vectors.search(queries[number], K, province)
        words.search(terms[number], K, province)

    figures = {"opened in": f"{opened * 1000:.0f} ms"}
    for name, ask in (
        ("vectors and words", both),
        ("vectors", lambda number: vectors.search(queries[number], K)),
        ("words", lambda number: words.search(terms[number], K)),
        ("vectors and words in 1/30 of the reports", within),
    ):
        p50, p95 = _times(ask, len(queries))
        figures[name] = f"p50 {p50:.1f} ms, p95 {p95:.1f} ms"
    own, mapped = _memory()
    figures["memory"] = (
        f"{own / 1e6:.0f} MB, {before / 1e6:.0f} MB of it before opening, and {mapped / 1e6:.0f} MB"
        f" of mapped files ({_file_bytes(folder) / 1e6:.0f} MB)"
    )
    for k in (10, K):
        figures[f"recall@{k} of the vectors"] = f"{_recall(vectors, queries, size, k):.4f}"
    return figures


def _times(ask: Callable[[int], object], count: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    for number in range(min(_WARMING, count)):
        ask(number)
    taken = []
    for number in range(count):
        started = time.perf_counter()
        ask(number)
        taken.append((time.perf_counter() - started) * 1000)
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def _recall(vectors: VectorIndex, queries: NDArray[np.float32], size: int, k: int) -> float:
    """The share of the k exactly nearest that the index finds."""
    scores = np.full((len(queries), 0), 0, dtype=np.float32)
    keys = np.empty((len(queries), 0), dtype=np.int64)
    for block_keys, block in _keyed(size):
        scores = np.hstack([scores, queries @ block.astype(np.float32).T])
        keys = np.hstack([keys, np.tile(block_keys, (len(queries), 1))])
        best = np.argsort(-scores, axis=1)[:, :k]
        scores = np.take_along_axis(scores, best, axis=1)
        keys = np.take_along_axis(keys, best, axis=1)
    found = [{hit.key for hit in vectors.search(query, k)} for query in queries]
    return sum(len(a & set(b.tolist())) for a, b in zip(found, keys, strict=True)) / keys.size


def _keyed(size: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
    first = 1
    for block in synthetic.vectors(size):
        yield np.arange(first, first + len(block)), block
        first += len(block)


def _asked(size: int) -> NDArray[np.float16]:
    """The passages that are asked for: evenly among all."""
    step = max(1, size // QUESTIONS)
    return np.concatenate([block[(-(keys[0] - 1)) % step :: step] for keys, block in _keyed(size)])[
        :QUESTIONS
    ]


def _memory() -> tuple[int, int]:
    """Bytes resident: this process's own, and pages of files it has mapped and touched."""
    pages = [int(word) for word in Path("/proc/self/statm").read_text().split()]
    size = os.sysconf("SC_PAGE_SIZE")
    return (pages[1] - pages[2]) * size, pages[2] * size


def _file_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _seconds_since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f} s"
