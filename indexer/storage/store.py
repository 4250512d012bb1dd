"""The SQLite file an index is kept in: opening, transactions, queries. The truth of an index.

Readers hold one snapshot for their whole life (a read transaction on a WAL database): whatever a
writer commits meanwhile, they go on seeing the generation they opened.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from indexer.errors import (
    DamagedIndexError,
    FolderPermissionError,
    ForeignFolderError,
    IndexNotFoundError,
    IndexVersionError,
)
from indexer.storage.schema import (
    APPLICATION_ID,
    READABLE_VERSIONS,
    SCHEMA_VERSION,
    TABLES,
)

FILE_NAME = "store.sqlite3"
Row = tuple[Any, ...]

# A reader waits so long for a lock that a writer holds for moments only (milliseconds).
_BUSY_TIMEOUT_MS = 5_000
# A reader of an older state may stay for days: emptying the log doesn't wait for it.
_CHECKPOINT_TIMEOUT_MS = 100


class Store:
    """One connection to a store. Its methods may be called from several threads."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.folder = folder

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._lock, self._told():
            return self._connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query one by one, for results too large for memory. Not for threads."""
        with self._told():
            yield from self._connection.execute(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement; the row number of the last row inserted."""
        with self._lock, self._told():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def script(self, sql: str) -> None:
        """Run statements that end with their lines, in the transaction at hand."""
        for statement in sql.split(";\n"):
            if statement.strip():
                self.execute(statement)

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each of the rows."""
        with self._lock, self._told():
            self._connection.executemany(sql, rows)

    def setting(self, name: str) -> str | None:
        """A setting's value, None if it was never set."""
        found = self.rows("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set(self, name: str, value: str) -> None:
        """Write a setting, over an earlier value if there is one."""
        self.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """The generation this connection sees: 0 before anything was indexed."""
        return int(self.setting("generation") or 0)

    @property
    def identity(self) -> str:
        """A random name given to the store when it was made."""
        return self.setting("identity") or ""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's changes or none."""
        with self._lock:
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back if the disk is full.
                if self._connection.in_transaction:
                    self.execute("ROLLBACK")
                raise

    def checkpoint(self) -> bool:
        """Move the log into the file and empty it; False if readers of older states prevent it."""
        with self._lock:
            self._connection.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_TIMEOUT_MS}")
            try:
                return bool(self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0)
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")

    def upgraded(self) -> None:
        """Say that the tables are those of SCHEMA_VERSION now, in the transaction that made them so."""
        self.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
        dangling = [f"{row[0]} row {row[1]}: no such {row[2]}" for row in self.rows(_FOREIGN_KEYS)]
        return [line for line in found if line != "ok"] + dangling

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell people, not programmers, of a full disk or a damaged file."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise DamagedIndexError(self.folder, f"{FILE_NAME}: {error}") from error

    def close(self) -> None:
        """Give the file back. The store can't be used after."""
        with self._lock:
            self._connection.close()


_FOREIGN_KEYS = "PRAGMA foreign_key_check"


def open_for_reading(folder: Path) -> Store:
    """A store that goes on seeing what it sees now. Raises if there is no readable index."""
    store = _open(folder, read_only=True)
    store.execute("BEGIN")
    store.rows("SELECT value FROM setting WHERE name = 'generation'")  # takes the snapshot
    return store


def open_live(folder: Path) -> Store:
    """A read-only store that sees each commit as it lands."""
    return _open(folder, read_only=True)


def open_for_writing(folder: Path) -> Store:
    """The store of an existing index. The caller holds the write lock."""
    return _open(folder, read_only=False)


def open_or_create(folder: Path) -> Store:
    """The store of an index, made if the folder is missing or empty. Under the write lock."""
    if (folder / FILE_NAME).exists():
        return _open(folder, read_only=False)
    try:
        connection = sqlite3.connect(
            folder / FILE_NAME, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        raise FolderPermissionError(folder, f"write to ({error})") from error
    _prepare_writer(connection)
    store = Store(connection, folder)
    with store.transaction():
        store.script(TABLES)
        store.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        store.upgraded()
        store.set("identity", uuid4().hex)
        store.set("generation", "0")
    return store


def make_folder(folder: Path) -> None:
    """Make sure the folder is there and is or may become an index; raises if it is another's."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(entry.name for entry in folder.iterdir())
    except FileExistsError:
        raise ForeignFolderError(folder, "it is a file") from None
    except PermissionError:
        raise FolderPermissionError(folder, "read or make") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderPermissionError(folder, "write to")
    others = [name for name in names if name not in OUR_NAMES]
    if others and FILE_NAME not in names:
        raise ForeignFolderError(folder, f"it holds other files ({', '.join(others[:3])})")


LOCK_NAME = "write.lock"
HOLDER_NAME = "write.json"
# What a folder may hold before its store has been made.
OUR_NAMES = frozenset((FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", LOCK_NAME, HOLDER_NAME))


def _open(folder: Path, *, read_only: bool) -> Store:
    file = folder / FILE_NAME
    _check_presence(folder, file)
    mode = "rw"
    if read_only:
        # A WAL database in a folder that can't be written to (a read-only mount) can only be
        # opened as one that nobody changes.
        mode = "ro" if os.access(folder, os.W_OK) else "ro&immutable=1"
    try:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise ForeignFolderError(folder, f"its {FILE_NAME} is no database") from error
        raise DamagedIndexError(folder, f"{FILE_NAME} can't be opened ({error})") from error
    if application != APPLICATION_ID:
        connection.close()
        raise ForeignFolderError(folder, f"its {FILE_NAME} belongs to another program")
    if version not in READABLE_VERSIONS:
        connection.close()
        raise IndexVersionError(folder, version, SCHEMA_VERSION)
    if not read_only:
        _prepare_writer(connection)
    return Store(connection, folder)


def _check_presence(folder: Path, file: Path) -> None:
    try:
        if not folder.exists():
            raise IndexNotFoundError(folder, "there is no such folder")
        if not folder.is_dir():
            raise ForeignFolderError(folder, "it is a file")
        names = [entry.name for entry in folder.iterdir() if entry.name not in OUR_NAMES]
        if not file.exists():
            if names:
                raise ForeignFolderError(folder, f"it holds no {FILE_NAME} but other files")
            raise IndexNotFoundError(folder, "the folder is empty")
    except PermissionError:
        raise FolderPermissionError(folder, "read") from None
    if not os.access(file, os.R_OK):
        raise FolderPermissionError(file, "read")


def _prepare_writer(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Commits are few (one per batch of reports) and must outlive a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    # What is removed is overwritten, not only forgotten.
    connection.execute("PRAGMA secure_delete = ON")
