"""Any sentence-transformers folder: here the one that the bundled model is decoded into."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from indexer.encoders.bundled_model import ensure_folder
from indexer.encoders.encoder import EncoderSettings, open_encoder
from indexer.encoders.encoder_errors import EncoderError
from indexer.encoders.sentence_transformer import open_cross_encoder

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


def test_a_cross_encoder_scores_each_text(tmp_path: Path) -> None:
    """A tiny one with random weights: equal texts score equally, others don't."""
    folder = ensure_folder(None, print)
    assert folder is not None
    tokenizer = AutoTokenizer.from_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(tmp_path / "tiny")
    tokenizer.save_pretrained(tmp_path / "tiny")
    reranker = open_cross_encoder(str(tmp_path / "tiny"))
    first, second, again = reranker.scores("新增就业？", ["三千人。", "天气很好。", "三千人。"])
    assert first == pytest.approx(again, abs=1e-6)
    assert abs(first - second) > 1e-5
    assert reranker.scores("?", []) == []


def test_what_is_no_cross_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"reranker: .*it is no cross-encoder, but BertModel"):
        open_cross_encoder(str(ensure_folder(None, print)))
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match=r"reranker: .* could not be loaded"):
        open_cross_encoder(str(tmp_path))
