"""Adding reports to an index and removing them.

A build reads files, embeds what has no vector yet and writes report by report, so that an
interrupted one goes on where it was. Reports that were indexed before their statements were stored,
or when statements were read otherwise, get them from what is stored. At the end it makes the indexes
and raises the generation, which is when readers see any of it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.load import Skipped, discover
from corpus.parse import PARSER_VERSION
from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.errors import UnknownReportError
from indexer.ingest import Ingest
from indexer.progress import Progress, silent
from indexer.rebuild import RebuildSummary, rebuild
from indexer.restate import restate
from indexer.settings import check_encoder, write_encoder
from indexer.storage import records, stated
from indexer.storage.lock import write_lock, writing
from indexer.storage.publish import advance, finish, publish
from indexer.storage.store import Store, make_folder, open_for_reading, open_or_create
from indexer.verify import VerifySummary, verify

__all__ = [
    "BuildSummary",
    "Published",
    "RebuildSummary",
    "RemoveSummary",
    "VerifySummary",
    "add",
    "create",
    "published",
    "rebuild",
    "remove",
    "verify",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did. Report ids are in the order they were met."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    vanished: tuple[str, ...]  # indexed earlier from a folder given, their files are gone: kept
    characters: int  # of the reports this run wrote (an interrupted run wrote its own)
    passages: int  # of the same, headings not counted
    embedded: int  # texts (passages and sentences) that had no vector yet
    seconds: float


@dataclass(frozen=True, slots=True)
class RemoveSummary:
    """What was removed. `erased` is False while a reader of an older state keeps the log alive."""

    removed: tuple[str, ...]
    passages: int
    erased: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What an index has at one moment: `files` are (file, its fingerprint), one for each report.

    A file that a report was read from is absolute, and may be gone by now.
    """

    generation: int
    files: tuple[tuple[Path, str], ...]


def add(
    paths: Sequence[Path],
    data: Path,
    encoder: Encoder,
    settings: EncoderSettings,
    progress: Progress = silent,
    named_from: Path | None = None,
) -> BuildSummary:
    """Index files and folders into the folder `data`, made if missing.

    Sources are named as `paths` are; with `named_from`, a folder that holds them all, relative to it.

    Files that can't be read are skipped with the reason; a report whose new version can't be read
    keeps its old one. Raises GovsearchError if nothing is found at `paths`, IndexBusyError,
    EncoderMismatchError, ForeignFolderError and FolderPermissionError.
    """
    started = time.monotonic()
    discovery = discover(paths)
    if named_from is not None:
        discovery = replace(
            discovery,
            files=tuple(
                replace(file, name=file.path.relative_to(named_from).as_posix())
                for file in discovery.files
            ),
        )
    make_folder(data)
    with write_lock(data):
        store = open_or_create(data)
        try:
            check_encoder(store, encoder)
            write_encoder(store, encoder, settings)
            store.set("parser_version", PARSER_VERSION)
            stated.make_ready(store)
            build = Ingest(store, encoder, progress, list(discovery.skipped))
            build.run(discovery)
            restate(store, progress)
            vanished = _vanished(store, paths)
            publish(store, [], progress)
        finally:
            store.close()
    return BuildSummary(
        added=tuple(build.added),
        updated=tuple(build.updated),
        unchanged=tuple(build.unchanged),
        skipped=tuple(build.skipped),
        vanished=vanished,
        characters=build.characters,
        passages=build.passages,
        embedded=build.embedded,
        seconds=time.monotonic() - started,
    )


def create(data: Path, encoder: Encoder, settings: EncoderSettings) -> None:
    """Make an index without reports in the folder `data`, made if missing, so that it can be opened.

    An index that is there stays as it is. Raises IndexBusyError, ForeignFolderError and
    FolderPermissionError.
    """
    make_folder(data)
    with write_lock(data):
        store = open_or_create(data)
        try:
            if store.generation:
                return
            check_encoder(store, encoder)
            write_encoder(store, encoder, settings)
            store.set("parser_version", PARSER_VERSION)
            stated.make_ready(store)
            with store.transaction():
                advance(store, [], silent)
            finish(store)
        finally:
            store.close()


def withdraw(data: Path) -> int:
    """Forget the reports that a build wrote and didn't publish; returns how many there were.

    The next build would publish them, also where its own files have nothing to do with them.
    Raises as opening does, and IndexBusyError.
    """
    with writing(data) as store:
        found = store.rows("SELECT id FROM report WHERE born > ?", (store.generation,))
        if found:
            with store.transaction():
                # Rows of the same table that stay as they are would say that all of it is indexed.
                store.execute(
                    "UPDATE report SET fingerprint = '' WHERE fingerprint IN"
                    " (SELECT fingerprint FROM report WHERE born > ?)",
                    (store.generation,),
                )
                records.delete_reports(store, [row for (row,) in found])
    return len(found)


def published(data: Path) -> Published:
    """What readers who came now would see, also while another process writes.

    Raises as opening does.
    """
    store = open_for_reading(data)
    try:
        sql = "SELECT path, fingerprint FROM report WHERE born <= ?"
        files = tuple((Path(path), mark) for path, mark in store.rows(sql, (store.generation,)))
        return Published(store.generation, files)
    finally:
        store.close()


def remove(report_ids: Sequence[str], data: Path, progress: Progress = silent) -> RemoveSummary:
    """Remove reports with every trace: text, passages, vectors, words.

    Raises UnknownReportError (and removes nothing) if one isn't there, and IndexBusyError.
    """
    wanted = tuple(dict.fromkeys(report_ids))
    with writing(data) as store:
        known = {row[0] for row in store.rows("SELECT report_id FROM report")}
        for report_id in wanted:
            if report_id not in known:
                raise UnknownReportError(report_id, known)
        # All versions, also one that an interrupted build has written and nobody has seen.
        found = [
            row
            for report_id in wanted
            for row in store.rows(
                "SELECT id, (SELECT count(vector) FROM passage WHERE report = report.id)"
                " FROM report WHERE report_id = ?",
                (report_id,),
            )
        ]
        erased = publish(store, [row for row, _ in found], progress)
    return RemoveSummary(wanted, sum(passages for _, passages in found), erased)


def _vanished(store: Store, paths: Sequence[Path]) -> tuple[str, ...]:
    """Reports whose files were in a folder given (or were given) and are there no more."""
    given = [path.absolute() for path in paths]
    return tuple(
        report_id
        for report_id, path in store.rows(
            "SELECT DISTINCT report_id, path FROM report ORDER BY report_id"
        )
        if any(Path(path).is_relative_to(place) for place in given) and not Path(path).exists()
    )
