"""The constants of answering, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What the reader reads, and when it would rather not answer."""

    # Hits read for an answer: the right passage is among the first five for nearly every question,
    # and every further one brings more figures that are about something else.
    read: int = 8
    # Hits fetched: what else was found weighs the question's words by how rare they are.
    hits: int = 10
    # Passages a language model is shown: what is not among these was not found.
    shown: int = 6
    # Where no report is named, so many others are read too, each on its own. They answer as well as
    # the best if they are at least this sure, in a sentence with this much of the wording that the
    # best one's has. And half of the others that
    # answer at all must: a question for 公路里程 is one for every report, one for a named project is not.
    others: int = 3
    also: float = 0.85
    as_much: float = 0.85
    # Reports asked one by one at most.
    most_reports: int = 200


DEFAULT_ANSWERS = AnswerSettings()
