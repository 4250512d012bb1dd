"""Does a sentence have a figure of the kind that is asked for, and tell of a plan or a result as the question does?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from corpus.statements.quantities import units_of
from corpus.statements.sense import headed_sense, worded_sense
from corpus.statements.statement import Sense
from search_api.questions.plan import Plan
from search_api.retrieval.folding import nfkc

# A report is asked the same in several ways, and its sentences come again each time: what was made of them is
# kept for the last few reports.
SENTENCES_KEPT: Final = 2_048
_NUMBER: Final = r"\d[\d,，.]*(?:[—\-~～至]\d[\d.]*)?[%％‰]?[十百千万亿兆]*[多余]?"
_HAN_NUMBER: Final = r"[一二两三四五六七八九十百千万亿]+"
_ANY_FIGURE: Final = re.compile(r"\d")


def figure_match(plan: Plan, sentence: str) -> float:
    """How well a sentence's figures are of the kind that is asked for, 0..1; 0 if none is asked."""
    if not plan.figure:
        return 0.0
    return _figure_fit(plan.kinds, plan.counters, sentence)


@lru_cache(maxsize=SENTENCES_KEPT)
def _figure_fit(kinds: frozenset[str], counters: frozenset[str], sentence: str) -> float:
    text = nfkc(sentence)
    if any(pattern.search(text) for pattern in _patterns(kinds, counters)):
        return 1.0
    if _ANY_FIGURE.search(text):
        # A figure of another kind: better than none when nobody said which kind.
        return 0.5 if (kinds or counters) else 1.0
    return 0.0


@lru_cache(maxsize=256)
def _patterns(kinds: frozenset[str], counters: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """What finds a figure with one of these counters, or of one of these kinds."""
    of_kinds = [_unit_pattern(tuple(sorted(units_of(kind)))) for kind in sorted(kinds)]
    return (*([_unit_pattern(tuple(sorted(counters)))] if counters else []), *of_kinds)


@cache
def _unit_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(units, key=len, reverse=True)
    return re.compile(f"(?:{_NUMBER}|{_HAN_NUMBER})(?:{'|'.join(map(re.escape, longest))})")


def sense_match(plan: Plan, headings: Sequence[str], sentence: str) -> float:
    """1 if headings and wording have the sense that is asked for, -1 if the other, 0 unknown."""
    if plan.sense is None:
        return 0.0
    score = sense_score(headings, sentence)
    return score if plan.sense is Sense.PLANNED else -score


def sense_score(headings: Sequence[str], sentence: str) -> float:
    """-1 (done) .. 1 (planned). A section's heading says it for all its sentences."""
    headed = headed_sense(tuple(headings))
    if headed is not None:
        return 1.0 if headed is Sense.PLANNED else -1.0
    return _worded(sentence)


_worded = lru_cache(maxsize=SENTENCES_KEPT)(worded_sense)
