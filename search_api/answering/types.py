"""What an answer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from corpus.report import Citation
from corpus.statements.quantities import Quantity
from corpus.statements.statement import Statement
from search_api.questions.plan import Operation
from search_api.questions.question import Language
from search_api.results import Hit


class Answering(StrEnum):
    """The kinds of answers."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    YES_NO = "yes_no"
    WORDING = "wording"
    COUNT = "count"  # over reports: in how many, in which


ANSWERING: Final[Mapping[Operation, Answering]] = MappingProxyType(
    {
        Operation.VALUE: Answering.FIGURE,
        Operation.DATE: Answering.DATE,
        Operation.NAME: Answering.NAME,
        Operation.LIST: Answering.LIST,
        Operation.YES_NO: Answering.YES_NO,
        Operation.WORDS: Answering.WORDING,
    }
)


class Why(StrEnum):
    """Why a question was not answered."""

    NO_REPORT = "no_report"  # no report of the place that is named
    YEAR_NOT_COVERED = "year_not_covered"
    NOT_STATED = "not_stated"  # the reports are there, and don't say it
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True, slots=True)
class Languages:
    """`question`: that of the question and its answer; `told`: that of the reason and the notices."""

    question: Language
    told: Language


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer: its text, and the citation that proves it.

    In an extractive answer `text == citation.quote`. `proven` is False for what a language model
    wrote and the proof did not bear out.
    """

    text: str
    citation: Citation
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, before it is read: the first step of a streamed answer."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one report answers: the figure, items or sentence, and where it says so.

    `statement` is the answer's, if it is a figure, with offsets into the report.
    """

    report_id: str
    title: str
    region: str
    year: int | None
    answer: str
    said: tuple[Said, ...]
    confidence: float
    statement: Statement | None = None

    @property
    def quantity(self) -> Quantity | None:
        """The answer's figure, if it is one."""
        return None if self.statement is None else self.statement.quantity


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports were asked, and in how many it was found."""

    reports: int
    found: int
    not_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof, or why there is none.

    `confidence` is the probability the reader gives its answer (0..1; of a refusal: that there is
    none). `statement` is the answer's, if it is a figure, with offsets into the report. `findings` are
    by report, where several answer. `notices` are for people: what the answer leaves open.
    """

    question: str
    language: Language
    answering: Answering
    answer: str | None
    said: tuple[Said, ...]
    hits: tuple[Hit, ...]
    confidence: float = 0.0
    why: Why | None = None
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    coverage: Coverage | None = None
    notices: tuple[str, ...] = ()
    statement: Statement | None = None

    @property
    def quantity(self) -> Quantity | None:
        """The answer's figure, if it is one."""
        return None if self.statement is None else self.statement.quantity

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return self.answer is not None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all its sentences, each once."""
        return tuple(dict.fromkeys(each.citation for each in self.said))


# The steps of a streamed answer.
Event = Found | Said | Answer
