"""Statements as rows of the store, and of which reports they are there.

Rows of one reading only are ever kept: the setting `statements` names it, and another one begins with empty
tables. A report's statements are written in one transaction under the next generation's number, as reports are,
so that readers see all of them or make them themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from corpus.statements.report_statements import STATEMENTS_VERSION
from corpus.statements.statement import Statement
from indexer.storage.schema import DROP_STATEMENT_TABLES, STATEMENT_FIELDS, STATEMENT_TABLES
from indexer.storage.store import Store

# Which reading makes statements now, and which fields they have.
READING: Final = f"{STATEMENTS_VERSION} {STATEMENT_FIELDS.shape}"
_SETTING: Final = "statements"
_NAMES: Final = ", ".join(f'"{column.name}"' for column in STATEMENT_FIELDS.columns)
_MARKS: Final = ", ".join("?" * len(STATEMENT_FIELDS.columns))


def is_ready(store: Store) -> bool:
    """Whether the store has the tables for statements as they are read now."""
    return store.setting(_SETTING) == READING


def make_ready(store: Store) -> None:
    """Begin with empty tables unless they are those for statements as they are read now.

    This is also what makes a store of version 1 one of version 2.
    """
    if is_ready(store):
        return
    with store.transaction():
        store.script(DROP_STATEMENT_TABLES)
        store.script(STATEMENT_TABLES)
        store.upgraded()
        store.set(_SETTING, READING)


def write(store: Store, row: int, statements: Iterable[Statement]) -> None:
    """Write the statements of the report in this row, seen from the next generation on.

    Inside a transaction, on a store that is ready.
    """
    store.many(
        f"INSERT INTO statement (report, ordinal, {_NAMES}) VALUES (?, ?, {_MARKS})",
        (
            (row, ordinal, *STATEMENT_FIELDS.row(statement))
            for ordinal, statement in enumerate(statements)
        ),
    )
    store.execute("INSERT INTO stated VALUES (?, ?)", (row, store.generation + 1))


def stated(store: Store, generation: int) -> frozenset[int]:
    """The rows of the reports whose statements a generation sees."""
    if not is_ready(store):
        return frozenset()
    sql = "SELECT report FROM stated WHERE born <= ?"
    return frozenset(row for (row,) in store.rows(sql, (generation,)))


def is_new(store: Store) -> bool:
    """Whether there are statements that no generation sees yet."""
    sql = "SELECT 1 FROM stated WHERE born > ? LIMIT 1"
    return is_ready(store) and bool(store.rows(sql, (store.generation,)))


def unstated(store: Store) -> list[int]:
    """The rows of the reports whose statements are to be made, for a store that is ready.

    None of a version that a newer one is about to replace.
    """
    sql = (
        "SELECT id FROM report old WHERE id NOT IN (SELECT report FROM stated) AND NOT EXISTS"
        " (SELECT 1 FROM report new WHERE new.report_id = old.report_id AND new.born > old.born)"
        " ORDER BY id"
    )
    return [row for (row,) in store.rows(sql)]


def statements(store: Store, row: int) -> tuple[Statement, ...]:
    """The stored statements of the report in this row, in reading order."""
    sql = f"SELECT {_NAMES} FROM statement WHERE report = ? ORDER BY ordinal"
    return STATEMENT_FIELDS.records(store.rows(sql, (row,)))
