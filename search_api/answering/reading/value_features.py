"""How well does a statement fit a plan? Each feature is defined once, here; their weights are learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.period import Told
from corpus.statements.quantities import PERCENT, kinds_of
from corpus.statements.statement import Aspect, Scope, Statement
from search_api.answering.reading.rulings import TIMES
from search_api.answering.reading.time_features import sense_features, time_features
from search_api.answering.reading.value_candidates import ValueCandidate
from search_api.answering.reading.wording import Wording
from search_api.questions.plan import Plan
from search_api.questions.question import Language
from search_api.questions.terms import Term, terms_in
from search_api.questions.words import pattern
from search_api.retrieval.characters import characters

# Things are counted by many words, people too (户 for 家, 个 for 张): nearer than any measure.
_COUNTING: Final = frozenset(("count", "people"))
_KEPT: Final = 8_192


@dataclass(frozen=True, slots=True)
class Compared:
    """With what candidates are compared: the plan, its words weighed by what was found, the places it names that
    lie inside a report's own, and the years each report tells of.
    """

    plan: Plan
    wording: Wording
    places: tuple[str, ...]
    told: Callable[[str], Told]


FEATURES: Final = (
    # how good its passage and sentence are
    "score", "first", "likeness", "cosine",
    # how like the question its own words are
    "words_gap", "near_gap", "own_back", "covered", "covered_near", "missing", "missing_clause", "missing_own", "run", "head",
    # whether it is of the kind that is asked for
    "counter", "unit", "wrong_unit", "other_counter", "spelled", "bare", "nothing",
    # what it says of the thing
    "change_for_level", "level_for_change", "share_for_other", "other_for_share", "difference",
    "rank", "rank_asked", "points", "wrong_sign", "added", "not_added",
    # its part in the sentence
    "origin", "passed", "component", "component_named",
    # whether it is of the time that is asked about
    "right_said", "right_headed", "wrong_headed", "wrong_implied", "open_time", "several_said",
    "several_headed", "several_level", "single_for_several", "other_span", "part_of_year",
    "unasked_right", "unasked_several", "unasked_planned", "unasked_other",
    # plan or result
    "sense_right", "sense_wrong", "sense_wrong_sure", "approved",
    # of which thing, place and part
    "own_level", "no_term", "other_term", "no_place", "per_head", "not_per_head",
)  # fmt: skip
# What can only speak against a candidate; all others only for it.
AGAINST: Final = frozenset(FEATURES) - {
    "score", "first", "likeness", "cosine", "words_gap", "near_gap", "own_back", "covered", "covered_near", "run",
    "head", "counter", "unit",
    "rank_asked", "right_said", "right_headed", "unasked_right", "sense_right", "component_named",
}  # fmt: skip


# So far behind the best one a candidate can be, in what is compared with it.
FARTHEST: Final = 3.0
# Compared with the best candidate's: 0 for the best, below for the others.
RELATIVE: Final = ("score", "likeness", "words_gap", "near_gap")


def value_features(candidates: Sequence[ValueCandidate], compared: Compared) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`."""
    rows = np.zeros((len(candidates), len(FEATURES)))
    if not candidates:
        return rows
    found = sorted({each.hit.rank for each in candidates})
    ranks = {rank: number for number, rank in enumerate(found, start=1)}
    for row, each in enumerate(candidates):
        values = {
            "score": each.hit.score,
            "first": 1.0 / ranks[each.hit.rank],
            "likeness": each.hit.likeness[each.row] if each.hit.likeness else 0.0,
            "cosine": _closeness(each),
        }
        values |= _words(each, compared)
        values |= _unit(each.statement, compared.plan)
        values |= _aspect(each.statement, compared.plan)
        values |= time_features(
            each.statement, compared.plan, compared.told(each.hit.citation.report_id)
        )
        values |= sense_features(
            each.statement, compared.plan, compared.told(each.hit.citation.report_id)
        )
        values |= _thing(each, compared)
        rows[row] = [values.get(name, 0.0) for name in FEATURES]
    for name in RELATIVE:
        column = FEATURES.index(name)
        # Where all that was found is alike, what is a little farther is no worse than far.
        rows[:, column] = np.maximum(rows[:, column] - rows[:, column].max(), -FARTHEST)
    return rows


def _closeness(candidate: ValueCandidate) -> float:
    """How near the vectors of question and sentence are, a usual one 0; 0 where only words were compared."""
    cosines = candidate.hit.cosines
    return _CLOSENESS * (cosines[candidate.row] - _USUAL_COSINE) if cosines else 0.0


# The bundled model's cosines of questions and sentences of one report lie between .75 and .9.
_USUAL_COSINE: Final = 0.82
_CLOSENESS: Final = 10.0


def _words(candidate: ValueCandidate, compared: Compared) -> dict[str, float]:
    statement, wording = candidate.statement, compared.wording
    headings = "".join(candidate.hit.heading_path)
    own = content(statement.words)
    near = characters(statement.words + statement.whole)
    clause = characters(statement.clause + statement.whole + headings)
    full = characters(candidate.sentence + headings)
    return {
        "words_gap": wording.share_of(characters(statement.words)),
        "near_gap": wording.share_of(near),
        "covered": wording.share_of(full),
        "covered_near": wording.share_of(near),
        "own_back": len(own & wording.letters) / max(1, len(own)),
        "missing": wording.missing(full),
        "missing_clause": wording.missing(clause),
        "missing_own": wording.missing(near),
        "run": _longest_run(compared.plan.question.topic, statement.words),
        "head": float(wording.has_last(near)),
    }


@lru_cache(maxsize=_KEPT)
def content(words: str) -> frozenset[str]:
    """The characters of a figure's words that say what it is of, not how much, since when or where."""
    bare = statement_pattern("year").sub("", words)
    bare = statement_pattern("measuring").sub("", bare)
    bare = statement_pattern("whole").sub("", bare)
    return characters(bare)


@lru_cache(maxsize=_KEPT)
def _longest_run(topic: str, words: str) -> float:
    """The longest run of characters that both have, as a share of six: 居民人均可支配收入 says more than 居民."""
    most = 0
    for start in range(len(topic)):
        while (
            most < _RUN and start + most < len(topic) and topic[start : start + most + 1] in words
        ):
            most += 1
    return most / _RUN


_RUN: Final = 6


def _unit(statement: Statement, plan: Plan) -> dict[str, float]:
    """Whether the unit is what is asked for."""
    unit = statement.quantity.unit
    kinds = kinds_of(unit.partition("/")[0])
    counter = any(unit.endswith(each) for each in plan.counters)
    growth = plan.aspect is Aspect.CHANGE and unit in TIMES
    fits = bool(kinds & plan.kinds) or (growth and PERCENT in plan.kinds)
    values = {
        "counter": float(counter),
        "unit": float(fits),
        "spelled": float(not statement.quantity.arabic and not statement.nothing),
        "bare": float(not unit and not statement.nothing),
        "nothing": float(statement.nothing),
    }
    if (plan.kinds or plan.counters) and not fits and not counter:
        counted = bool(plan.kinds & _COUNTING) or (not plan.kinds and bool(plan.counters))
        values["other_counter" if kinds & _COUNTING and counted else "wrong_unit"] = 1.0
    return values


def _aspect(statement: Statement, plan: Plan) -> dict[str, float]:
    """Whether it says of the thing what is asked of it."""
    said, asked = statement.aspect, plan.aspect
    wants_change = asked is Aspect.CHANGE
    new = pattern("added").search(plan.text) is not None
    return {
        "change_for_level": float(said is Aspect.CHANGE and asked is Aspect.LEVEL),
        "level_for_change": float(said is Aspect.LEVEL and wants_change),
        "share_for_other": float(said is Aspect.SHARE and asked not in (Aspect.SHARE, None)),
        "other_for_share": float(said is not Aspect.SHARE and asked is Aspect.SHARE),
        "difference": float(said is Aspect.DIFFERENCE and asked is not Aspect.DIFFERENCE),
        "rank": float(said is Aspect.RANK and asked is not Aspect.RANK),
        "rank_asked": float(said is Aspect.RANK and asked is Aspect.RANK),
        "points": float(statement.quantity.unit == "个百分点" and asked is not Aspect.DIFFERENCE),
        "wrong_sign": float(plan.sign < 0 < statement.sign),
        "added": float(statement.added and not new),
        "not_added": float(new and not statement.added and said is Aspect.LEVEL),
        "origin": float(statement.origin and not plan.when.before),
        "passed": float(statement.passed),
    }


def _thing(candidate: ValueCandidate, compared: Compared) -> dict[str, float]:
    """Whether it is of the thing, the place and the part of it that is asked about."""
    statement, plan = candidate.statement, compared.plan
    headings = "".join(candidate.hit.heading_path)
    around = candidate.sentence + headings
    official = plan.indicators
    standing = sum(term.stands_in(around) for term in official) / len(official) if official else 1.0
    share = PERCENT in plan.kinds and plan.aspect is not Aspect.CHANGE
    named = bool(official) and any(term.stands_in(statement.words) for term in official)
    each = pattern("per_head").search(statement.words) is not None
    each_asked = any(
        pattern("per_head").search(words)
        for words in (plan.text, *(term.name for term in official))
    )
    return {
        "component": float(statement.component and not named),
        "component_named": float(statement.component and named),
        "own_level": float(
            statement.scope is Scope.OWN_LEVEL and plan.scope is not Scope.OWN_LEVEL
        ),
        "no_term": 1.0 - standing,
        "other_term": float(of_another(statement.words, official, share=share)),
        "no_place": float(
            any(place not in headings + candidate.hit.text for place in compared.places)
        ),
        "per_head": float(each and not each_asked),
        "not_per_head": float(each_asked and not each),
    }


def of_another(words: str, asked: Sequence[Term], *, share: bool) -> bool:
    """Whether a figure's own words name an indicator, and none that is asked about.

    What something is a share of counts only where a `share` may be asked for.
    """
    if not asked:
        return False
    if not share:
        words = pattern("share_of").sub("占", words)
    named = _indicators_in(words)
    return bool(named) and not any(term in asked for term in named)


@lru_cache(maxsize=_KEPT)
def _indicators_in(words: str) -> tuple[Term, ...]:
    """The longest names: 农村居民人均可支配收入 is not 居民人均可支配收入, though that stands in it."""
    return tuple(term for term, _ in terms_in(words, Language.ZH) if term.indicator)


Values = Mapping[str, float]
