"""How well does a figure fit a question? Features of each candidate, compared with the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.quantities import kinds_of
from corpus.report import ReportKind
from search_api.answering.asked import Asked
from search_api.answering.figures import Figure, figures
from search_api.answering.wording import Wording
from search_api.results import Hit
from search_api.retrieval.characters import characters
from search_api.retrieval.expectation import Sense, sense_score, years_told
from search_api.retrieval.rerank import years_of

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a report: of which years it may tell."""

    kind: ReportKind
    year: int | None


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A figure of a hit that may be the answer; `row` is its sentence's row in the hit."""

    hit: Hit
    row: int
    figure: Figure


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
    "score", "first", "likeness", "cosine", "cosine_gap", "sentence_share", "clause_share",
    "words_share", "words_gap", "least", "counter", "unit", "wrong_unit", "change", "no_change", "origin",
    "year", "wrong_year", "sense", "spelled", "bare", "share_back",
)  # fmt: skip


def figure_features(
    candidates: Sequence[FigureCandidate],
    asked: Asked,
    wording: Wording,
    vector: NDArray[np.float32],
    encode: Encode,
    told: Mapping[str, Told],
) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`."""
    rows = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return rows
    texts = [each.figure.words or each.figure.clause for each in candidates]
    unique = list(dict.fromkeys(texts))
    near = dict(zip(unique, encode(unique) @ vector, strict=True))
    cosines = np.array([near[text] for text in texts])
    top_score = max(each.hit.score for each in candidates)
    likeness = [each.hit.likeness[each.row] if each.hit.likeness else 0.0 for each in candidates]
    top_likeness = max(likeness)
    expected = asked.expected
    question = frozenset(c for g in wording.groups for w in g for c in characters(w))
    for row, each in enumerate(candidates):
        figure = each.figure
        quantity = figure.quantity
        hit = each.hit
        sentence = hit.text[
            figure.sentence.start - hit.citation.start : figure.sentence.end - hit.citation.start
        ]
        words = characters(figure.words)
        full = characters(sentence + "".join(hit.heading_path))
        kinds = kinds_of(quantity.unit.partition("/")[0])
        counter = any(quantity.unit.endswith(c) for c in expected.counters)
        fits = bool(kinds & expected.kinds)
        wanted = bool(expected.kinds or expected.counters)
        year, wrong_year = _years(figure, hit, asked, told)
        values = {
            "score": hit.score - top_score,
            "first": 1.0 / hit.rank,
            "likeness": likeness[row] - top_likeness,
            "cosine": 10 * (float(cosines[row]) - 0.85),
            "cosine_gap": 10 * float(cosines[row] - cosines.max()),
            "sentence_share": wording.share_of(full),
            "clause_share": wording.share_of(characters(figure.clause)),
            "words_share": wording.share_of(words),
            "least": wording.least(full),
            "counter": float(counter),
            "unit": float(fits),
            "wrong_unit": float(wanted and not fits and not counter),
            "change": float(figure.change and asked.change),
            "no_change": float(figure.change != asked.change),
            "origin": float(figure.origin),
            "year": year,
            "wrong_year": wrong_year,
            "sense": _sense(figure, hit, asked, sentence),
            "spelled": float(not quantity.arabic),
            "bare": float(not quantity.unit),
            "share_back": len(words & question) / max(1, len(words)),
        }
        rows[row] = [values.get(name, 0.0) for name in FEATURES]
    shares = rows[:, FEATURES.index("words_share")]
    rows[:, FEATURES.index("words_gap")] = shares - shares.max()
    return rows


def _years(figure: Figure, hit: Hit, asked: Asked, told: Mapping[str, Told]) -> tuple[float, float]:
    """Whether the figure is of a year that is asked about, and whether it is of another."""
    report = told[hit.citation.report_id]
    wanted = asked.expected.asked_years(report.year)
    if not wanted:
        return 0.0, 0.0
    if figure.year:
        own = frozenset({figure.year})
    else:
        own = years_of(hit.heading_path, report.year)
        if not own and report.year is not None:
            own = years_told(report.kind, report.year, asked.expected.sense)
    if not own:
        return 0.0, 0.0
    return float(bool(own & wanted)), float(not own & wanted)


def _sense(figure: Figure, hit: Hit, asked: Asked, sentence: str) -> float:
    sense = asked.expected.sense
    if sense is None:
        return 0.0
    score = sense_score(hit.heading_path, figure.clause)
    if score == 0.0:
        score = sense_score((), sentence)
    return score if sense is Sense.PLANNED else -score
