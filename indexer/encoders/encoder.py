"""How does text become vectors? One protocol, three ways behind it.

"bundled" (the default; nothing is asked of the network), any sentence-transformers model by name
or path, or an OpenAI-compatible embeddings endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BUNDLED = "bundled"


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their likeness."""

    @property
    def identity(self) -> str:
        """Model, revision and prompts: vectors of two identities never mix."""
        ...

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        ...

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Encode passages: `(n, dim)` float32, rows of unit length, in the order given.

        `progress` is told after every batch how many more texts are done.
        """
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions: `(n, dim)` float32, rows of unit length, in the order given."""
        ...


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """Which model makes the vectors, and how.

    `model`: "bundled", a hub name, a local path, or the name that `endpoint` knows.
    `query_prompt` and `passage_prompt`: put before every text; None takes the model's own.
    `endpoint`: base URL of an OpenAI-compatible service (`https://host/v1`); its key comes from
    the environment variable GOVSEARCH_EMBEDDINGS_KEY.
    `cache`: where models are kept; None takes GOVSEARCH_CACHE or the user's cache directory.
    `precision`: what the bundled model encodes passages in, "float32" or "int8"; "auto" takes int8
    where the processor has instructions for it (VNNI), elsewhere it would only be slower. The
    vectors agree so well that it is no part of the identity.
    """

    model: str = BUNDLED
    query_prompt: str | None = None
    passage_prompt: str | None = None
    endpoint: str | None = None
    cache: Path | None = None
    precision: str = "auto"


def open_encoder(settings: EncoderSettings, notify: Callable[[str], None] | None = None) -> Encoder:
    """Open the encoder that the settings name; `notify` is told about slow first steps.

    Raises EncoderError, naming the setting, when the model can't be had.
    """
    tell = notify if notify is not None else _ignore
    # Each way has its own heavy libraries, and only the one that is chosen is imported.
    if settings.endpoint is not None:
        from indexer.encoders.endpoint import open_endpoint  # noqa: PLC0415

        return open_endpoint(settings)
    if settings.model == BUNDLED:
        from indexer.encoders.bundled_encoder import open_bundled  # noqa: PLC0415

        return open_bundled(settings, tell)
    from indexer.encoders.sentence_transformer import open_sentence_transformer  # noqa: PLC0415

    return open_sentence_transformer(settings, tell)


def _ignore(_: str) -> None:
    """Tell no one."""
