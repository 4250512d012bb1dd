"""One sentence of one report as a hit, and a question to compare its figures with."""

from __future__ import annotations

from corpus.report import Citation, ReportKind, Span
from search_api.answering.asked import asked_for
from search_api.answering.asking import Asking, FigureCandidate, Told
from search_api.answering.frames import frames
from search_api.answering.match import FEATURES, figure_candidates, figure_features
from search_api.answering.wording import wording
from search_api.results import Hit
from search_api.retrieval.expectation import expect
from search_api.retrieval.query import chinese_query
from search_api.questions.question import Language, Question, years_in

REPORT = "云溪县-2026"


def asked_of(
    question: str,
    sentence: str,
    *headings: str,
    kind: ReportKind = ReportKind.WORK_REPORT,
) -> tuple[list[FigureCandidate], Asking]:
    """The figures of a sentence of a report of 2026, under these headings, and what is asked."""
    path = headings or ("一、2025年工作回顾",)
    years = years_in(question)
    topic = question
    for year in years:
        topic = topic.replace(f"{year}年", "")
    asked = Question(question, Language.ZH, topic, years=years)
    expected = expect(asked)
    query = chinese_query(asked)
    hit = Hit(
        rank=1,
        score=1.0,
        passage_id=f"{REPORT}:0-{len(sentence)}",
        text=sentence,
        heading_path=path,
        citation=Citation(REPORT, 0, len(sentence), sentence, path, "", "", 2026, ""),
        sentences=(Span(0, len(sentence)),),
    )
    asking = Asking(
        text=question,
        asked=asked_for(asked, expected),
        wording=wording(query.groups, [sentence]),
        indicators=tuple(term for term in query.official if term.indicator),
        places=(),
        told={REPORT: Told(kind, 2026)},
        frames={REPORT: frames(sentence, [])},
    )
    return figure_candidates([hit]), asking


def features(question: str, sentence: str, *headings: str) -> dict[str, dict[str, float]]:
    """Per figure of the sentence (as it is written) its features."""
    candidates, asking = asked_of(question, sentence, *headings)
    rows = figure_features(candidates, asking)
    return {
        each.figure.quantity.span.of(sentence): dict(zip(FEATURES, row, strict=True))
        for each, row in zip(candidates, rows, strict=True)
    }
