"""The JSON of a question and its answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.answering.types import Answer, Said
from search_api.engine import MAX_QUERY_CHARACTERS, MAX_TOP_K
from search_api.shapes.citation_shapes import CitationOut, citation_out
from search_api.shapes.search_shapes import HitOut, hit_out


class AskIn(BaseModel):
    """A question. The filters shut other reports out; empty ones are none."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=MAX_QUERY_CHARACTERS)
    top_k: int = Field(default=10, ge=1, le=MAX_TOP_K)
    region: str | None = Field(default=None, description="only this place and its parts")
    year: int | None = Field(default=None, description="only reports of this year")
    report_id: str | None = Field(default=None, description="only this report")
    kind: str | None = Field(
        default=None, description="only work_report, rule_of_law, bulletin or other"
    )


class SaidOut(BaseModel):
    """A sentence of an answer with the citation that proves it."""

    text: str
    citation: CitationOut
    proven: bool


class FindingOut(BaseModel):
    """What one report answers."""

    report_id: str
    title: str
    region: str
    year: int | None
    answer: str
    sentences: list[SaidOut]
    confidence: float


class CoverageOut(BaseModel):
    """How many reports were asked, in how many it was found, and in which it was not."""

    reports: int
    found: int
    not_found: list[str]


class AnswerOut(BaseModel):
    """The answer to `POST /api/ask`. `answer` is null if `answered` is false; `reason` says why.

    For a figure `answer` is the figure with its unit; for a list, the items joined by 、; otherwise
    the sentences. `confidence` is the reader's probability of what it says, 0..1.
    """

    question: str
    answered: bool
    answer: str | None
    kind: Literal["figure", "date", "name", "list", "yes_no", "wording", "count"]
    confidence: float
    reason: str | None = None
    reason_code: Literal["no_report", "year_not_covered", "not_stated", "nothing_found"] | None = (
        None
    )
    sentences: list[SaidOut]
    citations: list[CitationOut]
    findings: list[FindingOut] = []
    coverage: CoverageOut | None = None
    notices: list[str] = []
    hits: list[HitOut]


def said_out(said: Said) -> SaidOut:
    """A sentence of an answer as JSON."""
    return SaidOut(text=said.text, citation=citation_out(said.citation), proven=said.proven)


def answer_out(answer: Answer) -> AnswerOut:
    """An answer as JSON."""
    coverage = answer.coverage
    return AnswerOut(
        question=answer.question,
        answered=answer.answered,
        answer=answer.answer,
        kind=answer.answering.value,
        confidence=round(answer.confidence, 4),
        reason=answer.reason or None,
        reason_code=answer.why.value if answer.why else None,
        sentences=[said_out(each) for each in answer.said],
        citations=[citation_out(each) for each in answer.citations],
        findings=[
            FindingOut(
                report_id=each.report_id,
                title=each.title,
                region=each.region,
                year=each.year,
                answer=each.answer,
                sentences=[said_out(said) for said in each.said],
                confidence=round(each.confidence, 4),
            )
            for each in answer.findings
        ],
        coverage=CoverageOut(
            reports=coverage.reports, found=coverage.found, not_found=list(coverage.not_found)
        )
        if coverage
        else None,
        notices=list(answer.notices),
        hits=[hit_out(hit) for hit in answer.hits],
    )
