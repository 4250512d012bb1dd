"""How well does a figure fit a question? Features of each candidate, compared with the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.statements.quantities import PERCENT, kinds_of
from search_api.answering.asked import Asked
from search_api.answering.asking import Asking, FigureCandidate
from search_api.answering.figures import Figure, figures
from search_api.answering.indicators import of_another
from search_api.answering.times import SURE, sense_feature, time_features
from search_api.results import Hit
from search_api.retrieval.characters import characters


def figure_candidates(hits: Sequence[Hit], *, dates: bool = False) -> list[FigureCandidate]:
    """All figures of all sentences of the hits, or all dates."""
    found: list[FigureCandidate] = []
    for hit in hits:
        lead = hit.heading_path[-1] if hit.heading_path else ""
        for row, sentence in enumerate(hit.sentences):
            said = hit.text[sentence.start - hit.citation.start : sentence.end - hit.citation.start]
            found += [
                FigureCandidate(hit, row, each)
                for each in figures(said, sentence.start, lead, dates=dates)
            ]
    return found


FEATURES: Final = (
    # how good its passage and sentence are
    "score", "first", "likeness",
    # how like the question its own words are
    "words_gap", "share_back", "missing", "missing_clause",
    # whether it is of the kind that is asked for
    "counter", "unit", "wrong_unit", "no_change", "origin", "passed", "spelled", "bare",
    # of the time that is asked about
    "wrong_year", "sense", "wrong_period", "maybe_period",
    # of the thing and the place
    "no_term", "other_term", "no_place",
)  # fmt: skip


def figure_features(candidates: Sequence[FigureCandidate], asking: Asking) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`."""
    asked, wording, official = asking.asked, asking.wording, asking.indicators
    rows = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return rows
    # Passages without a candidate don't count.
    found = sorted({each.hit.rank for each in candidates})
    ranks = {rank: number for number, rank in enumerate(found, start=1)}
    top_score = max(each.hit.score for each in candidates)
    likeness = [each.hit.likeness[each.row] if each.hit.likeness else 0.0 for each in candidates]
    top_likeness = max(likeness)
    expected = asked.expected
    counters = counters_of(asked)

    share = PERCENT in expected.kinds and not asked.change

    def stands(text: str) -> float:
        return sum(term.stands_in(text) for term in official) / len(official) if official else 1.0

    shares = []
    for row, each in enumerate(candidates):
        figure, hit = each.figure, each.hit
        sentence, headings = each.sentence, "".join(hit.heading_path)
        words = characters(figure.words)
        full = characters(sentence + headings)
        shares.append(wording.share_of(words))
        values = {
            "score": hit.score - top_score,
            "first": 1.0 / ranks[hit.rank],
            "likeness": likeness[row] - top_likeness,
            "share_back": len(words & wording.letters) / max(1, len(words)),
            "missing": wording.missing(full),
            "missing_clause": wording.missing(characters(figure.clause + headings)),
            "no_change": no_change(figure, asked),
            "origin": float(figure.origin),
            "passed": SURE * figure.passed,
            "spelled": float(not figure.quantity.arabic),
            "bare": float(not figure.quantity.unit),
            "sense": sense_feature(figure, hit, asked, sentence),
            "no_term": 1.0 - stands(sentence + headings),
            "other_term": float(of_another(figure.words, official, share=share)),
            "no_place": float(any(p not in headings + hit.text for p in asking.places)),
            **unit_features(figure, asked, counters),
            **time_features(figure, hit, sentence, asking),
        }
        rows[row] = [values.get(name, 0.0) for name in FEATURES]
    best_share = max(shares)
    rows[:, FEATURES.index("words_gap")] = [share - best_share for share in shares]
    return rows


def no_change(figure: Figure, asked: Asked) -> float:
    """1 if it tells of a change and a level is asked for, or the other way round.

    Where a level is asked for outright (a rate, a share), a change is no answer at all.
    """
    if figure.change == asked.change:
        return 0.0
    return SURE if asked.level and figure.change else 1.0


def counters_of(asked: Asked) -> frozenset[str]:
    """多少大学生: what stands behind 多少 need not be a counter."""
    return frozenset(each for each in asked.expected.counters if kinds_of(each))


def unit_features(figure: Figure, asked: Asked, counters: frozenset[str]) -> dict[str, float]:
    """Whether the unit is what is asked for."""
    unit = figure.quantity.unit
    kinds = kinds_of(unit.partition("/")[0])
    counter = any(unit.endswith(each) for each in counters)
    fits = bool(kinds & asked.expected.kinds)
    wrong = 0.0
    if (asked.expected.kinds or counters) and not fits and not counter:
        wrong = _wrong_unit(kinds, asked, counters)
    return {"counter": float(counter), "unit": float(fits), "wrong_unit": wrong}


# Things are counted by many words, people too (户 for 家, 个 for 张): nearer than any measure.
_COUNTING: Final = frozenset(("count", "people"))


def _wrong_unit(kinds: frozenset[str], asked: Asked, counters: frozenset[str]) -> float:
    """1 for a unit of another kind than is asked for, half for another word to count with.

    A percentage where things are counted or weighed (完成年计划的110%) is no answer at all.
    """
    wanted = asked.expected.kinds
    if PERCENT in kinds and wanted and not asked.change:
        return SURE
    counted = bool(wanted & _COUNTING) or (not wanted and bool(counters))
    return 0.5 if kinds & _COUNTING and counted else 1.0
