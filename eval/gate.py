"""Did it get worse? A result against a baseline, for an exit status.

One unlucky question must not stop a change, a real loss must: a loss counts when the paired
randomisation test makes chance unlikely. With every differing question lost whole, six questions
lost and none won are significant (p = 2 / 2^6 = .031), five are not (p = .0625), whatever the size
of the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from eval.ask import ASK
from eval.ask import MEASURES as ANSWERS
from eval.compare import choose, differences, same_questions
from eval.evaluation import Evaluation, SystemResult
from eval.significance import Difference
from eval.tables import MEASURES as CELLS
from eval.tables import TABLES

# How soon, whether at all, and how well ordered.
MEASURES: Final = ("nDCG@10", "RR@10", "R@5")


@dataclass(frozen=True, slots=True)
class Loss:
    """A significant loss of one measure; `where` is "all questions", a language, or "tables"."""

    measure: str
    where: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class GateResult:
    """Passed when there is no significant loss; `checked` are all differences looked at."""

    passed: bool
    losses: tuple[Loss, ...]
    checked: tuple[Loss, ...]


def gate(
    baseline: Evaluation,
    now: Evaluation,
    *,
    measures: Sequence[str] = MEASURES,
    system: str | None = None,
) -> GateResult:
    """Compare the baseline's first system with `system` (default: the first) of now.

    Raises GovsearchError if they are of other questions or another corpus.
    """
    same_questions(baseline, now)
    checked = _checked(choose(baseline, None), choose(now, system), measures)
    if has_answers(baseline):
        checked += _checked(choose(baseline, ASK), choose(now, ASK), ANSWERS)
    if has_tables(baseline):
        tables = _checked(choose(baseline, TABLES), choose(now, TABLES), CELLS)
        checked += [replace(each, where="tables") for each in tables]
    losses = tuple(
        each for each in checked if each.difference.significant and each.difference.mean < 0
    )
    return GateResult(not losses, losses, tuple(checked))


def has_answers(result: Evaluation) -> bool:
    """Whether our own answers were judged in it."""
    return any(each.system == ASK for each in result.systems)


def has_tables(result: Evaluation) -> bool:
    """Whether our own comparison tables were judged in it."""
    return any(each.system == TABLES for each in result.systems)


def _checked(before: SystemResult, after: SystemResult, measures: Sequence[str]) -> list[Loss]:
    """The differences in those measures, of all questions and of each language."""
    languages = sorted({query.language for query in before.queries} - {""})
    checked: list[Loss] = []
    for language in ["", *(languages if len(languages) > 1 else [])]:
        found = differences(before, after, "language" if language else "", language)
        checked.extend(
            Loss(measure, language or "all questions", difference)
            for measure, difference in found.items()
            if measure in measures
        )
    return checked
