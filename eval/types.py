"""What are a judged question, a ranking, an answer? Frozen types; everything in `eval` imports them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# The kind of a question that the reports don't answer: refusing it is right.
UNANSWERABLE: Final = "unanswerable"

Grades = Mapping[str, int]
Qrels = Mapping[str, Grades]  # query id -> document id -> grade, 0 and below not relevant


class Unit(StrEnum):
    """What a document of a run is: what relevance was judged of."""

    EVIDENCE = "evidence"  # a gold quote, whichever passage shows it (`eval.judgements.credit`)
    PASSAGE = "passage"  # a passage of the index, by `passage_id`
    REPORT = "report"  # a whole report, or a document of a BEIR or SQuAD collection


@dataclass(frozen=True, slots=True)
class Query:
    """One question in one language. `query_id` has no white space: TREC files are split at it.

    `report_id` is the report that is asked about, "" where no single one is; `named`: the question
    names its place, None where nobody said. `quotes` are sentences of that report that answer it,
    `answers` the figures or list items (several figures are alternatives, list items all wanted).
    """

    query_id: str
    text: str
    language: str = ""
    kind: str = ""
    named: bool | None = None
    report_id: str = ""
    answers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the reports answer it."""
        return self.kind != UNANSWERABLE


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a judged collection that brings its own texts (BEIR, SQuAD layout)."""

    doc_id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions with what is relevant to them, as read from files.

    Either `qrels` say which documents are relevant (`unit` PASSAGE or REPORT), or the queries'
    quotes do (`unit` EVIDENCE, `qrels` empty until an index is there to find them in).
    `documents` are the collection's own texts, empty where the index already holds the reports.
    `checksum` is the SHA-256 of the files' bytes. `lines`: where each query stands in its file.
    `notes`: what of the files was left out, for people.
    """

    name: str
    path: str
    checksum: str
    unit: Unit
    queries: tuple[Query, ...]
    qrels: Qrels = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document of a ranking. Higher scores are better; order is that of the ranking itself."""

    doc_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Run:
    """What a system returned: per query id a ranking, best first, without repeated documents."""

    system: str
    rankings: Mapping[str, Sequence[Ranked]]
