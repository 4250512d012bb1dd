"""An index as it was made before statements were stored: format 1, by its own tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE vector (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,   -- of the encoder's identity and the embedded text
    data BLOB NOT NULL           -- float16, little-endian
);

CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id TEXT NOT NULL,
    born INTEGER NOT NULL,
    source TEXT NOT NULL,        -- the file as the user named it
    path TEXT NOT NULL,          -- the same, absolute
    fingerprint TEXT NOT NULL,   -- of the file, its manifest entry and the parser's version
    digest TEXT NOT NULL,        -- of what was read from it
    metadata TEXT NOT NULL,      -- JSON
    text TEXT NOT NULL,
    characters INTEGER NOT NULL,
    furniture TEXT NOT NULL,     -- JSON: [[start, end], ...]
    indexed_at TEXT NOT NULL,
    first_key INTEGER NOT NULL,  -- its passages' keys: first_key <= key < end_key
    end_key INTEGER NOT NULL,
    UNIQUE (report_id, born)
);
CREATE INDEX report_fingerprint ON report (fingerprint);

CREATE TABLE section (
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    section_id TEXT NOT NULL,
    parent_id TEXT,
    level INTEGER NOT NULL,
    number TEXT NOT NULL,
    label TEXT NOT NULL,
    heading TEXT NOT NULL,
    start INTEGER NOT NULL,
    heading_end INTEGER NOT NULL,
    end INTEGER NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (report, ordinal)
) WITHOUT ROWID;

CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading_path TEXT NOT NULL,  -- JSON
    section_id TEXT,
    part TEXT NOT NULL,
    kind TEXT NOT NULL,
    page INTEGER,
    vector INTEGER REFERENCES vector  -- none for passages that hold headings only
);
CREATE INDEX passage_report ON passage (report);
CREATE INDEX passage_vector ON passage (vector);

CREATE TABLE sentence (
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,      -- into the report's text
    end INTEGER NOT NULL,
    vector INTEGER REFERENCES vector,
    PRIMARY KEY (passage, ordinal)
) WITHOUT ROWID;
CREATE INDEX sentence_vector ON sentence (vector);
"""


def make_version_1(data: Path) -> None:
    """Make the index in `data` one of format 1, its generation and all that was in it the same."""
    file = data / "store.sqlite3"
    newer = data / "newer.sqlite3"
    file.rename(newer)
    store = sqlite3.connect(file, isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute(f"PRAGMA application_id = {0x47565348}")
    store.execute("PRAGMA user_version = 1")
    store.executescript(TABLES)
    store.execute("ATTACH ? AS newer", (str(newer),))
    for table in ("setting", "vector", "report", "section", "passage", "sentence"):
        store.execute(f"INSERT INTO {table} SELECT * FROM newer.{table}")
    store.execute("DELETE FROM setting WHERE name = 'statements'")
    store.execute("DETACH newer")
    store.close()
    newer.unlink()


def version_of(data: Path) -> int:
    """The format that an index says it has."""
    store = sqlite3.connect(data / "store.sqlite3")
    version = int(store.execute("PRAGMA user_version").fetchone()[0])
    store.close()
    return version
