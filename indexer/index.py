"""The index as a reader sees it: one generation, opened and unchanging."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage, Section
from corpus.statements.statement import Statement
from indexer.encoders.encoder import EncoderSettings
from indexer.errors import DamagedIndexError, IndexNotFoundError, UnknownReportError
from indexer.restate import made_again
from indexer.settings import read_encoder_settings
from indexer.storage import records, stated
from indexer.storage.derived import Derived, DerivedMissingError, ensure_derived, open_derived
from indexer.storage.kept import Kept
from indexer.storage.lexical_index import FIELD_WEIGHTS
from indexer.storage.store import Store, open_for_reading, open_live
from indexer.types import ReportInfo, Scored, Selection

__all__ = ["Index", "ReportInfo", "Scored", "Selection"]

# A writer that publishes while a reader opens takes the older generation's indexes away: the
# reader begins again, with the new one.
_ATTEMPTS = 5
# Passages kept with the vectors of their sentences, as they were read: those of a dozen reports or two, each of
# which is asked in several ways. Some 6 KB each.
PASSAGES_KEPT: Final = 2_048


class Index:
    """One opened generation of an index, read-only. Its methods may be called from any thread."""

    def __init__(self, store: Store, live: Store, derived: Derived) -> None:
        self._store = store
        self._live = live
        self._derived = derived
        self.generation = store.generation
        self.encoder_settings: EncoderSettings = read_encoder_settings(store)
        self.encoder_identity = store.setting("encoder_identity") or ""
        self._dimension = int(store.setting("dimension") or 0)
        self._passages = Kept(partial(records.passages, store), PASSAGES_KEPT)
        self._vectors = Kept(partial(records.sentence_vector_bytes, store), PASSAGES_KEPT)
        self._stated = stated.stated(store, self.generation)
        self._reports: dict[str, tuple[int, int, int]] = {
            report_id: (row, first, end)
            for report_id, row, first, end in store.rows(
                "SELECT report_id, id, first_key, end_key FROM report WHERE born <= ?",
                (self.generation,),
            )
        }

    @classmethod
    def open(cls, data: Path) -> Index:
        """Open the newest generation.

        Vector and word indexes that are missing or don't match the store are made again first.
        Raises IndexNotFoundError, ForeignFolderError, FolderPermissionError, IndexVersionError,
        DamagedIndexError and IndexBusyError if indexes must be made while another process writes.
        """
        problem = ""
        for _ in range(_ATTEMPTS):
            store = open_for_reading(data)
            try:
                generation = store.generation
                if not generation:
                    raise IndexNotFoundError(data, "nothing was indexed into it yet")
                return cls(store, open_live(data), open_derived(store, generation))
            except DerivedMissingError as error:
                problem = str(error)
                store.close()
            except BaseException:
                store.close()
                raise
            ensure_derived(data, generation)
        raise DamagedIndexError(data, problem)

    def is_current(self) -> bool:
        """Whether this is still the newest generation; if not, open the index again."""
        return self._live.generation == self.generation

    def reports(self) -> tuple[ReportInfo, ...]:
        """All reports, ordered by id."""
        return records.report_infos(self._store, self.generation)

    def report(self, report_id: str) -> ReportInfo:
        """One report. Raises UnknownReportError, which suggests the nearest ids."""
        return records.report_infos(self._store, self.generation, self._row(report_id))[0]

    def text(self, report_id: str) -> str:
        """The whole text of a report, as its offsets mean it. Raises UnknownReportError."""
        sql = "SELECT text FROM report WHERE id = ?"
        return str(self._store.rows(sql, (self._row(report_id),))[0][0])

    def sections(self, report_id: str) -> tuple[Section, ...]:
        """The outline of a report in reading order. Raises UnknownReportError."""
        return records.sections(self._store, self._row(report_id))

    def report_passages(self, report_id: str) -> tuple[Passage, ...]:
        """All passages of a report in reading order, those of headings only included."""
        return records.report_passages(self._store, self._row(report_id))

    def statements(self, report_id: str) -> tuple[Statement, ...]:
        """What a report states, in reading order. Raises UnknownReportError.

        Of an index whose statements are not stored, or were read otherwise, they are made each time.
        """
        row = self._row(report_id)
        if row in self._stated:
            return stated.statements(self._store, row)
        return tuple(made_again(self._store, row))

    def keys_of(self, report_ids: Collection[str]) -> Selection:
        """The passages of some reports, to search in. Raises UnknownReportError."""
        for report_id in report_ids:
            self._row(report_id)
        chosen = sorted(self._reports[report_id] for report_id in set(report_ids))
        return Selection(
            tuple(row for row, _, _ in chosen),
            tuple((first, end) for _, first, end in sorted(chosen, key=lambda r: r[1])),
        )

    def dense(
        self, query: NDArray[np.float32], k: int, within: Selection | None = None
    ) -> list[Scored]:
        """The k passages nearest to a query vector `(dim,)` or `(1, dim)`, by inner product."""
        return self._derived.vectors.search(query.reshape(-1), k, within)

    def lexical(
        self,
        terms: Mapping[str, float],
        k: int,
        within: Selection | None = None,
        field_weights: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> list[Scored]:
        """The k best passages by BM25 of weighted words, summed over body, heading and place."""
        return self._derived.words.search(terms, k, within, field_weights)

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of these keys, in their order."""
        return self._passages.of(keys)

    def sentence_vectors(self, keys: Sequence[int]) -> list[NDArray[np.float32]]:
        """Per key the vectors of its sentences, `(n, dim) float32`, as `Passage.sentences`."""
        return [records.from_bytes(each, self._dimension) for each in self._vectors.of(keys)]

    def files(self) -> dict[str, Path]:
        """By report id: the file it was read from last, absolute; it may be gone by now."""
        sql = "SELECT report_id, path FROM report WHERE born <= ? ORDER BY born"
        # Asked of the store as it is now: a file may have moved without a new generation.
        return {
            report_id: Path(path) for report_id, path in self._live.rows(sql, (self.generation,))
        }

    def close(self) -> None:
        """Give the files back. The index can't be used after."""
        self._store.close()
        self._live.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _row(self, report_id: str) -> int:
        if report_id not in self._reports:
            raise UnknownReportError(report_id, self._reports)
        return self._reports[report_id][0]
