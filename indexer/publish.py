"""How what was written becomes what readers see."""

from __future__ import annotations

from collections.abc import Sequence

from indexer import records
from indexer.derived import delete_others, is_whole, write_derived
from indexer.progress import Progress
from indexer.store import Store


def publish(store: Store, removed: Sequence[int], progress: Progress) -> bool:
    """Make what was written the newest generation; nothing happens if nothing was.

    Deletes the report rows `removed` and the older versions of updated reports. Returns whether
    the log could be emptied, that is, whether what was deleted is gone from the disk.
    """
    before = store.generation
    after = before + 1
    if removed or store.rows("SELECT 1 FROM report WHERE born > ? LIMIT 1", (before,)):
        with store.transaction():
            superseded = store.rows(
                "SELECT old.id FROM report old JOIN report new USING (report_id)"
                " WHERE new.born > old.born"
            )
            gone = [*removed, *(row[0] for row in superseded)]
            if gone:
                records.delete_reports(store, gone)
            store.set("generation", str(after))
            previous = before if is_whole(store, before) else None
            write_derived(store, after, previous, bool(gone), progress)
        delete_others(store.folder, after)
    return store.checkpoint()
