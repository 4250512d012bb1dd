"""The tables of the store.

A report's row says from which generation on it is seen (`born`). A build writes its reports with
the next generation and raises the generation when all is done, so that readers see whole
generations only and an interrupted build finds what it had already done.

What a report states is made from the report's other rows: its tables are dropped and made anew when
another reading of statements, or other fields, are wanted.
"""

from __future__ import annotations

from corpus.statements.statement import Statement
from indexer.storage.flat import Flat

APPLICATION_ID = 0x47565348  # "GVSH": how SQLite files of ours are told from others'
# 2: statements are stored.
SCHEMA_VERSION = 2
# Versions that can be read as they are; the next build makes the present one of them.
READABLE_VERSIONS = (1, SCHEMA_VERSION)

# AUTOINCREMENT: keys are never used twice, so no index made earlier can point at another passage.
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

STATEMENT_FIELDS = Flat(Statement)

DROP_STATEMENT_TABLES = """
DROP TABLE IF EXISTS statement;
DROP TABLE IF EXISTS stated;
"""

# `statement` has a column for each field of a Statement, spans as offsets into the report's text.
STATEMENT_TABLES = f"""
CREATE TABLE statement (
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,    -- reading order
    {", ".join(column.sql for column in STATEMENT_FIELDS.columns)},
    PRIMARY KEY (report, ordinal)
) WITHOUT ROWID;
CREATE INDEX statement_sentence ON statement (report, sentence_start);

-- The reports whose statements are stored, which may be none.
CREATE TABLE stated (
    report INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    born INTEGER NOT NULL        -- the generation from which on they are seen
);
"""
