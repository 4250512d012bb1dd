"""Which figure answers? The statements of the passages that were found, weighed against the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.statements.statement import Aspect, Sense
from search_api.answering.reading.choice_model import load_choice_model
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.reading.rulings import ruled_out
from search_api.answering.reading.value_candidates import (
    StatementsOf,
    ValueCandidate,
    value_candidates,
)
from search_api.answering.reading.value_features import FEATURES, Compared, value_features
from search_api.questions.plan import Operation
from search_api.results import Hit

MODEL: Final = "value_reader"
_FELL: Final = "下降"
_DOWN: Final = ("降", "减", "跌", "缩", "落", "少", "低", "-", "－")


@dataclass(frozen=True, slots=True)
class ValuesRead:
    """What was read for a figure: the best reading, None where nothing could be one; and the statement that fits
    best of those that were ruled out, with the reason, where it fits better than any other.
    """

    reading: Reading | None
    other: ValueCandidate | None = None
    reason: str = ""


def read_values(hits: Sequence[Hit], compared: Compared, statements_of: StatementsOf) -> ValuesRead:
    """The figure that answers, or what comes near and can't be it."""
    plan = compared.plan
    candidates = value_candidates(hits, statements_of)
    reasons = [
        ruled_out(each.statement, plan, compared.told(each.hit.citation.report_id))
        for each in candidates
    ]
    possible = [each for each, why in zip(candidates, reasons, strict=True) if not why]
    model = load_choice_model(MODEL, plan.question.language, FEATURES)
    rows = value_features(possible, compared)
    scores = model.scores(rows)
    other = _best_ruled_out(candidates, reasons, compared, scores.max() if len(scores) else None)
    if not possible:
        return ValuesRead(None, *other)
    silence, chances = model.chances(scores)
    best = _meant(possible, scores, compared)
    chosen = possible[best]
    place = Place(chosen.hit, chosen.statement.sentence)
    reading = Reading(
        operation=Operation.VALUE,
        answer=said(chosen),
        places=(place,),
        silence=silence,
        chance=_chance(possible, chances, best),
        limit=model.limit_outright if plan.outright else model.limit,
        statement=chosen.statement,
    )
    return ValuesRead(reading, *other)


def _meant(
    candidates: Sequence[ValueCandidate], scores: NDArray[np.float64], compared: Compared
) -> int:
    """The row of the best. Where nobody said which time is meant, what was reached comes before what is announced,
    if it fits nearly as well.
    """
    best = int(scores.argmax())
    plan = compared.plan
    if plan.when.named or plan.when.several or plan.sense is not None:
        return best
    if candidates[best].statement.sense is not Sense.PLANNED:
        return best
    reached = [
        row
        for row, each in enumerate(candidates)
        if each.statement.sense is not Sense.PLANNED and scores[row] > scores[best] - _NEARLY
    ]
    return max(reached, key=lambda row: float(scores[row])) if reached else best


# Scores are logarithms of odds: e^2 to 1.
_NEARLY: Final = 2.0


def said(candidate: ValueCandidate) -> str:
    """The answer in the report's words: the figure, and that it fell where nobody asked which way it went."""
    start, about = candidate.hit.citation.start, candidate.statement.quantity.about
    words = candidate.hit.text[about.start - start : about.end - start]
    statement = candidate.statement
    fell = statement.aspect is Aspect.CHANGE and statement.sign < 0
    return f"{_FELL}{words}" if fell and not words.startswith(_DOWN) else words


def _chance(candidates: Sequence[ValueCandidate], chances: NDArray[np.float64], best: int) -> float:
    """The probability of the value: a figure that is said twice is as sure as both."""
    value = candidates[best].statement.quantity
    same = [
        float(chance)
        for each, chance in zip(candidates, chances, strict=True)
        if each.statement.quantity.same_as(value)
    ]
    return min(1.0, sum(same))


def _best_ruled_out(
    candidates: Sequence[ValueCandidate],
    reasons: Sequence[str],
    compared: Compared,
    least: float | None,
) -> tuple[ValueCandidate | None, str]:
    """The likeliest of those that can't be the answer, if it is likelier than any that can."""
    out = [(each, why) for each, why in zip(candidates, reasons, strict=True) if why]
    if not out:
        return None, ""
    model = load_choice_model(MODEL, compared.plan.question.language, FEATURES)
    scores = model.scores(value_features([each for each, _ in out], compared))
    best = int(scores.argmax())
    if least is not None and scores[best] <= least:
        return None, ""
    return out[best]
