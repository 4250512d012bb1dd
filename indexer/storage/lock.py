"""One writer at a time, and who it is."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import FolderPermissionError, IndexBusyError
from indexer.storage.store import HOLDER_NAME, LOCK_NAME, Store, open_for_writing, open_live


@contextmanager
def writing(folder: Path) -> Iterator[Store]:
    """The store of an existing index under its write lock.

    Raises as opening does, and IndexBusyError.
    """
    # First as a reader: no lock file is left in a folder that is not an index.
    open_live(folder).close()
    with write_lock(folder):
        store = open_for_writing(folder)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def write_lock(folder: Path, wait_s: float = 0) -> Iterator[None]:
    """Hold the folder's write lock. Raises IndexBusyError naming the process that holds it.

    The operating system frees the lock when its process ends, however it ends.
    """
    lock = FileLock(folder / LOCK_NAME, timeout=wait_s)
    holder = folder / HOLDER_NAME
    try:
        lock.acquire()
    except Timeout:
        raise IndexBusyError(folder, _describe(holder)) from None
    except PermissionError:
        raise FolderPermissionError(folder, "write to") from None
    try:
        holder.write_text(
            json.dumps(
                {
                    "pid": os.getpid(),
                    "host": socket.gethostname(),
                    "since": datetime.now().astimezone().isoformat(timespec="seconds"),
                }
            )
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        return f"process {facts['pid']} on {facts['host']} (since {facts['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
