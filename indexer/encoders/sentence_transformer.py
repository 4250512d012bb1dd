"""How does any other sentence-transformers model become an Encoder, or a cross-encoder be asked?

The only module to import sentence_transformers (and torch with it, which takes seconds): nothing
on the way to the bundled model may import this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers import AutoConfig

from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.encoders.encoder_errors import EncoderError

BATCH = 32
# Texts between two reports of progress; sentence-transformers sorts within them by length.
CHUNK = 1024
# Names under which models publish their prompts, the first that exists is used.
_QUERY_NAMES = ("query",)
_PASSAGE_NAMES = ("document", "passage", "corpus")


class SentenceTransformerEncoder:
    """A sentence-transformers model with its own prompts, or with those of the settings."""

    def __init__(
        self, model: SentenceTransformer, name: str, query: str | None, passage: str | None
    ) -> None:
        self._model = model
        self._query = _own_prompt(model, _QUERY_NAMES) if query is None else query
        self._passage = _own_prompt(model, _PASSAGE_NAMES) if passage is None else passage
        self._identity = (
            f"sentence-transformers {name}@{_revision(model, name)} float32 "
            f"query={self._query!r} passage={self._passage!r}"
        )

    @property
    def identity(self) -> str:
        """See Encoder."""
        return self._identity

    @property
    def dimension(self) -> int:
        """See Encoder."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """See Encoder."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), CHUNK):
            chunk = list(texts[start : start + CHUNK])
            vectors[start : start + CHUNK] = self._model.encode_document(
                chunk, prompt=self._passage, **_HOW
            )
            if progress is not None:
                progress(len(chunk))
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode_query(list(texts), prompt=self._query, **_HOW)
        return np.asarray(vectors, np.float32)


_HOW: dict[str, Any] = {
    "batch_size": BATCH,
    "convert_to_numpy": True,
    "normalize_embeddings": True,
    "show_progress_bar": False,
}


def open_sentence_transformer(settings: EncoderSettings, notify: Callable[[str], None]) -> Encoder:
    """Load a model by local path or hub name; EncoderError says what to do when it can't be."""
    name = settings.model
    local = Path(name).expanduser()
    if local.exists():
        name = str(local.resolve())
    else:
        notify(f"Loading the model {name}: from the hub, unless it was downloaded before.")
    try:
        # float32 by request: a model saved in 16 bits would run in them, slowly, on a processor.
        model = SentenceTransformer(name, model_kwargs={"dtype": "float32"})
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EncoderError(
            f"model: {settings.model!r} could not be loaded ({_first_line(error)}); give 'bundled',"
            " the path of a sentence-transformers folder, or a name that a reachable hub knows"
        ) from error
    return SentenceTransformerEncoder(model, name, settings.query_prompt, settings.passage_prompt)


class CrossEncoderReranker:
    """A cross-encoder: reads a question and a passage together and says how well they fit."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher for better; they compare within one question."""
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        return [
            float(each) for each in np.asarray(found, np.float64).reshape(len(texts), -1)[:, -1]
        ]


def open_cross_encoder(name: str) -> CrossEncoderReranker:
    """Load a cross-encoder by local path or hub name. Raises EncoderError: it can't be loaded."""
    local = Path(name).expanduser()
    try:
        _check_head(str(local.resolve()) if local.exists() else name)
        model = CrossEncoder(
            str(local.resolve()) if local.exists() else name,
            num_labels=1,
            model_kwargs={"dtype": "float32"},
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EncoderError(
            f"reranker: {name!r} could not be loaded ({_first_line(error)}); give the path of a "
            "cross-encoder's folder, or a name that a reachable hub knows"
        ) from error
    return CrossEncoderReranker(model)


def _check_head(name: str) -> None:
    """Raises ValueError for a model without a trained head: it would load, and score at random."""
    architectures = AutoConfig.from_pretrained(name).architectures or []
    if not any("SequenceClassification" in each for each in architectures):
        raise ValueError(f"it is no cross-encoder, but {', '.join(architectures) or 'unknown'}")


def _own_prompt(model: SentenceTransformer, names: Sequence[str]) -> str:
    return next((model.prompts[name] for name in names if model.prompts.get(name)), "")


def _revision(model: SentenceTransformer, name: str) -> str:
    """The hub's commit where there is one, else a digest of a local folder's files."""
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    commit = getattr(config, "_commit_hash", None)
    if commit:
        return str(commit)
    digest = hashlib.sha256()
    folder = Path(name)
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    for path in files:
        # The same weights for another runtime, and what that runtime keeps there, don't matter.
        if path.is_file() and path.relative_to(folder).parts[0] not in ("openvino", "onnx"):
            # Names and sizes do not change with a retrained model: the bytes do.
            with path.open("rb") as file:
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", maxsplit=1)[0] or type(error).__name__
