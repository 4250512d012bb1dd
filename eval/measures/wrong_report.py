"""How often is the first hit from another report than the one whose place is named?"""

from __future__ import annotations

from eval.types import Query


def wrong_report(query: Query, first_report: str | None) -> float | None:
    """1 if the first hit is of another report, 0 if of the right one; nothing retrieved is wrong.

    None where it can't be said: the place is not named, or the reports don't answer.
    """
    if not query.named or not query.report_id or not query.answerable:
        return None
    return float(first_report != query.report_id)
