"""Making indexes again from the store, and embedding all texts again with another encoder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.progress import Progress, Stage, Step, silent
from indexer.restate import restate
from indexer.settings import write_encoder
from indexer.storage import records, stated
from indexer.storage.lock import writing
from indexer.storage.publish import advance, finish
from indexer.storage.records import EmbeddedTexts, embedded_texts, metadata_from_json
from indexer.storage.store import Store


@dataclass(frozen=True, slots=True)
class RebuildSummary:
    """What was made again. `embedded` counts the texts that had no vector of this encoder."""

    reports: int
    passages: int
    embedded: int
    seconds: float


def rebuild(
    data: Path,
    encoder: Encoder | None = None,
    settings: EncoderSettings | None = None,
    progress: Progress = silent,
) -> RebuildSummary:
    """Make the vector and word indexes again; with an `encoder`, first all vectors it has not made.

    Statements that are not stored as they are read now are made as well.

    The files indexed aren't needed. Embedding is committed report by report, so an interrupted
    rebuild goes on where it was, and readers see the old vectors until all is done.
    """
    started = time.monotonic()
    embedded = 0
    with writing(data) as store:
        if encoder is not None:
            embedded = _embed_all(store, encoder, progress)
        stated.make_ready(store)
        restate(store, progress)
        with store.transaction():
            if encoder is not None:
                _refer_to_vectors(store, encoder)
                write_encoder(store, encoder, settings or EncoderSettings())
                records.delete_unused_vectors(store)
            advance(store, [], progress, anew=True)
        finish(store)
        reports = store.rows("SELECT count(*) FROM report")
        passages = store.rows("SELECT count(vector) FROM passage")
    return RebuildSummary(reports[0][0], passages[0][0], embedded, time.monotonic() - started)


def _embed_all(store: Store, encoder: Encoder, progress: Progress) -> int:
    """Give the store a vector of this encoder for every text; how many it lacked."""
    embedded = 0
    rows = store.rows("SELECT id, report_id, characters FROM report ORDER BY id")
    total = sum(characters for _, _, characters in rows)
    done = 0
    for row, report_id, characters in rows:
        progress(Step(Stage.EMBEDDING, done, total, report_id))
        done += characters
        texts = {
            records.vector_hash(encoder.identity, text): text for text in _texts(store, row).all()
        }
        for name in records.vector_ids(store, texts):
            del texts[name]
        if texts:
            vectors = encoder.encode_passages(list(texts.values()))
            with store.transaction():
                records.write_vectors(store, list(texts), vectors)
            embedded += len(texts)
    progress(Step(Stage.EMBEDDING, total, total))
    return embedded


def _refer_to_vectors(store: Store, encoder: Encoder) -> None:
    """Make passages and sentences refer to this encoder's vectors."""
    for (row,) in store.rows("SELECT id FROM report"):
        keys = [key for (key,) in store.rows(_KEYS, (row,))]
        texts = _texts(store, row)
        names = {text: records.vector_hash(encoder.identity, text) for text in texts.all()}
        found = records.vector_ids(store, names.values())
        for key, text, lines in zip(keys, texts.passages, texts.sentences, strict=True):
            if text is None:
                continue
            store.execute("UPDATE passage SET vector = ? WHERE key = ?", (found[names[text]], key))
            store.many(
                "UPDATE sentence SET vector = ? WHERE passage = ? AND ordinal = ?",
                ((found[names[line]], key, ordinal) for ordinal, line in enumerate(lines)),
            )


_KEYS = "SELECT key FROM passage WHERE report = ? ORDER BY key"


def _texts(store: Store, row: int) -> EmbeddedTexts:
    metadata = store.rows("SELECT metadata FROM report WHERE id = ?", (row,))[0][0]
    return embedded_texts(records.report_passages(store, row), metadata_from_json(metadata))
