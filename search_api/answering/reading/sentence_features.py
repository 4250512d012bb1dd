"""How well does a sentence fit a question? Each feature is defined once; their weights are learned."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Span
from corpus.statements.lexicon import pattern as statement_pattern
from search_api.answering.reading.value_features import FARTHEST, Compared
from search_api.questions.words import pattern
from search_api.results import Hit
from search_api.retrieval.characters import characters
from search_api.retrieval.figure_fit import sense_match

FEATURES: Final = (
    # how good its passage is, and how near its vector
    "score", "first", "likeness", "cosine", "preferred",
    # how much of the question it says
    "covered", "missing", "covered_near", "covered_heading", "quoted_term", "explains",
    # what it looks like
    "short", "long", "colon", "heading", "frame", "frame_asked", "dated",
    # plan or result
    "sense",
)  # fmt: skip
RELATIVE: Final = ("score", "likeness")
_USUAL_COSINE: Final = 0.82
_CLOSENESS: Final = 10.0
_SHORT: Final = 16
_TERM: Final = re.compile(r"[“‘「《\"']([^”’」》\"']{2,16})[”’」》\"']")
_EXPLAINS: Final = r"[”’」》\"]?(?:［\d+］|\[\d+\])?[，：:]?\s*(?:：|:|是指?|指|即|包括|为)"


@dataclass(frozen=True, slots=True)
class SentenceCandidate:
    """A sentence of a hit; `row` is its row there. `span` counts in the report's text. `frame`: it stands at the
    very beginning or end of its report, which tell of the report itself.
    """

    hit: Hit
    row: int
    span: Span
    frame: bool = False

    @property
    def text(self) -> str:
        """The sentence."""
        start = self.hit.citation.start
        return self.hit.text[self.span.start - start : self.span.end - start]


def sentence_candidates(hits: Sequence[Hit], frames: Sequence[Hit] = ()) -> list[SentenceCandidate]:
    """All sentences of the hits, and of the passages at a report's beginning and end, each once."""
    found: list[SentenceCandidate] = []
    edges = {hit.passage_id for hit in frames}
    seen: set[str] = set()
    for hit in (*hits, *frames):
        if hit.passage_id in seen:
            continue
        seen.add(hit.passage_id)
        found += [
            SentenceCandidate(hit, row, span, hit.passage_id in edges)
            for row, span in enumerate(hit.sentences)
        ]
    return found


def sentence_features(
    candidates: Sequence[SentenceCandidate], compared: Compared
) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`."""
    rows = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return rows
    ranks = {
        rank: number
        for number, rank in enumerate(sorted({each.hit.rank for each in candidates}), start=1)
    }
    lowest = min(each.hit.score for each in candidates)
    for row, each in enumerate(candidates):
        hit = each.hit
        searched = bool(hit.likeness)
        values = {
            "score": hit.score if searched else lowest,
            "first": 1.0 / ranks[hit.rank] if searched else 0.0,
            "likeness": hit.likeness[each.row] if searched else 0.0,
            "cosine": _CLOSENESS * (hit.cosines[each.row] - _USUAL_COSINE) if hit.cosines else 0.0,
            "preferred": float(hit.sentence == each.span),
            **_said(each, compared),
            **_looks(each, compared),
        }
        rows[row] = [values[name] for name in FEATURES]
    for name in RELATIVE:
        column = FEATURES.index(name)
        rows[:, column] = np.maximum(rows[:, column] - rows[:, column].max(), -FARTHEST)
    return rows


def _said(candidate: SentenceCandidate, compared: Compared) -> dict[str, float]:
    wording, text = compared.wording, candidate.text
    headings = "".join(candidate.hit.heading_path)
    own, full = characters(text), characters(text + headings)
    inner = candidate.hit.heading_path[-1] if candidate.hit.heading_path else ""
    terms = quoted_terms(compared.plan.text)
    return {
        "covered": wording.share_of(own),
        "missing": wording.missing(full),
        "covered_near": max(
            (wording.share_of(characters(each)) for each in clauses(text)), default=0.0
        ),
        "covered_heading": wording.share_of(characters(inner)),
        "quoted_term": float(any(term in text for term in terms)),
        "explains": float(
            any(re.search(re.escape(term) + _EXPLAINS, inner + text) for term in terms)
        ),
        "sense": sense_match(compared.plan, candidate.hit.heading_path, text),
    }


def _looks(candidate: SentenceCandidate, compared: Compared) -> dict[str, float]:
    text = candidate.text
    hit = candidate.hit
    names = (hit.citation.title, *hit.heading_path)
    asked = pattern("of_report").search(compared.plan.text) is not None
    return {
        "short": float(len(text) < _SHORT),
        "long": math.log(1 + len(text)),
        "colon": float(text.rstrip().endswith(("：", ":"))),
        "heading": float(any(text in name for name in names)),
        "frame": float(candidate.frame),
        "frame_asked": float(candidate.frame and asked),
        "dated": float(bool(re.search(r"\d{4}年|\d{4}-\d\d", text))),
    }


@lru_cache(maxsize=256)
def quoted_terms(question: str) -> tuple[str, ...]:
    """What a question names in quotation marks."""
    return tuple(_TERM.findall(question))


def clauses(text: str) -> list[str]:
    """The parts of a sentence between its pauses."""
    return [each for each in statement_pattern("pause").split(text) if each.strip()]
