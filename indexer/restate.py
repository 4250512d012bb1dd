"""Statements made from what is stored of a report: no file is read again and nothing is embedded."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.statements.report_statements import report_statements
from corpus.statements.statement import Statement
from indexer.progress import Progress, Stage, Step
from indexer.storage import records, stated
from indexer.storage.records import metadata_from_json
from indexer.storage.store import Store


def made_again(store: Store, row: int) -> Iterator[Statement]:
    """The statements of the report in this row, in reading order, as they are read now."""
    text, metadata = store.rows("SELECT text, metadata FROM report WHERE id = ?", (row,))[0]
    sections = records.sections(store, row)
    passages = records.report_passages(store, row)
    return report_statements(text, metadata_from_json(metadata), sections, passages)


def restate(store: Store, progress: Progress) -> None:
    """Write the statements of all reports that lack them, as those of the next generation.

    For an index made before they were stored, or with another reading of them. Committed report by report, so
    that an interrupted run goes on where it was. The store is ready for them (`stated.make_ready`).
    """
    rows = stated.unstated(store)
    for done, row in enumerate(rows):
        progress(Step(Stage.STATING, done, len(rows)))
        found = list(made_again(store, row))
        with store.transaction():
            stated.write(store, row, found)
    if rows:
        progress(Step(Stage.STATING, len(rows), len(rows)))
