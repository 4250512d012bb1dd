"""Which candidate has the sentence that would answer? Ranks again by what an answer looks like.

Sentences that are about the topic are alike in vectors and words. What tells them apart: a figure
of the right kind, a plan or a result, the year of the section they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.report import Passage
from search_api.questions.plan import Plan
from search_api.retrieval.figure_fit import figure_match, sense_match
from search_api.retrieval.settings import RetrievalSettings

_YEAR = re.compile(r"(?<!\d)(19[4-9]\d|20\d\d)(?!\d)")
_THIS_YEAR = re.compile(r"今年|本年")


class Reranker(Protocol):
    """Reads a question and a text together (`indexer.encoders.sentence_transformer.CrossEncoderReranker`)."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher for better; they compare within one question."""
        ...


@dataclass(frozen=True, slots=True)
class Reranked:
    """What to add to a passage's score, and the row of its best sentence (None without any)."""

    bonus: float
    sentence: int | None


def rerank(
    passages: Sequence[Passage],
    sentences: Sequence[Sequence[float]],
    plan: Plan,
    report_years: Mapping[str, int | None],
    settings: RetrievalSettings,
) -> list[Reranked]:
    """Per passage what its best sentence, figures and headings add to its score.

    `sentences`: per passage, per sentence its likeness to the question, higher is better, on the
    scale of the settings' weights. The sentence that is best with figure and sense counted is what
    the passage is judged by; its likeness may be lower than that of the likest one, and the bonus
    says how much is gained in all. `report_years`: by report id, for "this year".
    """
    found: list[Reranked] = []
    for passage, likeness in zip(passages, sentences, strict=True):
        bonus = settings.heading_year_weight * year_match(
            plan, passage.heading_path, report_years.get(passage.report_id)
        )
        best: int | None = None
        if likeness:
            start = passage.start
            texts = [passage.text[s.start - start : s.end - start] for s in passage.sentences]
            totals = [
                like
                + settings.figure_weight * figure_match(plan, text)
                + settings.sense_weight * sense_match(plan, passage.heading_path, text)
                for like, text in zip(likeness, texts, strict=True)
            ]
            best = max(range(len(totals)), key=totals.__getitem__)
            bonus += totals[best] - max(likeness)
        found.append(Reranked(bonus, best))
    return found


def year_match(plan: Plan, headings: Sequence[str], report_year: int | None) -> float:
    """1 if a heading names a year that is asked about, -1 if they name only others, else 0."""
    asked = plan.when.asked_years(report_year)
    if not asked:
        return 0.0
    told = years_of(headings, report_year)
    if not told:
        return 0.0
    return 1.0 if told & asked else -1.0


def years_of(headings: Collection[str], report_year: int | None) -> frozenset[int]:
    """The years that headings name; "this year" is the report's."""
    found = {int(year) for heading in headings for year in _YEAR.findall(heading)}
    if report_year is not None and any(_THIS_YEAR.search(heading) for heading in headings):
        found.add(report_year)
    return frozenset(found)
