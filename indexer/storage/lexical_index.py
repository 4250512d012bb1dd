"""The word index: BM25 over pre-cut words, by tantivy.

A folder written once and then only read. Additions are made to a copy that shares the unchanged
files (tantivy never changes a file, it writes new ones): readers of the old one are undisturbed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import tantivy

from indexer.types import Scored, Selection

# The fields of a passage, and how much a word found there counts beside one in the body. Headings
# are shared by neighbours and say little that bodies don't. The place's words choose the report:
# with them at 0.75 the right passage of 17 reports is among the first ten for 77% of 122 questions,
# at 0.5 for 74%, without both fields for 70%.
FIELD_WEIGHTS: Mapping[str, float] = {"body": 1.0, "heading": 0.25, "place": 0.75}

_WRITER_BYTES = 128_000_000
# One writing thread: passages stay in the order they came, and equal input makes equal indexes.
_WRITER_THREADS = 1
# tantivy drops all but k of equal scores by its own order: so many more are fetched, so that those
# that are kept are chosen by key.
_TIES = 16
# Scores are 32-bit sums whose order of addition depends on how the index was built.
_SCORE_DIGITS = 4
# The files tantivy replaces or locks; all others are never changed once written.
_CHANGING = ("meta.json", ".managed.json")


@dataclass(frozen=True, slots=True)
class Posting:
    """A passage's words by field; `report` is its report's row number."""

    key: int
    report: int
    body: list[str]
    heading: list[str]
    place: list[str]


class LexicalIndex:
    """An opened word index. Its methods may be called from several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open a finished index. Raises ValueError if it can't be read."""
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")  # it won't change: no thread that watches the folder
        index.reload()
        return cls(index)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        terms: Mapping[str, float],
        k: int,
        within: Selection | None = None,
        field_weights: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> list[Scored]:
        """The k best passages by BM25 (k1 1.2, b 0.75) summed over weighted terms and fields.

        Word frequencies are those of the whole index, also when searching within a selection.
        """
        clauses = [
            (tantivy.Occur.Should, self._term(field, term, weight * field_weight))
            for term, weight in terms.items()
            for field, field_weight in field_weights.items()
            if weight * field_weight > 0
        ]
        if not clauses or k < 1 or (within is not None and not within.reports):
            return []
        query = tantivy.Query.boolean_query(clauses)
        if within is not None:
            chosen = tantivy.Query.term_set_query(self._schema, "report", list(within.reports))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(chosen, 0.0)),
                ]
            )
        # Counting all hits would keep tantivy from skipping those that can't be among the best.
        hits = self._searcher.search(query, k + _TIES, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        found = [
            Scored(int(key), round(float(score), _SCORE_DIGITS))
            for key, (score, _) in zip(keys, hits, strict=True)
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.key))[:k]

    def keys(self) -> set[int]:
        """The keys of all passages in the index."""
        everything = self._searcher.search(
            tantivy.Query.all_query(), max(len(self), 1), count=False
        ).hits
        return set(self._searcher.fast_field_values("key", [address for _, address in everything]))

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
        return tantivy.Query.boost_query(query, weight)


def write(folder: Path, postings: Iterable[Posting], previous: Path | None = None) -> None:
    """Write an index of the postings, added to those of `previous` if given, to a new folder."""
    folder.mkdir()
    if previous is not None:
        _share(previous, folder)
        index = tantivy.Index.open(str(folder))
    else:
        index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(_WRITER_BYTES, num_threads=_WRITER_THREADS)
    for posting in postings:
        document = tantivy.Document()
        document.add_unsigned("key", posting.key)
        document.add_unsigned("report", posting.report)
        # Words have no white space in them, so tantivy's white space tokenizer gives them back.
        document.add_text("body", " ".join(posting.body))
        document.add_text("heading", " ".join(posting.heading))
        document.add_text("place", " ".join(posting.place))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELD_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("report", indexed=True)
    return builder.build()


def _share(previous: Path, folder: Path) -> None:
    for file in previous.iterdir():
        if file.suffix == ".lock":
            continue
        if file.name in _CHANGING:
            shutil.copy2(file, folder / file.name)
            continue
        try:
            os.link(file, folder / file.name)
        except OSError:  # a file system without hard links
            shutil.copy2(file, folder / file.name)
