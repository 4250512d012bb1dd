"""What certainly is not the answer, whatever else fits: one function for each thing that a plan can rule out.

Ruled out is only what both sides say outright: the plan what it wants, the statement what it is. All else is
weighed (`value_features.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from corpus.statements.lexicon import pattern
from corpus.statements.period import Told
from corpus.statements.quantities import PERCENT, kinds_of
from corpus.statements.statement import Aspect, Period, Scope, Sense, Source, Statement
from search_api.questions.plan import Plan
from search_api.questions.words import pattern as question_pattern

# Where a statement's time is said in words, and not only by what stands around it.
SAID: Final = (Source.CLAUSE, Source.SENTENCE)
# 增长3.6倍 is a growth as well as one in per cent.
TIMES: Final = frozenset(("倍", "番", "成"))
_POINTS: Final = "个百分点"
# Things are counted in many words; what is measured is measured in its own.
_COUNTING: Final = frozenset(("count", "people", "time", "rank"))
# What can answer where an aspect is asked outright: a share may be told as what it came to (占比达到60%), a growth
# that is to be kept as a level (增速保持在6.5%以上).
_MAY_ANSWER: Final[Mapping[Aspect, frozenset[Aspect]]] = {
    Aspect.LEVEL: frozenset((Aspect.LEVEL, Aspect.SHARE)),
    Aspect.SHARE: frozenset((Aspect.SHARE, Aspect.LEVEL)),
    Aspect.CHANGE: frozenset((Aspect.CHANGE, Aspect.LEVEL, Aspect.DIFFERENCE)),
    Aspect.RANK: frozenset((Aspect.RANK,)),
    Aspect.DIFFERENCE: frozenset((Aspect.DIFFERENCE, Aspect.CHANGE)),
}


def asked(name: str, text: str) -> bool:
    """Whether a question says what the pattern of that name looks for."""
    return question_pattern(name).search(text) is not None


def ruled_out(statement: Statement, plan: Plan, told: Told) -> str:
    """Why a statement can't be the answer; empty if it may be."""
    for reason, rules in _RULES.items():
        if rules(statement, plan, told):
            return reason
    return ""


def _another_aspect(statement: Statement, plan: Plan, told: Told) -> bool:
    if plan.aspect is None or not plan.aspect_sure or statement.nothing:
        return False
    if statement.aspect not in _MAY_ANSWER[plan.aspect]:
        return True
    # 5853.9亿元 is no growth in per cent; only a percentage may be one that is told as a level.
    points = statement.quantity.unit == _POINTS and not asked("points", plan.text)
    if plan.aspect is Aspect.CHANGE and points and asked("percent_named", plan.text):
        return True
    absolute = statement.aspect is Aspect.LEVEL and statement.quantity.kind != PERCENT
    return plan.aspect is Aspect.CHANGE and absolute and plan.kinds == frozenset((PERCENT,))


def _another_unit(statement: Statement, plan: Plan, told: Told) -> bool:
    """A percentage where things are counted or money is asked for outright, or the other way round."""
    if not (plan.kinds or plan.counters) or statement.nothing:
        return False
    kinds = kinds_of(statement.quantity.unit.partition("/")[0])
    percent = PERCENT in kinds
    outright = frozenset(kind for each in plan.counters for kind in kinds_of(each))
    if asked("how_many", plan.text):
        outright = plan.kinds
    if outright and statement.quantity.unit and not percent:
        if not outright & _COUNTING:
            # 多少万吨: no number of persons, and none of years in a row (二十二连丰)
            return not kinds & outright
        # 多少部电梯: no area; what is counted in a word that isn't known may be it
        if kinds and not kinds & (_COUNTING | outright):
            return True
    if plan.kinds == frozenset((PERCENT,)) and plan.aspect_sure:
        return bool(kinds) and not percent and statement.quantity.unit not in TIMES
    return percent and PERCENT not in plan.kinds and bool(plan.counters)


def _another_time(statement: Statement, plan: Plan, told: Told) -> bool:
    """Of another year than the one asked about, both said in words; or of a quarter where a year is asked for."""
    period, when = statement.period, plan.when
    if period is None or statement.period_source not in SAID or when.before or when.end:
        return False
    if when.period is not None:
        return not period.years() & when.period.years()
    wanted = when.years_of(told)
    if when.several:
        return False
    if period.several:
        # 五年来累计20万吨 is no figure of the last of them; what it had come to by then may be.
        return pattern("adds_up").search(statement.clause) is not None
    if not wanted:
        return _of_no_own_year(period, statement, plan, told)
    return not period.years() & wanted


def _of_one_year(statement: Statement, plan: Plan, told: Told) -> bool:
    """What was added in one year (新建2万亩), where all that came to it so far is asked for (累计建成)."""
    if not asked("so_far", plan.text) or asked("added", plan.text) or not statement.added:
        return False
    several = statement.period is not None and statement.period.several
    return not several and not asked("so_far", statement.clause)


def _another_sense(statement: Statement, plan: Plan, told: Told) -> bool:
    """A result where a goal is asked for by name, or an announced growth where nobody asked for one."""
    if statement.sense is Sense.DONE:
        return plan.sense is Sense.PLANNED and asked("goal_named", plan.text)
    if not statement.sense_sure:
        return False
    when = plan.when
    paced = plan.kinds == frozenset((PERCENT,))
    growth = plan.aspect is Aspect.CHANGE and plan.aspect_sure and plan.sense is None and paced
    unasked = not when.named and not when.several and not when.end
    return growth and unasked and statement.sense is Sense.PLANNED


def _of_no_own_year(period: Period, statement: Statement, plan: Plan, told: Told) -> bool:
    """Where no time is asked about, the years a report tells of are meant: 到2030年 only where a goal is asked for."""
    if told.done is None or told.planned is None:
        return False
    if statement.came_to and period.last < told.done:
        return False  # 从2020年的82岁提高到84岁: the year is that of what it came from
    later = period.first > told.planned and plan.sense is Sense.PLANNED
    return not later and not period.years() & {told.done, told.planned}


def _another_scope(statement: Statement, plan: Plan, told: Told) -> bool:
    """The government's own level for the whole place, or the other way round; by its own words."""
    if {plan.scope, statement.scope} != {Scope.OWN_LEVEL, Scope.WHOLE}:
        return False
    words = f"{statement.whole}{statement.clause}"
    return any(pattern(name).search(words) is not None for name in ("own_level", "whole"))


_RULES: Final[Mapping[str, Callable[[Statement, Plan, Told], bool]]] = {
    "aspect": _another_aspect,
    "unit": _another_unit,
    "time": _another_time,
    "sense": _another_sense,
    "added": _of_one_year,
    "scope": _another_scope,
}
