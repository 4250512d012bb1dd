"""The settings an index was made with, as they stand in its store."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.errors import EncoderMismatchError
from indexer.storage.store import Store


def read_encoder_settings(store: Store) -> EncoderSettings:
    """The settings of the encoder whose vectors the store holds."""
    fields = json.loads(store.setting("encoder_settings") or "{}")
    if fields.get("cache") is not None:
        fields["cache"] = Path(fields["cache"])
    return EncoderSettings(**fields)


def write_encoder(store: Store, encoder: Encoder, settings: EncoderSettings) -> None:
    """Say which encoder's vectors the store holds."""
    fields = asdict(settings)
    fields["cache"] = str(settings.cache) if settings.cache is not None else None
    store.set("encoder_settings", json.dumps(fields, ensure_ascii=False))
    store.set("encoder_identity", encoder.identity)
    store.set("dimension", str(encoder.dimension))


def check_encoder(store: Store, encoder: Encoder) -> None:
    """Raise EncoderMismatchError if the store holds another encoder's vectors."""
    indexed = store.setting("encoder_identity")
    empty = not store.rows("SELECT 1 FROM report LIMIT 1")
    if indexed is not None and not empty and indexed != encoder.identity:
        raise EncoderMismatchError(store.folder, indexed, encoder.identity)
