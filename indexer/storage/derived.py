"""The vector and word indexes of a generation: made from the store, stamped, thrown away.

Each generation has a folder of its own, `generations/000012/`, which appears under that name when
it is whole and is never changed after. Its stamp says what it was made from; an index that doesn't
match its store is made again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.report import Metadata
from indexer.indexed_text import full_name
from indexer.progress import Progress, Stage, Step, silent
from indexer.storage import lexical_index, vector_index
from indexer.storage.lexical_index import LexicalIndex, Posting
from indexer.storage.lock import writing
from indexer.storage.records import VECTOR_TYPE, metadata_from_json
from indexer.storage.store import Row, Store, open_live
from indexer.storage.vector_index import VectorIndex
from indexer.tokenizer import TOKENIZER_IDENTITY, tokenize

FOLDER = "generations"
_BATCH = 2_000  # vectors read from the store at a time
# Raise it when the files' layout or what is put in them changes.
_LAYOUT = 1


class DerivedMissingError(Exception):
    """No indexes of the store's generation that can be used. Handled by making them again."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The two indexes of one generation."""

    vectors: VectorIndex
    words: LexicalIndex


def folder_of(data: Path, generation: int) -> Path:
    """Where a generation's indexes are kept."""
    return data / FOLDER / f"{generation:06d}"


def is_whole(store: Store, generation: int) -> bool:
    """Whether a generation's indexes are there and were made from this store as it is."""
    try:
        stamp = json.loads((folder_of(store.folder, generation) / "stamp.json").read_text())
    except (OSError, ValueError):
        return False
    return bool(stamp == _stamp(store, generation))


def open_derived(store: Store, generation: int) -> Derived:
    """Open the indexes of a generation. Raises DerivedMissingError unless whole and matching."""
    folder = folder_of(store.folder, generation)
    if not is_whole(store, generation):
        raise DerivedMissingError(f"{folder} is missing or was made from something else")
    try:
        return Derived(VectorIndex.open(folder / "vectors"), LexicalIndex.open(folder / "lexical"))
    except (OSError, ValueError) as error:
        raise DerivedMissingError(f"{folder}: {error}") from error


def write_derived(
    store: Store,
    generation: int,
    previous: int | None,
    removed: bool,
    progress: Progress,
) -> None:
    """Write the indexes of what a generation sees.

    With `previous`, what that generation's indexes hold is taken over; without, all is made from
    the store. If reports were `removed` since, the word index is made from the store all the same:
    tantivy only marks what is deleted, and goes on counting it in its word frequencies.
    """
    final = folder_of(store.folder, generation)
    begun = final.with_suffix(".part")
    shutil.rmtree(begun, ignore_errors=True)
    shutil.rmtree(final, ignore_errors=True)  # of a build that ended before it was published
    begun.mkdir(parents=True)
    old = None if previous is None else folder_of(store.folder, previous)
    everything, new = (0, generation), (generation, generation)
    vector_index.write(
        begun / "vectors",
        _vectors(store, everything if old is None else new),
        previous=old and old / "vectors",
        keep=_keys(store, generation) if removed and old else None,
    )
    shared = None if old is None or removed else old / "lexical"
    born = everything if shared is None else new
    total = store.rows(f"SELECT count(*) {_INDEXED}", born)[0][0]
    lexical_index.write(
        begun / "lexical", _reporting(_postings(store, born), total, progress), shared
    )
    (begun / "stamp.json").write_text(json.dumps(_stamp(store, generation)))
    begun.rename(final)


def delete_others(data: Path, generation: int) -> None:
    """Delete the indexes of all generations but one. Readers that opened them keep them."""
    keep = folder_of(data, generation)
    if not keep.parent.exists():
        return
    for folder in keep.parent.iterdir():
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


_INDEXED = (
    "FROM passage p JOIN report r ON r.id = p.report"
    " WHERE p.vector IS NOT NULL AND r.born BETWEEN ? AND ?"
)


def _stamp(store: Store, generation: int) -> dict[str, object]:
    return {
        "store": store.identity,
        "generation": generation,
        "encoder": store.setting("encoder_identity"),
        "tokenizer": TOKENIZER_IDENTITY,
        "layout": _LAYOUT,
    }


def _keys(store: Store, generation: int) -> NDArray[np.int64]:
    rows = store.rows(f"SELECT p.key {_INDEXED} ORDER BY p.key", (0, generation))
    return np.array([row[0] for row in rows], dtype=np.int64)


def _vectors(
    store: Store, born: tuple[int, int]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
    rows = store.each(
        "SELECT p.key, v.data FROM passage p JOIN report r ON r.id = p.report"
        " JOIN vector v ON v.id = p.vector WHERE r.born BETWEEN ? AND ? ORDER BY p.key",
        born,
    )
    for batch in _batches(rows):
        keys = np.array([row[0] for row in batch], dtype=np.int64)
        data = np.frombuffer(b"".join(row[1] for row in batch), dtype=VECTOR_TYPE)
        yield keys, data.reshape(len(batch), -1)


def _postings(store: Store, born: tuple[int, int]) -> Iterator[Posting]:
    rows = store.each(
        f"SELECT p.key, r.id, p.text, p.heading_path, r.metadata {_INDEXED} ORDER BY p.key",
        born,
    )
    report, place = 0, list[str]()
    for key, row, text, heading_path, metadata in rows:
        if row != report:
            report, place = row, tokenize(place_text(metadata_from_json(metadata)))
        heading = tokenize(" ".join(json.loads(heading_path)))
        yield Posting(key, report, tokenize(text), heading, place)


def place_text(metadata: Metadata) -> str:
    """What says whose report it is: title, place with the places it is in, year, issuer."""
    parts = (metadata.title, full_name(metadata.region), str(metadata.year or ""), metadata.issuer)
    return " ".join(parts)


def _reporting(postings: Iterable[Posting], total: int, progress: Progress) -> Iterator[Posting]:
    for done, posting in enumerate(postings):
        if done % 100 == 0:
            progress(Step(Stage.FINDING, done, total))
        yield posting
    progress(Step(Stage.FINDING, total, total))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def ensure_derived(data: Path, generation: int) -> None:
    """Make the indexes of a generation again, unless a newer one was published meanwhile.

    Raises IndexBusyError if another process writes, FolderPermissionError if this user may not.
    """
    live = open_live(data)
    try:
        if live.generation != generation:
            return
    finally:
        live.close()
    with writing(data) as store:
        if store.generation == generation:
            write_derived(store, generation, None, False, silent)
