"""What a sentence states, by its figures as they are written."""

from __future__ import annotations

from corpus.report import ReportKind
from corpus.statements.period import Told, told_by
from corpus.statements.reading import statements
from corpus.statements.statement import Period, Statement
from corpus.statements.timing import Context

BULLETIN = told_by(ReportKind.BULLETIN, 2025)  # done 2025, planned 2026
WORK = told_by(ReportKind.WORK_REPORT, 2026)  # the same years, given in 2026


def stated(
    sentence: str, *headings: str, told: Told = BULLETIN, stretch: Period | None = None
) -> dict[str, Statement]:
    """The statements of a sentence by their figures; of equal ones the last."""
    found = statements(sentence, 0, Context(headings, told, stretch))
    return {each.quantity.span.of(sentence): each for each in found}


def words_of(sentence: str, *headings: str) -> list[str]:
    """What the figures of a sentence are of, in order."""
    return [each.words for each in statements(sentence, 0, Context(headings, BULLETIN))]
