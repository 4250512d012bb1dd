"""How what was written becomes what readers see."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.progress import Progress
from indexer.storage import records, stated
from indexer.storage.derived import delete_others, is_whole, write_derived
from indexer.storage.store import Store


def publish(store: Store, removed: Sequence[int], progress: Progress) -> bool:
    """Make what was written the newest generation; nothing happens if nothing was.

    Deletes the report rows `removed` and the older versions of updated reports. Returns whether
    the log could be emptied, that is, whether what was deleted is gone from the disk.
    """
    written = store.rows("SELECT 1 FROM report WHERE born > ? LIMIT 1", (store.generation,))
    if removed or written or stated.is_new(store):
        with store.transaction():
            advance(store, removed, progress)
    return finish(store)


def advance(
    store: Store, removed: Sequence[int], progress: Progress, *, anew: bool = False
) -> None:
    """Inside a transaction: raise the generation and make its indexes, from nothing if `anew`.

    The indexes' folder is complete before the transaction ends, and nobody opens it until then.
    """
    before = store.generation
    superseded = store.rows(
        "SELECT old.id FROM report old JOIN report new USING (report_id) WHERE new.born > old.born"
    )
    gone = [*removed, *(row[0] for row in superseded)]
    if gone:
        records.delete_reports(store, gone)
    store.set("generation", str(before + 1))
    previous = before if not anew and is_whole(store, before) else None
    write_derived(store, before + 1, previous, bool(gone), progress)


def finish(store: Store) -> bool:
    """After the transaction: delete what no new reader needs, from the disk if none reads it."""
    delete_others(store.folder, store.generation)
    return store.checkpoint()
