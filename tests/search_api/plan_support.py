"""Questions of an index of no places as plans, and sentences as statements and hits. All is invented."""

from __future__ import annotations

from corpus.places.regions import load_gazetteer
from corpus.report import Citation, ReportKind, Span
from corpus.statements.period import Told, told_by
from corpus.statements.reading import statements
from corpus.statements.statement import Period, Statement
from corpus.statements.timing import Context
from search_api.answering.reading.value_candidates import ValueCandidate, value_candidates
from search_api.answering.reading.value_features import Compared
from search_api.answering.reading.wording import wording
from search_api.questions.plan import Operation, Plan
from search_api.questions.planning import plan_of
from search_api.questions.question import understand
from search_api.questions.terms import official_spelling
from search_api.results import Hit
from search_api.retrieval.query import chinese_query

REPORT = "云溪县-2026"
TOLD = told_by(ReportKind.WORK_REPORT, 2026)


def plan(text: str, operation: Operation | None = None) -> Plan:
    """The plan of a question, in an index that has no reports of the places it names."""
    return plan_of(understand(official_spelling(text), load_gazetteer(), ()), operation)


def stated(
    sentence: str, *headings: str, told: Told = TOLD, stretch: Period | None = None
) -> dict[str, Statement]:
    """The statements of a sentence of a report of 2026 under these headings, by their figure as written."""
    context = Context(headings, told, stretch)
    return {each.quantity.span.of(sentence): each for each in statements(sentence, 0, context)}


def hit(
    sentences: tuple[str, ...],
    *headings: str,
    likeness: tuple[float, ...] = (),
    rank: int = 1,
    start: int = 0,
    report_id: str = REPORT,
) -> Hit:
    """A passage of these sentences."""
    text = "".join(sentences)
    spans: list[Span] = []
    at = start
    for each in sentences:
        spans.append(Span(at, at + len(each)))
        at += len(each)
    return Hit(
        rank=rank,
        score=1.0,
        passage_id=f"{report_id}:{start}-{at}",
        text=text,
        heading_path=headings,
        citation=Citation(report_id, start, at, text, headings, "", "", 2026, ""),
        sentences=tuple(spans),
        likeness=likeness,
    )


def candidates_of(*hits: Hit, told: Told = TOLD) -> list[ValueCandidate]:
    """The statements of hits as candidates."""
    found = {
        span.start: statements(
            each.text[span.start - each.citation.start : span.end - each.citation.start],
            span.start,
            Context(each.heading_path, told),
        )
        for each in hits
        for span in each.sentences
    }
    return value_candidates(hits, lambda report_id: found)


def compared(asked: Plan, *hits: Hit, told: Told = TOLD, places: tuple[str, ...] = ()) -> Compared:
    """What candidates of these hits are compared with."""
    sentences = [
        each.text[span.start - each.citation.start : span.end - each.citation.start]
        for each in hits
        for span in each.sentences
    ]
    groups = chinese_query(asked.question).groups
    return Compared(asked, wording(groups, sentences), places, lambda report_id: told)
