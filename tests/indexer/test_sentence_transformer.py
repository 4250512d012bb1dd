"""Any sentence-transformers folder: here the one that the bundled model is decoded into."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.bundled_model import ensure_folder
from indexer.encoder import EncoderSettings, open_encoder
from indexer.encoder_errors import EncoderError

TEXTS = ["全县新增就业三千人。", "县", "What is the target for jobs?", "１～３万元" * 30, ""]


def test_a_folder_gives_the_vectors_of_the_bundled_model() -> None:
    folder = ensure_folder(None, print)
    assert folder is not None
    theirs = open_encoder(EncoderSettings(model=str(folder)))
    ours = open_encoder(EncoderSettings(precision="float32"))
    assert theirs.dimension == ours.dimension
    done: list[int] = []
    passages = theirs.encode_passages(TEXTS, done.append)
    assert done == [len(TEXTS)]
    np.testing.assert_allclose((passages * ours.encode_passages(TEXTS)).sum(axis=1), 1, atol=1e-4)
    queries = theirs.encode_queries(TEXTS)
    np.testing.assert_allclose((queries * ours.encode_queries(TEXTS)).sum(axis=1), 1, atol=1e-4)
    assert theirs.encode_queries([]).shape == theirs.encode_passages([]).shape == (0, 384)
    # Its own prompts were found, and those of the settings go before them.
    assert "query='query: ' passage='passage: '" in theirs.identity
    plain = open_encoder(EncoderSettings(model=str(folder), query_prompt="", passage_prompt=""))
    assert plain.identity != theirs.identity
    assert np.abs(plain.encode_queries(TEXTS) - queries).max() > 0.01


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match=r"model: .* could not be loaded"):
        open_encoder(EncoderSettings(model=str(tmp_path)))
