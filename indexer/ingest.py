"""From files to rows of the store: read, embed what has no vector yet, write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import GovsearchError, UnreadableFileError
from corpus.load import Discovery, Skipped, SourceFile, fingerprint, read
from corpus.report import ParsedReport, PassageKind
from corpus.statements.report_statements import report_statements
from corpus.statements.statement import Statement
from indexer.encoders.encoder import Encoder
from indexer.progress import Progress, Stage, Step
from indexer.storage import records, stated
from indexer.storage.records import Origin
from indexer.storage.store import Store

# Texts embedded together and then committed: enough for the encoder to sort them by length, few
# enough that an interruption costs some seconds of work.
_BATCH_TEXTS = 512


@dataclass(slots=True)
class _Pending:
    """A file that was read and is yet to be embedded and written."""

    file: SourceFile
    fingerprint: str
    reports: tuple[ParsedReport, ...]
    size: int


@dataclass(slots=True)
class Ingest:
    """One build's reading, embedding and writing, up to but without publishing."""

    store: Store
    encoder: Encoder
    progress: Progress
    skipped: list[Skipped]
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    characters: int = 0
    passages: int = 0
    embedded: int = 0
    seen: dict[str, str] = field(default_factory=dict)  # report ids of this build: their files
    total_bytes: int = 0
    done_bytes: int = 0

    def run(self, discovery: Discovery) -> None:
        """Write every new or changed report of the files found, unpublished."""
        new = self._new_files(discovery)
        self.total_bytes = sum(size for _, _, size in new)
        pending: list[_Pending] = []
        texts = 0
        for file, mark, size in new:
            try:
                reports = read(file)
            except Exception as error:  # noqa: BLE001
                # Whatever a reading library makes of one broken file, the others are indexed;
                # the summary names the file and the error.
                self.skipped.append(Skipped(file.name, _reason(error)))
                self.done_bytes += size
                continue
            pending.append(_Pending(file, mark, reports, size))
            texts += sum(_text_count(parsed) for parsed in reports)
            if texts >= _BATCH_TEXTS:
                self._write(pending)
                pending, texts = [], 0
        self._write(pending)

    def _new_files(self, discovery: Discovery) -> list[tuple[SourceFile, str, int]]:
        """The files not indexed as they are now, with their fingerprints and sizes in bytes."""
        sizes = [_size(file) for file in discovery.files]
        new: list[tuple[SourceFile, str, int]] = []
        done = 0
        for file, size in zip(discovery.files, sizes, strict=True):
            self.progress(Step(Stage.HASHING, done, sum(sizes), file.name))
            done += size
            try:
                mark = fingerprint(file)
            except (GovsearchError, OSError) as error:
                self.skipped.append(Skipped(file.name, _reason(error)))
                continue
            if not self._is_indexed(file, mark):
                new.append((file, mark, size))
        self.progress(Step(Stage.HASHING, done, sum(sizes)))
        return new

    def _is_indexed(self, file: SourceFile, mark: str) -> bool:
        """Whether the file was read before as it is now; its reports are listed then."""
        found = self.store.rows(
            "SELECT id, report_id, path FROM report WHERE fingerprint = ?", (mark,)
        )
        for row, report_id, path in found:
            self._list(report_id)
            if path != _absolute(file) and not Path(path).exists():  # the file was moved
                self._move(row, Origin(file.name, _absolute(file), mark))
        return bool(found)

    def _write(self, pending: Sequence[_Pending]) -> None:
        """Embed and write some files' reports."""
        changed = [
            (parsed, Origin(file.file.name, _absolute(file.file), file.fingerprint))
            for file in pending
            for parsed in file.reports
            if self._has_changed(file, parsed)
        ]
        size = sum(file.size for file in pending)
        vectors = self._embed([parsed for parsed, _ in changed], size)
        with self.store.transaction():
            records.write_vectors(self.store, *vectors)
            for parsed, origin in changed:
                texts = _texts(parsed)
                hashes = [self._hash(text) for text in texts]
                found = records.vector_ids(self.store, hashes)
                rows = {text: found[name] for text, name in zip(texts, hashes, strict=True)}
                self._replace_unpublished(parsed.report.report_id)
                born = self.store.generation + 1
                row = records.write_report(self.store, parsed, origin, born, rows)
                stated.write(self.store, row, _statements(parsed))
                self.characters += len(parsed.report.text)
                self.passages += sum(p.kind is PassageKind.TEXT for p in parsed.passages)
                self._list(parsed.report.report_id)
        self.done_bytes += size
        self.progress(Step(Stage.INDEXING, self.done_bytes, self.total_bytes))

    def _has_changed(self, file: _Pending, parsed: ParsedReport) -> bool:
        """Whether the report must be written; if not, it is listed as unchanged or skipped."""
        report_id = parsed.report.report_id
        here = _absolute(file.file)
        if report_id in self.seen:
            other = self.seen[report_id]
            self._skip(file, f"report id {report_id!r} is also given by {other}")
            return False
        self.seen[report_id] = file.file.name
        for row, path, source, mark in self.store.rows(
            "SELECT id, path, source, digest FROM report WHERE report_id = ? ORDER BY born DESC",
            (report_id,),
        ):
            if path != here and Path(path).exists():
                self._skip(file, f"report id {report_id!r} is already used by {source}")
                return False
            if mark == records.digest(parsed):
                self._move(row, Origin(file.file.name, here, file.fingerprint))
                self._list(report_id)
                return False
            break  # only the newest version counts
        return True

    def _embed(
        self, reports: Sequence[ParsedReport], size: int
    ) -> tuple[list[str], NDArray[np.float32]]:
        """Hashes and vectors of the reports' texts that have no vector yet."""
        texts = {self._hash(text): text for parsed in reports for text in _texts(parsed)}
        for name in records.vector_ids(self.store, texts):
            del texts[name]
        if not texts:
            return [], np.empty((0, self.encoder.dimension), dtype=np.float32)

        done = 0

        def show(more: int) -> None:
            nonlocal done
            done += more
            bytes_done = self.done_bytes + size * done // len(texts)
            name = reports[0].report.report_id
            self.progress(Step(Stage.INDEXING, bytes_done, self.total_bytes, name))

        show(0)
        vectors = self.encoder.encode_passages(list(texts.values()), show)
        self.embedded += len(texts)
        return list(texts), vectors

    def _replace_unpublished(self, report_id: str) -> None:
        """Forget a version that an interrupted build wrote."""
        sql = "SELECT id FROM report WHERE report_id = ? AND born > ?"
        rows = self.store.rows(sql, (report_id, self.store.generation))
        if rows:
            records.delete_reports(self.store, [row[0] for row in rows])

    def _list(self, report_id: str) -> None:
        """Put a report that the store has as it is now on the list it belongs to."""
        born = [
            row[0]
            for row in self.store.rows("SELECT born FROM report WHERE report_id = ?", (report_id,))
        ]
        generation = self.store.generation
        if max(born) <= generation:
            self.unchanged.append(report_id)
        elif min(born) <= generation:
            self.updated.append(report_id)
        else:
            self.added.append(report_id)

    def _move(self, row: int, origin: Origin) -> None:
        self.store.execute(
            "UPDATE report SET source = ?, path = ?, fingerprint = ? WHERE id = ?",
            (origin.source, origin.path, origin.fingerprint, row),
        )

    def _skip(self, file: _Pending, reason: str) -> None:
        self.skipped.append(Skipped(file.file.name, reason))

    def _hash(self, text: str) -> str:
        return records.vector_hash(self.encoder.identity, text)


def _texts(parsed: ParsedReport) -> list[str]:
    metadata = parsed.report.metadata
    return list(records.embedded_texts(parsed.passages, metadata).all())


def _statements(parsed: ParsedReport) -> Iterator[Statement]:
    report = parsed.report
    return report_statements(report.text, report.metadata, parsed.sections, parsed.passages)


def _text_count(parsed: ParsedReport) -> int:
    return sum(1 + len(passage.sentences) for passage in parsed.passages)


def _absolute(file: SourceFile) -> str:
    return str(file.path.absolute())


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:  # it vanished; reading it will say so
        return 0


def _reason(error: Exception) -> str:
    if isinstance(error, UnreadableFileError):
        return error.reason
    if isinstance(error, GovsearchError):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"reading it failed ({type(error).__name__}: {error})"
