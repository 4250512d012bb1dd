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
    # Refuse when it is more probable than this that the reports don't say it. People mind a missed
    # answer less than a wrong one, but the nearest passages are shown either way.
    silence: float = 0.6
    # Reports whose own best answer is at least this probable, and whose score is this near to the
    # best one's, answer too when no place is named.
    also: float = 0.6
    near: float = 1.5
    # Reports asked one by one at most.
    most_reports: int = 200


DEFAULT_ANSWERS = AnswerSettings()
