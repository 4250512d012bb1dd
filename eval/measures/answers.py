"""How good are answers: exact figures, complete lists, the right sentence cited, honest refusals?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eval.types import Query

# What an answer may say beyond the figure ("约", a unit's long form) and beyond the listed items.
FIGURE_SLACK: Final = 10
LIST_SLACK: Final = 10
LIST_FACTOR: Final = 2


@dataclass(frozen=True, slots=True)
class Cited:
    """The report and the words an answer cites."""

    report_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system answered to one question (`POST /api/ask`)."""

    query_id: str
    answered: bool
    answer: str
    citations: tuple[Cited, ...] = ()


def normal(text: str) -> str:
    """Half width, lower case, no white space: what answers are compared in."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return folded.replace("pm_2.5", "pm2.5")


def measure_answer(query: Query, answer: Answer) -> dict[str, float]:
    """The measures of one answer, by name.

    An unanswerable question has `refusal recall` (refused or not). Any other has `answered` and
    `cited` (it cites the right report, and the quote holds a gold quote or lies in one); one for a
    number `exact`: a gold figure and at most ten characters more; one for a list `exact`: all
    items in at most twice their length and ten characters, and `list coverage`: the share of them.
    Whoever refused also has `refusal precision`: 1 if that was right.
    """
    found: dict[str, float] = {}
    if not answer.answered:
        found["refusal precision"] = float(not query.answerable)
    if not query.answerable:
        found["refusal recall"] = float(not answer.answered)
        return found
    found["answered"] = float(answer.answered)
    found["cited"] = float(answer.answered and _cites(query, answer.citations))
    given = normal(answer.answer) if answer.answered else ""
    gold = [normal(each) for each in query.answers]
    if query.kind == "number" and gold:
        found["exact"] = float(
            any(
                _has_figure(given, each) and len(given) <= len(each) + FIGURE_SLACK for each in gold
            )
        )
    elif query.kind == "list" and gold:
        most = sum(map(len, gold)) * LIST_FACTOR + LIST_SLACK
        found["exact"] = float(all(each in given for each in gold) and len(given) <= most)
        found["list coverage"] = sum(each in given for each in gold) / len(gold)
    return found


def _has_figure(given: str, gold: str) -> bool:
    """Whether the figure stands there itself, not as the end of a longer one (154个 for 54个)."""
    return re.search(r"(?<![\d.,])" + re.escape(gold), given) is not None


def _cites(query: Query, citations: Sequence[Cited]) -> bool:
    wanted = [normal(quote) for quote in query.quotes]
    quotes = [normal(each.quote) for each in citations if each.report_id == query.report_id]
    return any(gold in quote or quote in gold for quote in quotes if quote for gold in wanted)
